package app

import (
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
)

// Brief is what the brief's screen calls.
type Brief struct{ app *App }

// A BriefAsk says what brief is wanted.
type BriefAsk struct {
	Reader Reader `json:"reader"`
	Length Length `json:"length"` // the next lead's brief has its own
	Since  int64  `json:"since"`  // for ReaderReturned: when they left
}

// A BriefView is a brief as a page.
type BriefView struct {
	Head     Head           `json:"head"`
	Ask      BriefAsk       `json:"ask"`
	Words    int            `json:"words"`
	Facts    []BriefFact    `json:"facts"` // the numbers under the headline
	Sections []BriefSection `json:"sections"`
	Absences []Absence      `json:"absences"` // when somebody could say they were last here
}

// A BriefFact is one of the numbers under the headline; Text, or a time.
type BriefFact struct {
	Name string `json:"name"`
	Text string `json:"text"`
	At   int64  `json:"at"`
}

// A BriefSection is one part of a brief; empty where nothing is to be said.
type BriefSection struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Sentences []BriefSentence `json:"sentences"`
	More      int             `json:"more"`
}

// A BriefSentence is a sentence with what it was drawn from.
type BriefSentence struct {
	Text    string       `json:"text"`
	State   string       `json:"state"` // of the claim that it is about, else empty
	Sources []Chip       `json:"sources"`
	Pieces  []BriefPiece `json:"pieces"` // Text without the incident's title, which stands above it, cut where a source is named
	Rest    []Chip       `json:"rest"`   // sources that it does not name, offered after it
}

// An Absence is a break that a reader may be back from.
type Absence struct {
	Name  string `json:"name"`
	Since int64  `json:"since"`
}

// Write writes a brief from the records as they stand, or as they stood at
// asOf.
func (b *Brief) Write(incident string, ask BriefAsk, asOf int64) (*BriefView, error) {
	return call(b.app, "Brief.Write", func() (*BriefView, error) { return b.app.brief(incident, ask, asOf) })
}

func (a *App) brief(id string, ask BriefAsk, asOf int64) (*BriefView, error) {
	written, now, err := a.write(id, ask, asOf)
	if err != nil {
		return nil, err
	}
	return briefOf(a.head(now, asOf), written, now, ask), nil
}

// write writes a brief, and returns the state that it was written from.
func (a *App) write(id string, ask BriefAsk, asOf int64) (*brief.Brief, *incident.State, error) {
	length, err := brief.ParseLength(string(ask.Length))
	if err != nil {
		return nil, nil, &Error{Code: codeInvalid, Message: sentence(err.Error())}
	}
	me, err := a.me()
	if err != nil {
		return nil, nil, err
	}
	options := brief.Options{Reader: me, Length: length, Handover: ask.Reader == ReaderLead, Leadership: ask.Reader == ReaderLeadership, Zone: a.zone}
	if ask.Reader == ReaderReturned && ask.Since > 0 {
		options.Since = time.UnixMilli(ask.Since)
	}
	now, err := a.state(id, asOf)
	if err != nil {
		return nil, nil, err
	}
	var since *incident.State
	if !options.Since.IsZero() {
		if since, err = a.state(id, ask.Since); err != nil {
			return nil, nil, err
		}
	}
	return brief.Write(now, since, options), now, nil
}

func briefOf(head Head, b *brief.Brief, s *incident.State, ask BriefAsk) *BriefView {
	v := &BriefView{Head: head, Ask: ask, Words: b.Words, Facts: briefFacts(s), Sections: []BriefSection{}, Absences: absences(s)}
	if left := head.Me.Left; left > 0 {
		v.Absences = append([]Absence{{Name: "When you left", Since: left}}, v.Absences...)
	}
	for _, section := range b.Sections {
		out := BriefSection{ID: section.ID, Title: section.Title, More: section.More, Sentences: []BriefSentence{}}
		for _, line := range section.Sentences {
			out.Sentences = append(out.Sentences, briefSentence(s, line))
		}
		v.Sections = append(v.Sections, out)
	}
	return v
}

func briefSentence(s *incident.State, line brief.Sentence) BriefSentence {
	out := BriefSentence{Text: line.Text, Sources: make([]Chip, 0, len(line.Sources))}
	for i, source := range line.Sources {
		c := chip(s, incident.Ref{ID: source.ID, Label: source.Label, Kind: source.Kind})
		out.Sources = append(out.Sources, c)
		if i == 0 && c.Kind == string(incident.KindClaim) {
			out.State = c.Word
		}
	}
	out.Pieces, out.Rest = piecesOf(capital(line.Untitled()), out.Sources)
	return out
}

// briefFacts are the four numbers that a newcomer asks for first.
func briefFacts(s *incident.State) []BriefFact {
	facts := []BriefFact{}
	if len(s.Readings) > 0 && len(s.Readings[0].Points) > 0 {
		r := s.Readings[0]
		facts = append(facts,
			BriefFact{Name: "Now, " + r.Name, Text: incident.FormatValue(r.Last.Value, r.Unit)},
			BriefFact{Name: "Worst", Text: incident.FormatValue(r.Worst.Value, r.Unit)})
	}
	switch next := nextDeadline(s); next.What {
	case "checkin":
		facts = append(facts, BriefFact{Name: "Check-in due", At: next.At})
	case "update":
		facts = append(facts, BriefFact{Name: "Next update due", At: next.At})
	}
	return facts
}

// breaks are the absences that a reader can choose from.
var breaks = []struct {
	name string
	ago  time.Duration
}{{"15 min", 15 * time.Minute}, {"30 min", 30 * time.Minute}, {"1 h", time.Hour}, {"2 h", 2 * time.Hour}, {"8 h", 8 * time.Hour}, {"1 day", 24 * time.Hour}}

// absences offers breaks that are shorter than the incident is old.
func absences(s *incident.State) []Absence {
	out := []Absence{}
	for _, b := range breaks {
		since := s.Now.Add(-b.ago)
		if since.After(s.Declared) {
			out = append(out, Absence{Name: b.name + " ago", Since: ms(since)})
		}
	}
	return out
}
