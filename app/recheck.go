package app

import (
	"strings"

	"bearings/internal/incident"
)

// A ReviewView is what to look at again since the incident changed.
type ReviewView struct {
	Claims  []ReviewRow `json:"claims"`  // to look at now, at most 5
	Queue   []Chip      `json:"queue"`   // all that wait, at most 5, whether or not now
	Waiting int         `json:"waiting"` // claims that wait for the next review
	Next    int64       `json:"next"`    // when that may begin; 0 where nothing waits
}

// A ReviewRow is a claim to look at again, and the lines that answer it.
type ReviewRow struct {
	Chip   Chip   `json:"chip"`
	Why    string `json:"why"`
	By     string `json:"by"`
	Judged int64  `json:"judged"`
	On     int    `json:"on"` // things that rest on it
	Test   string `json:"test"`
	Still  string `json:"still"` // a whole line
	Doubt  string `json:"doubt"` // a whole line
}

// Review returns what to look at again.
func (g *Grounds) Review(id string, asOf int64) (*ReviewView, error) {
	return call(g.app, "Grounds.Review", func() (*ReviewView, error) {
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		return reviewOf(s), nil
	})
}

func reviewOf(s *incident.State) *ReviewView {
	v := &ReviewView{Claims: []ReviewRow{}, Queue: []Chip{}, Waiting: s.Review.Waiting, Next: ms(s.Review.Next)}
	for _, c := range s.Recheck {
		v.Queue = append(v.Queue, chipOf(c))
	}
	for _, c := range s.Review.Claims {
		v.Claims = append(v.Claims, reviewRow(s, c))
	}
	return v
}

func reviewRow(s *incident.State, c *incident.Claim) ReviewRow {
	return ReviewRow{
		Chip: chipOf(c), Why: changedSince(s, c), By: c.Person, Judged: ms(c.Judged), On: c.OnIt, Test: c.Test,
		Still: "/still " + c.Label, Doubt: "/doubt " + c.Label,
	}
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
