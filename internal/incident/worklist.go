package incident

import (
	"slices"
	"time"
)

// A Worklist is what a claim that fell, refuted or withdrawn, leaves to be
// done: everything that it brought down, just as the blast radius said
// beforehand, and what became of each since.
//
// Nothing of it is recorded as such. A thing is worked through when, since the
// claim fell, it has ended; its footing is better than the fall left it; it was
// kept by a note that says so; its owner was asked; a claim was judged anew; an
// update was corrected. A thread that has ended needs nothing more; an action
// that was over before still does, since its effect stays.
type Worklist struct {
	Claim *Claim
	Since time.Time // when the claim fell
	Items []Loss    // in the order of what could still be stopped then
	Done  int       // how many are worked through
}

// A Loss is a thing that was brought down. Now is its footing before.
type Loss struct {
	Affected
	Settled Settled
	Said    string // the sentence, or the question
	By      string
	At      time.Time
}

// Settled says how a thing was worked through.
type Settled string

// The ways in which a thing is worked through.
const (
	Open      Settled = ""
	Ended     Settled = "ended"
	Regained  Settled = "regained"  // its footing is better again
	Kept      Settled = "kept"      // by a sentence
	Asked     Settled = "asked"     // its owner was
	Rejudged  Settled = "rejudged"  // a claim
	Corrected Settled = "corrected" // an update
)

// A settling is what somebody said of a thing whose basis fell.
type settling struct {
	order int
	kept  *note
	asked *question
}

func (f *fold) settle(id string, s settling) {
	if f.settled == nil {
		f.settled = map[string][]settling{}
	}
	f.settled[id] = append(f.settled[id], s)
}

// stands reports whether nobody took it back.
func (s settling) stands() bool {
	if s.kept != nil {
		return !s.kept.Struck
	}
	return !s.asked.takenBack
}

// A fall is a claim that fell, and what it brought down.
type fall struct {
	claim *claim
	at    *entry
	then  *standing // just before, of what has to do with the claim
	blast blast
}

// falls finds the claims that are refuted or withdrawn and brought something
// down, newest first.
func (f *fold) falls(now *standing) []fall {
	var out []fall
	var on map[*ground][]*ground
	for _, c := range f.claims.made {
		if !now.judged[c.slot].state.fallen() {
			continue
		}
		if on == nil {
			on = f.everResting()
		}
		if len(on[&c.ground]) == 0 {
			continue
		}
		at := f.fellAt(c)
		then := f.around(c, on, at.order-1)
		place := slices.Index(then.grounds, &c.ground)
		if place < 0 {
			continue // it fell as it was made, before anything could rest on it
		}
		if b := then.blast(place); len(b.hit) > 0 {
			out = append(out, fall{c, at, then, b})
		}
	}
	slices.SortStableFunc(out, func(a, b fall) int { return b.at.order - a.at.order })
	return out
}

// fellAt returns the record since which a claim has been refuted or withdrawn
// without a break.
func (f *fold) fellAt(c *claim) *entry {
	orders := slices.Clone(c.history)
	for _, l := range c.links {
		if l.evidence.ground.made != nil {
			orders = append(orders, l.evidence.ground.made.order)
		}
	}
	slices.Sort(orders)
	since := f.records - 1
	for _, order := range slices.Backward(slices.Compact(orders)) {
		if !c.judgeAt(order).state.fallen() {
			break
		}
		since = order
	}
	return f.entries[since]
}

// everResting lists what ever named each thing in a basis set.
func (f *fold) everResting() map[*ground][]*ground {
	on := map[*ground][]*ground{}
	for _, g := range f.grounds {
		for _, ev := range g.basis {
			for _, id := range ev.set {
				if m, ok := f.groundOf[id]; ok && !ev.drop && !slices.Contains(on[m], g) {
					on[m] = append(on[m], g)
				}
			}
		}
	}
	return on
}

