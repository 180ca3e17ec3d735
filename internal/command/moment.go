package command

import (
	"time"
)

// moment reads a time as a person writes it: RFC 3339, a date with a time of
// the local zone, or a time of today.
func (s *session) moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, nil
		}
	}
	if t, err := time.ParseInLocation("15:04", text, time.Local); err == nil {
		now := s.now.Local()
		return time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, time.Local), nil
	}
	return time.Time{}, usage("%q is not a time (2026-11-22T03:41:00+01:00, 2026-11-22 03:41, 03:41)", text)
}

// asOf reads --as-of; now where it is not given.
func (s *session) asOf(text string) (at time.Time, past bool, err error) {
	if text == "" {
		return s.now, false, nil
	}
	at, err = s.moment(text)
	return at, true, err
}

// since reads --since: a time, or how long before the moment of the brief.
func (s *session) since(text string, before time.Time) (time.Time, error) {
	if d, err := time.ParseDuration(text); err == nil {
		if d < 0 {
			d = -d
		}
		return before.Add(-d), nil
	}
	return s.moment(text)
}
