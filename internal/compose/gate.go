package compose

import (
	"slices"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// A Gate stands before the start of an action that is hard to reverse and
// whose footing is below firm. Whoever records the line has to show it first.
// The line that goes on names the weak link as it stands now, so that nobody
// passes who has not seen it, by whatever way.
type Gate struct {
	Action *incident.Action
	Way    []incident.Ref // from the action down to its weakest link, both included; empty where nobody said what it rests on
	Weak   string         // what is weak, in words: "C4 is disputed"
	Test   string         // the cheapest test of that claim; empty where none is named
	GoOn   string         // the line that starts it all the same
}

// Words are what a line has to say to pass.
func (g *Gate) Words() string { return "although " + g.Weak }

// start starts an action. With the words of the gate it goes on through that,
// and this is a decision, which rests on what the action rests on.
func (w *Writer) start(l *line) (*Draft, *Problem) {
	t, p := l.need("action", "Name it first: A3", incident.KindAction)
	if p != nil {
		return nil, p
	}
	a := t.(*incident.Action)
	gate := w.gate(a)
	if gate == nil {
		return changeAction(a, "in_progress", l), nil
	}
	passed := l.says(gate.Words())
	why := l.rest()
	gate.GoOn = with("/start "+a.Label+" "+gate.Words(), ": ", why)
	d := changeAction(a, "in_progress", l)
	if !passed {
		d.Gate, d.Says = gate, "Ask first: "+a.Label+" is hard to reverse, and "+gate.Weak
		return d, nil
	}
	decided := act("decision.make", "text", "Start "+a.Label+", which is hard to reverse, although "+gate.Weak,
		"mode", "command", "why", why, "thread", a.Thread, "irreversible", true, "rests_on", restingOn(a))
	d.Records = append([]*record.Record{decided}, d.Records...)
	d.Says = "Decide to start " + a.Label + " although " + gate.Weak
	return d, nil
}

// says takes out a sentence, and reports whether it was there.
func (l *line) says(sentence string) bool {
	want := strings.Fields(sentence)
	for from := range l.words {
		if to := from + len(want); to <= len(l.words) && slices.EqualFunc(l.words[from:to], want, sameWord) {
			l.take(from, to)
			return true
		}
	}
	return false
}

// sameWord compares a word as it was typed with one of ours.
func sameWord(typed, word string) bool {
	typed = strings.ReplaceAll(strings.TrimRight(bare(typed), ",.:;"), "'", "’")
	return strings.EqualFold(typed, word)
}

// gate returns what is to be seen before an action starts, nil where it may
// just start. An action of which nobody said what it rests on is not firm,
// unless somebody said that it rests on nothing.
func (w *Writer) gate(a *incident.Action) *Gate {
	firm := a.Footing == incident.Firm || a.Footing == incident.Unrecorded && a.Nothing != ""
	if !a.Irreversible || firm || a.State == incident.InProgress {
		return nil
	}
	g := &Gate{Action: a, Way: w.State.Weakest(a)}
	if len(g.Way) == 0 {
		g.Weak = "nobody said what it rests on"
		if a.Circular {
			g.Weak = "it rests only on itself"
		}
		return g
	}
	link, ok := w.State.Find(g.Way[len(g.Way)-1].ID)
	if !ok {
		g.Weak = "its footing is " + a.Footing.String()
		return g
	}
	g.Weak = weakness(link)
	if c, ok := link.(*incident.Claim); ok {
		g.Test = c.Test
	}
	return g
}

// weakness says how a thing is weak by itself.
func weakness(t incident.Thing) string {
	label := t.Meta().Label
	switch t := t.(type) {
	case *incident.Claim:
		switch {
		case t.HasEnded(), t.State == incident.ClaimDisputed:
			return label + " is " + t.Word()
		case t.Circular:
			return label + " rests only on itself"
		}
		return label + " is only assumed"
	case *incident.Evidence:
		if t.Struck {
			return label + " was struck"
		}
		return label + " is somebody’s word"
	default:
		if t.HasEnded() {
			return label + " was " + t.Word()
		}
		return "nobody said what " + label + " rests on"
	}
}

// restingOn is the set that holds an action up.
func restingOn(a *incident.Action) []string {
	for _, set := range a.Sets {
		if set.Footing == a.Footing {
			return ids(set.On)
		}
	}
	return nil
}
