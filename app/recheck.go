package app

import (
	"strings"

	"bearings/internal/incident"
)

// A ReviewView is what to look at again since the incident changed.
type ReviewView struct {
	Says    string      `json:"says"`
	Claims  []ReviewRow `json:"claims"`  // to look at now, at most 5
	Queue   []Chip      `json:"queue"`   // all that wait, at most 5, whether or not now
	Waiting int         `json:"waiting"` // claims that wait for the next review
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
	v := &ReviewView{Says: reviewSays(s, w), Claims: []ReviewRow{}, Queue: []Chip{}, Waiting: s.Review.Waiting}
	for _, c := range s.Recheck {
		v.Queue = append(v.Queue, chipOf(c))
	}
	for _, c := range s.Review.Claims {
		v.Claims = append(v.Claims, reviewRow(s, c, w))
	}
	return v
}

// reviewSays says how many claims are asked about now, and how many later.
func reviewSays(s *incident.State, w timing) string {
	asked, waiting, next := len(s.Review.Claims), s.Review.Waiting, w.clock(s.Review.Next)
	switch {
	case asked > 0 && waiting > 0:
		return counted(asked, "claim was", "claims were") + " judged before the incident changed. " + counted(waiting, "more waits", "more wait") + " for " + next + "."
	case asked > 0:
		return counted(asked, "claim was", "claims were") + " judged before the incident changed."
	case waiting > 0:
		return "Enough for now. " + counted(waiting, "claim is", "claims are") + " to be looked at again from " + next + "."
	default:
		return "Nothing to look at again. When the severity goes up, the impact widens, the lead changes or the team grows, what was believed before is asked about here."
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
