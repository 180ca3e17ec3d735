package brief

import "slices"

// budgets are the words of a section in the 1-minute, the 5-minute and the
// full brief.
type budgets [3]int

var joinerBudgets = map[string]budgets{
	"header":    {15, 20, 30},
	"situation": {35, 60, 150},
	"dont":      {12, 30, 60},
	"who":       {12, 40, 80},
	"help":      {14, 35, 60},
	"aim":       {0, 35, 80},
	"known":     {20, 90, 300},
	"assuming":  {24, 100, 300},
	"ruled_out": {0, 50, 200},
	"in_flight": {18, 100, 300},
	"decisions": {0, 60, 200},
	"needs":     {0, 30, 80},
	"if_then":   {0, 30, 80},
	"comms":     {0, 20, 40},
	"worries":   {0, 40, 0}, // handover only
	"promises":  {0, 40, 0}, // handover only
	"total":     {150, 700, 2000},
}

// noneRecorded says that a section was looked at and is empty: absence is
// information.
const noneRecorded = "None recorded"

// joiner plans the brief of somebody who joins.
func (w *writer) joiner() plan {
	p := plan{
		total:  joinerBudgets["total"][w.level()],
		takers: []string{"assuming", "in_flight", "known"},
	}
	for _, c := range []*column{
		w.header(), w.situation(), w.dont(), w.who(), w.help(), w.aim(),
		w.known(), w.assuming(), w.ruledOut(), w.inFlight(), w.decisions(),
		w.needs(), w.ifThen(), w.comms(),
	} {
		c.budget = joinerBudgets[c.id][w.level()]
		if c.budget > 0 {
			p.columns = append(p.columns, c)
		}
	}
	if w.length == Full {
		p.appendix = append(p.appendix, w.timeline())
	}
	return p
}

// handover plans the brief that the next lead reads: the 5-minute one, with
// twice the words for what a lead decides and answers for.
func (w *writer) handover() plan {
	p := w.joiner()
	for _, id := range []string{"aim", "decisions", "if_then", "comms"} {
		c := p.column(id)
		p.total += c.budget
		c.budget *= 2
	}
	for _, c := range []*column{w.worries(), w.promises()} {
		c.budget = joinerBudgets[c.id][w.level()]
		p.total += c.budget
		p.columns = append(p.columns, c)
	}
	return p
}

// leadershipFirst are the sections that a brief for leadership begins with:
// what is broken, what is known of it, what we are after, what was said to
// whom and what was decided. Everything else follows in its usual order:
// another order, never other facts.
var leadershipFirst = []string{"header", "situation", "known", "aim", "comms", "decisions"}

// forLeadership puts sections in the order for leadership.
func forLeadership(sections []Section) {
	rank := func(s Section) int {
		if i := slices.Index(leadershipFirst, s.ID); i >= 0 {
			return i
		}
		return len(leadershipFirst)
	}
	slices.SortStableFunc(sections, func(a, b Section) int { return rank(a) - rank(b) })
}
