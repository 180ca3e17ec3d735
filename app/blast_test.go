package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

func TestWhatWouldFallIsSaidWhileARefutationIsTyped(t *testing.T) {
	s, start := sample(t)
	id := start.Open
	for _, line := range []string{"/refute C4", "/refute C4 ", "/refute C4 the graph", "/r C4", "/withdraw C4 moot", "/rule C4 wrong"} {
		v := must(s.Read(id, "", line))
		if v.Blast == nil || v.Blast.Claim.Label != "C4" || len(v.Blast.Falls) == 0 {
			t.Errorf("%s: %+v", line, v.Blast)
		}
	}
	claim := must(s.Open(id, "C4", 0)).Chip.ID
	if v := must(s.Read(id, claim, "/refute because")); v.Blast == nil || v.Blast.Claim.ID != claim {
		t.Errorf("of the claim that is selected: %+v", v.Blast)
	}
	for _, line := range []string{"/verify C4 why", "/refute X9", "/rule C4 holds", "a note about C4"} {
		if v := must(s.Read(id, "", line)); v.Blast != nil {
			t.Errorf("%s: %+v", line, v.Blast)
		}
	}
}

func TestThatOthersVerifiedAClaimIsSaidBeforeItIsRefuted(t *testing.T) {
	s, start := sample(t)
	for line, want := range map[string]bool{"/refute C1 why": true, "/refute! C1 why": false, "/rule C1 wrong": false, "/refute C4 why": false} {
		v := must(s.Read(start.Open, "", line))
		if got := v.Blast != nil && strings.Contains(v.Blast.Note, "verified it: it would be disputed first"); got != want {
			t.Errorf("%s: %+v", line, v.Blast)
		}
	}
}

