package evidence

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// source is a file that is being read: all of it, and no more of it than is
// sensible. A decoder that jumps about in a file made for it (TIFF) would
// otherwise read the same bytes a million times.
type source struct {
	*io.SectionReader
	allowance int64
	failed    error // the disk's error, which is not the file's fault
}

var errReadTooOften = errors.New("reads the same bytes over and over")

func newSource(r io.ReaderAt, size int64) *source {
	s := &source{allowance: 4*size + 1<<20}
	s.SectionReader = io.NewSectionReader(metered{r, s}, 0, size)
	return s
}

type metered struct {
	r io.ReaderAt
	s *source
}

func (m metered) ReadAt(p []byte, off int64) (int, error) {
	if m.s.allowance < 0 {
		return 0, errReadTooOften
	}
	n, err := m.r.ReadAt(p, off)
	m.s.allowance -= int64(n)
	if err != nil && err != io.EOF {
		m.s.failed = fmt.Errorf("read a file of evidence: %w", err)
	}
	return n, err
}

// section reads the file from its start, in large steps.
func (s *source) section() *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(s.SectionReader, 0, s.Size()), 64<<10)
}
