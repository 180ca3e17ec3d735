package brief

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// comms says what people outside were told last, and when they hear again:
// what rests on shaky ground first, then those who wait for more than was
// promised, then the newest for each audience.
func (w *writer) comms() *column {
	updates := sorted(w.now.Updates,
		func(u *incident.Update) bool { return u.Newest || u.Shaky() && u.Corrected.ID == "" },
		func(a, b *incident.Update) int {
			return cmp.Or(yesFirst(a.Shaky(), b.Shaky()), yesFirst(a.Overdue, b.Overdue), newest(a.At, b.At))
		})
	return &column{id: "comms", title: "Comms", count: len(updates),
		write: func(i int, r room, d *draft) { w.update(updates[i], r, d) }}
}

func (w *writer) update(u *incident.Update, r room, d *draft) {
	d.cite(u.Ref)
	d.say("Sent ", w.clock(u.At), " to ", line(u.Audience, 4), " (", list(label(u.Ref), w.name(u.Person)), ")")
	if s := w.shaky(&u.Basis, d); s != "" {
		d.say("; ", s)
	}
	d.say(": ")
	d.tell(u.Ref, u.Text, r.text)
	d.stop()
	if !u.Newest || u.NextDue.IsZero() {
		return
	}
	if u.Overdue {
		d.say(" Overdue since ")
	} else {
		d.say(" Next due ")
	}
	d.say(w.clock(u.NextDue))
	if u.NextBy != "" {
		d.say(", ", w.name(u.NextBy))
	}
	d.stop()
}

// worries says what the lead who hands over has open, but for what the brief
// says where it belongs: who leads, what the decisions want, and what people
// outside wait for.
func (w *writer) worries() *column {
	open := slices.DeleteFunc(slices.Clone(w.now.Attention), func(p incident.Prompt) bool { return saidElsewhere[p.Kind] })
	return &column{id: "worries", title: "My worries", count: len(open),
		write: func(i int, r room, d *draft) {
			p := open[i]
			d.cite(p.About)
			d.cite(w.self...)
			d.say(capital(list(line(p.About.Label, 1), inline(p.Text, r.text))))
			d.stop()
		}}
}

// saidElsewhere are the prompts that stand under Who, Decisions and Comms, the
// first of their section.
var saidElsewhere = map[string]bool{
	"no_lead": true, "two_leads": true, "no_scribe": true, "no_comms": true,
	"decision_shaky": true, "decision_due": true, "why_owed": true,
	"update_overdue": true, "update_shaky": true,
}

// promises lists what was promised, soonest first.
func (w *writer) promises() *column {
	return &column{id: "promises", title: "Promises made", count: len(w.now.Promised),
		write: func(i int, r room, d *draft) {
			p := w.now.Promised[i]
			d.cite(p.About)
			d.cite(w.self...)
			d.say(w.clock(p.At), ": ", inline(p.Text, r.text))
			d.say(notes(list(line(p.About.Label, 1), w.name(p.Who))))
			d.stop()
		}}
}
