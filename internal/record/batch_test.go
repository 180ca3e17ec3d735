package record_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bearings/internal/record"
)

// note returns a record as the app makes one.
func note(tb testing.TB, id string) *record.Record {
	r := decode(tb, `{"at":"2026-11-24T02:13:00Z","recorded":"2026-11-24T02:14:00.005Z","by":"Ana","do":"note.add","id":"`+id+`","label":"N1","text":"a <b>","x":[1]}`)
	r.Incident = "inc-1"
	return r
}

func seal(tb testing.TB, records ...*record.Record) *record.Batch {
	tb.Helper()
	b, err := record.Seal(header(), records, zeros{}, deviceKey)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// checksummed gives a line, which may have been changed, the checksum of what
// it says now.
func checksummed(line string) []byte {
	body := strings.TrimSuffix(line[9:], "\n")
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli)), body)
}

var ignorePrivate = cmpopts.IgnoreUnexported(record.Batch{})

func TestABatchIsWrittenAsTheFormatSays(t *testing.T) {
	got := string(seal(t, note(t, "n1")).Line)
	const element = `{"salt":"00000000000000000000000000000000","in":"inc-1","rec":{"at":"2026-11-24T02:13:00Z","recorded":"2026-11-24T02:14:00.005Z",` +
		`"by":"Ana","do":"note.add","id":"n1","label":"N1","text":"a <b>","x":[1]}}`
	head := `{"f":1,"ws":"w1","run":"01020300000000000000000000000000","dev":"d1","n":17,` +
		`"prev":"0900000000000000000000000000000000000000000000000000000000000000","hlc":"` + fmt.Sprintf("%016x", uint64(header().Clock)) + `",` +
		`"ts":"2026-11-24T02:14:00.005Z","k":0,"par":"0800000000000000000000000000000000000000000000000000000000000000",` +
		`"seen":[["04000000000000000000000000000000",12]],"d":["` + fmt.Sprintf("%x", sha256.Sum256([]byte(element))) + `"]}`
	signature := fmt.Sprintf("%x", ed25519.Sign(deviceKey, []byte(head)))
	want := string(checksummed(`00000000 {"h":` + head + `,"s":"` + signature + `","r":[` + element + "]}\n"))
	if got != want {
		t.Errorf("\ngot  %swant %s", got, want)
	}
}

