package incident

import "slices"

// Weakest returns the way from a thing down to what gives it its footing: over
// the weakest member of its strongest set, and so on, to the last that is weak
// by itself; both ends included. It is empty where the footing is firm, or
// nobody said what the thing rests on. Of members as weak the first claim
// counts, since a claim can be tested.
func (s *State) Weakest(t Thing) []Ref {
	st := s.standing
	id := t.Meta().ID
	at := slices.IndexFunc(st.grounds, func(g *ground) bool { return g.id == id })
	if at < 0 {
		return nil
	}
	var way []int
	for at != missing && !slices.Contains(way, at) {
		way = append(way, at)
		if len(way) > 1 && st.holds[at].best == st.strength(at, st.footing) {
			break // weak by itself, whatever is under it
		}
		at = st.weakestUnder(at)
	}
	if len(way) < 2 {
		return nil
	}
	out := make([]Ref, len(way))
	for n, i := range way {
		out[n] = s.grounded[i].Meta().Ref
	}
	return out
}

// weakestUnder returns the member by which a thing has its footing, missing
// where there is none.
func (s *standing) weakestUnder(i int) int {
	footing := s.footing[i]
	if footing == Unrecorded || footing == Firm {
		return missing
	}
	found := missing
	for _, set := range s.sets[i] {
		if s.weakest(set, s.footing) != footing {
			continue
		}
		for _, m := range set {
			if m == missing || s.strength(m, s.footing) != footing {
				continue
			}
			if _, ok := s.grounds[m].thing.(*claim); ok {
				return m
			}
			if found == missing {
				found = m
			}
		}
	}
	return found
}
