package pdf

import (
	"slices"

	"github.com/carlos7ags/folio/content"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"bearings/internal/incident"
)

// A sheet is one page of the PDF. On one without a stream nothing is drawn: it
// was laid out to be measured.
type sheet struct {
	stream *content.Stream
	marks  []mark
}

// A mark is a place that a bookmark leads to.
type mark struct {
	title string
	top   float64
}

// text draws a line with its left end at x and its baseline at y.
func (s *sheet) text(f *fonts, l line, x, y, size float64) {
	if s.stream == nil {
		return
	}
	var words []word
	var struck [][2]float64
	for i := range l.runs {
		run := &l.runs[i]
		words = append(words, wordsOf(l.of, run, f.of(run.Face), x, size)...)
		end := x + points(run.Advance, size)
		if l.of.at(run.Runes.Offset).struck {
			struck = append(struck, [2]float64{x, end})
		}
		x = end
	}
	slices.SortStableFunc(words, func(a, b word) int { return a.at - b.at })
	pen := &pen{stream: s.stream, of: l.of, size: size}
	s.stream.BeginText()
	for i := range words {
		pen.word(&words[i], y)
		if i+1 < len(words) && words[i].turned && !words[i+1].turned && words[i].end(size) > words[i+1].x-0.1*size {
			pen.pause(f.all[plain])
		}
	}
	s.stream.EndText()
	for _, part := range struck {
		s.rule(part[0], y+size*0.3, part[1]-part[0], size*0.07, grey)
	}
}

// A word is a part of a line that is drawn from the left to the right. Words
// are drawn in the order in which they are read: programs that read a PDF
// aloud, copy it or search it turn the letters of what is written from the
// right by themselves, word by word. What is no letter they leave where it
// stands, so each of these is a word of its own.
type word struct {
	face   *typeface
	glyphs []shaping.Glyph
	x      float64
	at     int  // place of its first character in the paragraph
	turned bool // it is letters that are written from the right
}

// end is the right end of a word.
func (w *word) end(size float64) float64 {
	x := w.x
	for _, g := range w.glyphs {
		x += points(g.Advance, size)
	}
	return x
}

// wordsOf divides a run into words, where it is written from the right.
func wordsOf(of *paragraph, run *shaping.Output, t *typeface, x, size float64) []word {
	if run.Direction != di.DirectionRTL {
		return []word{{face: t, glyphs: run.Glyphs, x: x, at: run.Runes.Offset}}
	}
	var words []word
	joins := false
	for n, g := range run.Glyphs {
		is := letter(of.runes[g.TextIndex()])
		if is && joins || n > 0 && run.Glyphs[n-1].TextIndex() == g.TextIndex() {
			last := &words[len(words)-1]
			last.glyphs, last.at = run.Glyphs[n-len(last.glyphs):n+1], g.TextIndex()
		} else {
			words = append(words, word{t, run.Glyphs[n : n+1], x, g.TextIndex(), is})
		}
		joins = is
		x += points(g.Advance, size)
	}
	return words
}

// A pen writes glyphs one after the other, where the shaper put them.
type pen struct {
	stream *content.Stream
	of     *paragraph
	size   float64
	face   *typeface
	ink    *colour
	array  []content.TextArrayElement
	rise   float64

	// In thousandths of the size, from the left end of the word:
	place  float64 // of what comes next
	drawn  float64 // where the last glyph ended
	beside []beside
}

// beside is a glyph that stands beside the letter of its cluster.
type beside struct {
	glyph shaping.Glyph
	place float64
	ink   colour
}

func (p *pen) word(w *word, y float64) {
	p.face, p.place, p.drawn = w.face, 0, 0
	p.stream.SetFont(w.face.name, p.size)
	p.stream.SetTextMatrix(1, 0, 0, 1, w.x, y)
	glyphs := w.glyphs
	for n := 0; n < len(glyphs); {
		count := max(1, min(glyphs[n].GlyphsCount(), len(glyphs)-n))
		cluster := glyphs[n : n+count]
		n += count
		first := cluster[0].TextIndex()
		p.colour(p.of.at(first).colour)
		p.cluster(cluster, p.of.runes[first:min(first+cluster[0].RunesCount(), len(p.of.runes))], w.turned)
	}
	p.flush()
	if len(p.beside) > 0 {
		p.saying("", p.rest)
	}
	if p.rise != 0 {
		p.rise = 0
		p.stream.SetTextRise(0)
	}
}

