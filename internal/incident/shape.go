package incident

import (
	"slices"
	"strconv"
	"time"
)

// A Shape is a change of the incident's shape, after which beliefs want a
// second look.
type Shape struct {
	Ref
	At   time.Time
	What string // "severity raised to SEV1", "impact wider", "lead changed to Mara", "team grew to 6"
}

// A shapeEvent is a change of shape, and the record that made it.
type shapeEvent struct {
	*entry
	what string
}

// growthWindow is how close together people must come for the team to have
// grown; growthFrom is how many there must be then.
const (
	growthWindow = 15 * time.Minute
	growthFrom   = 4
	growthBy     = 3
)

// shapeChanges lists the changes of shape in record order: severity raised,
// impact wider, lead changed or released, the team grown.
func (f *fold) shapeChanges() []shapeEvent {
	plain := slices.Concat(f.situation.shapes, f.roles.shapes)
	slices.SortStableFunc(plain, func(a, b shapeEvent) int { return a.order - b.order })

	var out []shapeEvent
	here := map[*person]bool{}
	came := map[*person]time.Time{} // recorded time, of who is here and came since the last change
	next := 0
	for _, p := range f.people.events {
		for next < len(plain) && plain[next].order < p.order {
			out = append(out, plain[next])
			clear(came)
			next++
		}
		switch {
		case !f.counts(p.person):
		case !p.came:
			delete(here, p.person)
			delete(came, p.person)
		default:
			here[p.person], came[p.person] = true, p.Recorded
			if grown(len(here), came, p.Recorded) {
				out = append(out, shapeEvent{p.entry, "team grew to " + strconv.Itoa(len(here))})
				clear(came)
			}
		}
	}
	return append(out, plain[next:]...)
}

// counts reports whether somebody is of the team: apps, and who is an
// observer now, are not.
func (f *fold) counts(p *person) bool { return !p.App && !f.roles.holds(roleObserver, p.Name) }

// grown reports whether a team of now people, of whom some came at the given
// times, has grown enough within the window before at.
func grown(now int, came map[*person]time.Time, at time.Time) bool {
	fresh := 0
	for _, t := range came {
		if !t.After(at) && !t.Before(at.Add(-growthWindow)) {
			fresh++
		}
	}
	before := now - fresh
	return now >= growthFrom && (fresh >= growthBy || before > 0 && now >= 2*before)
}
