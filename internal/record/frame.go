package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A Frame is a line taken apart into its bytes, so that who carries it may
// carry them in another way and put the same line together again.
type Frame struct {
	Header    []byte   // byte for byte as it was signed
	Signature []byte   // 128 hex digits
	Elements  [][]byte // of every record, "null" for an erased one
}

// Split takes a line apart, with or without its line break. It checks what
// DecodeBatch checks, but for the digests. The frame shares memory with the
// line.
func Split(line []byte) (Frame, error) {
	var in batchReader
	if err := in.open(line, true); err != nil {
		return Frame{}, err
	}
	const between = len(`","r":[`)
	end := in.at - between
	f := Frame{
		Header:    in.rawHeader,
		Signature: in.data[end-hex.EncodedLen(len(in.signature)) : end : end],
		Elements:  make([][]byte, 0, len(in.header.Digests)),
	}
	for first := true; !in.skip("]}"); first = false {
		if !first && !in.skip(",") {
			return Frame{}, in.malformed("it has no end")
		}
		if in.index == MaxRecords {
			return Frame{}, fmt.Errorf("%w: more than %d records", ErrTooLarge, MaxRecords)
		}
		start := in.at
		if _, err := in.element(); err != nil {
			return Frame{}, err
		}
		f.Elements = append(f.Elements, in.data[start:in.at:in.at])
		in.index++
	}
	return f, in.end()
}

// Hash is the hash of the batch.
func (f Frame) Hash() Digest { return sha256.Sum256(f.Header) }

// Line puts the line together again, with its line break. Nothing is checked:
// DecodeBatch does that.
func (f Frame) Line() []byte {
	size := prefix + len(`{"h":,"s":"","r":[]}`) + len(f.Header) + len(f.Signature) + 1
	for _, e := range f.Elements {
		size += len(e) + 1
	}
	line := append(make([]byte, 0, size), "00000000 {\"h\":"...)
	line = append(append(line, f.Header...), `,"s":"`...)
	line = append(append(line, f.Signature...), `","r":[`...)
	for i, e := range f.Elements {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, e...)
	}
	line = append(line, "]}\n"...)
	PutChecksum(line)
	return line
}

// DecodeHeader reads the signed part of a batch where it stands alone.
func DecodeHeader(header []byte) (Header, error) {
	s, err := newScanner(header)
	if err != nil {
		return Header{}, fmt.Errorf("%w: header: %w", ErrMalformed, err)
	}
	fields, err := s.document(nil)
	if err != nil {
		return Header{}, fmt.Errorf("%w: header: %w", ErrMalformed, err)
	}
	var h Header
	if err := h.decode(fields, true); err != nil {
		return Header{}, err
	}
	return h, nil
}
