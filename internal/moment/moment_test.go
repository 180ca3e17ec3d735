package moment

import (
	"testing"
	"time"
)

func TestAMomentIsReadAsItIsWritten(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 22, 3, 41, 9, 0, zone)
	at := func(year int, month time.Month, day, hour, minute, second int) time.Time {
		return time.Date(year, month, day, hour, minute, second, 0, zone)
	}
	for text, want := range map[string]time.Time{
		"03:26":                at(2026, 11, 22, 3, 26, 0),
		" 3.26 ":               at(2026, 11, 22, 3, 26, 0),
		"23:50":                at(2026, 11, 21, 23, 50, 0),
		"03:41":                at(2026, 11, 22, 3, 41, 0),
		"03:41:10":             at(2026, 11, 21, 3, 41, 10),
		"15 min ago":           now.Add(-15 * time.Minute),
		"-2h":                  now.Add(-2 * time.Hour),
		"3 days ago":           now.Add(-72 * time.Hour),
		"21 Nov 18:05":         at(2026, 11, 21, 18, 5, 0),
		"24 December, 18:05":   at(2025, 12, 24, 18, 5, 0),
		"29 Feb 10:00":         at(2024, 2, 29, 10, 0, 0),
		"2026-11-22 03:26":     at(2026, 11, 22, 3, 26, 0),
		"2026-11-22T03:26":     at(2026, 11, 22, 3, 26, 0),
		"2026-11-21":           at(2026, 11, 21, 0, 0, 0),
		"2026-11-22T02:26:05Z": at(2026, 11, 22, 3, 26, 5),
		"2027-01-01 00:00":     at(2027, 1, 1, 0, 0, 0),
	} {
		if got, ok := Read(text, now); !ok || !got.Equal(want) {
			t.Errorf("%q is %v (%v), not %v", text, got, ok, want)
		}
	}
}

func TestWhatNamesNoMomentIsNone(t *testing.T) {
	now := time.Date(2026, 11, 22, 3, 41, 9, 0, time.UTC)
	for _, text := range []string{"", "yesterday", "25:00", "3:61", "03:26:60", "31 Feb 10:00", "12 Foo 10:00", "10", "5 x ago", "2026-13-01 10:00"} {
		if got, ok := Read(text, now); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}
