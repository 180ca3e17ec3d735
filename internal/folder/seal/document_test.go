package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/seal"
	"bearings/internal/record"
)

func invitation(tb rapid.TB, secrets ...*seal.Secret) *seal.Invitation {
	tb.Helper()
	n := seal.Invitation{
		Workspace: "w1", Name: "Payments", Founder: seal.Device(deviceKey(7)), Inviter: public(deviceKey(7)),
		Until: moment.AddDate(0, 0, 7), Sealed: len(secrets) > 0,
	}
	for i, s := range secrets {
		n.Secrets = append(n.Secrets, seal.EpochSecret{Epoch: i + 1, Secret: s})
	}
	i, err := seal.NewInvitation(n, chance(3))
	if err != nil {
		tb.Fatal(err)
	}
	return i
}

func card(tb rapid.TB, device byte, s *seal.Secret, i *seal.Invitation) (string, []byte) {
	tb.Helper()
	identity, err := seal.NewIdentity(chance(device))
	if err != nil {
		tb.Fatal(err)
	}
	name, doc, err := seal.WriteCard(seal.NewCard{
		Workspace: "w1", Recipient: identity.Recipient(), Machine: "ana-laptop", Person: "Ana Ferreira", Secret: s, Opened: i,
	}, at(device), deviceKey(device))
	if err != nil {
		tb.Fatal(err)
	}
	return name, doc
}

