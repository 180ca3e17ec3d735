package seal

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bearings/internal/record"
)

// A Removal takes a device out of the members, and says what the member who
// signs it had of that device until then. What is beyond was written by
// somebody who is no member.
type Removal struct {
	head
	signed

	Name     string // of the document
	Device   string // who is removed
	Seen     []record.Seen
	Invited  []string // the devices that were known to have been invited by it
	Removals []string // the names of the removals by it that were known
}

// The most that one removal says; what is more is said in further ones.
const (
	MaxSeen   = 800
	MaxListed = 300
)

type removalBody struct {
	head
	Device   string     `json:"device"`
	Seen     []seenBody `json:"seen,omitempty"`
	Invited  []string   `json:"invited,omitempty"`
	Removals []string   `json:"removals,omitempty"`
}

// A seenBody is written as in the header of a batch: ["<run>",number].
type seenBody record.Seen

func (s seenBody) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `["%s",%d]`, hex.EncodeToString(s.Run[:]), s.Number), nil
}

func (s *seenBody) UnmarshalJSON(text []byte) error {
	pair := []any{new(string), &s.Number}
	if err := json.Unmarshal(text, &pair); err != nil || len(pair) != 2 {
		return ErrMalformed
	}
	run, _ := pair[0].(*string)
	if run == nil {
		return ErrMalformed
	}
	var err error
	s.Run, err = record.ParseRun(*run)
	return err
}

// WriteRemovals writes and signs what removes a device: one document, or
// several where one cannot hold all that was seen.
func WriteRemovals(workspace string, r Removal, made time.Time, key ed25519.PrivateKey) (map[string][]byte, error) {
	docs := map[string][]byte{}
	for first := true; first || len(r.Seen)+len(r.Invited)+len(r.Removals) > 0; first = false {
		b := removalBody{head: newHead(Removals, workspace, Device(key), made), Device: r.Device}
		for _, s := range take(&r.Seen, MaxSeen) {
			b.Seen = append(b.Seen, seenBody(s))
		}
		b.Invited = take(&r.Invited, MaxListed)
		b.Removals = take(&r.Removals, MaxListed)
		doc, err := encode(Removals, b, key)
		if err != nil {
			return nil, err
		}
		docs[nameOf(Removals, r.Device, doc)] = doc
	}
	return docs, nil
}

// take cuts the first of a list off.
func take[T any](list *[]T, most int) []T {
	n := min(most, len(*list))
	first := (*list)[:n:n]
	*list = (*list)[n:]
	return first
}

// ReadRemoval reads a removal that stands under a name. Verify says whether
// the device that it names has signed it.
func ReadRemoval(name string, doc []byte) (*Removal, error) {
	var b removalBody
	s, err := decode(Removals, doc, &b, &b.head)
	if err != nil {
		return nil, err
	}
	switch {
	case !isDevice(b.Device) || name != nameOf(Removals, b.Device, doc):
		err = fmt.Errorf("%w: it removes another device", ErrMalformed)
	case len(b.Seen) > MaxSeen || len(b.Invited) > MaxListed || len(b.Removals) > MaxListed:
		err = ErrTooLarge
	case slices.ContainsFunc(b.Invited, func(d string) bool { return !isDevice(d) }):
		err = fmt.Errorf("%w: it names what is no device", ErrMalformed)
	}
	if err != nil {
		return nil, fmt.Errorf("removal %.60s: %w", name, err)
	}
	r := &Removal{head: b.head, signed: s, Name: name, Device: b.Device, Invited: b.Invited, Removals: b.Removals}
	for _, seen := range b.Seen {
		r.Seen = append(r.Seen, record.Seen(seen))
	}
	return r, nil
}
