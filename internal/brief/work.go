package brief

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// inFlight lists the open threads, those whose word is overdue first and then
// by their silence, and the actions in progress.
func (w *writer) inFlight() *column {
	threads := sorted(w.now.Threads, open, bySilence)
	actions := sorted(w.now.Actions,
		func(a *incident.Action) bool { return a.State == incident.InProgress },
		byDue)
	return &column{id: "in_flight", title: "In flight", count: len(threads) + len(actions),
		write: func(i int, r room, d *draft) {
			if i < len(threads) {
				w.thread(threads[i], r, d)
				return
			}
			w.action(actions[i-len(threads)], r, d)
		}}
}

func open(t *incident.Thread) bool {
	return t.State != incident.ThreadDone && t.State != incident.DeadEnd
}

func bySilence(a, b *incident.Thread) int {
	return cmp.Or(
		yesFirst(a.Overdue, b.Overdue),
		yesFirst(a.Owner == "", b.Owner == ""),
		yesFirst(a.State != incident.Parked, b.State != incident.Parked),
		a.Last.At.Compare(b.Last.At))
}

func (w *writer) thread(t *incident.Thread, r room, d *draft) {
	d.cite(t.Ref)
	if t.Overdue {
		d.looks.pressing = true
		d.say("Overdue")
		if !t.Due.IsZero() {
			d.say(" since ", w.clock(t.Due))
		}
		d.say(": ")
	}
	d.tell(t.Ref, t.Title, r.text)
	d.say(" (", list(label(t.Ref), w.owner(t.Owner), w.waiting(t), w.dueNext(t, r)), ")")
	if r.level == 0 {
		d.say(", ", w.silence(t))
		d.stop()
		return
	}
	w.lastWord(t, r, d)
	if s := w.shaky(&t.Basis, d); s != "" {
		d.say("; ", s)
	}
	d.stop()
	if told := t.Told(); d.add(" Needs: ", told.Ref, told.Need, r.aside) {
		d.stop()
	}
}

func byDue(a, b *incident.Action) int {
	return cmp.Or(yesFirst(a.Overdue, b.Overdue), yesFirst(a.Shaky(), b.Shaky()), soonest(a.Due, b.Due))
}

// done writes how a thread ended.
func (w *writer) done(t *incident.Thread, r room, d *draft) {
	d.cite(t.Ref, t.ChangeRef)
	d.say("Done ", w.clock(t.Changed), ": ")
	d.tell(t.Ref, t.Title, r.text)
	d.say(" (", list(label(t.Ref), w.owner(t.Owner)), ")")
	w.ending(t, r, d)
	d.stop()
}

// waiting writes for whom a thread waits, or that it is parked.
func (w *writer) waiting(t *incident.Thread) string {
	switch {
	case t.State == incident.Parked:
		return "parked"
	case t.State == incident.Waiting && t.WaitingOn != "":
		return "waiting on " + line(t.WaitingOn, 4)
	case t.State == incident.Waiting:
		return "waiting"
	}
	return ""
}

func (w *writer) dueNext(t *incident.Thread, r room) string {
	if t.Due.IsZero() || t.Overdue || r.level == 0 {
		return ""
	}
	return "due " + w.clock(t.Due)
}

func (w *writer) silence(t *incident.Thread) string { return "last word " + w.ago(t.Last.At) + " ago" }

func (w *writer) lastWord(t *incident.Thread, r room, d *draft) {
	told := t.Told()
	said := spoken(told.Text, told.Seeing, told.Doing)
	switch {
	case t.Words == 0:
		d.say("; opened ", w.ago(t.At), " ago, no word since")
		return
	case told.ID == t.ID || !d.add(": ", told.Ref, said, r.aside):
		d.say("; ", w.silence(t))
		return
	}
	d.cite(told.Ref, t.Last.Ref)
	d.say(" (", w.ago(told.At), " ago")
	if told.ID != t.Last.ID {
		d.say("; no change ", w.ago(t.Last.At), " ago")
	}
	d.say(")")
}

