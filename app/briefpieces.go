package app

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A BriefPiece is a run of a sentence: plain, or the label of a source in it.
type BriefPiece struct {
	Text   string `json:"text"`
	Source *Chip  `json:"source,omitempty"`
}

// offered is how many sources that a sentence does not name are offered after it.
const offered = 2

// piecesOf cuts a sentence at the labels of its sources, so that each can be
// opened where it stands, and lists the sources that it does not name. All
// pieces together are the sentence, unchanged.
func piecesOf(text string, sources []Chip) (pieces []BriefPiece, rest []Chip) {
	type named struct {
		at     int
		source Chip
	}
	var found []named
	for _, source := range sources {
		if at := placeOf(text, source.Label); at >= 0 {
			found = append(found, named{at, source})
		}
	}
	slices.SortStableFunc(found, func(a, b named) int { return a.at - b.at })
	pieces, rest = []BriefPiece{}, []Chip{}
	in := map[string]bool{}
	from := 0
	for _, f := range found {
		if f.at < from {
			continue
		}
		if f.at > from {
			pieces = append(pieces, BriefPiece{Text: text[from:f.at]})
		}
		from = f.at + len(f.source.Label)
		pieces = append(pieces, BriefPiece{Text: f.source.Label, Source: &f.source})
		in[f.source.ID] = true
	}
	if from < len(text) {
		pieces = append(pieces, BriefPiece{Text: text[from:]})
	}
	for _, source := range sources {
		if !in[source.ID] && len(rest) < offered {
			rest = append(rest, source)
		}
	}
	return pieces, rest
}

// placeOf is where a label stands in a text as a word of its own; -1 for nowhere.
func placeOf(text, label string) int {
	if label == "" {
		return -1
	}
	for from := 0; ; {
		at := strings.Index(text[from:], label)
		if at < 0 {
			return -1
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(label):])
		if (at == 0 || !ofAWord(before)) && (at+len(label) == len(text) || !ofAWord(after)) {
			return at
		}
		_, width := utf8.DecodeRuneInString(text[at:])
		from = at + width
	}
}

// ofAWord says whether a label that stands beside a character is part of a
// longer word. Above U+00BF are the letters of other scripts, and the marks
// that set what is written from the right apart.
func ofAWord(r rune) bool {
	switch {
	case r >= '\u2066' && r <= '\u2069':
		return false
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '_', r == '-':
		return true
	}
	return r > '\u00bf'
}
