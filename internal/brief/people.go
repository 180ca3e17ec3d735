package brief

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
)

func (w *writer) responder(name string) *incident.Responder {
	if name == "" {
		return nil
	}
	for i := range w.now.Responders {
		if w.now.Responders[i].Name == name {
			return &w.now.Responders[i]
		}
	}
	return nil
}

// personRef points at a person; the label is the name.
func personRef(r *incident.Responder) incident.Ref {
	ref := r.Ref
	ref.Label = r.Name
	return ref
}

// chairs are the roles that a brief names first, in their order.
var chairs = []string{"lead", "deputy", "scribe", "comms"}

// who says who leads and who does what for the incident as a whole, who leads
// next, and in the longer briefs which of these nobody does, and who else is
// here for what.
func (w *writer) who() *column {
	var lines []func(r room, d *draft)
	lines = append(lines, w.leads)
	if w.now.Handover != nil {
		lines = append(lines, w.nextLead)
	}
	for _, role := range w.roles() {
		lines = append(lines, w.role(role))
	}
	if w.level() > 0 {
		if vacant := w.vacant(); len(vacant) > 0 {
			lines = append(lines, w.vacancies(vacant))
		}
		lines = append(lines, w.here)
	}
	if w.level() > 1 {
		for _, p := range w.present() {
			lines = append(lines, w.person(p))
		}
	}
	return &column{id: "who", title: "Who", count: len(lines),
		write: func(i int, r room, d *draft) { lines[i](r, d) }}
}

func (w *writer) leads(r room, d *draft) {
	leads := w.now.Leads
	switch len(leads) {
	case 0:
		d.cite(w.self...)
		d.say("Nobody leads.")
		return
	case 1:
		d.say("Lead: ", line(leads[0].Person, nameWords))
	default:
		if len(leads) == 2 {
			d.say("Two leads until one yields: ")
		} else {
			d.say(strconv.Itoa(len(leads)), " leads until all but one yield: ")
		}
		var names []string
		for _, l := range leads {
			names = append(names, line(l.Person, nameWords))
		}
		d.say(capped(names, 3))
	}
	for _, l := range leads {
		d.cite(l.Ref)
	}
	if r.level > 0 && len(leads) == 1 {
		d.say(", since ", w.clock(leads[0].Since))
	}
	d.stop()
}

func (w *writer) nextLead(r room, d *draft) {
	h := w.now.Handover
	d.cite(h.Ref)
	if h.To == "" {
		d.say("Handover opened ", w.clock(h.At), " by ", w.name(h.Person))
		d.stop()
		return
	}
	d.say("Next lead: ", line(h.To, nameWords), ", handover opened ", w.clock(h.At))
	d.stop()
	if r.level > 0 && d.add(" Read back: ", h.Ref, h.Readback, r.aside) {
		d.stop()
	}
}

// roles returns the roles but the lead's: those with a chair first, then those
// that the team made for itself, experts and observers in the end.
func (w *writer) roles() []incident.Role {
	rank := func(role string) int {
		if i := slices.Index(chairs, role); i >= 0 {
			return i
		}
		switch role {
		case "expert":
			return len(chairs) + 1
		case "observer":
			return len(chairs) + 2
		}
		return len(chairs)
	}
	return sorted(w.now.Roles,
		func(r incident.Role) bool {
			return r.Role != "lead" && (w.level() > 0 || slices.Contains(chairs, r.Role))
		},
		func(a, b incident.Role) int { return rank(a.Role) - rank(b.Role) })
}

func (w *writer) role(role incident.Role) func(room, *draft) {
	return func(r room, d *draft) {
		d.cite(role.Ref)
		name := line(role.Role, nameWords)
		d.say(capital(name), ": ", line(role.Person, nameWords))
		d.stop()
	}
}

// vacant lists the chairs but the lead's that nobody has.
func (w *writer) vacant() []string {
	return slices.DeleteFunc(slices.Clone(chairs[1:]), func(chair string) bool {
		return slices.ContainsFunc(w.now.Roles, func(r incident.Role) bool { return r.Role == chair })
	})
}

func (w *writer) vacancies(chairs []string) func(room, *draft) {
	return func(_ room, d *draft) {
		d.cite(w.self...)
		d.say("No ", strings.Join(chairs, ", no "))
		d.stop()
	}
}

func (w *writer) here(_ room, d *draft) {
	d.cite(w.self...)
	if w.now.Here == 1 {
		d.say("1 person here.")
		return
	}
	d.say(strconv.Itoa(w.now.Here), " people here.")
}

// present lists the people who are here and said what they can help with.
func (w *writer) present() []*incident.Responder {
	var here []*incident.Responder
	for i := range w.now.Responders {
		r := &w.now.Responders[i]
		if !r.App && r.Left.IsZero() && (r.Offer != "" || r.Why != "") {
			here = append(here, r)
		}
	}
	return here
}

func (w *writer) person(p *incident.Responder) func(room, *draft) {
	return func(r room, d *draft) {
		ref := personRef(p)
		d.cite(ref)
		d.cite(w.self...)
		d.say(line(p.Name, nameWords), ": ")
		d.tell(ref, cmp.Or(p.Offer, p.Why), r.text)
		if p.State == "reading_in" {
			d.say(", reading in until ", w.clock(p.ReadingUntil))
		}
		d.stop()
	}
}

// nothingNeedsYou is what somebody reads for whom there is no gap.
const nothingNeedsYou = "Nothing needs you now. Observe."

// help says where somebody who joins can help, each with a sentence to say.
func (w *writer) help() *column {
	gaps := w.now.Help
	if w.reader != "" {
		gaps = w.now.HelpFor(w.reader)
	}
	c := &column{id: "help", title: "Where you can help", count: len(gaps), empty: nothingNeedsYou, most: 3}
	if w.level() == 0 {
		c.most = 1
	}
	c.write = func(i int, r room, d *draft) {
		g := gaps[i]
		d.cite(g.About...)
		if len(d.sources) == 0 {
			d.cite(w.self...)
		}
		say := inline(g.Say, r.text)
		if r.level > 0 || g.Say == "" || Words(g.Reason)+Words(say)+1 <= joinerBudgets["help"][0] {
			d.say(capital(inline(g.Reason, r.text)))
			d.stop()
		}
		if g.Say == "" {
			return
		}
		if len(d.text) > 0 {
			d.say(" ")
		}
		d.say("Say: “", say, mark(g.Say, say), "”")
	}
	return c
}

// mark is the full stop that inline took away.
func mark(text, cut string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") || strings.HasSuffix(cut, ellipsis) {
		return ""
	}
	return "."
}

// by writes until when something is due.
func (w *writer) by(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Before(w.asOf):
		return "was due " + w.clock(t)
	}
	return "by " + w.clock(t)
}
