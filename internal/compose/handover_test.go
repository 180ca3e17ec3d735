package compose_test

import (
	"strings"
	"testing"
)

// Where the handover stands, by what was recorded of it.
var (
	offered = []string{`"do":"handover.open","id":"h1","to":"Raj Patel"`}
	asked   = []string{`"do":"handover.open","id":"h1","person":"Raj Patel","to":"Raj Patel"`}
	heard   = append(offered[:1:1], `"do":"handover.readback","person":"Raj Patel","text":"it is the gateway"`)
	split   = []string{`"do":"role.take","id":"l2","person":"Priya Nair","role":"lead","over":[]`}
)

func TestTheLeadIsHandedOverByLines(t *testing.T) {
	for _, c := range []struct {
		me, line string
		of       []string
		want     string
	}{
		{"Ana", "/handover @raj", nil, `handover.open to="Raj Patel"`},
		{"Raj Patel", "/handover", nil, `handover.open to="Raj Patel"`},
		{"Raj Patel", "/handover @priya", nil, `handover.open to="Priya Nair"`},
		{"Raj Patel", "/readback it is the gateway", offered, `handover.readback for Raj Patel text="it is the gateway"`},
		{"Ana", "/readback it is the gateway", offered, `handover.readback for Raj Patel text="it is the gateway"`},
		{"Ana", "/accept", heard, `handover.accept handover="h1" over=["l1"]`},
		{"Ana", "/accept!", offered, `handover.accept handover="h1" over=["l1"]`},
		{"Raj Patel", "/decline I am on another call", offered, `handover.decline for Raj Patel handover="h1" why="I am on another call"`},
		{"Ana", "/decline he is on another call", offered, `handover.decline for Raj Patel handover="h1" why="he is on another call"`},
		{"Ana", "/decline not before the rollback", asked, `handover.decline for Ana handover="h1" why="not before the rollback"`},
		{"Priya Nair", "/decline not before the rollback", asked, `handover.decline for Ana handover="h1" why="not before the rollback"`},
		{"Ana", "/handover off", offered, `handover.withdraw handover="h1"`},
		{"Ana", "/handover off I stay", heard, `handover.withdraw handover="h1" why="I stay"`},
		{"Raj Patel", "/handover off", asked, `handover.withdraw handover="h1"`},
		{"Priya Nair", "/handover @raj", split, `handover.open to="Raj Patel"`},
	} {
		w := asking(t, c.of...)
		w.Place.Me = c.me
		d, p := w.Read(c.line)
		if p != nil {
			t.Errorf("%s: %s: %s", c.me, c.line, p.Message)
		} else if got := told(d); got != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.me, c.line, got, c.want)
		}
	}
}

func TestWhatCannotBeHandedOverSaysWhy(t *testing.T) {
	for _, c := range []struct {
		me, line string
		of       []string
		message  string
	}{
		{"Ana", "/handover", nil, "To whom do you hand the lead?"},
		{"Raj Patel", "/handover @ana", nil, "Ana leads already."},
		{"Ana", "/handover @raj", []string{`"do":"role.release","role":"lead"`}, "Nobody leads"},
		{"Ana", "/readback all", nil, "No handover is open."},
		{"Raj Patel", "/readback", offered, "What does Raj Patel understand?"},
		{"Ana", "/accept", nil, "No handover is open."},
		{"Ana", "/accept", offered, "Raj Patel has not read back yet."},
		{"Raj Patel", "/accept", heard, "Only who leads can accept: Ana."},
		{"Raj Patel", "/decline why", nil, "No handover is open."},
		{"Raj Patel", "/decline", offered, "Why does Raj Patel decline?"},
		{"Ana", "/handover off", nil, "No handover is open."},
		{"Raj Patel", "/handover off", offered, "Only who opened the handover withdraws it: Ana."},
		{"Ana", "/handover off", asked, "Only who opened the handover withdraws it: Raj Patel."},
	} {
		w := asking(t, c.of...)
		w.Place.Me = c.me
		if d, p := w.Read(c.line); p == nil || !strings.HasPrefix(p.Message, c.message) || p.Hint == "" {
			t.Errorf("%s: %s: %v, problem %v", c.me, c.line, d, p)
		}
	}
}

