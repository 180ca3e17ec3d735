package incidenttest_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
)

func TestEveryRecordIsValidAndRefersToWhatIsThere(t *testing.T) {
	inc := incident.New("x")
	seen := map[string]bool{}
	for _, r := range incidenttest.Records(1, 5000) {
		if err := incident.CheckReferences(r, inc.KindOf); err != nil {
			t.Fatalf("line %d, %s: %v", r.Stamp.Line, r.Do, err)
		}
		inc.Add(r)
		seen[r.Do] = true
	}
	s := inc.At(inc.Records()[inc.Len()-1].Recorded)
	if s.Unknown > 0 || s.Records != 5000 {
		t.Errorf("%d records, %d unknown", s.Records, s.Unknown)
	}
	// Those that hand over the lead or end things for good would make the
	// rest of a long incident unlike one.
	rare := map[string]bool{
		"claim.withdraw": true, "handover.open": true, "handover.readback": true, "handover.accept": true,
		"handover.decline": true, "handover.withdraw": true,
		"person.ready": true, "person.leave": true,
	}
	for _, do := range incident.Kinds() {
		if !seen[do] && !rare[do] {
			t.Errorf("no %s in 5,000 records", do)
		}
	}
}

func TestTheSameSeedGivesTheSameFileAndReadsBack(t *testing.T) {
	file := incidenttest.File(7, 2000)
	if !bytes.Equal(file, incidenttest.File(7, 2000)) {
		t.Error("two files of one seed differ")
	}
	if bytes.Equal(file, incidenttest.File(8, 2000)) {
		t.Error("files of two seeds are the same")
	}
	read, err := record.ReadFile(bytes.NewReader(file), "")
	if err != nil || len(read.Problems) > 0 {
		t.Fatalf("%v, %v", err, read.Problems)
	}
	if diff := cmp.Diff(incidenttest.Records(7, 2000), read.Records); diff != "" {
		t.Errorf("read back, the records differ:\n%.2000s", diff)
	}
}

// A text stands in every field of every kind that takes one, and each kind is
// there: what a test fills with hostile texts leaves nothing out.
func TestAFilledIncidentHasEveryKindAndField(t *testing.T) {
	asked := map[string]bool{}
	records := incidenttest.Filled("filled", func(do, field string) string {
		asked[do+" "+field] = true
		return do + " " + field
	})
	inc, seen := incident.New("filled"), map[string]bool{}
	for _, r := range records {
		if err := incident.CheckReferences(r, inc.KindOf); err != nil {
			t.Fatalf("%s: %v", r.Do, err)
		}
		inc.Add(r)
		for _, f := range r.Fields {
			seen[r.Do+" "+f.Key] = true
		}
	}
	if s := inc.At(records[len(records)-1].Recorded); s.Unknown > 0 || s.Records != len(records) {
		t.Errorf("%d of %d records, %d unknown", s.Records, len(records), s.Unknown)
	}
	for _, do := range incident.Kinds() {
		if !asked[do+" by"] {
			t.Errorf("no %s", do)
		}
		for _, f := range incident.Fields(do) {
			// What is yes or no says nothing; what remains is written by a redaction.
			if yes := f.Type.Kind() == reflect.Bool && !f.Pointer; !seen[do+" "+f.Name] && !yes && f.Name != "remains" {
				t.Errorf("%s has no %s", do, f.Name)
			}
		}
	}
	for _, want := range []string{"claim.make wrong_if", "evidence.add origin", "decision.make alternatives", "note.strike why", "person.join skills"} {
		if !asked[want] {
			t.Errorf("%s holds no text", want)
		}
	}
}
