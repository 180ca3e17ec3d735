package pdf

import (
	"bearings/internal/brief"
	"bearings/internal/incident"
)

// A row is a sentence in its lines.
type row struct {
	line  *brief.PageLine
	lines []line
	size  float64
	step  float64

	beside bool    // on the last line of the row before
	x      float64 // of a row that is beside another
}

// row sets a sentence, with the names of those of its sources that it does not
// tell itself, in one colour for its words and one for those that lead in.
func (l *layout) row(s *brief.PageLine, width, size, step float64, words, lead colour) row {
	p, ok := l.set.shaped[s]
	if !ok {
		p = l.set.paragraph(piecesOf(s, words, lead)...)
		l.set.shaped[s] = p
	}
	if s.State != "" {
		width -= l.sign()
	}
	return row{line: s, lines: l.set.lines(p, width, size), size: size, step: step}
}

// sign is the room that the sign of a state takes.
func (l *layout) sign() float64 { return l.text*1.1 + 3.5 }

func piecesOf(s *brief.PageLine, words, lead colour) []piece {
	var pieces []piece
	gone := s.State == incident.Refuted || s.State == incident.Withdrawn
	for _, part := range s.Parts {
		p := piece{text: part.Text, colour: words, typed: part.Typed || part.Apart}
		switch {
		case part.Lead && s.Pressing:
			p.weight, p.colour = bold, caution
		case part.Lead:
			p.colour = lead
		case part.Typed && gone: // the claim, which comes first
			p.struck, p.colour, gone = true, lead, false
		}
		pieces = append(pieces, p)
	}
	for _, f := range s.From {
		if !f.Told {
			pieces = append(pieces, piece{text: " "}, piece{text: f.Name, colour: grey, typed: true})
		}
	}
	return pieces
}

func (l *layout) rowHeight(r *row) float64 {
	if r.beside {
		return 0
	}
	return float64(len(r.lines))*r.step + l.after
}

// baseline is how far below the top of a line its baseline is.
func (l *layout) baseline(size, step float64) float64 { return (step-size)/2 + size*0.83 }

func (l *layout) draw(r *row, x float64) {
	if r.line != nil && r.line.State != "" {
		side := l.text * 1.1
		l.sheet().glyph(r.line.State, x, l.y-r.step+(r.step-side)/2, side)
		x += l.sign()
	}
	for _, line := range r.lines {
		l.sheet().text(l.set.fonts, line, x, l.y-l.baseline(r.size, r.step), r.size)
		l.y -= r.step
	}
}

// share puts short sentences on one line, as many as it is wide. How many more
// there are goes on after the last one.
func (l *layout) share(rows []row, width float64) {
	used := width
	for i := range rows {
		r := &rows[i]
		if l.alone(r) {
			used = width
			if i == len(rows)-2 && rows[i+1].line == nil {
				used = l.widthOfLast(r)
			}
			continue
		}
		wide := l.widthOfLast(r)
		if x := used + l.shared; x+wide <= width {
			r.beside, r.x = true, x
			used = x + wide
			continue
		}
		used = wide
	}
}

// alone reports whether a sentence is too long, or too much by itself, to share
// a line.
func (l *layout) alone(r *row) bool { return len(r.lines) != 1 || r.line != nil && r.line.State != "" }

// widthOfLast is how far the last line of a row reaches.
func (l *layout) widthOfLast(r *row) float64 {
	wide := r.lines[len(r.lines)-1].width(r.size)
	if r.line != nil && r.line.State != "" {
		wide += l.sign()
	}
	return wide
}
