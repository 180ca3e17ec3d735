package app

import (
	"slices"

	"bearings/internal/incident"
)

// An InboxView is the evidence that nobody has looked at yet, newest first, as
// much as a page has.
type InboxView struct {
	Head  Head       `json:"head"`
	Count int        `json:"count"`
	More  int        `json:"more"` // that come after the last
	Rows  []InboxRow `json:"rows"`
}

// An InboxRow is one of them.
type InboxRow struct {
	Chip     Chip     `json:"chip"`
	Sort     string   `json:"sort"` // screenshot, log …
	Picture  bool     `json:"picture"`
	Text     string   `json:"text"` // how it begins
	URL      string   `json:"url"`
	Bytes    int64    `json:"bytes"`
	By       string   `json:"by"`
	At       int64    `json:"at"`
	Observed int64    `json:"observed"`
	From     string   `json:"from"`     // where Observed came from
	Metadata []string `json:"metadata"` // what the file carries beside what it shows
}

// inboxPage is how many are carried at once, and inboxText how much of a text.
const (
	inboxPage = 24
	inboxText = 240
)

// Inbox returns the evidence that belongs nowhere yet, the first rows of it:
// as many as were shown before, or a page.
func (e *Evidence) Inbox(id string, shown int, asOf int64) (*InboxView, error) {
	return call(e.app, "Evidence.Inbox", func() (*InboxView, error) {
		s, err := e.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		v := &InboxView{Head: e.app.head(s, asOf), Count: len(s.Inbox), Rows: []InboxRow{}}
		for _, w := range slices.Backward(s.Inbox) {
			if len(v.Rows) == max(inboxPage, shown) {
				break
			}
			v.Rows = append(v.Rows, inboxRow(w))
		}
		v.More = v.Count - len(v.Rows)
		e.app.awaitInbox(s, v.Rows)
		return v, nil
	})
}

func inboxRow(e *incident.Evidence) InboxRow {
	return InboxRow{
		Chip: chipOf(e), Sort: e.Sort, Picture: pictured(e),
		Text: short(e.Text, inboxText), URL: e.URL, Bytes: e.Bytes, By: e.Person, At: ms(e.At),
		Observed: ms(e.Observed), From: e.TakenFrom, Metadata: append([]string{}, e.Metadata...),
	}
}
