package workspace

import (
	"fmt"
	"math"
	"sync"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// An opened incident is kept in memory and up to date. Its lock is taken after
// the workspace's, never before.
type opened struct {
	mu      sync.RWMutex
	inc     *incident.Incident
	clock   record.Clock // the highest of its records
	spoiled bool         // holds records that were never written
}

func (o *opened) add(records []*record.Record) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.take(records)
}

func (o *opened) take(records []*record.Record) {
	o.inc.Add(records...)
	for _, r := range records {
		o.clock = o.clock.Observe(r.Stamp.Clock)
	}
}

// read calls read with the incident, and reports whether it was fit to be
// read.
func (o *opened) read(read func(*incident.Incident)) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.spoiled {
		return false
	}
	read(o.inc)
	return true
}

// Incident returns an incident with all of its records. It stays with the
// workspace, which adds to it what is recorded here and, at Refresh, by other
// processes; a program of one goroutine reads it as it likes, others use View.
// An incident that is not there is an *Error of CodeNotFound.
func (w *Workspace) Incident(id string) (*incident.Incident, error) {
	o, err := w.load(id)
	if err != nil {
		return nil, err
	}
	return o.inc, nil
}

// View calls read with an incident that nobody changes meanwhile. read must
// not call the workspace, and must not keep the incident; a State that it
// computed it may keep.
func (w *Workspace) View(id string, read func(*incident.Incident) error) error {
	for {
		o, err := w.load(id)
		if err != nil {
			return err
		}
		if o.read(func(inc *incident.Incident) { err = read(inc) }) {
			return err
		}
		w.forget(o)
	}
}

// Peek is View for who goes through many incidents: one that is not open is
// read and let go of again, so that memory does not grow with their number.
func (w *Workspace) Peek(id string, read func(*incident.Incident) error) error {
	w.mu.Lock()
	_, isOpen := w.open[id]
	w.mu.Unlock()
	if isOpen {
		return w.View(id, read)
	}
	o, _, err := readIncident(w.db, id)
	if err != nil {
		return fmt.Errorf("read incident %.80s: %w", id, explain(err))
	}
	return read(o.inc)
}

// load returns the open incident, read from the database where it is not open
// yet.
func (w *Workspace) load(id string) (*opened, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if o, ok := w.open[id]; ok {
		return o, nil
	}
	o, _, err := readIncident(w.db, id)
	if err != nil {
		return nil, fmt.Errorf("open incident %.80s: %w", id, explain(err))
	}
	w.open[id] = o
	return o, nil
}

// forget lets go of an open incident, which is read again when it is asked
// for.
func (w *Workspace) forget(o *opened) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open[o.inc.ID()] == o {
		delete(w.open, o.inc.ID())
	}
}

// readIncident reads an incident, and the number of its last batch.
func readIncident(q querier, id string) (*opened, int64, error) {
	records, last, err := readRecords(q, id, 0, math.MaxInt64)
	if err != nil {
		return nil, 0, err
	}
	if last == 0 {
		return nil, 0, noIncident(id)
	}
	o := &opened{inc: incident.New(id)}
	o.take(records)
	return o, last, nil
}

func noIncident(ref string) *Error {
	return &Error{
		Code:    CodeNotFound,
		Message: fmt.Sprintf("there is no incident %.80q", ref),
		Hint:    "bearings list shows those that there are.",
	}
}

// readRecords reads the records of an incident from its batches after one and
// up to another, in the order in which they came in, and returns the number of
// the last batch.
func readRecords(q querier, id string, after, upTo int64) ([]*record.Record, int64, error) {
	rows, err := q.Query(`
		SELECT b.seq, b.line
		FROM incident_batches i CROSS JOIN batches b ON b.seq = i.seq
		WHERE i.incident = ? AND i.seq > ? AND i.seq <= ?
		ORDER BY i.seq`, id, after, upTo)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var records []*record.Record
	last := after
	for rows.Next() {
		var line []byte
		if err := rows.Scan(&last, &line); err != nil {
			return nil, 0, err
		}
		from := len(records)
		if records, _, err = record.DecodeBatchRecords(line, records); err != nil {
			return nil, 0, damagedError(fmt.Sprintf("batch %d: %v", last, err))
		}
		records = keepOf(records, from, id)
	}
	return records, last, rows.Err()
}

// keepOf drops, from the place from on, the records of other incidents.
func keepOf(records []*record.Record, from int, id string) []*record.Record {
	kept := records[:from]
	for _, r := range records[from:] {
		if r.Incident == id {
			kept = append(kept, r)
		}
	}
	return kept
}
