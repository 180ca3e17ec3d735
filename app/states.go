package app

import (
	"sync"
	"time"

	"bearings/internal/incident"
)

// states keeps the states that were computed last, one of the present and one
// of the past: the calls of one screen come together, and ask for the same.
type states struct {
	mu        sync.Mutex // held while a state is computed, so that who comes second finds it
	now, past held
}

// A held state is that of an incident with so many records, at a moment.
type held struct {
	incident string
	records  int
	moment   time.Time
	state    *incident.State
}

func (h *held) is(id string, records int, moment time.Time, within time.Duration) bool {
	apart := moment.Sub(h.moment)
	return h.state != nil && h.incident == id && h.records == records && apart >= 0 && apart <= within
}

const (
	sameScreen = time.Second // ages and dues are shown to the second
	sameWords  = time.Minute // where only names and labels are asked for
)

// state computes an incident as it stands now, or as it was known at asOf, in
// milliseconds since 1970. What is yet to come is now.
func (a *App) state(id string, asOf int64) (*incident.State, error) {
	return a.stateWithin(id, asOf, sameScreen)
}

// namesAt is the state where nothing is asked for that changes with time: it
// has all records, and may be some seconds old.
func (a *App) namesAt(id string, asOf int64) (*incident.State, error) {
	return a.stateWithin(id, asOf, sameWords)
}

func (a *App) stateWithin(id string, asOf int64, within time.Duration) (*incident.State, error) {
	a.states.mu.Lock()
	defer a.states.mu.Unlock()
	moment, kept := a.now(), &a.states.now
	past := isPast(asOf, moment)
	if past {
		moment, kept, within = time.UnixMilli(asOf), &a.states.past, 0
	}
	var s *incident.State
	err := a.read(id, func(inc *incident.Incident) error {
		records := inc.Len()
		if kept.is(id, records, moment, within) {
			s = kept.state
			return nil
		}
		if past {
			s = inc.AsOf(moment).At(moment)
		} else {
			s = inc.At(moment)
		}
		*kept = held{incident: id, records: records, moment: moment, state: s}
		return nil
	})
	return s, err
}

// isPast reports whether asOf asks for the past.
func isPast(asOf int64, now time.Time) bool { return asOf > 0 && asOf < now.UnixMilli() }

// forget lets go of the states of an incident that changed: a record that
// came late may take the place of another, and leave their number as it was.
func (s *states) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range []*held{&s.now, &s.past} {
		if h.incident == id {
			*h = held{}
		}
	}
}
