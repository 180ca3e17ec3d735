package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// deliver writes an answer to a file, or to standard output where none is
// named.
func (s *session) deliver(path string, content []byte) error {
	if !bytes.HasSuffix(content, []byte("\n")) {
		content = append(content, '\n')
	}
	return s.deliverFrom(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// deliverFrom writes to a file what write produces. The file appears whole or
// not at all: it is written under another name first.
func (s *session) deliverFrom(path string, write func(io.Writer) error) (err error) {
	if path == "" || path == "-" {
		return write(s.Out)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".bearings-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", path, err)
			_ = os.Remove(f.Name()) // what is left of a failure is of no use
		}
	}()
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
