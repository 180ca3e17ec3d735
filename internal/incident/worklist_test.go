package incident_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/incident"
)

func (d *desk) state() *incident.State { return d.inc.At(d.now) }

// takeBack records what takes a record back.
func (d *desk) takeBack(id string) {
	d.t.Helper()
	acts, err := d.inc.Undo(id)
	if err != nil {
		d.t.Fatal(err)
	}
	d.record(acts...)
}

// A worklist in words: "A1 open", "D1 kept: it holds".
func worklist(t *testing.T, d *desk, claim string) []string {
	t.Helper()
	s := d.state()
	thing, _ := s.Find(claim)
	w := s.Worklist(thing.(*incident.Claim))
	if w == nil {
		return nil
	}
	var out []string
	done := 0
	for _, item := range w.Items {
		word := item.Thing.Meta().ID + " open"
		if item.Settled != incident.Open {
			done++
			word = strings.TrimSuffix(fmt.Sprintf("%s %s: %s", item.Thing.Meta().ID, item.Settled, item.Said), ": ")
		}
		out = append(out, word)
	}
	if done != w.Done {
		t.Errorf("%d worked through, counted %d", done, w.Done)
	}
	return out
}

// theFall is a claim on which everything rests that can, and its refutation.
func theFall(t *testing.T) *desk {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c","text":"It is the gateway"}`)
	d.do(`{"do":"decision.make","id":"d","text":"Roll back","rests_on":["c"]}`)
	d.do(`{"do":"claim.make","id":"c2","text":"Nothing else is hit","rests_on":["c"]}`)
	d.do(`{"do":"thread.open","id":"t","title":"Gateway","rests_on":["c"]}`)
	d.do(`{"do":"action.add","id":"over","text":"Restart","state":"done","rests_on":["c"]}`)
	d.do(`{"do":"action.add","id":"a","text":"Drain","state":"in_progress","rests_on":["d"]}`)
	d.do(`{"do":"action.add","id":"gone","text":"Page them","state":"dropped","rests_on":["c"]}`)
	d.do(`{"do":"update.send","id":"u","audience":"public","text":"It is the gateway","states":["c"]}`)
	d.do(`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"the graph"}`)
	return d
}

