package incident_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// roundAt writes a round at a minute in a line: who is asked about what, in
// order, and who answered.
func roundAt(t *testing.T, minute int, lines ...string) string {
	t.Helper()
	inc := incident.New("i-round")
	for n, l := range append([]string{`0 {"do":"incident.declare","id":"inc","title":"Trouble"`}, lines...) {
		var at int
		var body string
		if _, err := fmt.Sscanf(l, "%d", &at); err != nil {
			t.Fatal(err)
		}
		_, body, _ = strings.Cut(l, " ")
		r, err := record.DecodeLine([]byte(fmt.Sprintf(`%s,"by":"Ana","at":"2026-11-22T02:%02d:00Z"}`, body, at)))
		if err != nil {
			t.Fatal(err)
		}
		if r.ID == "" {
			r.ID = fmt.Sprintf("x%d", n)
		}
		r.Incident, r.Stamp = "i-round", record.Stamp{Clock: record.ClockAt(r.At), Line: uint64(n + 1)}
		inc.Add(r)
	}
	s := inc.At(time.Date(2026, 11, 22, 2, minute, 0, 0, time.UTC))
	r := s.Round()
	var out []string
	if r.Checkin != nil {
		out = append(out, r.Checkin.Label)
	}
	for _, a := range r.Asked {
		says := a.Person + a.Since.Format(" since :04")
		for _, th := range a.Threads {
			says += " " + th.Label
		}
		for _, x := range a.Actions {
			says += " " + x.Label
		}
		if a.Answer != nil {
			says += " answered"
		}
		out = append(out, says)
	}
	return strings.Join(out, "; ")
}

func TestARoundAsksWhoeverOwnsWhatGoesOnLongestSilenceFirst(t *testing.T) {
	team := []string{
		`1 {"do":"thread.open","id":"t1","label":"T1","title":"one","owner":"Bo"`,
		`2 {"do":"thread.open","id":"t2","label":"T2","title":"two","owner":"Cy"`,
		`3 {"do":"thread.open","id":"t3","label":"T3","title":"three","owner":"Cy"`,
		`3 {"do":"thread.open","id":"t4","label":"T4","title":"nobody's"`,
		`3 {"do":"thread.open","id":"t5","label":"T5","title":"parked","owner":"Di"`,
		`3 {"do":"thread.change","thread":"t5","state":"parked"`,
		`4 {"do":"action.add","id":"a1","label":"A1","text":"run","owner":"Ed","state":"in_progress"`,
		`4 {"do":"action.add","id":"a2","label":"A2","text":"later","owner":"Fay"`,
		`5 {"do":"note.add","id":"n1","thread":"t1","person":"Bo","text":"a word"`,
		`6 {"do":"note.add","id":"n2","thread":"t2","person":"Cy","text":"a word"`,
	}
	for _, c := range []struct {
		at    int
		lines []string
		want  string
	}{
		{10, nil, "Cy since :03 T3 T2; Ed since :04 A1; Bo since :05 T1"},
		// What is said in the round leaves its order as it was.
		{12, []string{
			`10 {"do":"checkin.open","id":"r1","label":"R1","minutes":3`,
			`11 {"do":"checkin.answer","checkin":"r1","person":"Cy","thread":"t3","seeing":"calm"`,
			`11 {"do":"note.add","id":"n3","thread":"t1","person":"Bo","text":"more"`,
		}, "R1; Cy since :03 T3 T2 answered; Ed since :04 A1; Bo since :05 T1"},
		// Who answered stays, though what they owned has ended.
		{13, []string{
			`10 {"do":"checkin.open","id":"r1","label":"R1"`,
			`11 {"do":"checkin.answer","checkin":"r1","person":"Bo","thread":"t1"`,
			`12 {"do":"thread.change","thread":"t1","state":"done"`,
		}, "R1; Cy since :03 T3 T2; Ed since :04 A1; Bo since :10 answered"},
		// One that is closed is over; so is one that nobody closed, after a quarter of an hour.
		{13, []string{`10 {"do":"checkin.open","id":"r1","label":"R1"`, `11 {"do":"checkin.close","checkin":"r1"`},
			"Cy since :03 T3 T2; Ed since :04 A1; Bo since :05 T1"},
		{25, []string{`10 {"do":"checkin.open","id":"r1","label":"R1","minutes":3`},
			"Cy since :03 T3 T2; Ed since :04 A1; Bo since :05 T1"},
		{25, []string{`10 {"do":"checkin.open","id":"r1","label":"R1","minutes":20`},
			"R1; Cy since :03 T3 T2; Ed since :04 A1; Bo since :05 T1"},
	} {
		if got := roundAt(t, c.at, append(team, c.lines...)...); got != c.want {
			t.Errorf("at :%02d\ngot  %s\nwant %s", c.at, got, c.want)
		}
	}
}
