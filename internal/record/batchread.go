package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
)

// DecodeBatch reads a line, with or without its line break, and checks
// everything in it but the signature (Verify) and its place after the batch
// before it (Prev). The batch shares memory with the line, which must not be
// changed afterwards.
func DecodeBatch(line []byte) (*Batch, error) { return decodeBatch(line, true) }

// decodeBatch is DecodeBatch, and need not check digests that were just made.
func decodeBatch(line []byte, checkDigests bool) (*Batch, error) {
	var in batchReader
	if err := in.open(line, true); err != nil {
		return nil, err
	}
	if checkDigests {
		in.digests = in.header.Digests
	}
	records, err := in.records(make([]*Record, 0, len(in.header.Digests)))
	if err != nil {
		return nil, err
	}
	if in.index != len(in.header.Digests) {
		return nil, fmt.Errorf("%w: %d records, %d signed", ErrDigest, in.index, len(in.header.Digests))
	}
	return &Batch{
		Header:    in.header,
		Hash:      sha256.Sum256(in.rawHeader),
		Records:   records,
		Line:      line,
		header:    in.rawHeader,
		signature: in.signature,
	}, nil
}

// DecodeBatchRecords appends the records of a line to dst. It is for lines that
// were checked when they came in: it checks that the line is not damaged, but
// neither digests nor signature, and leaves Seen and Digests of the header
// empty. What it returns shares no memory with the line.
func DecodeBatchRecords(line []byte, dst []*Record) ([]*Record, Header, error) {
	var in batchReader
	if err := in.open(line, false); err != nil {
		return dst, Header{}, err
	}
	in.leaveLine()
	records, err := in.records(dst)
	if err != nil {
		return dst, Header{}, err
	}
	return records, in.header, nil
}

// leaveLine goes on in a copy of what is still to be read. The larger part of
// a short batch is its header, which records need not keep alive.
func (in *batchReader) leaveLine() {
	in.header.Workspace = strings.Clone(in.header.Workspace)
	in.header.Device = strings.Clone(in.header.Device)
	in.rawHeader = nil
	in.data, in.base, in.at = bytes.Clone(in.data[in.at:]), in.base+in.at, 0
}

// A batchReader reads what is in a batch, from the front.
type batchReader struct {
	scanner
	whole     bool // everything is read and checked
	at        int
	base      int // where data begins in the line
	header    Header
	rawHeader []byte
	signature [ed25519.SignatureSize]byte
	digests   []Digest // to be checked; nil where they are not
	index     int      // elements read
	runs      importRuns
	scratch   [24]Field
	fieldSlab []Field
}

// open checks the frame of a line and reads its header. whole asks for what
// only a first check needs.
func (in *batchReader) open(line []byte, whole bool) error {
	in.whole = whole
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) >= MaxBatch {
		return fmt.Errorf("%w: %d bytes, at most %d are allowed", ErrTooLarge, len(line)+1, MaxBatch)
	}
	rest, err := TakeChecksum(line)
	if err != nil {
		return err
	}
	s, err := newScanner(rest)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	in.scanner, in.base = s, prefix
	return in.readHeader()
}

func (in *batchReader) readHeader() error {
	if !in.skip(`{"h":`) || in.at >= len(in.data) || in.data[in.at] != '{' {
		return in.malformed("it does not begin with a header")
	}
	fields, end, err := in.fields(in.at, in.scratch[:0])
	if err != nil {
		return fmt.Errorf("%w: header: %w", ErrMalformed, err)
	}
	in.rawHeader = in.data[in.at:end:end]
	in.at = end
	if err := in.header.decode(fields, in.whole); err != nil {
		return err
	}
	if !in.skip(`,"s":"`) || !in.hex(in.signature[:]) {
		return in.malformed("no signature follows the header")
	}
	if !in.skip(`","r":[`) {
		return in.malformed("no records follow the signature")
	}
	return nil
}

func (in *batchReader) malformed(why string) error {
	return fmt.Errorf("%w: %s, at byte %d", ErrMalformed, why, in.base+in.at+1)
}

// skip moves on by text, and reports whether it was there.
func (in *batchReader) skip(text string) bool {
	end := in.at + len(text)
	if end > len(in.data) || string(in.data[in.at:end]) != text {
		return false
	}
	in.at = end
	return true
}

// hex moves on by the hex digits that fill dst, and reports whether they were
// there. On lines that were checked before it only moves on.
func (in *batchReader) hex(dst []byte) bool {
	end := in.at + 2*len(dst)
	if end > len(in.data) || in.whole && !decodeHex(dst, share(in.data[in.at:end])) {
		return false
	}
	in.at = end
	return true
}

