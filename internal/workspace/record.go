package workspace

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

const declare = "incident.declare"

// Record writes what one action of a person makes of records, all of it or
// nothing, and returns the records as they were kept. When it returns they
// are on the disk.
//
// Every record says at least who (By) and what (Do, Fields); an ID, a label
// that is free, At and Person may be given, and are else filled in: a new id,
// the next number, now, and By. Recorded is always now. Each is checked
// against the incident as it stands after the ones before it; what is wrong,
// or against the rules, is an *Error of package incident.
//
// An empty incidentID declares a new incident; its first record must be the
// incident.declare.
func (w *Workspace) Record(incidentID string, records ...*record.Record) ([]*record.Record, error) {
	if w.readOnly {
		return nil, openedToRead()
	}
	if len(records) == 0 {
		return nil, nil
	}
	kept, err := w.recordAll(incidentID, records, false)
	if err != nil {
		return nil, fmt.Errorf("record: %w", explain(err))
	}
	if slices.ContainsFunc(kept, func(r *record.Record) bool { return r.Do == evidenceRedact }) {
		w.tryFinishErasing()
	}
	return kept, nil
}

// recordAll is Record. sharing says that a file may be redacted that other
// evidence has too.
func (w *Workspace) recordAll(id string, records []*record.Record, sharing bool) ([]*record.Record, error) {
	w.writing.Lock()
	defer w.writing.Unlock()
	kept, change, err := w.record(id, records, sharing)
	if err != nil {
		return nil, err
	}
	w.tell([]Change{change})
	return kept, nil
}

func (w *Workspace) record(id string, records []*record.Record, sharing bool) ([]*record.Record, Change, error) {
	o, err := w.target(id, records[0])
	if err != nil {
		return nil, Change{}, err
	}
	t, err := w.begin()
	if err != nil {
		return nil, Change{}, err
	}
	defer t.abandon()
	t.sharing = sharing
	kept, err := t.recordIn(o, records)
	if err != nil {
		if o.spoiled {
			w.forget(o)
		}
		return nil, Change{}, err
	}
	t.written()
	w.keepOpen(o)
	return kept, Change{Incident: o.inc.ID(), Seq: t.last}, nil
}

// recordIn writes records and adds them to the incident. Nobody reads the
// incident while it holds what is not on the disk yet.
func (t *writing) recordIn(o *opened, records []*record.Record) ([]*record.Record, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	before := o.inc.Len()
	t.clock = max(t.clock, o.clock.Tick(t.w.now()))
	batch, err := t.recordBatch(o.inc, records)
	if err != nil {
		o.spoiled = o.inc.Len() != before
		return nil, err
	}
	o.take(batch.Records)
	return batch.Records, nil
}

func (t *writing) recordBatch(inc *incident.Incident, records []*record.Record) (*record.Batch, error) {
	filled, err := t.fill(inc, records)
	if err != nil {
		return nil, err
	}
	batch, err := t.seal(filled)
	if err != nil {
		return nil, err
	}
	return batch, t.commit()
}

// target returns the incident that records go to: an open one, or a new one.
func (w *Workspace) target(id string, first *record.Record) (*opened, error) {
	if id != "" {
		return w.load(id)
	}
	if first.Do != declare {
		return nil, &Error{
			Code:    CodeInvalid,
			Message: "an incident begins with incident.declare, not with " + first.Do,
			Hint:    "Say which incident this belongs to, or declare a new one.",
		}
	}
	id, err := w.newID()
	if err != nil {
		return nil, err
	}
	return &opened{inc: incident.New(id)}, nil
}

// keepOpen keeps a new incident among the open ones.
func (w *Workspace) keepOpen(o *opened) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.open[o.inc.ID()]; !ok {
		w.open[o.inc.ID()] = o
	}
}

// fill completes and checks records, each against the incident with the ones
// before it. The incident then holds all but the last although they are not
// written yet.
func (t *writing) fill(inc *incident.Incident, records []*record.Record) ([]*record.Record, error) {
	filled := make([]*record.Record, 0, len(records))
	for i, given := range records {
		r, err := t.complete(inc, given, i)
		if err == nil {
			err = inc.Check(r)
		}
		if err != nil {
			return nil, inStep(err, i, len(records), given.Do)
		}
		filled = append(filled, r)
		if i < len(records)-1 {
			inc.Add(r)
		}
	}
	return filled, nil
}

// complete returns a copy of a record with all that a record has.
func (t *writing) complete(inc *incident.Incident, given *record.Record, index int) (*record.Record, error) {
	r := *given
	r.Incident = inc.ID()
	r.Recorded = t.w.moment()
	r.Stamp = record.Stamp{Clock: t.clock, Run: t.run.id, Line: t.run.last + 1, Index: uint32(index)}
	if r.At.IsZero() {
		r.At = r.Recorded
	}
	r.By = strings.TrimSpace(r.By)
	if r.By == "" {
		return nil, &Error{Code: CodeInvalid, Message: "a record needs somebody who made it", Hint: "Say who you are with --as NAME."}
	}
	if r.Person == "" {
		r.Person = r.By
	}
	if r.ID == "" {
		id, err := t.w.newID()
		if err != nil {
			return nil, err
		}
		r.ID = id
	}
	if r.Do == evidenceRedact {
		if err := t.redacts(inc, &r); err != nil {
			return nil, err
		}
	}
	label, err := t.label(inc, &r)
	r.Label = label
	return &r, err
}

// label returns the display label of the thing that a record makes, "" where
// such have none.
func (t *writing) label(inc *incident.Incident, r *record.Record) (string, error) {
	if r.Do == declare && r.Label != "" {
		free, err := t.incidentLabelFree(r.Label)
		if err != nil || free {
			return r.Label, err
		}
	}
	letter := incident.LabelLetter(r.Do)
	switch {
	case letter == "":
		return "", nil
	case r.Label != "" && inc.LabelFree(r.Label):
		return r.Label, nil
	default:
		return inc.NextLabel(letter), nil
	}
}

// inStep says which record of several an error is about.
func inStep(err error, i, of int, do string) error {
	var refused *Error
	if of == 1 || !errors.As(err, &refused) {
		return err
	}
	return &Error{
		Code:    refused.Code,
		Message: fmt.Sprintf("record %d of %d (%s): %s; none of them was written", i+1, of, do, strings.TrimPrefix(refused.Message, do+": ")),
		Hint:    refused.Hint,
	}
}
