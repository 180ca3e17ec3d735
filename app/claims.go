package app

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
)

// A ClaimsScreen is every claim of an incident, by risk.
type ClaimsScreen struct {
	Head      Head         `json:"head"`
	Groups    []ClaimGroup `json:"groups"`
	Withdrawn int          `json:"withdrawn"` // counted, not shown
}

// A ClaimGroup holds claims of like risk, most urgent first, as many as a page
// has.
type ClaimGroup struct {
	Name   string     `json:"name"`  // "judgement", "believed", "verified", "refuted"
	Count  int        `json:"count"` // of its claims
	From   int        `json:"from"`  // which of them the first is, from 0
	More   int        `json:"more"`  // that come after the last
	Claims []ClaimRow `json:"claims"`
}

// A ClaimRow is a claim with everything that speaks for it and against it.
type ClaimRow struct {
	ID          string       `json:"id"`
	Label       string       `json:"label"`
	Text        string       `json:"text"`
	By          string       `json:"by"`
	At          int64        `json:"at"`
	State       ClaimState   `json:"state"`
	Flags       []string     `json:"flags"`
	Load        int          `json:"load"`
	Footing     string       `json:"footing"`
	NewestProof int64        `json:"newestProof"`
	For         []Proof      `json:"for"`
	Against     []Proof      `json:"against"`
	Neutral     int          `json:"neutral"`
	Verdicts    []VerdictRow `json:"verdicts"`
	RestsOn     []Chip       `json:"restsOn"`
	OnIt        []Chip       `json:"onIt"` // what rests on it directly
	Rest        int          `json:"rest"` // how many things do, directly or through others
	Test        string       `json:"test"`
	WrongIf     string       `json:"wrongIf"`
	Turned      int64        `json:"turned"`
	TurnedBy    string       `json:"turnedBy"`
	Why         string       `json:"why"`
}

// A Proof is a piece of evidence as it speaks for or against a claim.
type Proof struct {
	Chip     Chip   `json:"chip"`
	Sort     string `json:"sort"`
	By       string `json:"by"`
	Observed int64  `json:"observed"`
	Talk     bool   `json:"talk"`
	Echo     bool   `json:"echo"`
	Expired  bool   `json:"expired"`
	Why      string `json:"why"`
}

// A VerdictRow is one person's word on a claim.
type VerdictRow struct {
	By      string `json:"by"`
	Verdict string `json:"verdict"` // "verify" or "refute"
	At      int64  `json:"at"`
	Why     string `json:"why"`
	Ruling  bool   `json:"ruling"`
}

func claimsOf(head Head, s *incident.State) ClaimsScreen {
	v := ClaimsScreen{Head: head, Groups: claimGroups(s, claimPage)}
	for _, c := range s.Claims {
		if c.State == incident.Withdrawn {
			v.Withdrawn++
		}
	}
	return v
}

var groupNames = []string{"judgement", "believed", "verified", "refuted"}

// claimPage is how many claims a page of one group has.
const claimPage = 100

// claimGroups puts the claims in the order of risk: what somebody must judge,
// what is believed, what is verified, what is ruled out. Of all groups
// together it shows so many claims at most, but some of each.
func claimGroups(s *incident.State, most int) []ClaimGroup {
	groups := []ClaimGroup{}
	on := dependentsOf(s)
	left := most
	for n, claims := range claimsByRisk(s) {
		if len(claims) == 0 {
			continue
		}
		g := groupPage(s, on, n, claims, 0, max(left, leastOfGroup))
		left -= len(g.Claims)
		groups = append(groups, g)
	}
	return groups
}

// leastOfGroup is shown of each group, however many are in those before it.
const leastOfGroup = 5

func groupPage(s *incident.State, on dependents, n int, claims []*incident.Claim, from, most int) ClaimGroup {
	g := ClaimGroup{Name: groupNames[n], Count: len(claims), From: from, Claims: []ClaimRow{}}
	from = min(from, len(claims))
	to := min(from+most, len(claims))
	g.More = len(claims) - to
	for _, c := range claims[from:to] {
		g.Claims = append(g.Claims, claimRow(s, on, c))
	}
	return g
}

// claimsByRisk sorts the claims into groups, most urgent first. Withdrawn
// claims are left out.
func claimsByRisk(s *incident.State) [4][]*incident.Claim {
	var groups [4][]*incident.Claim
	for _, c := range s.Claims {
		if c.State != incident.Withdrawn {
			n := groupOf(s, c)
			groups[n] = append(groups[n], c)
		}
	}
	for _, claims := range groups {
		slices.SortStableFunc(claims, func(a, b *incident.Claim) int {
			return cmp.Or(cmp.Compare(stateRank(a.State), stateRank(b.State)), cmp.Compare(b.Load, a.Load))
		})
	}
	return groups
}

// untested is how long something may rest on a claim without evidence before
// the claim wants a person's judgement.
const untested = 30 * time.Minute

func groupOf(s *incident.State, c *incident.Claim) int {
	switch {
	case c.State == incident.Refuted:
		return 3
	case c.State == incident.ClaimDisputed,
		c.Flags.Has(incident.FlagRecheck),
		c.Flags.Has(incident.FlagShaky),
		c.State == incident.Assumption && s.Now.Sub(c.At) >= untested:
		return 0
	case c.State == incident.Verified:
		return 2
	default:
		return 1
	}
}

func stateRank(s incident.ClaimState) int {
	return slices.Index([]incident.ClaimState{
		incident.ClaimDisputed, incident.Assumption, incident.Supported, incident.Hypothesis, incident.Verified, incident.Refuted,
	}, s)
}

func claimRow(s *incident.State, on dependents, c *incident.Claim) ClaimRow {
	row := ClaimRow{
		ID: c.ID, Label: c.Label, Text: c.Text, By: c.Person, At: ms(c.At), State: ClaimState(c.State), Flags: c.Flags.Words(),
		Load: c.Load, Footing: c.Footing.String(), NewestProof: ms(c.NewestProof), For: proofs(c.Supports),
		Against: proofs(c.Contradicts), Neutral: len(c.Neutral), Verdicts: []VerdictRow{}, RestsOn: restsOn(s, c.Basis),
		OnIt: on.chips(c.ID), Rest: c.OnIt, Test: c.Test, WrongIf: c.WrongIf, Turned: ms(c.Turned), TurnedBy: c.TurnedBy, Why: c.Why,
	}
	for _, v := range c.Verdicts {
		row.Verdicts = append(row.Verdicts, VerdictRow{By: v.By, Verdict: v.Verdict, At: ms(v.At), Why: v.Why, Ruling: v.Ruling})
	}
	return row
}

func proofs(links []incident.Link) []Proof {
	out := make([]Proof, 0, len(links))
	for _, l := range links {
		e := l.Evidence
		out = append(out, Proof{
			Chip: chipOf(e), Sort: e.Sort, By: e.Person, Observed: ms(e.Observed),
			Talk: !l.Proof, Echo: l.Echo, Expired: e.Expired, Why: l.Why,
		})
	}
	return out
}
