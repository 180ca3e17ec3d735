package incident_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// hidden is what evidence shows in these tests, and nothing may show after.
const hidden = "hunter2"

// hide puts what is secret into every field that evidence shows itself by.
func hide(records []*record.Record) {
	for _, r := range records {
		if r.Do == "evidence.add" {
			for _, key := range []string{"text", "url", "file", "strange"} {
				r.Fields = append(r.Fields, record.TextField(key, hidden))
			}
		}
	}
}

// redact redacts an evidence after all that was recorded, and returns the
// records with it, and those that are left once what was redacted is erased.
func redact(t *rapid.T, records []*record.Record, e *record.Record, title *string) (whole, erased []*record.Record) {
	in := build(records)
	remains, ids, err := in.Remains(e.ID, title)
	if err != nil {
		t.Fatal(err)
	}
	last := start
	for _, r := range records {
		if r.Recorded.After(last) {
			last = r.Recorded
		}
	}
	r := &record.Record{
		Stamp: record.Stamp{Clock: 1 << 62, Run: record.Run{7}, Line: 1}, Incident: "inc", ID: "redaction " + e.ID,
		At: last, Recorded: last.Add(time.Second), By: e.By, Person: e.By, Do: "evidence.redact",
		Fields: []record.Field{record.TextField("evidence", e.ID), {Key: "remains", Value: remains}},
	}
	whole = append(slices.Clone(records), r)
	erased = slices.DeleteFunc(slices.Clone(whole), func(r *record.Record) bool { return slices.Contains(ids, r.ID) })
	return whole, erased
}

// unseen takes from a digest what a redaction changes: there is nothing to be
// found out any more about what was redacted.
func unseen(d digestOf, id string) digestOf {
	inbox := d["incident"]["inbox"].([]string)
	d["incident"]["inbox"] = slices.DeleteFunc(inbox, func(in string) bool { return in == id })
	return d
}

func TestARedactionChangesNoStateAtAnyTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		var shown []*record.Record
		for _, r := range records {
			if r.Do == "evidence.add" && !slices.ContainsFunc(records, func(x *record.Record) bool {
				return x.Do == "evidence.redact" && rec{Record: x}.str("evidence") == r.ID
			}) {
				shown = append(shown, r)
			}
		}
		if len(shown) == 0 {
			return
		}
		hide(records)
		e := rapid.SampledFrom(shown).Draw(t, "evidence")
		var title *string
		if rapid.Bool().Draw(t, "titled anew") {
			title = new(string)
		}
		whole, erased := redact(t, records, e, title)
		now := later(records, 10)
		then := rapid.SampledFrom(records).Draw(t, "as of").Recorded

		before, after := build(records), build(erased)
		if diff := gocmp.Diff(unseen(digest(before.At(now)), e.ID), digest(after.At(now))); diff != "" {
			t.Fatalf("redacting %s changes the state:\n%s\nrecords:\n%s", e.ID, diff, show(records))
		}
		if diff := gocmp.Diff(digest(before.AsOf(then).At(then)), digest(after.AsOf(then).At(then))); diff != "" {
			t.Fatalf("redacting %s changes the past at %s:\n%s\nrecords:\n%s", e.ID, then, diff, show(records))
		}
		sameState(t, after.At(now), build(whole).At(now), "what is not erased yet")

		in := incident.New("inc")
		for _, r := range rapid.Permutation(append(slices.Clone(whole), erased...)).Draw(t, "order") {
			in.Add(r)
		}
		sameState(t, after.At(now), in.At(now), "another order of arrival")
		for _, x := range []*incident.Incident{after, in} {
			shows(t, x, e.ID, now)
			shows(t, x.AsOf(then), e.ID, then)
		}
	})
}

// shows fails where an incident still shows what an evidence showed.
func shows(t *rapid.T, in *incident.Incident, id string, now time.Time) {
	t.Helper()
	s := in.At(now)
	for _, e := range s.Evidence {
		if e.ID != id {
			continue
		}
		text, err := json.Marshal(e)
		if err != nil || bytes.Contains(text, []byte(hidden)) || !e.Redacted {
			t.Errorf("%s shows %s, %v", id, text, err)
		}
	}
	for _, r := range in.Records() {
		if line := r.AppendJSON(nil); r.ID == id && bytes.Contains(line, []byte(hidden)) {
			t.Errorf("its record says %s", line)
		}
	}
	for _, h := range s.History(id) {
		if bytes.Contains([]byte(fmt.Sprint(h)), []byte(hidden)) {
			t.Errorf("its history says %+v", h)
		}
	}
}

func TestARedactionThatSaysNoSenseRedactsNothing(t *testing.T) {
	lines := []string{
		`{"do":"claim.make","id":"c1","text":"It is DNS"}`,
		`{"do":"evidence.add","id":"e1","kind":"log","title":"A log","text":"` + hidden + `"}`,
	}
	for name, remains := range map[string]string{
		"no list":            `"all"`,
		"no record":          `[{"do":"evidence.add"}]`,
		"no stamp":           `[{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"evidence.add","id":"e1","kind":"log"}]`,
		"another evidence":   `[{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"evidence.add","id":"e2","kind":"log","stamp":"0000000000010000-01000000000000000000000000000000-1-0"}]`,
		"another kind":       `[{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"claim.make","id":"e1","text":"x","stamp":"0000000000010000-01000000000000000000000000000000-1-0"}]`,
		"a stamp out of all": `[{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"evidence.add","id":"e1","kind":"log","stamp":"1-2-3-4"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.do(lines...)
			r := &record.Record{
				Stamp: record.Stamp{Clock: 1 << 62}, Incident: "inc", ID: "r", At: start, Recorded: start, By: "Ana", Person: "Ana", Do: "evidence.redact",
				Fields: []record.Field{record.TextField("evidence", "e1"), {Key: "remains", Value: []byte(remains)}},
			}
			d.inc.Add(r)
			s := d.inc.At(d.now)
			if len(s.Evidence) != 1 || s.Evidence[0].Redacted || s.Evidence[0].Text != hidden || len(s.Claims) != 1 || len(s.Notices) != 1 {
				t.Errorf("%+v, notices %+v", s.Evidence[0], s.Notices)
			}
		})
	}
}
