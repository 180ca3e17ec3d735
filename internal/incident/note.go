package incident

// A Note is an entry in a thread or in the incident's log.
type Note struct {
	Made
	Text    string
	Seeing  string
	Doing   string
	Need    string
	Thread  string // id, empty for the incident's log
	Key     bool
	ReplyTo string
	Replies int

	Struck    bool // taken back: to be read still, and to count for nothing
	StruckBy  string
	StruckWhy string
}

type note struct{ Note }

// noteAdd is an entry in a thread or in the incident's log.
type noteAdd struct {
	ofThread
	Text    string `field:"text"`
	Seeing  string `field:"seeing"`
	Doing   string `field:"doing"`
	Need    string `field:"need"`
	Key     bool   `field:"key"`
	ReplyTo string `field:"reply_to"`
	Settles string `field:"settles"` // a thing whose basis fell: what becomes of it
	unruled
}

func (b *noteAdd) valid() *Error {
	if b.Text+b.Seeing+b.Doing+b.Need == "" {
		return invalid("a note needs a text, or one of seeing, doing, need")
	}
	return nil
}

func (b *noteAdd) refs() []reference {
	out := append(refs(KindThread, b.Thread), refs(KindNote, b.ReplyTo)...)
	if b.Settles != "" {
		out = append(out, reference{b.Settles, restingKinds})
	}
	return out
}

func (b *noteAdd) apply(f *fold, e *entry, _ bool) {
	n := f.notes.make(e.ID)
	n.Made = made(e, KindNote)
	n.Text, n.Seeing, n.Doing, n.Need = b.Text, b.Seeing, b.Doing, b.Need
	n.Thread, n.Key, n.ReplyTo = b.Thread, b.Key, b.ReplyTo
	if b.ReplyTo != "" {
		f.notes.get(b.ReplyTo).Replies++
	}
	if b.Settles != "" {
		f.settle(b.Settles, settling{order: e.order, kept: n})
	}
	if b.Thread != "" {
		f.threads.get(b.Thread).word(Word{
			Ref: n.Ref, By: e.Person, At: e.At,
			Text: b.Text, Seeing: b.Seeing, Doing: b.Doing, Need: b.Need, Struck: n.Struck,
		})
	}
}

// noteStrike takes a note back, or brings it back. It stays to be read, struck
// through, and is nobody's last word.
type noteStrike struct {
	Note    string `field:"note,required"`
	Why     string `field:"why"`
	Restore bool   `field:"restore"`
	unruled
}

func (b *noteStrike) refs() []reference { return refs(KindNote, b.Note) }

func (b *noteStrike) apply(f *fold, e *entry, _ bool) {
	n := f.notes.get(b.Note)
	n.Struck, n.StruckBy, n.StruckWhy = !b.Restore, e.Person, b.Why
	if n.Thread != "" {
		f.threads.get(n.Thread).strike(b.Note, !b.Restore)
	}
}

func (b *noteStrike) line(n *names, e *entry) (Ref, string) {
	if b.Restore {
		return n.ref(b.Note), "Brought back " + n.named(b.Note)
	}
	return n.ref(b.Note), because("Struck "+n.named(b.Note), b.Why)
}

func (b *noteAdd) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), reportText(b.Text, b.Seeing, b.Doing, b.Need)
}

// reportText puts a note or a check-in answer into one line.
func reportText(text, seeing, doing, need string) string {
	add := func(name, value string) {
		if value == "" {
			return
		}
		if text != "" {
			text += " · "
		}
		text += name + ": " + value
	}
	add("seeing", seeing)
	add("doing", doing)
	add("need", need)
	return text
}

// Name returns the note in one line.
func (n *Note) Name() string { return reportText(n.Text, n.Seeing, n.Doing, n.Need) }

// Word returns "noted" or "struck".
func (n *Note) Word() string {
	if n.Struck {
		return "struck"
	}
	return "noted"
}

// Rests returns nil: a note rests on nothing.
func (n *Note) Rests() *Basis { return nil }

// HasEnded returns false: a note has no end.
func (n *Note) HasEnded() bool { return false }
