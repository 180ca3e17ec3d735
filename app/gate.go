package app

import (
	"bearings/internal/compose"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// codeGate is the code of a line that has to be seen before it is recorded:
// [Composer.Gate] says what.
const codeGate = "gate"

// A GateView is what is to be seen before an action starts that is hard to
// reverse and not on firm ground.
type GateView struct {
	Action  Chip   `json:"action"`
	Footing string `json:"footing"`
	Weak    string `json:"weak"` // "C4 is disputed"
	Way     string `json:"way"`  // "A3 rests on D2, which rests on C4"; empty where nobody said
	Link    Chip   `json:"link"` // the weakest; empty where nobody said
	Test    string `json:"test"` // the cheapest of it; empty where none is named
	GoOn    string `json:"goOn"` // the line that starts it all the same, and records that as a decision
}

// Gate says what is to be seen before a line is recorded that Send refused.
func (c *Composer) Gate(id, about, text string) (*GateView, error) {
	return call(c.app, "Composer.Gate", func() (*GateView, error) {
		w, err := c.app.writer(id, about)
		if err != nil {
			return nil, err
		}
		draft, problem := w.Read(text)
		if problem != nil || draft == nil || draft.Gate == nil {
			return nil, notFound(text)
		}
		return gateOf(w.State, draft.Gate), nil
	})
}

func gateOf(s *incident.State, g *compose.Gate) *GateView {
	v := &GateView{Action: chipOf(g.Action), Footing: g.Action.Footing.String(), Weak: g.Weak, Test: g.Test, GoOn: g.GoOn}
	if n := len(g.Way); n > 0 {
		v.Link = chip(s, g.Way[n-1])
		v.Way = g.Action.Label + " " + wayOf(reversed(g.Way))
	}
	return v
}

func reversed(refs []incident.Ref) []incident.Ref {
	out := make([]incident.Ref, 0, len(refs))
	for n := len(refs) - 1; n >= 0; n-- {
		out = append(out, refs[n])
	}
	return out
}

// gated refuses a draft that has to be seen first.
func gated(d *compose.Draft) error {
	if d.Gate == nil {
		return nil
	}
	return &Error{
		Code: codeGate, Message: d.Gate.Action.Label + " is hard to reverse, and " + d.Gate.Weak + ".",
		Hint: "Nothing was started. To start it all the same, add: " + d.Gate.Words() + ".",
	}
}

// unseenStart refuses records that start an action which would have to be seen
// first if its line were typed now.
func unseenStart(w *compose.Writer, acts []*record.Record) error {
	for _, r := range acts {
		if r.Do != "action.change" || text(r, "state") != "in_progress" {
			continue
		}
		a, ok := w.State.Find(text(r, "action"))
		if !ok {
			continue
		}
		line := "/start " + a.Meta().Label
		draft, problem := w.Read(line)
		if problem != nil {
			continue
		}
		if err := gated(draft); err != nil {
			return &Error{Code: codeGate, Message: asError(err).Message, Hint: "It was not brought back. Type " + line + " to see what it stands on."}
		}
	}
	return nil
}
