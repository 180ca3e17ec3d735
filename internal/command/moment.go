package command

import (
	"time"
)

// moment reads a time as a person writes it, at the time now: RFC 3339, a date
// with a time of the local zone, or a time of day, which is the last one.
func moment(text string, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, nil
		}
	}
	if t, err := time.Parse("15:04", text); err == nil {
		return lastAt(t.Hour(), t.Minute(), now.In(time.Local)), nil
	}
	return time.Time{}, usage("%q is not a time (2026-11-22T03:41:00+01:00, 2026-11-22 03:41, 03:41)", text)
}

// lastAt is when it last was so late. Shortly after midnight, 23:50 was
// yesterday.
func lastAt(hour, minute int, now time.Time) time.Time {
	t := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, time.Local)
	if t.After(now) {
		t = time.Date(now.Year(), now.Month(), now.Day()-1, hour, minute, 0, 0, time.Local)
	}
	return t
}

// asOf reads --as-of; now where it is not given.
func (s *session) asOf(text string) (at time.Time, past bool, err error) {
	if text == "" {
		return s.now, false, nil
	}
	at, err = moment(text, s.now)
	return at, true, err
}

// since reads --since: a time, or how long before the moment of the brief.
func since(text string, before time.Time) (time.Time, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return moment(text, before)
	}
	if d < 0 {
		d = -d
	}
	return before.Add(-d), nil
}
