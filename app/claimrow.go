package app

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// A ClaimRow is a claim with what speaks for it and against it, and how it
// stands.
type ClaimRow struct {
	ID          string       `json:"id"`
	Label       string       `json:"label"`
	Text        string       `json:"text"`
	By          string       `json:"by"`
	At          int64        `json:"at"`
	Thread      Chip         `json:"thread"` // without an id where it was made in none
	State       ClaimState   `json:"state"`
	Flags       []string     `json:"flags"`
	Load        int          `json:"load"`
	Footing     string       `json:"footing"`
	NewestProof int64        `json:"newestProof"`
	For         Side         `json:"for"`
	Against     Side         `json:"against"`
	Neutral     int          `json:"neutral"`
	Said        string       `json:"said"` // "Said by Ana, no evidence", where that is all
	Verdicts    []VerdictRow `json:"verdicts"`
	RestsOn     []Chip       `json:"restsOn"`
	OnNothing   string       `json:"onNothing"` // who said that it rests on nothing; empty where nobody did
	OnIt        []Chip       `json:"onIt"`      // what rests on it directly
	Rest        int          `json:"rest"`      // how many things do, directly or through others
	Test        string       `json:"test"`
	Trial       Chip         `json:"trial"` // the action that tests it; without an id where none does
	WrongIf     string       `json:"wrongIf"`
	Checks      []CheckRow   `json:"checks"`
	Turned      int64        `json:"turned"`
	TurnedBy    string       `json:"turnedBy"`
	Why         string       `json:"why"`
}

// A Side is what speaks for a claim, or against it: the first of it, and how
// much there is.
type Side struct {
	Shown []Proof `json:"shown"`
	All   int     `json:"all"`
	Proof int     `json:"proof"` // of these, what counts: no talk, and of each origin one
}

// A Proof is a piece of evidence as it speaks for or against a claim.
type Proof struct {
	Chip     Chip   `json:"chip"`
	Sort     string `json:"sort"`
	By       string `json:"by"`
	Observed int64  `json:"observed"`
	Talk     bool   `json:"talk"`
	SaidBy   string `json:"saidBy"` // whose word it is, where it is talk
	Echo     string `json:"echo"`   // the label of what it repeats; empty for none
	Expired  bool   `json:"expired"`
	Picture  bool   `json:"picture"` // whether there is a thumbnail of it
	Why      string `json:"why"`
}

// A VerdictRow is one person's word on a claim.
type VerdictRow struct {
	By       string `json:"by"`
	Verdict  string `json:"verdict"` // "verify" or "refute"
	At       int64  `json:"at"`
	Why      string `json:"why"`
	Evidence []Chip `json:"evidence"`
	Ruling   bool   `json:"ruling"`
}

// A CheckRow is a line of the checklist.
type CheckRow struct {
	Kind  string `json:"kind"`
	Holds bool   `json:"holds"`
	Text  string `json:"text"`
	About Chip   `json:"about"` // without an id where it is about nothing else
}

// How much of each side is carried: what a row can show, and what the pane of
// one claim shows before it is asked for more.
const (
	proofsOfRow  = 4
	proofsOfPane = 12
)

func claimRow(s *incident.State, on dependents, c *incident.Claim, most int) ClaimRow {
	row := ClaimRow{
		ID: c.ID, Label: c.Label, Text: c.Text, By: c.Person, At: ms(c.At), State: ClaimState(c.State), Flags: c.Flags.Words(),
		Load: c.Load, Footing: c.Footing.String(), NewestProof: ms(c.NewestProof), For: sideOf(s, c.Supports, most),
		Against: sideOf(s, c.Contradicts, most), Neutral: len(c.Neutral), Verdicts: []VerdictRow{}, RestsOn: restsOn(s, c.Basis),
		OnNothing: c.Nothing, OnIt: on.chips(c.ID), Rest: c.OnIt, Test: c.Test, WrongIf: c.WrongIf, Checks: []CheckRow{},
		Turned: ms(c.Turned), TurnedBy: c.TurnedBy, Why: c.Why,
	}
	if c.Flags.Has(incident.FlagWordOnly) {
		row.Said = c.WordOnly()
	}
	if c.Thread != "" {
		row.Thread = chip(s, incident.Ref{ID: c.Thread, Kind: incident.KindThread})
	}
	for _, v := range c.Verdicts {
		row.Verdicts = append(row.Verdicts, VerdictRow{
			By: v.By, Verdict: v.Verdict, At: ms(v.At), Why: v.Why, Evidence: chips(s, v.Evidence), Ruling: v.Ruling,
		})
	}
	for _, check := range s.Checklist(c) {
		r := CheckRow{Kind: string(check.Kind), Holds: check.Holds, Text: check.Text}
		if check.About.ID != "" {
			r.About = chip(s, check.About)
		}
		if check.Kind == incident.CheckTest {
			row.Trial = r.About
		}
		row.Checks = append(row.Checks, r)
	}
	return row
}

func sideOf(s *incident.State, links []incident.Link, most int) Side {
	v := Side{Shown: proofs(s, links, most), All: len(links)}
	for _, l := range links {
		if l.Proof && !l.Echo {
			v.Proof++
		}
	}
	return v
}

func proofs(s *incident.State, links []incident.Link, most int) []Proof {
	out := make([]Proof, 0, min(len(links), most))
	for _, l := range links[:min(len(links), most)] {
		e := l.Evidence
		p := Proof{
			Chip: chipOf(e), Sort: e.Sort, By: e.Person, Observed: ms(e.Observed), Talk: !l.Proof,
			Expired: e.Expired, Picture: pictured(e), Why: l.Why,
		}
		if p.Talk {
			p.SaidBy = cmp.Or(e.SaidBy, e.Person)
		}
		if l.Echo {
			p.Echo = chip(s, l.Of).Label
		}
		out = append(out, p)
	}
	return out
}

// drawn are the formats of files of which a thumbnail is drawn.
var drawn = []string{"png", "jpeg", "gif", "webp", "bmp", "tiff"}

// pictured reports whether there may be a thumbnail of an evidence. What was
// recorded without a format is drawn by what it is said to be.
func pictured(e *incident.Evidence) bool {
	if e.SHA256 == "" || e.Redacted {
		return false
	}
	if e.Format == "" {
		return e.Sort == "screenshot" || e.Sort == "graph"
	}
	return slices.Contains(drawn, e.Format)
}
