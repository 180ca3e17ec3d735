package compose_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"bearings/internal/compose"
	"bearings/internal/incident"
)

// round is a check-in round in which Raj Patel, who owns T1 and T2, Priya
// Nair, who runs A2, and somebody who has T3 and never was here are asked.
var round = []string{
	`"do":"thread.open","id":"t2","label":"T2","title":"Ledger","owner":"Raj Patel"`,
	`"do":"action.add","id":"a2","label":"A2","text":"Drain","owner":"Priya Nair","state":"in_progress"`,
	`"do":"thread.open","id":"t3","label":"T3","title":"Their side","owner":"Jr. Nobody Seen"`,
	`"do":"checkin.open","id":"r1","label":"R1","minutes":3`,
}

// asking types while the round goes on.
func asking(t *testing.T, lines ...string) *compose.Writer {
	t.Helper()
	inc := incident.New("i-test")
	inc.Add(begun(t)...)
	for n, l := range lines {
		r := line(t, 100+n, `"by":"Ana",`+l)
		if r.ID == "" {
			r.ID = "x" + strconv.Itoa(n)
		}
		inc.Add(r)
	}
	now := time.Date(2026, 11, 22, 2, 12, 0, 0, time.UTC)
	return &compose.Writer{State: inc.At(now), Place: compose.Place{Me: "Ana", Now: now}}
}

func TestARoundIsOpenedAnsweredAndClosedByLines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/heard @raj seeing: timeouts doing: splitting need: a query",
			`checkin.answer for Raj Patel checkin="r1" thread="t1" seeing="timeouts" doing="splitting" need="a query"`},
		{"/heard @raj T2 doing: counting", `checkin.answer for Raj Patel checkin="r1" thread="t2" doing="counting"`},
		{"/heard @raj all is calm", `checkin.answer for Raj Patel checkin="r1" thread="t1" seeing="all is calm"`},
		{"/heard @raj", `checkin.answer for Raj Patel checkin="r1" thread="t1"; checkin.answer for Raj Patel checkin="r1" thread="t2"`},
		{"/heard @priya need: access", `checkin.answer for Priya Nair checkin="r1" need="access"`},
		{"/heard @Jr.NobodySeen need: access", `checkin.answer for Jr. Nobody Seen checkin="r1" thread="t3" need="access"`},
		{"/checkin close", `checkin.close checkin="r1"`},
	} {
		d, p := asking(t, round...).Read(c.line)
		if p != nil {
			t.Errorf("%s: %s", c.line, p.Message)
		} else if got := told(d); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
	d, p := asking(t, round[:3]...).Read("/checkin 3m")
	if p != nil || told(d) != "checkin.open minutes=3" || d.Says != "Ask 3 owners" {
		t.Errorf("a round opens as %v, %v", d, p)
	}
}

func TestARoundThatCannotBeSaysWhy(t *testing.T) {
	for _, c := range []struct {
		line string
		of   []string
	}{
		{"/checkin", round},
		{"/checkin close", round[:3]},
		{"/heard @raj", round[:3]},
		{"/heard", round},
		{"/heard @nobody", round},
		{"/checkin", []string{`"do":"thread.change","thread":"t1","owner":""`}},
	} {
		if d, p := asking(t, c.of...).Read(c.line); p == nil || p.Message == "" || p.Hint == "" {
			t.Errorf("%s: %v, problem %v", c.line, d, p)
		}
	}
}

func TestTheSituationSaysWhatWasHeardAndWhoWasNot(t *testing.T) {
	begun := func(lines ...string) string {
		w := asking(t, append(round, lines...)...)
		return w.Situation(w.State.Round()).Text
	}
	if got, want := begun(), "Check-in R1, 0 of 3 heard. Not heard: Raj Patel, Jr. Nobody Seen, Priya Nair."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got := begun(
		`"do":"checkin.answer","checkin":"r1","person":"Raj Patel","thread":"t1","seeing":"they say need: more\nlines.","doing":"counting","need":"a query"`,
		`"do":"checkin.answer","checkin":"r1","person":"Priya Nair"`)
	want := "Check-in R1, 2 of 3 heard. Raj Patel sees they say need – more lines; does counting; needs a query. No change: Priya Nair. Not heard: Jr. Nobody Seen."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	w := asking(t, round...)
	if d, p := w.Read(got); p != nil || !strings.HasPrefix(told(d), "note.add text=") || len(d.Records[0].Fields) != 1 {
		t.Errorf("the situation is no plain note: %v, %v", d, p)
	}
}
