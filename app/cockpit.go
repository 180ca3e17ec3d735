package app

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
)

// checkinRhythm is how long a thread may be silent where nobody set a rhythm.
const checkinRhythm = 15 * time.Minute

// A Cockpit is the whole incident at a glance: how long, what is broken, what
// to do next, who is silent, what we know.
type Cockpit struct {
	Head     Head          `json:"head"`
	Impact   string        `json:"impact"`
	Spared   string        `json:"spared"` // who is not affected
	Aim      string        `json:"aim"`
	Next     Deadline      `json:"next"` // the next promise, for the second clock
	Readings []ReadingLine `json:"readings"`
	Prompts  []PromptRow   `json:"prompts"`
	Promised []PromiseRow  `json:"promised"`
	Roles    []RoleRow     `json:"roles"`
	Here     int           `json:"here"`
	Columns  []Column      `json:"columns"`
	Closed   []ClosedRow   `json:"closed"`
	Open     int           `json:"open"` // open threads
	Beliefs  []ClaimGroup  `json:"beliefs"`
	Claims   int           `json:"claims"` // not withdrawn
	Verified int           `json:"verified"`
}

// A Deadline is what the second clock counts down to.
type Deadline struct {
	What string `json:"what"` // "checkin", "update", or empty where nothing is due
	At   int64  `json:"at"`
}

// A ReadingLine is a number over time, to be drawn as a line.
type ReadingLine struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Now     float64 `json:"now"`
	NowAt   int64   `json:"nowAt"`
	Worst   float64 `json:"worst"`
	WorstAt int64   `json:"worstAt"`
	Better  bool    `json:"better"` // now is better than the worst
	Points  []Dot   `json:"points"`
}

// A Dot is one value of a reading.
type Dot struct {
	At    int64   `json:"at"`
	Value float64 `json:"value"`
}

// A PromptRow is one thing that needs the lead.
type PromptRow struct {
	Rank  int    `json:"rank"`
	Level string `json:"level"` // "warning", "caution" or "advisory"
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	About Chip   `json:"about"`
}

// A PromiseRow is something with a time to come.
type PromiseRow struct {
	At    int64  `json:"at"`
	Text  string `json:"text"`
	Who   string `json:"who"`
	About Chip   `json:"about"`
}

// A RoleRow is a role and who holds it; nobody where People is empty.
type RoleRow struct {
	Role   string   `json:"role"`
	People []string `json:"people"`
}

// A Column holds the open threads of one sort of doing, longest silence first.
type Column struct {
	Name  string `json:"name"` // "investigating", "mitigating" or "waiting"
	Cards []Card `json:"cards"`
}

// A Card is a thread on the board.
type Card struct {
	ID        string       `json:"id"`
	Label     string       `json:"label"`
	Title     string       `json:"title"`
	Sort      string       `json:"sort"`
	State     ThreadState  `json:"state"`
	Owner     string       `json:"owner"`
	WaitingOn string       `json:"waitingOn"`
	LastAt    int64        `json:"lastAt"`
	LastBy    string       `json:"lastBy"`
	LastText  string       `json:"lastText"`
	Before    string       `json:"before"` // the word before the last one
	Need      string       `json:"need"`
	Rhythm    int64        `json:"rhythm"` // ms of silence that are normal
	Due       int64        `json:"due"`
	Overdue   bool         `json:"overdue"`
	Footing   string       `json:"footing"`
	Actions   []CardAction `json:"actions"`
	More      int          `json:"more"` // actions left out
	RestsOn   []Chip       `json:"restsOn"`
}

// A CardAction is a work item on a card.
type CardAction struct {
	ID      string      `json:"id"`
	Label   string      `json:"label"`
	Text    string      `json:"text"`
	State   ActionState `json:"state"`
	Ended   bool        `json:"ended"`
	At      int64       `json:"at"` // when it ended, else when it is due
	Overdue bool        `json:"overdue"`
}

