package pdf

import (
	"strconv"
)

// footRows are the last lines of a page; the reader's answer stands in a box.
func (l *layout) footRows() (rows []row, answer *row) {
	for i := range l.page.Foot {
		s := &l.page.Foot[i]
		width := l.width()
		if s.Answer {
			width -= 2 * boxPad
		}
		tone := grey
		if s.Answer {
			tone = ink
		}
		r := l.row(s, width, l.small, l.smallGap, tone, tone)
		if s.Answer {
			answer = &r
			continue
		}
		rows = append(rows, r)
	}
	if n := len(l.set.fonts.lost); n > 0 {
		text := "Of " + strconv.Itoa(n) + " characters no font of this machine has the shape: they are drawn as a box. The text under it is whole; the other formats show it."
		if n == 1 {
			text = "Of 1 character no font of this machine has the shape: it is drawn as a box. The text under it is whole; the other formats show it."
		}
		rows = append(rows, row{lines: l.set.lines(l.set.paragraph(piece{text: text, colour: ink}), l.width(), l.small), size: l.small, step: l.smallGap})
	}
	return rows, answer
}

func (l *layout) footHeight() float64 {
	rows, answer := l.footRows()
	h := 8.0
	for i := range rows {
		h += l.rowHeight(&rows[i])
	}
	if answer != nil {
		h += l.rowHeight(answer) + 12
	}
	return h
}

func (l *layout) foot() {
	rows, answer := l.footRows()
	if l.y-8-l.smallGap < l.bottom() {
		l.newSheet()
	}
	l.y -= 3
	l.sheet().rule(l.side, l.y, l.width(), 0.6, hair)
	l.y -= 3
	for i := range rows {
		if l.y-l.rowHeight(&rows[i]) < l.bottom() {
			l.newSheet()
		}
		l.draw(&rows[i], l.side)
		l.y -= l.after
	}
	if answer == nil {
		return
	}
	h := l.rowHeight(answer) + 8
	if l.y-h-4 < l.bottom() {
		l.newSheet()
	}
	l.y -= 4
	l.sheet().box(l.side, l.y-h, l.width(), h)
	l.y -= 4
	l.draw(answer, l.side+boxPad)
}
