package incident

import (
	"bytes"
	"encoding/json"
	"slices"

	"bearings/internal/record"
)

// A redaction destroys what an evidence shows: its text, its link, its file
// and the name of that. The record of the evidence is erased wherever it is
// kept, and what stays of it is carried by the record of the redaction: enough
// for every state to be as it was, at every time that is looked at.
//
// In an incident what stays takes the place of the record that was redacted,
// whether that is still there, comes in later, or never does.

// evidenceRedact destroys what an evidence shows; its record stays and counts
// as before.
type evidenceRedact struct {
	Evidence string          `field:"evidence,required"`
	Why      string          `field:"why"`
	Remains  json.RawMessage `field:"remains"`
	unruled

	remains []*record.Record // what Remains holds; empty where it says nothing
}

// stampField is the field by which what stays of a record says where that
// record stands.
const stampField = "stamp"

// valid reads what the redaction says to remain.
func (b *evidenceRedact) valid() *Error {
	if len(b.Remains) == 0 || string(b.Remains) == "null" {
		return nil
	}
	var lines []json.RawMessage
	if err := json.Unmarshal(b.Remains, &lines); err != nil {
		return invalid("remains must be a list of records")
	}
	for _, line := range lines {
		r, err := readRemains(line)
		if err != nil {
			return err
		}
		b.remains = append(b.remains, r)
	}
	for n, r := range b.remains {
		change := r.Do == "evidence.change" && textOf(r, "evidence") == b.Evidence
		if n == 0 && (r.ID != b.Evidence || r.Do != "evidence.add") || n > 0 && !change {
			return invalid("remains must begin with the evidence, and hold but changes of it beside")
		}
	}
	return nil
}

func readRemains(line []byte) (*record.Record, *Error) {
	r, err := record.DecodeLine(line)
	if err != nil || r.ID == "" {
		return nil, invalid("remains must be a list of records, each with an id")
	}
	stamp, ok := record.ParseStamp(textOf(r, stampField))
	if !ok {
		return nil, invalid("remains must say where a record stands")
	}
	r.Stamp = stamp
	return stay(r, nil), nil
}

func textOf(r *record.Record, key string) string {
	value, ok := r.Field(key)
	var text string
	if !ok || json.Unmarshal(value, &text) != nil {
		return ""
	}
	return text
}

func (b *evidenceRedact) refs() []reference { return refs(KindEvidence, b.Evidence) }

func (b *evidenceRedact) apply(f *fold, e *entry, _ bool) {
	v := f.evidence.get(b.Evidence)
	v.Redacted = true
	if v.RedactedBy == "" {
		v.RedactedAt, v.RedactedBy, v.RedactWhy = e.At, e.Person, b.Why
	}
}

func (b *evidenceRedact) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Evidence), because("Redacted "+n.named(b.Evidence), b.Why)
}

// stays are the fields that stay of a redacted record: what an evidence is and
// how it is wired, and nothing that it shows.
var stays = map[string]bool{
	"evidence": true, "kind": true, "title": true, "said_by": true, "observed": true, "origin": true, "grade": true,
	"thread": true, "reply_to": true, "claims": true, "filed": true, "sha256": true, "bytes": true, "how": true,
	"format": true, "metadata": true, "taken_from": true, "copy_of": true, "part": true, undoes: true,
}

// stay returns what stays of a record that is redacted, with another title
// where one is given.
func stay(r *record.Record, title *string) *record.Record {
	left := *r
	left.Fields = nil
	for _, f := range r.Fields {
		switch {
		case !stays[f.Key], f.Key == "title" && title != nil:
		default:
			left.Fields = append(left.Fields, f)
		}
	}
	if title != nil && *title != "" {
		left.Fields = append(left.Fields, record.TextField("title", *title))
	}
	return &left
}

// Redacted returns what stays of an evidence.add when it is redacted, with its
// title: the same record, without all that it shows.
func Redacted(r *record.Record) *record.Record { return stay(r, nil) }

// SaysNoMore reports whether a record says nothing beside what stays of it.
func SaysNoMore(r, remains *record.Record) bool {
	return !slices.ContainsFunc(r.Fields, func(f record.Field) bool {
		value, ok := remains.Field(f.Key)
		return !ok || !bytes.Equal(value, f.Value)
	})
}

