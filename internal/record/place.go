package record

import (
	"bytes"
	"math"
)

// PlaceOf returns the run of a line and its number in it, as its header says,
// and whether the line is whole by its checksum. It reads no more of it, so
// that whoever carries lines, sealed ones too, can tell them apart without
// knowing what they say.
func PlaceOf(line []byte) (run Run, number uint64, ok bool) {
	body, err := TakeChecksum(bytes.TrimSuffix(line, []byte("\n")))
	if err != nil {
		return Run{}, 0, false
	}
	// Before the records nothing but the header has such members, and what a
	// member before them says is a text, in which a quote is never bare.
	const before, after, most = `,"run":"`, `,"n":`, 512
	head := body[:min(len(body), most)]
	at := bytes.Index(head, []byte(before))
	if at < 0 || len(head) < at+len(before)+2*len(run) {
		return Run{}, 0, false
	}
	head = head[at+len(before):]
	if !decodeHex(run[:], share(head[:2*len(run)])) {
		return Run{}, 0, false
	}
	at = bytes.Index(head, []byte(after))
	if at < 0 {
		return Run{}, 0, false
	}
	head = head[at+len(after):]
	end := 0
	for end < len(head) && '0' <= head[end] && head[end] <= '9' {
		end++
	}
	number, ok = uintOf(head[:end], math.MaxUint64)
	return run, number, ok
}
