package incident_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// At 03:41 in the sample, what the lead must do first is the decision that
// stands on a disputed claim; then the thread that nobody owns, and the one
// that nobody has heard of. What is shaky because of them comes after.
func TestTheWorstComesFirst(t *testing.T) {
	f, err := os.Open("testdata/cases/sample/incident.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := record.ReadFile(f, "")
	if err != nil {
		t.Fatal(err)
	}
	inc := incident.New(file.Incident)
	inc.Add(file.Records...)
	at := time.Date(2026, 11, 22, 2, 41, 9, 0, time.UTC)
	var first []string
	level := incident.Warning
	for n, p := range inc.AsOf(at).At(at).Attention {
		if p.Rank != n+1 {
			t.Errorf("prompt %d has rank %d", n+1, p.Rank)
		}
		if p.Level < level {
			t.Errorf("%s %s is a %s, after a %s", p.Kind, p.About.Label, p.Level, level)
		}
		level = p.Level
		if n < 3 {
			first = append(first, p.About.Label+" "+p.Kind)
		}
	}
	want := []string{"D3 decision_shaky", "T5 thread_no_owner", "T3 thread_overdue"}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("the first three (-want +got):\n%s", diff)
	}
}
