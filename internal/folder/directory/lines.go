package directory

import (
	"bytes"
	"errors"
	"fmt"
	"io"

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

var (
	errTooMuch = errors.New("it holds more than a pack may")
	errDamaged = errors.New("it is damaged")
)

// A lines reads a file line by line, and never holds more of it than a line.
type lines struct {
	file   *reached
	pack   *zstd.Decoder
	source io.Reader
	buffer []byte
	start  int   // of what is not given out yet
	back   *line // given back, and given out again next
	end    bool
	atOnce int // bytes that are read at once
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
	l := &lines{file: &reached{File: open, at: from}, atOnce: readAtOnce}
	if !isPack(file.name) {
		l.atOnce = int(min(readAtOnce, max(0, file.size-from)+1)) // one more, so that the end is met
		l.source = io.NewSectionReader(open, from, max(0, file.size-from))
		return l, nil
	}
	l.pack, err = zstd.NewReader(l.file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, errors.Join(err, open.Close())
	}
	l.source = &unpacked{l.pack, l.file, maxPack}
	if _, err := io.CopyN(io.Discard, l.source, from); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// A reached is a file that knows how far it was read, and whether that failed.
type reached struct {
	disk.File
	at  int64
	err error
}

func (r *reached) Read(p []byte) (int, error) {
	n, err := r.File.Read(p)
	r.at += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// An unpacked is what is in a pack. It fails where that is more than it may
// be, and tells a pack that is damaged from a file that cannot be read.
type unpacked struct {
	from io.Reader
	file *reached
	left int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return n, errTooMuch
	}
	if err != nil && !errors.Is(err, io.EOF) && u.file.err == nil {
		err = fmt.Errorf("%w: %w", errDamaged, err)
	}
	return n, err
}

func (l *lines) close() {
	if l.pack != nil {
		l.pack.Close()
	}
	l.file.Close() // it was only read
}

// reached returns how many bytes of the file were read, up to a mark.
func (l *lines) reached(m *mark) int64 {
	if l.pack == nil {
		return m.Offset
	}
	return l.file.at
}

const readAtOnce = 128 << 10

// next returns the next whole line: io.EOF where there is none. What stands
// behind the last line break is left for when it is whole.
func (l *lines) next() (line, error) {
	if back := l.back; back != nil {
		l.back = nil
		return *back, nil
	}
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

// giveBack lets next give out a line again.
func (l *lines) giveBack(line line) { l.back = &line }

// fill reads more behind what is left.
func (l *lines) fill() error {
	left := copy(l.buffer, l.buffer[l.start:])
	l.start = 0
	if cap(l.buffer) < left+l.atOnce {
		l.buffer = append(make([]byte, 0, 2*left+l.atOnce), l.buffer[:left]...)
	}
	l.buffer = l.buffer[:left+l.atOnce]
	n, err := io.ReadFull(l.source, l.buffer[left:])
	l.buffer = l.buffer[:left+n]
	if !errors.Is(err, errDamaged) && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
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
