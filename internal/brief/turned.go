package brief

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
)

// turned returns when a thing was given up.
func turned(t incident.Thing) time.Time {
	switch t := t.(type) {
	case *incident.Claim:
		return t.Turned
	case *incident.Decision:
		return t.Changed
	case *incident.Thread:
		return t.Changed
	}
	return time.Time{}
}

// turn writes what was given up, when, and what turned it.
func (w *writer) turn(t incident.Thing, r room, d *draft) {
	switch t := t.(type) {
	case *incident.Claim:
		w.claim(t, r, d)
	case *incident.Decision:
		w.reversal(t, r, d)
	case *incident.Thread:
		w.deadEnd(t, r, d)
	}
}

func (w *writer) ruledOutClaim(c *incident.Claim, r room, d *draft) {
	if c.State == incident.Withdrawn {
		d.say("Withdrawn ")
	} else {
		d.say("Ruled out ")
	}
	d.say(w.clock(c.Turned), ": ")
	d.tell(c.Ref, c.Text, r.text)
	carries := ""
	if r.level > 0 {
		carries = w.carries(c, "still carries", d)
	}
	d.say(notes(label(c.Ref), w.against(c, d), carries))
	w.because(reasonRef(c), c.Why, r, d)
	d.stop()
}

// reasonRef points at the verdict whose reason ruled a claim out, or at the
// claim.
func reasonRef(c *incident.Claim) incident.Ref {
	for _, v := range slices.Backward(c.Verdicts) {
		if v.Verdict == "refute" && v.Why == c.Why {
			return v.Ref
		}
	}
	return c.Ref
}

// against writes what speaks against a claim that was ruled out, and who said
// so.
func (w *writer) against(c *incident.Claim, d *draft) string {
	refs := w.refutation(c)
	d.cite(refs...)
	by := ""
	if c.TurnedBy != "" {
		by = w.name(c.TurnedBy)
	}
	switch len(refs) {
	case 0:
		return by
	case 1:
		return join("; ", label(refs[0])+" contradicts", by)
	}
	return join("; ", labels(refs, 2)+" contradict", by)
}

// refutation returns the evidence against a claim: what the newest refute
// verdict names, else what is linked.
func (w *writer) refutation(c *incident.Claim) []incident.Ref {
	for _, v := range slices.Backward(c.Verdicts) {
		if v.Verdict == "refute" && len(v.Evidence) > 0 {
			return v.Evidence
		}
	}
	var refs []incident.Ref
	for i := range c.Contradicts {
		refs = append(refs, c.Contradicts[i].Evidence.Ref)
	}
	return refs
}

// because writes a reason, where one was given and there is room.
func (w *writer) because(ref incident.Ref, why string, r room, d *draft) {
	if r.level > 0 {
		d.add(": ", ref, why, r.aside)
	}
}

func (w *writer) reversal(x *incident.Decision, r room, d *draft) {
	d.cite(x.Ref)
	if x.State == incident.Superseded {
		d.say("Superseded ")
	} else {
		d.say("Reversed ")
	}
	d.say(w.clock(x.Changed))
	if x.SupersededBy.ID != "" {
		d.cite(x.SupersededBy)
		d.say(" by ", label(x.SupersededBy))
	}
	d.say(": ")
	d.tell(x.Ref, x.Text, r.text)
	d.say(" (", list(label(x.Ref), w.name(cmp.Or(x.ChangedBy, x.Person))), ")")
	w.because(x.Ref, x.ChangeWhy, r, d)
	d.stop()
}

func (w *writer) deadEnd(t *incident.Thread, r room, d *draft) {
	d.cite(t.Ref, t.ChangeRef)
	d.say("Dead end ", w.clock(t.Changed), ": ")
	d.tell(t.Ref, t.Title, r.text)
	d.say(" (", list(label(t.Ref), w.owner(cmp.Or(t.Owner, t.ChangedBy))), ")")
	w.ending(t, r, d)
	d.stop()
}

// ending writes why a thread ended, or the last word in it.
func (w *writer) ending(t *incident.Thread, r room, d *draft) {
	switch {
	case t.Why != "":
		w.because(t.ChangeRef, t.Why, r, d)
	case t.Words > 0:
		told := t.Told()
		d.cite(told.Ref)
		w.because(told.Ref, spoken(told.Text, told.Seeing, told.Doing), r, d)
	}
}
