// Package moment reads moments as people write them, on the command line and
// in the window alike.
package moment

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are dates with a time of the reader's zone.
var layouts = []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly}

var (
	back    = regexp.MustCompile(`^-?(\d{1,4})\s*(m|min|h|d)[a-z]*(\s+ago)?$`)
	ofClock = regexp.MustCompile(`^(?:(\d{1,2})\s+([a-z]{3})[a-z]*,?\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$`)
)

var units = map[string]time.Duration{"m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour}

// Read reads a moment, seen from now and in the zone of now: RFC 3339, a date
// with or without a time ("2026-11-22 03:41"), how long ago it was ("15 min
// ago", "2h"), the last time that the clock showed it ("03:26"), or the last
// such day ("22 Nov 03:26"). It is false where the text names none.
func Read(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, true
		}
	}
	typed := strings.ToLower(text)
	if m := back.FindStringSubmatch(typed); m != nil {
		return now.Add(-time.Duration(number(m[1])) * units[m[2]]), true
	}
	if m := ofClock.FindStringSubmatch(typed); m != nil {
		return lastAt(m, now)
	}
	return time.Time{}, false
}

// lastAt is when it was last so late, on the named day of the year if one is
// named. Shortly after midnight, 23:50 was yesterday.
func lastAt(m []string, now time.Time) (time.Time, bool) {
	hour, minute, second := number(m[3]), number(m[4]), number(m[5])
	if hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	at := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, hour, minute, second, 0, now.Location())
	}
	if m[1] == "" {
		t := at(now.Year(), now.Month(), now.Day())
		if t.After(now) {
			t = at(now.Year(), now.Month(), now.Day()-1)
		}
		return t, true
	}
	named, err := time.Parse("Jan", m[2])
	if err != nil {
		return time.Time{}, false
	}
	// 29 February is of the last year that had one.
	for year := now.Year(); year > now.Year()-9; year-- {
		t := at(year, named.Month(), number(m[1]))
		if t.Month() == named.Month() && !t.After(now) {
			return t, true
		}
	}
	return time.Time{}, false
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // of a few digits, or none
	return n
}
