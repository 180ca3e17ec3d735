package incident

import "time"

// A Criterion is one thing that must hold before the incident is over.
type Criterion struct {
	Made
	Text   string
	Ticked time.Time
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

func (b *criterionTick) apply(f *fold, e *entry, _ bool) { f.criteria.get(b.Criterion).Ticked = e.At }

func (b *criterionTick) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Criterion), "Ticked off: " + n.named(b.Criterion)
}

// Name returns the text.
func (c *Criterion) Name() string { return c.Text }

// Word returns "open" or "ticked".
func (c *Criterion) Word() string {
	if c.HasEnded() {
		return "ticked"
	}
	return "open"
}

// Rests returns nil: a criterion rests on nothing.
func (c *Criterion) Rests() *Basis { return nil }

// HasEnded reports whether it was ticked off.
func (c *Criterion) HasEnded() bool { return !c.Ticked.IsZero() }
