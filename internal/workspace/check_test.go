package workspace_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
)

// tended returns the folder of a closed workspace with everything derived.
func tended(t *testing.T) string {
	t.Helper()
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := mustImport(t, ws, string(incidenttest.File(1, 1500)), workspace.ImportOptions{}).Incident
	mustRecord(t, ws, id, note("one"))
	mustRecord(t, ws, id, note("two"))
	if _, _, err := ws.PutBlob(strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	if err := ws.Tend(); err != nil {
		t.Fatal(err)
	}
	checkClean(t, ws)
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCheckFindsWhatIsWrongAndWhere(t *testing.T) {
	for name, test := range map[string]struct {
		spoil string
		where string
	}{
		"a changed line":                 {`UPDATE batches SET line = CAST(replace(CAST(line AS TEXT), 'Card', 'Cart') AS BLOB) WHERE seq = 1`, "batch 1"},
		"a line cut short":               {`UPDATE batches SET line = substr(line, 1, 500) WHERE seq = 3`, "batch 3"},
		"a wrong hash":                   {`UPDATE batches SET hash = zeroblob(32) WHERE seq = 2`, "batch 2"},
		"a wrong clock":                  {`UPDATE batches SET clock = zeroblob(8) WHERE seq = 2`, "batch 2"},
		"a batch that is gone":           {`DELETE FROM incident_batches WHERE seq = 3; DELETE FROM batches WHERE seq = 3`, "batch 4"},
		"a batch that is not listed":     {`DELETE FROM incident_batches WHERE seq = 3`, "batch 3"},
		"a batch listed elsewhere":       {`INSERT INTO incident_batches VALUES ('other', 3)`, "batch 3"},
		"another key":                    {`UPDATE devices SET key = randomblob(32)`, "batch 1"},
		"a summary that lies":            {`UPDATE summaries SET body = replace(body, 'SEV', 'SAV')`, "incident generated-1-1500"},
		"a text that was changed":        {`UPDATE texts SET body = 'other' WHERE id = 7`, "incident generated-1-1500"},
		"a text that is gone":            {`DELETE FROM texts WHERE id = 7`, "incident generated-1-1500"},
		"a text of nothing":              {`INSERT INTO texts (incident, record, about, do, label, at, body) VALUES ('ghost', 'r', 'r', 'note.add', '', '2026-01-01T00:00:00Z', 'boo')`, "incident ghost"},
		"an index without a text":        {`INSERT INTO texts_index (texts_index) VALUES ('delete-all')`, "search index"},
		"a row that points at nothing":   {`PRAGMA foreign_keys = 0; INSERT INTO incident_batches VALUES ('other', 99)`, "database"},
		"a line of another workspace":    {`UPDATE settings SET value = 'other' WHERE key = 'workspace'`, "batch 1"},
		"an index that is not the table": {`PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE INDEX batches_by_clock ON batches (hash)' WHERE name = 'batches_by_clock'`, "database"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tended(t)
			alter(t, dir, test.spoil)
			ws := openIn(t, dir, workspace.Options{})
			report := check(t, ws)
			found := false
			for _, trouble := range report.Troubles {
				found = found || trouble.Where == test.where
			}
			if !found {
				t.Errorf("nothing at %s, but %+v", test.where, report.Troubles)
			}
		})
	}
}

func TestCheckCountsWhatIsThereAndTellsHowFarItIs(t *testing.T) {
	ws := openIn(t, tended(t), workspace.Options{})
	last, total := 0, 0
	report, err := ws.Check(context.Background(), func(d, t int) { last, total = d, t })
	if err != nil {
		t.Fatal(err)
	}
	if report.Batches != 4 || report.Records != 1502 || report.Incidents != 1 || report.Blobs != 1 {
		t.Errorf("%+v", report)
	}
	if last != total || total != 5 {
		t.Errorf("it ended at %d of %d", last, total)
	}
}

func TestCheckEndsWhenItIsToldTo(t *testing.T) {
	ws := openIn(t, tended(t), workspace.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	_, err := ws.Check(ctx, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsDerivedIsMadeAgainWhenItIsThrownAway(t *testing.T) {
	dir := tended(t)
	alter(t, dir, `UPDATE settings SET value = '0' WHERE key = 'derivation'; UPDATE summaries SET body = '{"title":"old"}'`)
	ws := openIn(t, dir, workspace.Options{})
	if hits := find(t, ws, "two"); len(hits) == 0 {
		t.Error("nothing is found")
	}
	if sums, err := ws.Incidents(); err != nil || sums[0].Title == "old" {
		t.Errorf("%+v, %v", sums, err)
	}
	checkClean(t, ws)
}

func TestADatabaseDamagedWhileOpenIsSaidToBeDamaged(t *testing.T) {
	dir := tended(t)
	ws := openIn(t, dir, workspace.Options{})
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "bearings.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE batches SET line = x'00' WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	_, err = ws.Incident("generated-1-1500")
	wantCode(t, err, workspace.CodeDamaged)
}
