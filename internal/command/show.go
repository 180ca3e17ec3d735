package command

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type showCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	AsOf     string `help:"What was known at a TIME." placeholder:"TIME"`
}

func (c *showCmd) run(s *session) error {
	return s.readIn(c.Incident, c.AsOf, func(ws *workspace.Workspace, inc *incident.Incident, at time.Time) error {
		state := inc.At(at)
		if s.json {
			return s.answer(shownFrom(state))
		}
		me, err := s.me(ws)
		if err != nil {
			return err
		}
		s.now = at // today is the day that is looked at
		s.show(state, me, c.AsOf != "")
		return nil
	})
}

// show writes an incident for a person at a terminal. A row begins with the
// label to name it by, and ends with what people wrote. Of a why that is owed
// only those are told who are reminded of it.
func (s *session) show(st *incident.State, me string, past bool) {
	if st.Records == 0 {
		s.say("Nothing was recorded by then.")
		return
	}
	if past {
		s.say("As of %s", st.Now.Local().Format("15:04, 2 January 2006"))
	}
	s.showSituation(st)
	s.section("Don't", each(st.Donts, s.dontRow))
	s.section("People", each(st.Responders, s.personRow))
	s.section("Readings", each(st.Readings, s.readingRow))
	s.section("Threads", each(st.Threads, s.threadRow))
	s.section("Claims", each(st.Claims, s.claimRow))
	s.section("Decisions", each(st.Decisions, func(d *incident.Decision) []string { return s.decisionRow(d, st.Reminds(me, d)) }))
	s.section("Actions", each(st.Actions, s.actionRow))
	s.section("Updates", each(st.Updates, s.updateRow))
	s.section("Questions", each(st.Questions, s.questionRow))
	s.section("If / then", each(st.Tripwires, s.tripwireRow))
	s.section("Evidence", each(st.Evidence, s.evidenceRow))
	s.section("Do next", each(st.AttentionFor(me), s.promptRow))
}

func (s *session) section(name string, rows [][]string) {
	if len(rows) > 0 {
		s.say("\n%s", name)
		s.table("  ", rows)
	}
}

func (s *session) showSituation(st *incident.State) {
	s.say("%s", s.fit(oneLine(st.Label+" "+st.Title)))
	lead := oneLine(strings.Join(leads(st), " and "))
	s.say("%s, %s, %s; lead: %s", or(oneLine(st.Severity), "no severity"), st.Status, trend(st.Trend), or(lead, "nobody"))
	s.say("declared %s%s", s.clock(st.Declared), sinceThen(st))
	for _, line := range [][2]string{{"Affected", st.Impact}, {"Not affected", st.NotAffected}, {"Aim", st.Aim}} {
		if line[1] != "" {
			s.say("%s: %s", line[0], oneLine(line[1]))
		}
	}
	for _, c := range st.Criteria {
		s.say("  %s: %s", c.Word(), oneLine(c.Text))
	}
}

func sinceThen(st *incident.State) string {
	if st.Ended {
		return ""
	}
	return ", " + lasted(st.Elapsed()) + " in"
}

func trend(t incident.Trend) string {
	if t == incident.TrendUnknown {
		return "trend unknown"
	}
	return string(t)
}

func leads(st *incident.State) []string {
	return each(st.Leads, func(r incident.Role) string { return r.Person })
}

func (s *session) dontRow(d *incident.Dont) []string {
	return []string{oneLine(d.Label), plain(d.Word()), s.clock(d.At), oneLine(d.Person), oneLine(d.Text)}
}

func (s *session) personRow(r incident.Responder) []string {
	state := plain(r.State)
	if r.App {
		state = "app"
	}
	return []string{oneLine(r.Name), state, oneLine(strings.Join(r.Roles, ", ")), oneLine(r.Why)}
}

func (s *session) readingRow(r incident.Reading) []string {
	value := func(p incident.Point) string {
		return strings.TrimSpace(strconv.FormatFloat(p.Value, 'f', -1, 64) + " " + oneLine(r.Unit))
	}
	worst := ""
	if !r.Worst.At.IsZero() {
		worst = "worst " + value(r.Worst) + " at " + s.clock(r.Worst.At)
	}
	return []string{value(r.Last), s.clock(r.Last.At), worst, oneLine(r.Name)}
}

func (s *session) threadRow(t *incident.Thread) []string {
	return []string{
		oneLine(t.Label), overdue(plain(t.Word()), t.Overdue), footing(&t.Basis), or(oneLine(t.Owner), "nobody"),
		s.clock(t.Last.At), oneLine(t.Title),
	}
}

func (s *session) claimRow(c *incident.Claim) []string {
	flags := plain(strings.Join(c.Flags.Words(), ", "))
	return []string{oneLine(c.Label), string(c.State), footing(&c.Basis), oneLine(c.Person), flags, oneLine(c.Text)}
}

func (s *session) decisionRow(d *incident.Decision, reminded bool) []string {
	why := ""
	if reminded {
		why = "why owed, due " + s.clock(d.WhyDue)
	}
	return []string{oneLine(d.Label), plain(d.Word()), footing(&d.Basis), oneLine(d.Person), why, oneLine(d.Text)}
}

func (s *session) actionRow(a *incident.Action) []string {
	door := ""
	if a.Irreversible {
		door = "hard to reverse"
	}
	return []string{
		oneLine(a.Label), overdue(plain(a.Word()), a.Overdue), footing(&a.Basis), or(oneLine(a.Owner), "nobody"),
		door, oneLine(a.Text),
	}
}

func (s *session) updateRow(u *incident.Update) []string {
	next := ""
	if u.Newest && !u.NextDue.IsZero() {
		next = overdue("next "+s.clock(u.NextDue), u.Overdue)
	}
	return []string{oneLine(u.Label), s.clock(u.At), footing(&u.Basis), next, oneLine(u.Audience + ": " + u.Text)}
}

func (s *session) questionRow(q *incident.Question) []string {
	text := q.Text
	if q.Answer != "" {
		text += " — " + q.Answer
	}
	return []string{oneLine(q.Label), q.Word(), oneLine(q.Person), oneLine(text)}
}

func (s *session) tripwireRow(t *incident.Tripwire) []string {
	by := ""
	if !t.ByWhen.IsZero() {
		by = "by " + s.clock(t.ByWhen)
	}
	return []string{oneLine(t.Label), plain(t.Word()), by, oneLine(t.Owner), oneLine(t.Name())}
}

func (s *session) evidenceRow(e *incident.Evidence) []string {
	word := e.Word()
	if e.Redacted {
		word = "redacted"
	}
	return []string{oneLine(e.Label), oneLine(e.Sort), word, s.clock(e.Observed), oneLine(e.Name())}
}

func (s *session) promptRow(p incident.Prompt) []string {
	return []string{p.Level.String(), oneLine(p.About.Label), oneLine(p.Text)}
}

func overdue(state string, is bool) string {
	if is {
		return state + ", overdue"
	}
	return state
}

func footing(b *incident.Basis) string {
	if b.Footing == incident.Unrecorded {
		return ""
	}
	return b.Footing.String()
}

// lasted writes how long something takes, as people say it.
func lasted(d time.Duration) string {
	const day = 24 * time.Hour
	switch d = max(d, 0); {
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	default:
		return fmt.Sprintf("%d d %d h", d/day, d%day/time.Hour)
	}
}