func readCard(tb rapid.TB, device byte, s *seal.Secret, i *seal.Invitation) *seal.Card {
	tb.Helper()
	c, err := seal.ReadCard(card(tb, device, s, i))
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestACardIntroducesADevice(t *testing.T) {
	s := secret(t, 1)
	i := invitation(t, s)
	name, doc := card(t, 8, s, i)
	c, err := seal.ReadCard(name, doc)
	if err != nil {
		t.Fatal(err)
	}
	if c.Device != seal.Device(deviceKey(8)) || c.Machine != "ana-laptop" || c.Invitation != i.ID || !c.Made.Equal(moment) {
		t.Errorf("got %+v", c)
	}
	if bytes.Contains(doc, []byte("Ana")) || bytes.Contains(doc, []byte("Ferreira")) {
		t.Errorf("the person's name is open: %s", doc)
	}
	if got := c.Person(func(string) *seal.Secret { return s }); got != "Ana Ferreira" {
		t.Errorf("the person is %q", got)
	}
	if got := c.Person(func(string) *seal.Secret { return nil }); got != "" {
		t.Errorf("without the key the person is %q", got)
	}
	notice := readNotice(t, i)
	if err := c.Invited(notice); err != nil {
		t.Error(err)
	}
	other, err := seal.NewInvitation(*i, chance(4))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Invited(readNotice(t, other)); !errors.Is(err, seal.ErrSignature) {
		t.Errorf("of another invitation: %v", err)
	}
}

func readNotice(tb rapid.TB, i *seal.Invitation) *seal.Notice {
	tb.Helper()
	name, doc, err := seal.WriteNotice(i, moment, deviceKey(7))
	if err != nil {
		tb.Fatal(err)
	}
	n, err := seal.ReadNotice(name, doc)
	if err != nil {
		tb.Fatal(err)
	}
	if err := n.Verify(public(deviceKey(7))); err != nil {
		tb.Error(err)
	}
	return n
}

func TestAProofIsOfOneDeviceOnly(t *testing.T) {
	s := secret(t, 1)
	i := invitation(t, s)
	_, doc := card(t, 8, s, i)
	_, rest, _ := bytes.Cut(doc, []byte(`"proof":"`))
	proof := string(rest[:128])
	// The card of another device, with that proof, signed by the other device.
	name, other := card(t, 9, s, i)
	_, rest, _ = bytes.Cut(other, []byte(`"proof":"`))
	stolen := bytes.Replace(other, rest[:128], []byte(proof), 1)
	if _, err := seal.ReadCard(name, stolen); !errors.Is(err, seal.ErrSignature) {
		t.Fatalf("a changed card: %v", err)
	}
	c, err := seal.ReadCard(name, resigned(t, stolen, seal.Cards, 9))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Invited(readNotice(t, i)); !errors.Is(err, seal.ErrSignature) {
		t.Errorf("got %v", err)
	}
}

func TestANoticeSaysNotForWhom(t *testing.T) {
	i := invitation(t, secret(t, 1), secret(t, 2))
	n := readNotice(t, i)
	if n.ID != i.ID || len(n.Keys) != 2 || n.Keys[0] != secret(t, 1).ID() || !n.Until.Equal(i.Until) || n.By != seal.Device(deviceKey(7)) {
		t.Errorf("got %+v", n)
	}
	_, doc, err := seal.WriteNotice(i, moment, deviceKey(7))
	if err != nil || bytes.Contains(doc, []byte("Payments")) {
		t.Errorf("the name of the workspace is open, %v: %s", err, doc)
	}
	if err := n.Verify(public(deviceKey(8))); !errors.Is(err, seal.ErrSignature) {
		t.Errorf("got %v", err)
	}
}

func removal(n int) seal.Removal {
	r := seal.Removal{Device: seal.Device(deviceKey(9)), Invited: []string{seal.Device(deviceKey(10))}, Removals: []string{"removals/x.json"}}
	for i := range n {
		r.Seen = append(r.Seen, record.Seen{Run: record.Run{byte(i), byte(i >> 8)}, Number: 1<<60 + uint64(i)})
	}
	return r
}

func TestARemovalSaysWhatWasSeenInAsManyDocumentsAsItTakes(t *testing.T) {
	for seen, want := range map[int]int{0: 1, 1: 1, seal.MaxSeen: 1, seal.MaxSeen + 1: 2, 3 * seal.MaxSeen: 3} {
		docs, err := seal.WriteRemovals("w1", removal(seen), moment, deviceKey(7))
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) != want {
			t.Errorf("%d runs: %d documents, want %d", seen, len(docs), want)
		}
		got := map[record.Run]uint64{}
		invited := 0
		for name, doc := range docs {
			r, err := seal.ReadRemoval(name, doc)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Verify(public(deviceKey(7))); err != nil {
				t.Error(err)
			}
			for _, s := range r.Seen {
				got[s.Run] = s.Number
			}
			invited += len(r.Invited)
		}
		if len(got) != seen || invited != 1 {
			t.Errorf("read %d of %d runs, %d invited", len(got), seen, invited)
		}
		for _, s := range removal(seen).Seen {
			if got[s.Run] != s.Number {
				t.Fatalf("run %s: %d, want %d", s.Run, got[s.Run], s.Number)
			}
		}
	}
}

func TestAKeyOpensForThoseItWasGivenTo(t *testing.T) {
	s := secret(t, 5)
	var cards []*seal.Card
	for d := byte(8); d < 10; d++ {
		cards = append(cards, readCard(t, d, s, nil))
	}
	docs, err := seal.WriteKeys("w1", 3, s, cards, moment, deviceKey(7))
	if err != nil || len(docs) != 1 {
		t.Fatal(len(docs), err)
	}
	for name, doc := range docs {
		k, err := seal.ReadKey(name, doc)
		if err != nil {
			t.Fatal(err)
		}
		if k.Epoch != 3 || k.ID != s.ID() || len(k.For) != 2 {
			t.Errorf("got %+v", k)
		}
		for d := byte(8); d < 11; d++ {
			identity, err := seal.NewIdentity(chance(d))
			if err != nil {
				t.Fatal(err)
			}
			got, err := k.Open(identity)
			switch {
			case d < 10 && (err != nil || got.Text() != s.Text()):
				t.Errorf("device %d: %v", d, err)
			case d == 10 && !errors.Is(err, seal.ErrOpen):
				t.Errorf("device %d: %v", d, err)
			}
		}
	}
}

