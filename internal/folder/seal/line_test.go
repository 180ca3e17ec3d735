package seal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bearings/internal/folder/seal"
	"bearings/internal/record"
)

func TestASealedLineIsWrittenAsTheFormatSays(t *testing.T) {
	s := secret(t, 1)
	plain := line(t, 17, 2)
	f, err := record.Split(plain)
	if err != nil {
		t.Fatal(err)
	}
	got := string(sealLine(t, s, plain))
	begin := `{"k":"` + s.ID() + `","h":` + string(f.Header) + `,"s":"` + string(f.Signature) + `","x":["`
	if body := got[9:]; !strings.HasPrefix(body, begin) || !strings.HasSuffix(body, "\"]}\n") || strings.Count(body[len(begin):], `","`) != 1 {
		t.Errorf("got %s", got)
	}
	if !bytes.Equal(checksummed([]byte(got)), []byte(got)) {
		t.Error("the checksum is another")
	}
	for _, word := range []string{"Ana", "note.add", "inc-1", "a <b>"} {
		if strings.Contains(got, word) {
			t.Errorf("it says %q", word)
		}
	}
}

func TestALineOpensByteForByte(t *testing.T) {
	s := secret(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "records")
		plain := line(t, rapid.Uint64Range(1, 1<<40).Draw(t, "number"), n)
		gone := rapid.IntRange(0, n).Draw(t, "erased")
		erased := 0
		plain, _, err := record.Erase(plain, func(*record.Record) bool { erased++; return erased <= gone })
		if err != nil {
			t.Fatal(err)
		}
		got, err := open(s, sealLine(t, s, plain))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, plain) {
			t.Errorf("\ngot  %s\nwant %s", got, plain)
		}
	})
}

// A change that keeps the checksum right is one that somebody makes on
// purpose, who has the folder and no key.
func TestNoBitOfALineChangesUnnoticed(t *testing.T) {
	s := secret(t, 1)
	plain := line(t, 17, 2)
	sealed := sealLine(t, s, plain)
	for i := range sealed[:len(sealed)-1] {
		for bit := range 8 {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1 << bit
			if changed[i] == '\n' || changed[i] == '\r' && i == len(sealed)-2 {
				continue // two lines, or one that ends otherwise: not what stands there
			}
			if got, err := open(s, changed); err == nil {
				t.Fatalf("byte %d bit %d: opened as %s", i, bit, got)
			}
			if i < 9 {
				continue
			}
			if got, err := open(s, checksummed(changed)); err == nil {
				t.Fatalf("byte %d bit %d, checksum made right: opened as %s", i, bit, got)
			}
		}
	}
}

func TestALineThatWasCutDoesNotOpen(t *testing.T) {
	s := secret(t, 1)
	sealed := sealLine(t, s, line(t, 17, 3))
	for n := range len(sealed) - 1 {
		if _, err := open(s, sealed[:n]); err == nil {
			t.Fatalf("cut at %d: opened", n)
		}
		if n > 9 {
			if _, err := open(s, checksummed(sealed[:n])); err == nil {
				t.Fatalf("cut at %d, checksum made right: opened", n)
			}
		}
	}
}

// parts cuts a sealed line into what stands before its elements, and these.
func parts(t *testing.T, sealed []byte) (head string, elements []string) {
	t.Helper()
	head, rest, ok := strings.Cut(string(sealed), `"x":[`)
	if !ok {
		t.Fatal("no elements")
	}
	return head + `"x":[`, strings.Split(strings.TrimSuffix(rest, "]}\n"), ",")
}

func joined(head string, elements []string) []byte {
	return checksummed([]byte(head + strings.Join(elements, ",") + "]}\n"))
}

func TestAnElementOpensInItsPlaceOnly(t *testing.T) {
	s := secret(t, 1)
	head, own := parts(t, sealLine(t, s, line(t, 17, 3)))
	otherHead, other := parts(t, sealLine(t, s, line(t, 18, 3)))
	for name, changed := range map[string][]byte{
		"two change places":           joined(head, []string{own[1], own[0], own[2]}),
		"one twice":                   joined(head, []string{own[0], own[0], own[2]}),
		"one of another batch":        joined(head, []string{own[0], other[1], own[2]}),
		"all of another batch":        joined(head, other),
		"one missing":                 joined(head, own[:2]),
		"one more":                    joined(head, append(own[:3:3], own[0])),
		"none":                        joined(head, nil),
		"one erased without the key":  joined(head, []string{own[0], "null", own[2]}),
		"one erased, as a text":       joined(head, []string{own[0], `"null"`, own[2]}),
		"one empty":                   joined(head, []string{own[0], `""`, own[2]}),
		"the head of another batch":   joined(otherHead, own),
		"a line break in the base 64": joined(head, []string{own[0][:9] + "\r" + own[0][9:], own[1], own[2]}),
	} {
		if got, err := open(s, changed); err == nil {
			t.Errorf("%s: opened as %s", name, got)
		}
	}
	if _, err := open(s, joined(head, own)); err != nil {
		t.Errorf("as it was: %v", err)
	}
}

