package pdf

import (
	"fmt"
	"slices"
	"sort"

	"bearings/internal/brief"
)

// Density is how close the words of a brief have to stand for one sheet of A4
// and one of Letter: so dense, a browser prints its HTML as it is written here.
// No two programs break lines alike, so it is a step smaller than what fits.
func Density(b *brief.Brief, find func(r rune) (font []byte, ok bool)) (brief.Density, error) {
	fonts, err := newFonts(find)
	if err != nil {
		return brief.Roomy, fmt.Errorf("read the fonts of the page: %w", err)
	}
	page, set := b.Page(), newSetter(fonts)
	smallest, sizes := brief.Roomy, brief.DenseSizes()
	for _, paper := range []Paper{A4, Letter} {
		if d, ok := density(page, paper, set, sizes); ok && d != brief.Roomy {
			smallest, sizes = d, sizes[slices.Index(sizes, d):] // the other paper needs no larger ones
		}
	}
	return smallest.Smaller(), nil
}

// density is the roomiest one with which a page is on one sheet: that of the
// design, or else one of the sizes, which come largest first. None may be.
func density(p *brief.Page, paper Paper, set *setter, sizes []brief.Density) (brief.Density, bool) {
	fits := func(m measures) bool {
		l := &layout{measures: m, paper: paper, set: set, page: p, measured: true}
		l.run(true)
		return len(l.sheets) == 1
	}
	if fits(usual) {
		return brief.Roomy, true
	}
	i := sort.Search(len(sizes), func(i int) bool { return fits(dense(float64(sizes[i]))) })
	if i == len(sizes) {
		return brief.Roomy, false
	}
	return sizes[i], true
}
