package app

import (
	"slices"
	"time"

	"bearings/internal/compose"
	"bearings/internal/incident"
)

// Updates is what the screen of updates to people outside calls.
type Updates struct{ app *App }

// An UpdatesScreen is what people outside were told, and what they could be
// told next.
type UpdatesScreen struct {
	Head      Head          `json:"head"`
	Audiences []AudienceRow `json:"audiences"` // the next due first
	Sent      []SentUpdate  `json:"sent"`      // newest first
	More      int           `json:"more"`      // sent before these
	Pieces    []PieceRow    `json:"pieces"`
}

// An AudienceRow is whom updates are for.
type AudienceRow struct {
	Name    string `json:"name"`
	Last    int64  `json:"last"`
	Due     int64  `json:"due"` // 0 where none is promised
	By      string `json:"by"`  // who promised
	Overdue bool   `json:"overdue"`
}

// A SentUpdate is the exact text that was sent.
type SentUpdate struct {
	Chip      Chip   `json:"chip"`
	Audience  string `json:"audience"`
	Text      string `json:"text"`
	By        string `json:"by"`
	At        int64  `json:"at"`
	States    []Chip `json:"states"`
	Corrects  *Chip  `json:"corrects,omitempty"`
	Corrected *Chip  `json:"corrected,omitempty"`
	Shaky     bool   `json:"shaky"`   // what it says has lost its footing, and nobody corrected it
	Correct   string `json:"correct"` // the line that begins its correction; empty where it was corrected
	Caret     int    `json:"caret"`
}

// A PieceRow is a sentence that the next update may hold.
type PieceRow struct {
	ID     string `json:"id"`
	Claim  string `json:"claim"` // label of the claim that it states
	Text   string `json:"text"`
	Ticked bool   `json:"ticked"`
}

// A MessageView is an update that is begun.
type MessageView struct {
	Text  string `json:"text"` // what people outside read
	Line  string `json:"line"` // that keeps it
	Caret int    `json:"caret"`
}

// updatePage is how many updates cross to the window.
const updatePage = 60

// All returns what was sent and what could be.
func (u *Updates) All(id string, asOf int64) (*UpdatesScreen, error) {
	return call(u.app, "Updates.All", func() (*UpdatesScreen, error) {
		s, err := u.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		return updatesOf(u.app.head(s, asOf), s, u.app.zone), nil
	})
}

// Message begins an update of the pieces that are ticked; the next one is
// promised in so many minutes, or not at 0.
func (u *Updates) Message(id, audience string, ticked []string, minutes int) (*MessageView, error) {
	return call(u.app, "Updates.Message", func() (*MessageView, error) {
		w, err := u.app.writer(id, "")
		if err != nil {
			return nil, err
		}
		next := time.Time{}
		if minutes > 0 {
			next = w.Place.Now.Add(time.Duration(minutes) * time.Minute)
		}
		line, text := w.Message(audience, ticked, next)
		return &MessageView{Text: text, Line: line.Text, Caret: unitsOf(line.Text, line.Caret)}, nil
	})
}

func updatesOf(head Head, s *incident.State, zone *time.Location) *UpdatesScreen {
	w := compose.Writer{State: s, Place: compose.Place{Now: s.Now, Zone: zone}}
	v := &UpdatesScreen{Head: head, Audiences: []AudienceRow{}, Sent: []SentUpdate{}, Pieces: []PieceRow{}}
	for _, u := range slices.Backward(s.Updates) {
		if u.Newest {
			v.Audiences = append(v.Audiences, AudienceRow{Name: u.Audience, Last: ms(u.At), Due: ms(u.NextDue), By: u.NextBy, Overdue: u.Overdue})
		}
		if len(v.Sent) == updatePage {
			v.More++
			continue
		}
		v.Sent = append(v.Sent, sentUpdate(s, &w, u))
	}
	slices.SortStableFunc(v.Audiences, func(a, b AudienceRow) int { return dueFirst(a.Due, b.Due) })
	for _, p := range w.Pieces() {
		v.Pieces = append(v.Pieces, PieceRow(p))
	}
	return v
}

// dueFirst sorts by what is due soonest, what is not due last.
func dueFirst(a, b int64) int {
	switch {
	case a == b:
		return 0
	case a == 0:
		return 1
	case b == 0 || a < b:
		return -1
	default:
		return 1
	}
}

func sentUpdate(s *incident.State, w *compose.Writer, u *incident.Update) SentUpdate {
	row := SentUpdate{Chip: chipOf(u), Audience: u.Audience, Text: u.Text, By: u.Person, At: ms(u.At), States: chips(s, u.States),
		Corrects: chipOrNone(s, u.Corrects), Corrected: chipOrNone(s, u.Corrected)}
	if row.Corrected == nil {
		row.Shaky = u.Shaky()
		begun := w.Correction(u)
		row.Correct, row.Caret = begun.Text, unitsOf(begun.Text, begun.Caret)
	}
	return row
}
