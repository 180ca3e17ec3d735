package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"bearings/internal/workspace"
)

// KeepDraft keeps what is typed at a place, so that it survives a crash; an
// empty text lets go of it. A place is the id of the selected thing, empty for
// the incident's log, or any name that the page gives to a place of its own.
func (c *Composer) KeepDraft(incident, place, text string) error {
	_, err := call(c.app, "Composer.KeepDraft", func() (struct{}, error) {
		return struct{}{}, c.app.drafts.keep(c.app.ws, incident, place, text)
	})
	return err
}

// Drafts returns what was typed in an incident and not sent, by place.
func (c *Composer) Drafts(incident string) (map[string]string, error) {
	return call(c.app, "Composer.Drafts", func() (map[string]string, error) {
		return c.app.drafts.of(c.app.ws, incident)
	})
}

// drafts are the texts that were typed and not sent, of one incident at a
// time, as they lie in the workspace.
type drafts struct {
	mu       sync.Mutex
	incident string
	texts    map[string]string // by place; nil before they were read
}

func draftsKey(incident string) string { return "drafts." + incident }

func (d *drafts) of(ws *workspace.Workspace, incident string) (map[string]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.read(ws, incident); err != nil {
		return nil, err
	}
	return maps.Clone(d.texts), nil
}

func (d *drafts) keep(ws *workspace.Workspace, incident, place, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.read(ws, incident); err != nil {
		return err
	}
	if d.texts[place] == text {
		return nil
	}
	texts := maps.Clone(d.texts)
	texts[place] = text
	return d.write(ws, texts)
}

// sent lets go of the drafts of a line that was recorded: the one where it
// was typed, and wherever else it says the same.
func (d *drafts) sent(ws *workspace.Workspace, incident, place, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.read(ws, incident); err != nil {
		return err
	}
	texts := maps.Clone(d.texts)
	maps.DeleteFunc(texts, func(at, kept string) bool { return at == place || kept == text })
	if len(texts) == len(d.texts) {
		return nil
	}
	return d.write(ws, texts)
}

func (d *drafts) read(ws *workspace.Workspace, incident string) error {
	if d.texts != nil && d.incident == incident {
		return nil
	}
	value, err := ws.Setting(draftsKey(incident))
	if err != nil {
		return err
	}
	texts := map[string]string{}
	if value != "" {
		if err := json.Unmarshal([]byte(value), &texts); err != nil {
			return fmt.Errorf("read the drafts: %w", err)
		}
	}
	d.incident, d.texts = incident, texts
	return nil
}

func (d *drafts) write(ws *workspace.Workspace, texts map[string]string) error {
	maps.DeleteFunc(texts, func(_, text string) bool { return text == "" })
	value, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	if err := ws.Set(draftsKey(d.incident), string(value)); err != nil {
		return err
	}
	d.texts = texts
	return nil
}
