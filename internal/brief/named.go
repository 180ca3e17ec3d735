package brief

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bearings/internal/incident"
)

// A Named is what sentences were drawn from, as a page lists it at its foot.
type Named struct {
	Source
	Name   string    // its label, or the time of what has none
	Sort   string    // the word for its kind
	Text   string    // its title or text in one line
	Person string    // whose it is
	At     time.Time // when it happened, in the zone of the brief
	When   string    // the same in words
	Struck string    // "struck" or "redacted", else empty
}

// namedWords is how much of the text of a source is listed.
const namedWords = 16

// nameSources lists what the sentences of a brief were drawn from, each once.
func (w *writer) nameSources(b *Brief) {
	seen := map[string]bool{}
	for _, s := range b.Sections {
		for _, sentence := range s.Sentences {
			for _, src := range sentence.Sources {
				if !seen[src.ID] {
					seen[src.ID] = true
					b.named = append(b.named, w.named(src))
				}
			}
		}
	}
}

func (w *writer) named(src Source) Named {
	n := Named{Source: src}
	if e, ok := w.now.RecordOf(src.ID); ok {
		n.Text, n.Person, n.At = e.Text, e.By, e.At.In(w.zone)
	}
	if src.Kind == incident.KindIncident {
		n.Text = cmp.Or(n.Text, w.now.Title)
	} else if thing, ok := w.now.Find(src.ID); ok {
		n.Text = cmp.Or(thing.Name(), n.Text)
		n.Person = cmp.Or(thing.Meta().Person, n.Person)
		n.Struck = gone(thing)
	}
	n.Name, n.Text, n.Person = line(n.Label, 2), line(n.Text, namedWords), line(n.Person, nameWords)
	n.Sort = sortOf(src.Kind)
	if n.Name == "" && !n.At.IsZero() {
		n.Name = w.clock(n.At)
	}
	n.Name = cmp.Or(n.Name, n.Sort)
	if !n.At.IsZero() {
		n.When = w.clock(n.At)
	}
	return n
}

// sortOf is the word for a kind of source.
func sortOf(k incident.Kind) string {
	switch k {
	case incident.KindRecord, "":
		return "entry"
	case incident.KindDont:
		return "don’t"
	case incident.KindTripwire:
		return "if / then"
	case incident.KindCriterion:
		return "done when"
	}
	return string(k)
}

// tells reports whether a text names something, as a word of its own.
func tells(text, name string) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for name != "" {
		before, after, found := strings.Cut(text, name)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if !inWord(last) && !inWord(next) {
			return true
		}
		text = after
	}
	return false
}

// gone says that something no longer counts.
func gone(t incident.Thing) string {
	switch t := t.(type) {
	case *incident.Evidence:
		switch {
		case t.RedactedBy != "":
			return "redacted"
		case t.Struck:
			return "struck"
		}
	case *incident.Note:
		if t.Struck {
			return "struck"
		}
	}
	return ""
}
