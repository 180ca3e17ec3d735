package record

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"time"
)

// A File is what an incident file holds.
type File struct {
	Incident string    // identity of the incident; empty for a file without records
	Records  []*Record // in record order, each with its stamp, incident and id
	Problems []Problem // by line
}

// A Problem is something in a file that was not taken as it stands.
type Problem struct {
	Line int    // the first line is 1; 0 for the file as a whole
	Kind string // one of the problem kinds
	Why  string // in words for people
}

// The kinds of problems.
const (
	ProblemBroken    = "broken"     // the line is not a record
	ProblemTooLong   = "too_long"   // the line is longer than MaxLine
	ProblemDuplicate = "duplicate"  // the same record as an earlier line; taken once
	ProblemConflict  = "conflict"   // another record with an id that an earlier line has; the first is kept
	ProblemNoDeclare = "no_declare" // the file has no incident.declare; one was made up
	ProblemEmpty     = "empty"      // the file has no records at all
)

// idRoom is what a line without an id must leave free, so that it does not
// outgrow MaxLine when it is written with an id and a label.
const idRoom = 512

// ReadFile reads an incident file. A line that cannot be taken is a Problem
// and the rest is read; only a failure of r is an error. A byte order mark,
// blank lines and Windows line breaks are passed over, and a line of any
// length costs no more memory than MaxLine.
//
// The incident's identity is what its first incident.declare says or follows
// from that record; a file without one is given one, titled fallbackTitle. A
// record without an id is given one that follows from its content and from how
// often that came before.
func ReadFile(r io.Reader, fallbackTitle string) (*File, error) {
	in := fileReader{lines: lineReader{r: bufio.NewReaderSize(r, 64<<10)}, ids: map[string]*Record{}, seen: map[Digest]int{}}
	if err := in.readAll(); err != nil {
		return nil, err
	}
	f := &File{Records: in.records, Problems: in.problems}
	if len(f.Records) == 0 {
		f.Problems = slices.Insert(f.Problems, 0, Problem{0, ProblemEmpty, "the file holds no records"})
		return f, nil
	}
	slices.SortStableFunc(f.Records, func(a, b *Record) int { return a.Stamp.Compare(b.Stamp) })
	f.identify(fallbackTitle)
	return f, nil
}

// identify gives the incident its identity and the records their place in it.
func (f *File) identify(fallbackTitle string) {
	first := firstDeclare(f.Records)
	if first == nil {
		first = madeUpDeclare(f.Records, fallbackTitle)
		f.Records = slices.Insert(f.Records, 0, first)
		f.Problems = slices.Insert(f.Problems, 0, Problem{0, ProblemNoDeclare,
			fmt.Sprintf("the file has no incident.declare; the incident is titled %q", fallbackTitle)})
	} else if first.Incident == "" {
		first.Incident = deriveIncident(first)
	}
	f.Incident = first.Incident
	run := ImportRun(f.Incident)
	for _, r := range f.Records {
		r.Incident, r.Stamp.Run = f.Incident, run
	}
}

func firstDeclare(records []*Record) *Record {
	for _, r := range records {
		if r.Do == declare {
			return r
		}
	}
	return nil
}

// madeUpDeclare returns a declare that stands before all of the records. The
// title is only that of the file: the incident's identity follows from the
// first record, so that a copy of the file under another name is the same
// incident.
func madeUpDeclare(records []*Record, title string) *Record {
	r := &Record{
		At: records[0].At, Recorded: records[0].Recorded,
		By: records[0].By, Person: records[0].By,
		Do: declare, Fields: []Field{TextField("title", title)},
	}
	for _, other := range records {
		r.At = earlier(r.At, other.At)
		r.Recorded = earlier(r.Recorded, other.Recorded)
	}
	r.Recorded = earlier(r.Recorded, r.At)
	r.Stamp.Clock = min(ClockAt(r.Recorded), records[0].Stamp.Clock)
	r.Incident = "i-" + shortHash(append(records[0].content(nil), records[0].ID...))
	r.ID = "r-" + shortHash([]byte(r.Incident))
	return r
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// A fileReader takes the lines of a file in, one after the other.
type fileReader struct {
	lines    lineReader
	records  []*Record
	problems []Problem
	ids      map[string]*Record
	seen     map[Digest]int // how often a content came without an id
	scratch  []byte
}

func (in *fileReader) readAll() error {
	for n := 1; ; n++ {
		line, size, err := in.lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read incident file, line %d: %w", n, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if size > MaxLine {
			in.problem(n, ProblemTooLong, tooLong(size).Error())
			continue
		}
		if len(bytes.Trim(line, " \t\r")) > 0 {
			in.take(n, line)
		}
	}
}

