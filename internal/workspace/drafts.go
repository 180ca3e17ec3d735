package workspace

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// The settings, one for each incident, that hold what people typed about
// things of it: the key is one of these and the id of the incident, the value
// a JSON object or list of which each part is about one thing. A redaction
// takes out of them what is about the evidence, or says what it said. The
// drafts of what is typed into forms have no incident.
const (
	SettingDrafts  = "drafts."
	SettingSnoozed = "snoozed."
)

// Drafts returns what was typed in an incident and not sent, by place; with no
// incident, what was typed into forms.
func (w *Workspace) Drafts(incident string) (map[string]string, error) {
	texts, err := draftsIn(w.db, incident)
	if err != nil {
		return nil, fmt.Errorf("read the drafts: %w", explain(err))
	}
	return texts, nil
}

// KeepDraft keeps what is typed at a place; an empty text lets go of it.
func (w *Workspace) KeepDraft(incident, place, text string) error {
	return w.changeDrafts(incident, func(texts map[string]string) { texts[place] = text })
}

// ForgetDrafts lets go of the drafts of a line that was recorded: the one at
// the place where it was typed, and wherever else it says the same.
func (w *Workspace) ForgetDrafts(incident, place, text string) error {
	return w.changeDrafts(incident, func(texts map[string]string) {
		maps.DeleteFunc(texts, func(at, kept string) bool { return at == place || kept == text })
	})
}

func (w *Workspace) changeDrafts(incident string, change func(texts map[string]string)) error {
	return w.change("keep a draft", func(tx *sql.Tx) error { return changeDraftsIn(tx, incident, change) })
}

func changeDraftsIn(tx *sql.Tx, incident string, change func(texts map[string]string)) error {
	was, err := draftsIn(tx, incident)
	if err != nil {
		return err
	}
	texts := maps.Clone(was)
	change(texts)
	maps.DeleteFunc(texts, func(_, text string) bool { return text == "" })
	if maps.Equal(was, texts) {
		return nil
	}
	value, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	return setIn(tx, SettingDrafts+incident, string(value))
}

func draftsIn(q querier, incident string) (map[string]string, error) {
	texts := map[string]string{}
	var value string
	err := q.QueryRow("SELECT value FROM settings WHERE key = ?", SettingDrafts+incident).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) || err == nil && value == "" {
		return texts, nil
	}
	if err != nil {
		return nil, err
	}
	return texts, json.Unmarshal([]byte(value), &texts)
}
