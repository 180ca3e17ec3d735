package proof_test

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWhatWasRecordedOutlivesKillsWhileItIsShared kills, in each round, a
// process that records and one that shares, at chance moments; then both
// machines must have what was promised, and no record twice.
func TestWhatWasRecordedOutlivesKillsWhileItIsShared(t *testing.T) {
	folder := t.TempDir()
	a, b := newMachine(t, folder), newMachine(t, folder)
	ws := a.open()
	id := declared(t, ws)
	a.run("sync", "--folder", folder, "--new", "--once")
	b.share()
	other := b.open()

	var promised []string
	rounds := long(t, 12)
	for round := range rounds {
		writer, reader := a, b
		if round%2 == 1 {
			writer, reader = b, a
		}
		sharers := []*process{writer.sharing(), reader.sharing()}
		recorder := writer.recording(id)
		for range 1 + rand.IntN(25) {
			promised = append(promised, strings.Fields(recorder.line())...)
		}
		victims := append(sharers, recorder)
		rand.Shuffle(len(victims), func(i, j int) { victims[i], victims[j] = victims[j], victims[i] })
		for _, v := range victims {
			rest := v.kill()
			if v == recorder {
				promised = append(promised, strings.Fields(strings.Join(rest, "\n"))...)
			}
		}
		if round%10 != 9 && round != rounds-1 {
			continue // and on from what the kill left
		}
		a.share()
		b.share()
		a.share()
		found, all := has(t, ws, id, promised)
		otherFound, otherAll := has(t, other, id, promised)
		if found != len(promised) || otherFound != len(promised) {
			t.Fatalf("round %d: of %d records that were promised, one machine has %d and the other %d", round, len(promised), found, otherFound)
		}
		if all != otherAll || all%2 != 1 {
			t.Fatalf("round %d: one machine has %d records, the other %d", round, all, otherAll)
		}
	}
	if content(t, ws, id) != content(t, other, id) {
		t.Error("the machines say different things")
	}
	checkClean(t, ws)
	checkClean(t, other)
	if len(promised) == 0 {
		t.Error("nothing was promised")
	}
	t.Logf("%d kills, %d records that were promised are there", 3*rounds, len(promised))
}
