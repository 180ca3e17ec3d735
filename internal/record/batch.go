package record

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
)

// A batch is what one action of a person, or one import, makes of records: all
// of them or none. It is stored and sent as one line,
//
//	<crc32c, 8 hex digits> {"h":{header},"s":"<signature>","r":[{element}…]}
//
// with the header's members in the order of Header, and elements
//
//	{"salt":"…","in":"<incident>","line":<in its file, if imported>,"rec":{line of an incident file}}
//
// The checksum covers what follows the space. The batch's hash is the SHA-256
// of the header's bytes, and the signature signs these bytes; the header holds
// the SHA-256 of every element's bytes. So whatever is checked is checked as
// it was written, never as it would be written again, and an element can be
// erased (it becomes null) while everything still verifies. The salt keeps an
// erased element from being guessed by its digest.

// The limits of a batch, checked before memory is given to what is in it.
const (
	MaxBatch   = 1 << 20 // bytes of a line
	MaxRecords = 1000    // records in a batch
)

// Format is the format of the batches that this program writes, and the newest
// that it reads. In every format a line begins with the checksum and with
// {"h":{"f":<format>.
const Format = 1

// What can be wrong with a batch. Errors of this package about batches wrap
// one of these.
var (
	ErrChecksum  = errors.New("checksum does not match: the line is damaged")
	ErrMalformed = errors.New("line is not a batch")
	ErrFormat    = errors.New("line is in a format that this version does not know")
	ErrTooLarge  = errors.New("batch is too large")
	ErrDigest    = errors.New("a record is not the one that was signed")
	ErrSignature = errors.New("signature does not match the device's key")
)

// A Batch is a decoded batch.
type Batch struct {
	Header
	Hash    Digest    // of the header: the identity of the batch
	Records []*Record // without the erased ones
	Line    []byte    // byte for byte as it was read; as sealed, with its line break

	header    []byte
	signature [ed25519.SignatureSize]byte
}

// Verify checks the signature of the device that the header names. It covers
// the header, by it the records, and by Prev every batch before.
func (b *Batch) Verify(device ed25519.PublicKey) error {
	if len(device) != ed25519.PublicKeySize || !ed25519.Verify(device, b.header, b.signature[:]) {
		return fmt.Errorf("batch %d of run %s: %w", b.Number, b.Run, ErrSignature)
	}
	return nil
}

// Seal makes a batch of records and signs it. Format and Digests of the header
// are filled in; a salt for every record is drawn from salts. The records are
// left as they are: those of the batch returned are decoded from its line, with
// the stamps that every reader will give them. A record whose Stamp.Run is
// ImportRun of its incident keeps the stamp of an import.
//
// Every record needs an ID and an Incident. A batch without records is one that
// only says what its writer has seen.
func Seal(h Header, records []*Record, salts io.Reader, key ed25519.PrivateKey) (*Batch, error) {
	if len(records) == 0 && len(h.Seen) == 0 {
		return nil, fmt.Errorf("seal batch: %w: no records", ErrMalformed)
	}
	if len(records) > MaxRecords {
		return nil, fmt.Errorf("seal batch: %w: %d records, at most %d are allowed", ErrTooLarge, len(records), MaxRecords)
	}
	h.Format, h.Digests = Format, make([]Digest, 0, len(records))
	salt := make([]byte, saltSize*len(records))
	if _, err := io.ReadFull(salts, salt); err != nil {
		return nil, fmt.Errorf("seal batch: draw salts: %w", err)
	}
	const usual = 400
	elements := make([]byte, 0, usual*len(records))
	var runs importRuns
	for i, r := range records {
		if i > 0 {
			elements = append(elements, ',')
		}
		start := len(elements)
		imported := !r.Stamp.IsZero() && r.Stamp.Run == runs.of(r.Incident)
		elements = appendElement(elements, r, salt[i*saltSize:(i+1)*saltSize], imported)
		h.Digests = append(h.Digests, sha256.Sum256(elements[start:]))
	}
	header := appendHeader(nil, &h)
	line := append(make([]byte, 0, len(header)+len(elements)+192), "00000000 {\"h\":"...)
	line = append(append(line, header...), `,"s":"`...)
	line = hex.AppendEncode(line, ed25519.Sign(key, header))
	line = append(append(append(line, `","r":[`...), elements...), "]}\n"...)
	PutChecksum(line)
	b, err := decodeBatch(line, false)
	if err != nil {
		return nil, fmt.Errorf("seal batch: %w", err)
	}
	return b, nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// saltSize is how many bytes a salt has.
const saltSize = 16

// prefix is the length of the checksum and the space after it.
const prefix = 9

// PutChecksum writes the checksum of a line, which ends in a line break, over
// the eight characters with which it begins.
func PutChecksum(line []byte) {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.Checksum(line[prefix:len(line)-1], castagnoli))
	hex.Encode(line, sum[:])
}

// TakeChecksum returns what follows the checksum and the space of a line that
// has no line break: an error where it has none, or is damaged.
func TakeChecksum(line []byte) ([]byte, error) {
	var sum [4]byte
	if len(line) < prefix || line[prefix-1] != ' ' || !decodeHex(sum[:], share(line[:prefix-1])) {
		return nil, fmt.Errorf("%w: it does not begin with a checksum", ErrMalformed)
	}
	if crc32.Checksum(line[prefix:], castagnoli) != binary.BigEndian.Uint32(sum[:]) {
		return nil, ErrChecksum
	}
	return line[prefix:], nil
}

func appendElement(dst []byte, r *Record, salt []byte, imported bool) []byte {
	dst = hex.AppendEncode(append(dst, `{"salt":"`...), salt)
	dst = appendString(append(dst, `","in":`...), r.Incident)
	p := withID | withLabel
	if imported {
		dst = strconv.AppendUint(append(dst, `,"line":`...), r.Stamp.Line, 10)
		p |= withClock
	}
	dst = append(dst, `,"rec":`...)
	return append(r.appendParts(dst, p), '}')
}