func TestABatchReadsBackAsItWasSealed(t *testing.T) {
	records := []*record.Record{note(t, "n1"), note(t, "n2"), note(t, "n3")}
	sealed := seal(t, records...)
	for _, r := range records {
		if r.Stamp.Run != (record.Run{}) {
			t.Error("sealing changed the records given to it")
		}
	}
	want := header()
	want.Format = record.Format
	if diff := cmp.Diff(want, sealed.Header, cmpopts.IgnoreFields(record.Header{}, "Digests")); diff != "" {
		t.Error(diff)
	}
	for i, r := range sealed.Records {
		records[i].Stamp = record.Stamp{Clock: want.Clock, Run: want.Run, Line: 17, Index: uint32(i)}
		if diff := cmp.Diff(records[i], r); diff != "" {
			t.Error(diff)
		}
	}
	if err := sealed.Verify(devicePublic); err != nil {
		t.Error(err)
	}
	for _, line := range [][]byte{sealed.Line, bytes.TrimSuffix(sealed.Line, []byte("\n"))} {
		got, err := record.DecodeBatch(line)
		if err != nil {
			t.Fatal(err)
		}
		got.Line = sealed.Line
		if diff := cmp.Diff(sealed, got, ignorePrivate); diff != "" {
			t.Error(diff)
		}
		if err := got.Verify(devicePublic); err != nil {
			t.Error(err)
		}
		loaded, h, err := record.DecodeBatchRecords(line, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sealed.Records, loaded); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(sealed.Header, h, cmpopts.IgnoreFields(record.Header{}, "Digests", "Seen")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTheHashOfABatchIsThatOfItsHeader(t *testing.T) {
	b := seal(t, note(t, "n1"))
	_, rest, _ := bytes.Cut(b.Line, []byte(`{"h":`))
	head, _, _ := bytes.Cut(rest, []byte(`,"s":`))
	if want := record.Digest(sha256.Sum256(head)); b.Hash != want {
		t.Errorf("got %s, want %s", b.Hash, want)
	}
	h := header()
	h.Number, h.Prev = h.Number+1, b.Hash
	next, err := record.Seal(h, []*record.Record{note(t, "n2")}, zeros{}, deviceKey)
	if err != nil || next.Prev != b.Hash {
		t.Errorf("the next one follows %s, want %s (%v)", next.Prev, b.Hash, err)
	}
}

func TestTheFirstBatchOfARunHasNoPrev(t *testing.T) {
	h := header()
	h.Prev, h.Parent, h.Seen = record.Digest{}, record.Digest{}, nil
	b, err := record.Seal(h, []*record.Record{note(t, "n1")}, zeros{}, deviceKey)
	if err != nil || bytes.Contains(b.Line, []byte(`"prev"`)) || bytes.Contains(b.Line, []byte(`"par"`)) || bytes.Contains(b.Line, []byte(`"seen"`)) || !b.Prev.IsZero() {
		t.Errorf("%s %v", b.Line, err)
	}
}

func TestImportedRecordsKeepTheStampsOfTheirFile(t *testing.T) {
	for _, name := range []string{"sample", "cullflood", "prow-2019-02-05"} {
		data, err := os.ReadFile(filepath.Join("testdata", "cases", name, "incident.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		f := read(t, string(data))
		if diff := cmp.Diff(f.Records, seal(t, f.Records...).Records); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	// A made-up declare has line 0, and a clock of its own must be kept too.
	f := read(t, line(5, "note.add", `"text":"a","clock":"00000000000a0000"`))
	loaded, _, err := record.DecodeBatchRecords(seal(t, f.Records...).Line, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f.Records, loaded); diff != "" {
		t.Error(diff)
	}
}

func TestImportedAndOwnRecordsMayShareABatch(t *testing.T) {
	imported := read(t, line(0, "incident.declare", `"id":"d","title":"T"`)).Records[0]
	got := seal(t, note(t, "n1"), imported, note(t, "n2")).Records
	if got[0].Stamp.Index != 0 || got[1].Stamp != imported.Stamp || got[2].Stamp.Index != 2 || got[2].Stamp.Run != header().Run {
		t.Errorf("stamps %v, %v, %v", got[0].Stamp, got[1].Stamp, got[2].Stamp)
	}
}

func TestAnErasedRecordLeavesTheRestVerifiable(t *testing.T) {
	sealed := seal(t, note(t, "n1"), note(t, "n2"), note(t, "n3"))
	start := bytes.Index(sealed.Line, []byte(`"r":[`)) + len(`"r":[`)
	elements := strings.Split(string(sealed.Line[start:len(sealed.Line)-len("]}\n")]), `,{"salt"`)
	elements[1] = "null"
	erased := checksummed(string(sealed.Line[:start]) + elements[0] + `,null,{"salt"` + elements[2] + "]}\n")
	b, err := record.DecodeBatch(erased)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(devicePublic); err != nil || b.Hash != sealed.Hash || len(b.Digests) != 3 {
		t.Errorf("hash %s, %d digests, %v", b.Hash, len(b.Digests), err)
	}
	want := []*record.Record{sealed.Records[0], sealed.Records[2]}
	if diff := cmp.Diff(want, b.Records); diff != "" {
		t.Error(diff)
	}
	loaded, _, err := record.DecodeBatchRecords(erased, nil)
	if diff := cmp.Diff(want, loaded); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestALoadedBatchSharesNoMemoryWithItsLine(t *testing.T) {
	sealed := seal(t, note(t, "n1"))
	line := bytes.Clone(sealed.Line)
	loaded, h, err := record.DecodeBatchRecords(line, nil)
	if err != nil {
		t.Fatal(err)
	}
	clear(line)
	if diff := cmp.Diff(sealed.Records, loaded); diff != "" {
		t.Error(diff)
	}
	if h.Workspace != "w1" || h.Device != "d1" {
		t.Errorf("header %+v", h)
	}
}

func TestEveryFlippedByteIsRejected(t *testing.T) {
	line := seal(t, note(t, "n1"), note(t, "n2")).Line
	for i := range line {
		for _, flip := range []byte{0x01, 0x20, 0x80, 0xff} {
			changed := bytes.Clone(line)
			changed[i] ^= flip
			if _, err := record.DecodeBatch(changed); err == nil {
				t.Errorf("byte %d ^ %x: %q was taken", i, flip, changed)
			}
			if _, _, err := record.DecodeBatchRecords(changed, nil); err == nil {
				t.Errorf("byte %d ^ %x: %q was loaded", i, flip, changed)
			}
		}
	}
}

func TestAForgedByteIsRejectedOrChangesNothing(t *testing.T) {
	sealed := seal(t, note(t, "n1"), note(t, "n2"))
	for i := 9; i < len(sealed.Line)-1; i++ {
		for bit := range 8 {
			changed := bytes.Clone(sealed.Line)
			changed[i] ^= 1 << bit
			if changed[i] == '\n' {
				continue
			}
			b, err := record.DecodeBatch(checksummed(string(changed)))
			if err != nil || b.Verify(devicePublic) != nil {
				continue
			}
			if diff := cmp.Diff(sealed.Records, b.Records); diff != "" || b.Hash != sealed.Hash {
				t.Fatalf("byte %d, bit %d: %s", i, bit, diff)
			}
		}
	}
}

func TestDecodeBatchTellsWhatIsWrong(t *testing.T) {
	good := string(seal(t, note(t, "n1"), note(t, "n2")).Line)
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the line", old)
		}
		return string(checksummed(strings.Replace(good, old, new, 1)))
	}
	tests := []struct {
		name, line string
		want       error
	}{
		{"nothing", "", record.ErrMalformed},
		{"no checksum", good[9:], record.ErrMalformed},
		{"upper-case checksum", "ABCDEF01" + good[8:], record.ErrMalformed},
		{"another checksum", "00000000" + good[8:], record.ErrChecksum},
		{"torn", good[:len(good)/2], record.ErrChecksum},
		{"two lines", good + good, record.ErrChecksum},
		{"invalid UTF-8", replace("Ana", "An\xff"), record.ErrMalformed},
		{"a newer format", replace(`{"f":1`, `{"f":2`), record.ErrFormat},
		{"a newer format, built otherwise", string(checksummed(`00000000 {"h":{"f":9,"new":1},"z":1}` + "\n")), record.ErrFormat},
		{"sealed records", replace(`"k":0`, `"k":1`), record.ErrFormat},
		{"no format", replace(`{"f":1,`, `{`), record.ErrMalformed},
		{"no clock", replace(`"hlc"`, `"xhl"`), record.ErrMalformed},
		{"a bad run", replace(`"run":"01`, `"run":"0X`), record.ErrMalformed},
		{"a bad number", replace(`"n":17`, `"n":-1`), record.ErrMalformed},
		{"a bad seen", replace(`,12]]`, `,12,1]]`), record.ErrMalformed},
		{"a bad time", replace(`"ts":"2026`, `"ts":"0026`), record.ErrMalformed},
		{"a bad digest list", replace(`"d":["`, `"d":["0`), record.ErrMalformed},
		{"no digests", replace(`"d":[`, `"e":[`), record.ErrDigest},
		{"a digest too many", replace(`"d":[`, `"d":["`+strings.Repeat("0", 64)+`",`), record.ErrDigest},
		{"a bad signature", replace(`"s":"`, `"s":"Z`), record.ErrMalformed},
		{"a changed record", replace("Ana", "Bob"), record.ErrDigest},
		{"a changed salt", replace(`"salt":"0`, `"salt":"1`), record.ErrDigest},
		{"a bad salt", replace(`"salt":"0`, `"salt":"Z`), record.ErrMalformed},
		{"a record more", replace(`"r":[`, `"r":[null,`), record.ErrDigest},
		{"a record less", string(checksummed(good[:strings.LastIndex(good, `,{"salt"`)] + "]}\n")), record.ErrDigest},
		{"no end", string(checksummed(strings.TrimSuffix(good, "]}\n") + "\n")), record.ErrMalformed},
		{"more after the end", string(checksummed(strings.TrimSuffix(good, "\n") + " \n")), record.ErrMalformed},
		{"a record without an id", replace(`"id":"n1",`, ``), record.ErrMalformed},
		{"a record without an incident", replace(`"in":"inc-1"`, `"in":""`), record.ErrMalformed},
		{"a record without a kind", replace(`"do":"note.add",`, ``), record.ErrMalformed},
		{"a line that is no number", replace(`"in":"inc-1"`, `"in":"inc-1","line":x`), record.ErrMalformed},
		{"too long", string(checksummed(strings.Replace(good, "Ana", strings.Repeat("A", record.MaxBatch), 1))), record.ErrTooLarge},
		{"too many digests", replace(`"d":[`, `"d":[`+strings.Repeat(`"`+strings.Repeat("0", 64)+`",`, record.MaxRecords)), record.ErrTooLarge},
		{"too many records", replace(`"r":[`, `"r":[`+strings.Repeat("null,", record.MaxRecords)), record.ErrTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := record.DecodeBatch([]byte(test.line)); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestVerifyRefusesAnotherDevice(t *testing.T) {
	b := seal(t, note(t, "n1"))
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	for _, key := range []ed25519.PublicKey{other, nil, other[:5]} {
		if err := b.Verify(key); !errors.Is(err, record.ErrSignature) {
			t.Errorf("key %x: got %v", key, err)
		}
	}
}

func TestSealRefusesWhatNobodyCouldRead(t *testing.T) {
	many := make([]*record.Record, record.MaxRecords+1)
	for i := range many {
		many[i] = note(t, "n1")
	}
	huge := note(t, "n1")
	huge.Fields = []record.Field{record.TextField("text", strings.Repeat("x", record.MaxBatch))}
	nameless, homeless, broken, twice := note(t, ""), note(t, "n1"), note(t, "n1"), note(t, "n1")
	homeless.Incident = ""
	broken.Fields = []record.Field{{Key: "text", Value: []byte(`"a`)}}
	twice.Fields = []record.Field{record.TextField("by", "a")}
	tests := []struct {
		name    string
		records []*record.Record
		want    error
	}{
		{"too many", many, record.ErrTooLarge},
		{"too large", []*record.Record{huge}, record.ErrTooLarge},
		{"no id", []*record.Record{nameless}, record.ErrMalformed},
		{"no incident", []*record.Record{homeless}, record.ErrMalformed},
		{"a field that is not JSON", []*record.Record{broken}, record.ErrMalformed},
		{"a field named as one of the envelope", []*record.Record{twice}, record.ErrMalformed},
	}
	for _, test := range tests {
		if _, err := record.Seal(header(), test.records, zeros{}, deviceKey); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
	silent := header()
	silent.Seen = nil
	if _, err := record.Seal(silent, nil, zeros{}, deviceKey); !errors.Is(err, record.ErrMalformed) {
		t.Errorf("nothing to say at all: got %v", err)
	}
	dry := errors.New("no randomness")
	if _, err := record.Seal(header(), []*record.Record{note(t, "n1")}, iotest.ErrReader(dry), deviceKey); !errors.Is(err, dry) {
		t.Errorf("got %v, want %v", err, dry)
	}
}

func TestAFullBatchHoldsAThousandRecords(t *testing.T) {
	if got := len(sealN(t, record.MaxRecords).Records); got != record.MaxRecords {
		t.Errorf("got %d", got)
	}
}

func TestAnyBatchReadsBackAsItWasSealed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(anyRecord(), 1, 5).Draw(t, "records")
		for i, r := range records {
			r.ID, r.Incident = fmt.Sprint("r", i), rapid.SampledFrom([]string{"i1", "i \"2\""}).Draw(t, "incident")
			r.Stamp = record.Stamp{}
		}
		h := header()
		h.Number = rapid.Uint64().Draw(t, "number")
		h.Clock = record.Clock(rapid.Uint64Min(1).Draw(t, "clock"))
		b, err := record.Seal(h, records, zeros{}, deviceKey)
		if err != nil {
			t.Fatal(err)
		}
		loaded, _, err := record.DecodeBatchRecords(b.Line, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range records {
			r.Stamp = record.Stamp{Clock: h.Clock, Run: h.Run, Line: h.Number, Index: uint32(i)}
		}
		if diff := cmp.Diff(records, b.Records); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(records, loaded); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRunsAndDigestsReadBack(t *testing.T) {
	run, err := record.NewRun(bytes.NewReader([]byte("0123456789abcdefgh")))
	if err != nil || run.String() != "30313233343536373839616263646566" {
		t.Errorf("got %s, %v", run, err)
	}
	if got, err := record.ParseRun(run.String()); got != run || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := record.NewRun(strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
	digest := record.Digest(sha256.Sum256([]byte("a")))
	if got, err := record.ParseDigest(digest.String()); got != digest || err != nil || got.IsZero() {
		t.Errorf("got %s, %v", got, err)
	}
	for _, bad := range []string{"", "30", strings.ToUpper(digest.String()), strings.Repeat("g", 64), digest.String() + "0"} {
		if _, err := record.ParseDigest(bad); err == nil {
			t.Errorf("digest %q was taken", bad)
		}
		if _, err := record.ParseRun(bad); err == nil {
			t.Errorf("run %q was taken", bad)
		}
	}
}

func TestAnErasedRecordLeavesTheRestOfItsBatchAsItWas(t *testing.T) {
	whole := seal(t, note(t, "n1"), note(t, "n2"), note(t, "n3"))
	pick := func(ids ...string) func(*record.Record) bool {
		return func(r *record.Record) bool { return slices.Contains(ids, r.ID) }
	}
	for _, ids := range [][]string{{"n1"}, {"n2"}, {"n3"}, {"n1", "n3"}, {"n1", "n2", "n3"}} {
		line, n, err := record.Erase(whole.Line, pick(ids...))
		if err != nil || n != len(ids) {
			t.Fatalf("%v: erased %d, %v", ids, n, err)
		}
		b, err := record.DecodeBatch(line)
		if err != nil {
			t.Fatalf("%v: %v", ids, err)
		}
		if err := b.Verify(devicePublic); err != nil || b.Hash != whole.Hash {
			t.Errorf("%v: it is another batch: %v", ids, err)
		}
		var want []*record.Record
		for _, r := range whole.Records {
			if !slices.Contains(ids, r.ID) {
				want = append(want, r)
			}
		}
		if diff := cmp.Diff(want, b.Records, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v: %s", ids, diff)
		}
		again, n, err := record.Erase(line, pick(ids...))
		if err != nil || n != 0 || !bytes.Equal(again, line) {
			t.Errorf("%v: erased again, %d, %v", ids, n, err)
		}
		if bytes.Contains(line, []byte(`"salt":"`)) != (len(ids) < 3) {
			t.Errorf("%v: its salts are %s", ids, line)
		}
	}
	if _, _, err := record.Erase([]byte("no batch"), pick()); err == nil {
		t.Error("erased something from what is no batch")
	}
}

func FuzzDecodeBatch(f *testing.F) {
	two := seal(f, note(f, "n1"), note(f, "n2"))
	f.Add(two.Line[9:])
	f.Add(seal(f, read(f, line(5, "note.add", `"text":"a","clock":"00000000000a0000"`)).Records...).Line[9:])
	partly, _, err := record.Erase(two.Line, func(r *record.Record) bool { return r.ID == "n2" })
	if err != nil {
		f.Fatal(err)
	}
	f.Add(partly[9:])
	f.Add([]byte(`{"h":{"f":2},"x":1}`))
	f.Add([]byte(`{"h":{"f":1,"ws":"w","run":"01000000000000000000000000000000","dev":"d","n":1,"hlc":"0000000000010000","ts":"2026-11-24T02:14:00Z","k":0,"d":[]},"s":"` + strings.Repeat("0", 128) + `","r":[]}`))
	f.Add([]byte("not a batch\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if bytes.IndexByte(body, '\n') >= 0 {
			body = body[:bytes.IndexByte(body, '\n')]
		}
		line := checksummed("00000000 " + string(body) + "\n")
		loaded, _, loadErr := record.DecodeBatchRecords(line, nil)
		b, err := record.DecodeBatch(line)
		if err != nil {
			return
		}
		if loadErr != nil {
			t.Fatalf("decoded, but not loaded: %v", loadErr)
		}
		if diff := cmp.Diff(b.Records, loaded, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if b.Verify(devicePublic) == nil && b.Hash != two.Hash && !bytes.Contains(body, []byte(`"clock":"00000000000a0000"`)) {
			t.Fatal("a signature was forged")
		}
		first := true
		erased, n, err := record.Erase(line, func(*record.Record) bool { was := first; first = false; return was })
		if err != nil || n != min(1, len(b.Records)) {
			t.Fatalf("erased %d of %d: %v", n, len(b.Records), err)
		}
		left, err := record.DecodeBatch(erased)
		if err != nil || left.Hash != b.Hash || len(left.Records) != len(b.Records)-n {
			t.Fatalf("with a record erased: %+v, %v", left, err)
		}
	})
}
