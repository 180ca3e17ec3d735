package incident

import "time"

// A Criterion is one thing that must hold before the incident is over.
type Criterion struct {
	Made
	Text      string
	Ticked    time.Time
	TakenBack bool
}

type criterion struct {
	Criterion
	ticks sequel[time.Time]
	ends  sequel[bool] // that it counts no more
}

// criterionAdd is one thing that must hold before the incident is over.
type criterionAdd struct {
	Text string `field:"text,required"`
	unruled
}

func (b *criterionAdd) apply(f *fold, e *entry, _ bool) {
	c := f.criteria.make(e.ID)
	c.Made, c.Text = made(e, KindCriterion), b.Text
}

func (b *criterionAdd) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "Done when: " + b.Text
}

// criterionTick ticks it off, or takes it back where it undoes its adding.
type criterionTick struct {
	Criterion string `field:"criterion,required"`
	unruled
}

func (b *criterionTick) refs() []reference { return refs(KindCriterion, b.Criterion) }

func (b *criterionTick) apply(f *fold, e *entry, _ bool) {
	c := f.criteria.get(b.Criterion)
	if _, first, _ := takesBack(f.byID, e); b.ends(first) {
		c.ends.say(e, true)
	} else {
		c.ticks.say(e, e.At)
	}
	c.tell()
}

func (b *criterionTick) retract(f *fold, e *entry, _ int) {
	c := f.criteria.get(b.Criterion)
	c.ends.unsay(e)
	c.ticks.unsay(e)
	c.tell()
}

func (c *criterion) tell() { c.Ticked, c.TakenBack = c.ticks.last(), c.ends.last() }

// ends reports whether the criterion itself is taken back, rather than ticked.
func (b *criterionTick) ends(e *entry) bool { return Undoes(e.Record) == b.Criterion }

func (b *criterionTick) line(n *names, e *entry) (Ref, string) {
	_, first, back := takesBack(n.byID, e)
	switch {
	case !b.ends(first):
		return n.ref(b.Criterion), n.turned(e, "Ticked off: "+n.named(b.Criterion))
	case back:
		return n.ref(b.Criterion), "Brought back: " + n.named(b.Criterion)
	default:
		return n.ref(b.Criterion), "Taken back: " + n.named(b.Criterion)
	}
}

// Name returns the text.
func (c *Criterion) Name() string { return c.Text }

// Word returns "open", "ticked" or "taken_back".
func (c *Criterion) Word() string {
	switch {
	case c.TakenBack:
		return "taken_back"
	case c.HasEnded():
		return "ticked"
	default:
		return "open"
	}
}

// Rests returns nil: a criterion rests on nothing.
func (c *Criterion) Rests() *Basis { return nil }

// HasEnded reports whether it was ticked off or taken back.
func (c *Criterion) HasEnded() bool { return c.TakenBack || !c.Ticked.IsZero() }