func (in *fileReader) problem(line int, kind, why string) {
	in.problems = append(in.problems, Problem{line, kind, why})
}

func (in *fileReader) take(n int, line []byte) {
	r, err := DecodeLine(line)
	if err != nil {
		in.problem(n, ProblemBroken, err.Error())
		return
	}
	r.Stamp.Line = uint64(n)
	if r.ID == "" {
		if len(line) > MaxLine-idRoom {
			in.problem(n, ProblemTooLong, fmt.Sprintf("line is too long: %d bytes, at most %d are allowed for one without an id", len(line), MaxLine-idRoom))
			return
		}
		r.ID = in.newID(r)
	}
	if first := in.ids[r.ID]; first != nil {
		in.again(n, r, first)
		return
	}
	in.ids[r.ID] = r
	in.records = append(in.records, r)
}

func (in *fileReader) newID(r *Record) string {
	in.scratch = r.content(in.scratch[:0])
	sum := Digest(sha256.Sum256(in.scratch))
	n := in.seen[sum]
	in.seen[sum] = n + 1
	return deriveID(in.scratch, n)
}

// again notes that the record's id was there before.
func (in *fileReader) again(n int, r, first *Record) {
	if bytes.Equal(r.content(nil), first.content(nil)) {
		in.problem(n, ProblemDuplicate, fmt.Sprintf("same as line %d, taken once", first.Stamp.Line))
		return
	}
	in.problem(n, ProblemConflict, fmt.Sprintf("id %q is already that of line %d, which says something else; line %d is kept", r.ID, first.Stamp.Line, first.Stamp.Line))
}

// A lineReader reads lines of any length in bounded memory.
type lineReader struct {
	r     *bufio.Reader
	buf   []byte
	arena []byte
}

// arenaSize is how much memory lines are given at a time.
const arenaSize = 256 << 10

// next returns a line without its line break, in memory of its own, and its
// size. Of a line that is longer than MaxLine it returns only the size.
func (l *lineReader) next() (line []byte, size int64, err error) {
	l.buf = l.buf[:0]
	for {
		chunk, err := l.r.ReadSlice('\n')
		size += int64(len(chunk))
		if size <= MaxLine+int64(len("\r\n")) {
			l.buf = append(l.buf, chunk...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && size == 0:
			return nil, 0, io.EOF
		case err != nil && err != io.EOF:
			return nil, 0, err
		}
		if int64(len(l.buf)) < size {
			ending := len(chunk) - len(bytes.TrimRight(chunk, "\r\n"))
			return nil, size - int64(ending), nil
		}
		l.buf = bytes.TrimRight(l.buf, "\r\n")
		if len(l.buf) > MaxLine {
			return nil, int64(len(l.buf)), nil
		}
		return l.keep(l.buf), int64(len(l.buf)), nil
	}
}

func (l *lineReader) keep(line []byte) []byte {
	if len(line) > cap(l.arena)-len(l.arena) {
		l.arena = make([]byte, 0, max(arenaSize, len(line)))
	}
	start := len(l.arena)
	l.arena = append(l.arena, line...)
	return l.arena[start:len(l.arena):len(l.arena)]
}

// WriteFile writes the records of one incident as an incident file, in record
// order. Every record must have an id. Reading the file gives the same records
// again, in the same order, with the stamps of imported ones.
func WriteFile(w io.Writer, records []*Record) error {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b *Record) int { return a.Stamp.Compare(b.Stamp) })
	out := bufio.NewWriterSize(w, 64<<10)
	first := firstDeclare(sorted)
	var line []byte
	for _, r := range sorted {
		if r.ID == "" {
			return fmt.Errorf("write incident file: a record of kind %s has no id", r.Do)
		}
		if r.Incident != sorted[0].Incident {
			return fmt.Errorf("write incident file: record %s is of incident %q, not of %q", r.ID, r.Incident, sorted[0].Incident)
		}
		p := withID | withLabel | withClock
		if r == first {
			p |= withIncident
		}
		line = append(r.appendParts(line[:0], p), '\n')
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("write incident file: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write incident file: %w", err)
	}
	return nil
}
