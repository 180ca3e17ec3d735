package command

import (
	"strings"
	"time"

	"bearings/internal/incident"
)

type showCmd struct {
	Incident string `arg:"" help:"The incident."`
	AsOf     string `help:"What was known at a time." placeholder:"TIME"`
}

func (c *showCmd) run(s *session) error {
	return s.look(c.Incident, c.AsOf, func(inc *incident.Incident, at time.Time) error {
		state := inc.At(at)
		if s.json {
			return s.answer(shownFrom(state))
		}
		return s.show(state)
	})
}

// show writes an incident for a person at a terminal.
func (s *session) show(st *incident.State) error {
	s.say("%s %s", st.Label, oneLine(st.Title))
	s.say("%s, %s, %s; lead: %s", or(st.Severity, "no severity"), st.Status, st.Trend, or(strings.Join(leads(st), " and "), "nobody"))
	sections := []struct {
		name string
		rows [][]string
	}{
		{"Threads", s.threadRows(st)},
		{"Claims", s.claimRows(st)},
		{"Decisions", s.decisionRows(st)},
		{"Actions", s.actionRows(st)},
		{"Needs the lead", s.attentionRows(st)},
	}
	for _, section := range sections {
		if len(section.rows) == 0 {
			continue
		}
		s.say("\n%s", section.name)
		if err := s.table(section.rows); err != nil {
			return err
		}
	}
	return nil
}

func leads(st *incident.State) []string {
	out := []string{}
	for _, r := range st.Leads {
		out = append(out, r.Person)
	}
	return out
}

func (s *session) threadRows(st *incident.State) [][]string {
	var rows [][]string
	for _, t := range st.Threads {
		state := plain(string(t.State))
		if t.Overdue {
			state += ", overdue"
		}
		rows = append(rows, []string{"  " + t.Label, oneLine(t.Title), or(oneLine(t.Owner), "nobody"), state, s.clock(t.Last.At), footing(&t.Basis)})
	}
	return rows
}

func (s *session) claimRows(st *incident.State) [][]string {
	var rows [][]string
	for _, c := range st.Claims {
		flags := strings.ReplaceAll(strings.Join(c.Flags.Words(), ", "), "_", " ")
		rows = append(rows, []string{"  " + c.Label, oneLine(c.Text), string(c.State), footing(&c.Basis), flags})
	}
	return rows
}

func (s *session) decisionRows(st *incident.State) [][]string {
	var rows [][]string
	for _, d := range st.Decisions {
		owed := ""
		if d.WhyOwed {
			owed = "why owed, due " + s.clock(d.WhyDue)
		}
		rows = append(rows, []string{"  " + d.Label, oneLine(d.Text), oneLine(d.Person), plain(string(d.State)), footing(&d.Basis), owed})
	}
	return rows
}

func (s *session) actionRows(st *incident.State) [][]string {
	var rows [][]string
	for _, a := range st.Actions {
		state := plain(string(a.State))
		if a.Overdue {
			state += ", overdue"
		}
		rows = append(rows, []string{"  " + a.Label, oneLine(a.Text), or(oneLine(a.Owner), "nobody"), state, footing(&a.Basis)})
	}
	return rows
}

func (s *session) attentionRows(st *incident.State) [][]string {
	var rows [][]string
	for _, p := range st.Attention {
		rows = append(rows, []string{"  " + p.Level.String(), p.About.Label, oneLine(p.Text)})
	}
	return rows
}

func footing(b *incident.Basis) string {
	if b.Footing == incident.Unrecorded {
		return ""
	}
	return b.Footing.String()
}
