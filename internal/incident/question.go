package incident

import "time"

// A Question is asked, and perhaps answered.
type Question struct {
	Made
	Text       string
	About      Ref
	To         string // who is asked; empty for whoever knows
	Answer     string
	AnsweredBy string
	Answered   time.Time
}

type question struct {
	Question
	answers   sequel[answered]
	takenBack bool
}

type answered struct {
	text, by  string
	at        time.Time
	takenBack bool // the question was taken back, rather than answered
}

// questionAsk asks everybody, or one person.
type questionAsk struct {
	Text  string `field:"text,required"`
	About string `field:"about"`
	To    string `field:"to"`
	unruled
}

func (b *questionAsk) refs() []reference {
	if b.About == "" {
		return nil
	}
	return []reference{{id: b.About}}
}

func (b *questionAsk) apply(f *fold, e *entry, _ bool) {
	q := f.questions.make(e.ID)
	q.Made, q.Text, q.To = made(e, KindQuestion), b.Text, b.To
	if b.About != "" {
		q.About = Ref{ID: b.About, Kind: KindRecord}
	}
	if b.About != "" && b.To != "" {
		f.settle(b.About, settling{order: e.order, asked: q})
	}
}

func (b *questionAsk) line(n *names, e *entry) (Ref, string) {
	if b.To != "" {
		return n.ref(e.ID), "Asked " + b.To + ": " + b.Text
	}
	return n.ref(e.ID), "Asked: " + b.Text
}

// questionAnswer answers.
type questionAnswer struct {
	Question string `field:"question,required"`
	Text     string `field:"text,required"`
	unruled
}

func (b *questionAnswer) refs() []reference { return refs(KindQuestion, b.Question) }

func (b *questionAnswer) apply(f *fold, e *entry, _ bool) {
	q := f.questions.get(b.Question)
	_, first, _ := takesBack(f.byID, e)
	q.answers.say(e, answered{b.Text, e.Person, e.At, Undoes(first.Record) == b.Question})
	q.tell()
}

func (b *questionAnswer) retract(f *fold, e *entry, _ int) {
	q := f.questions.get(b.Question)
	q.answers.unsay(e)
	q.tell()
}

func (q *question) tell() {
	a := q.answers.last()
	q.Answer, q.AnsweredBy, q.Answered, q.takenBack = a.text, a.by, a.at, a.takenBack
}

func (b *questionAnswer) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Question), n.turned(e, "Answered: "+b.Text)
}

// Name returns the text.
func (q *Question) Name() string { return q.Text }

// Word returns "open" or "answered".
func (q *Question) Word() string {
	if q.HasEnded() {
		return "answered"
	}
	return "open"
}

// Rests returns nil: a question rests on nothing.
func (q *Question) Rests() *Basis { return nil }

// HasEnded reports whether it was answered.
func (q *Question) HasEnded() bool { return !q.Answered.IsZero() }
