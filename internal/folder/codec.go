package folder

import (
	"errors"
	"io"
)

// ErrNoKey says that a line or a file is sealed with a key that is not here.
var ErrNoKey = errors.New("it is sealed with a key that has not arrived")

// A Codec turns the lines and files of a workspace into what lies in the
// folder, and back. Where the folder is plain that is the same.
type Codec interface {
	// Seal returns what lies in the folder for a line of the workspace.
	Seal(line []byte) ([]byte, error)

	// Open returns the line of the workspace again, byte for byte: ErrNoKey
	// where its key is not here.
	Open(line []byte) ([]byte, error)

	// BlobNames are the names under which a file of evidence may lie in the
	// folder, by its SHA-256 in hex, that of the newest key first.
	BlobNames(sum string) []string

	// SealBlob returns what lies in the folder for a file of evidence, and
	// under which name.
	SealBlob(sum string, plain io.Reader) (name string, sealed io.Reader, err error)

	// OpenBlob returns the file again, of what lies under one of its names.
	OpenBlob(name string, sealed io.Reader) (io.Reader, error)
}

// plain is the codec of a folder that whoever sees it can read.
type plain struct{}

func (plain) Seal(line []byte) ([]byte, error) { return line, nil }
func (plain) Open(line []byte) ([]byte, error) { return line, nil }
func (plain) BlobNames(sum string) []string    { return []string{sum} }

func (plain) SealBlob(sum string, file io.Reader) (string, io.Reader, error) { return sum, file, nil }

func (plain) OpenBlob(_ string, file io.Reader) (io.Reader, error) { return file, nil }
