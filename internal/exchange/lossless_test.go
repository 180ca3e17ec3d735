package exchange_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A wander is a clock that is set now and then.
type wander struct{ now time.Time }

func (c *wander) Now() time.Time { return c.now }

// TestWhatWasRecordedGoesOutAndComesInTheSame holds for records made in the
// app by a clock that goes back and forth, on top of an imported file.
func TestWhatWasRecordedGoesOutAndComesInTheSame(t *testing.T) {
	clock := &wander{now: time.Date(2026, 3, 9, 3, 0, 0, 0, time.UTC)}
	ws, err := workspace.Open(filepath.Join(t.TempDir(), "ws"), workspace.Options{Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	seed := uint64(0)
	rapid.Check(t, func(rt *rapid.T) {
		seed++
		report, err := exchange.Import(ws, bytes.NewReader(incidenttest.File(seed, rapid.IntRange(1, 60).Draw(rt, "imported"))), exchange.Source{Name: "file"}, exchange.Options{Strict: true}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(0, 5).Draw(rt, "recorded") {
			clock.now = clock.now.Add(time.Duration(rapid.IntRange(-3600_000, 3600_000).Draw(rt, "ms"))*time.Millisecond + 123456)
			text := rapid.String().Draw(rt, "text")
			_, err := ws.Record(report.Incident, &record.Record{
				By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", "x"+text), {Key: "extra", Value: []byte(`{"a":[1,2.50,null]}`)}},
			})
			var refused *incident.Error
			if err != nil && !asError(err, &refused) {
				rt.Fatal(err)
			}
		}
		inc, err := ws.Incident(report.Incident)
		if err != nil {
			rt.Fatal(err)
		}
		var first, second bytes.Buffer
		if err := exchange.ExportIncident(ws, report.Incident, &first); err != nil {
			rt.Fatal(err)
		}
		file, err := record.ReadFile(bytes.NewReader(first.Bytes()), "other")
		if err != nil || len(file.Problems) > 0 || file.Incident != report.Incident {
			rt.Fatalf("%v, %+v", err, file.Problems)
		}
		if got, want := len(file.Records), inc.Len(); got != want {
			rt.Fatalf("%d of %d records came back", got, want)
		}
		if err := record.WriteFile(&second, file.Records); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(first.String(), second.String()); diff != "" {
			rt.Fatalf("the export of the export differs:\n%s", diff)
		}
	})
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(`{"at":"2026-01-01T00:00:00Z","by":"Ana","do":"incident.declare","title":"a"}`))
	f.Add([]byte(`{"at":"2026-01-01T00:00:00Z","by":"Ana","do":"claim.verdict","claim":"c","verdict":"verify"}`))
	f.Add([]byte("{\n\x00\n\xff{}"))
	f.Add(incidenttest.File(1, 40))
	ws, err := workspace.Open(filepath.Join(f.TempDir(), "ws"), workspace.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { ws.Close() })
	f.Fuzz(func(t *testing.T, content []byte) {
		report, err := exchange.Import(ws, bytes.NewReader(content), exchange.Source{Name: "fuzz"}, exchange.Options{}, nil)
		if err != nil {
			var refused *incident.Error
			if !asError(err, &refused) {
				t.Fatalf("an error that says nothing to people: %v", err)
			}
			return
		}
		if report.Added == 0 {
			return
		}
		exported := export(t, ws, report.Incident)
		if len(exported) == 0 {
			t.Fatal("records came in and none go out")
		}
	})
}
