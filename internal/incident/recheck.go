package incident

import (
	"slices"
	"time"
)

// maxRecheck is how many claims the re-check queue holds: what a tired team
// can look at.
const maxRecheck = 5

// reviewEvery is how far apart two reviews begin.
const reviewEvery = 15 * time.Minute

// A Review is what of the re-check queue is to be looked at now. A tired team
// looks at five claims in a quarter of an hour, and not twice at one.
type Review struct {
	Claims  []*Claim  // at most 5, load first
	Waiting int       // claims that wait for the next review
	Next    time.Time // when that may begin; zero where nothing waits
}

// review takes the re-checks of the last quarter of an hour out of what the
// queue may ask for.
func (s *State) review(f *fold) Review {
	type look struct {
		at    time.Time
		claim string
	}
	var looks []look
	for _, c := range f.claims.made {
		for _, w := range c.words {
			if w.verdict == "recheck" && w.holds(newest) {
				looks = append(looks, look{w.Recorded, c.Claim.ID})
			}
		}
	}
	slices.SortStableFunc(looks, func(a, b look) int { return a.at.Compare(b.at) })
	var began time.Time
	seen := map[string]bool{} // in the review that goes on
	for _, l := range looks {
		if l.at.Sub(began) >= reviewEvery {
			began = l.at
			clear(seen)
		}
		seen[l.claim] = true
	}
	if s.Now.Sub(began) >= reviewEvery {
		return Review{Claims: s.Recheck}
	}
	var r Review
	for _, c := range s.Recheck {
		if seen[c.ID] || len(seen)+len(r.Claims) >= maxRecheck {
			r.Waiting, r.Next = r.Waiting+1, began.Add(reviewEvery)
			continue
		}
		r.Claims = append(r.Claims, c)
	}
	return r
}

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
