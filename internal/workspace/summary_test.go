package workspace_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

func TestTheListSaysHowEveryIncidentStands(t *testing.T) {
	clock := newClock()
	ws := openIn(t, newDir(t), workspace.Options{Now: clock.Now})
	first := declareIn(t, ws, "First")
	clock.set(noon.Add(time.Hour))
	second := declareIn(t, ws, "Second")
	mustRecord(t, ws, first,
		act(t, "Mara", "role.take", `{"role":"lead"}`),
		act(t, "Ana", "incident.change", `{"severity":"SEV1","status":"mitigating"}`),
		act(t, "Ana", "claim.make", `{"text":"a"}`),
		act(t, "Ana", "thread.open", `{"title":"b"}`))
	sums, err := ws.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	if len(sums) != 2 || sums[0].ID != second || sums[1].ID != first {
		t.Fatalf("%+v", sums)
	}
	got := sums[1]
	if !got.LastRecord.After(noon.Add(time.Hour)) || !got.Declared.Before(noon.Add(time.Minute)) || got.Label == "" || got.Seq == 0 {
		t.Errorf("%+v", got)
	}
	want := workspace.Summary{
		ID: first, Ref: got.Ref, Label: got.Label, Title: "First", Severity: "SEV1", Status: incident.Mitigating, Leads: []string{"Mara"},
		Declared: got.Declared, LastRecord: got.LastRecord, Counts: workspace.Counts{Records: 5, People: 2, Threads: 1, Claims: 1}, Seq: got.Seq,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again, err := ws.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sums, again); diff != "" {
		t.Errorf("the kept list differs: %s", diff)
	}
	checkClean(t, ws)
}

func TestTheListFollowsWhatOthersRecord(t *testing.T) {
	dir := newDir(t)
	one, two := openIn(t, dir, workspace.Options{}), openIn(t, dir, workspace.Options{})
	id := declareIn(t, one, "Before")
	if _, err := one.Incidents(); err != nil {
		t.Fatal(err)
	}
	mustRecord(t, two, id, act(t, "Ana", "incident.change", `{"title":"After"}`))
	sums, err := one.Incidents()
	if err != nil || sums[0].Title != "After" {
		t.Errorf("%+v, %v", sums, err)
	}
}

func TestAnIncidentIsFoundByLabelIdTitleOrAsTheLatest(t *testing.T) {
	clock := newClock()
	ws := openIn(t, newDir(t), workspace.Options{Now: clock.Now})
	ids := map[string]string{}
	for i, title := range []string{"Card payments fail", "Refund payments fail", "Login", "Login page"} {
		text := fmt.Sprintf(`{"at":"2026-11-%02dT00:00:00Z","by":"Ana","do":"incident.declare","id":"d%d","label":"INC-%d","title":%q}`, i+1, i, i, title)
		ids[title] = mustImport(t, ws, text, workspace.ImportOptions{}).Incident
	}
	for ref, title := range map[string]string{
		"INC-1": "Refund payments fail", "inc-0": "Card payments fail", "card": "Card payments fail", "REFUND": "Refund payments fail",
		"login": "Login", "login p": "Login page", "latest": "Login page", "d2": "Login", ids["Login"]: "Login",
	} {
		s, err := ws.Find(ref)
		if err != nil || s.Title != title {
			t.Errorf("%q finds %q, %v; want %q", ref, s.Title, err, title)
		}
	}
	for _, ref := range []string{"", "  ", "nothing like it", "INC-9"} {
		_, err := ws.Find(ref)
		wantCode(t, err, workspace.CodeNotFound)
	}
	_, err := ws.Find("payments")
	wantCode(t, err, workspace.CodeAmbiguous)
	for _, part := range []string{"INC-0", "INC-1", "Card payments fail", "Refund payments fail"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not name %s", err, part)
		}
	}
}

func TestNothingIsFoundInAnEmptyWorkspace(t *testing.T) {
	ws := newWorkspace(t)
	_, err := ws.Find(workspace.Latest)
	wantCode(t, err, workspace.CodeNotFound)
}
