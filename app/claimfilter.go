package app

import (
	"slices"
	"strings"

	"bearings/internal/incident"
)

// A ClaimFilter says which claims are wanted; what is empty lets all through.
type ClaimFilter struct {
	Text   string `json:"text"`   // words that all stand in it, or its label
	State  string `json:"state"`  // one of the claim states
	Flag   string `json:"flag"`   // one of the flags, or "untested"
	Thread string `json:"thread"` // id of the thread that it was made in
	Person string `json:"person"` // whose it is
	Mine   bool   `json:"mine"`   // only those of whoever uses the window

	but []string // ids of claims that are shown elsewhere
}

// flagUntested wants the claims that are not settled, and whose test is not
// named, or nobody runs.
const flagUntested = "untested"

// whose fills in whose claims are mine.
func (a *App) whose(f ClaimFilter) (ClaimFilter, error) {
	if !f.Mine {
		return f, nil
	}
	me, err := a.me()
	f.Person = me
	return f, err
}

// asks reports whether the filter may keep a claim back.
func (f ClaimFilter) asks() bool {
	return f.Text != "" || f.State != "" || f.Flag != "" || f.Thread != "" || f.Person != "" || f.Mine
}

func (f ClaimFilter) lets(c *incident.Claim) bool {
	switch {
	case f.State != "" && string(c.State) != f.State,
		f.Thread != "" && c.Thread != f.Thread,
		f.Person != "" && c.Person != f.Person,
		slices.Contains(f.but, c.ID),
		!f.flagged(c):
		return false
	}
	text := strings.ToLower(c.Label + " " + c.Text + " " + c.Test + " " + c.WrongIf)
	for word := range strings.FieldsSeq(strings.ToLower(f.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (f ClaimFilter) flagged(c *incident.Claim) bool {
	switch f.Flag {
	case "":
		return true
	case flagUntested:
		return !c.HasEnded() && c.State != incident.Verified && !c.Tested()
	default:
		return slices.Contains(c.Flags.Words(), f.Flag)
	}
}
