package incident

import (
	"slices"
	"time"
)

// A Word is the last thing that was said in a thread.
type Word struct {
	Ref           // the opening, note or check-in answer
	By     string // who said it
	At     time.Time
	Text   string // a note's text; empty for a CAN report without one
	Seeing string
	Doing  string
	Need   string
	Struck bool // taken back
}

// A Thread is a line of work.
type Thread struct {
	Made
	Basis
	Title     string
	Sort      string // investigate, mitigate, comms, recover, support; empty where unset
	State     ThreadState
	Owner     string
	WaitingOn string
	Due       time.Time     // the next update, zero where none is due
	Rhythm    time.Duration // how long after each word the next is due; 0 for a due set once
	Overdue   bool
	Last      Word
	Words     int       // notes and answers in it
	Changed   time.Time // when its state last changed
	Why       string    // the reason of its last change of state
	ChangedBy string
	ChangeRef Ref    // the record of that change
	Story     []Word // every word, oldest first
}

// usualRhythm is how often a thread is expected to speak where nothing says
// otherwise.
const usualRhythm = 15 * time.Minute

type thread struct {
	Thread
	ground
	wordSince bool // a word came since the due was set
}

// ofThread is the part of a record that may belong to a thread.
type ofThread struct {
	Thread string `field:"thread"`
}

func (b *ofThread) in(*entry) string { return b.Thread }

// threadOpen opens a line of work.
type threadOpen struct {
	Title   string   `field:"title,required"`
	Kind    string   `field:"kind,oneof=investigate|mitigate|comms|recover|support"`
	Owner   string   `field:"owner"`
	Due     string   `field:"due"`
	RestsOn []string `field:"rests_on"`
	unruled
}

func (b *threadOpen) valid() *Error     { return validDue(b.Due) }
func (b *threadOpen) refs() []reference { return groundRefs(b.RestsOn) }

func (b *threadOpen) apply(f *fold, e *entry, _ bool) {
	t := f.threads.make(e.ID)
	t.Thread.Made = made(e, KindThread)
	t.Title, t.Sort, t.Changed = b.Title, b.Kind, e.At
	t.ChangedBy, t.ChangeRef = e.Person, t.Ref
	if t.State == "" {
		t.State = NeedsOwner
		if b.Owner != "" {
			t.State = Active
		}
	}
	t.Owner = firstOf(t.Owner, b.Owner)
	t.word(Word{Ref: t.Ref, By: firstOf(b.Owner, e.Person), At: e.At, Text: "opened"})
	t.setDue(b.Due) // after the opening, which meets no due of its own
	f.stand(&t.ground, e, KindThread, t)
	t.rest(e, b.RestsOn)
}

func (b *threadOpen) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "Thread opened: " + b.Title
}

func (b *threadOpen) in(e *entry) string { return e.ID }

// threadChange changes a thread.
type threadChange struct {
	Thread    string  `field:"thread,required"`
	Title     *string `field:"title"`
	Kind      *string `field:"kind,oneof=investigate|mitigate|comms|recover|support"`
	State     *string `field:"state,oneof=needs_owner|active|waiting|parked|done|dead_end"`
	Owner     *string `field:"owner"`
	WaitingOn *string `field:"waiting_on"`
	Due       *string `field:"due"`
	Why       string  `field:"why"`
	unruled
}

func (b *threadChange) in(*entry) string { return b.Thread }

func (b *threadChange) valid() *Error {
	if b.Due == nil {
		return nil
	}
	return validDue(*b.Due)
}

func (b *threadChange) refs() []reference { return refs(KindThread, b.Thread) }

func (b *threadChange) apply(f *fold, e *entry, _ bool) {
	t := f.threads.get(b.Thread)
	if b.Title != nil && *b.Title != "" {
		t.Title = *b.Title
	}
	if b.Kind != nil {
		t.Sort = *b.Kind
	}
	if b.Owner != nil {
		t.own(*b.Owner)
	}
	if b.State != nil {
		t.enter(ThreadState(*b.State), e, b.Why)
	}
	if b.WaitingOn != nil {
		t.WaitingOn = *b.WaitingOn
	}
	if b.Due != nil {
		t.setDue(*b.Due)
	}
}

// own changes the owner; a thread that only lacked one is active with it.
func (t *thread) own(owner string) {
	t.Owner = owner
	switch {
	case owner != "" && t.State == NeedsOwner:
		t.State = Active
	case owner == "" && t.State == Active:
		t.State = NeedsOwner
	}
}

func (t *thread) enter(s ThreadState, e *entry, why string) {
	if s != Waiting {
		t.WaitingOn = ""
	}
	t.State, t.Why, t.Changed = s, why, e.At
	t.ChangedBy, t.ChangeRef = e.Person, Ref{ID: e.ID, Kind: KindRecord}
}

