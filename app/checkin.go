package app

import (
	"strings"

	"bearings/internal/compose"
	"bearings/internal/incident"
)

// Checkins is what the screen of a check-in round calls.
type Checkins struct{ app *App }

// A CheckinView is the round that goes on, or the one that could begin.
type CheckinView struct {
	Head   Head         `json:"head"`
	Round  *Chip        `json:"round,omitempty"` // missing where none goes on
	Opened int64        `json:"opened"`
	Due    int64        `json:"due"` // until when the answers are expected
	Heard  int          `json:"heard"`
	Rows   []CheckinRow `json:"rows"`  // longest silence first
	Draft  string       `json:"draft"` // the situation, by rule, to be begun with
}

// A CheckinRow is somebody who is asked.
type CheckinRow struct {
	Person   string   `json:"person"`
	Owns     []Chip   `json:"owns"` // threads, longest silence first; then actions
	Since    int64    `json:"since"`
	LastText string   `json:"lastText"`
	LastAt   int64    `json:"lastAt"`
	Answer   *WordRow `json:"answer,omitempty"`
	Line     string   `json:"line"` // with which what they say begins; with nothing more, no change
}

// Round returns the round that goes on, or who would be asked.
func (c *Checkins) Round(id string, asOf int64) (*CheckinView, error) {
	return call(c.app, "Checkins.Round", func() (*CheckinView, error) {
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		return checkinOf(c.app.head(s, asOf), s), nil
	})
}

func checkinOf(head Head, s *incident.State) *CheckinView {
	r := s.Round()
	w := compose.Writer{State: s}
	v := &CheckinView{Head: head, Heard: r.Heard(), Rows: []CheckinRow{}, Draft: w.Situation(r).Text}
	if r.Checkin != nil {
		c := chipOf(r.Checkin)
		v.Round, v.Opened, v.Due = &c, ms(r.Checkin.At), ms(r.Checkin.Due)
	}
	for _, a := range r.Asked {
		v.Rows = append(v.Rows, checkinRow(a))
	}
	return v
}

func checkinRow(a incident.ActiveOwner) CheckinRow {
	row := CheckinRow{
		Person: a.Person, Owns: []Chip{}, Since: ms(a.Since), LastAt: ms(a.Last.At), LastText: a.Last.Line(),
		Line: "/heard @" + strings.ReplaceAll(a.Person, " ", ""),
	}
	for _, t := range a.Threads {
		row.Owns = append(row.Owns, chipOf(t))
	}
	for _, t := range a.Actions {
		row.Owns = append(row.Owns, chipOf(t))
	}
	if w := a.Answer; w != nil {
		row.Answer = &WordRow{By: w.Person, At: ms(w.At), Seeing: w.Seeing, Doing: w.Doing, Need: w.Need}
	}
	return row
}
