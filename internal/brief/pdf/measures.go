package pdf

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
