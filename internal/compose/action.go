package compose

import (
	"bearings/internal/incident"
)

func (w *Writer) addAction(l *line) (*Draft, *Problem) {
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	due := l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	tests := l.refs("tests", incident.KindClaim)
	box := l.duration()
	text := l.rest()
	if text == "" {
		return nil, missing("The action needs its text.", "/a @who 10m what to do")
	}
	if len(tests) > 1 {
		return nil, problem("An action tests one claim.", "Add one more for the other: "+tests[1].Label)
	}
	tested := ""
	for _, c := range tests {
		tested = c.ID
	}
	if t, ok := w.about(); ok && len(on) == 0 && t.Meta().Kind == incident.KindDecision {
		on = []incident.Ref{t.Meta().Ref}
	}
	thread, label := w.thread()
	says := "Action"
	if l.bang {
		says = "Action that is hard to reverse"
	}
	return draft(with(says, " on ", label, " for ", owner, ", resting on ", labels(on), ", to test ", labels(tests), ", within ", span(box), ", by ", w.clock(due)), "action.add",
		"text", text, "owner", owner, "thread", thread, "minutes", int(box.Minutes()), "due", stamp(due),
		"irreversible", l.bang, "rests_on", ids(on), "tests", tested), nil
}

func actionState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		a, p := l.need("action", "Name it first: A3", incident.KindAction)
		if p != nil {
			return nil, p
		}
		return changeAction(a, state, l), nil
	}
}

func changeAction(a incident.Thing, state string, l *line) *Draft {
	result, why := "", l.rest()
	if state == "done" || state == "failed" {
		result, why = why, ""
	}
	return draft(a.Meta().Label+": "+plain(state), "action.change", "action", a.Meta().ID, "state", state, "result", result, "why", why)
}
