package compose_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bearings/internal/compose"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// more types into the incident of writer, after more was recorded.
func more(t *testing.T, about string, lines ...string) *compose.Writer {
	t.Helper()
	inc := incident.New("i-test")
	inc.Add(begun(t)...)
	for n, l := range lines {
		inc.Add(line(t, 100+n, `"by":"Ana",`+l))
	}
	return &compose.Writer{
		State: inc.At(now),
		Place: compose.Place{About: about, Me: "Ana", Now: now, Zone: time.FixedZone("", 3600)},
	}
}

func line(t *testing.T, n int, l string) *record.Record {
	t.Helper()
	r, err := record.DecodeLine([]byte(fmt.Sprintf(`{"at":"2026-11-22T02:%02d:00Z",%s}`, n/10, l)))
	if err != nil {
		t.Fatal(err)
	}
	r.Incident, r.Stamp = "i-test", record.Stamp{Clock: record.ClockAt(r.At), Line: uint64(n + 1)}
	return r
}

// C1 is refuted, and with it D2, A2 and A3, which is over, and U1 and U2.
var fallen = []string{
	`"do":"decision.make","id":"d2","label":"D2","text":"Drain it","rests_on":["c1"]`,
	`"do":"action.add","id":"a2","label":"A2","text":"Drain","owner":"Raj Patel","state":"in_progress","thread":"t1","rests_on":["d2"]`,
	`"do":"action.add","id":"a3","label":"A3","text":"Restart","owner":"Raj Patel","state":"done","rests_on":["c1"]`,
	`"do":"update.send","id":"u1","label":"U1","audience":"Public","text":"It is the gateway","states":["c1"]`,
	`"do":"update.send","id":"u2","label":"U2","audience":"Support","text":"It is the gateway","states":["c1"],"next_due":"2026-11-22T03:10:00Z"`,
	`"do":"claim.verdict","id":"v","claim":"c1","verdict":"refute","why":"the graph, which is secret"`,
}

func TestWhatFellIsKeptAskedAboutOrReversed(t *testing.T) {
	for _, c := range []struct{ about, line, want string }{
		{"a2", "/keep it does no harm", `note.add text="it does no harm" thread="t1" settles="a2"`},
		{"", "/keep A2 on E1", `basis.add of="a2" on=["e1"]`},
		{"", "/keep D2 on E1 and the log agrees", `basis.add of="d2" on=["e1"]; note.add text="and the log agrees" settles="d2"`},
		{"a2", "/ask", `question.ask text="Does A2 still hold, now that C1 is refuted?" about="a2" to="Raj Patel"`},
		{"a2", "/ask @priya what do you see?", `question.ask text="what do you see?" about="a2" to="Priya Nair"`},
		{"", "/ask D1 why?", `question.ask text="why?" about="d1" to="Ana"`},
		{"", "/stop A2 C1 is refuted", `action.change action="a2" state="dropped" why="C1 is refuted"`},
		{"", "/reverse A3", `action.add text="Take back A3: Restart" owner="Raj Patel"; note.add text="To be taken back" settles="a3"`},
		{"", "/reverse D2 C1 is refuted", `decision.change decision="d2" state="reversed" why="C1 is refuted"`},
		{"", "/update corrects U1 Public: it is not", `update.send audience="Public" text="it is not" corrects="u1"`},
	} {
		d, p := more(t, c.about, fallen...).Read(c.line)
		if p != nil {
			t.Errorf("%s: %s %s", c.line, p.Message, p.Hint)
			continue
		}
		if got := told(d); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
}

func TestWhatCannotBeKeptOrReversedSaysWhy(t *testing.T) {
	for line, want := range map[string]string{
		"/keep A2":    "Why does A2 hold all the same?",
		"/keep D1 so": "Nothing that D1 rests on has fallen.",
		"/ask D1":     "The question needs its text.",
		"/stop U1":    "What was sent cannot be taken back.",
	} {
		if _, p := more(t, "", fallen...).Read(line); p == nil || p.Message != want {
			t.Errorf("%s: %+v, want %q", line, p, want)
		}
	}
}

func TestACorrectionIsBegunFromWhatTheRecordsSay(t *testing.T) {
	w := more(t, "", fallen...)
	for label, want := range map[string]string{
		"U1": "/update corrects U1 Public: Correction: at 03:10 we said “It is the gateway”. That has turned out to be wrong.|",
		"U2": "/update corrects U2 Support: Correction: at 03:10 we said “It is the gateway”. That has turned out to be wrong.| next: 04:10",
	} {
		u, _ := w.State.Find(label)
		begun := w.Correction(u.(*incident.Update))
		if got := begun.Text[:begun.Caret] + "|" + begun.Text[begun.Caret:]; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", label, got, want)
		}
		d, p := w.Read(begun.Text)
		if p != nil {
			t.Fatalf("%s: %s", label, p.Message)
		}
		if got := told(d); !strings.Contains(got, `corrects="`+u.Meta().ID+`"`) || strings.Contains(got, "secret") {
			t.Errorf("%s: %s", label, got)
		}
	}
}

