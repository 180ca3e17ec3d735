package record

import (
	"encoding/hex"
	"fmt"
	"io"
)

// A Digest is a SHA-256.
type Digest [32]byte

// String returns the digest as 64 hex digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero reports whether d is no digest at all.
func (d Digest) IsZero() bool { return d == Digest{} }

// ParseDigest reads 64 lower-case hex digits.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if !decodeHex(d[:], s) {
		return Digest{}, fmt.Errorf("digest %q is not 64 lower-case hex digits", s)
	}
	return d, nil
}

// NewRun draws the identity of a run of the program from a source of
// randomness.
func NewRun(random io.Reader) (Run, error) {
	var r Run
	if _, err := io.ReadFull(random, r[:]); err != nil {
		return Run{}, fmt.Errorf("draw the identity of a run: %w", err)
	}
	return r, nil
}

// String returns the run as 32 hex digits.
func (r Run) String() string { return hex.EncodeToString(r[:]) }

// ParseRun reads 32 lower-case hex digits.
func ParseRun(s string) (Run, error) {
	var r Run
	if !decodeHex(r[:], s) {
		return Run{}, fmt.Errorf("run %q is not 32 lower-case hex digits", s)
	}
	return r, nil
}

// decodeHex fills dst from exactly as many lower-case hex digits. Upper-case
// ones are refused so that there is one way to write a number.
func decodeHex(dst []byte, s string) bool {
	if len(s) != 2*len(dst) {
		return false
	}
	for i := range dst {
		high, low := hexDigits[s[2*i]], hexDigits[s[2*i+1]]
		if high|low > 15 {
			return false
		}
		dst[i] = high<<4 | low
	}
	return true
}

// hexDigits is what a character is worth as a hex digit; 255 for nothing.
var hexDigits = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i, c := range []byte("0123456789abcdef") {
		table[c] = byte(i)
	}
	return table
}()
