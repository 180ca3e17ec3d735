package app

import (
	"cmp"
	"slices"
	"strings"

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
	Name string        `json:"name"` // as it is headed
	Over bool          `json:"over"` // reversed or superseded
	More int           `json:"more"` // left out
	Rows []DecisionRow `json:"rows"`
}

// A DecisionRow is a decision with all that is known of it.
type DecisionRow struct {
	Chip   Chip   `json:"chip"`
	How    string `json:"how"` // it stands, and was made: "In force, after consulting"
	By     string `json:"by"`
	At     int64  `json:"at"`
	Hard   bool   `json:"hard"`   // to reverse
	ByWhen string `json:"byWhen"` // when a proposal is to be decided, in words; empty where nobody said
	Late   bool   `json:"late"`   // that time is past
	Poll   *Poll  `json:"poll,omitempty"`
	Facts  []Fact `json:"facts"`

	Objected bool `json:"objected"` // somebody objected strongly
}

// A Poll asks everybody for strong objections to a proposal.
type Poll struct {
	Says    string `json:"says"`
	Until   int64  `json:"until"` // while time is left, which is said after Says and before Against; else 0
	Against string `json:"against"`
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
		return decisionsOf(d.app.head(s, asOf), s, timing{s.Now, d.app.zone}, me), nil
	})
}

// The groups of decisions, in the order in which they want a word.
var decisionGroups = []string{"Wants a word", "Proposed", "In force", "Reversed or superseded"}

const (
	groupWaiting = iota
	groupProposed
	groupForce
	groupOver
)

func decisionsOf(head Head, s *incident.State, w timing, me string) *DecisionsScreen {
	v := &DecisionsScreen{Head: head, Groups: []DecisionGroup{}, Count: len(s.Decisions)}
	groups := make([]DecisionGroup, len(decisionGroups))
	for i, name := range decisionGroups {
		groups[i] = DecisionGroup{Name: name, Over: i == groupOver, Rows: []DecisionRow{}}
	}
	newest := slices.Clone(s.Decisions)
	slices.SortStableFunc(newest, func(a, b *incident.Decision) int { return cmp.Compare(ms(b.At), ms(a.At)) })
	for _, d := range newest {
		g := &groups[standing(s, d, me)]
		if len(g.Rows) == decisionPage {
			g.More++
			continue
		}
		g.Rows = append(g.Rows, decisionRow(s, d, w, me))
	}
	for _, g := range groups {
		if len(g.Rows) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

// standing is the group of a decision. One waits for a word that is shaky, to
// be looked at again, past the time by which it was to be made, or whose why
// the reader is reminded of.
func standing(s *incident.State, d *incident.Decision, me string) int {
	late := d.State == incident.DecisionProposed && !d.ByWhen.IsZero() && s.Now.After(d.ByWhen)
	switch {
	case d.HasEnded():
		return groupOver
	case d.Shaky(), d.State == incident.Revisit, late, owesWhy(s, d, me):
		return groupWaiting
	case d.State == incident.DecisionProposed:
		return groupProposed
	default:
		return groupForce
	}
}

// owesWhy reports whether the reader is reminded of the why of a decision.
func owesWhy(s *incident.State, d *incident.Decision, me string) bool {
	return s.Reminds(me, d) && !d.WhyDue.IsZero()
}

// modeWords say how a decision was made.
var modeWords = map[string]string{
	"command": "on their word", "consulted": "after consulting", "no_objection": "no strong objection",
	"agreed": "agreed", "delegated": "delegated",
}

func decisionRow(s *incident.State, d *incident.Decision, w timing, me string) DecisionRow {
	row := DecisionRow{
		Chip: chipOf(d), How: spoken(d.Word()), By: d.Person, At: ms(d.At), Hard: d.Irreversible, Facts: decided(s, d, w, me),
		Objected: len(d.Objections) > 0,
	}
	if d.Mode != "" {
		row.How += ", " + cmp.Or(modeWords[d.Mode], d.Mode)
	}
	switch proposed := d.State == incident.DecisionProposed; {
	case proposed && d.Mode == "no_objection":
		row.Poll = pollOf(d, w)
	case proposed && !d.ByWhen.IsZero():
		row.ByWhen, row.Late = "to be decided by "+w.clock(d.ByWhen), d.ByWhen.Before(w.now)
	}
	return row
}

func pollOf(d *incident.Decision, w timing) *Poll {
	const asks = "Any strong objections?"
	against := "none so far"
	if n := len(d.Objections); n > 0 {
		against = counted(n, "objection", "objections")
	}
	p := &Poll{}
	switch {
	case d.ByWhen.IsZero():
		p.Says = asks + " " + capital(against) + "."
	case w.now.Before(d.ByWhen):
		p.Says, p.Until, p.Against = asks, ms(d.ByWhen), against+"."
	case len(d.Objections) > 0:
		p.Says = "Asked until " + w.clock(d.ByWhen) + ": " + against + "."
	default:
		p.Says = "No strong objection by " + w.clock(d.ByWhen) + ". It can come into force."
	}
	return p
}

// decided is what is known of a decision: why, on what grounds, with whom,
// against whom, and what became of it.
func decided(s *incident.State, d *incident.Decision, w timing, me string) []Fact {
	f := facts{}
	switch {
	case d.Why != "":
		f.text("Why", d.Why)
	case owesWhy(s, d, me):
		f = append(f, whyOwed(s, d, w, me))
	}
	f.chips("Rests on", restsOn(s, d.Basis))
	f.text("Consulted", strings.Join(d.Consulted, ", "))
	f.text("Instead of", strings.Join(d.Alternatives, "; "))
	for _, o := range d.Objections {
		f = append(f, Fact{Name: "Objection", By: o.By, Text: cmp.Or(o.Why, "gave no reason"), At: ms(o.At)})
	}
	f.text("Look again", d.RevisitWhen)
	if d.SupersededBy.ID != "" {
		f.chips("In its place", []Chip{chip(s, d.SupersededBy)})
	}
	if d.Changed.After(d.At) && d.ChangedBy != "" && d.ChangeWhy != "" {
		f = append(f, Fact{Name: spoken(d.Word()), By: d.ChangedBy, Text: d.ChangeWhy, At: ms(d.Changed)})
	}
	return f
}

// whyOwed reminds whoever decided and the lead, and nobody else.
func whyOwed(s *incident.State, d *incident.Decision, w timing, me string) Fact {
	due, late := w.due(d.WhyDue)
	other := "the lead"
	if leads(s, me) {
		other = "whoever decided it"
	}
	return Fact{Name: "Why", Text: "Owed " + due + ". You are reminded, and nobody else but " + other + ".", Late: late}
}
