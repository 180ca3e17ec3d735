package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Secret returns what is kept under a name in a file of the workspace's folder
// that only its owner can read, and makes it where there is none. Where
// several processes make it at once, what one of them made is it for all.
func (w *Workspace) Secret(name string, make func() ([]byte, error)) ([]byte, error) {
	path := filepath.Join(w.dir, name)
	if w.readOnly {
		make = func() ([]byte, error) { return nil, openedToRead() }
	}
	text, err := secretFile(path, make)
	if err != nil {
		return nil, fmt.Errorf("keep a secret in %s: %w", name, explain(err))
	}
	return text, nil
}

func secretFile(path string, make func() ([]byte, error)) ([]byte, error) {
	text, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	made, err := make()
	if err != nil {
		return nil, err
	}
	if err := writeSecret(path, made); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// writeSecret writes a file, whole before it has its name. Where another
// process was faster, its file is the one.
func writeSecret(path string, text []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // of mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	if _, err := temp.Write(text); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	if err := place(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
