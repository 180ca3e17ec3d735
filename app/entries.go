package app

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"bearings/internal/incident"
)

// A Filter says which entries of a timeline are wanted; an empty field wants
// all.
type Filter struct {
	Text   string `json:"text"`   // all of these words
	Thread string `json:"thread"` // id: what is in it, and what became of that
	Person string `json:"person"`
	Kind   string `json:"kind"` // of the thing that it is about: "claim"; "key" for the moments that were marked
}

// An EntriesView is a page of entries.
type EntriesView struct {
	Head    Head       `json:"head"`
	Entries []EntryRow `json:"entries"` // newest first, by when they happened
	Found   int        `json:"found"`   // all that the filter lets through
	Says    string     `json:"says"`    // how many that are, and in which order
	Next    string     `json:"next"`    // the "before" of the next page; empty after the last one
}

// An EntryRow is one record in words.
type EntryRow struct {
	Record   string `json:"record"` // id
	Do       string `json:"do"`
	ID       string `json:"id"`    // of the thing that it is about
	Label    string `json:"label"` // of that thing
	Kind     string `json:"kind"`
	At       int64  `json:"at"` // when it happened
	Until    int64  `json:"until"`
	Approx   bool   `json:"approx"`
	Recorded int64  `json:"recorded"`
	By       string `json:"by"` // whose act it is
	Text     string `json:"text"`
	Thread   Chip   `json:"thread"` // an empty chip where it is in none
	Key      bool   `json:"key"`
	Due      int64  `json:"due"` // a due time that it set
}

// maxEntries is a page at most.
const maxEntries = 500

// Entries returns a page of what happened, newest first: what comes before
// the record of an id, or the newest where that is empty.
func (t *Timeline) Entries(id string, asOf int64, filter Filter, before string, limit int) (*EntriesView, error) {
	return call(t.app, "Timeline.Entries", func() (*EntriesView, error) {
		s, err := t.app.namesAt(id, asOf)
		if err != nil {
			return nil, err
		}
		if limit <= 0 || limit > maxEntries {
			limit = maxEntries
		}
		return entriesOf(t.app.head(s, asOf), s, t.app.entries.of(s, asOf), filter, before, limit), nil
	})
}

// entries keeps the entries that were put into words last: a filter asks for
// the same at every letter.
type entries struct {
	mu       sync.Mutex
	incident string
	records  int
	asOf     int64
	all      []incident.Entry
}

func (e *entries) of(s *incident.State, asOf int64) []incident.Entry {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.incident != s.Incident || e.records != s.Records || e.asOf != asOf {
		e.incident, e.records, e.asOf, e.all = s.Incident, s.Records, asOf, s.Timeline(0)
	}
	return e.all
}

func (e *entries) forget(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.incident == id {
		e.incident, e.all = "", nil
	}
}

func entriesOf(head Head, s *incident.State, all []incident.Entry, filter Filter, before string, limit int) *EntriesView {
	v := &EntriesView{Head: head, Entries: []EntryRow{}}
	words := strings.Fields(strings.ToLower(filter.Text))
	reached := before == ""
	within := thingsIn(all, filter.Thread)
	for _, e := range all {
		if filter.lets(e, words, within) {
			v.Found++
			switch {
			case reached && len(v.Entries) < limit:
				v.Entries = append(v.Entries, entryRow(s, e))
			case reached && v.Next == "":
				v.Next = v.Entries[limit-1].Record
			}
		}
		reached = reached || e.Record == before
	}
	v.Says = counted(v.Found, "entry", "entries") + ", newest first"
	if filter != (Filter{}) {
		v.Says = fmt.Sprintf("%d found, newest first", v.Found)
	}
	return v
}

// thingsIn are the ids of the things that were made in a thread, and of the
// thread: what is done to them later says no more where they belong.
func thingsIn(entries []incident.Entry, thread string) map[string]bool {
	within := map[string]bool{thread: true}
	for _, e := range entries {
		if thread != "" && e.Thread == thread {
			within[e.ID] = true
		}
	}
	return within
}

func (f Filter) lets(e incident.Entry, words []string, within map[string]bool) bool {
	if f.Thread != "" && !within[e.ID] || f.Person != "" && e.By != f.Person {
		return false
	}
	if f.Kind == "key" && !e.Key || f.Kind != "" && f.Kind != "key" && string(e.Kind) != f.Kind {
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := strings.ToLower(e.Label + " " + e.Text + " " + e.By)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func entryRow(s *incident.State, e incident.Entry) EntryRow {
	row := EntryRow{
		Record: e.Record, Do: e.Do, ID: e.ID, Label: e.Label, Kind: string(e.Kind), At: ms(e.At), Until: ms(e.Until),
		Approx: e.Approx, Recorded: ms(e.Recorded), By: e.By, Text: cmp.Or(e.Text, did(e.Do)), Key: e.Key, Due: ms(e.Due),
	}
	if t, ok := s.Find(e.Thread); ok {
		row.Thread = chipOf(t)
	}
	return row
}

// History returns every record that made or touched a thing, oldest first:
// who changed what, when.
func (t *Things) History(id, ref string, asOf int64) ([]EntryRow, error) {
	return call(t.app, "Things.History", func() ([]EntryRow, error) {
		s, err := t.app.namesAt(id, asOf)
		if err != nil {
			return nil, err
		}
		if thing, ok := s.Find(ref); ok {
			ref = thing.Meta().ID
		}
		out := []EntryRow{}
		for _, e := range s.History(ref) {
			out = append(out, entryRow(s, e))
		}
		if len(out) == 0 {
			return nil, notFound(ref)
		}
		return out, nil
	})
}