func TestAKeyForManyFitsIntoDocuments(t *testing.T) {
	s := secret(t, 5)
	c := readCard(t, 8, s, nil)
	many := make([]*seal.Card, 2*seal.MaxFor+1)
	for i := range many {
		many[i] = c
	}
	docs, err := seal.WriteKeys("w1", 1, s, many, moment, deviceKey(7))
	if err != nil || len(docs) != 3 {
		t.Fatal(len(docs), err)
	}
	for name, doc := range docs {
		if _, err := seal.ReadKey(name, doc); err != nil || len(doc) > carrier.MaxDocument {
			t.Errorf("%s: %d bytes, %v", name, len(doc), err)
		}
	}
}

// read reads a document by its name, and checks who signed it.
func read(name string, doc []byte) error {
	signer := public(deviceKey(7))
	switch seal.KindOf(name) {
	case seal.Cards:
		_, err := seal.ReadCard(name, doc)
		return err
	case seal.Invitations:
		n, err := seal.ReadNotice(name, doc)
		if err != nil {
			return err
		}
		return n.Verify(signer)
	case seal.Removals:
		r, err := seal.ReadRemoval(name, doc)
		if err != nil {
			return err
		}
		return r.Verify(signer)
	case seal.Keys:
		k, err := seal.ReadKey(name, doc)
		if err != nil {
			return err
		}
		return k.Verify(signer)
	default:
		return errors.New("of no kind")
	}
}

// documents is one of each kind, signed by device 7.
func documents(tb rapid.TB) map[string][]byte {
	tb.Helper()
	s := secret(tb, 1)
	i := invitation(tb, s)
	all := map[string][]byte{}
	add := func(name string, doc []byte, err error) {
		if err != nil {
			tb.Fatal(err)
		}
		all[name] = doc
	}
	name, doc := card(tb, 7, s, i)
	add(name, doc, nil)
	add(seal.WriteNotice(i, moment, deviceKey(7)))
	removals, err := seal.WriteRemovals("w1", removal(2), moment, deviceKey(7))
	for name, doc := range removals {
		add(name, doc, err)
	}
	keys, err := seal.WriteKeys("w1", 1, s, []*seal.Card{readCard(tb, 8, s, nil)}, moment, deviceKey(7))
	for name, doc := range keys {
		add(name, doc, err)
	}
	if len(all) != 4 {
		tb.Fatalf("%d documents", len(all))
	}
	return all
}

func TestNoBitOfADocumentChangesUnnoticed(t *testing.T) {
	for name, doc := range documents(t) {
		if err := read(name, doc); err != nil {
			t.Fatalf("%s as it was: %v", name, err)
		}
		for i := range doc {
			changed := bytes.Clone(doc)
			changed[i] ^= 1 << (i % 8)
			if read(name, changed) == nil {
				t.Errorf("%s: byte %d changed from %q to %q unnoticed", name, i, doc[i], changed[i])
			}
			if read(name, doc[:i]) == nil {
				t.Errorf("%s: cut at %d unnoticed", name, i)
			}
		}
	}
}

func TestADocumentIsReadUnderItsOwnNameOnly(t *testing.T) {
	all := documents(t)
	for name, doc := range all {
		for other := range all {
			if other != name && read(other, doc) == nil {
				t.Errorf("%s is read as %s", name, other)
			}
		}
		folder, file, _ := strings.Cut(name, "/")
		if read(folder+"/0"+file[1:], doc) == nil && file[0] != '0' {
			t.Errorf("%s is read under another name of its kind", name)
		}
	}
}

// resigned signs a body that was changed, as its device could.
func resigned(tb rapid.TB, doc []byte, k seal.Kind, device byte) []byte {
	tb.Helper()
	body := doc[len(`{"d":`) : len(doc)-len(`,"s":""}`)-128-1]
	return seal.SignForTest(k, body, deviceKey(device))
}

