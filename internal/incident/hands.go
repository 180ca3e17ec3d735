package incident

import (
	"cmp"
	"slices"
)

// Hands are the people whose work rests on one claim.
type Hands struct {
	Claim  *Claim
	People []string // who, sorted
	Of     int      // how many people have work at all
}

const (
	eggsFrom = 3 // people at work, below which everybody on one theory says nothing
	eggsOf   = 2.0 / 3
)

// Hands counts, for every claim that has not ended, the people whose work
// rests on it, directly or through decisions and other claims: who own a
// thread that is active, or an action that is assigned or under way; an
// action also rests on what its thread rests on. To test a claim is not to
// rest on it. Most people first; then by load, then in record order.
func (s *State) Hands() []Hands {
	work := s.work()
	slot := make(map[string]int, len(s.grounded))
	for i, t := range s.grounded {
		slot[t.Meta().ID] = i
	}
	on := map[int][]string{}
	for who, things := range work {
		for i := range s.standing.beneath(slot, things) {
			if s.standing.grounds[i].kind == KindClaim {
				on[i] = append(on[i], who)
			}
		}
	}
	var out []Hands
	for _, c := range s.Claims {
		if people := on[slot[c.ID]]; len(people) > 0 && !c.HasEnded() {
			slices.Sort(people)
			out = append(out, Hands{c, people, len(work)})
		}
	}
	slices.SortStableFunc(out, func(a, b Hands) int {
		return cmp.Or(cmp.Compare(len(b.People), len(a.People)), cmp.Compare(b.Claim.Load, a.Claim.Load))
	})
	return out
}

// AllEggs is the claim that is no more than believed and that most of the
// people at work lean on: two thirds of at least three. Nil where the work is
// spread.
func (s *State) AllEggs() *Hands {
	for _, h := range s.Hands() {
		if h.Of < eggsFrom || float64(len(h.People)) < eggsOf*float64(h.Of) {
			return nil
		}
		if h.Claim.State != Verified {
			return &h
		}
	}
	return nil
}

// work lists the ids of what everybody who is here has in hand, and of the
// threads that this is in.
func (s *State) work() map[string][]string {
	here := map[string]bool{}
	for _, r := range s.Responders {
		here[r.Name] = r.State != "left" && !r.App && !slices.Contains(r.Roles, roleObserver)
	}
	work := map[string][]string{}
	for _, t := range s.Threads {
		if t.State == Active && here[t.Owner] {
			work[t.Owner] = append(work[t.Owner], t.ID)
		}
	}
	for _, a := range s.Actions {
		if (a.State == Assigned || a.UnderWay()) && here[a.Owner] {
			work[a.Owner] = append(work[a.Owner], a.ID, a.Thread)
		}
	}
	return work
}

// beneath is the set of what some things rest on, directly or through others.
func (s *standing) beneath(slot map[string]int, ids []string) map[int]bool {
	seen := map[int]bool{}
	var queue []int
	for _, id := range ids {
		if i, ok := slot[id]; ok {
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, set := range s.sets[at] {
			for _, m := range set {
				if m != missing && !seen[m] {
					seen[m] = true
					queue = append(queue, m)
				}
			}
		}
	}
	return seen
}
