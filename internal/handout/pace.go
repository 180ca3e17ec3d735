package handout

import (
	"maps"
	"slices"
	"time"
)

// A pace says when the brief of an incident is to be written: at once where it
// was not for a while, else when that while is over; never later, and never
// not at all.
type pace struct {
	every   time.Duration
	waiting map[string]bool      // changed since they were written
	wrote   map[string]time.Time // when they were last
}

func (p *pace) changed(id string) { p.waiting[id] = true }

func (p *pace) written(id string, at time.Time) {
	delete(p.waiting, id)
	p.wrote[id] = at
}

// due lists what is to be written now.
func (p *pace) due(now time.Time) []string {
	var due []string
	for _, id := range p.rest() {
		if p.wait(id, now) == 0 {
			due = append(due, id)
		}
	}
	return due
}

// rest lists what is to be written, now or later.
func (p *pace) rest() []string { return slices.Sorted(maps.Keys(p.waiting)) }

// next is how long it is until something is to be written.
func (p *pace) next(now time.Time) time.Duration {
	next := p.every
	for id := range p.waiting {
		next = min(next, p.wait(id, now))
	}
	return next
}

// wait is how long an incident has to wait; a clock that was set back makes no
// wait longer than the pace.
func (p *pace) wait(id string, now time.Time) time.Duration {
	wrote, ok := p.wrote[id]
	if !ok {
		return 0
	}
	return min(p.every, max(0, p.every-now.Sub(wrote)))
}
