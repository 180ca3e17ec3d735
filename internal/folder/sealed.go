package folder

import (
	"fmt"
	"io"

	"bearings/internal/folder/seal"
)

// sealed is the codec of a folder that only members can read. It is made anew
// when keys come.
type sealed struct {
	write  *seal.Secret            // nil while there is no key to write with
	held   map[string]*seal.Secret // by id
	order  []*seal.Secret          // the newest first
	random io.Reader
}

func (c *sealed) Seal(line []byte) ([]byte, error) {
	if c.write == nil {
		return nil, fmt.Errorf("seal a line: %w", ErrNoKey)
	}
	return c.write.SealLine(line, c.random)
}

func (c *sealed) Open(line []byte) ([]byte, error) {
	l, err := seal.ReadLine(line)
	if err != nil {
		return nil, err
	}
	s := c.held[l.Key]
	if s == nil {
		return nil, fmt.Errorf("open a line of device %.8s: %w", l.Device, ErrNoKey)
	}
	return s.OpenLine(l)
}

func (c *sealed) BlobNames(sum string) []string {
	names := make([]string, 0, len(c.order))
	for _, s := range c.order {
		names = append(names, s.BlobName(sum))
	}
	return names
}

func (c *sealed) SealBlob(sum string, plain io.Reader) (string, io.Reader, error) {
	if c.write == nil {
		return "", nil, fmt.Errorf("seal a file: %w", ErrNoKey)
	}
	r, err := c.write.SealBlob(plain)
	return c.write.BlobName(sum), r, err
}

// OpenBlob opens a file with whichever key it is of. A file that is sealed with
// a key that is not here has a name that nobody here looks for.
func (c *sealed) OpenBlob(_ string, from io.Reader) (io.Reader, error) {
	return seal.OpenBlob(from, c.order...)
}
