package workspace_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

func TestRecordFillsInWhatARecordNeeds(t *testing.T) {
	clock := newClock()
	ws := openIn(t, newDir(t), workspace.Options{Now: clock.Now})
	id := declareIn(t, ws, "Payments fail")
	kept := mustRecord(t, ws, id,
		act(t, "Ana", "claim.make", `{"text":"It is the gateway"}`),
		act(t, " Ben ", "claim.make", `{"text":"It is the vault"}`),
		act(t, "Ana", "thread.open", `{"title":"Look"}`),
		note("Looking"))
	var labels []string
	for _, r := range kept {
		labels = append(labels, r.Label)
		if len(r.ID) != 36 || r.Incident != id || r.Person != r.By || r.At.IsZero() || !r.At.Equal(r.Recorded) {
			t.Errorf("not filled in: %+v", r)
		}
		if r.Stamp.Compare(kept[0].Stamp) < 0 || r.Stamp.Clock != kept[0].Stamp.Clock {
			t.Errorf("%s has the stamp %+v, the first of its action %+v", r.Do, r.Stamp, kept[0].Stamp)
		}
	}
	if diff := cmp.Diff([]string{"C1", "C2", "T1", "N1"}, labels); diff != "" {
		t.Error(diff)
	}
	if kept[1].By != "Ben" {
		t.Errorf("by %q", kept[1].By)
	}
	next := mustRecord(t, ws, id, act(t, "Ana", "claim.make", `{"text":"Or the network"}`))
	if next[0].Label != "C3" || !kept[3].Stamp.Before(next[0].Stamp) {
		t.Errorf("the next claim is %s at %+v", next[0].Label, next[0].Stamp)
	}
}

func TestRecordKeepsWhatIsGiven(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Payments fail")
	given := act(t, "Sam", "claim.make", `{"id":"mine","text":"Ana says so","custom":{"a":[1,2.50]}}`)
	given.Label, given.Person, given.Approx = "C7", "Ana", true
	given.At, given.Until = noon.Add(-time.Hour), noon.Add(-time.Minute)
	given.Recorded = noon.Add(-time.Hour)
	kept := mustRecord(t, ws, id, given)[0]
	if kept.ID != "mine" || kept.Label != "C7" || kept.Person != "Ana" || !kept.Approx || !kept.At.Equal(given.At) || !kept.Until.Equal(given.Until) {
		t.Errorf("kept %+v", kept)
	}
	if !kept.Recorded.After(noon) {
		t.Errorf("recorded at %v; only the workspace says when", kept.Recorded)
	}
	if custom, _ := kept.Field("custom"); string(custom) != `{"a":[1,2.50]}` {
		t.Errorf("the unknown field is %s", custom)
	}
	other := act(t, "Sam", "claim.make", `{"text":"Another"}`)
	other.Label = "C7"
	if label := mustRecord(t, ws, id, other)[0].Label; label != "C8" {
		t.Errorf("a label that was taken became %s, want C8", label)
	}
}

func TestAnActionIsRecordedWholeOrNotAtAll(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Payments fail")
	before := content(t, ws, id)
	for name, test := range map[string]struct {
		records []*record.Record
		code    string
	}{
		"a later one refers to nothing": {[]*record.Record{note("first"), act(t, "Ana", "claim.verdict", `{"claim":"none","verdict":"verify"}`)}, incident.CodeUnknownReference},
		"an unknown kind":               {[]*record.Record{note("first"), act(t, "Ana", "something.new", `{}`)}, incident.CodeUnknownKind},
		"a field is missing":            {[]*record.Record{act(t, "Ana", "thread.open", `{}`)}, incident.CodeInvalid},
		"nobody did it":                 {[]*record.Record{note("first"), {Do: "note.add", Fields: note("x").Fields}}, workspace.CodeInvalid},
		"declared twice":                {[]*record.Record{note("first"), declaration("Again")}, incident.CodeForbidden},
		"an id twice":                   {[]*record.Record{act(t, "Ana", "note.add", `{"id":"n","text":"a"}`), act(t, "Ana", "note.add", `{"id":"n","text":"b"}`)}, incident.CodeConflict},
		"too much at once":              {[]*record.Record{note(strings.Repeat("x", 600<<10)), note(strings.Repeat("y", 600<<10))}, workspace.CodeTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ws.Record(id, test.records...)
			wantCode(t, err, test.code)
			if diff := cmp.Diff(before, content(t, ws, id)); diff != "" {
				t.Errorf("something came in:\n%s", diff)
			}
		})
	}
	if label := mustRecord(t, ws, id, note("later"))[0].Label; label != "N1" {
		t.Errorf("the first note that came in is %s", label)
	}
	checkClean(t, ws)
}

func TestLaterRecordsOfAnActionMayReferToEarlierOnes(t *testing.T) {
	ws := newWorkspace(t)
	kept := mustRecord(t, ws, "", declaration("Payments fail"),
		act(t, "Ana", "thread.open", `{"id":"t","title":"Look"}`), act(t, "Ana", "note.add", `{"thread":"t","text":"Looking"}`))
	s := mustIncident(t, ws, kept[0].Incident).At(noon)
	if len(s.Threads) != 1 || s.Threads[0].Words != 1 {
		t.Errorf("threads: %+v", s.Threads)
	}
}

