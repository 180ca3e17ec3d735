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
	disk      *disk
	allowance int64
}

// disk is where a file lies. What goes wrong there is not the file's fault.
type disk struct {
	r      io.ReaderAt
	failed error
}

var errReadTooOften = errors.New("reads the same bytes over and over")

func newSource(r io.ReaderAt, size int64) *source {
	return (&disk{r: r}).source(size)
}

func (d *disk) source(size int64) *source {
	s := &source{disk: d, allowance: 4*size + 1<<20}
	s.SectionReader = io.NewSectionReader(metered{s}, 0, size)
	return s
}

// again is the same file, to be read anew.
func (s *source) again() *source { return s.disk.source(s.Size()) }

type metered struct{ s *source }

func (m metered) ReadAt(p []byte, off int64) (int, error) {
	if m.s.allowance < 0 {
		return 0, errReadTooOften
	}
	n, err := m.s.disk.r.ReadAt(p, off)
	m.s.allowance -= int64(n)
	if err != nil && err != io.EOF {
		m.s.disk.failed = fmt.Errorf("read a file of evidence: %w", err)
	}
	return n, err
}

// section reads the file from its start, in large steps.
func (s *source) section() *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(s.SectionReader, 0, s.Size()), 64<<10)
}
