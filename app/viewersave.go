package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/internal/incident"
)

// SaveCopy asks with the dialog of the desktop where the file of an evidence
// is to be saved, and saves it there as it came in, metadata and all. It
// returns the name of what was saved, empty where the person thought better
// of it.
func (w *Window) SaveCopy(id, ref string) (string, error) {
	return call(w.app, "Window.SaveCopy", func() (string, error) {
		_, e, err := w.app.readable(id, ref, 0)
		if err != nil {
			return "", err
		}
		if e.SHA256 == "" {
			return "", &Error{Code: codeInvalid, Message: e.Label + " has no file.", Hint: "Its text can be copied."}
		}
		path, err := runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
			Title: saveTitle(e), DefaultFilename: saveName(e),
		})
		if err != nil {
			return "", fmt.Errorf("ask where to save a file: %w", err)
		}
		if path == "" {
			return "", nil
		}
		return filepath.Base(path), w.app.saveFile(e, path)
	})
}

// saveTitle warns, before anything leaves the workspace, of what the file
// carries besides what is seen of it.
func saveTitle(e *incident.Evidence) string {
	title := "Save a copy of " + e.Label
	if len(e.Metadata) > 0 {
		title += ", which carries: " + strings.Join(e.Metadata, ", ")
	}
	return title
}

// saveName is the name that is offered: the one that the file came with, which
// was made safe when it came in; else its label.
func saveName(e *incident.Evidence) string {
	if e.File != "" && e.File == filepath.Base(e.File) {
		return e.File
	}
	return e.Label
}

// saveFile writes the file of an evidence, as it came in, to a path.
func (a *App) saveFile(e *incident.Evidence, path string) error {
	return a.reading.use(a, e.SHA256, func(r *reading) error {
		to, err := os.Create(path)
		if err != nil {
			return notSaved("It could not be saved there", err)
		}
		_, err = io.Copy(to, io.NewSectionReader(r.at, 0, r.size))
		if err = errors.Join(err, to.Close()); err != nil {
			return notSaved("Not all of it could be saved", err)
		}
		return nil
	})
}

func notSaved(what string, err error) *Error {
	return &Error{Code: codeInvalid, Message: fmt.Sprintf("%s: %v.", what, err), Hint: "Choose another place. What was kept here is untouched."}
}
