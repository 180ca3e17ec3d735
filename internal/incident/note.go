package incident

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
	unruled
}

func (b *noteAdd) valid() *Error {
	if b.Text+b.Seeing+b.Doing+b.Need == "" {
		return invalid("a note needs a text, or one of seeing, doing, need")
	}
	return nil
}

func (b *noteAdd) refs() []reference {
	return append(refs(KindThread, b.Thread), refs(KindNote, b.ReplyTo)...)
}

func (b *noteAdd) apply(f *fold, e *entry, _ bool) {
	n := f.notes.make(e.ID)
	n.Made = made(e, KindNote)
	n.Text, n.Seeing, n.Doing, n.Need = b.Text, b.Seeing, b.Doing, b.Need
	n.Thread, n.Key, n.ReplyTo = b.Thread, b.Key, b.ReplyTo
	if b.ReplyTo != "" {
		f.notes.get(b.ReplyTo).Replies++
	}
	if b.Thread != "" {
		f.threads.get(b.Thread).word(Word{
			Ref: n.Ref, By: e.Person, At: e.At,
			Text: b.Text, Seeing: b.Seeing, Doing: b.Doing, Need: b.Need,
		})
	}
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

// Word returns "noted": a note has no state.
func (n *Note) Word() string { return "noted" }

// Rests returns nil: a note rests on nothing.
func (n *Note) Rests() *Basis { return nil }

// HasEnded returns false: a note has no end.
func (n *Note) HasEnded() bool { return false }
