package incident

import "time"

// A Tripwire is if / then / by when / owner.
type Tripwire struct {
	Made
	If       string
	Then     string
	ByWhen   time.Time
	Owner    string
	Answered time.Time
	Happened bool
}

type tripwire struct {
	Tripwire
	answers sequel[happened]
}

type happened struct {
	at  time.Time
	did bool
}

// tripwireSet says what to do if something happens.
type tripwireSet struct {
	If     string    `field:"if,required"`
	Then   string    `field:"then,required"`
	ByWhen time.Time `field:"by_when"`
	Owner  string    `field:"owner"`
	unruled
}

func (b *tripwireSet) apply(f *fold, e *entry, _ bool) {
	t := f.tripwires.make(e.ID)
	t.Made = made(e, KindTripwire)
	t.If, t.Then, t.ByWhen, t.Owner = b.If, b.Then, b.ByWhen, b.Owner
}

func (b *tripwireSet) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "If " + b.If + ", then " + b.Then
}

// tripwireAnswer says whether it happened.
type tripwireAnswer struct {
	Tripwire string `field:"tripwire,required"`
	Happened *bool  `field:"happened"`
	unruled
}

func (b *tripwireAnswer) valid() *Error {
	if b.Happened == nil {
		return invalid("happened is missing")
	}
	return nil
}

func (b *tripwireAnswer) refs() []reference { return refs(KindTripwire, b.Tripwire) }

func (b *tripwireAnswer) apply(f *fold, e *entry, _ bool) {
	t := f.tripwires.get(b.Tripwire)
	t.answers.say(e, happened{e.At, *b.Happened})
	t.tell()
}

func (b *tripwireAnswer) retract(f *fold, e *entry, _ int) {
	t := f.tripwires.get(b.Tripwire)
	t.answers.unsay(e)
	t.tell()
}

func (t *tripwire) tell() {
	a := t.answers.last()
	t.Answered, t.Happened = a.at, a.did
}

func (b *tripwireAnswer) line(n *names, e *entry) (Ref, string) {
	did := "Did not happen: "
	if *b.Happened {
		did = "Happened: "
	}
	return n.ref(b.Tripwire), n.turned(e, did+n.named(b.Tripwire))
}

// Name returns the condition and what follows.
func (t *Tripwire) Name() string { return "If " + t.If + ", then " + t.Then }

// Word returns "set", "happened" or "did_not_happen".
func (t *Tripwire) Word() string {
	switch {
	case !t.HasEnded():
		return "set"
	case t.Happened:
		return "happened"
	default:
		return "did_not_happen"
	}
}

// Rests returns nil: a tripwire rests on nothing.
func (t *Tripwire) Rests() *Basis { return nil }

// HasEnded reports whether it was answered.
func (t *Tripwire) HasEnded() bool { return !t.Answered.IsZero() }
