package record_test

import (
	"bytes"
	"errors"
	"testing"

	"bearings/internal/record"
)

func TestALineTakenApartIsPutTogetherByteForByte(t *testing.T) {
	line := seal(t, note(t, "n1"), note(t, "n2"), note(t, "n3")).Line
	erased, n, err := record.Erase(line, func(r *record.Record) bool { return r.ID == "n2" })
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	for _, line := range [][]byte{line, erased, bytes.TrimSuffix(line, []byte("\n"))} {
		f, err := record.Split(line)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Elements) != 3 {
			t.Errorf("got %d elements", len(f.Elements))
		}
		if got := f.Line(); !bytes.Equal(bytes.TrimSuffix(got, []byte("\n")), bytes.TrimSuffix(line, []byte("\n"))) {
			t.Errorf("\ngot  %s\nwant %s", got, line)
		}
		b, err := record.DecodeBatch(f.Line())
		if err != nil {
			t.Fatal(err)
		}
		if f.Hash() != b.Hash {
			t.Error("the hash is not the batch's")
		}
		h, err := record.DecodeHeader(f.Header)
		if err != nil || h.Number != b.Number || h.Device != b.Device || len(h.Digests) != 3 {
			t.Errorf("the header alone reads as %+v, %v", h, err)
		}
	}
}

func TestADamagedLineIsNotTakenApart(t *testing.T) {
	line := seal(t, note(t, "n1")).Line
	line[len(line)/2] ^= 1
	if _, err := record.Split(line); !errors.Is(err, record.ErrChecksum) {
		t.Errorf("got %v", err)
	}
	if _, err := record.DecodeHeader([]byte(`{"f":1}`)); !errors.Is(err, record.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}
