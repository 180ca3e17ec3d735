package incident

import "slices"

// An Affected is one thing that would lose footing if a claim were refuted.
type Affected struct {
	Thing     Thing
	Now       Footing
	IfRefuted Footing
	Path      []Ref // from the claim to the thing, both included
}

// Blast returns everything whose footing would get worse were the claim
// refuted, in the order of what can still be stopped: actions under way,
// updates, decisions in force, what is only proposed or assigned, claims,
// threads, actions that are over; within these by record order.
func (s *State) Blast(c *Claim) []Affected {
	st := s.standing
	from := slices.IndexFunc(st.grounds, func(g *ground) bool { return g.id == c.ID })
	if from < 0 {
		return nil
	}
	then := *st
	then.refuted = from
	after := then.settle()
	hit := make([]bool, len(st.grounds))
	for i := range st.grounds {
		hit[i] = i != from && after[i] < st.footing[i] && !moot(s.grounded[i])
	}
	parents := st.paths(from, hit)
	var out []Affected
	for i := range st.grounds {
		if hit[i] {
			out = append(out, Affected{
				Thing: s.grounded[i], Now: st.footing[i], IfRefuted: after[i], Path: s.path(parents, i),
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Affected) int { return urgency(a.Thing) - urgency(b.Thing) })
	return out
}

// moot reports whether nobody has to mind a thing's footing any more: it was
// reversed, superseded, dropped, refuted or withdrawn.
func moot(t Thing) bool {
	switch t := t.(type) {
	case *Decision, *Claim:
		return t.HasEnded()
	case *Action:
		return t.State == Dropped
	default:
		return false
	}
}

// paths finds the shortest ways from a claim over the things that are hit.
// Of two as short, the one counts whose first differing thing was made
// earlier: breadth first, in the order of making, finds just that. The slice
// holds each thing's predecessor, missing where it was not reached.
func (s *standing) paths(from int, hit []bool) []int {
	parent := make([]int, len(s.grounds))
	for i := range parent {
		parent[i] = missing
	}
	queue := []int{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		next := slices.Clone(s.under[at])
		slices.Sort(next) // slots are given in the order of making
		for _, d := range next {
			if hit[d] && parent[d] == missing {
				parent[d] = at
				queue = append(queue, d)
			}
		}
	}
	return parent
}

func (s *State) path(parents []int, to int) []Ref {
	var path []Ref
	for at := to; at != missing; at = parents[at] {
		path = append(path, s.grounded[at].Meta().Ref)
	}
	slices.Reverse(path)
	return path
}

// urgency orders things by what can still be stopped.
func urgency(t Thing) int {
	switch t := t.(type) {
	case *Action:
		switch {
		case t.UnderWay():
			return 0
		case t.HasEnded():
			return 6
		default:
			return 3
		}
	case *Update:
		return 1
	case *Decision:
		if t.State == DecisionProposed {
			return 3
		}
		return 2
	case *Claim:
		return 4
	default:
		return 5
	}
}
