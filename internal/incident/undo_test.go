package incident_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// A desk records lines of an incident one after the other, as one person's
// actions.
type desk struct {
	t   *testing.T
	inc *incident.Incident
	now time.Time
	n   uint64
	run record.Run
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, inc: incident.New("i-desk"), now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC), run: record.Run{7}}
	d.do(`{"do":"incident.declare","id":"inc","title":"Something is wrong","severity":"SEV2"}`)
	return d
}

// do records one action of several lines.
func (d *desk) do(lines ...string) {
	d.t.Helper()
	var records []*record.Record
	for _, l := range lines {
		r, err := record.DecodeLine([]byte(strings.Replace(l, "{", `{"at":"`+d.now.Format(time.RFC3339)+`","by":"Ana",`, 1)))
		if err != nil {
			d.t.Fatal(err)
		}
		records = append(records, r)
	}
	d.record(records...)
}

func (d *desk) record(records ...*record.Record) {
	d.t.Helper()
	d.n++
	d.now = d.now.Add(time.Minute)
	for i, r := range records {
		if r.By == "" {
			r.By = "Ana"
		}
		if r.Person == "" {
			r.Person = r.By
		}
		if r.ID == "" {
			r.ID = fmt.Sprintf("x%d-%d", d.n, i)
		}
		if r.At.IsZero() {
			r.At = d.now
		}
		r.Recorded, r.Incident = d.now, d.inc.ID()
		r.Stamp = record.Stamp{Clock: record.ClockAt(d.now), Run: d.run, Line: d.n, Index: uint32(i)}
		if err := d.inc.Check(r); err != nil {
			d.t.Fatalf("%s: %v", r.AppendJSON(nil), err)
		}
		d.inc.Add(r)
	}
}

// undo takes back the last action, record by record.
func (d *desk) undo() {
	d.t.Helper()
	ids := d.inc.StepsOf("Ana").Done
	if len(ids) == 0 {
		d.t.Fatal("nothing to take back")
	}
	var back []*record.Record
	for _, id := range ids {
		acts, err := d.inc.Undo(id)
		if err != nil {
			d.t.Fatalf("undo %s: %v", id, err)
		}
		back = append(back, acts...)
	}
	d.record(back...)
}

func (d *desk) redo() {
	d.t.Helper()
	var again []*record.Record
	for _, id := range d.inc.StepsOf("Ana").Undone {
		acts, err := d.inc.Redo(id)
		if err != nil {
			d.t.Fatalf("redo %s: %v", id, err)
		}
		again = append(again, acts...)
	}
	if len(again) == 0 {
		d.t.Fatal("nothing to bring back")
	}
	d.record(again...)
}

// gist is what of an incident an undo has to bring back.
func (d *desk) gist() string {
	s := d.inc.At(d.now)
	var b strings.Builder
	fmt.Fprintln(&b, s.Title, s.Severity, s.Status, s.Trend, s.Impact, s.Aim)
	for _, t := range s.Threads {
		fmt.Fprintln(&b, t.ID, t.Title, t.State, t.Owner, t.WaitingOn, t.Rhythm, t.Last.Text, t.Footing)
	}
	for _, a := range s.Actions {
		fmt.Fprintln(&b, a.ID, a.State, a.Owner, a.Result, a.Footing)
	}
	for _, c := range s.Claims {
		fmt.Fprintln(&b, c.ID, c.Text, c.State, c.Test, len(c.Supports), len(c.Contradicts), c.Footing, c.Judged, c.Spoken, c.Turned, c.TurnedBy, c.Why)
	}
	for _, e := range s.Evidence {
		fmt.Fprintln(&b, e.ID, e.Title, e.Sort, e.Grade, e.Origin, e.SaidBy, e.Observed, e.Thread, e.Filed, e.Struck, e.StruckBy, e.Why)
	}
	for _, x := range s.Decisions {
		fmt.Fprintln(&b, x.ID, x.Text, x.State, x.WhyOwed, len(x.Objections))
	}
	for _, w := range s.Tripwires {
		fmt.Fprintln(&b, w.ID, w.Word(), w.Answered)
	}
	for _, q := range s.Questions {
		fmt.Fprintln(&b, q.ID, q.Answer, q.AnsweredBy, q.Answered)
	}
	for _, c := range s.Checkins {
		fmt.Fprintln(&b, c.ID, c.Word(), c.Closed, len(c.Answers))
	}
	for _, p := range s.Responders {
		fmt.Fprintln(&b, p.Name, p.ReadingUntil)
	}
	for _, r := range s.Roles {
		fmt.Fprintln(&b, r.Role, r.Person)
	}
	return b.String()
}

