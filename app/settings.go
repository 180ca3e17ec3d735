package app

import (
	"slices"
	"strings"

	"bearings/internal/workspace"
)

// settingLast names the incident that the window had open last.
const settingLast = "window.last"

// keptKeys are what a reader may choose about the window: dark or light, the
// size of its text, single letters as keys, a desktop notification for a new
// warning ("yes"), a soft sound for one ("on").
var keptKeys = []string{"theme", "size", "letters", keyNotify, "sound"}

const keyNotify = "notify"

// Settings is what keeps how a reader likes the window.
type Settings struct{ app *App }

// Keep keeps a choice: "theme", "size", "letters", "notify" or "sound".
func (s *Settings) Keep(key, value string) error {
	_, err := call(s.app, "Settings.Keep", func() (struct{}, error) {
		if !slices.Contains(keptKeys, key) || len(value) > 20 {
			return struct{}{}, &Error{Code: codeInvalid, Message: "There is no such setting.", Hint: ""}
		}
		return struct{}{}, s.app.ws.Set("window."+key, value)
	})
	return err
}

// maxName is how long the name of a person may be.
const maxName = 120

// CallMe keeps the name of the person who uses this workspace: what is
// recorded from now on is theirs. What was recorded keeps the name that it was
// recorded by. Whoever is in the incident that is open, and writes their name
// in other letters ("mara lindqvist"), is the same person.
func (s *Settings) CallMe(name string) error {
	_, err := call(s.app, "Settings.CallMe", func() (struct{}, error) {
		name = strings.Join(strings.Fields(name), " ")
		switch {
		case s.app.options.As != "":
			return struct{}{}, &Error{Code: codeInvalid, Message: "The window was started for " + s.app.options.As + ".", Hint: "Start it without --as to choose another name here."}
		case name == "" || len(name) > maxName:
			return struct{}{}, &Error{Code: codeInvalid, Message: "That is no name.", Hint: "Write the name by which the others know you."}
		}
		name, err := s.app.spelled(name)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, s.app.ws.Set(workspace.SettingOwner, name)
	})
	return err
}

// spelled is a name as it is written in the incident that is open, where just
// one person there has it. Who puts their own name right writes it as they like.
func (a *App) spelled(name string) (string, error) {
	me, err := a.me()
	if err != nil || strings.EqualFold(me, name) {
		return name, err
	}
	list, err := a.list()
	if err != nil {
		return name, err
	}
	open, err := a.toOpen(list)
	if err != nil || open == "" {
		return name, err
	}
	state, err := a.namesAt(open, 0)
	if err != nil {
		return name, err
	}
	var found []string
	for _, r := range state.Responders {
		if strings.EqualFold(r.Name, name) {
			found = append(found, r.Name)
		}
	}
	if len(found) != 1 {
		return name, nil
	}
	return found[0], nil
}

// Opened keeps which incident is open, for the next start; empty for none.
func (s *Settings) Opened(incident string) error {
	_, err := call(s.app, "Settings.Opened", func() (struct{}, error) {
		return struct{}{}, s.app.ws.Set(settingLast, incident)
	})
	return err
}

// maxWhere is how much a page may keep of where a reader is.
const maxWhere = 4 << 10

func leftKey(incident string) string { return "left." + incident }

// Left keeps where in an incident the reader is, in the page's own words: the
// screen, what is selected.
func (s *Settings) Left(incident, where string) error {
	_, err := call(s.app, "Settings.Left", func() (struct{}, error) {
		if len(where) > maxWhere {
			return struct{}{}, &Error{Code: codeInvalid, Message: "That is too much to keep.", Hint: ""}
		}
		return struct{}{}, s.app.ws.Set(leftKey(incident), where)
	})
	return err
}

// Where returns where in an incident the reader was, empty where that is not
// known.
func (s *Settings) Where(incident string) (string, error) {
	return call(s.app, "Settings.Where", func() (string, error) { return s.app.ws.Setting(leftKey(incident)) })
}
