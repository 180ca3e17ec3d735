package incident

import (
	"slices"
	"time"
)

// A Checkin is a round in which the owners of active threads answer.
type Checkin struct {
	Made
	Minutes int
	Due     time.Time // when the answers are due; zero where no time was given
	Closed  time.Time // zero while open
	Answers []Answer
}

// An Answer is one person's answer in a check-in.
type Answer struct {
	Made
	Thread string
	Seeing string
	Doing  string
	Need   string
}

type checkin struct {
	Checkin
	closings sequel[time.Time]
}

// checkinOpen opens a round.
type checkinOpen struct {
	Minutes int `field:"minutes"`
	unruled
}

func (b *checkinOpen) valid() *Error {
	if b.Minutes < 0 || b.Minutes > 24*60 {
		return invalid("minutes must be between 0 and 1440")
	}
	return nil
}

func (b *checkinOpen) apply(f *fold, e *entry, _ bool) {
	c := f.checkins.make(e.ID)
	c.Made, c.Minutes = made(e, KindCheckin), b.Minutes
	if b.Minutes > 0 {
		c.Due = e.At.Add(time.Duration(b.Minutes) * time.Minute)
	}
}

func (b *checkinOpen) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "Check-in round opened"
}

// checkinAnswer is one person's answer.
type checkinAnswer struct {
	ofThread
	Checkin string `field:"checkin,required"`
	Seeing  string `field:"seeing"`
	Doing   string `field:"doing"`
	Need    string `field:"need"`
	unruled
}

func (b *checkinAnswer) refs() []reference {
	return append(refs(KindCheckin, b.Checkin), refs(KindThread, b.Thread)...)
}

func (b *checkinAnswer) apply(f *fold, e *entry, _ bool) {
	c := f.checkins.get(b.Checkin)
	c.Answers = append(c.Answers, Answer{
		Made: made(e, KindRecord), Thread: b.Thread,
		Seeing: b.Seeing, Doing: b.Doing, Need: b.Need,
	})
	if b.Thread != "" {
		f.threads.get(b.Thread).word(Word{
			Ref: Ref{ID: e.ID, Kind: KindRecord}, By: e.Person, At: e.At,
			Seeing: b.Seeing, Doing: b.Doing, Need: b.Need,
		})
	}
}

func (b *checkinAnswer) retract(f *fold, e *entry, _ int) {
	c := f.checkins.get(b.Checkin)
	c.Answers = slices.DeleteFunc(c.Answers, func(a Answer) bool { return a.ID == e.ID })
	if b.Thread != "" {
		f.threads.get(b.Thread).strike(e.ID, true)
	}
}

func (b *checkinAnswer) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Checkin), n.turned(e, firstOf(reportText("", b.Seeing, b.Doing, b.Need), "heard, no change"))
}

// checkinClose ends a round.
type checkinClose struct {
	Checkin string `field:"checkin,required"`
	unruled
}

func (b *checkinClose) refs() []reference { return refs(KindCheckin, b.Checkin) }

func (b *checkinClose) apply(f *fold, e *entry, _ bool) {
	c := f.checkins.get(b.Checkin)
	c.closings.say(e, e.At)
	c.Closed = c.closings.last()
}

func (b *checkinClose) retract(f *fold, e *entry, _ int) {
	c := f.checkins.get(b.Checkin)
	c.closings.unsay(e)
	c.Closed = c.closings.last()
}

func (b *checkinClose) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Checkin), n.turned(e, "Check-in round closed")
}

// Name says which round it is.
func (c *Checkin) Name() string { return "Check-in round" }

// Word returns "open" or "closed".
func (c *Checkin) Word() string {
	if c.Closed.IsZero() {
		return "open"
	}
	return "closed"
}

// Rests returns nil: a check-in rests on nothing.
func (c *Checkin) Rests() *Basis { return nil }

// HasEnded reports whether the round is closed.
func (c *Checkin) HasEnded() bool { return !c.Closed.IsZero() }
