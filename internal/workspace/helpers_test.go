package workspace_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// noon is when the clock of tests starts.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// A stepClock moves on a second each time it is asked.
type stepClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *stepClock { return &stepClock{now: noon} }

func (c *stepClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func (c *stepClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func openIn(t *testing.T, dir string, o workspace.Options) *workspace.Workspace {
	t.Helper()
	ws, err := workspace.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	return ws
}

func newDir(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "ws")
}

func newWorkspace(t *testing.T) *workspace.Workspace {
	t.Helper()
	return openIn(t, newDir(t), workspace.Options{Now: newClock().Now, Owner: "Ana"})
}

// declareIn declares an incident and returns its id.
func declareIn(t *testing.T, ws *workspace.Workspace, title string) string {
	t.Helper()
	return mustRecord(t, ws, "", declaration(title))[0].Incident
}

func mustRecord(t *testing.T, ws *workspace.Workspace, id string, records ...*record.Record) []*record.Record {
	t.Helper()
	kept, err := ws.Record(id, records...)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// act makes a record of a line of an incident file, without its envelope.
func act(t *testing.T, by, do, fields string) *record.Record {
	t.Helper()
	parsed, err := record.ParseFields([]byte(fields))
	if err != nil {
		t.Fatal(err)
	}
	r := &record.Record{By: by, Do: do}
	for _, f := range parsed {
		if f.Key == "id" {
			r.ID = string(bytes.Trim(f.Value, `"`))
			continue
		}
		r.Fields = append(r.Fields, f)
	}
	return r
}

func mustIncident(t *testing.T, ws *workspace.Workspace, id string) *incident.Incident {
	t.Helper()
	inc, err := ws.Incident(id)
	if err != nil {
		t.Fatal(err)
	}
	return inc
}

// content is what an incident's records say, as an incident file.
func content(t *testing.T, ws *workspace.Workspace, id string) string {
	t.Helper()
	text, err := contentOf(ws, id)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func contentOf(ws *workspace.Workspace, id string) (string, error) {
	inc, err := ws.Incident(id)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = record.WriteFile(&out, inc.Records())
	return out.String(), err
}

func check(t *testing.T, ws *workspace.Workspace) workspace.CheckReport {
	t.Helper()
	report, err := ws.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func checkClean(t *testing.T, ws *workspace.Workspace) workspace.CheckReport {
	t.Helper()
	report := check(t, ws)
	for _, trouble := range report.Troubles {
		t.Errorf("check: %s: %s", trouble.Where, trouble.What)
	}
	return report
}

func importText(t *testing.T, ws *workspace.Workspace, text string, o workspace.ImportOptions) (workspace.Report, error) {
	t.Helper()
	return importTextIn(ws, text, o)
}

func importTextIn(ws *workspace.Workspace, text string, o workspace.ImportOptions) (workspace.Report, error) {
	file, err := record.ReadFile(strings.NewReader(text), "untitled")
	if err != nil {
		return workspace.Report{}, err
	}
	return ws.Import(file, o)
}

func mustImport(t *testing.T, ws *workspace.Workspace, text string, o workspace.ImportOptions) workspace.Report {
	t.Helper()
	report, err := importText(t, ws, text, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func wantCode(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || code(err) != want {
		t.Errorf("got error %v with code %q, want %q", err, code(err), want)
	}
}
