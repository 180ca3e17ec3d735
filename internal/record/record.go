// Package record is the form in which everything that happens in an incident
// is kept and exchanged: the envelope of a record, the order of records, the
// signed line that a batch of them is stored and sent as, and the incident
// file (JSON Lines) that people and programs exchange.
//
// A file is read with ReadFile and written with WriteFile, one line of it with
// DecodeLine; a batch is made with Seal and read with DecodeBatch. Whatever is
// read is checked strictly, and what is wrong is said with its place.
//
// A record is immutable, and so are the bytes that it was decoded from. What
// it means is not known here: package incident gives each kind (its "do") a
// meaning. This package touches no file, no clock and no network; time and
// randomness come in as values.
package record

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"
)

// A Record is one thing that somebody did in an incident, as the incident
// file writes it: an envelope that every record has, and the fields of its
// kind.
type Record struct {
	Stamp Stamp

	Incident string    // identity of the incident that it belongs to
	ID       string    // its identity, unique in the incident; also names the thing that it makes
	Label    string    // display label ("C4") of the thing that it makes; empty where none
	At       time.Time // when it happened, in the years 1970 to 9999 as all times here
	Recorded time.Time // when it was recorded
	Until    time.Time // end of a range; zero for a moment
	Approx   bool      // At is only about right
	By       string    // the responder who recorded it
	Person   string    // on whose behalf; By where the file says nothing
	Do       string    // the kind, "claim.make"

	// Fields are the fields of the record that are not part of the envelope,
	// in the order in which they were written, those that no kind knows
	// included. Bind reads them into a struct.
	Fields []Field
}

// A Field is one member of a record's JSON object. It shares memory with the
// line that it was decoded from, and is never changed.
type Field struct {
	Key   string
	Value []byte // valid JSON, without white space between its tokens
}

// Field returns the raw JSON value of a field, and whether the record has it.
func (r *Record) Field(key string) ([]byte, bool) {
	for _, f := range r.Fields {
		if f.Key == key {
			return f.Value, true
		}
	}
	return nil, false
}

// A Run identifies one run of the program. A restored backup, a cloned
// machine or a second process is another run, so that (run, line) is never
// given twice.
type Run [16]byte

// A Stamp places a record in the one total order of an incident's records:
// by clock, then run, then line, then index.
type Stamp struct {
	Clock Clock  // hybrid logical clock of the batch; for an imported record, of its recorded time
	Run   Run    // the run that wrote it; for an imported record, derived from the incident
	Line  uint64 // number of the batch in its run; for an imported record, its line in the file
	Index uint32 // place in the batch
}

// Compare returns -1, 0 or 1 as s stands before, at or after t.
func (s Stamp) Compare(t Stamp) int {
	if c := cmp.Compare(s.Clock, t.Clock); c != 0 {
		return c
	}
	if c := bytes.Compare(s.Run[:], t.Run[:]); c != 0 {
		return c
	}
	if c := cmp.Compare(s.Line, t.Line); c != 0 {
		return c
	}
	return cmp.Compare(s.Index, t.Index)
}

// Before reports whether s stands before t.
func (s Stamp) Before(t Stamp) bool { return s.Compare(t) < 0 }

// IsZero reports whether s is no stamp at all.
func (s Stamp) IsZero() bool { return s == Stamp{} }

// String writes the stamp as ParseStamp reads it.
func (s Stamp) String() string {
	return fmt.Sprintf("%s-%s-%d-%d", appendClock(nil, s.Clock), hex.EncodeToString(s.Run[:]), s.Line, s.Index)
}

// ParseStamp reads what String wrote, and reports whether text is that.
func ParseStamp(text string) (s Stamp, ok bool) {
	part := strings.Split(text, "-")
	if len(part) != 4 || !decodeHex(s.Run[:], part[1]) {
		return Stamp{}, false
	}
	var clock [8]byte
	line, lineOK := uintOf([]byte(part[2]), math.MaxUint64)
	index, indexOK := uintOf([]byte(part[3]), math.MaxUint32)
	if !lineOK || !indexOK || !decodeHex(clock[:], part[0]) {
		return Stamp{}, false
	}
	s.Clock, s.Line, s.Index = Clock(binary.BigEndian.Uint64(clock[:])), line, uint32(index)
	return s, s.String() == text
}
