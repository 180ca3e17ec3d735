package incident

// A standing is how a group of grounds stands as of one record: what each
// rests on, what the records say of each claim, and the footing that follows.
type standing struct {
	order   int
	grounds []*ground
	index   func(*ground) (int, bool)
	sets    [][][]int // of each ground: its basis sets, as places in grounds; missing for what is not there
	judged  []judgement
	holds   []hold
	under   [][]int // of each ground: those that rest on it
	footing []Footing
	refuted int // a claim taken as refuted whatever the records say, -1 for none
}

// missing is the place of something that is not there (yet): nobody has
// spoken for it, so it is assumed.
const missing = -1

// standAll returns how everything stands now.
func (f *fold) standAll() *standing {
	return f.standAt(newest, f.grounds, func(g *ground) (int, bool) { return g.slot, true })
}

// standAt returns how some grounds stood as of an order, as if there were no
// others.
func (f *fold) standAt(order int, grounds []*ground, index func(*ground) (int, bool)) *standing {
	s := &standing{
		order: order, grounds: grounds, index: index, refuted: missing,
		sets:   make([][][]int, len(grounds)),
		judged: make([]judgement, len(grounds)),
		holds:  make([]hold, len(grounds)),
		under:  make([][]int, len(grounds)),
	}
	for i, g := range grounds {
		if g.made.order > order {
			continue
		}
		if c, ok := g.thing.(*claim); ok {
			s.judged[i] = c.judgeAt(order)
		}
		s.holds[i] = g.holdAt(order, s.judged[i])
		for _, set := range g.setsAt(order) {
			s.sets[i] = append(s.sets[i], s.places(f, set))
		}
	}
	for i, sets := range s.sets {
		for _, set := range sets {
			for _, m := range set {
				if m != missing {
					s.under[m] = append(s.under[m], i)
				}
			}
		}
	}
	s.footing = s.settle()
	return s
}

func (s *standing) places(f *fold, set []string) []int {
	out := make([]int, len(set))
	for n, id := range set {
		out[n] = missing
		g, ok := f.groundOf[id]
		if !ok || g.made.order > s.order {
			continue
		}
		if i, ok := s.index(g); ok {
			out[n] = i
		}
	}
	return out
}

