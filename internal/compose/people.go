package compose

import (
	"encoding/json"
	"slices"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

func (w *Writer) join(l *line) (*Draft, *Problem) {
	name, why, _ := strings.Cut(l.rest(), ":")
	name, why = strings.TrimSpace(strings.TrimPrefix(name, "@")), strings.TrimSpace(why)
	if name == "" {
		return nil, missing("Who joins?", "/join Priya Nair: why she is here")
	}
	d := draft(name+" joins", "person.join", "why", why)
	d.Records[0].Person = name
	return d, nil
}

// someone is who is named, else the one who types.
func (l *line) someone() (string, *Problem) {
	who, p := l.person()
	if who == "" {
		who = l.w.Place.Me
	}
	return who, p
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
	if len(w.State.Leads) > 0 && l.rest() == "" {
		return nil, problem("Why does "+who+" take the lead from "+w.State.Leads[0].Person+"?", "/lead @"+who+" why. Everybody sees the reason.")
	}
	d := draft(who+" leads", "role.take", "role", "lead", "why", l.rest())
	over, _ := json.Marshal(w.takings("lead")) // a list of texts can always be written
	d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "over", Value: over})
	return onBehalf(d, who), nil
}

func (w *Writer) role(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if role == "" {
		return nil, missing("Which role?", "/role scribe @who")
	}
	if role == "lead" {
		return w.lead(&line{w: w, words: []string{"@" + strings.ReplaceAll(who, " ", "")}})
	}
	return onBehalf(draft(who+" is "+role, "role.take", "role", role), who), nil
}

func (w *Writer) release(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if !slices.ContainsFunc(w.State.Roles, func(r incident.Role) bool { return r.Role == role && r.Person == who }) {
		return nil, problem(who+" does not hold that role.", "/release scribe @who")
	}
	return onBehalf(draft(who+" is no longer "+role, "role.release", "role", role), who), nil
}
