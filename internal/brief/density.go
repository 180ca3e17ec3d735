package brief

import (
	"math"
	"slices"
	"strconv"
)

// A Density is how close the words of a page stand on paper: the size of its
// letters in two columns, in points; or [Roomy].
type Density float64

// Roomy is the density of the design: one column, titles in its margin.
const Roomy Density = 0

// DenseSizes are the sizes of letters in two columns, the largest first. The
// last is the smallest that is read without effort at three in the morning:
// what has more words takes another sheet.
func DenseSizes() []Density { return []Density{9.6, 9.4, 9.2, 9} }

// least is the smallest size of what a browser prints, which breaks lines by
// its own rules.
const least Density = 8.8

// Smaller is the next smaller density, for a browser; the smallest is its own.
func (d Density) Smaller() Density {
	if d == Roomy {
		return d
	}
	sizes := append(DenseSizes(), least)
	return sizes[min(slices.Index(sizes, d)+1, len(sizes)-1)]
}

// class names a density as the style of the page does: s92 for 9.2 points.
func (d Density) class() string {
	if d == Roomy {
		return "roomy"
	}
	return "dense s" + strconv.Itoa(int(math.Round(10*float64(d))))
}
