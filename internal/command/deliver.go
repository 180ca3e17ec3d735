package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bearings/internal/incident"
)

// toStandardOutput reports whether an answer goes there.
func toStandardOutput(path string) bool { return path == "" || path == "-" }

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
// not at all; one that was there stays as it was until then.
func (s *session) deliverFrom(path string, write func(io.Writer) error) error {
	if toStandardOutput(path) {
		return write(s.Out)
	}
	if err := writeFile(path, write); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	before, err := os.Stat(path)
	there := err == nil
	if there && !before.Mode().IsRegular() {
		return writeInto(path, write)
	}
	// A folder of its own keeps the half-written file out of the way, and the
	// file gets the permissions that new files of this person get.
	dir, err := os.MkdirTemp(filepath.Dir(path), ".bearings-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left of a failure is of no use
	temp := filepath.Join(dir, filepath.Base(path))
	if err := writeInto(temp, write); err != nil {
		return err
	}
	if there { // who may read it is not for an answer to change
		if err := os.Chmod(temp, before.Mode().Perm()); err != nil {
			return err
		}
	}
	return os.Rename(temp, path)
}

// writeInto writes to a new file, or to what is no file, as a pipe.
func writeInto(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	err = write(f)
	if info, statErr := f.Stat(); err == nil && statErr == nil && info.Mode().IsRegular() {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// unwritable explains why a file was not written. The names of the attempt
// are of no interest.
func unwritable(path string, err error) error {
	var typed *incident.Error
	if errors.As(err, &typed) {
		return err
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	return &incident.Error{
		Code:    "unwritable",
		Message: fmt.Sprintf("%s was not written: %v", path, err),
		Hint:    "Name another file with -o, or - for standard output.",
	}
}
