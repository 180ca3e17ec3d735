package app

import "slices"

// settingLast names the incident that the window had open last.
const settingLast = "window.last"

// keptKeys are what a reader may choose about the window.
var keptKeys = []string{"theme", "size", "letters"}

// Settings is what keeps how a reader likes the window.
type Settings struct{ app *App }

// Keep keeps a choice: "theme", "size" or "letters".
func (s *Settings) Keep(key, value string) error {
	_, err := call(s.app, "Settings.Keep", func() (struct{}, error) {
		if !slices.Contains(keptKeys, key) || len(value) > 20 {
			return struct{}{}, &Error{Code: codeInvalid, Message: "There is no such setting.", Hint: ""}
		}
		return struct{}{}, s.app.ws.Set("window."+key, value)
	})
	return err
}

// Opened keeps which incident is open, for the next start; empty for none.
func (s *Settings) Opened(incident string) error {
	_, err := call(s.app, "Settings.Opened", func() (struct{}, error) {
		return struct{}{}, s.app.ws.Set(settingLast, incident)
	})
	return err
}
