package brief

import (
	"cmp"

	"bearings/internal/incident"
)

// decisions lists the choices that count now: those whose ground gives way
// first, then those to look at again, those still to be made, and the others,
// newest first.
func (w *writer) decisions() *column {
	live := sorted(w.now.Decisions,
		func(x *incident.Decision) bool { return !x.HasEnded() },
		byUrgency)
	c := &column{id: "decisions", title: "Decisions", count: len(live), empty: noneRecorded}
	c.write = func(i int, r room, d *draft) { w.decision(live[i], r, d) }
	return c
}

func byUrgency(a, b *incident.Decision) int {
	return cmp.Or(
		yesFirst(a.Shaky(), b.Shaky()),
		yesFirst(a.State == incident.Revisit, b.State == incident.Revisit),
		yesFirst(a.State == incident.DecisionProposed, b.State == incident.DecisionProposed),
		soonest(a.ByWhen, b.ByWhen),
		newest(a.At, b.At))
}

// whyWords is how much of a decision's reason is told.
const whyWords = 12

var modeWords = map[string]string{
	"no_objection": "no strong objection",
}

func (w *writer) decision(x *incident.Decision, r room, d *draft) {
	d.cite(x.Ref)
	switch x.State {
	case incident.DecisionProposed:
		d.say("Proposed ")
	case incident.Revisit:
		d.say("To revisit, decided ")
	default:
		d.say("Decided ")
	}
	mode, known := modeWords[x.Mode]
	if !known {
		mode = line(x.Mode, 1)
	}
	owed, by, hard := "", "", ""
	if x.WhyOwed {
		owed = "rationale owed"
	}
	if x.State == incident.DecisionProposed {
		by = w.by(x.ByWhen)
	}
	if x.Irreversible {
		hard = "hard to reverse"
	}
	d.say(list(w.clock(x.At), mode, owed, by, hard), ": ")
	d.tell(x.Ref, x.Text, r.text)
	d.say(" (", list(label(x.Ref), w.name(x.Person)), ")")
	if s := w.shaky(&x.Basis, d); s != "" {
		d.say("; ", s)
	}
	d.stop()
	w.reasons(x, r, d)
}

// reasons writes why a decision was made, and what was said against it.
func (w *writer) reasons(x *incident.Decision, r room, d *draft) {
	if r.level == 0 {
		return
	}
	if x.Why != "" {
		d.say(" Why: ")
		d.tell(x.Ref, x.Why, min(whyWords, r.text))
		d.stop()
	}
	for i, o := range x.Objections {
		if i == 2 {
			d.say(" ", plus(len(x.Objections)-i), " objections.")
			break
		}
		d.cite(o.Ref)
		d.say(" ", w.name(o.By), " objects")
		if o.Why != "" {
			d.say(": ")
			d.tell(o.Ref, o.Why, min(whyWords, r.text))
		}
		d.stop()
	}
}