// A ClosedRow is a thread that is done or led nowhere.
type ClosedRow struct {
	Chip Chip        `json:"chip"`
	End  ThreadState `json:"end"`
	At   int64       `json:"at"`
}

func cockpitOf(head Head, s *incident.State) Cockpit {
	v := Cockpit{
		Head: head, Impact: s.Impact, Spared: s.NotAffected, Aim: s.Aim, Next: nextDeadline(s), Here: s.Here,
		Readings: readingLines(s), Prompts: promptRows(s), Promised: promiseRows(s), Roles: roleRows(s),
		Columns: columns(s), Closed: closedRows(s), Beliefs: claimGroups(s),
	}
	for _, c := range v.Columns {
		v.Open += len(c.Cards)
	}
	for _, c := range s.Claims {
		if c.State != incident.Withdrawn {
			v.Claims++
		}
		if c.State == incident.Verified {
			v.Verified++
		}
	}
	return v
}

// nextDeadline is the check-in that goes on, else the next update to people
// outside. A round that a later one followed is over, closed or not.
func nextDeadline(s *incident.State) Deadline {
	if n := len(s.Checkins); n > 0 {
		if c := s.Checkins[n-1]; c.Closed.IsZero() && !c.Due.IsZero() {
			return Deadline{What: "checkin", At: ms(c.Due)}
		}
	}
	var next time.Time
	for _, u := range s.Updates {
		if u.Newest && !u.NextDue.IsZero() && (next.IsZero() || u.NextDue.Before(next)) {
			next = u.NextDue
		}
	}
	if next.IsZero() || s.Ended {
		return Deadline{}
	}
	return Deadline{What: "update", At: ms(next)}
}

// readingDots is more than a line of 216 px can show.
const readingDots = 240

func readingLines(s *incident.State) []ReadingLine {
	out := make([]ReadingLine, 0, len(s.Readings))
	for _, r := range s.Readings {
		if len(r.Points) == 0 {
			continue
		}
		line := ReadingLine{
			Name: r.Name, Unit: r.Unit, Now: r.Last.Value, NowAt: ms(r.Last.At),
			Worst: r.Worst.Value, WorstAt: ms(r.Worst.At), Better: r.Recover, Points: []Dot{},
		}
		step := max(1, len(r.Points)/readingDots)
		for i, p := range r.Points {
			if i%step == 0 || i == len(r.Points)-1 {
				line.Points = append(line.Points, Dot{At: ms(p.At), Value: p.Value})
			}
		}
		out = append(out, line)
	}
	return out
}

func promptRows(s *incident.State) []PromptRow {
	out := make([]PromptRow, 0, len(s.Attention))
	for _, p := range s.Attention {
		out = append(out, PromptRow{Rank: p.Rank, Level: p.Level.String(), Kind: p.Kind, Text: p.Text, About: chip(s, p.About)})
	}
	return out
}

func promiseRows(s *incident.State) []PromiseRow {
	out := make([]PromiseRow, 0, len(s.Promised))
	for _, p := range s.Promised {
		out = append(out, PromiseRow{At: ms(p.At), Text: p.Text, Who: p.Who, About: chip(s, p.About)})
	}
	return out
}

// roleRows lists the roles that every incident needs, held or not, then the
// others that somebody holds.
func roleRows(s *incident.State) []RoleRow {
	rows := []RoleRow{{Role: "lead"}, {Role: "deputy"}, {Role: "comms"}, {Role: "scribe"}}
	for i := range rows {
		rows[i].People = []string{}
	}
	for _, r := range s.Roles {
		i := slices.IndexFunc(rows, func(row RoleRow) bool { return row.Role == r.Role })
		if i < 0 {
			rows = append(rows, RoleRow{Role: r.Role, People: []string{}})
			i = len(rows) - 1
		}
		rows[i].People = append(rows[i].People, r.Person)
	}
	return slices.DeleteFunc(rows, func(r RoleRow) bool { return r.Role == "deputy" && len(r.People) == 0 })
}

