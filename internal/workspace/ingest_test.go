package workspace_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

// pair returns two machines of one team, of which the second trusts the first.
func pair(t *testing.T) (from, to *workspace.Workspace) {
	t.Helper()
	from = newWorkspace(t)
	to = openIn(t, newDir(t), workspace.Options{Now: newClock().Now, Identity: from.ID()})
	if _, err := to.Trust(from.Device()); err != nil {
		t.Fatal(err)
	}
	return from, to
}

func lines(t *testing.T, ws *workspace.Workspace) [][]byte {
	t.Helper()
	stored, err := ws.Lines(0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, l := range stored {
		all = append(all, l.Bytes)
	}
	return all
}

func mustIngest(t *testing.T, ws *workspace.Workspace, lines [][]byte) workspace.Result {
	t.Helper()
	result, err := ws.Ingest(lines)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestLinesComeInOnceInAnyOrderAndByteForByte(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustRecord(t, from, id, note("one"), note("two"))
	mustRecord(t, from, id, note("three"))
	sent := lines(t, from)
	backwards := [][]byte{sent[2], bytes.TrimRight(sent[1], "\n"), sent[0], sent[1]}

	result := mustIngest(t, to, backwards)
	if result.Added != 3 || result.Records != 4 || result.Known != 1 || len(result.Bad) > 0 {
		t.Errorf("took in %+v", result)
	}
	if again := mustIngest(t, to, sent); again.Added != 0 || again.Known != 3 {
		t.Errorf("again: %+v", again)
	}
	if diff := cmp.Diff(content(t, from, id), content(t, to, id)); diff != "" {
		t.Errorf("the machines differ:\n%s", diff)
	}
	got := lines(t, to)
	for i, want := range [][]byte{sent[2], sent[1], sent[0]} {
		if !bytes.Equal(got[i], want) {
			t.Errorf("line %d was changed", i)
		}
	}
	checkClean(t, to)
}

func TestWhatComesInIsInTheOpenIncident(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustIngest(t, to, lines(t, from))
	inc := mustIncident(t, to, id)
	mustRecord(t, from, id, note("later"))
	mustIngest(t, to, lines(t, from))
	if inc.Len() != 2 {
		t.Errorf("the open incident has %d records", inc.Len())
	}
	answer := mustRecord(t, to, id, note("answer"))[0]
	if records := inc.Records(); records[2].ID != answer.ID || answer.Label != "N2" {
		t.Errorf("the answer is %s, and does not stand last", answer.Label)
	}
}

func TestADamagedLineIsReportedAndTheOthersComeIn(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustRecord(t, from, id, note("one"))
	sent := lines(t, from)
	flipped := bytes.Clone(sent[0])
	flipped[len(flipped)/2] ^= 1
	result := mustIngest(t, to, [][]byte{flipped, nil, []byte("hello"), sent[0][:100], sent[1]})
	var bad []int
	for _, line := range result.Bad {
		bad = append(bad, line.Index)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3}, bad); diff != "" || result.Added != 1 {
		t.Errorf("%+v\n%s", result, diff)
	}
	report := checkClean(t, to)
	if report.Holes != 1 {
		t.Errorf("%d holes, want 1", report.Holes)
	}
}

func TestAnotherWorkspacesLineStaysOut(t *testing.T) {
	from, to := newWorkspace(t), newWorkspace(t)
	declareIn(t, from, "Elsewhere")
	if _, err := to.Trust(from.Device()); err != nil {
		t.Fatal(err)
	}
	if result := mustIngest(t, to, lines(t, from)); result.Added != 0 || len(result.Bad) != 1 {
		t.Errorf("%+v", result)
	}
}

func TestAnUnknownDevicesLinesWaitUntilItIsTrusted(t *testing.T) {
	from := newWorkspace(t)
	to := openIn(t, newDir(t), workspace.Options{Identity: from.ID()})
	id := declareIn(t, from, "Payments fail")
	result := mustIngest(t, to, lines(t, from))
	if result.Added != 0 || len(result.Quarantined) != 1 || result.Quarantined[0].Reason != workspace.UnknownDevice {
		t.Fatalf("%+v", result)
	}
	mustIngest(t, to, lines(t, from))
	_, err := to.Incident(id)
	wantCode(t, err, workspace.CodeNotFound)
	if report := checkClean(t, to); report.Quarantined != 1 {
		t.Errorf("%d in quarantine", report.Quarantined)
	}

	trusted, err := to.Trust(from.Device())
	if err != nil || trusted.Added != 1 {
		t.Fatalf("%+v, %v", trusted, err)
	}
	if diff := cmp.Diff(content(t, from, id), content(t, to, id)); diff != "" {
		t.Error(diff)
	}
	if report := checkClean(t, to); report.Quarantined != 0 {
		t.Errorf("%d in quarantine", report.Quarantined)
	}
}

// forge seals a batch with a key, as any device.
func forge(t *testing.T, h record.Header, key ed25519.PrivateKey, records ...*record.Record) []byte {
	t.Helper()
	b, err := record.Seal(h, records, rand.Reader, key)
	if err != nil {
		t.Fatal(err)
	}
	return b.Line
}

func TestAForgedSignatureIsPutAside(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustIngest(t, to, lines(t, from))
	_, other, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	h := record.Header{Workspace: from.ID(), Run: record.Run{1}, Device: from.Device().ID, Number: 1, Clock: record.ClockAt(noon), Written: noon}
	r := note("Forged")
	r.ID, r.Incident, r.At, r.Recorded = "forged", id, noon, noon
	result := mustIngest(t, to, [][]byte{forge(t, h, other, r)})
	if result.Added != 0 || len(result.Quarantined) != 1 || result.Quarantined[0].Reason != workspace.BadSignature {
		t.Errorf("%+v", result)
	}
	if mustIncident(t, to, id).Has("forged") {
		t.Error("a forged record came in")
	}
	checkClean(t, to)
}

func TestTwoBatchesOfOneNumberAreBothKept(t *testing.T) {
	to := newWorkspace(t)
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	device := workspace.DeviceOf(public, "resumed")
	if _, err := to.Trust(device); err != nil {
		t.Fatal(err)
	}
	batch := func(id string) []byte {
		h := record.Header{Workspace: to.ID(), Run: record.Run{1}, Device: device.ID, Number: 1, Clock: record.ClockAt(noon), Written: noon}
		r := declaration(id)
		r.ID, r.Incident, r.At, r.Recorded = id, "inc", noon, noon
		return forge(t, h, key, r)
	}
	result := mustIngest(t, to, [][]byte{batch("one"), batch("two")})
	if result.Added != 2 || len(result.Forks) != 1 {
		t.Errorf("%+v", result)
	}
	if inc := mustIncident(t, to, "inc"); !inc.Has("one") || !inc.Has("two") {
		t.Error("one of them is gone")
	}
	checkClean(t, to)
}

func TestABatchOfSeveralIncidentsIsFoundFromEach(t *testing.T) {
	to := newWorkspace(t)
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	device := workspace.DeviceOf(public, "other")
	if _, err := to.Trust(device); err != nil {
		t.Fatal(err)
	}
	h := record.Header{Workspace: to.ID(), Run: record.Run{1}, Device: device.ID, Number: 1, Clock: record.ClockAt(noon), Written: noon}
	var records []*record.Record
	for _, id := range []string{"a", "b", "a"} {
		r := note("in " + id)
		if len(records) < 2 {
			r = declaration("incident " + id)
		}
		r.ID, r.Incident, r.At, r.Recorded = id+string(rune('0'+len(records))), id, noon, noon
		records = append(records, r)
	}
	mustIngest(t, to, [][]byte{forge(t, h, key, records...)})
	if a, b := mustIncident(t, to, "a").Len(), mustIncident(t, to, "b").Len(); a != 2 || b != 1 {
		t.Errorf("%d and %d records", a, b)
	}
	checkClean(t, to)
}

func TestTrustingADeviceThatIsNotItsKeysIsRefused(t *testing.T) {
	to := newWorkspace(t)
	d := newWorkspace(t).Device()
	d.ID = to.Device().ID
	_, err := to.Trust(d)
	wantCode(t, err, workspace.CodeInvalid)
}
