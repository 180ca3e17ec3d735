package app

import (
	"strings"
	"time"
)

// A timing writes times as the page does, seen from a moment, in the reader's
// zone.
type timing struct {
	now  time.Time
	zone *time.Location
}

// near is how far away an hour may be that nobody takes for one of another day.
const near = 12 * time.Hour

// clock is a time of day, with the date where it is neither of the same day nor
// near: "03:41", "22 Nov, 03:41", "22 Nov 2025, 03:41".
func (w timing) clock(t time.Time) string {
	t, now := t.In(w.zone), w.now.In(w.zone)
	switch {
	case now.Sub(t).Abs() < near:
		return t.Format("15:04")
	case t.Year() != now.Year():
		return t.Format("2 Jan 2006, 15:04")
	case t.YearDay() != now.YearDay():
		return t.Format("2 Jan, 15:04")
	default:
		return t.Format("15:04")
	}
}

// due is when something was to be there: "by 03:41", "since 03:41" once that is
// past, which is late.
func (w timing) due(t time.Time) (words string, late bool) {
	if t.After(w.now) {
		return "by " + w.clock(t), false
	}
	return "since " + w.clock(t), true
}

// spoken is a word of the domain at the beginning of a sentence: "In force".
func spoken(word string) string { return capital(strings.ReplaceAll(word, "_", " ")) }
