package compose

import (
	"cmp"

	"bearings/internal/incident"
)

var threadKinds = []string{"investigate", "mitigate", "comms", "recover", "support"}

func (w *Writer) openThread(l *line) (*Draft, *Problem) {
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	kind := l.word(threadKinds...)
	once := l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	rhythm := l.duration()
	title := l.rest()
	if title == "" {
		return nil, missing("The thread needs a title.", "/t mitigate Title @owner 15m")
	}
	due := stamp(once)
	if rhythm > 0 {
		due = span(rhythm)
	}
	return draft(with("Open a thread", " for ", owner, ", on ", labels(on), ", a word every ", span(rhythm), ", a word by ", w.clock(once)), "thread.open",
		"title", title, "kind", kind, "owner", owner, "due", due, "rests_on", ids(on)), nil
}

func (w *Writer) done(l *line) (*Draft, *Problem) {
	t, p := l.need("action or thread", "/done A3 result, or /done T2 why", incident.KindAction, incident.KindThread, incident.KindCriterion)
	if p != nil {
		return nil, p
	}
	switch t.Meta().Kind {
	case incident.KindAction:
		return changeAction(t, "done", l), nil
	case incident.KindCriterion:
		return draft("Tick off: "+t.Name(), "criterion.tick", "criterion", t.Meta().ID), nil
	default:
		return changeThread(t, "done", l), nil
	}
}

func threadState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		t, p := l.need("thread", "Name it first: T2", incident.KindThread)
		if p != nil {
			return nil, p
		}
		return changeThread(t, state, l), nil
	}
}

func changeThread(t incident.Thing, state string, l *line) *Draft {
	return draft(t.Meta().Label+": "+plain(state), "thread.change", "thread", t.Meta().ID, "state", state, "why", l.rest())
}

func (w *Writer) wait(l *line) (*Draft, *Problem) {
	t, p := l.need("thread", "/wait T2 on whom", incident.KindThread)
	if p != nil {
		return nil, p
	}
	l.word("on", "for")
	if l.rest() == "" {
		return nil, problem("On whom does "+t.Meta().Label+" wait?", "/wait "+t.Meta().Label+" on whom")
	}
	return draft(t.Meta().Label+" waits on "+l.rest(), "thread.change", "thread", t.Meta().ID, "state", "waiting", "waiting_on", l.rest()), nil
}

func (w *Writer) own(l *line) (*Draft, *Problem) {
	t, p := l.need("thread or action", "/owner T2 @who", incident.KindThread, incident.KindAction)
	if p != nil {
		return nil, p
	}
	who, p := l.person()
	if p != nil {
		return nil, p
	}
	who = cmp.Or(who, l.name(0))
	if who == "" && l.rest() != "-" {
		return nil, problem("Who owns "+t.Meta().Label+" now?", "/owner "+t.Meta().Label+" @who, or - for nobody")
	}
	return giveTo(t, who), nil
}

func giveTo(t incident.Thing, who string) *Draft {
	var owner any = who
	says := t.Meta().Label + " is " + who + "'s"
	if who == "" {
		owner, says = cleared{}, t.Meta().Label+" is nobody's"
	}
	if t.Meta().Kind == incident.KindAction {
		return draft(says, "action.change", "action", t.Meta().ID, "owner", owner)
	}
	return draft(says, "thread.change", "thread", t.Meta().ID, "owner", owner)
}

func (w *Writer) takeIt(l *line) (*Draft, *Problem) {
	t, p := l.need("thread or action", "/take T2", incident.KindThread, incident.KindAction)
	if p != nil {
		return nil, p
	}
	return giveTo(t, w.Place.Me), nil
}

func (w *Writer) due(l *line) (*Draft, *Problem) {
	t, p := l.need("thread", "/due T2 15m, or /due T2 by 03:50", incident.KindThread)
	if p != nil {
		return nil, p
	}
	rhythm, once := l.duration(), l.moment("by")
	var due any = stamp(once)
	says := t.Meta().Label + ": next word by " + once.In(w.zone()).Format("15:04")
	switch {
	case rhythm > 0:
		due, says = span(rhythm), t.Meta().Label+": a word every "+span(rhythm)
	case !once.IsZero():
	case l.rest() == "-":
		due, says = cleared{}, t.Meta().Label+": nothing due"
	default:
		return nil, problem("When is the next word due?", "/due "+t.Meta().Label+" 15m, or by 03:50, or - for never")
	}
	return draft(says, "thread.change", "thread", t.Meta().ID, "due", due), nil
}

func (w *Writer) rename(l *line) (*Draft, *Problem) {
	t, p := l.need("thread, claim or decision", "/rename T2 new title", incident.KindThread, incident.KindClaim, incident.KindDecision)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The new words are missing.", "/rename "+t.Meta().Label+" new title")
	}
	m := t.Meta()
	switch m.Kind {
	case incident.KindClaim:
		return draft("Reword "+m.Label, "claim.change", "claim", m.ID, "text", l.rest()), nil
	case incident.KindDecision:
		return draft("Reword "+m.Label, "decision.change", "decision", m.ID, "text", l.rest()), nil
	default:
		return draft("Rename "+m.Label, "thread.change", "thread", m.ID, "title", l.rest()), nil
	}
}

func (w *Writer) kind(l *line) (*Draft, *Problem) {
	const usage = "/kind T2 investigate, mitigate, comms, recover or support"
	t, p := l.need("thread", usage, incident.KindThread)
	if p != nil {
		return nil, p
	}
	kind := l.word(threadKinds...)
	if kind == "" {
		return nil, problem("What kind of work is "+t.Meta().Label+"?", usage)
	}
	return draft(t.Meta().Label+": "+kind, "thread.change", "thread", t.Meta().ID, "kind", kind, "why", l.rest()), nil
}
