package workspace_test

import (
	"crypto/rand"
	"testing"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

func TestWhatARemovedDeviceWritesLaterIsKeptAsideUntilItIsSaidToCount(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustRecord(t, from, id, note("one"))
	mustRecord(t, from, id, note("two"))
	sent := lines(t, from)
	first, err := record.DecodeBatch(sent[0])
	if err != nil {
		t.Fatal(err)
	}
	device := from.Device().ID
	upTo := func(n uint64) workspace.Exclusions {
		return workspace.Exclusions{device: {first.Run: n}}
	}
	if _, err := to.Exclude(upTo(1)); err != nil {
		t.Fatal(err)
	}
	result := mustIngest(t, to, sent)
	if result.Added != 1 || len(result.Quarantined) != 2 || result.Quarantined[0].Reason != workspace.Excluded {
		t.Errorf("took in %+v", result)
	}
	result, err = to.Exclude(upTo(2))
	if err != nil || result.Added != 1 {
		t.Errorf("took in %+v, %v", result, err)
	}
	if result, err = to.Exclude(upTo(1)); err != nil || result.Added != 0 || len(lines(t, to)) != 2 {
		t.Errorf("what was here did not stay: %+v, %v", result, err)
	}
	if result, err = to.Exclude(nil); err != nil || result.Added != 1 || len(lines(t, to)) != 3 {
		t.Errorf("what was aside did not come in: %+v, %v", result, err)
	}
	seen, err := to.SeenOf(device)
	if err != nil || len(seen) != 1 || seen[0] != (record.Seen{Run: first.Run, Number: 3}) {
		t.Errorf("seen %v, %v", seen, err)
	}
}

func TestARemovedDeviceCannotTellASecondStoryOfANumber(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	sent := lines(t, from)
	mustIngest(t, to, sent)
	first, err := record.DecodeBatch(sent[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := to.Exclude(workspace.Exclusions{from.Device().ID: {first.Run: 9}}); err != nil {
		t.Fatal(err)
	}
	// The same number of the same run, signed by the same device.
	forged := record.Header{Workspace: from.ID(), Run: first.Run, Device: from.Device().ID, Number: 1, Clock: first.Clock, Written: first.Written}
	r := note("forged")
	r.ID, r.Incident, r.At, r.Recorded, r.By, r.Person = "forged", id, noon, noon, "Eve", "Eve"
	b, err := record.Seal(forged, []*record.Record{r}, rand.Reader, from.Key())
	if err != nil {
		t.Fatal(err)
	}
	result := mustIngest(t, to, [][]byte{b.Line})
	if result.Added != 0 || len(result.Quarantined) != 1 {
		t.Errorf("took in %+v", result)
	}
}
