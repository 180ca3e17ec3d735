package brief

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"bearings/internal/incident"
)

var changesBudgets = map[string]budgets{
	"header":       {15, 20, 30},
	"no_longer_so": {40, 190, 550},
	"shape":        {12, 50, 150},
	"decided":      {20, 110, 320},
	"newly_known":  {17, 100, 320},
	"now_assuming": {17, 110, 330},
	"threads":      {15, 70, 200},
	"yours":        {10, 40, 90},
	"unchanged":    {4, 10, 10},
	"total":        {150, 700, 2000},
}

// A difference is what changed between two marks.
type difference struct {
	w    *writer
	from time.Time
	then *incident.State

	claims    map[string]*incident.Claim
	decided   map[string]*incident.Decision
	threads   map[string]*incident.Thread
	unchanged struct{ claims, decisions, threads int }
}

// changes plans the brief of somebody who comes back: what is no longer so
// comes first, as acting on a dead belief costs most.
func (w *writer) changes(then *incident.State, from time.Time) plan {
	w.back = true
	v := &difference{
		w: w, from: from, then: then,
		claims:  byID(then.Claims),
		decided: byID(then.Decisions),
		threads: byID(then.Threads),
	}
	p := plan{
		total:  changesBudgets["total"][w.level()],
		takers: []string{"no_longer_so", "now_assuming", "decided", "threads", "newly_known"},
	}
	columns := []*column{
		v.header(), v.noLongerSo(), v.shape(), v.decisions(), v.newlyKnown(), v.nowAssuming(), v.threadsMoved(), v.yours(),
	}
	changed := 0
	for _, c := range columns {
		if c.id != "header" && c.id != "yours" {
			changed += c.count
		}
	}
	for _, c := range append(columns, v.rest(changed)) {
		c.budget = changesBudgets[c.id][w.level()]
		p.columns = append(p.columns, c)
	}
	return p
}

func byID[T incident.Thing](things []T) map[string]T {
	m := make(map[string]T, len(things))
	for _, t := range things {
		m[t.Meta().ID] = t
	}
	return m
}

func (v *difference) header() *column {
	return &column{id: "header", count: 2, yields: true, quiet: true, write: func(i int, r room, d *draft) {
		if i == 0 {
			d.cite(v.w.self...)
			d.say("Away ", duration(v.w.asOf.Sub(v.from)), " (", v.w.span(v.from, v.w.asOf), ").")
			return
		}
		v.w.standing(r, d)
		d.stop()
	}}
}

// shape lists the changes of shape, and what of the incident is set anew.
func (v *difference) shape() *column {
	var lines []func(r room, d *draft)
	if n := len(v.w.now.Leads); n > 1 && n != len(v.then.Leads) {
		lines = append(lines, v.w.leads)
	}
	seen := map[incident.Shape]bool{}
	for _, s := range v.then.Shapes {
		seen[s] = true
	}
	for _, s := range slices.Backward(v.w.now.Shapes) {
		if !seen[s] {
			lines = append(lines, v.shapeChange(s))
		}
	}
	now, then := v.w.now, v.then
	for _, f := range []struct{ field, name, was, is string }{
		{"severity", "Severity", then.Severity, now.Severity},
		{"status", "Status", string(then.Status), string(now.Status)},
		{"trend", "Trend", string(then.Trend), string(now.Trend)},
		{"impact", "Impact", then.Impact, now.Impact},
		{"not_affected", "Not affected", then.NotAffected, now.NotAffected},
		{"aim", "Aim", then.Aim, now.Aim},
		{"title", "Title", then.Title, now.Title},
	} {
		if f.was != f.is {
			lines = append(lines, v.setAnew(f.field, f.name, f.is))
		}
	}
	return &column{id: "shape", title: "Shape", count: len(lines), write: func(i int, r room, d *draft) { lines[i](r, d) }}
}

func (v *difference) shapeChange(s incident.Shape) func(room, *draft) {
	return func(r room, d *draft) {
		d.cite(s.Ref)
		d.say(v.w.clock(s.At), ": ", inline(s.What, r.text))
		d.stop()
	}
}

func (v *difference) setAnew(field, name, value string) func(room, *draft) {
	return func(r room, d *draft) {
		set := v.w.setting(field)
		d.cite(v.w.self...)
		d.cite(set)
		d.say(name)
		if !d.add(" now: ", cmp.Or(set, v.w.now.Ref), value, r.text) {
			d.say(" taken back")
		}
		d.stop()
	}
}

// decisions lists what was decided or proposed, and what must not be done now
// or may be done again.
func (v *difference) decisions() *column {
	fresh := sorted(v.w.now.Decisions, func(x *incident.Decision) bool {
		then := v.decided[x.ID]
		if then != nil && then.State == x.State {
			if !then.Shaky() || x.Shaky() {
				v.unchanged.decisions++
			}
			return false
		}
		return then == nil || !x.HasEnded()
	}, byUrgency)
	known := byID(v.then.Donts)
	donts := sorted(v.w.now.Donts, func(x *incident.Dont) bool {
		then := known[x.ID]
		return then == nil && x.Lifted.IsZero() || then != nil && then.Lifted.IsZero() && !x.Lifted.IsZero()
	}, func(a, b *incident.Dont) int { return yesFirst(a.Lifted.IsZero(), b.Lifted.IsZero()) })
	return &column{id: "decided", title: "Decided", count: len(donts) + len(fresh), write: func(i int, r room, d *draft) {
		if i < len(donts) {
			v.dont(donts[i], r, d)
			return
		}
		if x := fresh[i-len(donts)]; x.HasEnded() {
			v.w.reversal(x, r, d)
		} else {
			v.w.decision(x, r, d)
		}
	}}
}