func TestAnIncidentBeginsWithItsDeclaration(t *testing.T) {
	ws := newWorkspace(t)
	_, err := ws.Record("", note("Too early"))
	wantCode(t, err, workspace.CodeInvalid)
	_, err = ws.Record("no such incident", note("Nowhere"))
	wantCode(t, err, workspace.CodeNotFound)
	if sums, err := ws.Incidents(); err != nil || len(sums) != 0 {
		t.Errorf("%+v, %v", sums, err)
	}
}

func TestAClockThatGoesBackKeepsTheOrder(t *testing.T) {
	clock := newClock()
	ws := openIn(t, newDir(t), workspace.Options{Now: clock.Now})
	id := declareIn(t, ws, "Payments fail")
	first := mustRecord(t, ws, id, note("first"))[0]
	clock.set(noon.Add(-48 * time.Hour))
	second := mustRecord(t, ws, id, note("second"))[0]
	clock.set(time.Unix(5, 0)) // a dead battery
	third := mustRecord(t, ws, id, note("third"))[0]
	if !first.Stamp.Before(second.Stamp) || !second.Stamp.Before(third.Stamp) {
		t.Errorf("%+v, %+v, %+v", first.Stamp, second.Stamp, third.Stamp)
	}
	checkClean(t, ws)
}

func TestARecordOfAnImportedFutureComesAfterIt(t *testing.T) {
	ws := newWorkspace(t)
	report := mustImport(t, ws, `{"at":"2031-01-01T00:00:00Z","by":"Ana","do":"incident.declare","title":"From the future"}`, workspace.ImportOptions{})
	mustRecord(t, ws, report.Incident, note("After it"))
	records := mustIncident(t, ws, report.Incident).Records()
	if records[len(records)-1].Do != "note.add" {
		t.Error("what was recorded last does not stand last")
	}
}

func TestTwoOpenWorkspacesSeeEachOther(t *testing.T) {
	dir := newDir(t)
	one := openIn(t, dir, workspace.Options{})
	two := openIn(t, dir, workspace.Options{})
	id := declareIn(t, one, "Payments fail")
	mustIncident(t, two, id)
	claim := mustRecord(t, one, id, act(t, "Ana", "claim.make", `{"text":"It is the gateway"}`))[0]

	// Without a Refresh: a write looks first.
	verdict := act(t, "Ben", "claim.verdict", `{"verdict":"not_sure","claim":"`+claim.ID+`"}`)
	mustRecord(t, two, id, verdict)
	if label := mustRecord(t, two, id, act(t, "Ben", "claim.make", `{"text":"Or not"}`))[0].Label; label != "C2" {
		t.Errorf("the label is %s, want C2", label)
	}
	if changed, err := one.Refresh(); err != nil || !changed {
		t.Errorf("refresh: %v, %v", changed, err)
	}
	if changed, err := one.Refresh(); err != nil || changed {
		t.Errorf("refresh with nothing new: %v, %v", changed, err)
	}
	if diff := cmp.Diff(content(t, one, id), content(t, two, id)); diff != "" {
		t.Errorf("they hold different records:\n%s", diff)
	}
	checkClean(t, one)
}

func TestAWatcherIsToldOfOwnAndOthersChanges(t *testing.T) {
	dir := newDir(t)
	watching := openIn(t, dir, workspace.Options{})
	other := openIn(t, dir, workspace.Options{})
	id := declareIn(t, watching, "Watched")
	ctx, cancel := context.WithCancel(context.Background())
	changes := watching.Watch(ctx)

	mustRecord(t, watching, id, note("mine"))
	own := <-changes
	if own.Incident != id {
		t.Errorf("told of %+v", own)
	}
	mustRecord(t, other, id, note("theirs"))
	theirs := <-changes
	if theirs.Incident != id || theirs.Seq <= own.Seq {
		t.Errorf("told of %+v after %+v", theirs, own)
	}
	if n := mustIncident(t, watching, id).Len(); n != 3 {
		t.Errorf("it knows %d records", n)
	}
	cancel()
	for range changes {
	}
}

func TestChangesThatNobodyTookAreToldAsOne(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Busy")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changes := ws.Watch(ctx)
	var last string
	for range 50 {
		last = mustRecord(t, ws, id, note("again"))[0].ID
	}
	told := 0
	for seq := int64(0); seq < 51; told++ {
		seq = (<-changes).Seq
	}
	if told > 10 {
		t.Errorf("told %d times of 50 changes", told)
	}
	if !mustIncident(t, ws, id).Has(last) {
		t.Error("the last record is not there")
	}
}

func TestViewsAndRecordsOfManyGoroutinesGoTogether(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Crowded")
	failed := make(chan error, 8)
	for writer := range 8 {
		go func() {
			for range 10 {
				var err error
				if writer%2 == 0 {
					_, err = ws.Record(id, note("a"), note("b"))
				} else {
					err = ws.View(id, func(inc *incident.Incident) error {
						if inc.Len()%2 != 1 {
							t.Error("half an action was seen")
						}
						inc.At(noon)
						return nil
					})
				}
				if err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for range 8 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if n := mustIncident(t, ws, id).Len(); n != 1+4*10*2 {
		t.Errorf("%d records", n)
	}
}
