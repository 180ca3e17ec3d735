package incident

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A CheckKind is one of the questions that a belief has to answer before a
// team leans on it.
type CheckKind string

// The questions, in the order in which they are asked.
const (
	CheckProof   CheckKind = "proof"    // is there proof?
	CheckOther   CheckKind = "checked"  // did somebody other than its author check it?
	CheckWrongIf CheckKind = "wrong_if" // is it written what would prove it wrong?
	CheckTest    CheckKind = "test"     // is the cheapest test named, and somebody's?
	CheckFresh   CheckKind = "fresh"    // is it still true since the incident last changed shape?
	CheckOnIt    CheckKind = "on_it"    // is it known what rests on it?
)

// A Check is one line of a claim's checklist.
type Check struct {
	Kind  CheckKind
	Holds bool
	Text  string // how it stands, in words
	About Ref    // what mends it or shows it: the action that tests the claim; empty for none
}

// Checklist derives the checklist of a claim: what it takes for a belief to
// be one that others can lean on. A withdrawn claim has none.
func (s *State) Checklist(c *Claim) []Check {
	if c.State == Withdrawn {
		return nil
	}
	return []Check{checkProof(c), checkOther(c), checkWrongIf(c), checkTest(c), checkFresh(c), checkOnIt(c)}
}

// checkProof holds where there is proof for the claim; for a refuted one,
// where there is proof against it.
func checkProof(c *Claim) Check {
	pro, con := proven(c.Supports), proven(c.Contradicts)
	holds := pro > 0
	if c.State == Refuted {
		holds = con > 0
	}
	switch {
	case pro > 0 && con > 0:
		return Check{CheckProof, holds, "Proof: " + strconv.Itoa(pro) + " for, " + strconv.Itoa(con) + " against", Ref{}}
	case pro > 0:
		return Check{CheckProof, holds, "Proof: " + strconv.Itoa(pro) + " for", Ref{}}
	case con > 0:
		return Check{CheckProof, holds, "Proof: " + strconv.Itoa(con) + " against", Ref{}}
	default:
		return Check{CheckProof, false, c.WordOnly(), Ref{}}
	}
}

// proven counts the proof of one side, of each origin one.
func proven(side []Link) int {
	n := 0
	for _, l := range side {
		if l.Proof && !l.Echo {
			n++
		}
	}
	return n
}

// WordOnly says in words that a claim has no proof: "Said by Ana, no
// evidence" where people spoke for it.
func (c *Claim) WordOnly() string {
	var said []string
	for _, l := range c.Supports {
		who := firstOf(l.Evidence.SaidBy, l.Evidence.Person)
		if !l.Proof && !slices.Contains(said, who) {
			said = append(said, who)
		}
	}
	if len(said) == 0 {
		return "No evidence"
	}
	return "Said by " + and(said) + ", no evidence"
}

func checkOther(c *Claim) Check {
	var others []string
	for _, v := range c.Verdicts {
		if v.By != c.Person {
			others = append(others, v.By)
		}
	}
	if len(others) == 0 {
		return Check{CheckOther, false, "Nobody else has checked it", Ref{}}
	}
	return Check{CheckOther, true, "Checked by " + and(others), Ref{}}
}

func checkWrongIf(c *Claim) Check {
	if c.WrongIf == "" {
		return Check{CheckWrongIf, false, "What would prove it wrong is not written", Ref{}}
	}
	return Check{CheckWrongIf, true, "Wrong if " + c.WrongIf, Ref{}}
}

// checkTest holds where a test is somebody's work, or was done. What is
// verified or refuted needs none.
func checkTest(c *Claim) Check {
	a := c.bestTrial()
	switch {
	case a != nil && a.HasEnded():
		return Check{CheckTest, true, because(a.Label+" "+plain(string(a.State)), a.Result), a.Ref}
	case a != nil && a.Owner != "":
		return Check{CheckTest, true, a.Label + ", " + a.Owner + ": " + a.Text, a.Ref}
	case c.State == Verified || c.State == Refuted:
		return Check{CheckTest, true, "It is settled", Ref{}}
	case a != nil:
		return Check{CheckTest, false, "Nobody runs " + a.Label + ": " + a.Text, a.Ref}
	case c.Test != "":
		return Check{CheckTest, false, "Nobody runs it: " + c.Test, Ref{}}
	default:
		return Check{CheckTest, false, "No test is named", Ref{}}
	}
}

// bestTrial is the test that says most: one that goes on, then one that is
// somebody's, then the latest that came to an end, then one that is nobody's.
// Nil where there is none, or all were dropped.
func (c *Claim) bestTrial() *Action {
	var best *Action
	for _, a := range c.Trials {
		if a.State != Dropped && (best == nil || trialRank(a) >= trialRank(best)) {
			best = a
		}
	}
	return best
}

func trialRank(a *Action) int {
	switch {
	case a.HasEnded():
		return 1
	case a.Owner == "":
		return 0
	case a.UnderWay():
		return 3
	default:
		return 2
	}
}

func checkFresh(c *Claim) Check {
	switch {
	case !c.ShapeSince.At.IsZero():
		return Check{CheckFresh, false, "Not judged since: " + c.ShapeSince.What, c.ShapeSince.Ref}
	case c.Flags.Has(FlagRecheck):
		return Check{CheckFresh, false, "It changed since it was judged", Ref{}}
	default:
		return Check{CheckFresh, true, "The incident has not changed shape since", Ref{}}
	}
}

func checkOnIt(c *Claim) Check {
	switch {
	case c.OnIt > 0:
		return Check{CheckOnIt, true, things(c.OnIt) + " on it", Ref{}}
	case c.Rested:
		return Check{CheckOnIt, true, "What rested on it is over", Ref{}}
	case c.NothingOnIt:
		return Check{CheckOnIt, true, "Nothing rests on it", Ref{}}
	default:
		return Check{CheckOnIt, false, "Nobody said what rests on it", Ref{}}
	}
}

// and joins names: "Ana, Raj and Mei".
func and(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// Tested reports whether a test of the claim is somebody's work or was done,
// or the claim is settled without.
func (c *Claim) Tested() bool { return checkTest(c).Holds }

// LoadBearing are the assumptions that most rests on: most first, the oldest
// first of equals.
func (s *State) LoadBearing() []*Claim {
	var out []*Claim
	for _, c := range s.Claims {
		if c.State == Assumption {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *Claim) int { return cmp.Compare(b.Load, a.Load) })
	return out
}
