package command

import (
	"time"

	"bearings/internal/moment"
)

// momentOf reads a moment as a person writes it, seen from now, in the local zone.
func momentOf(text string, now time.Time) (time.Time, error) {
	at, ok := moment.Read(text, now.In(time.Local))
	if !ok {
		return time.Time{}, usage("%q is not a time (2026-11-22T03:41:00+01:00, 2026-11-22 03:41, 03:41, 15 min ago)", text)
	}
	return at, nil
}

// asOf reads --as-of; now where it is not given.
func (s *session) asOf(text string) (at time.Time, past bool, err error) {
	if text == "" {
		return s.now, false, nil
	}
	at, err = momentOf(text, s.now)
	return at, true, err
}

// since reads --since: a time, or how long before the moment of the brief.
func since(text string, before time.Time) (time.Time, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return momentOf(text, before)
	}
	if d < 0 {
		d = -d
	}
	return before.Add(-d), nil
}
