package record

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"time"
)

// MaxLine is how long a line of an incident file may be, in bytes.
const MaxLine = 512 << 10

// declare is the kind of the record that begins an incident.
const declare = "incident.declare"

// DecodeLine reads one line of an incident file, with or without its line
// break. Beyond the envelope and the form of JSON it checks nothing: any kind
// and any field is taken.
//
// Two fields of the envelope are written by this program only: "clock", in
// hex, where the record was stamped by a clock whose millisecond is not that
// of its recorded time, and "incident" on an incident.declare, where the
// identity of the incident does not follow from the record. They become
// Stamp.Clock and Incident; the rest of the stamp, and the incident of any
// other record, are for ReadFile to set. Stamp.Clock is else the recorded
// time's. An id that the line does not give is empty.
//
// Times are read as UTC. The record shares memory with the line, which must
// not be changed afterwards. Errors are a *SyntaxError, a *FieldError, or say
// that the line is too long.
func DecodeLine(line []byte) (*Record, error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) > MaxLine {
		return nil, tooLong(int64(len(line)))
	}
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		return nil, &SyntaxError{i, "more than one line"}
	}
	s, err := newScanner(line)
	if err != nil {
		return nil, err
	}
	var scratch [16]Field
	all, err := s.document(scratch[:0])
	if err != nil {
		return nil, err
	}
	r := new(Record)
	rest, err := r.setEnvelope(all)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		r.Fields = append(make([]Field, 0, len(rest)), rest...)
	}
	return r, nil
}

func tooLong(size int64) error {
	return fmt.Errorf("line is too long: %d bytes, at most %d are allowed", size, MaxLine)
}

// setEnvelope takes the envelope out of the fields of a line and returns, in
// the same memory, the fields that are left.
func (r *Record) setEnvelope(all []Field) ([]Field, error) {
	rest := all[:0]
	clock := Clock(0)
	var incident []byte
	for _, f := range all {
		ok, why := true, errNotText
		null := len(f.Value) == 4 && f.Value[0] == 'n'
		switch f.Key {
		case "at":
			ok, why = setEnvelopeTime(&r.At, f.Value, null), errNotTime
		case "recorded":
			ok, why = setEnvelopeTime(&r.Recorded, f.Value, null), errNotTime
		case "until":
			ok, why = setEnvelopeTime(&r.Until, f.Value, null), errNotTime
		case "by":
			ok = setEnvelopeText(&r.By, f.Value, null)
		case "do":
			ok = setEnvelopeText(&r.Do, f.Value, null)
		case "id":
			ok = setEnvelopeText(&r.ID, f.Value, null)
		case "label":
			ok = setEnvelopeText(&r.Label, f.Value, null)
		case "person":
			ok = setEnvelopeText(&r.Person, f.Value, null)
		case "approx":
			r.Approx = f.Value[0] == 't'
			ok, why = r.Approx || f.Value[0] == 'f' || null, errNotBool
		case "clock":
			if !null {
				clock, ok = parseClock(f.Value)
				why = errNotClock
			}
		case "incident":
			incident = f.Value
			rest = append(rest, f)
		default:
			rest = append(rest, f)
		}
		if !ok {
			return nil, &FieldError{f.Key, why.Error()}
		}
	}
	if err := r.complete(clock); err != nil {
		return nil, err
	}
	if incident != nil && r.Do == declare {
		return r.takeIncident(rest, incident)
	}
	return rest, nil
}

// complete checks what must be there and fills in what follows from it.
func (r *Record) complete(clock Clock) error {
	switch {
	case r.At.IsZero():
		return &FieldError{"at", "is missing"}
	case r.By == "":
		return &FieldError{"by", "is missing"}
	case r.Do == "":
		return &FieldError{"do", "is missing"}
	}
	if r.Recorded.IsZero() {
		r.Recorded = r.At
	}
	if r.Person == "" {
		r.Person = r.By
	}
	r.Stamp.Clock = ClockAt(r.Recorded)
	if clock != 0 {
		r.Stamp.Clock = clock
	}
	return nil
}

