package historytest_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"testing"
	"time"

	"bearings/internal/folder/historytest"
	"bearings/internal/record"
)

func history(records int) historytest.History {
	h := historytest.History{Workspace: "w1", Records: records, Incident: 250, From: time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC), Over: 3 * 365 * 24 * time.Hour, Seed: 1}
	for i := range 10 {
		h.Authors = append(h.Authors, historytest.Author{Device: fmt.Sprint("d", i), Key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(i)}, ed25519.SeedSize))})
	}
	return h
}

func TestAHistoryIsChainedSignedAndAsLongAsWanted(t *testing.T) {
	h := history(5100)
	heads := map[record.Run]record.Digest{}
	numbers := map[record.Run]uint64{}
	incidents, records, erased := map[string]int{}, 0, 0
	err := h.Write(func(s historytest.Stretch) error {
		for _, line := range s.Lines {
			b, err := record.DecodeBatch(line)
			if err != nil {
				return err
			}
			if err := b.Verify(h.Authors[s.Author].Key.Public().(ed25519.PublicKey)); err != nil {
				return err
			}
			if b.Run != s.Run || b.Number != numbers[b.Run]+1 || b.Prev != heads[b.Run] {
				return fmt.Errorf("line %d of run %s does not follow line %d", b.Number, b.Run, numbers[b.Run])
			}
			numbers[b.Run], heads[b.Run] = b.Number, b.Hash
			for _, r := range b.Records {
				incidents[r.Incident]++
				records++
			}
			records += len(b.Digests) - len(b.Records)
			erased += len(b.Digests) - len(b.Records)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if records != h.Records || len(incidents) != 20 || erased == 0 {
		t.Errorf("%d records in %d incidents, of which %d are erased", records, len(incidents), erased)
	}
}

func TestTheSameHistoryMakesTheSameLines(t *testing.T) {
	var made [2]bytes.Buffer
	for i := range made {
		if err := history(600).Write(func(s historytest.Stretch) error {
			made[i].Write(bytes.Join(s.Lines, nil))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(made[0].Bytes(), made[1].Bytes()) {
		t.Error("two histories of one seed differ")
	}
}