func (w *writer) action(a *incident.Action, r room, d *draft) {
	d.cite(a.Ref)
	switch {
	case a.Overdue:
		d.looks.pressing = true
		d.say("Overdue since ", w.clock(a.Due), ": ")
	case a.State == incident.InProgress:
		d.say("Under way: ")
	case a.State == incident.Blocked:
		d.say("Blocked: ")
	default:
		d.say("To do: ")
	}
	d.tell(a.Ref, a.Text, r.text)
	due := ""
	if !a.Overdue && !a.Due.IsZero() {
		due = "due " + w.clock(a.Due)
	}
	hard := ""
	if a.Irreversible {
		hard = "hard to reverse"
	}
	d.say(" (", list(label(a.Ref), w.owner(a.Owner), due, hard), ")")
	if r.level > 0 {
		if a.State == incident.InProgress && !a.Started.IsZero() {
			d.say(", ", w.ago(a.Started), " in")
		}
		if s := w.shaky(&a.Basis, d); s != "" {
			d.say("; ", s)
		}
	}
	d.stop()
}

// An ask is something that somebody said they need.
type ask struct {
	*incident.Made
	need string
}

// needs lists what holds somebody up: blocked actions, needs that were said
// and not answered, open questions.
func (w *writer) needs() *column {
	blocked := sorted(w.now.Actions,
		func(a *incident.Action) bool { return a.State == incident.Blocked },
		func(a, b *incident.Action) int { return a.Changed.Compare(b.Changed) })
	asks := w.asks()
	questions := sorted(w.now.Questions,
		func(q *incident.Question) bool { return q.Answered.IsZero() },
		func(a, b *incident.Question) int { return newest(a.At, b.At) })
	c := &column{id: "needs", title: "Needs & open questions", count: len(blocked) + len(asks) + len(questions)}
	c.write = func(i int, r room, d *draft) {
		switch {
		case i < len(blocked):
			w.blocked(blocked[i], r, d)
		case i < len(blocked)+len(asks):
			w.ask(asks[i-len(blocked)], r, d)
		default:
			w.question(questions[i-len(blocked)-len(asks)], r, d)
		}
	}
	return c
}

// asks lists the needs that nobody answered, newest first: those in notes, and
// those of the last check-in round. What is the last word of an open thread is
// told with the thread; an older need of the same person in the same thread,
// and one of a thread that has ended, is past.
func (w *writer) asks() []ask {
	type asker struct{ thread, person string }
	past := map[asker]bool{}
	told, ended := map[string]bool{}, map[string]bool{}
	for _, t := range w.now.Threads {
		told[t.Told().ID] = true
		ended[t.ID] = !open(t)
	}
	var asks []ask
	if n := len(w.now.Checkins); n > 0 {
		answers := w.now.Checkins[n-1].Answers
		for i := range answers {
			if a := &answers[i]; a.Need != "" && !told[a.ID] && !ended[a.Thread] {
				asks = append(asks, ask{&a.Made, a.Need})
			}
		}
	}
	for _, n := range slices.Backward(w.now.Notes) {
		if n.Need == "" || n.Struck {
			continue
		}
		who := asker{n.Thread, n.Person}
		if n.Replies == 0 && !told[n.ID] && !ended[n.Thread] && (n.Thread == "" || !past[who]) {
			asks = append(asks, ask{&n.Made, n.Need})
		}
		past[who] = true
	}
	slices.SortStableFunc(asks, func(a, b ask) int { return newest(a.At, b.At) })
	return asks
}

func (w *writer) ask(a ask, r room, d *draft) {
	d.cite(a.Ref)
	d.say("Needed since ", w.clock(a.At), ": ")
	d.tell(a.Ref, a.need, r.text)
	d.say(" (", list(line(a.Label, 1), w.name(a.Person)), ").")
}

func (w *writer) blocked(a *incident.Action, r room, d *draft) {
	d.cite(a.Ref)
	d.say("Blocked since ", w.clock(a.Changed), ": ")
	d.tell(a.Ref, a.Text, r.text)
	d.say(" (", list(label(a.Ref), w.owner(a.Owner)), ")")
	w.because(a.Ref, a.Why, r, d)
	if s := w.shaky(&a.Basis, d); s != "" {
		d.say("; ", s)
	}
	d.stop()
}

func (w *writer) question(q *incident.Question, r room, d *draft) {
	d.cite(q.Ref)
	d.say("Asked ", w.clock(q.At), ": ")
	d.tell(q.Ref, q.Text, r.text)
	about := ""
	if q.About.ID != "" {
		d.cite(q.About)
		about = "about " + label(q.About)
	}
	d.say(" (", list(label(q.Ref), w.name(q.Person), about), ").")
}