func (r *Record) takeIncident(rest []Field, value []byte) ([]Field, error) {
	if !setEnvelopeText(&r.Incident, value, string(value) == "null") {
		return nil, &FieldError{"incident", errNotText.Error()}
	}
	kept := rest[:0]
	for _, f := range rest {
		if f.Key != "incident" {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// setEnvelopeText sets a text; a blank one is as absent.
func setEnvelopeText(to *string, value []byte, null bool) bool {
	if null {
		return true
	}
	text, ok := textOf(value)
	if ok && !isBlank(text) {
		*to = text
	}
	return ok
}

func setEnvelopeTime(to *time.Time, value []byte, null bool) bool {
	if null {
		return true
	}
	t, ok := timeOf(value)
	*to = t
	return ok
}

// The parts of a line that are not what the record says, but where it stands.
type parts uint8

const (
	withID parts = 1 << iota
	withLabel
	withClock
	withIncident
)

// AppendJSON appends the record as a line of an incident file, without a line
// break: the envelope in a fixed order, what it gives by default left out,
// then the fields in theirs. The fields must be valid JSON and have no names
// of the envelope, as those of a decoded record. Decoding the line gives the
// record again, but for its place: of Stamp only the clock's millisecond is
// written, and Incident only on an incident.declare from which it does not
// follow.
func (r *Record) AppendJSON(dst []byte) []byte {
	return r.appendParts(dst, withID|withLabel|withClock|withIncident)
}

func (r *Record) appendParts(dst []byte, p parts) []byte {
	dst = appendTime(append(dst, `{"at":`...), r.At)
	if !r.Recorded.IsZero() && !r.Recorded.Equal(r.At) {
		dst = appendTime(append(dst, `,"recorded":`...), r.Recorded)
	}
	dst = appendString(append(dst, `,"by":`...), r.By)
	dst = appendString(append(dst, `,"do":`...), r.Do)
	if p&withID != 0 && r.ID != "" {
		dst = appendString(append(dst, `,"id":`...), r.ID)
	}
	if p&withLabel != 0 && r.Label != "" {
		dst = appendString(append(dst, `,"label":`...), r.Label)
	}
	if r.Person != "" && r.Person != r.By {
		dst = appendString(append(dst, `,"person":`...), r.Person)
	}
	if r.Approx {
		dst = append(dst, `,"approx":true`...)
	}
	if !r.Until.IsZero() {
		dst = appendTime(append(dst, `,"until":`...), r.Until)
	}
	if p&withClock != 0 && r.needsClock() {
		dst = append(dst, `,"clock":"`...)
		dst = append(appendClock(dst, r.Stamp.Clock.floor()), '"')
	}
	if p&withIncident != 0 && r.Do == declare && r.Incident != "" && r.Incident != deriveIncident(r) {
		dst = appendString(append(dst, `,"incident":`...), r.Incident)
	}
	for _, f := range r.Fields {
		dst = append(appendString(append(dst, ','), f.Key), ':')
		dst = append(dst, f.Value...)
	}
	return append(dst, '}')
}

// needsClock reports whether the clock's millisecond does not follow from the
// recorded time. The counter is never written: within a millisecond the order
// of the lines says the same.
func (r *Record) needsClock() bool {
	recorded := r.Recorded
	if recorded.IsZero() {
		recorded = r.At
	}
	return r.Stamp.Clock.floor() != 0 && r.Stamp.Clock.floor() != ClockAt(recorded)
}

var errNotClock = fmt.Errorf("must be a text of 16 hex digits")

func parseClock(value []byte) (Clock, bool) {
	text, ok := textOf(value)
	if !ok {
		return 0, false
	}
	c, ok := clockOf(text)
	return c.floor(), ok
}

// clockOf reads the 16 hex digits of a clock.
func clockOf(text string) (Clock, bool) {
	var b [8]byte
	if !decodeHex(b[:], text) {
		return 0, false
	}
	c := Clock(0)
	for _, x := range b {
		c = c<<8 | Clock(x)
	}
	return c, true
}

func appendClock(dst []byte, c Clock) []byte {
	var b [8]byte
	for i := range b {
		b[i] = byte(c >> (56 - 8*i))
	}
	return hex.AppendEncode(dst, b[:])
}