func (b *threadChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	if b.Title != nil {
		parts = append(parts, "renamed "+*b.Title)
	}
	if b.Kind != nil {
		parts = append(parts, "to "+*b.Kind)
	}
	if b.State != nil {
		parts = append(parts, plain(*b.State))
	}
	if b.Owner != nil {
		parts = append(parts, "owner "+firstOf(*b.Owner, "nobody"))
	}
	if b.WaitingOn != nil && *b.WaitingOn != "" {
		parts = append(parts, "waiting on "+*b.WaitingOn)
	}
	if b.Due != nil {
		parts = append(parts, dueText(*b.Due))
	}
	return n.ref(b.Thread), because(joined(parts, "Changed"), b.Why)
}

// parseDue reads "15m" as a rhythm and an RFC 3339 time as a due set once.
func parseDue(due string) (once time.Time, rhythm time.Duration, ok bool) {
	if due == "" {
		return time.Time{}, 0, true
	}
	if d, err := time.ParseDuration(due); err == nil {
		return time.Time{}, d, d >= time.Minute && d <= 7*24*time.Hour
	}
	t, err := time.Parse(time.RFC3339, due)
	return t, 0, err == nil
}

// dueText says what a due is, but for the time itself: how that is written is
// for the reader's zone to say.
func dueText(due string) string {
	_, rhythm, _ := parseDue(due)
	switch {
	case due == "":
		return "no longer due"
	case rhythm > 0:
		return "due every " + span(rhythm)
	default:
		return "due set"
	}
}

// dueOf is a due set once, as a timeline shows it beside the text.
func dueOf(due *string) time.Time {
	if due == nil {
		return time.Time{}
	}
	once, _, _ := parseDue(*due)
	return once
}

func validDue(due string) *Error {
	if _, _, ok := parseDue(due); !ok {
		return invalid("due must be a time (2026-11-22T03:50:00+01:00) or a rhythm of a minute to a week (15m), not %q", due)
	}
	return nil
}

func (t *thread) setDue(due string) {
	t.Due, t.Rhythm, _ = parseDue(due)
	t.wordSince = false
}

// word takes in something said in the thread. The last word is the one that
// happened last; of two at one moment, the one recorded last.
func (t *thread) word(w Word) {
	t.Story = append(t.Story, w)
	if w.Struck {
		return
	}
	t.wordSince = true
	if !w.At.Before(t.Last.At) {
		t.Last = w
	}
	if w.Ref != t.Ref {
		t.Words++
	}
}

// strike takes a word out of count, or brings it back. Whether a due was met
// stays as it was: a word did come.
func (t *thread) strike(id string, struck bool) {
	story, met := slices.Clone(t.Story), t.wordSince
	t.Story, t.Last, t.Words = nil, Word{}, 0
	for _, w := range story {
		if w.ID == id {
			w.Struck = struck
		}
		t.word(w)
	}
	t.wordSince = met
}

// show computes what depends on the present moment. A due set once is met by
// any word since it was set; a rhythm runs from the last word.
func (t *thread) show(now time.Time) *Thread {
	v := t.Thread
	switch {
	case v.Rhythm > 0:
		v.Due = v.Last.At.Add(v.Rhythm)
		v.Overdue = now.After(v.Due)
	case !v.Due.IsZero():
		v.Overdue = now.After(v.Due) && !t.wordSince
	}
	if v.HasEnded() {
		v.Overdue = false
	}
	return &v
}

// Name returns the title.
func (t *Thread) Name() string { return t.Title }

// Word returns the state.
func (t *Thread) Word() string { return string(t.State) }

// Rests returns what the thread rests on.
func (t *Thread) Rests() *Basis { return &t.Basis }

// HasEnded reports whether the thread is done or a dead end.
func (t *Thread) HasEnded() bool { return t.State == ThreadDone || t.State == DeadEnd }

// Silent returns how long nobody has said a word in the thread.
func (t *Thread) Silent(now time.Time) time.Duration { return now.Sub(t.Last.At) }

// Told is the newest word that says something. Who was heard and had no change
// to tell stands by what was said before.
func (t *Thread) Told() Word {
	if !t.Last.noChange() {
		return t.Last
	}
	var told Word
	for _, w := range t.Story {
		if !w.Struck && !w.noChange() && !w.At.Before(told.At) {
			told = w
		}
	}
	return told
}

// noChange reports whether the word is an answer that says nothing new.
func (w *Word) noChange() bool { return w.Kind == KindRecord && w.Line() == "" }

// Line puts the word into one line.
func (w *Word) Line() string { return reportText(w.Text, w.Seeing, w.Doing, w.Need) }
