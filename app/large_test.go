package app_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"bearings/app"
	"bearings/internal/brief"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// large opens an app on a generated incident of n records, a moment after the
// last of them.
func large(t testing.TB, n int) (app.Screens, string) {
	t.Helper()
	dir := t.TempDir()
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	file, err := record.ReadFile(bytes.NewReader(incidenttest.File(1, n)), "Generated")
	if err != nil {
		t.Fatal(err)
	}
	report, err := ws.Import(file, workspace.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	records := incidenttest.Records(1, n)
	last := records[len(records)-1].At.Add(time.Minute)
	a := app.New(app.Options{Workspace: dir, As: "Ada", Now: func() time.Time { last = last.Add(time.Second); return last }, Zone: time.UTC})
	a.Open()
	t.Cleanup(func() { _ = a.Close() })
	return a.Screens(), report.Incident
}

// BenchmarkOpen measures how long a workspace takes from its start to the
// first screen, on an incident of 20,000 records.
func BenchmarkOpen(b *testing.B) {
	s, _ := large(b, 20_000)
	dir := must(s.Incidents.All()).Workspace
	for b.Loop() {
		a := app.New(app.Options{Workspace: dir, As: "Ada"})
		a.Open()
		start := must(a.Screens().Start())
		must(a.Screens().Cockpit(start.Open, 0))
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScreens measures what the window waits for on an incident of
// 20,000 records, and how much crosses to it. Every call comes a second after
// the one before, so that nothing is found computed.
func BenchmarkScreens(b *testing.B) {
	s, id := large(b, 20_000)
	cockpit := must(s.Cockpit(id, 0))
	thread := cockpit.Columns[0].Cards[0].ID
	for _, screen := range []struct {
		name string
		view func() (any, error)
	}{
		{"cockpit", func() (any, error) { return s.Cockpit(id, 0) }},
		{"claims", func() (any, error) { return s.Claims.All(id, app.ClaimFilter{}, 0) }},
		{"timeline", func() (any, error) { return s.Timeline.Show(id, 0) }},
		{"entries", func() (any, error) { return s.Entries(id, 0, app.Filter{}, "", 100) }},
		{"entries with a word", func() (any, error) { return s.Entries(id, 0, app.Filter{Text: "gateway"}, "", 100) }},
		{"thread", func() (any, error) { return s.Things.Open(id, thread, 0) }},
		{"history", func() (any, error) { return s.History(id, thread, 0) }},
		{"names", func() (any, error) { return s.Names(id, 0) }},
		{"brief", func() (any, error) {
			return s.Write(id, app.BriefAsk{Reader: app.ReaderJoining, Length: app.Length(brief.FiveMinutes)}, 0)
		}},
		{"past cockpit", func() (any, error) { return s.Cockpit(id, cockpit.Head.AsOf-3_600_000) }},
		{"read a line", func() (any, error) { return s.Read(id, thread, "/a @pri 10m capture on C12") }},
		{"complete a line", func() (any, error) { return s.Complete(id, thread, "/c it is C1", 11) }},
		{"send a note", func() (any, error) { return s.Send(id, thread, "seen again") }},
	} {
		b.Run(screen.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				v := must(screen.view())
				size = len(must(json.Marshal(v)))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
