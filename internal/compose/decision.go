package compose

import (
	"bearings/internal/incident"
)

func (w *Writer) decide(l *line) (*Draft, *Problem) {
	why, when := l.field("why"), l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	text := l.rest()
	if text == "" {
		return nil, missing("The decision needs its text.", "/d what is decided, on C4 why: …")
	}
	mode, state, says := "", "", "Decide"
	switch {
	case l.bang:
		mode, says = "command", "Decide, on my word"
	case l.ask:
		state, says = "proposed", "Propose"
	}
	if t, ok := w.about(); ok && len(on) == 0 && t.Meta().Kind == incident.KindClaim {
		on = []incident.Ref{t.Meta().Ref}
	}
	thread, label := w.thread()
	return draft(with(says, " on ", label, ", resting on ", labels(on)), "decision.make",
		"text", text, "mode", mode, "state", state, "why", why, "thread", thread,
		"by_when", stamp(when), "rests_on", ids(on)), nil
}

func (w *Writer) why(l *line) (*Draft, *Problem) {
	d, p := l.need("decision", "/why D3 the reason", incident.KindDecision)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The reason is missing.", "/why "+d.Meta().Label+" the reason")
	}
	return draft("Why "+d.Meta().Label, "decision.change", "decision", d.Meta().ID, "why", l.rest()), nil
}

func (w *Writer) object(l *line) (*Draft, *Problem) {
	d, p := l.need("decision", "/object D4 why", incident.KindDecision)
	if p != nil {
		return nil, p
	}
	return draft("Object to "+d.Meta().Label, "decision.object", "decision", d.Meta().ID, "why", l.rest()), nil
}

func decisionState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		d, p := l.need("decision", "Name it first: D4", incident.KindDecision)
		if p != nil {
			return nil, p
		}
		return draft(d.Meta().Label+": "+plain(state), "decision.change", "decision", d.Meta().ID, "state", state, "why", l.rest()), nil
	}
}
