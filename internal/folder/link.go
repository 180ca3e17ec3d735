package folder

import (
	"encoding/json"
	"errors"
	"fmt"

	"bearings/internal/workspace"
)

// A link is how a workspace is shared, as its settings keep it.
type link struct {
	Folder  string  `json:"folder"`
	Name    string  `json:"name"` // of the shared workspace
	Founder string  `json:"founder"`
	Sealed  bool    `json:"sealed"`
	Briefs  bool    `json:"briefs"` // briefs are kept in the folder, readable by whoever can read it
	Profile Profile `json:"profile"`
}

const settingLink = "shared"

// CodeNotShared is the code of an error that says that a workspace is not
// shared.
const CodeNotShared = "not_shared"

// linkOf returns how a workspace is shared, nil where it is not.
func linkOf(w *workspace.Workspace) (*link, error) {
	text, err := w.Setting(settingLink)
	if err != nil || text == "" {
		return nil, err
	}
	l := new(link)
	if err := json.Unmarshal([]byte(text), l); err != nil {
		return nil, fmt.Errorf("read how the workspace is shared: %w", err)
	}
	return l, nil
}

// keep keeps how a workspace is shared; a nil link that it is not.
func (l *link) keep(w *workspace.Workspace) error {
	if l == nil {
		return w.Set(settingLink, "")
	}
	text, err := json.Marshal(l)
	if err != nil {
		return errors.Join(errors.New("keep how the workspace is shared"), err)
	}
	return w.Set(settingLink, string(text))
}

// Of returns the folder in which a workspace is shared, empty where it is not.
func Of(w *workspace.Workspace) (string, error) {
	l, err := linkOf(w)
	if err != nil || l == nil {
		return "", err
	}
	return l.Folder, nil
}

func notShared() error {
	return &workspace.Error{
		Code:    CodeNotShared,
		Message: "this workspace is not shared",
		Hint:    "Share it with bearings sync --folder DIR --new, or join one with bearings sync --folder DIR.",
	}
}
