package brief

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// header says which incident it is and how it stands, and why the reader is
// here.
func (w *writer) header() *column {
	c := &column{id: "header", count: 1, yields: true, quiet: true}
	you := w.responder(w.reader)
	if you != nil && (you.Why != "" || you.AskedBy != "") {
		c.count = 2
	}
	c.write = func(i int, r room, d *draft) {
		if i == 0 {
			w.standing(r, d)
			d.say(", ", duration(w.now.Elapsed()), " in")
			if r.level == 2 || r.level == 1 && c.count == 1 {
				d.say(", as of ", w.clock(w.asOf))
			}
			d.stop()
			return
		}
		w.you(you, r, d)
	}
	return c
}

// standing writes the incident's title, severity, status and trend.
func (w *writer) standing(r room, d *draft) {
	d.tell(w.now.Ref, w.now.Title, r.text)
	d.looks.title = len(d.text)
	d.cite(w.self...)
	severity := w.now.Severity
	switch {
	case severity == "":
		severity = "no severity"
	case !w.now.SeverityAt.IsZero():
		severity += " since " + w.clock(w.now.SeverityAt)
	}
	trend := string(w.now.Trend)
	if w.now.Trend == incident.TrendUnknown {
		trend = ""
	}
	d.say(": ", list(line(severity, 6), line(string(w.now.Status), 1), line(trend, 1)))
}

// you says why the reader is here, and who asked where there is room for both.
func (w *writer) you(you *incident.Responder, r room, d *draft) {
	ref := personRef(you)
	d.cite(ref)
	d.cite(w.self...)
	d.say("You")
	if you.AskedBy != "" && (you.Why == "" || r == rooms[w.length]) {
		d.say(", asked by ", w.name(you.AskedBy))
	}
	d.add(": ", ref, you.Why, r.text)
	d.stop()
}

// keyMoments is how many of the newest key moments the situation may name.
const keyMoments = 6

// situation says what is broken, for whom and since when, what is measured,
// what was done last and what came of it.
func (w *writer) situation() *column {
	var lines []func(r room, d *draft)
	lines = append(lines, w.impact)
	readings := w.now.Readings
	if len(readings) > 0 {
		lines = append(lines, w.reading(&readings[0]))
	}
	if a := w.lastDone(); a != nil {
		lines = append(lines, w.lastAction(a))
	}
	for i := 1; i < len(readings) && w.level() > 0; i++ {
		lines = append(lines, w.reading(&readings[i]))
	}
	if w.level() > 0 {
		for _, n := range w.newestKeyNotes() {
			lines = append(lines, w.keyMoment(n))
		}
	}
	return &column{id: "situation", title: "Situation", count: len(lines), yields: w.level() == 0,
		write: func(i int, r room, d *draft) { lines[i](r, d) }}
}

func (w *writer) impact(r room, d *draft) {
	s := w.now
	impact, unaffected := w.setting("impact"), w.setting("not_affected")
	d.cite(w.self...)
	d.cite(impact, unaffected)
	if !s.Started.IsZero() {
		d.say("Since ")
		if s.StartedApprox {
			d.say("about ")
		}
		d.say(w.clock(s.Started))
		if r.level > 1 && !s.Detected.IsZero() && !s.Detected.Equal(s.Started) {
			d.say(", detected ", w.clock(s.Detected))
		}
		d.say(": ")
	}
	if !d.add("", cmp.Or(impact, s.Ref), s.Impact, r.text) {
		d.say("impact not recorded")
	}
	d.add("; not affected: ", cmp.Or(unaffected, s.Ref), s.NotAffected, r.text)
	d.begin()
	d.stop()
}

// setting returns the record that last set a field of the incident.
func (w *writer) setting(field string) incident.Ref {
	for _, c := range slices.Backward(w.now.Changes) {
		if c.Field == field {
			return c.Ref
		}
	}
	return incident.Ref{}
}

func (w *writer) reading(m *incident.Reading) func(room, *draft) {
	return func(r room, d *draft) {
		d.cite(m.Last.Ref)
		d.shows = append(d.shows, m.Last.Ref)
		d.say(capital(inline(m.Name, min(r.text, 8))), " ", number(m.Last.Value, m.Unit), " (", w.ago(m.Last.At), " ago)")
		if m.Worst.ID != m.Last.ID && m.Worst.Value != m.Last.Value {
			d.say(", worst ", number(m.Worst.Value, m.Unit), " at ", w.clock(m.Worst.At))
			d.cite(m.Worst.Ref)
			d.shows = append(d.shows, m.Worst.Ref)
		}
		d.stop()
	}
}

// lastDone returns the action that was last brought to an end, well or not.
func (w *writer) lastDone() *incident.Action {
	var last *incident.Action
	for _, a := range w.now.Actions {
		if a.State != incident.ActionDone && a.State != incident.Failed {
			continue
		}
		if last == nil || !a.Changed.Before(last.Changed) {
			last = a
		}
	}
	return last
}

func (w *writer) lastAction(a *incident.Action) func(room, *draft) {
	return func(r room, d *draft) {
		d.cite(a.Ref)
		if a.State == incident.Failed {
			d.say("Failed ")
		} else {
			d.say("Last done ")
		}
		d.say(w.clock(a.Changed), ": ")
		d.tell(a.Ref, a.Text, r.text)
		d.say(" (", list(label(a.Ref), w.name(cmp.Or(a.Owner, a.Person))), ")")
		d.add("; ", a.Ref, a.Result, r.aside)
		if r.level > 0 {
			w.effect(a, d)
		}
		d.stop()
	}
}

