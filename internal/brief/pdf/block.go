package pdf

// A block is what is not broken over sheets where it fits on one: the
// section's rows below its title.
type block struct {
	title *paragraph
	mark  string
	rows  []row
	boxed bool
}

// blocks sets the sections in the width that they will have.
func (l *layout) blocks() []block {
	width := l.columnWidth()
	if l.hanging > 0 {
		width -= l.hanging
	}
	blocks := make([]block, 0, len(l.page.Sections))
	for i := range l.page.Sections {
		s := &l.page.Sections[i]
		b := block{title: l.set.paragraph(piece{text: s.Title, weight: bold, colour: ink}), mark: s.Title, boxed: s.ID == "help"}
		inner := width
		if b.boxed {
			inner -= 2 * boxPad
		}
		for j := range s.Lines {
			b.rows = append(b.rows, l.row(&s.Lines[j], inner, l.text, l.leading, ink, grey))
		}
		if s.More != "" {
			more := l.set.lines(l.set.paragraph(piece{text: s.More, colour: grey}), inner, l.text)
			b.rows = append(b.rows, row{lines: more, size: l.text, step: l.leading})
		}
		if l.shared > 0 {
			l.share(b.rows, inner)
		}
		blocks = append(blocks, b)
	}
	return blocks
}

func (l *layout) height(b *block) float64 {
	rows, title := 0.0, float64(len(l.title(b)))*l.leading
	for i := range b.rows {
		rows += l.rowHeight(&b.rows[i])
	}
	h := rows + title
	if l.hanging > 0 {
		h = max(rows, title)
	}
	if b.boxed {
		h += 2*boxPad + boxAfter
	}
	return h + 2*l.gap
}

// place draws a section below the last one, on the next sheet where it does
// not fit on this one.
func (l *layout) place(b *block, ruled bool) {
	full := l.paper.Height - 2*l.edge
	if h := l.height(b); l.y-h < l.bottom() && h <= full {
		l.newSheet()
	}
	l.section(b, l.side, ruled && l.y < l.top, true)
}

// section draws a section at the height that was reached, with a line over it
// where something stands above. Where it may, it goes on on the next sheet.
func (l *layout) section(b *block, x float64, ruled, breaks bool) {
	width := l.columnWidth()
	l.sheet().marks = append(l.sheet().marks, mark{b.mark, l.y})
	if ruled {
		l.sheet().rule(x, l.y, width, 0.6, hair)
	}
	l.y -= l.gap
	boxed := b.boxed && !(breaks && l.y-l.height(b) < l.bottom()) // a box is not broken
	if boxed {
		height := l.height(b) - 2*l.gap - boxAfter
		l.sheet().box(x, l.y-height, width, height)
		l.y -= boxPad
		x += boxPad
	}
	l.titleAndRows(b, x, breaks)
	if boxed {
		l.y -= boxPad + boxAfter
	}
	l.y -= l.gap
}

// titleAndRows draws a section's title, hanging in the margin or above, and
// its sentences.
func (l *layout) titleAndRows(b *block, x float64, breaks bool) {
	top, titles := l.y, l.title(b)
	for i, t := range titles {
		l.sheet().text(l.set.fonts, t, x, top-float64(i)*l.leading-l.baseline(l.text, l.leading), l.text)
	}
	under := top - float64(len(titles))*l.leading
	if l.hanging == 0 {
		l.y = under
	} else if b.boxed {
		x -= boxPad
	}
	for i := range b.rows {
		r := &b.rows[i]
		if breaks && l.y-l.rowHeight(r) < l.bottom() {
			l.newSheet()
			under = l.y
		}
		if r.beside { // back to the line that it is on
			l.y += l.after + r.step
		}
		l.draw(r, x+l.hanging+r.x)
		l.y -= l.after
	}
	l.y = min(l.y, under)
}

// title sets the title of a section.
func (l *layout) title(b *block) []line {
	width := l.columnWidth()
	if l.hanging > 0 {
		width = l.hanging - 3*mm
	}
	if b.boxed {
		width -= boxPad
	}
	return l.set.lines(b.title, width, l.text)
}
