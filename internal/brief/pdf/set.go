package pdf

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"bearings/internal/brief"
)

// em is the size at which text is shaped, once; lines are then set in any
// size.
const em = 1000

// A setter makes lines of texts.
type setter struct {
	fonts   *fonts
	shaper  shaping.HarfbuzzShaper
	bidi    bidi.Paragraph
	divider shaping.Segmenter
	wrapper shaping.LineWrapper
	shaped  map[*brief.PageLine]*paragraph // once for all papers and densities
}

func newSetter(f *fonts) *setter { return &setter{fonts: f, shaped: map[*brief.PageLine]*paragraph{}} }

// A colour is one of the inks of a page: grey for what is beside the facts,
// and for what wants an eye one that is dark enough without colour.
type colour [3]float64

var (
	ink     = colour{0.071, 0.086, 0.110}
	grey    = colour{0.345, 0.384, 0.435}
	hair    = colour{0.725, 0.745, 0.776}
	caution = colour{0.490, 0.322, 0}
	green   = colour{0, 0.416, 0.318}
	blue    = colour{0.039, 0.384, 0.627}
)

// A piece is a part of a paragraph in one weight and colour.
type piece struct {
	text   string
	weight weight
	colour colour
	struck bool // it no longer holds
	typed  bool // by somebody: it runs as its first letter does
}

// A paragraph is a text that is shaped and not yet broken into lines.
type paragraph struct {
	runes  []rune // as they are read
	broken []rune // as they are broken into lines: with hyphens that hold
	levels []level
	runs   []shaping.Output
	pieces []piece
	ends   []int // of the pieces, in runes
}

// A line is one line of a paragraph, from the left to the right.
type line struct {
	of   *paragraph
	runs []shaping.Output
}

func (s *setter) paragraph(pieces ...piece) *paragraph {
	p := &paragraph{pieces: pieces}
	for _, piece := range pieces {
		text := []rune(piece.text)
		p.runes = append(p.runes, text...)
		p.ends = append(p.ends, len(p.runes))
		p.levels = s.levels(p.levels, text, piece.typed)
	}
	p.broken = holdHyphens(p.runes)
	start := 0
	for i, end := range p.ends {
		for start < end {
			to := start + 1
			for to < end && p.levels[to] == p.levels[start] {
				to++
			}
			p.runs = append(p.runs, s.shape(p, start, to, pieces[i].weight)...)
			start = to
		}
	}
	return p
}

// shape shapes a part of a paragraph that has one level and one weight.
func (s *setter) shape(p *paragraph, start, end int, w weight) []shaping.Output {
	direction := di.DirectionLTR
	if p.levels[start]%2 == 1 {
		direction = di.DirectionRTL
	}
	inputs := s.divider.Split(shaping.Input{
		Text: p.runes, RunStart: start, RunEnd: end, Direction: direction, Size: fixed.I(em), Language: language.NewLanguage("en"),
	}, chooser{s.fonts, w})
	runs := make([]shaping.Output, 0, len(inputs))
	for _, in := range inputs {
		run := s.shaper.ShapeNoExtents(in)
		widen(run.Glyphs, p.runes)
		runs = append(runs, run)
	}
	return runs
}

// widen gives the glyphs a width, which shaping without extents leaves at zero:
// of a line that is broken, the last glyph counts for nothing where it has
// none, since it is taken for a space.
func widen(glyphs []shaping.Glyph, text []rune) {
	for i := range glyphs {
		if g := &glyphs[i]; !unicode.IsSpace(text[g.TextIndex()]) {
			g.Width = max(g.Advance, 1)
		}
	}
}

// lines breaks a paragraph into lines of a width in points, at a size in
// points.
func (s *setter) lines(p *paragraph, width, size float64) []line {
	runs := slices.Clone(p.runs)
	for i := range runs {
		runs[i].Glyphs = slices.Clone(runs[i].Glyphs) // breaking lines changes them
	}
	broken, _ := s.wrapper.WrapParagraphF(shaping.WrapConfig{Direction: di.DirectionLTR},
		fixed.Int26_6(width/size*em*64), p.broken, shaping.NewSliceIterator(runs))
	lines := make([]line, 0, len(broken))
	for _, l := range broken {
		drawn := slices.Clone(l)
		p.dropSpace(drawn)
		p.fromTheLeft(drawn)
		lines = append(lines, line{p, drawn}.within(width/size*em)...)
	}
	return lines
}

// dropSpace takes the width of the space at which a line was broken, where that
// is written from the right: it would stand amid the line.
func (p *paragraph) dropSpace(runs []shaping.Output) {
	if len(runs) == 0 {
		return
	}
	last := &runs[len(runs)-1]
	if last.Direction == di.DirectionRTL && len(last.Glyphs) > 0 && unicode.IsSpace(p.runes[last.Glyphs[0].TextIndex()]) {
		last.Advance -= last.Glyphs[0].Advance
		last.Glyphs[0].Advance = 0
	}
}

// within cuts a line that is longer than a paper is wide: where marks upon
// marks leave the rules no place to break it, it is broken between characters.
func (l line) within(limit float64) []line {
	if l.width(em) <= limit {
		return []line{l}
	}
	var lines []line
	now, used := line{of: l.of}, 0.0
	for _, run := range l.runs {
		glyphs := run.Glyphs
		start, wide := 0, fixed.Int26_6(0)
		add := func(end int) {
			if start < end {
				part := run
				part.Glyphs, part.Advance = glyphs[start:end], wide
				part.Runes.Offset = min(glyphs[start].TextIndex(), glyphs[end-1].TextIndex())
				now.runs = append(now.runs, part)
			}
			start, wide = end, 0
		}
		for n := 0; n < len(glyphs); {
			count, advance := max(1, min(glyphs[n].GlyphsCount(), len(glyphs)-n)), fixed.Int26_6(0)
			for _, g := range glyphs[n : n+count] {
				advance += g.Advance
			}
			if width := points(advance, em); used > 0 && used+width > limit {
				add(n)
				lines = append(lines, now)
				now, used = line{of: l.of}, 0
			}
			used += points(advance, em)
			wide += advance
			n += count
		}
		add(len(glyphs))
	}
	return append(lines, now)
}

// at is the piece of a character of a paragraph.
func (p *paragraph) at(i int) *piece {
	for n, end := range p.ends {
		if i < end {
			return &p.pieces[n]
		}
	}
	return &p.pieces[len(p.pieces)-1]
}

// width is how wide a line is at a size.
func (l line) width(size float64) float64 {
	var total fixed.Int26_6
	for i := range l.runs {
		total += l.runs[i].Advance
	}
	return points(total, size)
}

func points(v fixed.Int26_6, size float64) float64 { return float64(v) / 64 / em * size }

// holdHyphens puts hyphens that hold into identifiers, as eu-central, for
// breaking lines only: what is copied is what was typed.
func holdHyphens(text []rune) []rune {
	shown := slices.Clone(text)
	const most = 24 // characters; longer ones may break
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != ' ' {
			continue
		}
		if word := text[start:i]; len(word) <= most && strings.Contains(strings.Trim(string(word), "-"), "-") {
			for j := start; j < i; j++ {
				if text[j] == '-' {
					shown[j] = '\u2011'
				}
			}
		}
		start = i + 1
	}
	return shown
}
