package brief

import (
	"strconv"
	"strings"
	"time"
)

// clock writes a time: the hour, and the date where it is not of today.
func (w *writer) clock(t time.Time) string {
	t = t.In(w.zone)
	switch {
	case sameDay(t, w.asOf):
		return t.Format("15:04")
	case t.Year() == w.asOf.Year():
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

// span writes a range of time, the date of its end only where it differs.
func (w *writer) span(from, to time.Time) string {
	end := w.clock(to)
	if sameDay(from.In(w.zone), to.In(w.zone)) {
		end = to.In(w.zone).Format("15:04")
	}
	return w.clock(from) + "–" + end
}

// ago writes how long before the as-of time t was.
func (w *writer) ago(t time.Time) string { return duration(w.asOf.Sub(t)) }

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// duration writes a length of time in its two largest units: "40 s", "6 min",
// "1 h 27 min", "2 d 3 h".
func duration(d time.Duration) string {
	d = max(d, 0)
	hours, minutes := int(d/time.Hour), int(d/time.Minute)%60
	switch {
	case d < time.Minute:
		return strconv.Itoa(int(d/time.Second)) + " s"
	case hours == 0:
		return strconv.Itoa(minutes) + " min"
	case hours < 24:
		return units(hours, " h", minutes, " min")
	}
	return units(hours/24, " d", hours%24, " h")
}

func units(large int, largeUnit string, small int, smallUnit string) string {
	s := strconv.Itoa(large) + largeUnit
	if small == 0 {
		return s
	}
	return s + " " + strconv.Itoa(small) + smallUnit
}

// number writes a value with its unit.
func number(v float64, unit string) string {
	format := byte('f')
	if v >= 1e12 || v <= -1e12 || v != 0 && v < 1e-6 && v > -1e-6 {
		format = 'g'
	}
	s := strconv.FormatFloat(v, format, -1, 64)
	unit = line(unit, 1)
	if unit == "" || strings.HasPrefix(unit, "%") {
		return s + unit
	}
	return s + " " + unit
}
