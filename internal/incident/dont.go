package incident

import "time"

// A Dont is something not to do: a freeze, a do-not-restart.
type Dont struct {
	Made
	Text   string
	Lifted time.Time
}

type dont struct{ Dont }

// dontAdd is something not to do.
type dontAdd struct {
	Text string `field:"text,required"`
	unruled
}

func (b *dontAdd) apply(f *fold, e *entry, _ bool) {
	d := f.donts.make(e.ID)
	d.Made, d.Text = made(e, KindDont), b.Text
}

func (b *dontAdd) line(n *names, e *entry) (Ref, string) { return n.ref(e.ID), "Don't: " + b.Text }

// dontLift ends it.
type dontLift struct {
	Dont string `field:"dont,required"`
	unruled
}

func (b *dontLift) refs() []reference { return refs(KindDont, b.Dont) }

func (b *dontLift) apply(f *fold, e *entry, _ bool) { f.donts.get(b.Dont).Lifted = e.At }

func (b *dontLift) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Dont), "Lifted: " + n.named(b.Dont)
}

// Name returns the text.
func (d *Dont) Name() string { return d.Text }

// Word returns "in_force" or "lifted".
func (d *Dont) Word() string {
	if d.HasEnded() {
		return "lifted"
	}
	return "in_force"
}

// Rests returns nil: a don't rests on nothing.
func (d *Dont) Rests() *Basis { return nil }

// HasEnded reports whether it was lifted.
func (d *Dont) HasEnded() bool { return !d.Lifted.IsZero() }