func TestALineOfAnotherKeyDoesNotOpen(t *testing.T) {
	sealed, err := seal.ReadLine(sealLine(t, secret(t, 1), line(t, 17, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := secret(t, 2).OpenLine(sealed); !errors.Is(err, seal.ErrOpen) {
		t.Errorf("got %v", err)
	}
}

func TestWhoeverHasTheKeyAndNotTheDeviceCannotWriteForIt(t *testing.T) {
	s := secret(t, 1)
	forged := deviceKey(8)
	own, err := record.DecodeBatch(line(t, 17, 1))
	if err != nil {
		t.Fatal(err)
	}
	b, err := record.Seal(own.Header, own.Records, chance(3), forged)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(s, sealLine(t, s, b.Line)); !errors.Is(err, record.ErrSignature) {
		t.Errorf("got %v", err)
	}
}

func TestALineIsReadWithoutAKeyAsFarAsItIsOpen(t *testing.T) {
	s := secret(t, 1)
	plain := line(t, 17, 2)
	sealed, err := seal.ReadLine(sealLine(t, s, plain))
	if err != nil {
		t.Fatal(err)
	}
	b, err := record.DecodeBatch(plain)
	if err != nil {
		t.Fatal(err)
	}
	if sealed.Hash != b.Hash || sealed.Number != 17 || sealed.Device != b.Device || sealed.Key != s.ID() {
		t.Errorf("got %+v", sealed)
	}
}

func TestTheLargestBatchFitsIntoASealedLine(t *testing.T) {
	longest := record.MaxBatch/record.MaxRecords - 400
	key := deviceKey(7)
	var records []*record.Record
	for range record.MaxRecords {
		r, err := record.DecodeLine([]byte(`{"at":"2026-11-24T02:13:00Z","by":"A","do":"n","id":"n","text":"` + strings.Repeat("x", longest) + `"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Incident = "i"
		records = append(records, r)
	}
	h := record.Header{Workspace: "w1", Run: record.Run{1}, Device: "d", Number: 1, Clock: 1, Written: moment}
	b, err := record.Seal(h, records, chance(1), key)
	if err != nil {
		t.Fatal(err)
	}
	sealed := sealLine(t, secret(t, 1), b.Line)
	if len(sealed) > seal.MaxLine {
		t.Errorf("a line of %d bytes becomes one of %d, over %d", len(b.Line), len(sealed), seal.MaxLine)
	}
	// What it would be for a batch of the greatest length.
	perByte := 4.0 / 3
	if most := perByte*float64(record.MaxBatch) + record.MaxRecords*(40*perByte+8); most > seal.MaxLine {
		t.Errorf("the longest line becomes one of %.0f bytes, over %d", most, seal.MaxLine)
	}
}

func FuzzReadLine(f *testing.F) {
	s := secret(f, 1)
	sealed := sealLine(f, s, line(f, 17, 2))
	f.Add(sealed)
	f.Add(checksummed(bytes.Replace(sealed, []byte(`"x":["`), []byte(`"x":[null,"`), 1)))
	f.Add([]byte(`00000000 {"k":"0011223344556677","h":{},"s":"","x":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, candidate := range [][]byte{data, tryChecksum(data)} {
			got, err := seal.ReadLine(candidate)
			if err != nil {
				continue
			}
			opened, err := s.OpenLine(got)
			if err != nil {
				continue
			}
			if b, err := record.DecodeBatch(opened); err != nil || b.Hash != got.Hash {
				t.Errorf("opened as what is no batch: %v", err)
			}
		}
	})
}

func tryChecksum(data []byte) []byte {
	if len(data) < 10 {
		return data
	}
	return checksummed(data)
}

// How long sealing and opening takes, beside the check that every line gets
// anyway.
func BenchmarkLine(b *testing.B) {
	s := secret(b, 1)
	plain := line(b, 17, 1)
	sealed := sealLine(b, s, plain)
	public := public(deviceKey(7))
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.SealLine(plain, chance(1)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			l, err := seal.ReadLine(sealed)
			if err == nil {
				_, err = s.OpenLine(l)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode and verify, for comparison", func(b *testing.B) {
		for b.Loop() {
			batch, err := record.DecodeBatch(plain)
			if err == nil {
				err = batch.Verify(public)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
