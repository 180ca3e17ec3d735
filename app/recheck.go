package app

import (
	"fmt"
	"strings"

	"bearings/internal/incident"
)

// A ReviewView is what to look at again since the incident changed.
type ReviewView struct {
	Says   string      `json:"says"`   // how many there are, and how many of them are to be looked at now
	Claims []ReviewRow `json:"claims"` // to look at now, at most 5
	Queue  []Chip      `json:"queue"`  // the first of all that there are, at most 5, whether or not now
}

// A ReviewRow is a claim to look at again, and the lines that answer it.
type ReviewRow struct {
	Chip  Chip   `json:"chip"`
	Says  string `json:"says"` // why it is asked about, and what hangs on it
	Test  string `json:"test"`
	Still string `json:"still"` // a whole line
	Doubt string `json:"doubt"` // a whole line
}

// Review returns what to look at again.
func (g *Grounds) Review(id string, asOf int64) (*ReviewView, error) {
	return call(g.app, "Grounds.Review", func() (*ReviewView, error) {
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		return reviewOf(s, timing{s.Now, g.app.zone}), nil
	})
}

func reviewOf(s *incident.State, w timing) *ReviewView {
	v := &ReviewView{Says: reviewSays(s, w), Claims: []ReviewRow{}, Queue: []Chip{}}
	for _, c := range s.Recheck {
		v.Queue = append(v.Queue, chipOf(c))
	}
	for _, c := range s.Review.Claims {
		v.Claims = append(v.Claims, reviewRow(s, c, w))
	}
	return v
}

// anyToRecheck counts the claims that are to be looked at again, in the queue
// or behind it.
func anyToRecheck(s *incident.State) int {
	n := 0
	for _, c := range s.Claims {
		if c.Flags.Has(incident.FlagRecheck) {
			n++
		}
	}
	return n
}

// reviewSays says how many claims are to be looked at again, and when. The
// queue holds five at most: what stands behind it comes later too.
func reviewSays(s *incident.State, w timing) string {
	all, now := anyToRecheck(s), len(s.Review.Claims)
	if all == 0 {
		return "Nothing to look at again. When the severity goes up, the impact widens, the lead changes or the team grows, what was believed before is asked about here."
	}
	judged := counted(all, "claim was", "claims were") + " judged before the incident changed"
	later := "later"
	if s.Review.Waiting > 0 {
		later = "from " + w.clock(s.Review.Next)
	}
	switch {
	case now == all:
		return judged + "."
	case now == 0:
		return judged + ". Enough for now: look again " + later + "."
	default:
		return fmt.Sprintf("%s: look again at %d now, at %d %s.", judged, now, all-now, later)
	}
}

func reviewRow(s *incident.State, c *incident.Claim, w timing) ReviewRow {
	says := "judged " + w.clock(c.Judged) + "; since then " + changedSince(s, c)
	if c.OnIt > 0 {
		says += ". " + counted(c.OnIt, "thing rests", "things rest") + " on it"
	}
	return ReviewRow{Chip: chipOf(c), Says: says, Test: c.Test, Still: "/still " + c.Label, Doubt: "/doubt " + c.Label}
}

// changedSince says what happened since a claim was judged.
func changedSince(s *incident.State, c *incident.Claim) string {
	var changes []string
	for _, shape := range s.Shapes {
		if shape.At.After(c.Judged) {
			changes = append(changes, shape.What)
		}
	}
	switch {
	case len(changes) > 2:
		changes = changes[len(changes)-2:]
	case len(changes) == 0 && c.Footing == incident.Fallen:
		return "what it rests on fell"
	case len(changes) == 0:
		return "its words were changed"
	}
	return strings.Join(changes, ", ")
}