func (v *difference) dont(x *incident.Dont, r room, d *draft) {
	d.cite(x.Ref)
	if x.Lifted.IsZero() {
		d.say("Don’t, since ", v.w.clock(x.At), ": ")
	} else {
		d.say("Lifted ", v.w.clock(x.Lifted), ": ")
	}
	d.tell(x.Ref, x.Text, r.text)
	d.say(" (", list(label(x.Ref), v.w.name(x.Person)), ").")
}

func (v *difference) newlyKnown() *column {
	claims := sorted(v.w.now.Claims, func(c *incident.Claim) bool {
		return v.entered(c, incident.BucketKnown)
	}, func(a, b *incident.Claim) int {
		return cmp.Or(yesFirst(a.State == incident.Verified, b.State == incident.Verified), cmp.Compare(b.Load, a.Load))
	})
	return v.w.claims("newly_known", "Newly known", claims)
}

func (v *difference) nowAssuming() *column {
	claims := sorted(v.w.now.Claims, func(c *incident.Claim) bool {
		if then := v.claims[c.ID]; then != nil && then.State == c.State {
			v.unchanged.claims++
		}
		return v.entered(c, incident.BucketAssuming) && (v.w.level() > 0 || c.State != incident.Hypothesis)
	}, byRisk)
	return v.w.claims("now_assuming", "Now assuming", claims)
}

// entered reports whether a claim is new in a part of the brief, and did not
// fall into it.
func (v *difference) entered(c *incident.Claim, bucket incident.Bucket) bool {
	if c.State.Bucket() != bucket {
		return false
	}
	then := v.claims[c.ID]
	return then == nil || then.State.Bucket().Rank() > bucket.Rank()
}

// threadsMoved lists the threads that became overdue, were opened or ended.
func (v *difference) threadsMoved() *column {
	rank := func(t *incident.Thread) int {
		switch {
		case !open(t):
			return 2
		case t.Overdue:
			return 0
		}
		return 1
	}
	moved := sorted(v.w.now.Threads, func(t *incident.Thread) bool {
		then := v.threads[t.ID]
		if then == nil || open(then) != open(t) || open(t) && t.Overdue && !then.Overdue {
			return true
		}
		v.unchanged.threads++
		return false
	}, func(a, b *incident.Thread) int { return cmp.Or(rank(a)-rank(b), newest(a.Changed, b.Changed)) })
	return &column{id: "threads", title: "Threads", count: len(moved), write: func(i int, r room, d *draft) {
		t := moved[i]
		switch {
		case t.State == incident.DeadEnd:
			v.w.deadEnd(t, r, d)
		case t.State == incident.ThreadDone:
			v.w.done(t, r, d)
		case v.threads[t.ID] == nil && !t.Overdue:
			d.say("Opened ", v.w.clock(t.At), ": ")
			v.w.thread(t, r, d)
		default:
			v.w.thread(t, r, d)
		}
	}}
}

// yours lists what the reader owns: threads, actions, decisions that owe their
// reason.
func (v *difference) yours() *column {
	var lines []func(r room, d *draft)
	c := &column{id: "yours", title: "Yours", write: func(i int, r room, d *draft) { lines[i](r, d) }}
	if v.w.reader == "" {
		return c
	}
	mine := func(t *incident.Thread) bool { return t.Owner == v.w.reader && open(t) }
	for _, t := range sorted(v.w.now.Threads, mine, bySilence) {
		lines = append(lines, func(r room, d *draft) { v.w.thread(t, r, d) })
	}
	todo := func(a *incident.Action) bool { return a.Owner == v.w.reader && !a.HasEnded() }
	for _, a := range sorted(v.w.now.Actions, todo, byDue) {
		lines = append(lines, func(r room, d *draft) { v.w.action(a, r, d) })
	}
	for _, x := range v.w.now.Decisions {
		if x.WhyOwed && !x.HasEnded() && x.Person == v.w.reader {
			lines = append(lines, func(r room, d *draft) { v.owed(x, r, d) })
		}
	}
	c.count = len(lines)
	return c
}

func (v *difference) owed(x *incident.Decision, r room, d *draft) {
	d.cite(x.Ref)
	d.say("You owe the reason", notes(v.w.by(x.WhyDue)), ": ")
	d.tell(x.Ref, x.Text, r.text)
	d.say(" (", label(x.Ref), ").")
}

// rest says that nothing changed, and how much stands as it did.
func (v *difference) rest(changed int) *column {
	n := v.unchanged.claims + v.unchanged.decisions + v.unchanged.threads
	c := &column{id: "unchanged", title: "Unchanged"}
	if changed == 0 || n > 0 {
		c.count = 1
	}
	c.write = func(_ int, r room, d *draft) {
		d.cite(v.w.self...)
		if changed == 0 {
			d.say("Nothing changed.")
			return
		}
		d.say("Unchanged: ", strconv.Itoa(n))
		if r.level > 0 {
			d.say(" (", list(
				some(v.unchanged.claims, "claim", "claims"),
				some(v.unchanged.decisions, "decision", "decisions"),
				some(v.unchanged.threads, "thread", "threads")), ")")
		}
		d.stop()
	}
	return c
}

func some(n int, one, many string) string {
	if n == 0 {
		return ""
	}
	return count(n, one, many)
}
