package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// ChooseFolder asks with the dialog of the desktop for a folder to share
// through, beginning near the one that is named already. Empty where the person
// thought better of it.
func (w *Window) ChooseFolder(near string) (string, error) {
	return call(w.app, "Window.ChooseFolder", func() (string, error) {
		path, err := runtime.OpenDirectoryDialog(w.ctx, runtime.OpenDialogOptions{
			Title: "The shared folder", DefaultDirectory: nearest(near), CanCreateDirectories: true,
		})
		if err != nil {
			return "", fmt.Errorf("choose a folder: %w", err)
		}
		return path, nil
	})
}

// ChooseInvitation asks for the file of an invitation.
func (w *Window) ChooseInvitation() (string, error) {
	return call(w.app, "Window.ChooseInvitation", func() (string, error) {
		path, err := runtime.OpenFileDialog(w.ctx, runtime.OpenDialogOptions{Title: "The invitation that you were sent"})
		if err != nil {
			return "", fmt.Errorf("choose an invitation: %w", err)
		}
		return path, nil
	})
}

// PlaceInvitation asks where the file of an invitation is to be kept.
func (w *Window) PlaceInvitation(near string) (string, error) {
	return call(w.app, "Window.PlaceInvitation", func() (string, error) {
		path, err := runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
			Title: "Keep the invitation", DefaultDirectory: nearest(filepath.Dir(near)), DefaultFilename: filepath.Base(near),
		})
		if err != nil {
			return "", fmt.Errorf("choose where an invitation is kept: %w", err)
		}
		return path, nil
	})
}

// nearest is the nearest folder to a path that is there; a dialog that is to
// begin in one that is not would fail.
func nearest(path string) string {
	path, err := absolute(path)
	if err != nil {
		return ""
	}
	for ; ; path = filepath.Dir(path) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		if path == filepath.Dir(path) {
			return ""
		}
	}
}