// around returns how a claim stood as of an order, with everything that ever
// rested on it and what that rests on.
func (f *fold) around(c *claim, on map[*ground][]*ground, order int) *standing {
	seen := map[*ground]bool{}
	all := []*ground{}
	reach := func(g *ground) {
		if !seen[g] && g.thereAt(order) {
			seen[g] = true
			all = append(all, g)
		}
	}
	reach(&c.ground)
	for n := 0; n < len(all); n++ {
		for _, g := range on[all[n]] {
			reach(g)
		}
	}
	for n := 0; n < len(all); n++ {
		for _, set := range all[n].setsAt(order) {
			for _, id := range set {
				if m, ok := f.groundOf[id]; ok {
					reach(m)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b *ground) int { return a.slot - b.slot })
	place := make(map[*ground]int, len(all))
	for i, g := range all {
		place[g] = i
	}
	return f.standAt(order, all, func(g *ground) (int, bool) { i, ok := place[g]; return i, ok })
}

// Worklist returns what a claim that fell left to be done, nil where it has
// not fallen or brought nothing down.
func (s *State) Worklist(c *Claim) *Worklist {
	for _, w := range s.Worklists {
		if w.Claim == c {
			return w
		}
	}
	return nil
}

func (s *State) worklist(f fall) *Worklist {
	w := &Worklist{Claim: s.grounded[f.claim.slot].(*Claim), Since: f.at.At}
	for n, a := range s.affected(f.then, f.blast) {
		item := Loss{Affected: a}
		s.settle(&item, f, f.then.grounds[f.blast.hit[n]])
		if item.Settled != Open {
			w.Done++
		}
		w.Items = append(w.Items, item)
	}
	return w
}

// settle finds how a thing was worked through since a claim fell.
func (s *State) settle(item *Loss, f fall, g *ground) {
	since := f.at.order
	switch t := g.thing.(type) {
	case *action:
		if a := item.Thing.(*Action); a.HasEnded() && !ended(t.stateAt(since)) {
			item.Settled, item.Said, item.At = Ended, firstOf(a.Result, a.Why), a.Changed
			return
		}
	case *decision:
		if d := item.Thing.(*Decision); d.HasEnded() {
			item.Settled, item.Said, item.By, item.At = Ended, d.ChangeWhy, d.ChangedBy, d.Changed
			return
		}
	case *thread:
		if t.HasEnded() {
			item.Settled, item.Said, item.By, item.At = Ended, t.Why, t.ChangedBy, t.Changed
			return
		}
	case *update:
		if by, ok := s.fold.groundOf[t.Corrected.ID]; ok && by.made.order > since {
			u := s.grounded[by.slot].(*Update)
			item.Settled, item.Said, item.By, item.At = Corrected, u.Text, u.Person, u.At
			return
		}
	case *claim:
		c := item.Thing.(*Claim)
		if c.HasEnded() {
			item.Settled, item.Said, item.By, item.At = Ended, c.Why, c.TurnedBy, c.Turned
			return
		}
		if at := t.judgedAt(s.standing.judged[g.slot]); at.order > since {
			item.Settled, item.By, item.At = Rejudged, at.Person, at.At
			return
		}
	}
	if s.standing.footing[g.slot] > item.IfRefuted {
		item.Settled = Regained
		return
	}
	s.settleByWord(item, g.id, since)
}

// settleByWord looks for the newest word that says what becomes of a thing.
func (s *State) settleByWord(item *Loss, id string, since int) {
	for _, word := range slices.Backward(s.fold.settled[id]) {
		switch {
		case word.order <= since || !word.stands():
		case word.kept != nil:
			item.Settled, item.Said, item.By, item.At = Kept, word.kept.Text, word.kept.Person, word.kept.At
			return
		default:
			item.Settled, item.Said, item.By, item.At = Asked, word.asked.Text, word.asked.Person, word.asked.At
			return
		}
	}
}

func ended(s ActionState) bool { return s == ActionDone || s == Failed || s == Dropped }
