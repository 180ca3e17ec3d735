package brief

import (
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// What is written from the right moves what stands beside it: a time after a
// name in Arabic would be read as part of it, and stand before it. So it is
// set apart, as the rules of Unicode (UAX 9) have it: isolated.
const (
	isolate  = "\u2068" // FIRST STRONG ISOLATE
	isolated = "\u2069" // POP DIRECTIONAL ISOLATE
)

// fromTheRight reports whether a character is a letter that is written from
// the right.
func fromTheRight(r rune) bool {
	if r < 0x590 { // Hebrew is the first
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// between reports whether a character may stand between letters that are
// written from the right and belong together.
func between(r rune) bool {
	return r == ' ' || r == '-' || r == '\'' || r == '"' || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// ours divides words of ours, so that names in them that are written from the
// right stand apart.
func ours(text string, lead bool) []Part {
	var parts []Part
	add := func(text string, apart bool) {
		if text != "" {
			parts = append(parts, Part{Text: text, Lead: lead, Apart: apart})
		}
	}
	from, start, end := 0, -1, 0 // what is said, where what stands apart begins, and where its last letter ends
	for at, r := range text {
		switch {
		case fromTheRight(r) || start >= 0 && unicode.Is(unicode.M, r):
			if start < 0 {
				start = at
			}
			end = at + len(string(r))
		case start >= 0 && !between(r):
			add(text[from:start], false)
			add(text[start:end], true)
			from, start = end, -1
		}
	}
	if start >= 0 {
		add(text[from:start], false)
		add(text[start:end], true)
		from = end
	}
	add(text[from:], false)
	return parts
}
