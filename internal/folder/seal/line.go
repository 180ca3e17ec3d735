package seal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"bearings/internal/record"
)

// A sealed line is a batch line of which every record is sealed by itself:
//
//	<crc32c, 8 hex digits> {"k":"<id of the secret>","h":{header},"s":"<signature>","x":["<sealed element>"…]}
//
// Header and signature stand as they were signed. An element is bound to the
// hash of its batch and to its place in it, so that it opens nowhere else; an
// erased one is a sealed null, so that nobody without the key can erase one.
// Which secret it was stands outside the header: any device may seal a line
// anew without signing it anew.

// MaxLine is how long a sealed line may be, in bytes: that of the longest
// batch of the most records.
const MaxLine = record.MaxBatch * 3 / 2

// SealLine returns the sealed line of a batch line.
func (s *Secret) SealLine(line []byte, random io.Reader) ([]byte, error) {
	f, err := record.Split(line)
	if err != nil {
		return nil, fmt.Errorf("seal a line: %w", err)
	}
	out := make([]byte, 0, len(line)*3/2+128)
	out = append(append(append(out, `00000000 {"k":"`...), s.id...), `","h":`...)
	out = append(append(append(out, f.Header...), `,"s":"`...), f.Signature...)
	out = append(out, `","x":[`...)
	bound := newBinding(f.Hash())
	for i, e := range f.Elements {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = s.seal(append(out, '"'), e, bound.at(i), random); err != nil {
			return nil, err
		}
		out = append(out, '"')
	}
	out = append(out, "]}\n"...)
	record.PutChecksum(out)
	return out, nil
}

// A SealedLine is a sealed line as it can be read without a key.
type SealedLine struct {
	record.Header
	Hash record.Digest // of the batch
	Key  string        // the id of the secret

	header, signature []byte
	elements          []byte // between the brackets
	count             int
}

// ReadLine reads a sealed line, with or without its line break, without
// opening it. It shares memory with the line.
func ReadLine(line []byte) (*SealedLine, error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) >= MaxLine {
		return nil, fmt.Errorf("%w: a line of %d bytes, at most %d are allowed", ErrTooLarge, len(line)+1, MaxLine)
	}
	rest, err := record.TakeChecksum(line)
	if err != nil {
		return nil, err
	}
	s := &SealedLine{}
	if err := s.cut(rest); err != nil {
		return nil, err
	}
	if s.Header, err = record.DecodeHeader(s.header); err != nil {
		return nil, err
	}
	if s.count != len(s.Digests) {
		return nil, fmt.Errorf("%w: %d sealed records, %d signed", ErrMalformed, s.count, len(s.Digests))
	}
	s.Hash = record.Frame{Header: s.header}.Hash()
	return s, nil
}

const (
	idDigits        = 16
	signatureDigits = 128
)

// cut finds the parts of a line by what stands between them. Only the header
// could hold a text that looks like what is looked for, and it lies between.
func (s *SealedLine) cut(rest []byte) error {
	malformed := fmt.Errorf("%w: it is no sealed line", ErrMalformed)
	rest, ok := bytes.CutPrefix(rest, []byte(`{"k":"`))
	if !ok || len(rest) < idDigits || !isHex(rest[:idDigits]) {
		return malformed
	}
	s.Key, rest = string(rest[:idDigits]), rest[idDigits:]
	rest, opens := bytes.CutPrefix(rest, []byte(`","h":`))
	rest, closes := bytes.CutSuffix(rest, []byte("]}"))
	at := bytes.LastIndex(rest, []byte(`","x":[`))
	start := at - signatureDigits
	if !opens || !closes || start < 0 || !isHex(rest[start:at]) {
		return malformed
	}
	s.elements = rest[at+len(`","x":[`):]
	s.signature = rest[start:at]
	s.header, ok = bytes.CutSuffix(rest[:start], []byte(`,"s":"`))
	if !ok {
		return malformed
	}
	if len(s.elements) > 0 {
		s.count = bytes.Count(s.elements, []byte(",")) + 1
	}
	if s.count > record.MaxRecords {
		return fmt.Errorf("%w: more than %d records", ErrTooLarge, record.MaxRecords)
	}
	return nil
}

// OpenLine returns the batch line that was sealed, byte for byte, with its
// line break. Every record in it is the one that was signed, or was erased by
// somebody who has the key; whether the signature is that of a known device is
// for who takes the line in to check.
func (s *Secret) OpenLine(sealed *SealedLine) ([]byte, error) {
	f := record.Frame{Header: sealed.header, Signature: sealed.signature, Elements: make([][]byte, 0, sealed.count)}
	bound := newBinding(sealed.Hash)
	for rest := sealed.elements; len(f.Elements) < sealed.count; {
		element, after, _ := bytes.Cut(rest, []byte(","))
		rest = after
		if len(element) < 2 || element[0] != '"' || element[len(element)-1] != '"' {
			return nil, fmt.Errorf("open a line: %w: record %d is not sealed", ErrMalformed, len(f.Elements))
		}
		plain, err := s.open(element[1:len(element)-1], bound.at(len(f.Elements)))
		if err != nil {
			return nil, fmt.Errorf("open a line: record %d: %w", len(f.Elements), err)
		}
		f.Elements = append(f.Elements, plain)
	}
	line := f.Line()
	if _, err := record.DecodeBatch(line); err != nil {
		return nil, fmt.Errorf("open a line: %w", err)
	}
	return line, nil
}

// A binding is what an element is bound to: the hash of its batch and its
// place in it.
type binding [32 + 4]byte

func newBinding(hash record.Digest) *binding {
	var b binding
	copy(b[:], hash[:])
	return &b
}

func (b *binding) at(index int) []byte {
	binary.BigEndian.PutUint32(b[32:], uint32(index))
	return b[:]
}

// isHex reports whether text is lower-case hex digits only.
func isHex[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
