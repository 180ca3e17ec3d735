package command

import (
	"io"
	"os"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

const (
	columnGap  = "  "
	leastWidth = 40 // below this a terminal wraps rather than hides
)

// table writes rows in columns. What people wrote stands in the last column:
// it may be long, or run from right to left, and moves nothing there. On a
// terminal a row is cut to one line; elsewhere it is whole.
func (s *session) table(indent string, rows [][]string) {
	widths := columnWidths(rows)
	for _, row := range rows {
		var line strings.Builder
		line.WriteString(indent)
		for n, cell := range row {
			line.WriteString(cell)
			if n < len(row)-1 && widths[n] > 0 {
				line.WriteString(strings.Repeat(" ", widths[n]-uniseg.StringWidth(cell)) + columnGap)
			}
		}
		s.say("%s", s.fit(strings.TrimRight(line.String(), " ")))
	}
}

func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for n, cell := range row {
			if n == len(widths) {
				widths = append(widths, 0)
			}
			widths[n] = max(widths[n], uniseg.StringWidth(cell))
		}
	}
	return widths
}

// fit cuts a line to the width of the terminal that it goes to.
func (s *session) fit(line string) string {
	if s.width < leastWidth {
		return line
	}
	return cut(line, s.width)
}

// cut shortens a text to so many cells; "…" stands for the rest.
func cut(text string, cells int) string {
	if uniseg.StringWidth(text) <= cells {
		return text
	}
	var kept strings.Builder
	width := 0
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if width += g.Width(); width >= cells {
			break
		}
		kept.WriteString(g.Str())
	}
	return strings.TrimRight(kept.String(), " ") + "…"
}

// terminalWidth returns the cells of a line where w is a terminal, else 0.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