func TestAFallenClaimLeavesAllThatItBroughtDown(t *testing.T) {
	d := theFall(t)
	want := []string{"a open", "u open", "d open", "c2 open", "t open", "over open"}
	if diff := cmp.Diff(want, worklist(t, d, "c")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAThingIsWorkedThroughByWhatTheRecordsSayOfIt(t *testing.T) {
	d := theFall(t)
	d.do(`{"do":"action.change","action":"a","state":"dropped","why":"stop"}`)
	d.do(`{"do":"update.send","id":"u2","audience":"public","text":"We were wrong","corrects":"u"}`)
	d.do(`{"do":"note.add","id":"n","text":"It does no harm","settles":"d"}`)
	d.do(`{"do":"claim.recheck","claim":"c2","still":true}`)
	d.do(`{"do":"question.ask","id":"q","text":"Go on?","about":"t","to":"Ben"}`)
	d.do(`{"do":"evidence.add","id":"e","kind":"log","title":"Shown"}`)
	d.do(`{"do":"basis.add","of":"over","on":["e"]}`)
	want := []string{
		"a ended: stop", "u corrected: We were wrong", "d kept: It does no harm", "c2 rejudged", "t asked: Go on?", "over regained",
	}
	if diff := cmp.Diff(want, worklist(t, d, "c")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, p := range d.state().Attention {
		if p.Kind == "fallen" || strings.HasSuffix(p.Kind, "_shaky") {
			t.Errorf("it is still asked for: %s %s", p.Kind, p.Text)
		}
	}

	d.takeBack("n")
	d.takeBack("q")
	want[2], want[4] = "d open", "t open"
	if diff := cmp.Diff(want, worklist(t, d, "c")); diff != "" {
		t.Errorf("once taken back (-want +got):\n%s", diff)
	}
}

func TestWhatWasSaidBeforeTheFallSettlesNothing(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c","text":"It is the gateway"}`)
	d.do(`{"do":"decision.make","id":"d","text":"Roll back","rests_on":["c"]}`)
	d.do(`{"do":"note.add","text":"It holds","settles":"d"}`)
	d.do(`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"the graph"}`)
	if diff := cmp.Diff([]string{"d open"}, worklist(t, d, "c")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.do(`{"do":"question.ask","text":"Any word?","about":"d"}`) // of nobody in particular
	if diff := cmp.Diff([]string{"d open"}, worklist(t, d, "c")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAClaimThatStandsAgainLeavesNothingToBeDone(t *testing.T) {
	d := theFall(t)
	d.do(`{"do":"claim.verdict","claim":"c","verdict":"not_sure"}`)
	if got := worklist(t, d, "c"); got != nil {
		t.Errorf("still %v", got)
	}
}

func TestTheLeadIsAskedUntilAllIsWorkedThrough(t *testing.T) {
	d := theFall(t)
	fallen := func() string {
		for _, p := range d.state().Attention {
			if p.Kind == "fallen" {
				return p.Level.String() + " " + p.Text
			}
		}
		return ""
	}
	if got, want := fallen(), "warning refuted, 0 of 6 worked through: It is the gateway"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	d.do(`{"do":"note.add","text":"It does no harm","settles":"a"}`, `{"do":"note.add","text":"Nor does it","settles":"d"}`)
	if got, want := fallen(), "caution refuted, 2 of 6 worked through: It is the gateway"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What is to be worked through after a claim fell is what its blast radius
// said before.
func TestTheWorklistIsTheBlastRadius(t *testing.T) {
	falls := 0
	rapid.Check(t, func(t *rapid.T) {
		records := newModel(incidents(t), start).recs
		inc := incident.New("inc")
		before := map[string][]string{} // of each claim that stands, its blast radius
		for _, r := range records {
			inc.Add(r.Record)
			s := inc.At(start)
			for _, c := range s.Claims {
				var got []string
				if w := s.Worklist(c); w != nil {
					falls++
					for _, item := range w.Items {
						got = append(got, path(item.Affected))
					}
				}
				if !c.HasEnded() {
					before[c.ID] = nil
					for _, a := range s.Blast(c) {
						before[c.ID] = append(before[c.ID], path(a))
					}
				} else if !slices.Equal(before[c.ID], got) {
					t.Fatalf("%s: %v to be worked through, the blast radius was %v\n%s", c.ID, got, before[c.ID], show(inc.Records()))
				}
			}
		}
	})
	if falls == 0 {
		t.Error("no claim that fell brought anything down")
	}
}

func path(a incident.Affected) string {
	out := fmt.Sprintf("%s→%s", a.Now, a.IfRefuted)
	for _, r := range a.Path {
		out += " " + r.ID
	}
	return out
}

func TestTheWeakestLinkIsWhatIsWeakByItself(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c","text":"It is the gateway"}`)
	d.do(`{"do":"evidence.add","id":"e","kind":"log","title":"Shown"}`)
	d.do(`{"do":"decision.make","id":"d","text":"Roll back","rests_on":["c","e"]}`)
	d.do(`{"do":"claim.make","id":"c2","text":"Nothing else is hit","rests_on":["d"]}`)
	d.do(`{"do":"action.add","id":"a","text":"Drain","rests_on":["d"]}`)
	d.do(`{"do":"action.add","id":"firm","text":"Look","rests_on":["e"]}`)
	d.do(`{"do":"action.add","id":"bare","text":"Look"}`)
	d.do(`{"do":"decision.make","id":"d2","text":"Alone"}`)
	d.do(`{"do":"action.add","id":"a2","text":"Do","rests_on":["d2"]}`)
	d.do(`{"do":"action.add","id":"a3","text":"Do","rests_on":["c2"]}`)
	d.do(`{"do":"claim.make","id":"round","text":"Round","rests_on":["e"]}`)
	d.do(`{"do":"claim.make","id":"round2","text":"And round","rests_on":["round"]}`)
	d.do(`{"do":"basis.drop","of":"round","on":["e"]}`, `{"do":"basis.add","of":"round","on":["round2"]}`)
	for thing, want := range map[string]string{
		"a": "a d c", "firm": "", "bare": "", "a2": "a2 d2", "a3": "a3 c2", "round": "round round2",
	} {
		s := d.state()
		got := []string{}
		th, _ := s.Find(thing)
		for _, r := range s.Weakest(th) {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("under %s: %v, want %s", thing, got, want)
		}
	}
}

func TestAReviewAsksForFiveClaimsInAQuarterOfAnHour(t *testing.T) {
	d := newDesk(t)
	for n := range 7 {
		d.do(fmt.Sprintf(`{"do":"claim.make","id":"c%d","text":"It is %d"}`, n, n))
	}
	raise := func(severity string) { d.do(`{"do":"incident.change","severity":"` + severity + `"}`) }
	asked := func() string {
		r := d.state().Review
		out := []string{}
		for _, c := range r.Claims {
			out = append(out, c.ID)
		}
		text := strings.Join(out, " ")
		if r.Waiting > 0 {
			text += fmt.Sprintf(" +%d in %d min", r.Waiting, int(r.Next.Sub(d.now).Minutes()))
		}
		return text
	}
	must := func(want string) {
		t.Helper()
		if got := asked(); got != want {
			t.Errorf("asks for %q, want %q", got, want)
		}
	}
	raise("SEV1")
	must("c0 c1 c2 c3 c4")
	d.do(`{"do":"claim.recheck","claim":"c0","still":true}`)
	must("c1 c2 c3 c4 +1 in 15 min")
	for n := range 4 {
		d.do(fmt.Sprintf(`{"do":"claim.recheck","claim":"c%d","still":true}`, n+1))
	}
	must(" +2 in 11 min")
	d.do(`{"do":"incident.change","wider":true}`) // all want a second look again
	must(" +5 in 10 min")
	d.now = d.now.Add(10 * time.Minute)
	must("c0 c1 c2 c3 c4")
}

func TestWhoComesFreshIsOfferedTheReview(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"role.take","role":"lead"}`)
	d.do(`{"do":"claim.make","id":"c","text":"It is the gateway"}`)
	d.do(`{"do":"incident.change","severity":"SEV1"}`)
	gaps := func(name string) (out []string) {
		for _, h := range d.state().HelpFor(name) {
			out = append(out, h.Gap)
		}
		return out
	}
	if got := gaps("Ben"); !slices.Contains(got, "claim_recheck") {
		t.Errorf("Ben is offered %v", got)
	}
	if got := gaps("Ana"); slices.Contains(got, "claim_recheck") {
		t.Errorf("Ana is offered her own claim: %v", got)
	}
}
