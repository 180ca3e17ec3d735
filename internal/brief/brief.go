// Package brief writes the catch-up brief of an incident: what somebody who
// has just been woken up must know, in as many words as they have minutes.
//
// A brief is written by fixed templates from an [incident.State]. There is no
// model behind it, no clock, no file and no network: the same state and the
// same options give the same bytes on every machine. What holds of every
// brief, for any data:
//
//   - its words never exceed the budget of its length, nor those of a section
//     the section's budget;
//   - every sentence names what it was drawn from, what it is about first;
//   - nothing that is refuted, withdrawn, disputed or only said is under Known;
//   - what somebody typed is shown, or counted in the foot;
//   - a time that is not of today carries its date, an observation its age;
//   - a text that somebody typed stays on one line and keeps its words.
package brief

import (
	"fmt"
	"time"

	"bearings/internal/incident"
)

// A Length is how much time the reader has.
type Length string

// The lengths. Reading speed is planned at 150 words a minute.
const (
	OneMinute   Length = "1m"
	FiveMinutes Length = "5m"
	Full        Length = "full"
)

// ParseLength reads a length as the command line writes it.
func ParseLength(s string) (Length, error) {
	switch l := Length(s); l {
	case OneMinute, FiveMinutes, Full:
		return l, nil
	}
	return "", fmt.Errorf("length %q is not one of 1m, 5m, full", s)
}

// Options say for whom a brief is written, and how.
type Options struct {
	Reader   string         // name of the reader; empty for anyone who joins
	Length   Length         // FiveMinutes where empty
	Since    time.Time      // what changed since then; zero for the whole incident
	Handover bool           // the brief from lead to lead, in five minutes; not with Since
	Zone     *time.Location // of every time that is written; UTC where nil

	// Leadership puts what leadership asks for first: the same sentences in
	// another order of sections, which is as fixed. Not with Since or Handover.
	Leadership bool
}

// A Brief is what a reader is told.
type Brief struct {
	Incident Subject        `json:"incident"`
	AsOf     time.Time      `json:"as_of"`
	Since    *time.Time     `json:"since"` // nil for a brief from the beginning
	Reader   string         `json:"reader"`
	Length   Length         `json:"length"`
	Budget   int            `json:"budget"` // words that the brief may use
	Words    int            `json:"words"`  // words that it uses
	Sections []Section      `json:"sections"`
	LeftOut  map[string]int `json:"left_out"` // what no sentence shows, counted by plural noun

	handover   bool
	leadership bool
	named      []Named // what its sentences were drawn from, in the order of their first mention
}

// A Subject is the incident that a brief is about.
type Subject struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Title string `json:"title"`
}

// A Section is one part of a brief. For each reader the order of the sections
// is fixed, whatever is in them; one that has nothing to say is there, and
// empty.
type Section struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`  // empty where none is printed
	Budget    int        `json:"budget"` // words that it may use, after unused words have moved; 0 for an appendix
	Words     int        `json:"words"`
	Sentences []Sentence `json:"sentences"`
	More      int        `json:"more"` // sentences for which there was no room
}

// A Sentence is the smallest thing that a brief shows or leaves out.
type Sentence struct {
	Text    string          `json:"text"` // one line of plain text
	Words   int             `json:"words"`
	Bucket  incident.Bucket `json:"bucket"`  // of the claim that it is about, else empty
	Sources []Source        `json:"sources"` // what it is about first, then what it rests on

	shows []incident.Ref // things of which a text stands in it
	looks looks
}

// A Source is a thing or a record that a sentence was drawn from.
type Source struct {
	ID    string        `json:"id"`
	Label string        `json:"label"`
	Kind  incident.Kind `json:"kind"`
}

// Write writes the brief of an incident as it stands in now. A brief of what
// changed since Options.Since needs since, the incident as it was known at
// that time; without it the whole incident is told.
func Write(now, since *incident.State, o Options) *Brief {
	w := newWriter(now, o)
	b := &Brief{
		Incident: Subject{ID: now.ID, Label: now.Label, Title: now.Title},
		AsOf:     now.Now.In(w.zone),
		Reader:   o.Reader,
		Length:   w.length,
		LeftOut:  map[string]int{},
	}
	var plan plan
	switch {
	case since != nil && !o.Since.IsZero():
		from := o.Since.In(w.zone)
		b.Since = &from
		plan = w.changes(since, from)
	case o.Handover:
		b.handover = true
		plan = w.handover()
	default:
		plan = w.joiner()
	}
	b.Budget = plan.total
	b.Sections = plan.fill(w.length)
	for _, s := range b.Sections {
		b.Words += s.Words
	}
	if o.Leadership && b.Since == nil && !o.Handover {
		b.leadership = true
		forLeadership(b.Sections)
	}
	w.close(b)
	w.nameSources(b)
	return b
}
