package workspace_test

import (
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
)

// Every command is a run of its own, and often of one batch: what is missing
// between runs, or after the last, is named by no batch that follows it.
func TestCheckMissesWholeRuns(t *testing.T) {
	for name, test := range map[string]struct{ seq, where string }{
		"a run in the middle": {"3", "batch 4"},
		"the last run":        {"4", "batch 4"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newDir(t)
			ws := openIn(t, dir, workspace.Options{})
			id := mustImport(t, ws, string(incidenttest.File(1, 100)), workspace.ImportOptions{}).Incident
			for range 3 {
				if err := ws.Close(); err != nil {
					t.Fatal(err)
				}
				ws = openIn(t, dir, workspace.Options{})
				mustRecord(t, ws, id, note("one more"))
			}
			checkClean(t, ws)
			if err := ws.Close(); err != nil {
				t.Fatal(err)
			}
			alter(t, dir, "DELETE FROM incident_batches WHERE seq = "+test.seq+"; DELETE FROM batches WHERE seq = "+test.seq+
				"; DELETE FROM summaries; DELETE FROM texts; INSERT INTO texts_index (texts_index) VALUES ('delete-all'); UPDATE indexed SET seq = 0")
			report := check(t, openIn(t, dir, workspace.Options{}))
			for _, trouble := range report.Troubles {
				if trouble.Where == test.where {
					return
				}
			}
			t.Errorf("nothing at %s, but %+v", test.where, report.Troubles)
		})
	}
}
