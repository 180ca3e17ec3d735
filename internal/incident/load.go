package incident

// loads computes what rests on each claim: the sum, over everything else
// that has not ended and rests on it, directly or through others (ended ones
// too), of its weight, each counted once; and how many things those are.
func (s *standing) loads() (load, count []int) {
	weight := make([]int, len(s.grounds))
	for i := range s.grounds {
		weight[i] = s.weight(i)
	}
	load, count = make([]int, len(s.grounds)), make([]int, len(s.grounds))
	seen := make([]int, len(s.grounds)) // the claim (from 1) that last reached it
	var queue []int
	for i, g := range s.grounds {
		if g.kind != KindClaim || len(s.under[i]) == 0 {
			continue
		}
		seen[i] = i + 1
		queue = append(queue[:0], i)
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, d := range s.under[at] {
				if seen[d] == i+1 {
					continue
				}
				seen[d] = i + 1
				load[i] += weight[d]
				count[i] += min(weight[d], 1)
				queue = append(queue, d)
			}
		}
	}
	return load, count
}

// weight is 3 for what is under way or hard to reverse, 2 for what was said
// to people outside, 1 for the rest, 0 for what has ended.
func (s *standing) weight(i int) int {
	switch t := s.grounds[i].thing.(type) {
	case *action:
		return weigh(t.HasEnded(), t.UnderWay() || t.Irreversible)
	case *decision:
		return weigh(t.HasEnded(), t.Irreversible)
	case *update:
		return 2
	case *claim:
		return weigh(s.judged[i].state.fallen(), false)
	case *thread:
		return weigh(t.HasEnded(), false)
	default:
		return 0
	}
}

func weigh(ended, heavy bool) int {
	switch {
	case ended:
		return 0
	case heavy:
		return 3
	default:
		return 1
	}
}
