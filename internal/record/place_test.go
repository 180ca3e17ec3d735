package record_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"
	"time"

	"bearings/internal/record"
)

// acknowledgement seals a batch that only says what its writer has seen.
func acknowledgement(t *testing.T) *record.Batch {
	t.Helper()
	h := record.Header{
		Workspace: `a "run":"name`, Run: record.Run{1, 2, 3}, Device: "d", Number: 70,
		Clock: 1 << 20, Written: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC),
		Seen: []record.Seen{{Run: record.Run{9}, Number: 4}},
	}
	b, err := record.Seal(h, nil, bytes.NewReader(nil), ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestABatchCanSayNothingButWhatItsWriterHas(t *testing.T) {
	b := acknowledgement(t)
	again, err := record.DecodeBatch(b.Line)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Records) != 0 || len(again.Seen) != 1 || again.Seen[0].Number != 4 || again.Hash != b.Hash {
		t.Errorf("read %+v", again.Header)
	}
}

func TestAPlaceIsReadOfWholeLinesOnly(t *testing.T) {
	b := acknowledgement(t)
	run, n, ok := record.PlaceOf(b.Line)
	if !ok || run != b.Run || n != 70 {
		t.Errorf("it stands at %v %d, %v", run, n, ok)
	}
	for i := range b.Line[:len(b.Line)-1] {
		flipped := bytes.Clone(b.Line)
		flipped[i] ^= 1
		if _, _, ok := record.PlaceOf(flipped); ok {
			t.Errorf("byte %d was changed, and the line has a place", i)
		}
		if _, _, ok := record.PlaceOf(b.Line[:i]); ok {
			t.Errorf("cut at %d, the line has a place", i)
		}
	}
}
