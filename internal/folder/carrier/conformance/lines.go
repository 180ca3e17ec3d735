package conformance

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"
	"testing"
	"time"

	"bearings/internal/record"
)

var (
	moment = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	key    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
)

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func runOf(run byte) record.Run { return record.Run{run, 1} }

// lines seals lines of a run, from a number on.
func lines(run byte, first, n int) [][]byte {
	var all [][]byte
	for i := range n {
		number := first + i
		r := &record.Record{
			Incident: "i-1", ID: fmt.Sprintf("r-%d-%d", run, number), At: moment, Recorded: moment, By: "Ana", Person: "Ana", Do: "note.add",
			Fields: []record.Field{record.TextField("text", fmt.Sprintf("Line %d of run %d, and some more", number, run))},
		}
		b, err := record.Seal(record.Header{
			Workspace: "w1", Run: runOf(run), Device: "d1", Number: uint64(number),
			Clock: record.ClockAt(moment) + record.Clock(number), Written: moment,
		}, []*record.Record{r}, zeros{}, key)
		if err != nil {
			panic(err) // no record of ours is refused
		}
		all = append(all, b.Line)
	}
	return all
}

func headerOf(t *testing.T, line []byte) record.Header {
	t.Helper()
	b, err := record.DecodeBatch(line)
	ok(t, err)
	return b.Header
}

func texts(lines [][]byte) []string {
	var all []string
	for _, line := range lines {
		all = append(all, string(line))
	}
	return all
}

func containsAll(got, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(got, w) })
}
