package directory

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"

	"bearings/internal/folder/disk"
	"bearings/internal/record"
)

// maxLine is how long a line is at most, in bytes: a sealed one is longer than
// the batch in it.
const maxLine = record.MaxBatch * 3 / 2

// The limits of a pack, so that a small file does not become a large one.
const (
	maxPack   = 1 << 30 // bytes of its lines
	maxWindow = 8 << 20 // bytes of memory that reading it takes
)

var errTooMuch = errors.New("it holds more than a pack may")

// A lines reads a file line by line, and never holds more of it than a line.
type lines struct {
	file   disk.File
	pack   *zstd.Decoder
	source io.Reader
	buffer []byte
	start  int // of what is not given out yet
	end    bool
}

// A line is a whole line with its break or, where it was too long to be held,
// how long.
type line struct {
	text []byte
	long int64
}

// linesOf reads a file of lines from a place on, of a pack by what is in it.
func (f *Folder) linesOf(file listed, from int64) (*lines, error) {
	open, err := f.open(file.name)
	if err != nil {
		return nil, err
	}
	l := &lines{file: open}
	if !strings.HasSuffix(file.name, packEnd) {
		l.source = io.NewSectionReader(open, from, max(0, file.size-from))
		return l, nil
	}
	l.pack, err = zstd.NewReader(open, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, errors.Join(err, open.Close())
	}
	l.source = &bounded{l.pack, maxPack}
	if _, err := io.CopyN(io.Discard, l.source, from); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// A bounded is a reader that fails where there is more than there may be.
type bounded struct {
	from io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooMuch
	}
	return n, err
}

func (l *lines) close() {
	if l.pack != nil {
		l.pack.Close()
	}
	l.file.Close() // it was only read
}

const readAtOnce = 128 << 10

// next returns the next whole line: io.EOF where there is none. What stands
// behind the last line break is left for when it is whole.
func (l *lines) next() (line, error) {
	searched := 0
	for {
		if at := bytes.IndexByte(l.buffer[l.start+searched:], '\n'); at >= 0 {
			end := l.start + searched + at + 1
			text := bytes.Clone(l.buffer[l.start:end])
			l.start = end
			return line{text: text}, nil
		}
		searched = len(l.buffer) - l.start
		if searched > maxLine {
			return l.skip()
		}
		if l.end {
			return line{}, io.EOF
		}
		if err := l.fill(); err != nil {
			return line{}, err
		}
	}
}

// fill reads more behind what is left.
func (l *lines) fill() error {
	left := copy(l.buffer, l.buffer[l.start:])
	l.start = 0
	if cap(l.buffer) < left+readAtOnce {
		l.buffer = append(make([]byte, 0, 2*left+readAtOnce), l.buffer[:left]...)
	}
	l.buffer = l.buffer[:left+readAtOnce]
	n, err := io.ReadFull(l.source, l.buffer[left:])
	l.buffer = l.buffer[:left+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		l.end, err = true, nil
	}
	return err
}

// skip passes over a line that is too long.
func (l *lines) skip() (line, error) {
	var long int64
	for {
		if at := bytes.IndexByte(l.buffer[l.start:], '\n'); at >= 0 {
			l.start += at + 1
			return line{long: long + int64(at) + 1}, nil
		}
		long += int64(len(l.buffer) - l.start)
		l.start = len(l.buffer)
		if l.end {
			return line{}, io.EOF
		}
		if err := l.fill(); err != nil {
			return line{}, err
		}
	}
}

// eachLine calls do for every whole line of a file.
func (f *Folder) eachLine(file listed, do func(line []byte) error) error {
	l, err := f.linesOf(file, 0)
	if err != nil {
		return err
	}
	defer l.close()
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && line.long == 0 {
			err = do(line.text)
		}
		if err != nil {
			return fmt.Errorf("read lines: %w", err)
		}
	}
}