func TestPeopleJoinReadInAndLeaveByLines(t *testing.T) {
	reading := []string{`"do":"person.join","person":"Raj Patel","reading_min":15`}
	for _, c := range []struct {
		me, line string
		of       []string
		want     string // the records, or how the problem begins
	}{
		{"Mei", "/join me: knows the ledger asked: Ana offer: queries skills: sql, ledger",
			nil, `person.join for Mei why="knows the ledger" asked_by="Ana" offer="queries" skills=["sql","ledger"] reading_min=5`},
		{"Mei", "/join", nil, "Who joins?"},
		{"Ana", "/join me: I lead", nil, `person.join for Ana why="I lead"`},
		{"Raj Patel", "/join me: why I am here", reading, `person.join for Raj Patel why="why I am here" reading_min=13`},
		{"Ana", "/join Mei Chen: she knows", nil, `person.join for Mei Chen why="she knows"`},
		{"Raj Patel", "/ready", reading, `person.ready for Raj Patel`},
		{"Ana", "/ready @raj", reading, `person.ready for Raj Patel`},
		{"Raj Patel", "/ready", nil, "Raj Patel is not reading in."},
		{"Raj Patel", "/leave", nil, `person.leave for Raj Patel`},
		{"Ana", "/leave @priya", nil, `person.leave for Priya Nair`},
		{"Ana", "/leave @nobody", nil, "Nobody here is called nobody."},
		{"Raj Patel", "/role Scribe", nil, `role.take for Raj Patel role="scribe"`},
		{"Raj Patel", "/role night watch @priya", nil, `role.take for Priya Nair role="night watch"`},
		{"Raj Patel", "/role", nil, "Which role?"},
		{"Raj Patel", "/role lead", nil, "Why does Raj Patel take the lead from Ana?"},
		{"Raj Patel", "/role lead", []string{`"do":"role.release","role":"lead"`}, `role.take for Raj Patel role="lead" over=[]`},
		{"Raj Patel", "/lead @me Ana lost her line", nil, `role.take for Raj Patel role="lead" why="Ana lost her line" over=["l1"]`},
		{"Ana", "/lead @me we talked", split, `role.take for Ana role="lead" why="we talked" over=["l1","l2"]`},
		{"Ana", "/release lead @me", split, `role.release for Ana role="lead"`},
		{"Ana", "/release scribe @raj", nil, "Raj Patel does not hold that role."},
	} {
		w := asking(t, c.of...)
		w.Place.Me = c.me
		d, p := w.Read(c.line)
		got := ""
		switch {
		case p != nil:
			got = p.Message
		case d != nil:
			got = told(d)
		}
		if p == nil && got != c.want || p != nil && !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.me, c.line, got, c.want)
		}
	}
}

func TestUpdatesAreKeptByLines(t *testing.T) {
	sent := []string{`"do":"update.send","id":"u1","label":"U1","audience":"Status page","text":"We look into it","next_due":"2026-11-22T03:00:00Z"`}
	for _, c := range []struct {
		line string
		of   []string
		want string
	}{
		{"/update Status page: We look into it.", nil, `update.send audience="Status page" text="We look into it."`},
		{"/u Status page: It is the gateway, states C1 next: 03:55", nil, `update.send audience="Status page" text="It is the gateway" states=["c1"] next_due="2026-11-22T03:55:00Z"`},
		{"/update Status page: We were wrong, corrects U1", sent, `update.send audience="Status page" text="We were wrong" corrects="u1"`},
		{"/update", nil, "?"},
		{"/update Status page", nil, "?"},
	} {
		d, p := asking(t, c.of...).Read(c.line)
		got := "?"
		if p == nil {
			got = told(d)
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
}

func TestADecisionIsAskedAboutAndObjectedToByLines(t *testing.T) {
	poll := []string{`"do":"decision.make","id":"d9","label":"D9","text":"Cap the retries","mode":"no_objection","state":"proposed","by_when":"2026-11-22T02:30:00Z"`}
	for _, c := range []struct{ line, want string }{
		{"/object D9 it hides the failures", `decision.object decision="d9" why="it hides the failures"`},
		{"/object D9", `decision.object decision="d9"`},
		{"/why D9 it is quick", `decision.change decision="d9" why="it is quick"`},
		{"/why D9", "?"},
		{"/force D9", `decision.change decision="d9" state="in_force"`},
		{"/reverse D9 it hides them", `decision.change decision="d9" state="reversed" why="it hides them"`},
		{"/rename D9 Cap them at three", `decision.change decision="d9" text="Cap them at three"`},
		{"/object Q1 no", "?"},
	} {
		d, p := asking(t, poll...).Read(c.line)
		got := "?"
		if p == nil {
			got = told(d)
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
}