// cluster draws the glyphs that stand for a text together. The text is given
// with the widest, so that it reaches as far as the letter does; marks on it
// are drawn after the word, and say nothing more.
func (p *pen) cluster(glyphs []shaping.Glyph, text []rune, turned bool) {
	if p.stands(glyphs, text) {
		p.draw(p.place, glyphs[0])
		p.place += thousandths(glyphs[0].Advance)
		return
	}
	p.flush()
	widest := 0
	for i, g := range glyphs {
		if g.Advance > glyphs[widest].Advance {
			widest = i
		}
	}
	for i, g := range glyphs {
		if i != widest {
			p.beside = append(p.beside, beside{g, p.place, *p.ink})
		} else {
			p.saying(asRead(text, turned), func() { p.draw(p.place, g) })
		}
		p.place += thousandths(g.Advance)
	}
}

// asRead is the text of a cluster in the order in which it is to be written:
// programs that read a PDF turn what is written from the right character by
// character, that of a cluster too.
func asRead(text []rune, turned bool) string {
	if turned {
		text = slices.Clone(text)
		slices.Reverse(text)
	}
	return string(text)
}

// rest draws what stands beside the letters of a word.
func (p *pen) rest() {
	for _, b := range p.beside {
		p.colour(b.ink)
		p.draw(b.place, b.glyph)
	}
	p.beside = nil
}

// saying draws what is read as a text, whatever its glyphs mean.
func (p *pen) saying(text string, draw func()) {
	p.stream.BeginMarkedContentActualText(text)
	draw()
	p.flush()
	p.stream.EndMarkedContent()
}

// pause ends a word for programs that would take what touches it for a part of
// it, and turn that too: by a step back, to a space that says nothing.
func (p *pen) pause(t *typeface) {
	gid, _ := t.face.NominalGlyph(' ')
	p.face = t
	p.face.mean(uint16(gid), ' ')
	p.stream.SetFont(t.name, p.size)
	p.saying("", func() { p.draw(0, shaping.Glyph{GlyphID: gid}) })
}

// stands reports whether the glyph of a cluster stands for its one character,
// and for no other in this document.
func (p *pen) stands(cluster []shaping.Glyph, text []rune) bool {
	if len(cluster) == 1 && len(text) == 1 && cluster[0].GlyphID != 0 {
		return p.face.mean(uint16(cluster[0].GlyphID), text[0]) == text[0]
	}
	for _, g := range cluster {
		p.face.mean(uint16(g.GlyphID), 0)
	}
	return false
}

// draw draws a glyph at a place.
func (p *pen) draw(place float64, g shaping.Glyph) {
	gid := uint16(g.GlyphID)
	if up := points(g.YOffset, p.size); up != p.rise {
		p.flush()
		p.stream.SetTextRise(up)
		p.rise = up
	}
	to := place + thousandths(g.XOffset)
	if by := to - p.drawn; by <= -0.5 || by >= 0.5 {
		p.array = append(p.array, content.TextArrayElement{Adjustment: -by, IsAdjustment: true})
		p.drawn = to
	}
	hex := p.face.font.EncodeGIDs([]uint16{gid}, string(p.face.means[gid]))
	if n := len(p.array); n > 0 && !p.array[n-1].IsAdjustment {
		p.array[n-1].HexData = append(p.array[n-1].HexData, hex...)
	} else {
		p.array = append(p.array, content.TextArrayElement{HexData: hex})
	}
	p.drawn += float64(int(float64(p.face.font.Face().GlyphAdvance(gid)) * 1000 / p.face.upem))
}

// thousandths are those of a size, as em is.
func thousandths(v fixed.Int26_6) float64 { return float64(v) / 64 }

func (p *pen) flush() {
	if len(p.array) > 0 {
		p.stream.ShowTextArrayHex(p.array)
		p.array = nil
	}
}

