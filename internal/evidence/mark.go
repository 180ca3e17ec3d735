package evidence

import (
	"image"
	"image/color"
	"image/draw"
	"io"
	"math"

	"golang.org/x/image/vector"
)

// The shapes of marks.
const (
	Arrow = "arrow" // from From to To, its head at To
	Box   = "box"   // with From and To as corners
)

// Mark is a shape that points something out, in pixels of the upright picture.
type Mark struct {
	Shape    string      `json:"shape"`
	From, To image.Point // where a person began and ended drawing it
}

// Marks are red with a white edge: one of the two stands out on anything.
var (
	markColour = color.NRGBA{R: 0xd6, G: 0x1f, B: 0x1f, A: 0xff}
	markEdge   = color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
)

// Draw returns a picture with marks on it, over its pixels. The lines are as
// wide as the picture asks for.
func Draw(r io.ReaderAt, size int64, marks []Mark) ([]byte, error) {
	return copied(r, size, func(m image.Image) (image.Image, error) {
		if len(marks) == 0 {
			return nil, empty("there is no mark to draw")
		}
		out := canvas(m)
		for _, mark := range marks {
			if !near(mark.From, out.Bounds()) || !near(mark.To, out.Bounds()) {
				return nil, empty("a mark lies outside the picture")
			}
			mark.draw(out)
		}
		return out, nil
	})
}

// near says whether p is in the picture or not farther from it than its side.
func near(p image.Point, b image.Rectangle) bool {
	return p.In(image.Rect(-b.Dx(), -b.Dy(), 2*b.Dx(), 2*b.Dy()))
}

// draw paints the edge first, then the mark on it.
func (m Mark) draw(out draw.Image) {
	b := out.Bounds()
	width := max(3, float64(max(b.Dx(), b.Dy()))/320)
	m.paint(out, width, width*0.6, markEdge)
	m.paint(out, width, 0, markColour)
}

// paint draws the shape with lines of the width, grown by edge to all sides.
func (m Mark) paint(out draw.Image, width, edge float64, c color.Color) {
	b := out.Bounds()
	z := vector.NewRasterizer(b.Dx(), b.Dy())
	from, to := at(m.From), at(m.To)
	if m.Shape == Box {
		boxPath(z, from, to, width, edge)
	} else {
		arrowPath(z, from, to, width, edge)
	}
	z.Draw(out, b, image.NewUniform(c), image.Point{})
}

type point struct{ x, y float64 }

// at is the middle of a pixel.
func at(p image.Point) point { return point{float64(p.X) + 0.5, float64(p.Y) + 0.5} }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) times(k float64) point { return point{p.x * k, p.y * k} }
func (p point) to(q point) point      { return point{q.x - p.x, q.y - p.y} }
func (p point) left() point           { return point{p.y, -p.x} }
func (p point) length() float64       { return math.Hypot(p.x, p.y) }
func polygon(z *vector.Rasterizer, points ...point) {
	z.MoveTo(float32(points[0].x), float32(points[0].y))
	for _, p := range points[1:] {
		z.LineTo(float32(p.x), float32(p.y))
	}
	z.ClosePath()
}

// boxPath is a frame: a rectangle, and a hole in it that goes round the other
// way.
func boxPath(z *vector.Rasterizer, a, b point, width, edge float64) {
	left, right := min(a.x, b.x), max(a.x, b.x)
	top, bottom := min(a.y, b.y), max(a.y, b.y)
	grow := width/2 + edge
	polygon(z, point{left - grow, top - grow}, point{right + grow, top - grow}, point{right + grow, bottom + grow}, point{left - grow, bottom + grow})
	if right-left > 2*grow && bottom-top > 2*grow {
		polygon(z, point{left + grow, top + grow}, point{left + grow, bottom - grow}, point{right - grow, bottom - grow}, point{right - grow, top + grow})
	}
}

// arrowPath is a shaft and a head, as one outline. An arrow that was drawn too
// short to be seen as one begins farther back.
func arrowPath(z *vector.Rasterizer, from, to point, width, edge float64) {
	way := from.to(to)
	if way.length() < 1 {
		way = point{1, -1}
	}
	head := 5.5 * width
	ahead := way.times(1 / way.length())
	side := ahead.left()
	half, wing := width/2+edge, head*0.5+edge*1.6
	tip := to.plus(ahead.times(edge * 2))
	neck := to.plus(ahead.times(-head - edge))
	tail := to.plus(ahead.times(-max(way.length(), 2*head) - edge))
	polygon(z,
		tip,
		neck.plus(side.times(wing)),
		neck.plus(side.times(half)),
		tail.plus(side.times(half)),
		tail.plus(side.times(-half)),
		neck.plus(side.times(-half)),
		neck.plus(side.times(-wing)),
	)
}
