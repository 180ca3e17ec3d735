package incident_test

import (
	"slices"
	"time"
)

// What the model says of dues and debts.

// Last word of a thread: its opening, a note, or a check-in answer in it; the
// newest by the time at which it happened, the later record of two at one time.
func lastWord(thread *item) rec {
	last := thread.words[0]
	for _, w := range thread.words {
		if !w.At.Before(last.At) {
			last = w
		}
	}
	return last
}

// Overdue: a due set once, and no word since it was set, by that time; a
// rhythm, and the last word older than it. "Since" is by record order, and a
// late word clears it too. What has ended is never overdue.
func (v *view) overdue(thread *item) bool {
	last := lastWord(thread)
	switch {
	case v.ended(thread):
		return false
	case thread.rhythm > 0:
		return v.now.Sub(last.At) > thread.rhythm
	case thread.due.IsZero():
		return false
	}
	spoken := slices.ContainsFunc(thread.words, func(w rec) bool { return w.n > thread.dueSet.n })
	return v.now.After(thread.due) && !spoken
}

// The time-box of an action runs from its first in progress, else from its
// making.
func (v *view) actionDue(action *item) time.Time {
	if t := action.time("due"); !t.IsZero() {
		return t
	}
	box := action.minutes("minutes")
	if box == 0 {
		return time.Time{}
	}
	if !action.started.IsZero() {
		return action.started.Add(box)
	}
	return action.At.Add(box)
}

// A command decision may be made with no why: owed from then on, and due at the
// first of: status monitoring (or later), 30 minutes after it was recorded, a
// handover opened. A proposed one owes nothing.
func (v *view) owed(decision *item) (due time.Time, owed bool) {
	if decision.str("mode") != "command" || decision.why != "" || decision.state == "proposed" {
		return time.Time{}, false
	}
	due = decision.Recorded.Add(30 * time.Minute)
	earlier := func(t time.Time) {
		if t.Before(due) {
			due = t
		}
	}
	for _, r := range v.statuses {
		if r.n > decision.n && calm(r.str("status")) && !calm(v.m.view(r.n).status) {
			earlier(r.Recorded)
		}
	}
	if calm(v.m.view(decision.n).status) {
		earlier(decision.Recorded)
	}
	for _, r := range v.opened {
		if r.n > decision.n {
			earlier(r.Recorded)
		}
	}
	return due, true
}

// calm says whether a status is monitoring or later.
func calm(status string) bool {
	return slices.Contains([]string{"monitoring", "resolved", "closed"}, status)
}

// newest says whether an update is the last one to its audience.
func (v *view) newest(update *item) bool {
	return !slices.ContainsFunc(v.of("update"), func(later *item) bool {
		return later.n > update.n && later.str("audience") == update.str("audience")
	})
}
