package incident

import (
	"cmp"
	"slices"
	"time"
)

// A Round is the check-in round that goes on, or the one that could begin:
// who is asked, and in which order.
type Round struct {
	Checkin *Checkin      // nil where none goes on
	Asked   []ActiveOwner // longest silence first, as it was when the round began
}

// An ActiveOwner is who is asked: somebody who owns a thread that goes on, or an
// action that is under way.
type ActiveOwner struct {
	Person  string
	Threads []*Thread // longest silence first
	Actions []*Action
	Last    Word      // the newest word of what they own, before the round; its time is zero where there is none
	Since   time.Time // the oldest last word of what they own, before the round
	Answer  *Answer   // the newest in the round; nil where there is none
}

// roundRuns is how long a round that nobody closed counts as going on.
const roundRuns = 15 * time.Minute

// Round returns the round that goes on, or who would be asked in one that
// begins now. One that nobody closed goes on for 15 minutes, or for as long
// as its answers may take.
func (s *State) Round() Round {
	var r Round
	at := s.Now
	if n := len(s.Checkins); n > 0 {
		last := s.Checkins[n-1]
		runs := max(roundRuns, time.Duration(last.Minutes)*time.Minute)
		if last.Closed.IsZero() && s.Now.Before(last.At.Add(runs)) {
			r.Checkin, at = last, last.At
		}
	}
	r.Asked = s.asked(r.Checkin, at)
	return r
}

// Heard counts those who answered.
func (r *Round) Heard() int {
	n := 0
	for _, a := range r.Asked {
		if a.Answer != nil {
			n++
		}
	}
	return n
}

// asked lists the active owners, and who answered before they gave away what
// they owned.
func (s *State) asked(round *Checkin, at time.Time) []ActiveOwner {
	var order []string
	by := map[string]*ActiveOwner{}
	get := func(name string) *ActiveOwner {
		if by[name] == nil {
			by[name] = &ActiveOwner{Person: name}
			order = append(order, name)
		}
		return by[name]
	}
	for _, t := range s.Threads {
		if t.Owner != "" && (t.State == Active || t.State == Waiting) {
			a := get(t.Owner)
			a.Threads = append(a.Threads, t)
		}
	}
	for _, t := range s.Actions {
		if t.Owner != "" && t.State == InProgress {
			a := get(t.Owner)
			a.Actions = append(a.Actions, t)
		}
	}
	answers := map[string]bool{}
	if round != nil {
		for i := range round.Answers {
			answers[round.Answers[i].ID] = true
			get(round.Answers[i].Person).Answer = &round.Answers[i]
		}
	}
	out := make([]ActiveOwner, 0, len(order))
	for _, name := range order {
		a := by[name]
		a.silence(at, answers)
		out = append(out, *a)
	}
	slices.SortStableFunc(out, func(a, b ActiveOwner) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Person, b.Person))
	})
	return out
}

// silence finds how long nothing was heard of what somebody owns. What is
// said in the round leaves the order of the round as it is.
func (a *ActiveOwner) silence(at time.Time, answers map[string]bool) {
	last := map[string]time.Time{}
	heard := func(id string, w Word) {
		last[id] = w.At
		if !w.At.Before(a.Last.At) {
			a.Last = w
		}
		if a.Since.IsZero() || w.At.Before(a.Since) {
			a.Since = w.At
		}
	}
	for _, t := range a.Threads {
		before := Thread{}
		for _, w := range t.Story {
			if !w.Struck && !answers[w.ID] && !w.At.After(at) {
				before.Story, before.Last = append(before.Story, w), w
			}
		}
		if len(before.Story) > 0 {
			told := before.Told()
			told.At = before.Last.At
			heard(t.ID, told)
		}
	}
	for _, t := range a.Actions {
		if !t.Changed.After(at) {
			heard(t.ID, Word{Ref: t.Ref, By: t.Owner, At: t.Changed})
		}
	}
	if a.Since.IsZero() {
		a.Since = at
	}
	slices.SortStableFunc(a.Threads, func(x, y *Thread) int { return last[x.ID].Compare(last[y.ID]) })
}
