package workspace

import (
	"database/sql"
	"errors"
	"fmt"
)

// SettingOwner is the key of the name of the workspace's owner: who acts where
// nobody says who.
const SettingOwner = "owner"

// Setting returns the value of a setting, "" where it was never set.
func (w *Workspace) Setting(key string) (string, error) {
	var value string
	err := w.db.QueryRow("SELECT value FROM settings WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read setting %s: %w", key, explain(err))
	}
	return value, nil
}

// Set keeps the value of a setting.
func (w *Workspace) Set(key, value string) error {
	if w.readOnly {
		return openedToRead()
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	if err := setIn(w.writer, key, value); err != nil {
		return fmt.Errorf("keep setting %s: %w", key, explain(err))
	}
	return nil
}

func setIn(q querier, key, value string) error {
	_, err := q.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// Owner returns the name of the workspace's owner, "" where none was given.
func (w *Workspace) Owner() (string, error) { return w.Setting(SettingOwner) }
