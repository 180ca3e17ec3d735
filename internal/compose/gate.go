package compose

import (
	"bearings/internal/incident"
	"bearings/internal/record"
)

// A Gate stands before the start of an action that is hard to reverse and
// whose footing is below firm. Whoever records the line has to show it first;
// the line that goes on is another one, so that no way of starting passes by.
type Gate struct {
	Action *incident.Action
	Way    []incident.Ref // from the action down to its weakest link, both included; empty where nobody said what it rests on
	Weak   string         // what is weak, in words: "C4 is disputed"
	Test   string         // the cheapest test of that claim; empty where none is named
	GoOn   string         // the line that starts it all the same
}

// start starts an action. With the bang it goes on through the gate, and that
// is a decision, which rests on what the action rests on.
func (w *Writer) start(l *line) (*Draft, *Problem) {
	t, p := l.need("action", "Name it first: A3", incident.KindAction)
	if p != nil {
		return nil, p
	}
	a := t.(*incident.Action)
	why := l.rest()
	gate := w.gate(a, why)
	d := changeAction(a, "in_progress", l)
	switch {
	case gate == nil:
		return d, nil
	case !l.bang:
		d.Gate = gate
		return d, nil
	}
	decided := act("decision.make", "text", "Start "+a.Label+", which is hard to reverse, although "+gate.Weak,
		"mode", "command", "why", why, "thread", a.Thread, "irreversible", true, "rests_on", restingOn(a))
	d.Records = append([]*record.Record{decided}, d.Records...)
	d.Says = "Decide to start " + a.Label + " although " + gate.Weak
	return d, nil
}

// gate returns what is to be seen before an action starts, nil where it may
// just start. An action of which nobody said what it rests on is not firm,
// unless somebody said that it rests on nothing.
func (w *Writer) gate(a *incident.Action, why string) *Gate {
	firm := a.Footing == incident.Firm || a.Footing == incident.Unrecorded && a.Nothing != ""
	if !a.Irreversible || firm || a.State == incident.InProgress {
		return nil
	}
	g := &Gate{Action: a, Way: w.State.Weakest(a), GoOn: with("/start! "+a.Label, " ", why)}
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
