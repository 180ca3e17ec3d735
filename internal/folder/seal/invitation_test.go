package seal_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"filippo.io/age"

	"bearings/internal/folder/seal"
)

// quick is a work factor for tests, which try words often.
const quick = 4

func TestAnInvitationOpensWithItsWords(t *testing.T) {
	i := invitation(t, secret(t, 1), secret(t, 2))
	file, words, err := seal.WriteInvitation(i, quick, chance(6))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Fields(words)); n != 6 {
		t.Errorf("%d words: %s", n, words)
	}
	for _, typed := range []string{words, strings.ToUpper(words), "  " + strings.ReplaceAll(words, " ", ", ") + ".\n", strings.ReplaceAll(words, " ", "-")} {
		got, err := seal.ReadInvitation(append([]byte("\n"), file...), typed)
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		if got.ID != i.ID || got.Name != "Payments" || got.Workspace != "w1" || got.Founder != i.Founder || got.InvitedBy() != i.InvitedBy() ||
			!got.Until.Equal(i.Until) || len(got.Secrets) != 2 || got.Secrets[1].Secret.Text() != secret(t, 2).Text() || got.Secrets[1].Epoch != 2 {
			t.Errorf("got %+v", got)
		}
		// Who has the file can join as who was invited.
		s := got.Secrets[0].Secret
		if err := readCard(t, 8, s, got).Invited(readNotice(t, i)); err != nil {
			t.Error(err)
		}
	}
}

func TestAnInvitationSaysNothingWithoutItsWords(t *testing.T) {
	i := invitation(t, secret(t, 1))
	file, words, err := seal.WriteInvitation(i, quick, chance(6))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Payments", i.ID, secret(t, 1).Text(), "w1\""} {
		if bytes.Contains(file, []byte(word)) {
			t.Errorf("it says %q", word)
		}
	}
	other := "abacus abdomen abdominal abide abiding ability"
	for name, typed := range map[string]string{
		"other words":  other,
		"none":         " ",
		"one missing":  strings.Join(strings.Fields(words)[:5], " "),
		"one misheard": "xyzzy " + strings.Join(strings.Fields(words)[1:], " "),
	} {
		if _, err := seal.ReadInvitation(file, typed); !errors.Is(err, seal.ErrWords) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = seal.ReadInvitation(file, "xyzzy "+strings.Join(strings.Fields(words)[1:], " "))
	if !strings.Contains(err.Error(), `word 1, "xyzzy"`) {
		t.Errorf("it does not say which word: %v", err)
	}
}

func TestAnInvitationThatWasChangedDoesNotOpen(t *testing.T) {
	file, words, err := seal.WriteInvitation(invitation(t, secret(t, 1)), quick, chance(6))
	if err != nil {
		t.Fatal(err)
	}
	want, err := seal.ReadInvitation(file, words)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(file)-1; n += 3 {
		changed := bytes.Clone(file)
		changed[n] ^= 1
		if got, err := seal.ReadInvitation(changed, words); err == nil && got.ID != want.ID {
			t.Errorf("byte %d: opened as %+v", n, got)
		}
		if _, err := seal.ReadInvitation(file[:n], words); err == nil {
			t.Errorf("cut at %d: opened", n)
		}
	}
}

func TestAnInvitationThatTakesTooMuchWorkIsNotTried(t *testing.T) {
	to, err := age.NewScryptRecipient("a")
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(quick)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dear := bytes.Replace(out.Bytes(), []byte(" 4\n"), []byte(" 30\n"), 1)
	if bytes.Equal(dear, out.Bytes()) {
		t.Fatal("no work factor in the file")
	}
	words := "abacus abdomen abdominal abide abiding ability"
	if _, err := seal.ReadInvitation(seal.ArmorForTest(dear), words); !errors.Is(err, seal.ErrMalformed) && !errors.Is(err, seal.ErrWords) {
		t.Errorf("got %v", err)
	}
}

func TestSixWordsAreHardToGuess(t *testing.T) {
	if bits := 6 * math.Log2(7776); bits < 64 {
		t.Errorf("%.1f bits", bits)
	}
	if n := seal.CountWordsForTest(); n != 7776 {
		t.Errorf("%d words", n)
	}
	drawn := map[string]bool{}
	for seed := range byte(50) {
		_, words, err := seal.WriteInvitation(invitation(t), quick, chance(seed))
		if err != nil {
			t.Fatal(err)
		}
		drawn[words] = true
	}
	if len(drawn) != 50 {
		t.Errorf("of 50 drawn %d are different", len(drawn))
	}
}

func TestNoRandomnessNoInvitation(t *testing.T) {
	empty := strings.NewReader("")
	if _, err := seal.NewInvitation(seal.Invitation{}, empty); !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	if _, _, err := seal.WriteInvitation(invitation(t), quick, empty); err == nil {
		t.Error("words were drawn from nothing")
	}
	if _, err := seal.NewSecret(empty); !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadInvitation(f *testing.F) {
	file, words, err := seal.WriteInvitation(invitation(f, secret(f, 1)), quick, chance(6))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file, words)
	f.Add([]byte(`{"f":1,"id":"0011223344556677","ws":"w","sealed":true,"keys":[{"epoch":1,"secret":"AGE-SECRET-KEY-1"}]}`), "a")
	f.Fuzz(func(t *testing.T, file []byte, words string) {
		if bytes.Contains(file, []byte("-> scrypt")) && len(file) < 80 {
			return
		}
		_, _ = seal.ParseInvitationForTest(file)
		if len(file) < 4096 {
			_, _ = seal.ReadInvitation(file, words)
		}
	})
}
