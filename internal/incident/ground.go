package incident

import "slices"

// Basis is what a thing rests on and how well that stands now.
type Basis struct {
	Sets     []BasisSet // any one of which holds the thing up
	Footing  Footing
	Circular bool   // rests only on itself, and would stand if that could hold
	Nothing  string // who said that it rests on nothing, while it has no set; its footing stays unrecorded
}

// Shaky reports whether the footing is disputed or fallen.
func (b Basis) Shaky() bool { return b.Footing == Disputed || b.Footing == Fallen }

// A BasisSet is a list of claims, evidence and decisions that must all stand.
type BasisSet struct {
	On      []Ref
	Footing Footing // of its weakest member
}

// A ground is a thing's place in what rests on what. Claims, decisions,
// actions, updates and threads rest on sets of claims, evidence and decisions.
type ground struct {
	made    *entry // nil while only referred to
	kind    Kind
	thing   any // the *claim, *evidence, *decision, *action, *update or *thread
	slot    int // its place in fold.grounds
	id      string
	basis   []basisEvent // in record order
	history []int        // orders of the records that may have changed its own strength
}

// A basisEvent is a set put under a thing, or taken away.
type basisEvent struct {
	order int
	drop  bool
	set   []string // sorted
}

// stand gives a thing that was just made its place among the grounds.
func (f *fold) stand(g *ground, e *entry, kind Kind, thing any) {
	if g.made != nil {
		return
	}
	g.made, g.kind, g.thing, g.id, g.slot = e, kind, thing, e.ID, len(f.grounds)
	f.grounds = append(f.grounds, g)
	f.groundOf[e.ID] = g
	for _, ev := range f.waitingBasis[e.ID] {
		g.basis = append(g.basis, ev)
		g.history = append(g.history, ev.order)
	}
	delete(f.waitingBasis, e.ID)
}

// thereAt reports whether the thing was made by an order.
func (g *ground) thereAt(order int) bool { return g.made != nil && g.made.order <= order }

// rest puts a set under a thing. An empty set is no set.
func (g *ground) rest(e *entry, on []string) {
	if len(on) > 0 {
		g.basis = append(g.basis, basisEvent{order: e.order, set: normalSet(on)})
		g.history = append(g.history, e.order)
	}
}

func normalSet(on []string) []string {
	set := slices.Clone(on)
	slices.Sort(set)
	return slices.Compact(set)
}

// setsAt returns the sets under a thing as of an order. Two equal sets are
// one.
func (g *ground) setsAt(order int) [][]string {
	var sets [][]string
	for _, ev := range g.basis {
		if ev.order > order {
			continue
		}
		same := func(set []string) bool { return slices.Equal(set, ev.set) }
		switch {
		case ev.drop:
			sets = slices.DeleteFunc(sets, same)
		case !slices.ContainsFunc(sets, same):
			sets = append(sets, ev.set)
		}
	}
	return sets
}

// basisAdd puts one basis set more under a thing. One of nothing is no set: it
// says that somebody looked, and found nothing that the thing rests on.
type basisAdd struct {
	Of string   `field:"of,required"`
	On []string `field:"on"`
	unruled
}

var restingKinds = []Kind{KindClaim, KindDecision, KindAction, KindUpdate, KindThread}

func (b *basisAdd) refs() []reference {
	return append([]reference{{b.Of, restingKinds}}, groundRefs(b.On)...)
}

func (b *basisAdd) apply(f *fold, e *entry, _ bool) {
	if len(b.On) == 0 {
		f.onNothing[b.Of] = e.Person
		return
	}
	delete(f.onNothing, b.Of)
	f.addBasis(b.Of, basisEvent{order: e.order, set: normalSet(b.On)})
}

func (f *fold) addBasis(of string, ev basisEvent) {
	g, ok := f.groundOf[of]
	if !ok {
		if f.waitingBasis == nil {
			f.waitingBasis = map[string][]basisEvent{}
		}
		f.waitingBasis[of] = append(f.waitingBasis[of], ev)
		return
	}
	g.basis = append(g.basis, ev)
	g.history = append(g.history, ev.order)
}

func (b *basisAdd) line(n *names, e *entry) (Ref, string) {
	if len(b.On) == 0 {
		return n.ref(b.Of), n.named(b.Of) + " rests on nothing"
	}
	return n.ref(b.Of), n.named(b.Of) + " rests on " + n.namedAll(b.On)
}

// basisDrop takes a set away.
type basisDrop struct {
	Of string   `field:"of,required"`
	On []string `field:"on"`
}

func (b *basisDrop) refs() []reference {
	return append([]reference{{b.Of, restingKinds}}, groundRefs(b.On)...)
}

func (b *basisDrop) check(f *fold, _ *entry) *Error {
	if f.onNothing[b.Of] != "" && len(b.On) == 0 {
		return nil
	}
	set := normalSet(b.On)
	same := func(s []string) bool { return slices.Equal(s, set) }
	if g, ok := f.groundOf[b.Of]; ok && slices.ContainsFunc(g.setsAt(newest), same) {
		return nil
	}
	return forbidden("name all that the set holds", "%s has no such basis set", b.Of)
}

func (b *basisDrop) apply(f *fold, e *entry, allowed bool) {
	switch {
	case !allowed:
	case len(b.On) == 0:
		delete(f.onNothing, b.Of)
	default:
		f.addBasis(b.Of, basisEvent{order: e.order, drop: true, set: normalSet(b.On)})
	}
}

func (b *basisDrop) line(n *names, e *entry) (Ref, string) {
	if len(b.On) == 0 {
		return n.ref(b.Of), n.named(b.Of) + " may rest on something"
	}
	return n.ref(b.Of), n.named(b.Of) + " no longer rests on " + n.namedAll(b.On)
}
