package incident

import (
	"encoding/json"
	"slices"

	"bearings/internal/record"
	"time"
)

// An Entry is one record in words, for a timeline.
type Entry struct {
	Ref             // what it is about
	Record   string // id of the record
	Do       string
	At       time.Time
	Until    time.Time
	Approx   bool
	Recorded time.Time
	By       string // the person whose act it is
	Text     string
	Thread   string
	Key      bool      // a moment that the timeline names
	Due      time.Time // a due time that it set, which Text leaves to the reader's zone; else zero
}

// Timeline puts the records into words, by the time at which they happened,
// newest first; of two at one time the one recorded later first. It returns
// at most limit of them, all where limit is 0.
func (s *State) Timeline(limit int) []Entry {
	s.incident.mu.RLock()
	defer s.incident.mu.RUnlock()
	entries := s.fold.entries[:s.upTo]
	picked := entries
	if limit > 0 && limit < len(entries) {
		picked = latest(entries, limit)
	}
	picked = slices.Clone(picked)
	slices.SortFunc(picked, newerFirst)
	out := make([]Entry, len(picked))
	for n, e := range picked {
		out[n] = s.entry(e)
	}
	return out
}

// newerFirst orders by the time at which records happened, newest first.
func newerFirst(a, b *entry) int {
	if c := b.At.Compare(a.At); c != 0 {
		return c
	}
	return b.order - a.order
}

// latest picks the limit newest entries, in no order. Records mostly come in
// the order in which they happened, so that few have to move.
func latest(entries []*entry, limit int) []*entry {
	kept := make([]*entry, 0, limit+1)
	for n := len(entries) - 1; n >= 0; n-- {
		e := entries[n]
		if len(kept) == limit && newerFirst(kept[limit-1], e) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(kept, e, newerFirst)
		kept = slices.Insert(kept, at, e)
		kept = kept[:min(len(kept), limit)]
	}
	return kept
}

// History puts into words every record that made or touched a thing, or whose
// id it is, oldest first: who changed what, when.
func (s *State) History(id string) []Entry {
	s.incident.mu.RLock()
	defer s.incident.mu.RUnlock()
	var out []Entry
	for _, e := range s.fold.entries[:s.upTo] {
		if e.ID == id || touches(e, id) {
			out = append(out, s.entry(e))
		}
	}
	return out
}

func touches(e *entry, id string) bool {
	r, ok := e.body.(referrer)
	return ok && slices.ContainsFunc(r.refs(), func(x reference) bool { return x.id == id })
}

func (s *State) entry(e *entry) Entry {
	out := Entry{
		Record: e.ID, Do: e.Do, At: e.At, Until: e.Until, Approx: e.Approx,
		Recorded: e.Recorded, By: e.Person,
	}
	if e.body == nil {
		out.Ref = Ref{ID: e.ID, Kind: KindRecord}
		out.Text = e.Do + " (a kind that this version does not know)"
		if e.err != nil {
			out.Text = e.err.Message
		}
		return out
	}
	out.Ref, out.Text = e.body.line(s.names, e)
	if b, ok := e.body.(interface{ in(*entry) string }); ok {
		out.Thread = b.in(e)
	}
	switch b := e.body.(type) {
	case *noteAdd:
		out.Key = b.Key
	case *threadChange:
		out.Due = dueOf(b.Due)
	}
	return out
}

// Texts returns every text of a record that a person may search for: what
// was written, not the ids and states that it is wired with.
func Texts(r *record.Record) []string {
	var out []string
	for _, f := range r.Fields {
		if wiring[f.Key] {
			continue
		}
		var value any
		if json.Unmarshal(f.Value, &value) == nil {
			out = gather(out, value)
		}
	}
	return out
}

func gather(out []string, value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			out = append(out, v)
		}
	case []any:
		for _, x := range v {
			out = gather(out, x)
		}
	}
	return out
}

// wiring are the fields that hold ids, states and the like.
var wiring = map[string]bool{
	"thread": true, "claim": true, "evidence": true, "decision": true, "action": true, "checkin": true,
	"question": true, "tripwire": true, "dont": true, "criterion": true, "of": true, "on": true,
	"about": true, "rests_on": true, "states": true, "over": true, "reply_to": true, "corrects": true,
	"superseded_by": true, "claims": true, "handover": true, "relation": true, "verdict": true, "state": true, "mode": true,
	"grade": true, "severity": true, "status": true, "trend": true, "worse": true, "sha256": true,
	"format": true, "taken_from": true, "copy_of": true, "part": true, "remains": true,
	"observed": true, "started": true, "detected": true, "due": true, "by_when": true, "next_due": true,
}
