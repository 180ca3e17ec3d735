package app

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// Decisions is what the decisions' screen calls.
type Decisions struct{ app *App }

// A DecisionsScreen is the decisions of an incident: what waits for a word
// first.
type DecisionsScreen struct {
	Head   Head            `json:"head"`
	Groups []DecisionGroup `json:"groups"`
	Count  int             `json:"count"`
}

// A DecisionGroup holds decisions of one standing, the newest first.
type DecisionGroup struct {
	Name string        `json:"name"` // "waiting", "proposed", "force" or "over"
	More int           `json:"more"` // left out
	Rows []DecisionRow `json:"rows"`
}

// A DecisionRow is a decision with all that is known of it.
type DecisionRow struct {
	Chip         Chip           `json:"chip"`
	Mode         string         `json:"mode"` // empty where nobody said
	By           string         `json:"by"`
	At           int64          `json:"at"`
	Why          string         `json:"why"`
	OwedBy       int64          `json:"owedBy"` // when the why that is owed falls due, for the decider and the lead only; else 0
	Consulted    []string       `json:"consulted"`
	Alternatives []string       `json:"alternatives"`
	Hard         bool           `json:"hard"` // to reverse
	RestsOn      []Chip         `json:"restsOn"`
	ByWhen       int64          `json:"byWhen"`
	Revisit      string         `json:"revisit"`
	Objections   []ObjectionRow `json:"objections"`
	Poll         bool           `json:"poll"` // everybody is asked for strong objections
	Superseded   *Chip          `json:"superseded,omitempty"`
	ChangedBy    string         `json:"changedBy"` // who changed its state last; empty where nobody did
	Changed      int64          `json:"changed"`
	ChangeWhy    string         `json:"changeWhy"`
}

// An ObjectionRow is a strong objection.
type ObjectionRow struct {
	By  string `json:"by"`
	Why string `json:"why"`
	At  int64  `json:"at"`
}

// decisionPage is how many decisions of a group cross to the window.
const decisionPage = 60

// All returns the decisions.
func (d *Decisions) All(id string, asOf int64) (*DecisionsScreen, error) {
	return call(d.app, "Decisions.All", func() (*DecisionsScreen, error) {
		s, err := d.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		me, err := d.app.me()
		if err != nil {
			return nil, err
		}
		return decisionsOf(d.app.head(s, asOf), s, me), nil
	})
}

func decisionsOf(head Head, s *incident.State, me string) *DecisionsScreen {
	v := &DecisionsScreen{Head: head, Groups: []DecisionGroup{}, Count: len(s.Decisions)}
	groups := map[string]*DecisionGroup{}
	for _, name := range []string{"waiting", "proposed", "force", "over"} {
		groups[name] = &DecisionGroup{Name: name, Rows: []DecisionRow{}}
	}
	newest := slices.Clone(s.Decisions)
	slices.SortStableFunc(newest, func(a, b *incident.Decision) int { return cmp.Compare(ms(b.At), ms(a.At)) })
	for _, d := range newest {
		row := decisionRow(s, d, me)
		g := groups[standing(s, d, row)]
		if len(g.Rows) == decisionPage {
			g.More++
			continue
		}
		g.Rows = append(g.Rows, row)
	}
	for _, name := range []string{"waiting", "proposed", "force", "over"} {
		if g := groups[name]; len(g.Rows) > 0 {
			v.Groups = append(v.Groups, *g)
		}
	}
	return v
}

// standing is the group of a decision. One waits for a word that is shaky, to
// be looked at again, past the time by which it was to be made, or whose why
// the reader is reminded of.
func standing(s *incident.State, d *incident.Decision, row DecisionRow) string {
	late := d.State == incident.DecisionProposed && !d.ByWhen.IsZero() && s.Now.After(d.ByWhen)
	switch {
	case d.HasEnded():
		return "over"
	case d.Shaky(), d.State == incident.Revisit, late, row.OwedBy > 0:
		return "waiting"
	case d.State == incident.DecisionProposed:
		return "proposed"
	default:
		return "force"
	}
}

func decisionRow(s *incident.State, d *incident.Decision, me string) DecisionRow {
	row := DecisionRow{
		Chip: chipOf(d), Mode: d.Mode, By: d.Person, At: ms(d.At), Why: d.Why,
		Consulted: append([]string{}, d.Consulted...), Alternatives: append([]string{}, d.Alternatives...),
		Hard: d.Irreversible, RestsOn: restsOn(s, d.Basis), ByWhen: ms(d.ByWhen), Revisit: d.RevisitWhen,
		Objections: []ObjectionRow{}, Poll: d.State == incident.DecisionProposed && d.Mode == "no_objection",
		Superseded: chipOrNone(s, d.SupersededBy),
	}
	if s.Reminds(me, d) {
		row.OwedBy = ms(d.WhyDue)
	}
	for _, o := range d.Objections {
		row.Objections = append(row.Objections, ObjectionRow{By: o.By, Why: o.Why, At: ms(o.At)})
	}
	if d.Changed.After(d.At) {
		row.ChangedBy, row.Changed, row.ChangeWhy = d.ChangedBy, ms(d.Changed), d.ChangeWhy
	}
	return row
}
