package compose

import (
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Fells returns the claim that a line would bring down, refuting it or
// withdrawing it, whether or not the line is whole yet; nil for other lines.
func (w *Writer) Fells(text string) *incident.Claim {
	name, rest, ok := slash(text)
	if !ok {
		return nil
	}
	l := &line{w: w, words: split(rest)}
	switch c := find(name); {
	case c == nil:
		return nil
	case c.Name == "refute" || c.Name == "withdraw":
		return w.claimOf(l)
	case c.Name == "rule":
		claim := w.claimOf(l)
		if l.word("wrong") == "" {
			return nil
		}
		return claim
	default:
		return nil
	}
}

// Refutes reports whether a line is one person's refutation: no ruling, which
// silences others, and no withdrawal.
func (w *Writer) Refutes(text string) bool {
	name, _, ok := slash(text)
	if !ok || strings.HasSuffix(name, "!") {
		return false
	}
	c := find(name)
	return c != nil && c.Name == "refute"
}

// What becomes of a thing whose basis fell: it is kept, asked about, or
// reversed and stopped.

// keep keeps a thing although its basis fell: on something else, or by a
// sentence.
func (w *Writer) keep(l *line) (*Draft, *Problem) {
	t, p := l.need("thing", "/keep A3 why it holds, or on C2 E5", restingKinds...)
	if p != nil {
		return nil, p
	}
	m := t.Meta()
	if w.fallenUnder(t) == nil {
		return nil, problem("Nothing that "+m.Label+" rests on has fallen.", "To say something about it, write a note.")
	}
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	why := l.rest()
	if why == "" && len(on) == 0 {
		return nil, missing("Why does "+m.Label+" hold all the same?", "In a sentence; or name what it rests on now: on C2 E5")
	}
	d := &Draft{Says: with("Keep "+m.Label, ", resting on ", labels(on))}
	if len(on) > 0 {
		d.Records = append(d.Records, act("basis.add", "of", m.ID, "on", ids(on)))
	}
	if why != "" {
		d.Records = append(d.Records, w.settles(t, why))
	}
	return d, nil
}

// settles is the note that says what becomes of a thing.
func (w *Writer) settles(t incident.Thing, text string) *record.Record {
	return act("note.add", "text", text, "thread", threadOf(t), "settles", t.Meta().ID)
}

// askOwner asks whoever has a thing in hand.
func (w *Writer) askOwner(l *line) (*Draft, *Problem) {
	t, p := l.need("thing", "/ask A3 does it still hold", restingKinds...)
	if p != nil {
		return nil, p
	}
	who, p := l.person()
	if p != nil {
		return nil, p
	}
	if who == "" {
		who = OwnerOf(t)
	}
	m := t.Meta()
	text := l.rest()
	if c := w.fallenUnder(t); text == "" && c != nil {
		text = "Does " + m.Label + " still hold, now that " + c.Label + " is " + c.Word() + "?"
	}
	if text == "" {
		return nil, missing("The question needs its text.", "/ask "+m.Label+" what you want to know")
	}
	return draft("Ask "+who+" about "+m.Label, "question.ask", "text", text, "about", m.ID, "to", who), nil
}

// OwnerOf is who has a thing in hand, else whose it is.
func OwnerOf(t incident.Thing) string {
	switch t := t.(type) {
	case *incident.Action:
		if t.Owner != "" {
			return t.Owner
		}
	case *incident.Thread:
		if t.Owner != "" {
			return t.Owner
		}
	}
	return t.Meta().Person
}

// reverse undoes a thing in the way in which its kind can be.
func (w *Writer) reverse(l *line) (*Draft, *Problem) {
	t, p := l.need("thing", "Name it first: D4", restingKinds...)
	if p != nil {
		return nil, p
	}
	m, why := t.Meta(), l.rest()
	switch t := t.(type) {
	case *incident.Action:
		if t.State == incident.ActionDone || t.State == incident.Failed {
			return w.takeBack(t, why), nil
		}
		return draft("Stop "+m.Label, "action.change", "action", m.ID, "state", "dropped", "why", why), nil
	case *incident.Claim:
		return draft("Withdraw "+m.Label, "claim.withdraw", "claim", m.ID, "why", why), nil
	case *incident.Thread:
		return draft(m.Label+": led nowhere", "thread.change", "thread", m.ID, "state", "dead_end", "why", why), nil
	case *incident.Update:
		return nil, problem("What was sent cannot be taken back.", "Correct it: /update "+t.Audience+": what is right, corrects "+m.Label)
	default:
		return draft("Reverse "+m.Label, "decision.change", "decision", m.ID, "state", "reversed", "why", why), nil
	}
}

// takeBack makes an action that undoes one that is over.
func (w *Writer) takeBack(a *incident.Action, how string) *Draft {
	text := "Take back " + a.Label + ": " + a.Text
	if how != "" {
		text += " (" + how + ")"
	}
	d := draft(with("Action to take back "+a.Label, " for ", a.Owner), "action.add", "text", text, "owner", a.Owner, "thread", a.Thread)
	if w.fallenUnder(a) != nil {
		d.Records = append(d.Records, w.settles(a, "To be taken back"))
	}
	return d
}

// fallenUnder returns the claim that fell last of those that brought a thing
// down, nil where none did.
func (w *Writer) fallenUnder(t incident.Thing) *incident.Claim {
	for _, l := range w.State.Worklists {
		for _, item := range l.Items {
			if item.Thing.Meta().ID == t.Meta().ID {
				return l.Claim
			}
		}
	}
	return nil
}

// A Begun is a line that is begun for a person, and the byte at which they go
// on.
type Begun struct {
	Text  string
	Caret int
}

// Correction begins the line that corrects an update which stated what has
// fallen since: what was said and that it is wrong, as the records have it.
// Why it is wrong is for a person to say outside, or not to say. The promise
// of the next update is kept.
func (w *Writer) Correction(u *incident.Update) Begun {
	var wrong []string
	gone := true
	for _, ref := range u.States {
		t, ok := w.State.Find(ref.ID)
		if c, is := t.(*incident.Claim); ok && is && c.HasEnded() {
			wrong = append(wrong, "“"+strings.TrimRight(c.Text, ".")+"”")
			gone = gone && c.State == incident.Withdrawn
		}
	}
	text := "/update corrects " + u.Label + " " + u.Audience + ": Correction: "
	if len(wrong) > 0 {
		text += "at " + u.At.In(w.zone()).Format("15:04") + " we said " + strings.Join(wrong, " and ") + ". "
		if gone {
			text += "That no longer stands."
		} else {
			text += "That has turned out to be wrong."
		}
	}
	begun := Begun{Text: text, Caret: len(text)}
	if u.Newest && u.NextDue.After(w.Place.Now) {
		begun.Text += " next: " + u.NextDue.In(w.zone()).Format("15:04")
	}
	return begun
}
