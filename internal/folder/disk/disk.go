// Package disk says what the carrier that is a folder asks of a file system.
// It asks little, so that a simulated one can stand below it in tests: one that
// forgets at a power cut what was not synced, and that somebody else changes
// at the same time.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// A System is a file system. Names are paths as filepath makes them. Errors
// wrap those of package fs, and of package syscall where the system says more.
type System interface {
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error) // sorted by name; what could be read, with an error
	Open(name string) (File, error)             // to read
	Create(name string) (File, error)           // to write, at the end only; fs.ErrExist where the name is taken
	MkdirAll(name string) error                 // durable only once the folder around is synced
	Rename(from, to string) error               // replaces what is there
	Remove(name string) error
	SyncDir(name string) error // makes durable which names are in a folder
}

// A File is an open file. One that was opened to read refuses to be written,
// and the other way round.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.Closer
	Stat() (fs.FileInfo, error)
	Sync() error // after an error nobody knows what is on the disk
}

// Real is the file system of this machine.
type Real struct{}

var _ System = Real{}

// Stat does not follow a symbolic link: where one leads is not in the folder.
func (Real) Stat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

// ReadDir lists a folder.
func (Real) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Open opens a file to read.
func (Real) Open(name string) (File, error) { return os.Open(name) }

// Create makes a file that is not there.
func (Real) Create(name string) (File, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o666)
}

// MkdirAll makes a folder and those around it.
func (Real) MkdirAll(name string) error { return os.MkdirAll(name, 0o777) }

// Rename gives a file another name.
func (Real) Rename(from, to string) error { return os.Rename(from, to) }

// Remove removes a file.
func (Real) Remove(name string) error { return os.Remove(name) }

// SyncDir does nothing where a folder cannot be synced: on Windows, and on the
// network drives that refuse it.
func (Real) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