func TestADocumentOfANewerFormatSaysSo(t *testing.T) {
	body := []byte(`{"f":2,"kind":"members","unheard":[1,{}],"key":7}`)
	doc := seal.SignForTest(seal.Cards, body, deviceKey(7))
	if _, err := seal.ReadCard("members/x.json", doc); !seal.IsNewer(err) {
		t.Errorf("got %v", err)
	}
}

func TestADocumentThatIsTooLargeIsNotRead(t *testing.T) {
	doc := append(bytes.Repeat([]byte(" "), carrier.MaxDocument), documents(t)[seal.CardName(seal.Device(deviceKey(7)))]...)
	if _, err := seal.ReadCard("members/x.json", doc); !errors.Is(err, seal.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestWhatASignerMustNotSayIsNotRead(t *testing.T) {
	device := seal.Device(deviceKey(7))
	head := func(kind seal.Kind) string {
		return fmt.Sprintf(`"f":1,"kind":%q,"ws":"w1","by":%q,"made":"2026-11-24T02:14:00Z"`, kind, device)
	}
	key := hex.EncodeToString(public(deviceKey(7)))
	for name, test := range map[string]struct {
		kind seal.Kind
		name string
		body string
	}{
		"a card without a key":            {seal.Cards, seal.CardName(device), head(seal.Cards)},
		"a card of another kind":          {seal.Cards, seal.CardName(device), head(seal.Keys) + `,"key":"` + key + `"`},
		"a card without a time":           {seal.Cards, seal.CardName(device), strings.Replace(head(seal.Cards), "2026-11-24T02:14:00Z", "0001-01-01T00:00:00Z", 1) + `,"key":"` + key + `"`},
		"a card with a long name":         {seal.Cards, seal.CardName(device), head(seal.Cards) + `,"key":"` + key + `","machine":"` + strings.Repeat("x", 201) + `"`},
		"a card with a bad recipient":     {seal.Cards, seal.CardName(device), head(seal.Cards) + `,"key":"` + key + `","age":"age1x"`},
		"a card with half a proof":        {seal.Cards, seal.CardName(device), head(seal.Cards) + `,"key":"` + key + `","invitation":"0011223344556677","proof":"00"`},
		"a notice without an end":         {seal.Invitations, seal.NoticeName("0011223344556677"), head(seal.Invitations) + `,"id":"0011223344556677","key":"` + key + `"`},
		"a notice that climbs":            {seal.Invitations, "invitations/../x.json", head(seal.Invitations) + `,"id":"../x","key":"` + key + `","until":"2026-11-25T00:00:00Z"`},
		"a notice of what is no key":      {seal.Invitations, seal.NoticeName("0011223344556677"), head(seal.Invitations) + `,"id":"0011223344556677","key":"` + key + `","until":"2026-11-25T00:00:00Z","keys":["x"]`},
		"a card that names another by it": {seal.Cards, seal.CardName(device), strings.Replace(head(seal.Cards), device, seal.Device(deviceKey(8)), 1) + `,"key":"` + key + `"`},
	} {
		if err := read(test.name, seal.SignForTest(test.kind, []byte("{"+test.body+"}"), deviceKey(7))); !errors.Is(err, seal.ErrMalformed) && !errors.Is(err, seal.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadDocument(f *testing.F) {
	kinds := []seal.Kind{seal.Cards, seal.Invitations, seal.Removals, seal.Keys}
	for name, doc := range documents(f) {
		f.Add(name, doc)
	}
	f.Fuzz(func(t *testing.T, name string, doc []byte) {
		if read(name, doc) == nil {
			return
		}
		for _, k := range kinds { // what a member could sign
			signed := seal.SignForTest(k, doc, deviceKey(7))
			if len(signed) <= carrier.MaxDocument {
				_ = read(name, signed)
			}
		}
	})
}
