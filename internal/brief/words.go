package brief

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// runLength is how many characters of one run count as one word.
const runLength = 24

// ellipsis stands where a text was cut.
const ellipsis = "…"

// Words counts the words of a text: its runs of non-space characters, where a
// run of over 24 characters counts once for every 24 begun.
func Words(text string) int {
	words, run := 0, 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			run = 0
			continue
		}
		if run%runLength == 0 {
			words++
		}
		run++
	}
	return words
}

// line returns what somebody typed as one line of at most limit words: white
// space and control characters become single spaces, characters that would
// turn or hide the text around them go, and what is cut off leaves "…". A cut
// falls between words, or inside a run that is longer than the room, and never
// inside a number.
func line(text string, limit int) string {
	var out strings.Builder
	l := cutter{limit: limit}
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			l.gap = out.Len() > 0
			continue
		case disturbs(r):
			continue
		}
		spaced := l.gap
		if !l.take() {
			return l.cut(out.String())
		}
		if spaced {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// inline is line for a text within a sentence: its last full stop goes, as
// the sentence goes on.
func inline(text string, limit int) string {
	s := line(text, limit)
	if strings.HasSuffix(s, ellipsis) {
		return s
	}
	if s = strings.TrimRight(s, ".,;: "); s == "" {
		return ellipsis
	}
	return s
}

// A cutter keeps count while a line is written.
type cutter struct {
	limit int
	words int
	run   int  // characters in the run being written
	gap   bool // white space since the last run
}

// take counts one character and reports whether there is room for it.
func (l *cutter) take() bool {
	if l.gap {
		l.run, l.gap = 0, false
	}
	if l.run%runLength == 0 {
		if l.words >= l.limit {
			return false
		}
		l.words++
	}
	l.run++
	return true
}

// cut ends a text for which there is no more room. Where the room ended inside
// a long run, the run is split.
func (l *cutter) cut(kept string) string {
	if l.run > 0 {
		kept = splitRun(kept)
	}
	for {
		kept = strings.TrimRight(kept, " ,;:.-–—([{/")
		last := kept[strings.LastIndexByte(kept, ' ')+1:]
		length := utf8.RuneCountInString(last)
		switch {
		case length == 0:
			return kept + ellipsis
		case endsInDigit(last) && length < runLength: // "38…" would read as a longer number
			kept = kept[:len(kept)-len(last)]
		case endsInDigit(last), length%runLength == 0: // "…" would count as one more word
			kept = splitRun(kept)
		default:
			return kept + ellipsis
		}
	}
}

// splitRun shortens a run by a character, so that "…" can follow; by more
// where the cut would fall inside a number or before a mark of a character.
func splitRun(run string) string {
	for len(run) > 0 {
		gone, size := utf8.DecodeLastRuneInString(run)
		run = run[:len(run)-size]
		last, _ := utf8.DecodeLastRuneInString(run)
		if !joins(gone) && last != zeroWidthJoiner && !unicode.IsDigit(last) {
			break
		}
	}
	return run
}

const zeroWidthJoiner = '\u200d'

func joins(r rune) bool { return r == zeroWidthJoiner || unicode.In(r, unicode.M) }

func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r)
}

// disturbs reports whether a character is invisible and changes how the text
// around it is shown: overrides and isolates of direction, byte order marks,
// zero-width spaces, soft hyphens, interlinear annotations.
func disturbs(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return r == 0xad || r == 0x200b || r == 0xfeff
}