func TestTheGateStandsBeforeWhatIsHardToReverse(t *testing.T) {
	lines := []string{
		`"do":"claim.change","id":"n1","claim":"c1","test":"count rows"`,
		`"do":"decision.make","id":"d2","label":"D2","text":"Drain it","rests_on":["c1"]`,
		`"do":"action.add","id":"a2","label":"A2","text":"Drain","irreversible":true,"thread":"t1","rests_on":["d2"]`,
		`"do":"action.add","id":"a3","label":"A3","text":"Look","irreversible":true,"rests_on":["e1"]`,
		`"do":"action.add","id":"a4","label":"A4","text":"Delete","irreversible":true`,
		`"do":"action.add","id":"a5","label":"A5","text":"Drain","rests_on":["c1"]`,
		`"do":"action.add","id":"a6","label":"A6","text":"Delete","irreversible":true`,
		`"do":"basis.add","id":"b6","of":"a6","on":[]`,
	}
	for line, want := range map[string]string{
		"/start A2":          "C1 is only assumed by a2 d2 c1, count rows: /start A2 although C1 is only assumed",
		"/start A2 it burns": "C1 is only assumed by a2 d2 c1, count rows: /start A2 although C1 is only assumed: it burns",
		"/start A3":          "", // firm
		"/start A4":          "nobody said what it rests on by , : /start A4 although nobody said what it rests on",
		"/start A5":          "", // reversible
		"/start A6":          "", // rests on nothing, as somebody said
		// No other way passes: neither a bang, nor words about something else.
		"/start! A2":                                       "C1 is only assumed by a2 d2 c1, count rows: /start A2 although C1 is only assumed",
		"/start A2 although C2 is disputed":                "C1 is only assumed by a2 d2 c1, count rows: /start A2 although C1 is only assumed: although C2 is disputed",
		"/start A2 although C1 is only assumed":            "",
		"/start A2 it burns, although c1 is only assumed.": "",
	} {
		d, p := more(t, "", lines...).Read(line)
		if p != nil {
			t.Fatalf("%s: %s", line, p.Message)
		}
		got := ""
		if g := d.Gate; g != nil {
			var way []string
			for _, r := range g.Way {
				way = append(way, r.ID)
			}
			got = g.Weak + " by " + strings.Join(way, " ") + ", " + g.Test + ": " + g.GoOn
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	want := `decision.make text="Start A2, which is hard to reverse, although C1 is only assumed" mode="command" why="it burns" ` +
		`thread="t1" irreversible=true rests_on=["d2"]; action.change action="a2" state="in_progress" why="it burns"`
	for _, line := range []string{
		"/start A2 although C1 is only assumed: it burns", "/start A2 it burns, although c1 is only assumed", "/start although C1 is only assumed it burns",
	} {
		d, _ := more(t, "a2", lines...).Read(line)
		if got := told(d); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", line, got, want)
		}
	}
	struck := append(lines, `"do":"evidence.add","id":"e9","label":"E9","kind":"statement","title":"It is so"`,
		`"do":"action.add","id":"a9","label":"A9","text":"Wipe","irreversible":true,"rests_on":["e9"]`)
	if d, _ := more(t, "", struck...).Read("/start A9 although E9 is somebody's word"); len(d.Records) != 2 {
		t.Errorf("an apostrophe as it is typed makes %s", told(d))
	}
	if d, _ := more(t, "", lines...).Read("/start A5"); len(d.Records) != 1 {
		t.Errorf("a start that needs no decision makes %s", told(d))
	}
}
