package incident_test

import (
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
)

// believed is the state of a few records some minutes after the last.
func believed(t *testing.T, text string) *incident.State {
	t.Helper()
	records := parse(t, text)
	return build(records).At(later(records, 1))
}

func claimNamed(t *testing.T, s *incident.State, id string) *incident.Claim {
	t.Helper()
	thing, ok := s.Find(id)
	if !ok {
		t.Fatalf("there is no %s", id)
	}
	return thing.(*incident.Claim)
}

func TestTheChecklistSaysHowABeliefStands(t *testing.T) {
	const claim = `01:00 Ana claim.make {"id":"c1","label":"C1","text":"It is the gateway"}`
	for _, c := range []struct {
		name, records string
		kind          incident.CheckKind
		holds         bool
		want          string
	}{
		{"nothing shown", claim, incident.CheckProof, false, "No evidence"},
		{"somebody's word is no proof", claim + `
			01:01 Raj evidence.add {"id":"e1","kind":"statement","said_by":"Mei","claims":{"c1":"supports"}}
			01:02 Raj evidence.add {"id":"e2","kind":"message","claims":{"c1":"supports"}}`,
			incident.CheckProof, false, "Said by Mei and Raj, no evidence"},
		{"echoes count once", claim + `
			01:01 Raj evidence.add {"id":"e1","kind":"graph","origin":"errors","claims":{"c1":"supports"}}
			01:02 Raj evidence.add {"id":"e2","kind":"graph","origin":"errors","claims":{"c1":"supports"}}
			01:03 Raj evidence.add {"id":"e3","kind":"log","claims":{"c1":"contradicts"}}`,
			incident.CheckProof, true, "Proof: 1 for, 1 against"},
		{"its author's word is not another's", claim + `
			01:01 Ana claim.verdict {"id":"v1","claim":"c1","verdict":"verify"}`,
			incident.CheckOther, false, "Nobody else has checked it"},
		{"another judged it", claim + `
			01:01 Raj claim.verdict {"id":"v1","claim":"c1","verdict":"verify"}`,
			incident.CheckOther, true, "Checked by Raj"},
		{"no test", claim, incident.CheckTest, false, "No test is named"},
		{"a test that is nobody's", claim + `
			01:01 Ana claim.change {"id":"x1","claim":"c1","test":"restart one pod"}`,
			incident.CheckTest, false, "Nobody runs it: restart one pod"},
		{"a test that is somebody's", claim + `
			01:01 Ana action.add {"id":"a1","label":"A1","text":"restart one pod","owner":"Raj","tests":"c1"}`,
			incident.CheckTest, true, "A1, Raj: restart one pod"},
		{"a dropped test is none", claim + `
			01:01 Ana action.add {"id":"a1","label":"A1","text":"restart one pod","owner":"Raj","tests":"c1"}
			01:02 Ana action.change {"id":"x1","action":"a1","state":"dropped"}`,
			incident.CheckTest, false, "No test is named"},
		{"a test that told something", claim + `
			01:01 Ana action.add {"id":"a1","label":"A1","text":"restart one pod","owner":"Raj","tests":"c1"}
			01:02 Ana action.change {"id":"x1","action":"a1","state":"done","result":"it came back"}`,
			incident.CheckTest, true, "A1 done: it came back"},
		{"the incident grew since", claim + `
			01:01 Ana incident.change {"id":"x1","wider":true}`,
			incident.CheckFresh, false, "Not judged since: impact wider"},
		{"judged since it grew", claim + `
			01:01 Ana incident.change {"id":"x1","wider":true}
			01:02 Ana claim.recheck {"id":"x2","claim":"c1","still":true}`,
			incident.CheckFresh, true, "The incident has not changed shape since"},
		{"a test does not rest on what it tests", claim + `
			01:01 Ana action.add {"id":"a1","label":"A1","text":"restart one pod","tests":"c1"}`,
			incident.CheckOnIt, false, "Nobody said what rests on it"},
		{"what rests on it", claim + `
			01:01 Ana decision.make {"id":"d1","text":"Roll back","rests_on":["c1"]}`,
			incident.CheckOnIt, true, "1 thing rests on it"},
		{"what rested on it", claim + `
			01:01 Ana decision.make {"id":"d1","text":"Roll back","rests_on":["c1"]}
			01:02 Ana decision.change {"id":"x1","decision":"d1","state":"reversed"}`,
			incident.CheckOnIt, true, "What rested on it is over"},
		{"nothing, as somebody said", claim + `
			01:01 Ana claim.change {"id":"x1","claim":"c1","on_it":"nothing"}`,
			incident.CheckOnIt, true, "Nothing rests on it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := believed(t, c.records)
			for _, check := range s.Checklist(claimNamed(t, s, "c1")) {
				if check.Kind == c.kind && (check.Holds != c.holds || check.Text != c.want) {
					t.Errorf("%v %q, want %v %q", check.Holds, check.Text, c.holds, c.want)
				}
			}
		})
	}
}

func TestAWithdrawnClaimHasNoChecklist(t *testing.T) {
	s := believed(t, `01:00 Ana claim.make {"id":"c1","text":"x"}
		01:01 Ana claim.withdraw {"id":"w1","claim":"c1"}`)
	if got := s.Checklist(claimNamed(t, s, "c1")); got != nil {
		t.Errorf("it has %v", got)
	}
}

