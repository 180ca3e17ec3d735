package brief

import "unicode/utf8"

// How close the words stand on paper. A page of the usual measures holds some
// 350 words; what is more goes into two columns, then into smaller letters, so
// that five minutes of reading stay one sheet where that can be read at all.
const (
	printRoomy = "roomy"
	printClose = "close"
	printTight = "tight"
)

// density chooses from an estimate of the lines that a page will fill. A paper
// of Letter's height, which is the lower, holds linesRoomy and linesClose.
func density(p *Page) string {
	const (
		linesRoomy, widthRoomy = 48, 78
		linesClose, widthClose = 100, 50
	)
	switch {
	case lines(p, widthRoomy, 0) <= linesRoomy:
		return printRoomy
	case lines(p, widthClose, 1) <= linesClose:
		return printClose
	}
	return printTight
}

// lines estimates how many lines of width characters a page fills, with so
// many lines for the title of a section.
func lines(p *Page, width, title int) int {
	n := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		n += title + 1
		for j := range s.Lines {
			n += (utf8.RuneCountInString(s.Lines[j].Text()) + width - 1) / width
		}
	}
	return n
}
