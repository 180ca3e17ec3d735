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
	return s.affected(st, st.blast(from))
}

// A blast is what a refutation would hit, as places among the grounds.
type blast struct {
	hit     []int // in the order of what can still be stopped
	after   []Footing
	parents []int
}

// blast takes a claim as refuted and looks whose footing gets worse.
func (s *standing) blast(from int) blast {
	then := *s
	then.refuted = from
	b := blast{after: then.settle()}
	hit := make([]bool, len(s.grounds))
	for i := range s.grounds {
		if i != from && b.after[i] < s.footing[i] && !s.moot(i) {
			hit[i] = true
			b.hit = append(b.hit, i)
		}
	}
	b.parents = s.paths(from, hit)
	slices.SortStableFunc(b.hit, func(i, j int) int { return s.urgency(i) - s.urgency(j) })
	return b
}

// affected names what a blast hit among some of the grounds.
func (s *State) affected(st *standing, b blast) []Affected {
	out := make([]Affected, 0, len(b.hit))
	for _, i := range b.hit {
		out = append(out, Affected{
			Thing: s.grounded[st.grounds[i].slot], Now: st.footing[i], IfRefuted: b.after[i], Path: s.path(st, b.parents, i),
		})
	}
	return out
}

// moot reports whether nobody had to mind a thing's footing any more: it was
// reversed, superseded, dropped, refuted or withdrawn.
func (s *standing) moot(i int) bool {
	switch t := s.grounds[i].thing.(type) {
	case *decision:
		state := t.stateAt(s.order)
		return state == Reversed || state == Superseded
	case *claim:
		return s.judged[i].state.fallen()
	case *action:
		return t.stateAt(s.order) == Dropped
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
		slices.Sort(next) // places are given in the order of making
		for _, d := range next {
			if hit[d] && parent[d] == missing {
				parent[d] = at
				queue = append(queue, d)
			}
		}
	}
	return parent
}

func (s *State) path(st *standing, parents []int, to int) []Ref {
	var path []Ref
	for at := to; at != missing; at = parents[at] {
		path = append(path, s.grounded[st.grounds[at].slot].Meta().Ref)
	}
	slices.Reverse(path)
	return path
}

// urgency orders things by what could still be stopped.
func (s *standing) urgency(i int) int {
	switch t := s.grounds[i].thing.(type) {
	case *action:
		switch t.stateAt(s.order) {
		case InProgress, Blocked:
			return 0
		case ActionDone, Failed, Dropped:
			return 6
		default:
			return 3
		}
	case *update:
		return 1
	case *decision:
		if t.stateAt(s.order) == DecisionProposed {
			return 3
		}
		return 2
	case *claim:
		return 4
	default:
		return 5
	}
}
