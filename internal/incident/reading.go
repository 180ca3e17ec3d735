package incident

import (
	"slices"
	"strconv"
	"time"
)

// A Reading is a number that measures the impact, over time.
type Reading struct {
	Name    string
	Unit    string
	Worse   string  // "up" or "down", empty where unset
	Points  []Point // by time
	Last    Point
	Worst   Point
	Recover bool // Last is better than Worst
}

// A Point is one value of a reading.
type Point struct {
	Ref
	At    time.Time
	Value float64
	By    string
}

// readings are the numbers that measure the impact, by name.
type readings struct {
	list   []*reading
	byName map[string]*reading
}

type reading struct{ Reading }

func newReadings() readings { return readings{byName: map[string]*reading{}} }

// readingAdd is one value.
type readingAdd struct {
	Name  string   `field:"name,required"`
	Value *float64 `field:"value"`
	Unit  *string  `field:"unit"`
	Worse *string  `field:"worse,oneof=up|down"`
	unruled
}

func (b *readingAdd) valid() *Error {
	if b.Value == nil {
		return invalid("value is missing")
	}
	return nil
}

func (b *readingAdd) apply(f *fold, e *entry, _ bool) {
	r, ok := f.readings.byName[b.Name]
	if !ok {
		r = &reading{Reading{Name: b.Name}}
		f.readings.byName[b.Name] = r
		f.readings.list = append(f.readings.list, r)
	}
	if b.Unit != nil {
		r.Unit = *b.Unit
	}
	if b.Worse != nil {
		r.Worse = *b.Worse
	}
	r.Points = append(r.Points, Point{
		Ref: Ref{ID: e.ID, Kind: KindReading}, At: e.At, Value: *b.Value, By: e.Person,
	})
}

func (b *readingAdd) retract(f *fold, e *entry, _ int) {
	if r, ok := f.readings.byName[b.Name]; ok {
		r.Points = slices.DeleteFunc(r.Points, func(p Point) bool { return p.ID == e.ID })
	}
}

func (b *readingAdd) line(n *names, e *entry) (Ref, string) {
	unit := ""
	if b.Unit != nil {
		unit = *b.Unit
	}
	return Ref{ID: e.ID, Kind: KindReading}, n.turned(e, b.Name+" "+FormatValue(*b.Value, unit))
}

// FormatValue writes a value with its unit: "38%", "240 ms".
func FormatValue(value float64, unit string) string {
	number := strconv.FormatFloat(value, 'f', -1, 64)
	switch unit {
	case "":
		return number
	case "%":
		return number + "%"
	default:
		return number + " " + unit
	}
}

func (r *reading) show() Reading {
	v := r.Reading
	v.Points = slices.Clone(v.Points)
	slices.SortStableFunc(v.Points, func(a, b Point) int { return a.At.Compare(b.At) })
	v.Last = v.Points[len(v.Points)-1]
	v.Worst = v.Points[0]
	for _, p := range v.Points[1:] {
		if v.worse(p.Value, v.Worst.Value) {
			v.Worst = p
		}
	}
	v.Recover = v.worse(v.Worst.Value, v.Last.Value)
	return v
}

// worse reports whether a is worse than b; up is worse where nothing is said.
func (r *Reading) worse(a, b float64) bool {
	if r.Worse == "down" {
		return a < b
	}
	return a > b
}
