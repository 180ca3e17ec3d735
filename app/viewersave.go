package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/internal/evidence"
	"bearings/internal/incident"
)

// SaveCopy asks with the dialog of the desktop where a copy of the file of an
// evidence is to be saved, and saves it there: a picture without its metadata,
// anything else as it came in. It returns the name of what was saved, empty
// where the person thought better of it.
func (w *Window) SaveCopy(id, ref string) (string, error) {
	return call(w.app, "Window.SaveCopy", func() (string, error) {
		_, e, err := w.app.readable(id, ref, 0)
		if err != nil {
			return "", err
		}
		if e.SHA256 == "" {
			return "", &Error{Code: codeInvalid, Message: e.Label + " has no file.", Hint: "Its text can be copied."}
		}
		c, err := w.app.copyToSave(e)
		if err != nil {
			return "", err
		}
		path, err := runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{Title: c.title(e), DefaultFilename: c.name})
		if err != nil {
			return "", fmt.Errorf("ask where to save a file: %w", err)
		}
		if path == "" {
			return "", nil
		}
		return filepath.Base(path), w.app.saveFile(e, c, path)
	})
}

// A savedCopy is what is saved of the file of an evidence.
type savedCopy struct {
	name     string // which is offered
	stripped []byte // the picture without its metadata; nil for the file as it came in
}

// copyToSave takes the metadata off a picture. What is no picture, or one that
// cannot be shown whole, stays as it came in.
func (a *App) copyToSave(e *incident.Evidence) (c savedCopy, err error) {
	c.name = saveName(e)
	var found *evidence.Finding
	err = a.reading.use(a, e.SHA256, func(r *reading) (err error) {
		if found, err = evidence.Look(r.at, r.size, e.File); err != nil || !found.Shown {
			return err
		}
		c.stripped, err = evidence.Stripped(r.at, r.size)
		var refused *evidence.Error
		if errors.As(err, &refused) {
			return nil
		}
		return err
	})
	if err != nil || c.stripped == nil {
		return c, err
	}
	// A few formats become another without their metadata.
	if now, err := evidence.Look(bytes.NewReader(c.stripped), int64(len(c.stripped)), ""); err == nil && now.Format != found.Format {
		c.name = strings.TrimSuffix(c.name, filepath.Ext(c.name)) + "." + now.Format
	}
	return c, nil
}

// title says, before anything leaves the workspace, what the file carries
// besides what is seen of it, and whether that is saved.
func (c savedCopy) title(e *incident.Evidence) string {
	title := "Save a copy of " + e.Label
	if len(e.Metadata) == 0 {
		return title
	}
	if c.stripped != nil {
		return title + ", without: " + strings.Join(e.Metadata, ", ")
	}
	return title + ", which carries: " + strings.Join(e.Metadata, ", ")
}

// saveName is the name that is offered: the one that the file came with, which
// was made safe when it came in; else its label.
func saveName(e *incident.Evidence) string {
	if e.File != "" && e.File == filepath.Base(e.File) {
		return e.File
	}
	return e.Label
}

// saveFile writes what is saved of an evidence to a path. It appears there
// whole or not at all; a file that was there, which the dialog asked about,
// stays as it was until then.
func (a *App) saveFile(e *incident.Evidence, c savedCopy, path string) error {
	if c.stripped != nil {
		return writeCopy(path, bytes.NewReader(c.stripped))
	}
	return a.reading.use(a, e.SHA256, func(r *reading) error {
		return writeCopy(path, io.NewSectionReader(r.at, 0, r.size))
	})
}

func writeCopy(path string, from io.Reader) error {
	// A folder of its own keeps the half-written file out of the way, and the
	// file gets the permissions that new files of this person get.
	dir, err := os.MkdirTemp(filepath.Dir(path), ".bearings-*")
	if err != nil {
		return notSaved(path, err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left of a failure is of no use
	part := filepath.Join(dir, filepath.Base(path))
	to, err := os.Create(part)
	if err != nil {
		return notSaved(path, err)
	}
	_, err = io.Copy(to, from)
	if err = errors.Join(err, to.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return notSaved(path, err)
	}
	return nil
}

func notSaved(path string, err error) *Error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		err = at.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &Error{
		Code: codeInvalid, Message: fmt.Sprintf("%s could not be saved in %s: %v.", filepath.Base(path), filepath.Dir(path), err),
		Hint: "Choose another place. What was kept here is untouched.",
	}
}