// settle computes the footings: the least fixed point, from fallen up, so
// that a circle cannot hold itself up.
func (s *standing) settle() []Footing {
	footing := make([]Footing, len(s.grounds))
	queued := make([]bool, len(s.grounds))
	var queue []int
	for i := range s.grounds {
		if len(s.sets[i]) > 0 {
			footing[i] = Fallen
			queue = append(queue, i)
			queued[i] = true
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		queued[i] = false
		best := s.strongest(i, footing)
		if best <= footing[i] {
			continue
		}
		footing[i] = best
		for _, d := range s.under[i] {
			if !queued[d] {
				queued[d] = true
				queue = append(queue, d)
			}
		}
	}
	return footing
}

func (s *standing) strongest(i int, footing []Footing) Footing {
	best := Fallen
	for _, set := range s.sets[i] {
		best = max(best, s.weakest(set, footing))
	}
	return best
}

// weakest returns the footing of a set: that of its weakest member.
func (s *standing) weakest(set []int, footing []Footing) Footing {
	worst := Firm
	for _, m := range set {
		worst = min(worst, s.strength(m, footing))
	}
	return worst
}

// strength returns how well a member of a set holds.
func (s *standing) strength(m int, footing []Footing) Footing {
	switch m {
	case missing:
		return Assumed
	case s.refuted:
		return Fallen
	}
	return s.holds[m].with(footing[m])
}

// A hold says how well a thing holds up others.
type hold struct {
	best Footing // at most
	bare Footing // where its own footing counts and it has none
	own  bool    // its own footing counts, where that is worse
}

func (h hold) with(own Footing) Footing {
	switch {
	case !h.own:
		return h.best
	case own == Unrecorded:
		return h.bare
	default:
		return min(h.best, own)
	}
}

// holdAt returns how well a thing holds as of an order; j is what the records
// say of it by then, if it is a claim.
func (g *ground) holdAt(order int, j judgement) hold {
	switch t := g.thing.(type) {
	case *evidence:
		switch {
		case !t.liveAt(order):
			return hold{best: Fallen}
		case t.stanceAt(order).talk:
			return hold{best: Assumed}
		default:
			return hold{best: Firm}
		}
	case *claim:
		switch j.state {
		case Refuted, Withdrawn:
			return hold{best: Fallen}
		case Verified, Supported:
			return hold{best: Firm}
		case ClaimDisputed:
			return hold{best: Disputed, bare: Disputed, own: true}
		default:
			return hold{best: Assumed, bare: Assumed, own: true}
		}
	case *decision:
		switch t.stateAt(order) {
		case Reversed, Superseded:
			return hold{best: Fallen}
		default:
			return hold{best: Firm, bare: Assumed, own: true}
		}
	default:
		return hold{best: Assumed} // nothing else can be rested on
	}
}

// circular finds what rests only on itself: fallen things that lie on a
// circle and would stand if it could hold.
func (s *standing) circular() []bool {
	stands := s.wouldStand()
	next := make([][]int, len(s.grounds)) // what a thing rests on by a set that would stand
	for i := range s.grounds {
		if !stands[i] {
			continue
		}
		for _, set := range s.sets[i] {
			if !s.setWouldStand(set, stands) {
				continue
			}
			for _, m := range set {
				if m != missing && stands[m] {
					next[i] = append(next[i], m)
				}
			}
		}
	}
	return onCircle(next)
}

// wouldStand marks the fallen things that would not be fallen if every circle
// held itself up: the greatest fixed point, less the least.
func (s *standing) wouldStand() []bool {
	stands := make([]bool, len(s.grounds))
	var queue []int
	for i, f := range s.footing {
		if f == Fallen {
			stands[i] = true
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if !stands[i] || s.anySetWouldStand(i, stands) {
			continue
		}
		stands[i] = false
		queue = append(queue, s.under[i]...)
	}
	return stands
}

func (s *standing) anySetWouldStand(i int, stands []bool) bool {
	for _, set := range s.sets[i] {
		if s.setWouldStand(set, stands) {
			return true
		}
	}
	return false
}

func (s *standing) setWouldStand(set []int, stands []bool) bool {
	for _, m := range set {
		if m == missing {
			continue
		}
		if stands[m] {
			// A member on its own circle counts as if its footing held.
			if s.holds[m].with(Firm) == Fallen {
				return false
			}
			continue
		}
		if s.strength(m, s.footing) == Fallen {
			return false
		}
	}
	return true
}

// onCircle marks the nodes of a graph that lie on a circle (Tarjan's
// strongly connected components, without recursion).
func onCircle(next [][]int) []bool {
	n := len(next)
	on := make([]bool, n)
	index, low := make([]int, n), make([]int, n)
	stacked := make([]bool, n)
	var stack []int
	count := 0
	type frame struct{ node, edge int }
	for root := range next {
		if index[root] != 0 || len(next[root]) == 0 {
			continue
		}
		frames := []frame{{root, 0}}
		for len(frames) > 0 {
			top := &frames[len(frames)-1]
			v := top.node
			if top.edge == 0 {
				count++
				index[v], low[v] = count, count
				stack = append(stack, v)
				stacked[v] = true
			}
			if top.edge < len(next[v]) {
				w := next[v][top.edge]
				top.edge++
				switch {
				case w == v:
					on[v] = true
				case index[w] == 0:
					frames = append(frames, frame{w, 0})
				case stacked[w]:
					low[v] = min(low[v], index[w])
				}
				continue
			}
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				p := frames[len(frames)-1].node
				low[p] = min(low[p], low[v])
			}
			if low[v] != index[v] {
				continue
			}
			for size := 0; ; size++ {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				stacked[w] = false
				if w == v {
					on[v] = on[v] || size > 0
					break
				}
				on[w] = true
			}
		}
	}
	return on
}
