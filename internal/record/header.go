package record

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"time"
)

// A Header is the signed part of a batch.
type Header struct {
	Format    int       // f
	Workspace string    // ws: the workspace's identity
	Run       Run       // run: the run of the program that wrote it
	Device    string    // dev: the device that signed it
	Number    uint64    // n: its number in the run
	Prev      Digest    // prev: the hash of batch Number-1 of the run; zero for the first
	Clock     Clock     // hlc; never zero
	Written   time.Time // ts: by the writer's own clock, to the millisecond; 1970 to 9999
	Epoch     int       // k: the key that its records are sealed with; 0 for plain
	Parent    Digest    // par: the hash of the last batch of the run before, on the first of a run; else zero
	Seen      []Seen    // seen: what the writer has of other runs, now and then
	Digests   []Digest  // d: of every record, the erased ones included
}

// Seen says up to which number a device has the batches of a run.
type Seen struct {
	Run    Run
	Number uint64
}

// DeviceID names the device that signs with a key: the first 128 bits of the
// SHA-256 of the key, in hex.
func DeviceID(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:16])
}

func appendHeader(dst []byte, h *Header) []byte {
	dst = strconv.AppendInt(append(dst, `{"f":`...), int64(h.Format), 10)
	dst = appendString(append(dst, `,"ws":`...), h.Workspace)
	dst = hex.AppendEncode(append(dst, `,"run":"`...), h.Run[:])
	dst = appendString(append(dst, `","dev":`...), h.Device)
	dst = strconv.AppendUint(append(dst, `,"n":`...), h.Number, 10)
	if !h.Prev.IsZero() {
		dst = append(hex.AppendEncode(append(dst, `,"prev":"`...), h.Prev[:]), '"')
	}
	dst = appendClock(append(dst, `,"hlc":"`...), h.Clock)
	dst = h.Written.UTC().AppendFormat(append(dst, `","ts":"`...), "2006-01-02T15:04:05.000Z07:00")
	dst = strconv.AppendInt(append(dst, `","k":`...), int64(h.Epoch), 10)
	if !h.Parent.IsZero() {
		dst = append(hex.AppendEncode(append(dst, `,"par":"`...), h.Parent[:]), '"')
	}
	if len(h.Seen) > 0 {
		dst = append(dst, `,"seen":[`...)
		for i, seen := range h.Seen {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = hex.AppendEncode(append(dst, `["`...), seen.Run[:])
			dst = append(strconv.AppendUint(append(dst, `",`...), seen.Number, 10), ']')
		}
		dst = append(dst, ']')
	}
	dst = append(dst, `,"d":[`...)
	for i, d := range h.Digests {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(hex.AppendEncode(append(dst, '"'), d[:]), '"')
	}
	return append(dst, "]}"...)
}

// decode sets the header from its members. Members that are not known are
// passed over.
func (h *Header) decode(fields []Field, whole bool) error {
	if format, ok := uintOf(find(fields, "f"), math.MaxInt32); ok && format != Format {
		return fmt.Errorf("%w: format %d", ErrFormat, format)
	}
	for _, f := range fields {
		if err := h.set(f, whole); err != nil {
			return err
		}
	}
	switch {
	case h.Format == 0, h.Workspace == "", h.Run == Run{}, h.Device == "", h.Clock == 0, h.Written.IsZero():
		return fmt.Errorf("%w: header: f, ws, run, dev, hlc and ts are needed", ErrMalformed)
	case h.Epoch != 0:
		return fmt.Errorf("%w: its records are sealed", ErrFormat)
	}
	return nil
}

func (h *Header) set(f Field, whole bool) error {
	ok := true
	var n uint64
	switch f.Key {
	case "f":
		n, ok = uintOf(f.Value, math.MaxInt32)
		h.Format = int(n)
	case "ws":
		h.Workspace, ok = textOf(f.Value)
	case "run":
		ok = hexOf(h.Run[:], f.Value)
	case "dev":
		h.Device, ok = textOf(f.Value)
	case "n":
		h.Number, ok = uintOf(f.Value, math.MaxUint64)
	case "prev":
		ok = hexOf(h.Prev[:], f.Value)
	case "hlc":
		var text string
		text, _ = textOf(f.Value)
		h.Clock, ok = clockOf(text)
	case "ts":
		h.Written, ok = timeOf(f.Value)
	case "k":
		n, ok = uintOf(f.Value, math.MaxInt32)
		h.Epoch = int(n)
	case "par":
		ok = hexOf(h.Parent[:], f.Value)
	case "seen":
		if whole {
			h.Seen, ok = seenOf(f.Value)
		}
	case "d":
		if whole {
			return h.setDigests(f.Value)
		}
	}
	if !ok {
		return fmt.Errorf("%w: header: %s cannot be read", ErrMalformed, f.Key)
	}
	return nil
}

func (h *Header) setDigests(value []byte) error {
	// A digest takes 67 bytes, quotes and comma included.
	if len(value) > MaxRecords*67+1 {
		return fmt.Errorf("%w: more than %d records", ErrTooLarge, MaxRecords)
	}
	s := scanner{data: value}
	ok := len(value) > 0 && value[0] == '['
	if ok {
		h.Digests = make([]Digest, 0, len(value)/67)
		_, err := s.elements(0, 1, func(from, to int) error {
			var d Digest
			ok = ok && hexOf(d[:], value[from:to])
			h.Digests = append(h.Digests, d)
			return nil
		})
		ok = ok && err == nil
	}
	if !ok {
		return fmt.Errorf("%w: header: d cannot be read", ErrMalformed)
	}
	return nil
}

func seenOf(value []byte) ([]Seen, bool) {
	if len(value) == 0 || value[0] != '[' {
		return nil, false
	}
	var all []Seen
	ok := true
	s := scanner{data: value}
	_, err := s.elements(0, 1, func(from, to int) error {
		seen, good := pairOf(value[from:to])
		ok = ok && good
		all = append(all, seen)
		return nil
	})
	return all, ok && err == nil
}

// pairOf reads a run and a number.
func pairOf(value []byte) (Seen, bool) {
	if len(value) == 0 || value[0] != '[' {
		return Seen{}, false
	}
	var seen Seen
	ok, n := true, 0
	s := scanner{data: value}
	_, err := s.elements(0, 1, func(from, to int) error {
		good := false
		switch n {
		case 0:
			good = hexOf(seen.Run[:], value[from:to])
		case 1:
			seen.Number, good = uintOf(value[from:to], math.MaxUint64)
		}
		ok = ok && good
		n++
		return nil
	})
	return seen, ok && n == 2 && err == nil
}

// hexOf fills dst from a JSON string of hex digits.
func hexOf(dst, value []byte) bool {
	n := len(value)
	return n >= 2 && value[0] == '"' && decodeHex(dst, share(value[1:n-1]))
}

// uintOf reads a JSON number that is whole and at most limit.
func uintOf(value []byte, limit uint64) (uint64, bool) {
	if len(value) == 0 || len(value) > 20 || len(value) > 1 && value[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(share(value), 10, 64)
	return n, err == nil && n <= limit
}
