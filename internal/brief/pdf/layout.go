package pdf

import (
	"sort"
	"strconv"

	"github.com/carlos7ags/folio/content"

	"bearings/internal/brief"
	"bearings/internal/incident"
)

const mm = 72 / 25.4

// measures are those of a page, in points.
type measures struct {
	text, leading   float64
	small, smallGap float64 // size and leading of what is beside the facts
	lede, ledeGap   float64
	side, edge      float64 // margins beside, and over and under
	columns         int
	hanging         float64 // margin in which the titles of sections hang; 0 for titles above
	gap             float64 // over and under the line between sections
	after           float64 // under a sentence
	shared          float64 // between short sentences that share a line; 0 where each has its own
}

// usual are the measures of the design.
var usual = measures{
	text: 9.6, leading: 13.4, small: 8.4, smallGap: 11.4, lede: 11.5, ledeGap: 15.5,
	side: 16 * mm, edge: 15 * mm, columns: 1, hanging: 35 * mm, gap: 5, after: 2,
}

// dense are measures in which more words stand on a sheet: two columns, with
// letters of a size in points.
func dense(text float64) measures {
	return measures{
		text: text, leading: 1.24 * text, small: 0.92 * text, smallGap: 1.15 * text, lede: 10.4, ledeGap: 13.6,
		side: 14 * mm, edge: 12 * mm, columns: 2, gap: 0.24 * text, after: 0.07 * text, shared: text,
	}
}

const (
	between  = 5 * mm // columns
	boxPad   = 5
	boxAfter = 2
)

// A layout is a page being laid out.
type layout struct {
	measures
	paper Paper
	set   *setter
	page  *brief.Page

	sheets []*sheet
	y      float64 // of the top of what comes next
	top    float64 // of the sheet
}

// A block is what is not broken over sheets where it fits on one: the
// section's rows below its title.
type block struct {
	title *paragraph
	mark  string
	rows  []row
	boxed bool
}

// A row is a sentence in its lines.
type row struct {
	line  *brief.PageLine
	lines []line
	size  float64
	step  float64

	beside bool    // on the last line of the row before
	x      float64 // of a row that is beside another
}

// layOut lays a page out on one sheet, as roomy as its words allow, or on as
// many as it takes. It says how dense one is.
func layOut(p *brief.Page, paper Paper, set *setter) ([]*sheet, brief.Density) {
	lay := func(m measures, one bool) []*sheet {
		l := &layout{measures: m, paper: paper, set: set, page: p}
		l.run(one)
		return l.sheets
	}
	if sheets := lay(usual, true); len(sheets) == 1 {
		return sheets, brief.Roomy
	}
	// The largest letters with which everything is on one sheet.
	sizes := brief.DenseSizes()
	var fit []*sheet
	i := sort.Search(len(sizes), func(i int) bool {
		sheets := lay(dense(float64(sizes[i])), true)
		if len(sheets) == 1 {
			fit = sheets
		}
		return len(sheets) == 1
	})
	if fit != nil {
		return fit, sizes[i]
	}
	return lay(usual, false), brief.Roomy
}

func (l *layout) width() float64 { return l.paper.Width - 2*l.side }

func (l *layout) bottom() float64 { return l.edge }

func (l *layout) sheet() *sheet { return l.sheets[len(l.sheets)-1] }

func (l *layout) newSheet() {
	l.sheets = append(l.sheets, &sheet{stream: content.NewStream()})
	l.top = l.paper.Height - l.edge
	l.y = l.top
}

// run lays out; where one sheet is wanted, it may give up after it.
func (l *layout) run(one bool) {
	l.newSheet()
	l.head()
	blocks := l.blocks()
	if l.columns > 1 {
		l.inColumns(blocks)
	} else {
		for i := range blocks {
			l.place(&blocks[i], i > 0 && !blocks[i-1].boxed && !blocks[i].boxed)
			if one && len(l.sheets) > 1 {
				return
			}
		}
	}
	l.foot()
}

// head draws what stands over the sections.
func (l *layout) head() {
	const eyebrow, title, titleStep = 8.4, 20, 23
	p := l.page
	pieces := []piece{{text: p.Kind, colour: grey}}
	if p.Label != "" {
		pieces = []piece{{text: p.Label, weight: bold, colour: ink}, {text: "   " + p.Kind, colour: grey}}
	}
	moment := l.set.lines(l.set.paragraph(piece{text: p.Moment, colour: grey}), l.width(), eyebrow)
	left := l.set.lines(l.set.paragraph(pieces...), l.width()-moment[0].width(eyebrow)-12, eyebrow)
	l.y -= 11.4
	for i, line := range left {
		if i > 0 {
			l.y -= 11.4
		}
		l.sheet().text(l.set.fonts, line, l.side, l.y, eyebrow)
	}
	l.sheet().text(l.set.fonts, moment[0], l.side+l.width()-moment[0].width(eyebrow), l.y+11.4*float64(len(left)-1), eyebrow)
	headline := l.page.Headline.Text()
	if headline == "" {
		headline = p.Kind
	}
	l.y -= 6
	for _, line := range l.set.lines(l.set.paragraph(piece{text: headline, weight: bold, colour: ink}), l.width(), title) {
		l.y -= titleStep
		l.sheet().text(l.set.fonts, line, l.side, l.y+4, title)
	}
	l.y -= 2
	for i := range p.Lede {
		r := l.row(&p.Lede[i], l.width(), l.lede, l.ledeGap, ink, ink)
		l.draw(&r, l.side)
	}
	l.y -= 5
	l.sheet().rule(l.side, l.y, l.width(), 1.5, ink)
	l.y -= 4
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

func (l *layout) columnWidth() float64 {
	return (l.width() - between*float64(l.columns-1)) / float64(l.columns)
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
		p := piece{text: part.Text, colour: words}
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
			pieces = append(pieces, piece{text: " " + f.Name, colour: grey})
		}
	}
	return pieces
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

func (l *layout) rowHeight(r *row) float64 {
	if r.beside {
		return 0
	}
	return float64(len(r.lines))*r.step + l.after
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

// inColumns draws the sections in columns of about the same height. What does
// not fit makes another sheet, which says that this density is none for the
// page.
func (l *layout) inColumns(blocks []block) {
	total, tallest := 0.0, 0.0
	heights := make([]float64, len(blocks))
	for i := range blocks {
		heights[i] = l.height(&blocks[i])
		total += heights[i]
		tallest = max(tallest, heights[i])
	}
	room := l.y - l.bottom() - l.footHeight()
	limit := max(tallest, total/float64(l.columns))
	for ; limit <= room && !fits(heights, limit, l.columns); limit += 4 {
	}
	if limit > room {
		l.newSheet()
		return
	}
	top, low := l.y, l.y
	x, used := l.side, 0.0
	for i := range blocks {
		if used > 0 && used+heights[i] > limit {
			x += l.columnWidth() + between
			l.y, used = top, 0
		}
		l.section(&blocks[i], x, used > 0 && !blocks[i-1].boxed && !blocks[i].boxed, false)
		used += heights[i]
		low = min(low, l.y)
	}
	l.y = low
}

// fits reports whether blocks fill at most so many columns of a height.
func fits(heights []float64, limit float64, columns int) bool {
	used := 0.0
	for _, h := range heights {
		if used > 0 && used+h > limit {
			columns--
			used = 0
		}
		used += h
	}
	return columns >= 1
}

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