func TestTheBlastRadiusIsSaidInWords(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c It is the gateway", "/d Drain it on C1", "/a @me Drain on D1", "/a @me Look on C1", "/update Public: It is the gateway states C1", "/start A1")
	v := must(s.Blast(id, "C1", 0))
	if got, want := v.Says, "4 things would lose their footing, 1 in progress, 1 told to people outside"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	got := []string{}
	for _, f := range v.Falls {
		got = append(got, f.Chip.Label+" "+f.Chip.Word+" "+f.Way)
	}
	want := []string{
		"A1 in_progress rests on D1, which rests on C1", "U1 sent rests on C1", "D1 in_force rests on C1", "A2 assigned rests on C1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAWorklistIsWorkedThroughToTheEnd(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/c It is the gateway", "/d Drain it on C1", "/a @me Drain on D1", "/update Public: It is the gateway states C1", "/start A1",
		"/t Gateway @me on C1")
	if _, err := s.Worklist(id, "", 0); code(t, err) != "not_found" {
		t.Errorf("before anything fell: %v", err)
	}
	say(t, s, id, "", "/refute C1 the graph")
	*clock = clock.Add(1)
	state := func() string {
		v := must(s.Worklist(id, "", 0))
		out := []string{fmt.Sprint(v.Claim.Label, " ", v.Done, " of ", len(v.Items))}
		for _, item := range v.Items {
			out = append(out, item.Fall.Chip.Label+" "+item.Settled)
		}
		return strings.Join(out, ", ")
	}
	must1 := func(want string) {
		t.Helper()
		if got := state(); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	must1("C1 0 of 4, A1 , U1 , D1 , T1 ")
	asks := func() bool {
		return slices.ContainsFunc(must(s.Cockpit(id, 0)).Prompts, func(p app.PromptRow) bool { return p.Kind == "fallen" })
	}
	if !asks() {
		t.Error("nothing asks for the worklist")
	}
	v := must(s.Worklist(id, "C1", 0))
	say(t, s, id, "", v.Items[0].Stop, v.Items[1].Stop, v.Items[2].Keep+"it does no harm")
	must1("C1 3 of 4, A1 Dropped, U1 Corrected, D1 Kept, T1 ")
	say(t, s, id, "", v.Items[3].Ask)
	must1("C1 4 of 4, A1 Dropped, U1 Corrected, D1 Kept, T1 Ada Berg was asked")
	if asks() {
		t.Error("it is still asked for")
	}
	must(s.Undo(id))
	must1("C1 3 of 4, A1 Dropped, U1 Corrected, D1 Kept, T1 ")
}

func TestAWorklistSaysWhatRefutedItsClaim(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c It is the gateway", "/d Drain it on C1", "/e graph: the gateway idles against C1")
	for line, want := range map[string]string{"/refute C1 by E1": "E1", "/refute C1 by E1 it idles": "it idles"} {
		say(t, s, id, "", line)
		if v := must(s.Worklist(id, "C1", 0)); v.Why != want {
			t.Errorf("%s: it fell because of %q, want %q", line, v.Why, want)
		}
		must(s.Undo(id))
	}
}

func TestNoStartOfWhatIsHardToReversePassesTheGate(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c It is the gateway", "/test C1 count rows", "/d Drain it on C1", "/a! @me Delete the rows on D1")
	action := must(s.Open(id, "A1", 0)).Chip.ID
	for line, about := range map[string]string{"/start A1": "", "/start": action, "/start! A1": "", "/start A1 although it is late": ""} {
		_, err := s.Send(id, about, line)
		if code(t, err) != "gate" || must(s.Open(id, "A1", 0)).Chip.Word != "assigned" {
			t.Fatalf("%s: %v", line, err)
		}
		g := must(s.Gate(id, about, line))
		if g.Weak != "C1 is only assumed" || g.Test != "count rows" || g.Way != "A1 rests on D1, which rests on C1" || g.Link.Label != "C1" {
			t.Errorf("the gate says %+v", g)
		}
		var said *app.Error
		if !errors.As(err, &said) || said.Message != "A1 is hard to reverse, and C1 is only assumed." || !strings.HasSuffix(said.Hint, "add: although C1 is only assumed.") {
			t.Errorf("the error says %+v", said)
		}
	}
	say(t, s, id, "", must(s.Gate(id, "", "/start A1")).GoOn)
	if v := must(s.Open(id, "A1", 0)); v.Chip.Word != "in_progress" {
		t.Errorf("A1 is %s", v.Chip.Word)
	}
	if v := must(s.Open(id, "D2", 0)); v.Chip.Name != "Start A1, which is hard to reverse, although C1 is only assumed" || len(v.RestsOn) != 1 {
		t.Errorf("what was decided is %+v", v.Chip)
	}
	must(s.Undo(id))
	if a, d := must(s.Open(id, "A1", 0)).Chip.Word, must(s.Open(id, "D2", 0)).Chip.Word; a != "assigned" || d != "reversed" {
		t.Errorf("taken back, the action is %s and the decision %s", a, d)
	}
}

// outline writes a tree as lines.
func outline(v *app.TreeView) string {
	var b strings.Builder
	for _, r := range v.Rows {
		text := r.Chip.Label
		switch {
		case r.Kind == "any":
			text = fmt.Sprintf("any of %d", r.Count)
		case r.Kind == "set":
			text = fmt.Sprintf("%d %s", r.Set, r.Holds)
		case r.Round:
			text += " round"
		case r.Again:
			text += " again"
		}
		if r.Only {
			text += " only itself"
		}
		fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", r.Depth), text)
	}
	return b.String()
}

func TestATreeShowsAlternativesRepetitionsAndCircles(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c One", "/c Two on C1", "/d Do it on C1 C2", "/e log shown", "/basis D1 on E1", "/a Go on D1", "/c Round", "/c And round on C3", "/basis C3 on C4")
	for _, c := range []struct{ ref, way, want string }{
		{"D1", "under", "any of 2\n  1 assumed\n    C1\n    C2\n      C1 again\n  2 firm\n    E1\n"},
		{"C1", "over", "D1\n  A1\nC2\n  D1 again\n"},
		{"C3", "under", "C4 only itself\n  C3 round only itself\n"},
		{"E1", "under", ""},
	} {
		v := must(s.Tree(id, c.ref, c.way, 0, 0))
		if diff := cmp.Diff(c.want, outline(v)); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.ref, c.way, diff)
		}
		keys := map[string]bool{}
		for _, r := range v.Rows {
			if keys[r.Key] {
				t.Errorf("two rows have the key %s", r.Key)
			}
			keys[r.Key] = true
		}
	}
	if v := must(s.Tree(id, "C3", "under", 0, 0)); !v.Only {
		t.Error("C3 does not rest only on itself")
	}
}

