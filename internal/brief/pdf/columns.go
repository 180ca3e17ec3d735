package pdf

func (l *layout) columnWidth() float64 {
	return (l.width() - between*float64(l.columns-1)) / float64(l.columns)
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
