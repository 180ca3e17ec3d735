package pdf

import (
	"github.com/carlos7ags/folio/content"

	"bearings/internal/brief"
)

// A layout is a page being laid out.
type layout struct {
	measures
	paper    Paper
	set      *setter
	page     *brief.Page
	measured bool // only: nothing is drawn

	sheets []*sheet
	y      float64 // of the top of what comes next
	top    float64 // of the sheet
}

// layOut lays a page out on one sheet, as roomy as its words allow, or on as
// many as it takes: roomy again, with short sentences beside each other.
func layOut(p *brief.Page, paper Paper, set *setter) []*sheet {
	l := &layout{measures: usual, paper: paper, set: set, page: p}
	switch d, ok := density(p, paper, set, brief.DenseSizes()); {
	case !ok:
		l.measures.shared = l.text
	case d != brief.Roomy:
		l.measures = dense(float64(d))
	}
	l.run(false)
	return l.sheets
}

func (l *layout) width() float64 { return l.paper.Width - 2*l.side }

func (l *layout) bottom() float64 { return l.edge }

func (l *layout) sheet() *sheet { return l.sheets[len(l.sheets)-1] }

func (l *layout) newSheet() {
	s := &sheet{}
	if !l.measured {
		s.stream = content.NewStream()
	}
	l.sheets = append(l.sheets, s)
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
