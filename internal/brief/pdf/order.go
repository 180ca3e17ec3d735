package pdf

import (
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/shaping"
	unicodebidi "golang.org/x/text/unicode/bidi"
)

// A level says how a part of a text runs, by the rules of Unicode (UAX 9): an
// even one from the left, an odd one from the right. What has a higher level
// stands within what has a lower one, as a number in a Hebrew sentence.
type level = bidi.Level

// levels adds the levels of a piece of a paragraph. What somebody typed runs as
// its first letter does, and moves nothing of what stands around it, as in an
// element bdi of HTML; our own words run from the left.
func (s *setter) levels(of []level, text []rune, typed bool) []level {
	base := bidi.LeftToRight
	if typed && startsFromTheRight(text) {
		base = bidi.RightToLeft
	}
	runs := s.bidi.Segment(text, base)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		within := run.End
		if base == bidi.LeftToRight && run.Level == 2 { // a number among Hebrew; what comes after it may be outside
			within = run.Start + number(text[run.Start:run.End])
		}
		for at := run.Start; at < run.End; at++ {
			l := run.Level
			if at >= within {
				l = 0
			}
			of = append(of, l)
		}
	}
	return of
}

func startsFromTheRight(text []rune) bool {
	for _, r := range text {
		switch class(r) {
		case unicodebidi.L:
			return false
		case unicodebidi.R, unicodebidi.AL:
			return true
		}
	}
	return false
}

// number is how many characters of a text belong to the number with which it
// begins.
func number(text []rune) int {
	end := 0
	for i, r := range text {
		switch class(r) {
		case unicodebidi.EN, unicodebidi.AN, unicodebidi.ET, unicodebidi.NSM:
			end = i + 1
		case unicodebidi.ES, unicodebidi.CS, unicodebidi.BN: // within a number only
		default:
			return end
		}
	}
	return end
}

// letter reports whether a character is a letter of a script that is written
// from the right, or a mark on one.
func letter(r rune) bool {
	switch class(r) {
	case unicodebidi.R, unicodebidi.AL, unicodebidi.NSM, unicodebidi.BN:
		return true
	}
	return false
}

func class(r rune) unicodebidi.Class {
	p, _ := unicodebidi.LookupRune(r)
	return p.Class()
}

// fromTheLeft puts the runs of a line, which come as they are read, into the
// order in which they stand on paper.
func (p *paragraph) fromTheLeft(runs []shaping.Output) {
	highest := level(0)
	of := func(i int) level { return p.levels[runs[i].Runes.Offset] }
	for i := range runs {
		highest = max(highest, of(i))
	}
	levels := make([]level, len(runs))
	for i := range runs {
		levels[i] = of(i)
	}
	for ; highest > 0; highest-- {
		for start := 0; start < len(runs); start++ {
			end := start
			for end < len(runs) && levels[end] >= highest {
				end++
			}
			slices.Reverse(runs[start:end])
			slices.Reverse(levels[start:end])
			start = end
		}
	}
}