// records reads the elements and the end of the line.
func (in *batchReader) records(dst []*Record) ([]*Record, error) {
	if in.skip("]}") {
		return dst, in.end()
	}
	for {
		if in.index == MaxRecords {
			return nil, fmt.Errorf("%w: more than %d records", ErrTooLarge, MaxRecords)
		}
		start := in.at
		r, err := in.element()
		if err != nil {
			return nil, err
		}
		if r != nil {
			if err := in.checkDigest(in.data[start:in.at]); err != nil {
				return nil, err
			}
			dst = append(dst, r)
		}
		in.index++
		if in.skip(",") {
			continue
		}
		if !in.skip("]}") {
			return nil, in.malformed("it has no end")
		}
		return dst, in.end()
	}
}

func (in *batchReader) end() error {
	if in.at != len(in.data) {
		return in.malformed("more after the batch")
	}
	return nil
}

func (in *batchReader) checkDigest(element []byte) error {
	if in.digests == nil {
		return nil
	}
	if in.index >= len(in.digests) || sha256.Sum256(element) != in.digests[in.index] {
		return fmt.Errorf("record %d: %w", in.index, ErrDigest)
	}
	return nil
}

// element reads one element, nil where it was erased.
func (in *batchReader) element() (*Record, error) {
	if in.skip("null") {
		return nil, nil
	}
	var salt [saltSize]byte
	if !in.skip(`{"salt":"`) || !in.hex(salt[:]) {
		return nil, in.malformed("a record without a salt")
	}
	if !in.skip(`","in":"`) {
		return nil, in.malformed("a record without its incident")
	}
	end, escaped, err := in.str(in.at - 1)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	incident := in.text(in.at-1, end, escaped)
	in.at = end
	line, imported, err := in.importLine()
	if err != nil {
		return nil, err
	}
	if !in.skip(`,"rec":`) || in.at >= len(in.data) || in.data[in.at] != '{' {
		return nil, in.malformed("an element without a record")
	}
	r, err := in.record()
	if err != nil {
		return nil, err
	}
	if !in.skip("}") {
		return nil, in.malformed("more after a record")
	}
	if r.ID == "" || isBlank(incident) {
		return nil, in.malformed("a record without an id or an incident")
	}
	r.Incident = incident
	in.stamp(r, line, imported)
	return r, nil
}

// importLine reads the line number that an imported record has.
func (in *batchReader) importLine() (line uint64, imported bool, err error) {
	if !in.skip(`,"line":`) {
		return 0, false, nil
	}
	end := in.digits(in.at)
	line, ok := uintOf(in.data[in.at:end], math.MaxUint64)
	if !ok {
		return 0, false, in.malformed("a line that is not a number")
	}
	in.at = end
	return line, true, nil
}

func (in *batchReader) record() (*Record, error) {
	all, end, err := in.fields(in.at, in.scratch[:0])
	if err != nil {
		return nil, fmt.Errorf("%w: record %d: %w", ErrMalformed, in.index, err)
	}
	r := new(Record)
	rest, err := r.setEnvelope(all)
	if err != nil {
		return nil, fmt.Errorf("%w: record %d: %w", ErrMalformed, in.index, err)
	}
	r.Fields = in.keep(rest)
	in.at = end
	return r, nil
}

// keep copies the fields of a record to where those of its neighbours are, so
// that a batch of many records takes few allocations.
func (in *batchReader) keep(fields []Field) []Field {
	if len(fields) == 0 {
		return nil
	}
	if len(fields) > cap(in.fieldSlab)-len(in.fieldSlab) {
		in.fieldSlab = make([]Field, 0, in.slabSize(len(fields)))
	}
	start := len(in.fieldSlab)
	in.fieldSlab = append(in.fieldSlab, fields...)
	return in.fieldSlab[start:len(in.fieldSlab):len(in.fieldSlab)]
}

// slabSize guesses, from the bytes that are left, how many fields to make room
// for, so that a batch of one record wastes nothing.
func (in *batchReader) slabSize(atLeast int) int {
	const bytesPerRecord = 250
	left := (len(in.data) - in.at) / bytesPerRecord
	return max(atLeast, min(atLeast*left, 256))
}

// stamp places the record: an imported one by its file, else by the batch.
func (in *batchReader) stamp(r *Record, line uint64, imported bool) {
	if !imported {
		r.Stamp = Stamp{Clock: in.header.Clock, Run: in.header.Run, Line: in.header.Number, Index: uint32(in.index)}
		return
	}
	r.Stamp.Run, r.Stamp.Line = in.runs.of(r.Incident), line
}