// Remains returns, for the field of that name of an evidence.redact, what
// stays of an evidence: of its record, and, where another title is given, of
// every change that titled it. It also returns the ids of these records.
func (i *Incident) Remains(evidence string, title *string) (json.RawMessage, []string, error) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	made, ok := i.byID[evidence]
	if !ok || made.Do != "evidence.add" {
		return nil, nil, &Error{Code: CodeUnknownReference, Message: "there is no evidence with the id " + evidence}
	}
	if v, ok := i.fold.evidence.byID[evidence]; ok && v.Redacted {
		return nil, nil, &Error{Code: CodeConflict, Message: "it is redacted already"}
	}
	left, ids := []*record.Record{stay(made.Record, title)}, []string{evidence}
	for _, e := range i.entries {
		if b, ok := e.body.(*evidenceChange); ok && title != nil && b.Evidence == evidence && b.Title != nil {
			none := ""
			left, ids = append(left, stay(e.Record, &none)), append(ids, e.ID)
		}
	}
	out := []byte{'['}
	for n, r := range left {
		if n > 0 {
			out = append(out, ',')
		}
		r.Fields = append(slices.Clone(r.Fields), record.TextField(stampField, r.Stamp.String()))
		out = r.AppendJSON(out)
	}
	return append(out, ']'), ids, nil
}

// WasRedacted reports whether the evidence with an id, or the record of a
// change of it, was redacted: of the record only what stays is here.
func (i *Incident) WasRedacted(id string) bool {
	i.mu.RLock()
	defer i.mu.RUnlock()
	_, gone := i.left[id]
	return gone
}

// RemainsOf returns what an evidence.redact says to remain, none for one that
// says nothing and for any other record.
func RemainsOf(r *record.Record) []*record.Record {
	if r.Do != "evidence.redact" {
		return nil
	}
	b, err := bind(r)
	if err != nil {
		return nil
	}
	left := b.(*evidenceRedact).remains
	for _, x := range left {
		x.Incident = r.Incident
	}
	return left
}

// A left is what a redaction left of a record.
type left struct {
	by     *record.Record // the redaction; of several the first that says what remains
	record *record.Record // what stays, nil where the redaction says nothing
}

// better reports whether l is to be taken rather than another.
func (l left) better(other left) bool {
	if (l.record != nil) != (other.record != nil) {
		return l.record != nil
	}
	if c := l.by.Stamp.Compare(other.by.Stamp); c != 0 {
		return c < 0
	}
	return bytes.Compare(l.by.AppendJSON(nil), other.by.AppendJSON(nil)) < 0
}

// redactAll takes in what redactions leave. It reports whether anything that
// is here was changed by it.
func (i *Incident) redactAll(entries []*entry) bool {
	changed := false
	for _, e := range entries {
		b, ok := e.body.(*evidenceRedact)
		if !ok {
			continue
		}
		changed = i.leave(b.Evidence, left{by: e.Record}) || changed
		for _, r := range b.remains {
			r.Incident = e.Incident
			changed = i.leave(r.ID, left{by: e.Record, record: r}) || changed
		}
	}
	return changed
}

// leave notes what a redaction leaves of a record, and puts it in the place of
// the record where that is here.
func (i *Incident) leave(id string, l left) bool {
	if old, ok := i.left[id]; ok && !l.better(old) {
		return false
	}
	if i.left == nil {
		i.left = map[string]left{}
	}
	i.left[id] = l
	here, ok := i.byID[id]
	if ok {
		i.replace(here, i.instead(here))
	}
	return ok
}

// insertLeft puts what redactions left where the records themselves are not,
// and reports whether there was any.
func (i *Incident) insertLeft(entries []*entry) bool {
	inserted := false
	for _, e := range entries {
		b, ok := e.body.(*evidenceRedact)
		if !ok {
			continue
		}
		for _, r := range b.remains {
			if _, here := i.byID[r.ID]; !here {
				stands := i.instead(&entry{Record: r, away: true})
				i.entries = append(i.entries, stands)
				i.byID[r.ID] = stands
				inserted = true
			}
		}
	}
	return inserted
}

// instead returns the entry that stands for one that was redacted. A redaction
// of anything but evidence leaves it as it is.
func (i *Incident) instead(e *entry) *entry {
	l, ok := i.left[e.ID]
	if !ok || l.record == nil && e.Do != "evidence.add" || l.record != nil && e.Do != l.record.Do {
		return e
	}
	r := stay(e.Record, nil)
	if l.record != nil {
		c := *l.record
		r = &c
		if !e.away {
			r.Stamp = e.Stamp
		}
	}
	body, err := bind(r)
	if made, ok := body.(*evidenceAdd); ok {
		made.redacted = true
	}
	return &entry{Record: r, body: body, err: err, away: e.away}
}

func (i *Incident) replace(old, e *entry) {
	at := slices.Index(i.entries, old)
	i.entries[at] = e
	i.byID[e.ID] = e
}
