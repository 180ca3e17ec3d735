package pdf

// head draws what stands over the sections.
func (l *layout) head() {
	const eyebrow, title, titleStep = 8.4, 20, 23
	p := l.page
	pieces := piecesOf(&p.Kind, grey, grey)
	if p.Label != "" {
		pieces = append([]piece{{text: p.Label, weight: bold, colour: ink, typed: true}, {text: "   "}}, pieces...)
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
	headline := &p.Headline
	if len(headline.Parts) == 0 {
		headline = &p.Kind
	}
	heads := piecesOf(headline, ink, ink)
	for i := range heads {
		heads[i].weight = bold
	}
	l.y -= 6
	for _, line := range l.set.lines(l.set.paragraph(heads...), l.width(), title) {
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
