// Package incident is the domain: what the records of an incident mean. It
// keeps the records of one incident in whatever order they arrive, and
// computes from them, for any moment, what the team is doing, what it
// believes, on what evidence, and what rests on it.
//
// The package is pure. It touches no file, no clock and no network; time comes
// in as a value. The same records give the same state on every machine, in
// any order of arrival: an [Incident] keeps them in record order, folds them
// in that order, and a [State] is computed from the fold when asked for.
//
// Each noun of the domain has a file: its kinds of records, what the rules
// forbid, and what follows from them.
package incident

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"bearings/internal/record"
)

// An entry is a record with its body bound. Body is nil for a kind that the
// program does not know, and for one whose fields make no sense.
type entry struct {
	*record.Record
	body  body
	err   *Error
	order int  // place in record order, from 0; set by the fold
	away  bool // stands for a record that is not there: only what a redaction left of it is
}

// An Incident holds the records of one incident. The zero value is not usable;
// see New. Several goroutines may use it at once.
type Incident struct {
	id string

	mu      sync.RWMutex
	entries []*entry // in record order
	byID    map[string]*entry
	left    map[string]left // what redactions left of records, by their ids
	fold    *fold
}

// New returns an incident without records.
func New(id string) *Incident {
	byID := map[string]*entry{}
	return &Incident{id: id, byID: byID, fold: newFold(id, byID)}
}

// ID returns the identity of the incident.
func (i *Incident) ID() string { return i.id }

// Len returns the number of records.
func (i *Incident) Len() int {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return len(i.entries)
}

// Add takes records in, in any order. A record whose id is already there is
// the same record: of two, the one that stands first in record order counts.
func (i *Incident) Add(records ...*record.Record) {
	entries := make([]*entry, len(records))
	bodies := make([]entry, len(records))
	for n, r := range records {
		b, err := bind(r)
		bodies[n] = entry{Record: r, body: b, err: err}
		entries[n] = &bodies[n]
	}
	i.add(entries)
}

func (i *Incident) add(entries []*entry) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.entries) == 0 {
		i.byID = make(map[string]*entry, len(entries))
		i.fold.byID = i.byID
	}
	inOrder := !i.redactAll(entries) // before they come in: most redact what comes with them
	for _, e := range entries {
		e = i.instead(e)
		if old, ok := i.byID[e.ID]; ok {
			if !old.away && compareEntries(e, old) >= 0 {
				continue
			}
			at := slices.Index(i.entries, old)
			i.entries = slices.Delete(i.entries, at, at+1)
			inOrder = false
		}
		i.byID[e.ID] = e
		if n := len(i.entries); inOrder && (n == 0 || i.entries[n-1].Stamp.Before(e.Stamp)) {
			i.entries = append(i.entries, e)
			i.fold.add(e)
			continue
		}
		inOrder = false
		i.entries = append(i.entries, e)
	}
	if i.insertLeft(entries) {
		inOrder = false
	}
	if inOrder {
		return
	}
	slices.SortFunc(i.entries, compareEntries)
	i.refold()
}

// compareEntries orders by stamp, then by id and content: an imported file
// and its revision may give two records one stamp.
func compareEntries(a, b *entry) int {
	if c := a.Stamp.Compare(b.Stamp); c != 0 {
		return c
	}
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c
	}
	return bytes.Compare(a.AppendJSON(nil), b.AppendJSON(nil))
}

func (i *Incident) refold() {
	i.fold = newFold(i.id, i.byID)
	for _, e := range i.entries {
		i.fold.add(e)
	}
}

// Records returns the records in record order.
func (i *Incident) Records() []*record.Record {
	i.mu.RLock()
	defer i.mu.RUnlock()
	out := make([]*record.Record, len(i.entries))
	for n, e := range i.entries {
		out[n] = e.Record
	}
	return out
}

// Record returns the record with an id, and whether there is one.
func (i *Incident) Record(id string) (*record.Record, bool) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	e, ok := i.byID[id]
	if !ok {
		return nil, false
	}
	return e.Record, true
}

// Has reports whether there is a record with an id.
func (i *Incident) Has(id string) bool {
	i.mu.RLock()
	defer i.mu.RUnlock()
	_, ok := i.byID[id]
	return ok
}

// KindOf returns the kind of thing that the record with an id makes, and
// whether there is such a record.
func (i *Incident) KindOf(id string) (Kind, bool) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return i.kindOf(id)
}

func (i *Incident) kindOf(id string) (Kind, bool) {
	e, ok := i.byID[id]
	if !ok {
		return "", false
	}
	return Makes(e.Do), true
}

// AsOf returns the incident as it was known at t: only the records that had
// been recorded by then, t included.
func (i *Incident) AsOf(t time.Time) *Incident {
	i.mu.RLock()
	defer i.mu.RUnlock()
	past := New(i.id)
	past.left = maps.Clone(i.left)
	for _, e := range i.entries {
		if e.Recorded.After(t) {
			continue
		}
		c := &entry{Record: e.Record, body: e.body, err: e.err, away: e.away}
		past.entries = append(past.entries, c)
		past.byID[c.ID] = c
		past.fold.add(c)
	}
	return past
}

// Check says whether a new record may be added to the incident as it stands:
// an unknown kind, a missing field, a reference to nothing, or an act that
// the rules forbid is an *Error. It changes nothing.
func (i *Incident) Check(r *record.Record) error {
	if !Known(r.Do) {
		return &Error{
			Code:    CodeUnknownKind,
			Message: "there is no kind of record " + r.Do,
			Hint:    "the kinds are listed by bearings record --help",
		}
	}
	b, err := bind(r)
	if err != nil {
		return err
	}
	i.mu.RLock()
	defer i.mu.RUnlock()
	if _, taken := i.byID[r.ID]; taken && r.ID != "" {
		return &Error{Code: CodeConflict, Message: "the id " + r.ID + " is taken by another record of this incident"}
	}
	if err := checkReferences(b, i.kindOf); err != nil {
		return err
	}
	e := &entry{Record: r, body: b, order: i.fold.records}
	if err := i.fold.check(e); err != nil {
		return err
	}
	if n, ok := b.(newcomer); ok {
		if err := n.checkNew(i.fold, e); err != nil {
			return err
		}
	}
	return nil
}

// NextLabel returns the next free display label of a letter ("C9").
func (i *Incident) NextLabel(letter string) string {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return label(letter, i.fold.numbers[letter]+1)
}

// LabelFree reports whether no thing has the display label.
func (i *Incident) LabelFree(label string) bool {
	i.mu.RLock()
	defer i.mu.RUnlock()
	_, taken := i.fold.labelled[label]
	return !taken
}
