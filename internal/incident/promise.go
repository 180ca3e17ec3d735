package incident

import (
	"slices"
	"time"
)

// A Promise is something with a time to come.
type Promise struct {
	At    time.Time
	About Ref
	Text  string
	Who   string
}

// promised lists everything with a time to come, soonest first.
func (s *State) promised() []Promise {
	var out []Promise
	add := func(at time.Time, about Ref, who, text string) {
		if at.After(s.Now) {
			out = append(out, Promise{At: at, About: about, Text: text, Who: who})
		}
	}
	for _, t := range s.Threads {
		if !t.HasEnded() {
			add(t.Due, t.Ref, t.Owner, t.Title)
		}
	}
	for _, a := range s.Actions {
		if !a.HasEnded() {
			add(a.Due, a.Ref, a.Owner, a.Text)
		}
	}
	for _, d := range s.Decisions {
		if d.State == DecisionProposed {
			add(d.ByWhen, d.Ref, d.Person, d.Text)
		}
	}
	for _, u := range s.Updates {
		if u.Newest {
			add(u.NextDue, u.Ref, firstOf(u.NextBy, u.Person), "Next update: "+u.Audience)
		}
	}
	for _, t := range s.Tripwires {
		if !t.HasEnded() {
			add(t.ByWhen, t.Ref, t.Owner, t.Name())
		}
	}
	for _, c := range s.Checkins {
		if !c.HasEnded() {
			add(c.Due, c.Ref, c.Person, "Check-in answers")
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int { return a.At.Compare(b.At) })
	return out
}
