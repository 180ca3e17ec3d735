package app

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// A ClaimRow is a claim as one of a list: how it stands, and what is shown of
// it before it is opened. A list may have hundreds, so a row carries no more.
type ClaimRow struct {
	ID          string     `json:"id"`
	Label       string     `json:"label"`
	Text        string     `json:"text"`
	By          string     `json:"by"`
	At          int64      `json:"at"`
	State       ClaimState `json:"state"`
	Flags       []string   `json:"flags"`
	Remarks     []string   `json:"remarks"` // beside its state, in words
	Tally       Tally      `json:"tally"`
	Load        int        `json:"load"`
	Footing     string     `json:"footing"`
	NewestProof int64      `json:"newestProof"`
	For         Side       `json:"for"`
	Against     Side       `json:"against"`
	Said        string     `json:"said"`   // "Said by Ana, no evidence", where that is all
	OnIt        []Chip     `json:"onIt"`   // the first of what rests on it directly; on the cockpit only
	Direct      int        `json:"direct"` // how many things do; on the cockpit only
	Rest        int        `json:"rest"`   // how many things rest on it, directly or through others
	Test        string     `json:"test"`
	Tested      string     `json:"tested"` // who tests it and how, or that nobody does what would; empty where no test is named
	Held        int        `json:"held"`   // of the lines of its checklist
	Asked       int        `json:"asked"`  // lines of its checklist
}

// A ClaimCase is all that there is to say of one claim.
type ClaimCase struct {
	ClaimRow
	Neutral   int          `json:"neutral"`
	Verdicts  []VerdictRow `json:"verdicts"`
	OnNothing string       `json:"onNothing"` // who said that it rests on nothing; empty where nobody did
	Odd       []string     `json:"odd"`       // what is odd about it, in sentences
	Checks    []CheckRow   `json:"checks"`
	Turned    int64        `json:"turned"`
	TurnedBy  string       `json:"turnedBy"`
	Why       string       `json:"why"`
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
	Weak     bool   `json:"weak"` // talk, or repeats another: it counts for nothing more
	Mark     string `json:"mark"` // one word: what it repeats, or whose word it is, else what it is
	Says     string `json:"says"` // the same in a sentence; empty for proof
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
	Mends string `json:"mends"` // the command of the window that mends what is missing; empty for none
}

// How much of each side is carried: what a row can show, and what the pane of
// one claim shows before it is asked for more.
const (
	proofsOfRow  = 4
	proofsOfPane = 12
)

// onItMost is how much a row names of what rests on it.
const onItMost = 4

// claimRow shows a claim with so many proofs of each side at most. Without
// dependents it does not say what rests on the claim directly.
func claimRow(s *incident.State, on dependents, c *incident.Claim, most int) ClaimRow {
	row := ClaimRow{
		ID: c.ID, Label: c.Label, Text: c.Text, By: c.Person, At: ms(c.At), State: ClaimState(c.State), Flags: c.Flags.Words(),
		Load: c.Load, Footing: c.Footing.String(), NewestProof: ms(c.NewestProof), For: sideOf(s, c.Supports, most),
		Against: sideOf(s, c.Contradicts, most), OnIt: on.chips(c.ID, onItMost), Direct: len(on[c.ID]), Rest: c.OnIt, Test: c.Test,
	}
	row.Remarks, row.Tally = remarksOf(c), tallyOf(c, row.For.Proof, row.Against.Proof)
	if c.Flags.Has(incident.FlagWordOnly) {
		row.Said = c.WordOnly()
	}
	for _, check := range s.Checklist(c) {
		row.Asked++
		if check.Holds {
			row.Held++
		}
		if check.Kind == incident.CheckTest && (check.Holds || check.About.ID != "" || c.Test != "") {
			row.Tested = check.Text
		}
	}
	return row
}

// claimCase shows all of a claim to somebody, who may mend what it lacks.
func claimCase(s *incident.State, c *incident.Claim, me string) *ClaimCase {
	v := &ClaimCase{
		ClaimRow: claimRow(s, nil, c, proofsOfPane), Neutral: len(c.Neutral), Verdicts: []VerdictRow{}, OnNothing: c.Nothing,
		Odd: oddOf(c), Checks: []CheckRow{}, Turned: ms(c.Turned), TurnedBy: c.TurnedBy, Why: c.Why,
	}
	for _, w := range c.Verdicts {
		v.Verdicts = append(v.Verdicts, VerdictRow{
			By: w.By, Verdict: w.Verdict, At: ms(w.At), Why: w.Why, Evidence: chips(s, w.Evidence), Ruling: w.Ruling,
		})
	}
	for _, check := range s.Checklist(c) {
		r := CheckRow{Kind: string(check.Kind), Holds: check.Holds, Text: check.Text}
		if check.About.ID != "" {
			r.About = chip(s, check.About)
		}
		r.Mends = mends(check, r.About, c, me)
		v.Checks = append(v.Checks, r)
	}
	return v
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
			Chip: chipOf(e), Sort: e.Sort, By: e.Person, Observed: ms(e.Observed), Weak: !l.Proof || l.Echo,
			Expired: e.Expired, Picture: pictured(e), Why: l.Why,
		}
		var saidBy, echo string
		if !l.Proof {
			saidBy = cmp.Or(e.SaidBy, e.Person)
		}
		if l.Echo {
			echo = chip(s, l.Of).Label
		}
		p.Mark, p.Says = p.mark(saidBy, echo), p.says(saidBy, echo)
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