// effect writes how the first reading moved since an action.
func (w *writer) effect(a *incident.Action, d *draft) {
	if len(w.now.Readings) == 0 {
		return
	}
	m := &w.now.Readings[0]
	then := incident.Point{}
	for _, p := range slices.Backward(m.Points) {
		if !p.At.After(a.Changed) {
			then = p
			break
		}
	}
	if then.ID == "" || then.ID == m.Last.ID {
		return
	}
	d.say("; ", line(m.Name, 6), " ", number(then.Value, m.Unit), " then, ", number(m.Last.Value, m.Unit), " now")
	d.cite(then.Ref, m.Last.Ref)
}

func (w *writer) newestKeyNotes() []*incident.Note {
	var found []*incident.Note
	for _, n := range w.now.Notes {
		if n.Key && !n.Struck {
			found = append(found, n)
		}
	}
	slices.SortStableFunc(found, func(a, b *incident.Note) int { return newest(a.At, b.At) })
	return found[:min(len(found), keyMoments)]
}

func (w *writer) keyMoment(n *incident.Note) func(room, *draft) {
	return func(r room, d *draft) {
		d.cite(n.Ref)
		d.say(w.clock(n.At), ": ")
		d.tell(n.Ref, noteText(n), r.text)
		d.say(" (", list(label(n.Ref), w.name(n.Person)), ").")
	}
}

// noteText is what a note says, a CAN report in one line.
func noteText(n *incident.Note) string { return spoken(n.Text, n.Seeing, n.Doing) }

// spoken is the text of a note, or what a CAN report sees and does.
func spoken(text, seeing, doing string) string {
	switch {
	case text != "":
		return text
	case seeing != "" && doing != "":
		return seeing + "; " + doing
	}
	return cmp.Or(seeing, doing)
}

// dont says what must not be done now, and what is being done that can't be
// taken back.
func (w *writer) dont() *column {
	donts := sorted(w.now.Donts,
		func(x *incident.Dont) bool { return x.Lifted.IsZero() },
		func(a, b *incident.Dont) int { return newest(a.At, b.At) })
	hard := sorted(w.now.Actions,
		func(a *incident.Action) bool { return a.Irreversible && a.State == incident.InProgress },
		func(a, b *incident.Action) int { return newest(a.Started, b.Started) })
	c := &column{id: "dont", title: "Don’t", count: len(donts) + len(hard)}
	if w.level() > 0 {
		c.empty = noneRecorded
	}
	c.write = func(i int, r room, d *draft) {
		if i < len(donts) {
			w.prohibition(donts[i], r, d)
			return
		}
		w.underWay(hard[i-len(donts)], r, d)
	}
	return c
}

func (w *writer) prohibition(x *incident.Dont, r room, d *draft) {
	d.cite(x.Ref)
	d.tell(x.Ref, x.Text, r.text)
	if r.level == 0 {
		d.say(" (", label(x.Ref), ").")
		return
	}
	d.say(" (", list(label(x.Ref), w.name(x.Person)), ", ", w.clock(x.At), ").")
}

func (w *writer) underWay(a *incident.Action, r room, d *draft) {
	d.cite(a.Ref)
	d.say("Under way, hard to reverse: ")
	d.tell(a.Ref, a.Text, r.text)
	d.say(" (", list(label(a.Ref), w.owner(a.Owner)), ").")
}

// owner writes who owns a thing.
func (w *writer) owner(name string) string {
	if name == "" {
		return "nobody owns it"
	}
	return w.name(name)
}

// aim says what the team works towards, and what must hold before it is over.
func (w *writer) aim() *column {
	criteria := sorted(w.now.Criteria,
		func(k *incident.Criterion) bool { return !k.TakenBack },
		func(a, b *incident.Criterion) int { return yesFirst(a.Ticked.IsZero(), b.Ticked.IsZero()) })
	offset := 0
	if w.now.Aim != "" {
		offset = 1
	}
	return &column{id: "aim", title: "Aim", count: offset + len(criteria), write: func(i int, r room, d *draft) {
		if i < offset {
			set := w.setting("aim")
			d.cite(w.self...)
			d.cite(set)
			d.tell(cmp.Or(set, w.now.Ref), w.now.Aim, r.text)
			d.stop()
			return
		}
		k := criteria[i-offset]
		d.cite(k.Ref)
		if k.Ticked.IsZero() {
			d.say("Done when: ")
		} else {
			d.say("Reached ", w.clock(k.Ticked), ": ")
		}
		d.tell(k.Ref, k.Text, r.text)
		d.stop()
	}}
}

// ifThen lists the tripwires that have not been answered.
func (w *writer) ifThen() *column {
	wires := sorted(w.now.Tripwires,
		func(t *incident.Tripwire) bool { return t.Answered.IsZero() },
		func(a, b *incident.Tripwire) int { return soonest(a.ByWhen, b.ByWhen) })
	return &column{id: "if_then", title: "If / then", count: len(wires), write: func(i int, r room, d *draft) {
		t := wires[i]
		d.cite(t.Ref)
		d.say("If ")
		d.tell(t.Ref, t.If, (r.text+1)/2)
		d.say(", then ")
		d.tell(t.Ref, t.Then, (r.text+1)/2)
		d.say(" (", list(label(t.Ref), w.owner(t.Owner), w.by(t.ByWhen)), ").")
	}}
}
