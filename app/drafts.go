package app

// KeepDraft keeps what is typed at a place, so that it survives a crash; an
// empty text lets go of it. A place is the id of the selected thing, empty for
// the incident's log, or any name that the page gives to a place of its own.
func (c *Composer) KeepDraft(incident, place, text string) error {
	_, err := call(c.app, "Composer.KeepDraft", func() (struct{}, error) {
		return struct{}{}, c.app.ws.KeepDraft(incident, place, text)
	})
	return err
}

// Drafts returns what was typed in an incident and not sent, by place.
func (c *Composer) Drafts(incident string) (map[string]string, error) {
	return call(c.app, "Composer.Drafts", func() (map[string]string, error) {
		return c.app.ws.Drafts(incident)
	})
}