func (p *pen) colour(c colour) {
	if p.ink != nil && *p.ink == c {
		return
	}
	p.flush()
	p.stream.SetFillColorRGB(c[0], c[1], c[2])
	p.ink = &c
}

// rule draws a horizontal line.
func (s *sheet) rule(x, y, width, weight float64, c colour) {
	s.decorate(func() {
		s.stream.SetStrokeColorRGB(c[0], c[1], c[2])
		s.stream.SetLineWidth(weight)
		s.stream.MoveTo(x, y)
		s.stream.LineTo(x+width, y)
		s.stream.Stroke()
	})
}

// box draws the outline of a box with round corners.
func (s *sheet) box(x, y, width, height float64) {
	s.decorate(func() {
		s.stream.SetStrokeColorRGB(ink[0], ink[1], ink[2])
		s.stream.SetLineWidth(1.25)
		s.stream.RoundedRect(x, y, width, height, 4)
		s.stream.Stroke()
	})
}

// decorate draws what says nothing that the words don't.
func (s *sheet) decorate(draw func()) {
	if s.stream == nil {
		return
	}
	s.stream.BeginMarkedContent("Artifact")
	s.stream.SaveState()
	draw()
	s.stream.RestoreState()
	s.stream.EndMarkedContent()
}

// glyph draws the sign of a claim's state in a square of a size, with its
// lower left corner at x and y.
func (s *sheet) glyph(state incident.ClaimState, x, y, size float64) {
	c := map[incident.ClaimState]colour{incident.Verified: green, incident.Supported: blue, incident.ClaimDisputed: caution}
	tint, ok := c[state]
	if !ok {
		tint = grey
	}
	s.decorate(func() {
		k := size / 16
		st := s.stream
		st.ConcatMatrix(k, 0, 0, -k, x, y+size) // as the signs are drawn in HTML: 16 wide, from the top
		st.SetStrokeColorRGB(tint[0], tint[1], tint[2])
		st.SetFillColorRGB(tint[0], tint[1], tint[2])
		st.SetLineCap(1)
		st.SetLineJoin(1)
		st.SetLineWidth(1.5)
		switch state {
		case incident.Verified:
			st.Circle(8, 8, 6.5)
			st.Fill()
			s.cut(1.7, [][2]float64{{5, 8.2}, {7.1, 10.3}, {11, 6.2}})
		case incident.Supported:
			st.Circle(8, 8, 5.75)
			st.Stroke()
			st.MoveTo(8, 3.6)
			st.CurveTo(10.43, 3.6, 12.4, 5.57, 12.4, 8)
			st.CurveTo(12.4, 10.43, 10.43, 12.4, 8, 12.4)
			st.ClosePath()
			st.Fill()
		case incident.ClaimDisputed:
			st.MoveTo(8, 1.2)
			st.LineTo(14.8, 8)
			st.LineTo(8, 14.8)
			st.LineTo(1.2, 8)
			st.ClosePath()
			st.Fill()
			s.cut(1.3, [][2]float64{{5.2, 6.7}, {10.8, 6.7}})
			s.cut(1.3, [][2]float64{{5.2, 9.3}, {10.8, 9.3}})
			s.cut(1.3, [][2]float64{{9.6, 4.6}, {6.4, 11.4}})
		case incident.Refuted:
			s.stroke(1.8, [][2]float64{{4, 4}, {12, 12}})
			s.stroke(1.8, [][2]float64{{12, 4}, {4, 12}})
		case incident.Withdrawn:
			s.stroke(1.8, [][2]float64{{3.5, 8}, {12.5, 8}})
		default:
			st.SetDashPattern([]float64{2.4, 2.1}, 0)
			st.SetLineCap(0)
			st.Circle(8, 8, 5.75)
			st.Stroke()
		}
	})
}

// cut draws in the colour of the paper.
func (s *sheet) cut(weight float64, way [][2]float64) {
	s.stream.SetStrokeColorRGB(1, 1, 1)
	s.stroke(weight, way)
}

func (s *sheet) stroke(weight float64, way [][2]float64) {
	s.stream.SetLineWidth(weight)
	s.stream.MoveTo(way[0][0], way[0][1])
	for _, p := range way[1:] {
		s.stream.LineTo(p[0], p[1])
	}
	s.stream.Stroke()
}