func TestUndoBringsBackWhatWasThere(t *testing.T) {
	setting := []string{
		`{"do":"thread.open","id":"t1","title":"Gateway","owner":"Ana","due":"15m"}`,
		`{"do":"note.add","id":"n1","thread":"t1","text":"looking"}`,
		`{"do":"claim.make","id":"c1","text":"It is the gateway","person":"Ben"}`,
		`{"do":"evidence.add","id":"e1","kind":"graph","title":"Errors","claims":{"c1":"supports"}}`,
		`{"do":"evidence.add","id":"e2","kind":"log","title":"Log"}`,
		`{"do":"decision.make","id":"d1","text":"Roll back","mode":"command","rests_on":["c1"]}`,
		`{"do":"action.add","id":"a1","text":"Do it","owner":"Ben","rests_on":["d1"]}`,
		`{"do":"role.take","role":"lead","id":"l1"}`,
		`{"do":"tripwire.set","id":"w1","if":"it goes on","then":"switch off"}`,
		`{"do":"tripwire.answer","tripwire":"w1","happened":false,"person":"Ben"}`,
		`{"do":"question.ask","id":"q1","text":"Who changed it?"}`,
		`{"do":"question.answer","question":"q1","text":"Nobody","person":"Ben"}`,
		`{"do":"checkin.open","id":"k1","minutes":3}`,
		`{"do":"evidence.add","id":"e3","kind":"log","title":"Another log"}`,
		`{"do":"evidence.strike","evidence":"e3","why":"another host","person":"Ben"}`,
		`{"do":"person.join","person":"Cleo","reading_min":500}`,
		`{"do":"claim.recheck","claim":"c1","still":true,"person":"Ben"}`,
		`{"do":"claim.verdict","claim":"c1","verdict":"verify","person":"Cleo"}`,
	}
	for _, last := range []string{
		`{"do":"thread.change","thread":"t1","state":"done","why":"over"}`,
		`{"do":"thread.change","thread":"t1","owner":"Ben"}`,
		`{"do":"thread.change","thread":"t1","owner":""}`,
		`{"do":"thread.change","thread":"t1","state":"waiting","waiting_on":"Nordbank"}`,
		`{"do":"thread.change","thread":"t1","due":"30m","title":"Gateway 4.18"}`,
		`{"do":"note.add","id":"n2","thread":"t1","text":"oops"}`,
		`{"do":"action.change","action":"a1","state":"done","result":"done"}`,
		`{"do":"action.change","action":"a1","owner":"Cleo"}`,
		`{"do":"claim.change","claim":"c1","text":"It is not","test":"Roll back"}`,
		`{"do":"claim.verdict","claim":"c1","verdict":"verify"}`,
		`{"do":"claim.verdict","claim":"c1","verdict":"refute","why":"no"}`,
		`{"do":"claim.verdict","claim":"c1","verdict":"not_sure","ruling":true}`,
		`{"do":"evidence.link","evidence":"e2","claim":"c1","relation":"contradicts"}`,
		`{"do":"evidence.link","evidence":"e1","claim":"c1","relation":"contradicts"}`,
		`{"do":"evidence.change","evidence":"e2","title":"Gateway log","kind":"graph","grade":"direct","thread":"t1"}`,
		`{"do":"evidence.change","evidence":"e1","observed":"2026-11-22T00:30:00Z","origin":"Grafana","said_by":"Ben"}`,
		`{"do":"evidence.change","evidence":"e2","filed":true}`,
		`{"do":"basis.add","of":"t1","on":["c1"]}`,
		`{"do":"basis.drop","of":"d1","on":["c1"]}`,
		`{"do":"decision.change","decision":"d1","state":"revisit"}`,
		`{"do":"decision.change","decision":"d1","text":"Roll all back"}`,
		`{"do":"incident.change","severity":"SEV1","status":"mitigating","impact":"half of it"}`,
		`{"do":"role.take","role":"lead","id":"l2","person":"Ben","over":["l1"],"why":"shift"}`,
		`{"do":"role.release","role":"lead"}`,
		`{"do":"claim.withdraw","claim":"c1","why":"moot"}`,
		`{"do":"claim.recheck","claim":"c1","still":true}`,
		`{"do":"claim.recheck","claim":"c1","still":false}`,
		`{"do":"evidence.strike","evidence":"e1","why":"another gateway"}`,
		`{"do":"evidence.strike","evidence":"e3","why":"another gateway"}`,
		`{"do":"tripwire.answer","tripwire":"w1","happened":true}`,
		`{"do":"question.answer","question":"q1","text":"Cleo"}`,
		`{"do":"checkin.answer","checkin":"k1","thread":"t1","seeing":"nothing new","person":"Ben"}`,
		`{"do":"checkin.close","checkin":"k1"}`,
		`{"do":"decision.object","decision":"d1","why":"too early"}`,
		`{"do":"person.ready","person":"Cleo"}`,
	} {
		t.Run(last, func(t *testing.T) {
			d := newDesk(t)
			for _, line := range setting {
				d.do(line)
			}
			before := d.gist()
			d.do(last)
			after := d.gist()
			if after == before {
				t.Fatal("the record changed nothing, so that undoing it shows nothing")
			}
			d.undo()
			if diff := cmp.Diff(before, d.gist()); diff != "" {
				t.Errorf("after undo (-want +got):\n%s", diff)
			}
			d.redo()
			if diff := cmp.Diff(after, d.gist()); diff != "" {
				t.Errorf("after redo (-want +got):\n%s", diff)
			}
			d.undo()
			if diff := cmp.Diff(before, d.gist()); diff != "" {
				t.Errorf("after undoing it once more (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUndoGoesBackActionByAction(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"thread.open","id":"t1","title":"One"}`)
	d.do(`{"do":"claim.make","id":"c1","text":"x"}`, `{"do":"evidence.add","id":"e1","kind":"log","title":"y","claims":{"c1":"supports"}}`)
	d.undo()
	s := d.inc.At(d.now)
	if s.Claims[0].State != incident.Withdrawn || !s.Evidence[0].Struck {
		t.Errorf("an action of two records is taken back whole: claim %s, evidence struck %v", s.Claims[0].State, s.Evidence[0].Struck)
	}
	d.undo()
	if got := d.inc.At(d.now).Threads[0].State; got != incident.DeadEnd {
		t.Errorf("the action before it is taken back next: thread %s", got)
	}
}

func TestUndoLeavesAloneWhatOthersChangedSince(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"thread.open","id":"t1","title":"One","owner":"Ana"}`)
	d.do(`{"do":"thread.change","id":"m","thread":"t1","owner":"Ben"}`)
	r, err := record.DecodeLine([]byte(`{"at":"2026-11-22T02:00:00Z","by":"Cleo","do":"thread.change","thread":"t1","owner":"Cleo"}`))
	if err != nil {
		t.Fatal(err)
	}
	d.record(r)
	_, err = d.inc.Undo("m")
	var refusal *incident.Error
	if !errors.As(err, &refusal) || refusal.Code != incident.CodeForbidden {
		t.Fatalf("undo of what was changed again gives %v, want a refusal", err)
	}
}

func TestWhatWasSaidOutsideIsNotTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"update.send","id":"u1","audience":"Public","text":"All is well"}`)
	if _, err := d.inc.Undo("u1"); err == nil {
		t.Error("a sent update can be taken back")
	}
}

func TestAStruckNoteIsNobodysLastWord(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"thread.open","id":"t1","title":"One","owner":"Ana"}`)
	d.do(`{"do":"note.add","id":"n1","thread":"t1","text":"first"}`)
	d.do(`{"do":"note.add","id":"n2","thread":"t1","text":"second"}`)
	d.undo()
	th := d.inc.At(d.now).Threads[0]
	if th.Last.Text != "first" || th.Words != 1 || len(th.Story) != 3 {
		t.Errorf("last word %q, %d words, %d in the story; want first, 1, 3", th.Last.Text, th.Words, len(th.Story))
	}
}

func TestHistoryTellsWhoTouchedAThing(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c1","text":"x"}`)
	d.do(`{"do":"thread.open","id":"t1","title":"Other"}`)
	d.do(`{"do":"claim.verdict","claim":"c1","verdict":"refute","why":"no"}`)
	var did []string
	for _, e := range d.inc.At(d.now).History("c1") {
		did = append(did, e.Do)
	}
	if diff := cmp.Diff([]string{"claim.make", "claim.verdict"}, did); diff != "" {
		t.Errorf("history of the claim (-want +got):\n%s", diff)
	}
}

func TestWhoTakesARoleTwiceHoldsItOnce(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"role.take","id":"s1","role":"scribe"}`)
	d.do(`{"do":"role.take","id":"s2","role":"scribe"}`)
	roles := d.inc.At(d.now).Roles
	if len(roles) != 1 || !cmp.Equal(roles[0].Takings, []string{"s1", "s2"}) {
		t.Errorf("roles %+v, want one scribe by two takings", roles)
	}
}

func TestARedactionCannotBeTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"evidence.add","id":"e1","kind":"log","title":"Log","text":"a token"}`)
	d.do(`{"do":"evidence.redact","id":"r1","evidence":"e1"}`)
	_, err := d.inc.Undo("r1")
	var refused *incident.Error
	if !errors.As(err, &refused) || refused.Code != incident.CodeForbidden {
		t.Errorf("got %v", err)
	}

	// Nor does bringing back what was taken back bring back what was redacted.
	d = newDesk(t)
	d.do(`{"do":"evidence.add","id":"e1","kind":"log","title":"Log","text":"a token"}`)
	d.undo()
	undone := d.inc.StepsOf("Ana").Undone
	d.do(`{"do":"evidence.redact","id":"r1","evidence":"e1"}`)
	if len(undone) != 1 {
		t.Fatalf("undone: %v", undone)
	}
	acts, err := d.inc.Redo(undone[0])
	if err != nil {
		t.Fatal(err)
	}
	d.record(acts...)
	if e := d.inc.At(d.now).Evidence[0]; e.Struck || !e.Redacted || e.Text != "" {
		t.Errorf("brought back is %+v", e)
	}
}

