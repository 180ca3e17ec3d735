package incident

import "time"

// A Criterion is one thing that must hold before the incident is over.
type Criterion struct {
	Made
	Text      string
	Ticked    time.Time
	TakenBack bool
}

type criterion struct{ Criterion }

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

// criterionTick ticks it off.
type criterionTick struct {
	Criterion string `field:"criterion,required"`
	unruled
}

func (b *criterionTick) refs() []reference { return refs(KindCriterion, b.Criterion) }

func (b *criterionTick) apply(f *fold, e *entry, _ bool) {
	c := f.criteria.get(b.Criterion)
	first, back := backTo(f.byID, e)
	if first.ID == b.Criterion {
		c.TakenBack = back
		return
	}
	c.Ticked = e.At
	if back {
		c.Ticked = time.Time{}
	}
}

func (b *criterionTick) line(n *names, e *entry) (Ref, string) {
	if _, back := backTo(n.byID, e); back {
		return n.ref(b.Criterion), "Taken back: " + n.named(b.Criterion)
	}
	if Undoes(e.Record) != "" {
		return n.ref(b.Criterion), "Brought back: " + n.named(b.Criterion)
	}
	return n.ref(b.Criterion), "Ticked off: " + n.named(b.Criterion)
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
