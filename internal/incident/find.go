package incident

import (
	"cmp"
	"slices"
	"strings"
)

// An index finds the things of a state. It is made when something is first
// looked for: a brief of a long incident looks for nothing.
type index struct {
	things map[string]Thing  // by id
	labels map[string]string // id by label
}

func (s *State) index() *index {
	s.indexed.Do(func() {
		s.found = index{things: map[string]Thing{}, labels: map[string]string{}}
		s.found.add(s.grounded)
		addAll(&s.found, s.Notes)
		addAll(&s.found, s.Checkins)
		addAll(&s.found, s.Donts)
		addAll(&s.found, s.Tripwires)
		addAll(&s.found, s.Questions)
		addAll(&s.found, s.Criteria)
	})
	return &s.found
}

func (x *index) add(things []Thing) {
	for _, t := range things {
		m := t.Meta()
		x.things[m.ID] = t
		if m.Label != "" {
			x.labels[m.Label] = m.ID
		}
	}
}

func addAll[T Thing](x *index, things []T) {
	for _, t := range things {
		x.add([]Thing{t})
	}
}

// Find returns the thing of a display label or an id, and whether there is
// one. A label that two devices gave finds the first of the two.
func (s *State) Find(ref string) (Thing, bool) {
	if t, ok := s.ground(ref); ok {
		return t, true
	}
	x := s.index()
	if t, ok := x.things[ref]; ok {
		return t, true
	}
	if id, ok := x.labels[ref]; ok {
		return x.things[id], true
	}
	if owners := s.names.shared[ref]; len(owners) > 0 {
		t, ok := x.things[owners[0].ID]
		return t, ok
	}
	return nil, false
}

// ground returns the thing of an id, if it can rest on others or be rested
// on: the fold knows those without an index.
func (s *State) ground(id string) (Thing, bool) {
	s.incident.mu.RLock()
	defer s.incident.mu.RUnlock()
	g, ok := s.fold.groundOf[id]
	if !ok || g.slot >= len(s.grounded) {
		return nil, false
	}
	return s.grounded[g.slot], true
}

// Both returns every thing that a label was given to: two, where two devices
// gave it at once.
func (s *State) Both(label string) []Thing {
	owners := s.names.shared[label]
	if len(owners) == 0 {
		if t, ok := s.Find(label); ok {
			return []Thing{t}
		}
		return nil
	}
	var out []Thing
	for _, e := range owners {
		if t, ok := s.index().things[e.ID]; ok && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Labelled returns the things whose label begins with a letter, in the order
// of their numbers.
func (s *State) Labelled(letter string) []Thing {
	x := s.index()
	var out []Thing
	for l, id := range x.labels {
		if strings.HasPrefix(l, letter) {
			out = append(out, x.things[id])
		}
	}
	slices.SortFunc(out, func(a, b Thing) int {
		_, m := splitLabel(strings.TrimRight(a.Meta().Label, lower))
		_, n := splitLabel(strings.TrimRight(b.Meta().Label, lower))
		return cmp.Or(cmp.Compare(m, n), strings.Compare(a.Meta().Label, b.Meta().Label))
	})
	return out
}

const lower = "abcdefghijklmnopqrstuvwxyz"
