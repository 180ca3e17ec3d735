package sample_test

import (
	"strings"
	"testing"
	"time"

	"bearings/internal/exchange/sample"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

var zone = time.FixedZone("", -5*60*60)

func TestTheSampleEndsNow(t *testing.T) {
	now := time.Date(2031, 3, 4, 23, 10, 30, 0, zone)
	file, err := sample.File(now)
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Problems) > 0 {
		t.Fatalf("problems: %v", file.Problems)
	}
	inc := incident.New(file.Incident)
	inc.Add(file.Records...)
	s := inc.At(now)
	if age := now.Sub(s.LastRecord); age < 0 || age > 70*time.Second {
		t.Errorf("the last record is %v old, want under 70 s", age)
	}
	if got, want := len(s.Notices), 1; got != want {
		t.Errorf("%d records without effect, want the one baseless refutation: %v", got, s.Notices)
	}
}

func TestClockTimesInTextsMoveAlong(t *testing.T) {
	// 2 hours after the story's end, read 6 hours further west.
	now := time.Date(2026, 11, 21, 23, 41, 9, 0, zone)
	file, err := sample.File(now)
	if err != nil {
		t.Fatal(err)
	}
	inc := incident.New(file.Incident)
	inc.Add(file.Records...)
	s := inc.At(now)
	c, ok := s.Find("C4")
	if !ok {
		t.Fatal("no C4")
	}
	if got, want := c.(*incident.Claim).Test, "Roll back 1c; expect under 10% by 23:50"; got != want {
		t.Errorf("the test of C4 is %q, want %q", got, want)
	}
	d, _ := s.Find("D4")
	if got := d.(*incident.Decision).ByWhen.In(zone).Format("15:04"); got != "23:50" {
		t.Errorf("D4 is to be made by %s, want 23:50", got)
	}
}

func TestTheSampleComesInWhole(t *testing.T) {
	ws, err := workspace.Open(t.TempDir(), workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	}()
	report, err := sample.Load(ws, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if !report.Clean() || report.Added != 243 {
		t.Errorf("added %d records, want 243; problems %v, refused %v", report.Added, report.Problems, report.Refused)
	}
	// Five of the six pictures: the sixth was redacted, and stays out.
	if report.Files != 5 {
		t.Errorf("%d files came in, want 5; notes %v", report.Files, report.Notes)
	}
	again, err := sample.Load(ws, time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if strings.EqualFold(again.Incident, report.Incident) {
		t.Error("a sample of another time is taken for the same incident")
	}
}
