package app_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// cases are the folders of all cases.
func cases(t *testing.T) []string {
	t.Helper()
	var dirs []string
	err := filepath.WalkDir(caseFolder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "expected.json" {
			dirs = append(dirs, filepath.Dir(path))
		}
		return err
	})
	if err != nil || len(dirs) < 14 {
		t.Fatalf("%d cases: %v", len(dirs), err)
	}
	return dirs
}

// openCase opens an app on a case.
func openCase(t *testing.T, dir string) (s app.Screens, id, ws string) {
	t.Helper()
	ws = filepath.Join(t.TempDir(), "ws")
	bearings(t, nil, "import", filepath.Join(dir, "incident.jsonl"), "--workspace", ws)
	s = open(t, app.Options{Workspace: ws, As: "Ada", Now: time.Now}).Screens()
	return s, must(s.Incidents.All()).Incidents[0].ID, ws
}

// A belief is what window and command line have to agree on.
type belief struct {
	State       string   `json:"state"`
	Flags       []string `json:"flags"`
	Load        int      `json:"load"`
	Footing     string   `json:"footing"`
	Supports    []string `json:"supports"`
	Contradicts []string `json:"contradicts"`
}

func TestTheClaimsScreenSaysWhatTheCommandLineSaysInEveryCase(t *testing.T) {
	for _, dir := range cases(t) {
		t.Run(strings.TrimPrefix(dir, caseFolder+"/"), func(t *testing.T) {
			var expected struct {
				AsOf []struct{ At time.Time } `json:"as_of"`
			}
			if err := json.Unmarshal(must(os.ReadFile(filepath.Join(dir, "expected.json"))), &expected); err != nil {
				t.Fatal(err)
			}
			s, id, ws := openCase(t, dir)
			for _, moment := range expected.AsOf {
				if diff := cmp.Diff(commandBeliefs(t, ws, moment.At), windowBeliefs(s, id, moment.At.UnixMilli())); diff != "" {
					t.Errorf("at %s (-command line +window):\n%s", moment.At, diff)
				}
			}
		})
	}
}

func commandBeliefs(t *testing.T, ws string, at time.Time) map[string]belief {
	t.Helper()
	var shown struct {
		Claims []struct {
			ID string `json:"id"`
			belief
		} `json:"claims"`
	}
	bearings(t, &shown, "show", "latest", "--json", "--as-of", at.Format(time.RFC3339), "--workspace", ws)
	all := map[string]belief{}
	for _, c := range shown.Claims {
		all[c.ID] = c.belief
	}
	return all
}

// windowBeliefs are those of the claims screen; what was withdrawn is only
// counted there, and opens as a thing.
func windowBeliefs(s app.Screens, id string, at int64) map[string]belief {
	var rows []app.ClaimRow
	v := must(s.Claims.All(id, app.ClaimFilter{}, at))
	for _, g := range v.Groups {
		rows = append(rows, g.Claims...)
	}
	names := must(s.Names(id, at))
	for _, name := range names {
		if name.Kind == "claim" && name.Word == string(incident.Withdrawn) {
			rows = append(rows, must(s.Things.Open(id, name.ID, at)).Claim.ClaimRow)
		}
	}
	ids := func(side app.Side) []string {
		out := []string{}
		for _, p := range side.Shown {
			out = append(out, p.Chip.ID)
		}
		return out
	}
	all := map[string]belief{}
	for _, c := range rows {
		all[c.ID] = belief{string(c.State), c.Flags, c.Load, c.Footing, ids(c.For), ids(c.Against)}
	}
	return all
}

// believing is an incident that Ana leads, in which Raj and she believe this
// and that.
func believing(t *testing.T) (app.Screens, string) {
	t.Helper()
	s, id, _ := begun(t)
	say(t, s, id, "", "/lead", "/join Raj: knows it", "/t Gateway", "/c It is the gateway test: restart one pod",
		"/d Roll back on C1", "/c It is the ledger on C1", "/e they say it is slow said: Raj, for C1", "/e log timeouts, for C2")
	return s, id
}

// saysOf is what the list says of two claims, of which so many are found.
func saysOf(found int, filter app.ClaimFilter) string {
	if reflect.ValueOf(filter).IsZero() {
		return "2 claims, by risk"
	}
	return fmt.Sprintf("%d of 2 claims, by risk", found)
}

