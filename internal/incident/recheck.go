package incident

import "slices"

// maxRecheck is how many claims the re-check queue holds: what a tired team
// can look at.
const maxRecheck = 5

// wantsRecheck reports whether a claim deserves a second look: the incident
// changed shape since it was judged and it bears load or has no proof; its
// text was changed since; or, having proof of its own, its basis is fallen
// and something under it changed strength since.
func (f *fold) wantsRecheck(c *claim, j judgement, load int, footing Footing, shapes []shapeEvent) bool {
	judged := c.judgedAt(j).order
	if n := len(shapes); n > 0 && shapes[n-1].order > judged && (load > 0 || !j.proven()) {
		return true
	}
	if c.textChanged > judged {
		return true
	}
	return j.proven() && footing == Fallen && f.shiftedUnder(c, judged)
}

// proven reports whether there is proof, on either side.
func (j judgement) proven() bool { return len(j.proofFor)+len(j.proofAgainst) > 0 }

// shiftedUnder reports whether something that a claim rests on, directly or
// through others, changed its strength after a record. What was made later
// is held against its strength when it was made.
func (f *fold) shiftedUnder(c *claim, since int) bool {
	now := f.below(c, func(g *ground) [][]string { return g.setsAt(newest) })
	ever := f.below(c, func(g *ground) [][]string {
		var sets [][]string
		for _, ev := range g.basis {
			sets = append(sets, ev.set)
		}
		return sets
	})
	place := map[*ground]int{}
	orders := []int{since}
	for i, g := range ever {
		place[g] = i
		for _, at := range append([]int{g.made.order}, g.history...) {
			if at > since {
				orders = append(orders, at)
			}
		}
	}
	slices.Sort(orders)
	index := func(g *ground) (int, bool) { i, ok := place[g]; return i, ok }
	first := map[*ground]Footing{}
	for _, order := range slices.Compact(orders) {
		s := f.standAt(order, ever, index)
		for _, g := range now {
			if g.made.order > order {
				continue
			}
			strength := s.strength(place[g], s.footing)
			was, ok := first[g]
			if ok && was != strength {
				return true
			}
			first[g] = strength
		}
	}
	return false
}

// below lists what a claim rests on, directly or through others.
func (f *fold) below(c *claim, setsOf func(*ground) [][]string) []*ground {
	seen := map[*ground]bool{}
	queue := []*ground{&c.ground}
	var out []*ground
	for len(queue) > 0 {
		g := queue[0]
		queue = queue[1:]
		for _, set := range setsOf(g) {
			for _, id := range set {
				m, ok := f.groundOf[id]
				if !ok || seen[m] {
					continue
				}
				seen[m] = true
				out = append(out, m)
				queue = append(queue, m)
			}
		}
	}
	return out
}
