package brief

import (
	"cmp"
	"strings"

	"bearings/internal/incident"
)

// decisions lists the choices that count now: those whose ground gives way
// first, then those to look at again, those still to be made, those that owe
// their reason, and the others, newest first.
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
		yesFirst(a.WhyOwed, b.WhyOwed),
		newest(a.At, b.At))
}

// owes reports whether the reader is told elsewhere that it is they who owe
// the reason of a decision: in what is theirs, of somebody who comes back.
func (w *writer) owes(x *incident.Decision) bool {
	return w.back && x.Person == w.reader
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
	if x.WhyOwed && !w.owes(x) {
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
	if d.add(" Why: ", x.Ref, x.Why, min(whyWords, r.aside)) {
		d.stop()
	}
	if d.add(" Revisit when ", x.Ref, x.RevisitWhen, min(whyWords, r.aside)) {
		d.stop()
	}
	if r.level > 1 {
		w.weighed(x, r, d)
	}
	for i, o := range x.Objections {
		if i == 2 {
			d.say(" ", plus(len(x.Objections)-i), " objections.")
			break
		}
		d.cite(o.Ref)
		d.say(" ", w.name(o.By), " objects")
		d.add(": ", o.Ref, o.Why, min(whyWords, r.aside))
		d.stop()
	}
}

// weighed writes who was asked, and what else could have been done.
func (w *writer) weighed(x *incident.Decision, r room, d *draft) {
	if len(x.Consulted) > 0 {
		d.say(" Consulted ", w.names(x.Consulted, 3), ".")
	}
	if d.add(" Instead of: ", x.Ref, strings.Join(x.Alternatives, "; "), r.aside) {
		d.stop()
	}
}
