package app

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
)

// A Cockpit is the whole incident at a glance: how long, what is broken, what
// to do next, who is silent, what we know.
type Cockpit struct {
	Head     Head          `json:"head"`
	Impact   string        `json:"impact"`
	Spared   string        `json:"spared"` // who is not affected
	Aim      string        `json:"aim"`
	Guards   Guards        `json:"guards"`
	Next     Deadline      `json:"next"` // the next promise, for the second clock
	Readings []ReadingLine `json:"readings"`
	Prompts  []PromptRow   `json:"prompts"`  // most urgent first
	Waiting  Waiting       `json:"waiting"`  // all of them, by how soon
	Promised []PromiseRow  `json:"promised"` // the soonest
	Promises int           `json:"promises"` // all of them
	Roles    []RoleRow     `json:"roles"`
	Here     int           `json:"here"`
	Reading  []ReadingIn   `json:"reading"`  // who reads in
	TwoLeads string        `json:"twoLeads"` // says so where there are several leads
	Columns  []Column      `json:"columns"`
	Closed   []ClosedRow   `json:"closed"`  // the latest
	Ended    int           `json:"ended"`   // all closed threads
	Open     int           `json:"open"`    // open threads
	Bearing  []ClaimRow    `json:"bearing"` // the assumptions that most rests on; the groups are without them
	Beliefs  []ClaimGroup  `json:"beliefs"`
	Eggs     *Eggs         `json:"eggs,omitempty"`
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

// A ReadingIn is somebody who reads in, until a time.
type ReadingIn struct {
	Name  string `json:"name"`
	Until int64  `json:"until"`
}

// A ClosedRow is a thread that is done or led nowhere.
type ClosedRow struct {
	Chip Chip        `json:"chip"`
	End  ThreadState `json:"end"`
	At   int64       `json:"at"`
}

// What the cockpit carries of each; the rest is counted, and read page by page.
const (
	columnPage  = 12
	beliefPage  = 30
	closedPage  = 30
	promisePage = 30
	bearingMost = 3 // what can be looked at all the time
)

func cockpitOf(head Head, s *incident.State, attention []incident.Prompt, snoozed snoozes) Cockpit {
	prompts, waiting := promptRows(s, attention, snoozed)
	promised := promiseRows(s)
	closed := closedRows(s)
	v := Cockpit{
		Head: head, Impact: s.Impact, Spared: s.NotAffected, Aim: s.Aim, Guards: guardsOf(s), Next: nextDeadline(s), Here: s.Here,
		Readings: readingLines(s), Prompts: prompts, Waiting: waiting,
		Promised: promised[:min(len(promised), promisePage)], Promises: len(promised), Roles: roleRows(s),
		Columns: []Column{}, Closed: closed[:min(len(closed), closedPage)], Ended: len(closed), Bearing: []ClaimRow{}, Eggs: eggsOf(s),
		Reading: readingRows(s), TwoLeads: twoLeadsText(s),
	}
	v.believe(s)
	board := boardOf(s)
	for n := range columnNames {
		c := board.column(n, 0)
		v.Columns = append(v.Columns, c)
		v.Open += c.Count
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

// believe shows the claims: those that most is taken for granted on first, by
// themselves.
func (v *Cockpit) believe(s *incident.State) {
	bearing := s.LoadBearing()
	bearing = bearing[:min(len(bearing), bearingMost)]
	on := dependentsOf(s)
	var shown []string
	for _, c := range bearing {
		v.Bearing = append(v.Bearing, claimRow(s, on, c, proofsOfRow))
		shown = append(shown, c.ID)
	}
	v.Beliefs = claimGroups(s, on, ClaimFilter{but: shown}, beliefPage)
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

func readingRows(s *incident.State) []ReadingIn {
	out := []ReadingIn{}
	for _, r := range s.Responders {
		if r.State == "reading_in" {
			out = append(out, ReadingIn{Name: r.Name, Until: ms(r.ReadingUntil)})
		}
	}
	return out
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
