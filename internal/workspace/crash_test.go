package workspace_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
)

// rounds is how often a process is killed in each of these tests.
const rounds = 20

func TestWhatWasRecordedOutlivesAKill(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Power cuts")
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	var promised []string
	for round := range rounds {
		c := start(t, "record", dir, id)
		for range rand.IntN(12) {
			promised = append(promised, strings.Fields(c.line())...)
		}
		for _, line := range c.kill(t) {
			promised = append(promised, strings.Fields(line)...)
		}

		ws := openIn(t, dir, workspace.Options{})
		inc := mustIncident(t, ws, id)
		for _, record := range promised {
			if !inc.Has(record) {
				t.Fatalf("round %d: record %s is gone", round, record)
			}
		}
		if inc.Len()%2 != 1 {
			t.Errorf("round %d: half an action is there: %d records", round, inc.Len())
		}
		checkClean(t, ws)
		if err := ws.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(promised) == 0 {
		t.Error("no child lived long enough to record anything")
	}
}

func TestAKilledImportLeavesNothingOrAll(t *testing.T) {
	const records = 4500
	before, after := 0, 0
	for round := range rounds {
		dir := filepath.Join(t.TempDir(), fmt.Sprint("ws", round))
		c := start(t, "import", dir, fmt.Sprint(records))
		for range rand.IntN(6) {
			c.line()
		}
		done := strings.Contains(strings.Join(c.kill(t), "\n"), "imported")

		ws := openIn(t, dir, workspace.Options{})
		checkClean(t, ws)
		sums, err := ws.Incidents()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case len(sums) == 0 && !done:
			before++
		case len(sums) == 1 && sums[0].Counts.Records == records:
			after++
		default:
			t.Errorf("round %d: imported said %v, and the workspace has %+v", round, done, sums)
		}
		again := mustImport(t, ws, string(incidenttest.File(1, records)), workspace.ImportOptions{})
		if again.Added+again.Known != records {
			t.Errorf("round %d: importing again: %+v", round, again)
		}
		checkClean(t, ws)
	}
	t.Logf("%d were killed before the commit, %d after it", before, after)
}

func TestTwoProcessesWriteAtOnceAndLoseNothing(t *testing.T) {
	const each = 40
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Two at once")
	children := []*child{start(t, "write", dir, id, fmt.Sprint(each)), start(t, "write", dir, id, fmt.Sprint(each))}
	for i := range each {
		mustRecord(t, ws, id, note(fmt.Sprint("mine ", i)))
	}
	labels := map[string]bool{}
	for _, c := range children {
		for _, line := range c.rest() {
			var record, label string
			if _, err := fmt.Sscan(line, &record, &label); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if _, err := ws.Refresh(); err != nil {
				t.Fatal(err)
			}
			if !mustIncident(t, ws, id).Has(record) {
				t.Errorf("record %s of another process is not here", record)
			}
			if labels[label] {
				t.Errorf("label %s was given twice", label)
			}
			labels[label] = true
		}
	}
	if n := mustIncident(t, ws, id).Len(); n != 3*each+1 {
		t.Errorf("%d records, want %d", n, 3*each+1)
	}
	checkClean(t, ws)
}

func TestManyProcessesOpenANewFolderAtOnceAndFindOneWorkspace(t *testing.T) {
	dir := newDir(t)
	var children []*child
	for range 6 {
		children = append(children, start(t, "open", dir))
	}
	said := map[string]bool{}
	for _, c := range children {
		said[strings.Join(c.rest(), "\n")] = true
	}
	if len(said) != 1 {
		t.Errorf("they found different workspaces or devices: %v", said)
	}
	checkClean(t, openIn(t, dir, workspace.Options{}))
}

func TestTwoProcessesThatImportOneFileAtOnceMakeOneIncident(t *testing.T) {
	const records = 2500
	dir := newDir(t)
	children := []*child{start(t, "import", dir, fmt.Sprint(records)), start(t, "import", dir, fmt.Sprint(records))}
	for _, c := range children {
		if said := strings.Join(c.rest(), "\n"); !strings.Contains(said, "imported") {
			t.Errorf("one said %s", said)
		}
	}
	ws := openIn(t, dir, workspace.Options{})
	report := checkClean(t, ws)
	sums, err := ws.Incidents()
	if err != nil || len(sums) != 1 || sums[0].Counts.Records != records || report.Records != records {
		t.Errorf("%d records in batches; incidents %+v, %v", report.Records, sums, err)
	}
}
