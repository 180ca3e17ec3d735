package brief

import (
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
)

// A Page is a brief as it is laid out on a sheet: what HTML and PDF have in
// common. Its lines are the sentences of the brief, no more and no fewer.
type Page struct {
	Name     string   // of the document: the heading of the other formats
	Label    string   // of the incident; empty where it has none
	Kind     PageLine // "Catch-up brief for Priya, 5 minutes"
	Moment   string   // "Sunday 22 November 2026, 03:41 CET"
	AsOf     time.Time
	Headline PageLine // the incident's title, begun; the first of the lede goes on with it
	Lede     []PageLine
	Sections []PageSection
	Foot     []PageLine
	Sources  []Named
}

// A PageSection is a part of a page that has something to say.
type PageSection struct {
	ID    string
	Title string
	Lines []PageLine
	More  string // "+3 more", or empty
}

// A PageLine is a sentence, or the one half of it that is set larger.
type PageLine struct {
	Parts    []Part
	State    incident.ClaimState // of the claim that it is about, else empty
	Pressing bool                // it wants an eye before the others do
	Answer   bool                // it asks the reader for an answer
	From     []From
}

// From points at a source of a line.
type From struct {
	Place int    // in Page.Sources, counted from 0
	Name  string // of the source
	Told  bool   // the line or the page names it, so that paper need not
}

// A Part of a line is words of ours, or a text that somebody typed.
type Part struct {
	Text  string
	Lead  bool // ours, before the first text that somebody typed
	Typed bool
	Apart bool // within words of ours, what is written from the right: a name, mostly
}

// Text is the line in plain text.
func (l *PageLine) Text() string {
	var out strings.Builder
	for _, p := range l.Parts {
		out.WriteString(p.Text)
	}
	return out.String()
}

// Page lays a brief out.
func (b *Brief) Page() *Page {
	p := &Page{
		Name: b.heading(), Label: line(b.Incident.Label, 12), Kind: PageLine{Parts: b.kindParts()},
		Moment: b.AsOf.Format("Monday 2 January 2006, 15:04 MST"), AsOf: b.AsOf, Sources: b.named,
	}
	p.Kind.Parts[0].Text = capital(p.Kind.Parts[0].Text)
	places := make(map[string]int, len(b.named))
	for i, n := range b.named {
		places[n.ID] = i
	}
	for i := range b.Sections {
		s := &b.Sections[i]
		lines := make([]PageLine, 0, len(s.Sentences))
		for j := range s.Sentences {
			lines = append(lines, p.line(&s.Sentences[j], places))
		}
		switch {
		case s.ID == "header":
			p.Lede = lines
			p.headline(s.Sentences)
		case s.ID == "foot":
			p.Foot = lines
		case len(lines) > 0 || s.More > 0:
			p.Sections = append(p.Sections, PageSection{ID: s.ID, Title: s.Title, Lines: lines, More: s.more()})
		}
	}
	return p
}

func (p *Page) line(s *Sentence, places map[string]int) PageLine {
	l := PageLine{Parts: s.parts(), State: s.looks.state, Pressing: s.looks.pressing, Answer: s.looks.answer}
	for _, src := range s.Sources {
		i := places[src.ID]
		n := &p.Sources[i]
		l.From = append(l.From, From{Place: i, Name: n.Name, Told: n.Kind == incident.KindIncident || tells(s.Text, n.Name)})
	}
	return l
}

// parts divides a sentence into what we say in it and what somebody typed.
func (s *Sentence) parts() []Part {
	var parts []Part
	add := func(text string, typed bool) {
		switch {
		case text == "":
		case typed:
			parts = append(parts, Part{Text: text, Typed: true})
		default:
			lead := len(s.looks.typed) > 0 && !slices.ContainsFunc(parts, func(p Part) bool { return p.Typed })
			parts = append(parts, ours(text, lead)...)
		}
	}
	at := 0
	for _, t := range s.looks.typed {
		add(s.Text[at:t.from], false)
		add(s.Text[t.from:t.to], true)
		at = t.to
	}
	add(s.Text[at:], false)
	return parts
}

// Untitled is what the sentence says after the incident's title, for a page
// over which that stands; the sentence itself where it does not begin so. What
// is written from the right stands between invisible marks, which keep it from
// moving what stands around it.
func (s Sentence) Untitled() string {
	parts := s.parts()
	if s.looks.title > 0 {
		parts = parts[1:]
	}
	var out strings.Builder
	for _, p := range parts {
		if (p.Typed || p.Apart) && strings.ContainsFunc(p.Text, fromTheRight) {
			p.Text = isolate + p.Text + isolated
		}
		out.WriteString(p.Text)
	}
	if s.looks.title == 0 {
		return out.String()
	}
	return strings.TrimPrefix(out.String(), ": ")
}

// headline sets the incident's title over the page, where a sentence of the
// header begins with it. That sentence goes on below.
func (p *Page) headline(header []Sentence) {
	i := slices.IndexFunc(header, func(s Sentence) bool { return s.looks.title > 0 })
	if i < 0 {
		return
	}
	const colon = ":"
	l := &p.Lede[i]
	p.Headline = PageLine{Parts: []Part{l.Parts[0], {Text: colon}}}
	l.Parts = slices.Clone(l.Parts[1:])
	l.Parts[0].Text = strings.TrimPrefix(strings.TrimPrefix(l.Parts[0].Text, colon), " ")
	if i > 0 { // what it goes on from stands right above it
		p.Lede[0], p.Lede[i] = p.Lede[i], p.Lede[0]
	}
}
