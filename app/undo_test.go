package app_test

import (
	"strings"
	"testing"
	"time"

	"bearings/app"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// head is the top bar of an incident.
func head(s app.Screens, id string) app.Head { return must(s.Cockpit(id, 0)).Head }

func TestUndoAndRedoGoAsInAnyEditor(t *testing.T) {
	s, id, clock := begun(t)
	step := func(what string, do func() error, sev string) {
		t.Helper()
		*clock = clock.Add(time.Second)
		if err := do(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got := head(s, id).Severity; got != sev {
			t.Fatalf("after %s: severity %q, want %q", what, got, sev)
		}
	}
	send := func(line string) func() error {
		return func() error { _, err := s.Send(id, "", line); return err }
	}
	undo := func() error { _, err := s.Undo(id); return err }
	redo := func() error { _, err := s.Redo(id); return err }

	step("sev 3", send("/sev 3"), "SEV3")
	step("sev 2", send("/sev 2"), "SEV2")
	step("sev 1", send("/sev 1"), "SEV1")
	step("undo", undo, "SEV2")
	step("undo", undo, "SEV3")
	step("redo", redo, "SEV2")
	step("undo of the redo", undo, "SEV3")
	step("redo", redo, "SEV2")
	step("redo", redo, "SEV1")
	step("undo", undo, "SEV2")
	step("a note", send("seen"), "SEV2")
	if _, err := s.Redo(id); code(t, err) != "nothing" {
		t.Errorf("redo after something new: %v", err)
	}
}

// What was firm when it started may not be when that is brought back.
func TestAStartThatIsBroughtBackDoesNotPassTheGate(t *testing.T) {
	dir := t.TempDir()
	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	s := a.Screens()
	id := must(s.Declare(app.Declaration{Title: "Trouble"}))
	say(t, s, id, "", "/c It is the gateway", "/e log it says so", "/link E1 for C1", "/a! @me Delete the rows on C1", "/start A1")
	state := func() string { return must(s.Open(id, "A1", 0)).Chip.Word }
	must(s.Undo(id))
	must(s.Redo(id))
	if state() != "in_progress" {
		t.Fatalf("on firm ground A1 is %s", state())
	}
	must(s.Undo(id))
	proof := must(s.Open(id, "E1", 0)).Chip.ID
	other := must(workspace.Open(dir, workspace.Options{}))
	defer other.Close()
	came := make(chan int64, 100)
	go a.Watch(t.Context(), func(seq int64) { came <- seq })
	must(other.Record(id, &record.Record{By: "Bo", Do: "evidence.strike", Fields: []record.Field{record.TextField("evidence", proof), record.TextField("why", "another host")}}))
	<-came
	_, err := s.Redo(id)
	if got := told(t, err); got.Code != "gate" || got.Message != "A1 is hard to reverse, and C1 is only assumed." || !strings.Contains(got.Hint, "/start A1") || state() != "assigned" {
		t.Errorf("told %+v, and A1 is %s", got, state())
	}
}

func TestTheHeadSaysWhatUndoWouldDo(t *testing.T) {
	s, id, _ := begun(t)
	if h := head(s, id); h.Undo != "" || h.Redo != "" {
		t.Errorf("at first: undo %q, redo %q", h.Undo, h.Redo)
	}
	thread := must(s.Send(id, "", "/t Gateway")).Open
	say(t, s, id, thread, "looking at it")
	if h := head(s, id); h.Undo != "note on T1" || h.Redo != "" {
		t.Errorf("undo %q, redo %q", h.Undo, h.Redo)
	}
	say(t, s, id, "", "/take T1")
	if h := head(s, id); h.Undo != "T1: Owner Ada Berg" {
		t.Errorf("undo %q", h.Undo)
	}
	must(s.Undo(id))
	if v := must(s.Undo(id)); v.Says != "Taken back: note on T1" {
		t.Errorf("says %q", v.Says)
	}
	if h := head(s, id); h.Redo != "note on T1" || h.Undo == "note on T1" {
		t.Errorf("undo %q, redo %q", h.Undo, h.Redo)
	}
}

func TestWhatOthersDidIsNotTakenBack(t *testing.T) {
	dir := t.TempDir()
	s := open(t, app.Options{Workspace: dir, As: "Ada"}).Screens()
	other := must(workspace.Open(dir, workspace.Options{}))
	defer other.Close()
	kept := must(other.Record("", &record.Record{By: "Bo", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Trouble")}}))
	_, err := s.Undo(kept[0].Incident)
	if got := told(t, err); got.Code != "nothing" || got.Hint == "" {
		t.Errorf("told %+v", got)
	}
}

func TestWhatCannotBeTakenBackSaysWhy(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/update Status page: we are on it")
	before := head(s, id).Records
	_, err := s.Undo(id)
	if got := told(t, err); got.Hint == "" || got.Code == "internal" || got.Message == "" {
		t.Errorf("told %+v", got)
	}
	if after := head(s, id).Records; after != before {
		t.Errorf("%d records, were %d", after, before)
	}
}