func TestWhatTheIncidentIsHeldToIsTakenBack(t *testing.T) {
	d := newDesk(t)
	holds := func(want string) {
		t.Helper()
		var words []string
		for _, c := range d.inc.At(d.now).Criteria {
			words = append(words, c.Word())
		}
		if got := strings.Join(words, " "); got != want {
			t.Fatalf("criteria are %s, want %s", got, want)
		}
	}
	d.do(`{"do":"criterion.add","id":"k1","text":"No failures for 30 min"}`)
	d.undo()
	holds("taken_back")
	d.redo()
	holds("open")
	d.undo()
	holds("taken_back")
	d.redo()
	d.do(`{"do":"criterion.tick","criterion":"k1"}`)
	holds("ticked")
	d.undo()
	holds("open")
	d.redo()
	holds("ticked")
}

func TestAReadingIsTakenBackAndBroughtBackAtItsTime(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"reading.add","id":"r1","name":"Failing","value":4.1,"unit":"%"}`)
	first := d.inc.At(d.now).Readings[0].Last.At
	d.do(`{"do":"reading.add","id":"r2","name":"Failing","value":41,"unit":"%"}`)
	worst := func(want float64) {
		t.Helper()
		if got := d.inc.At(d.now).Readings[0].Worst.Value; got != want {
			t.Fatalf("the worst is %v, want %v", got, want)
		}
	}
	worst(41)
	d.undo()
	worst(4.1)
	d.redo()
	worst(41)
	d.undo()
	d.undo()
	if got := d.inc.At(d.now).Readings; len(got) != 0 {
		t.Fatalf("readings are left: %+v", got)
	}
	acts, err := d.inc.Redo(d.inc.StepsOf("Ana").Undone[0])
	if err != nil || len(acts) != 1 || !acts[0].At.Equal(first) {
		t.Fatalf("brought back %+v, %v; want it at %v", acts, err, first)
	}
}
