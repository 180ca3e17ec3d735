package app

import "bearings/internal/incident"

// Guards are what keeps an incident from going wrong, and from going on too
// long: what not to do, what to watch for, and what must hold at the end.
type Guards struct {
	Severity  string         `json:"severity"` // why it is as bad as that
	Criteria  []CriterionRow `json:"criteria"` // open ones first
	Donts     []Chip         `json:"donts"`    // not lifted
	Tripwires []TripwireRow  `json:"tripwires"`
	More      int            `json:"more"` // of all three, left out
}

// A CriterionRow is something that must hold before the incident is over.
type CriterionRow struct {
	Chip   Chip  `json:"chip"`
	Ticked int64 `json:"ticked"` // 0 while it is open
}

// A TripwireRow is a tripwire that nobody has answered yet.
type TripwireRow struct {
	Chip  Chip   `json:"chip"`
	If    string `json:"if"`
	Then  string `json:"then"`
	By    int64  `json:"by"`
	Owner string `json:"owner"`
}

// guardPage is how many of each the cockpit carries.
const guardPage = 12

func guardsOf(s *incident.State) Guards {
	g := Guards{Severity: severityWhy(s), Criteria: []CriterionRow{}, Donts: []Chip{}, Tripwires: []TripwireRow{}}
	for _, ticked := range []bool{false, true} {
		for _, c := range s.Criteria {
			if c.Ticked.IsZero() != ticked && !c.TakenBack {
				g.Criteria = append(g.Criteria, CriterionRow{Chip: chipOf(c), Ticked: ms(c.Ticked)})
			}
		}
	}
	for _, d := range s.Donts {
		if d.Lifted.IsZero() {
			g.Donts = append(g.Donts, chipOf(d))
		}
	}
	for _, t := range s.Tripwires {
		if !t.HasEnded() {
			g.Tripwires = append(g.Tripwires, TripwireRow{Chip: chipOf(t), If: t.If, Then: t.Then, By: ms(t.ByWhen), Owner: t.Owner})
		}
	}
	g.Criteria, g.More = first(g.Criteria, g.More)
	g.Donts, g.More = first(g.Donts, g.More)
	g.Tripwires, g.More = first(g.Tripwires, g.More)
	return g
}

func first[T any](rows []T, left int) ([]T, int) {
	n := min(len(rows), guardPage)
	return rows[:n], left + len(rows) - n
}

// severityWhy is the reason that came with the severity that holds.
func severityWhy(s *incident.State) string {
	why := ""
	for _, c := range s.Changes {
		if c.Field == "severity" {
			why = c.Why
		}
	}
	return why
}