func TestClaimsAreFiltered(t *testing.T) {
	s, id := believing(t)
	for _, c := range []struct {
		filter app.ClaimFilter
		want   string
	}{
		{app.ClaimFilter{}, "C1 C2"},
		{app.ClaimFilter{Text: "LEDGER the"}, "C2"},
		{app.ClaimFilter{Text: "c1"}, "C1"},
		{app.ClaimFilter{Text: "pod"}, "C1"},
		{app.ClaimFilter{Text: "nothing like it"}, ""},
		{app.ClaimFilter{State: "supported"}, "C2"},
		{app.ClaimFilter{Flag: "word_only"}, "C1"},
		{app.ClaimFilter{Flag: "untested"}, "C1 C2"},
		{app.ClaimFilter{Person: "Raj"}, ""},
		{app.ClaimFilter{Mine: true}, "C1 C2"},
		{app.ClaimFilter{Thread: "t9"}, ""},
	} {
		v := must(s.Claims.All(id, c.filter, 0))
		var got []string
		for _, g := range v.Groups {
			page := must(s.Group(id, g.Name, 0, c.filter, 0))
			if page.Count != g.Count {
				t.Errorf("%+v: %d claims in %s, and %d on its page", c.filter, g.Count, g.Name, page.Count)
			}
			for _, row := range g.Claims {
				got = append(got, row.Label)
			}
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != c.want || v.Says != saysOf(len(got), c.filter) || v.All != 2 {
			t.Errorf("%+v lets %q through of %d, and says %q; want %q", c.filter, text, v.All, v.Says, c.want)
		}
	}
}

func TestAClaimCarriesItsChecklist(t *testing.T) {
	s, id := believing(t)
	say(t, s, id, "", "/a @Raj 10m restart one pod, tests C1")
	c := must(s.Things.Open(id, "C1", 0)).Claim
	var got []string
	for _, check := range c.Checks {
		got = append(got, fmt.Sprintf("%v %s", check.Holds, check.Text))
	}
	want := []string{
		"false Said by Raj, no evidence", "false Nobody else has checked it", "false What would prove it wrong is not written",
		"true A1, Raj: restart one pod", "true The incident has not changed shape since", "true 2 things rest on it",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c.Tested != "A1, Raj: restart one pod" || c.Held != 3 || c.Asked != 6 || c.Said != "Said by Raj, no evidence" || c.For.All != 1 || c.For.Proof != 0 {
		t.Errorf("tested by %q, %d of %d hold, said %q, %d of %d for it", c.Tested, c.Held, c.Asked, c.Said, c.For.Proof, c.For.All)
	}
}

func TestTheResultOfATestAsksForAVerdict(t *testing.T) {
	s, id := believing(t)
	say(t, s, id, "", "/a @Raj 10m restart one pod, tests C1", "/a something else")
	if v := must(s.Send(id, "", "/done A2 it works")); v.Tested != nil {
		t.Errorf("what tests nothing asks for a verdict on %s", v.Tested.Claim.Label)
	}
	v := must(s.Send(id, "", "/done A1 it came back"))
	if v.Tested == nil || v.Tested.Claim.Label != "C1" || v.Tested.Result != "A1: it came back" {
		t.Errorf("it asks for %+v", v.Tested)
	}
}

func TestARowCarriesNoMoreThanItShows(t *testing.T) {
	s, id := believing(t)
	for n := range 40 {
		say(t, s, id, "", fmt.Sprintf("/e log line %d, against C2", n))
	}
	v := must(s.Claims.All(id, app.ClaimFilter{Text: "C2"}, 0))
	row := v.Groups[0].Claims[0]
	if len(row.Against.Shown) > 6 || row.Against.All != 40 || row.Against.Proof != 40 {
		t.Errorf("a row carries %d of %d", len(row.Against.Shown), row.Against.All)
	}
	seen := map[string]bool{}
	for from := 0; from < row.Against.All; {
		page := must(s.Proofs(id, row.ID, "against", from, 0))
		for _, p := range page {
			seen[p.Chip.ID] = true
		}
		from += len(page)
	}
	if len(seen) != 40 {
		t.Errorf("page by page there are %d", len(seen))
	}
}

func TestWhatMostIsTakenForGrantedOnIsShownByItself(t *testing.T) {
	s, id := believing(t)
	v := must(s.Cockpit(id, 0))
	if len(v.Bearing) != 1 || v.Bearing[0].Label != "C1" {
		t.Fatalf("by themselves are %+v", v.Bearing)
	}
	for _, g := range v.Beliefs {
		for _, c := range g.Claims {
			if c.Label == "C1" {
				t.Error("C1 is shown twice")
			}
		}
	}
	if !v.Head.Leading {
		t.Error("Ada leads, and does not know")
	}
}

func TestWhatOneDoesToAClaimIsNoNewsToOneself(t *testing.T) {
	on := newShelf(t)
	note := must(record.ParseFields([]byte(`{"text":"all is quiet"}`)))
	must(on.ws.Record(on.incident, &record.Record{By: "Raj", Do: "note.add", Fields: note}))
	s := on.open()
	say(t, s, on.incident, "", "/e log timeouts")
	others := func() int { return must(s.Claims.All(on.incident, app.ClaimFilter{}, 0)).Head.Others }
	if got := others(); got != 1 {
		t.Fatalf("others wrote %d records, want 1", got)
	}
	say(t, s, on.incident, "", "/link E1 for C1", "/t The gateway", "/owner T1 @Raj")
	if got := others(); got != 1 {
		t.Errorf("after a link of one's own, others wrote %d records", got)
	}
	if got := must(s.Cockpit(on.incident, 0)).Head; got.Others != 1 || got.Records < 7 {
		t.Errorf("the cockpit says that others wrote %d of %d", got.Others, got.Records)
	}
}