func columns(s *incident.State) []Column {
	cols := []Column{{Name: "investigating"}, {Name: "mitigating"}, {Name: "waiting"}}
	for i := range cols {
		cols[i].Cards = []Card{}
	}
	actions := map[string][]*incident.Action{}
	for _, a := range s.Actions {
		actions[a.Thread] = append(actions[a.Thread], a)
	}
	for _, t := range s.Threads {
		if t.HasEnded() {
			continue
		}
		i := columnOf(t)
		cols[i].Cards = append(cols[i].Cards, cardOf(s, t, actions[t.ID]))
	}
	for _, c := range cols {
		slices.SortStableFunc(c.Cards, func(a, b Card) int { return cmp.Compare(a.LastAt, b.LastAt) })
	}
	return cols
}

// columnOf sorts a thread by what is done in it, not by who does it.
func columnOf(t *incident.Thread) int {
	switch {
	case t.State == incident.Waiting || t.State == incident.Parked:
		return 2
	case t.Sort == "mitigate" || t.Sort == "recover" || t.Sort == "comms":
		return 1
	default:
		return 0
	}
}

// cardActions is how many actions a card has room for.
const cardActions = 3

func cardOf(s *incident.State, t *incident.Thread, actions []*incident.Action) Card {
	c := Card{
		ID: t.ID, Label: t.Label, Title: t.Title, Sort: t.Sort, State: ThreadState(t.State), Owner: t.Owner, WaitingOn: t.WaitingOn,
		LastAt: ms(t.Last.At), LastBy: t.Last.By, LastText: said(t.Last), Need: t.Last.Need,
		Rhythm: checkinRhythm.Milliseconds(), Due: ms(t.Due), Overdue: t.Overdue, Footing: t.Footing.String(),
		Actions: []CardAction{}, RestsOn: restsOn(s, t.Basis),
	}
	// The opening of a thread says no more than its title.
	if t.Last.ID == t.ID {
		c.LastText = ""
	}
	if n := len(t.Story); n > 2 {
		c.Before = said(t.Story[n-2])
	}
	if t.Rhythm > 0 {
		c.Rhythm = t.Rhythm.Milliseconds()
	}
	rows := []CardAction{}
	for _, a := range actions {
		row := CardAction{ID: a.ID, Label: a.Label, Text: a.Text, State: ActionState(a.State), Ended: a.HasEnded(), At: ms(a.Due), Overdue: a.Overdue}
		if row.Ended {
			row.At = ms(a.Changed)
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b CardAction) int { return actionRank(a) - actionRank(b) })
	if len(rows) > cardActions {
		c.More = len(rows) - cardActions
		rows = rows[:cardActions]
	}
	c.Actions = append(c.Actions, rows...)
	return c
}

// actionRank puts what runs late first and what has ended last.
func actionRank(a CardAction) int {
	switch {
	case a.Overdue && !a.Ended:
		return 0
	case a.State == ActionState(incident.InProgress), a.State == ActionState(incident.Blocked):
		return 1
	case !a.Ended:
		return 2
	default:
		return 3
	}
}

// said is a word in one line: its text, else what was seen and done.
func said(w incident.Word) string {
	if w.Text != "" {
		return w.Text
	}
	switch {
	case w.Seeing != "" && w.Doing != "":
		return w.Seeing + "; " + w.Doing
	case w.Seeing != "":
		return w.Seeing
	default:
		return w.Doing
	}
}

// closedRows lists the threads that ended, the latest first.
func closedRows(s *incident.State) []ClosedRow {
	out := []ClosedRow{}
	for _, t := range s.Threads {
		if t.HasEnded() {
			out = append(out, ClosedRow{Chip: chipOf(t), End: ThreadState(t.State), At: ms(t.Changed)})
		}
	}
	slices.SortStableFunc(out, func(a, b ClosedRow) int { return cmp.Compare(b.At, a.At) })
	return out
}
