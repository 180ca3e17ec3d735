package app

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"bearings/internal/incident"
)

// Claims is what the claims screen calls.
type Claims struct{ app *App }

// All returns the claims of an incident that a filter lets through, the first
// of each group; the rest is read by Group.
func (c *Claims) All(id string, filter ClaimFilter, asOf int64) (*ClaimsScreen, error) {
	return call(c.app, "Claims.All", func() (*ClaimsScreen, error) {
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		filter, err = c.app.whose(filter)
		if err != nil {
			return nil, err
		}
		v := claimsOf(c.app.head(s, asOf), s, filter, timing{s.Now, c.app.zone})
		c.app.awaitGroups(s, v.Groups)
		return &v, nil
	})
}

// Group returns a page of a group of claims, from one of them on.
func (c *Claims) Group(id, name string, from int, filter ClaimFilter, asOf int64) (*ClaimGroup, error) {
	return call(c.app, "Claims.Group", func() (*ClaimGroup, error) {
		n := slices.Index(groupNames, name)
		if n < 0 || from < 0 {
			return nil, &Error{Code: codeInvalid, Message: "There is no such group of claims.", Hint: ""}
		}
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		filter, err = c.app.whose(filter)
		if err != nil {
			return nil, err
		}
		g := groupPage(s, nil, n, claimsByRisk(s, filter)[n], from, claimPage)
		c.app.awaitClaims(s, g.Claims)
		return &g, nil
	})
}

// Threads returns the threads in which claims were made: what their list may
// be filtered by. There may be many more than claims on a page.
func (c *Claims) Threads(id string, asOf int64) ([]Chip, error) {
	return call(c.app, "Claims.Threads", func() ([]Chip, error) {
		s, err := c.app.namesAt(id, asOf)
		if err != nil {
			return nil, err
		}
		within := map[string]bool{}
		for _, claim := range s.Claims {
			within[claim.Thread] = within[claim.Thread] || claim.State != incident.Withdrawn
		}
		threads := []Chip{}
		for _, t := range s.Threads {
			if within[t.ID] {
				threads = append(threads, chipOf(t))
			}
		}
		return threads, nil
	})
}

// Proofs returns a page of what speaks for a claim ("for") or against it
// ("against"), from one of them on.
func (c *Claims) Proofs(id, claim, side string, from int, asOf int64) ([]Proof, error) {
	return call(c.app, "Claims.Proofs", func() ([]Proof, error) {
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		t, _ := s.Find(claim)
		of, ok := t.(*incident.Claim)
		if !ok || from < 0 {
			return nil, notFound(claim)
		}
		links := of.Supports
		if side == "against" {
			links = of.Contradicts
		}
		from = min(from, len(links))
		page := proofs(s, links[from:], proofPage)
		c.app.awaitProofs(s, page)
		return page, nil
	})
}

// A ClaimsScreen is the claims of an incident, by risk.
type ClaimsScreen struct {
	Head   Head         `json:"head"`
	Groups []ClaimGroup `json:"groups"`
	All    int          `json:"all"`    // not withdrawn
	Says   string       `json:"says"`   // how many there are, and how many of them are shown; empty where there are none
	Again  string       `json:"again"`  // how many are to be looked at again, in a sentence; empty for none
	People []string     `json:"people"` // whose claims they are
	Eggs   *Eggs        `json:"eggs,omitempty"`
}

// Eggs says that most of the people at work lean on one claim.
type Eggs struct {
	Claim  Chip     `json:"claim"`
	People []string `json:"people"`
	Of     int      `json:"of"` // people at work
}

// A ClaimGroup holds claims of like risk, most urgent first, as many as a page
// has.
type ClaimGroup struct {
	Name   string     `json:"name"`  // "judgement", "believed", "verified", "refuted"
	Title  string     `json:"title"` // what it is called on the screen
	Count  int        `json:"count"` // of its claims
	From   int        `json:"from"`  // which of them the first is, from 0
	More   int        `json:"more"`  // that come after the last
	Claims []ClaimRow `json:"claims"`
}

func claimsOf(head Head, s *incident.State, filter ClaimFilter, w timing) ClaimsScreen {
	v := ClaimsScreen{Head: head, Groups: claimGroups(s, nil, filter, claimPage), People: []string{}, Eggs: eggsOf(s)}
	if anyToRecheck(s) > 0 {
		v.Again = reviewSays(s, w)
	}
	for _, c := range s.Claims {
		if c.State == incident.Withdrawn {
			continue
		}
		v.All++
		if !slices.Contains(v.People, c.Person) {
			v.People = append(v.People, c.Person)
		}
	}
	slices.Sort(v.People)
	v.Says = claimsSay(v, len(s.Claims)-v.All, filter)
	return v
}

// claimsSay says how many claims there are, and how many of them a filter
// lets through.
func claimsSay(v ClaimsScreen, withdrawn int, filter ClaimFilter) string {
	if v.All == 0 {
		return ""
	}
	says := counted(v.All, "claim", "claims")
	if filter.asks() {
		found := 0
		for _, g := range v.Groups {
			found += g.Count
		}
		says = strconv.Itoa(found) + " of " + says
	}
	says += ", by risk"
	if withdrawn > 0 {
		says += fmt.Sprintf("; %d withdrawn", withdrawn)
	}
	return says
}

func eggsOf(s *incident.State) *Eggs {
	h := s.AllEggs()
	if h == nil {
		return nil
	}
	return &Eggs{Claim: chipOf(h.Claim), People: h.People, Of: h.Of}
}

var (
	groupNames  = []string{"judgement", "believed", "verified", "refuted"}
	groupTitles = []string{"Needs your judgement", "Believed, not proven", "Verified", "Refuted"}
)

// claimPage is how many claims a page of one group has; proofPage how many
// pieces of evidence of one side.
const (
	claimPage = 100
	proofPage = 100
)

// claimGroups puts the claims in the order of risk: what somebody must judge,
// what is believed, what is verified, what is ruled out. Of all groups
// together it shows so many claims at most, but some of each.
func claimGroups(s *incident.State, on dependents, filter ClaimFilter, most int) []ClaimGroup {
	groups := []ClaimGroup{}
	left := most
	for n, claims := range claimsByRisk(s, filter) {
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
	g := ClaimGroup{Name: groupNames[n], Title: groupTitles[n], Count: len(claims), From: from, Claims: []ClaimRow{}}
	from = min(from, len(claims))
	to := min(from+most, len(claims))
	g.More = len(claims) - to
	for _, c := range claims[from:to] {
		g.Claims = append(g.Claims, claimRow(s, on, c, proofsOfRow))
	}
	return g
}

// claimsByRisk sorts the claims that a filter lets through into groups, most
// urgent first. Withdrawn claims are left out.
func claimsByRisk(s *incident.State, filter ClaimFilter) [4][]*incident.Claim {
	var groups [4][]*incident.Claim
	for _, c := range s.Claims {
		if c.State != incident.Withdrawn && filter.lets(c) {
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