func TestAnEchoNamesWhatItRepeats(t *testing.T) {
	s := believed(t, `01:00 Ana claim.make {"id":"c1","text":"x"}
		01:01 Raj evidence.add {"id":"e1","label":"E1","kind":"graph","origin":"errors","claims":{"c1":"supports"}}
		01:02 Raj evidence.add {"id":"e2","label":"E2","kind":"graph","origin":"errors","sha256":"`+sum("a")+`","claims":{"c1":"supports"}}
		01:03 Raj evidence.add {"id":"e3","label":"E3","kind":"graph","sha256":"`+sum("a")+`","claims":{"c1":"supports"}}`)
	var got []string
	for _, l := range claimNamed(t, s, "c1").Supports {
		got = append(got, l.Evidence.Label+" "+l.Of.Label)
	}
	if diff := gocmp.Diff([]string{"E1 ", "E2 E1", "E3 E1"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestThatSomethingRestsOnNothingIsSaidAndTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c1","text":"x"}`)
	d.do(`{"do":"basis.add","id":"b1","of":"c1","on":[]}`)
	claim := func() *incident.Claim { return claimNamed(t, d.inc.At(d.now), "c1") }
	if c := claim(); c.Nothing != "Ana" || c.Footing != incident.Unrecorded {
		t.Errorf("on nothing, says %q; footing %s", c.Nothing, c.Footing)
	}
	back, err := d.inc.Undo("b1")
	if err != nil {
		t.Fatal(err)
	}
	d.record(back...)
	if c := claim(); c.Nothing != "" {
		t.Errorf("taken back, and still on nothing, says %q", c.Nothing)
	}
	d.do(`{"do":"basis.add","of":"c1","on":[]}`)
	d.do(`{"do":"claim.make","id":"c2","text":"y"}`)
	d.do(`{"do":"basis.add","of":"c1","on":["c2"]}`)
	if c := claim(); c.Nothing != "" || c.Footing != incident.Assumed {
		t.Errorf("on c2, and on nothing as %q says; footing %s", c.Nothing, c.Footing)
	}
}

func TestMostHandsOnOneTheoryIsSaid(t *testing.T) {
	const work = `01:00 Ana claim.make {"id":"c1","text":"It is the gateway"}
		01:00 Ana decision.make {"id":"d1","text":"Roll back","rests_on":["c1"]}
		01:01 Ana thread.open {"id":"t1","title":"Roll back","owner":"Raj","rests_on":["c1"]}
		01:02 Ana action.add {"id":"a1","text":"Drain it","owner":"Mei","thread":"t1"}
		01:03 Raj person.join {"id":"p1"}
		01:04 Mei person.join {"id":"p2"}
		01:05 Ben person.join {"id":"p3"}`
	s := believed(t, work)
	if eggs := s.AllEggs(); eggs != nil {
		t.Errorf("two people at work are said to be all on %s", eggs.Claim.ID)
	}
	s = believed(t, work+`
		01:06 Ana action.add {"id":"a2","text":"Check","owner":"Ben","tests":"c1"}`)
	eggs := s.AllEggs()
	if eggs == nil {
		t.Fatal("two of three on one theory are not said")
	}
	if diff := gocmp.Diff([]any{"c1", []string{"Mei", "Raj"}, 3}, []any{eggs.Claim.ID, eggs.People, eggs.Of}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s = believed(t, work+`
		01:06 Ana action.add {"id":"a2","text":"Check","owner":"Ben","tests":"c1"}
		01:07 Ana thread.open {"id":"t2","title":"Look elsewhere","owner":"Ana"}`)
	if eggs := s.AllEggs(); eggs != nil {
		t.Errorf("two of four are said to be all on %s", eggs.Claim.ID)
	}
}

func TestAResultAsksForAVerdictUntilOneIsSaid(t *testing.T) {
	const tested = `01:00 Ana claim.make {"id":"c1","text":"It is the gateway"}
		01:01 Ana action.add {"id":"a1","label":"A1","text":"Restart it","owner":"Raj","tests":"c1"}
		01:05 Raj action.change {"id":"x1","action":"a1","state":"done","result":"it came back"}`
	asks := func(records string) (text string) {
		for _, p := range believed(t, records).Attention {
			if p.Kind == "test_result" {
				text = p.Text
			}
		}
		return text
	}
	if want, got := "A1 tested it: it came back; does it hold? It is the gateway", asks(tested); got != want {
		t.Errorf("it asks %q, want %q", got, want)
	}
	for _, verdict := range []string{"verify", "not_sure"} {
		if got := asks(tested + `
		01:06 Raj claim.verdict {"id":"v1","claim":"c1","verdict":"` + verdict + `","why":"x"}`); got != "" {
			t.Errorf("after %s it still asks %q", verdict, got)
		}
	}
}

// What a claim rests on, and that it is spoken of, goes by the records that
// are in: the newest change of shape is that since it was judged.
func TestTheChangeOfShapeSinceAJudgementIsTheNewest(t *testing.T) {
	s := believed(t, `01:00 Ana claim.make {"id":"c1","text":"x"}
		01:01 Ana incident.change {"id":"x1","wider":true}
		01:02 Ana incident.change {"id":"x2","wider":true}`)
	want := time.Date(2026, 11, 22, 1, 2, 0, 0, time.UTC)
	if got := claimNamed(t, s, "c1").ShapeSince; !got.At.Equal(want) {
		t.Errorf("it is of %s, want %s", got.At, want)
	}
}
