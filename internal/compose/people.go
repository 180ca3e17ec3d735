package compose

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// readingFor is how long whoever joins reads in, in minutes. It ends by itself.
const readingFor = 5

// joinFields are what may be said with a joining.
var joinFields = []string{"asked", "offer", "skills"}

// join brings somebody in, or says more of somebody who is here. Who joins by
// their own word reads in.
func (w *Writer) join(l *line) (*Draft, *Problem) {
	l.fields = joinFields
	asked, offer, skills := w.asker(l.field("asked")), l.field("offer"), list(l.field("skills"))
	name, why, _ := strings.Cut(l.rest(), ":")
	name, why = strings.TrimSpace(strings.TrimPrefix(name, "@")), strings.TrimSpace(why)
	if name == "" {
		return nil, missing("Who joins?", "/join Priya Nair: why she is here")
	}
	if strings.EqualFold(name, "me") {
		name = w.Place.Me
	}
	minutes, says := 0, name+" joins"
	if name == w.Place.Me {
		minutes = w.reads(name)
	}
	if minutes == 0 && w.responder(name) != nil && w.responder(name).State != "left" {
		says = "About " + name
	}
	d := draft(says, "person.join", "why", why, "asked_by", asked, "offer", offer, "skills", skills, "reading_min", minutes)
	return onBehalf(d, name), nil
}

// asker is who asked somebody in, by their whole name where they are here. Who
// asked is hardly ever who joins.
func (w *Writer) asker(name string) string {
	name = strings.TrimPrefix(name, "@")
	if who, p := w.who(name); name != "" && p == nil && who != w.Place.Me {
		return who
	}
	return name
}

// reads is how many minutes somebody who says why they are here reads in from
// now on: those that are left to who does already, none for who has.
func (w *Writer) reads(name string) int {
	r := w.responder(name)
	switch {
	case r == nil || r.State == "left":
		return readingFor
	case r.State == "reading_in":
		return int(math.Ceil(r.ReadingUntil.Sub(w.Place.Now).Minutes()))
	default:
		return 0
	}
}

func (w *Writer) responder(name string) *incident.Responder {
	for i := range w.State.Responders {
		if w.State.Responders[i].Name == name {
			return &w.State.Responders[i]
		}
	}
	return nil
}

// list is what stands between commas.
func list(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// ready ends somebody's reading in.
func (w *Writer) ready(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	if r := w.responder(who); r == nil || r.State != "reading_in" {
		return nil, problem(who+" is not reading in.", "/join @me: why you are here")
	}
	return onBehalf(draft(who+" is ready", "person.ready"), who), nil
}

// someone is who is named, else the one who types.
func (l *line) someone() (string, *Problem) { return l.someoneAfter(0) }

// someoneAfter is someone, whose name without an @ may stand after some words.
func (l *line) someoneAfter(words int) (string, *Problem) {
	who, p := l.person()
	if p != nil {
		return "", p
	}
	return cmp.Or(who, l.name(words), l.w.Place.Me), nil
}

func (w *Writer) leave(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	return onBehalf(draft(who+" leaves", "person.leave"), who), nil
}

// takings are the takings of a role that are known here, and replaced.
func (w *Writer) takings(role string) []string {
	out := []string{}
	for _, r := range w.State.Roles {
		if r.Role == role {
			out = append(out, r.Takings...)
		}
	}
	return out
}

func (w *Writer) lead(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	switch {
	case l.rest() != "" || len(w.State.Leads) == 0:
	case len(w.State.Leads) == 1 && w.isLead(who):
		return nil, problem(who+" leads already.", "/handover @who gives the lead to somebody else.")
	default:
		return nil, problem("Why does "+who+" take the lead from "+w.State.Leads[0].Person+"?", "/lead @"+who+" why. Everybody sees the reason.")
	}
	d := draft(who+" leads", "role.take", "role", "lead", "why", l.rest())
	over, _ := json.Marshal(w.takings("lead")) // a list of texts can always be written
	d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "over", Value: over})
	return onBehalf(d, who), nil
}

func (w *Writer) role(l *line) (*Draft, *Problem) {
	who, p := l.someoneAfter(1)
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if role == "" || l.name(0) != "" {
		return nil, missing("Which role?", "/role scribe @who")
	}
	if role == "lead" {
		return w.lead(&line{w: w, words: []string{"@" + strings.ReplaceAll(who, " ", "")}})
	}
	return onBehalf(draft(who+" is "+role, "role.take", "role", role), who), nil
}

func (w *Writer) release(l *line) (*Draft, *Problem) {
	who, p := l.someoneAfter(1)
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if !slices.ContainsFunc(w.State.Roles, func(r incident.Role) bool { return r.Role == role && r.Person == who }) {
		return nil, problem(who+" does not hold that role.", "/release scribe @who")
	}
	return onBehalf(draft(who+" is no longer "+role, "role.release", "role", role), who), nil
}
