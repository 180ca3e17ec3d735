package compose_test

import (
	"strings"
	"testing"
	"time"
)

func TestADecisionSaysHowItWasMade(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/d Fail over mode: consulted consulted: @raj, the bank alternatives: wait; roll back why: it is quick",
			`decision.make text="Fail over" mode="consulted" why="it is quick" consulted=["Raj Patel","the bank"] alternatives=["wait","roll back"]`},
		{"/d Fail over why: it is quick mode:command door:hard", `decision.make text="Fail over" mode="command" why="it is quick" irreversible=true`},
		{"/d Fail over at mode:never", `decision.make text="Fail over at mode:never"`},
		{"/d? Fail over mode: no objection by 04:00", `decision.make text="Fail over" mode="no_objection" state="proposed" by_when="2026-11-22T03:00:00Z"`},
		{"/d? mode: no objections by 04:00 Fail over", `decision.make text="Fail over" mode="no_objection" state="proposed" by_when="2026-11-22T03:00:00Z"`},
		{"/d Drop the index door: hard, on C1 revisit: if reads slow down", `decision.make text="Drop the index" rests_on=["c1"] irreversible=true revisit_when="if reads slow down"`},
		{"/d Drop it door: reversible", `decision.make text="Drop it"`},
		{"/d It will be hard, agreed", `decision.make text="It will be hard, agreed"`},
		{"/d Ask them consulted: @raj @priya", `decision.make text="Ask them" consulted=["Raj Patel","Priya Nair"]`},
		{"/supersede D1 by D2 it is quicker", `decision.change decision="d1" superseded_by="d2" why="it is quicker"`},
		{"/revisit D1 it slows down", `decision.change decision="d1" state="revisit" why="it slows down"`},
		{"/force D1", `decision.change decision="d1" state="in_force"`},
	} {
		d, p := writer(t, "").Read(c.line)
		if p != nil {
			t.Errorf("%s: %s", c.line, p.Message)
		} else if got := told(d); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
	for _, line := range []string{"/supersede D1", "/supersede D1 by D1", "/d mode: agreed", "/supersede by D1"} {
		if _, p := writer(t, "").Read(line); p == nil {
			t.Errorf("%s is no problem", line)
		}
	}
}

func TestADecisionComesIntoForceAgainstAnObjectionForAReasonOnly(t *testing.T) {
	w := more(t, "", `"do":"decision.object","decision":"d1","id":"o1","person":"Raj Patel","why":"it is slow"`)
	if _, p := w.Read("/force D1"); p == nil || !strings.Contains(p.Message, "Raj Patel objects") {
		t.Errorf("problem %v", p)
	}
	if d, p := w.Read("/force D1 we have no other"); p != nil || told(d) != `decision.change decision="d1" state="in_force" why="we have no other"` {
		t.Errorf("%v, %v", d, p)
	}
}

func TestHowItIsDecidedIsOfferedAtOneKey(t *testing.T) {
	w := writer(t, "")
	for _, c := range []struct{ line, want string }{
		{"/d Fail over mode: ", "1 no objection, 2 command, 3 consulted, 4 agreed, 5 delegated"},
		{"/d Fail over door: ", "1 hard, 2 reversible"},
		{"/supersede D1 by ", "1 D2"},
	} {
		var got []string
		for _, o := range w.Complete(c.line, len(c.line)) {
			got = append(got, o.Key+" "+strings.TrimSpace(o.Insert))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: offers %s", c.line, strings.Join(got, ", "))
		}
	}
}

func TestAnUpdateIsBegunFromWhatIsKnown(t *testing.T) {
	w := more(t, "",
		`"do":"incident.change","id":"x1","impact":"Payments fail next: month","aim":"keep @all informed"`,
		`"do":"decision.make","id":"d3","label":"D3","text":"Hold","rests_on":["c2"]`,
		`"do":"evidence.link","id":"x2","evidence":"e1","claim":"c1","relation":"supports"`,
		`"do":"claim.verdict","id":"x3","claim":"c1","person":"Raj Patel","verdict":"verify"`)
	var ticked, all []string
	for _, p := range w.Pieces() {
		all = append(all, p.Text)
		if p.Ticked {
			ticked = append(ticked, p.ID)
		}
	}
	want := []string{"Payments fail next – month.", "We are looking into it.", "Our aim: keep all informed.", "It is the gateway.", "We believe: It is not."}
	if got := strings.Join(all, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("pieces\n%s", got)
	}
	line, text := w.Message("Status page", ticked, now.Add(30*time.Minute))
	if want := "Payments fail next – month. We are looking into it. Our aim: keep all informed. It is the gateway. Next update at 04:11."; text != want {
		t.Errorf("text %s", text)
	}
	d, p := w.Read(line.Text)
	if p != nil {
		t.Fatal(p.Message)
	}
	if got := told(d); got != `update.send audience="Status page" text="`+text+`" states=["c1"] next_due="2026-11-22T03:11:00Z"` {
		t.Errorf("keeps %s", got)
	}
	// What is believed goes out when it is ticked, and is what the update rests on.
	line, text = w.Message("Status page", append(ticked, "c2"), time.Time{})
	if d, p := w.Read(line.Text); p != nil || !strings.Contains(told(d), `states=["c1","c2"]`) || !strings.Contains(text, "We believe: It is not.") {
		t.Errorf("%s: %v", line.Text, p)
	}
}
