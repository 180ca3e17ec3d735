// Package incident is the domain: what the records of an incident mean. It
// keeps the records of one incident in whatever order they arrive, and
// computes from them, for any moment, what the team is doing, what it
// believes, on what evidence, and what rests on it.
//
// The package is pure. It touches no file, no clock and no network; time comes
// in as a value. The same records give the same state on every machine, in
// any order of arrival.
package incident

import (
	"time"

	"bearings/internal/record"
)

// An Incident holds the records of one incident. The zero value is not usable;
// see New. It is not safe for use by several goroutines while records are
// added.
type Incident struct {
	id string
}

// New returns an incident without records.
func New(id string) *Incident { return &Incident{id: id} }

// ID returns the identity of the incident.
func (i *Incident) ID() string { return i.id }

// Add takes records in, in any order. A record whose id is already there is
// the same record: of two, the one that stands first in record order counts.
func (i *Incident) Add(records ...*record.Record) {}

// Records returns the records in record order.
func (i *Incident) Records() []*record.Record { return nil }

// AsOf returns the incident as it was known at t: only the records that had
// been recorded by then, t included.
func (i *Incident) AsOf(t time.Time) *Incident { return nil }

// At computes the state of the incident at the moment now from all of its
// records. A reader who asks for the past wants AsOf(t).At(t).
func (i *Incident) At(now time.Time) *State { return nil }

// Check says whether a new record may be added to the incident as it stands:
// an unknown kind, a missing field, a reference to nothing, or an act that
// the rules forbid is an *Error. It changes nothing.
func (i *Incident) Check(r *record.Record) error { return nil }

// Find returns the thing of a display label or an id, and whether there is
// one. A label that two devices gave finds the first of the two.
func (s *State) Find(ref string) (Thing, bool) { return nil, false }

// An Affected is one thing that would lose footing if a claim were refuted.
type Affected struct {
	Thing     Thing
	Now       Footing
	IfRefuted Footing
	Path      []Ref // from the claim to the thing, both included
}

// Blast returns everything whose footing would get worse were the claim
// refuted, in the order of what can still be stopped.
func (s *State) Blast(c *Claim) []Affected { return nil }