func TestALargeTreeComesInPages(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c The ground")
	for range 250 {
		say(t, s, id, "", "/c Something on C1")
	}
	first, second := must(s.Tree(id, "C1", "over", 0, 0)), must(s.Tree(id, "C1", "over", 200, 0))
	if len(first.Rows) != 200 || len(second.Rows) != 50 || first.Count != 250 {
		t.Errorf("%d and %d of %d rows", len(first.Rows), len(second.Rows), first.Count)
	}
	if g := must(s.Graph(id, "C1", 0)); len(g.Nodes) != 21 || g.Left != 230 {
		t.Errorf("%d things drawn, %d left out", len(g.Nodes), g.Left)
	}
}

func TestAGraphPutsEveryThingAboveWhatItRestsOn(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/c One", "/c Two on C1", "/d Do it on C1 C2", "/e log shown", "/basis D1 on E1", "/a Go on D1", "/basis C1 on E1", "/c Round on C1", "/basis C1 on C3")
	for _, ref := range []string{"C1", "D1", "A1", "E1", "C3"} {
		v := must(s.Graph(id, ref, 0))
		seen := map[string]bool{}
		for _, n := range v.Nodes {
			place := fmt.Sprintf("%d %.1f", n.Layer, n.X)
			if seen[place] || n.X < 0.5 || n.X > float64(v.Widest)-0.5 || n.Layer >= v.Layers {
				t.Errorf("%s: %s stands at %s", ref, n.Chip.Label, place)
			}
			seen[place] = true
		}
		for _, e := range v.Edges {
			from, to := v.Nodes[e.From], v.Nodes[e.To]
			circle := from.Chip.Label == "C1" && to.Chip.Label == "C3" || from.Chip.Label == "C3" && to.Chip.Label == "C1"
			if from.Layer >= to.Layer && !circle {
				t.Errorf("%s: %s is drawn below %s on which it rests", ref, from.Chip.Label, to.Chip.Label)
			}
		}
	}
}

func TestAReviewSaysWhyAndHowToAnswer(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/sev 2", "/c It is the gateway", "/c Nothing is lost", "/test C2 count rows")
	*clock = clock.Add(1e9)
	say(t, s, id, "", "/sev 1")
	v := must(s.Review(id, 0))
	if len(v.Claims) != 2 || !strings.HasSuffix(v.Claims[0].Says, "; since then severity raised to SEV1") {
		t.Fatalf("to look at again: %+v", v.Claims)
	}
	again := func() string { return must(s.Claims.All(id, app.ClaimFilter{}, 0)).Again }
	if v.Says != "2 claims were judged before the incident changed." || again() != v.Says {
		t.Errorf("it says %q, and the claims %q", v.Says, again())
	}
	say(t, s, id, "", v.Claims[0].Still)
	say(t, s, id, "", v.Claims[1].Doubt)
	if v := must(s.Review(id, 0)); len(v.Claims) != 0 || len(v.Queue) != 0 || !strings.HasPrefix(v.Says, "Nothing to look at again.") {
		t.Errorf("still to look at: %+v", v)
	}
	if again() != "" {
		t.Errorf("the claims say %q", again())
	}
}

func TestAReviewCountsWhatComesLaterToo(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/sev 2", "/c One", "/c Two", "/c Three", "/c Four", "/c Five", "/c Six", "/c Seven")
	*clock = clock.Add(time.Second)
	say(t, s, id, "", "/sev 1")
	says := func(want string) {
		t.Helper()
		v := must(s.Review(id, 0))
		if again := must(s.Claims.All(id, app.ClaimFilter{}, 0)).Again; v.Says != want || again != want {
			t.Errorf("%d claims, and it says %q, and the claims %q; want %q", len(v.Claims), v.Says, again, want)
		}
	}
	says("7 claims were judged before the incident changed: look again at 5 now, at 2 later.")
	say(t, s, id, "", must(s.Review(id, 0)).Claims[0].Still)
	next := clock.Add(15 * time.Minute).In(now.Location()).Format("15:04")
	says("6 claims were judged before the incident changed: look again at 4 now, at 2 from " + next + ".")
	for range 4 {
		say(t, s, id, "", must(s.Review(id, 0)).Claims[0].Still)
	}
	says("2 claims were judged before the incident changed. Enough for now: look again from " + next + ".")
}
