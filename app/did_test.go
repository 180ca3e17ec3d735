package app

import (
	"testing"

	"bearings/internal/incident"
)

func TestWhatARecordDidIsSaidInWords(t *testing.T) {
	for do, want := range map[string]string{
		"reading.add":      "Reading added",
		"role.take":        "Role taken",
		"weather.forecast": "weather.forecast",
		"x":                "x",
	} {
		if got := did(do); got != want {
			t.Errorf("did(%q) = %q, want %q", do, got, want)
		}
	}
}

func TestEveryKindOfRecordHasWords(t *testing.T) {
	for _, do := range incident.Kinds() {
		if did(do) == do {
			t.Errorf("%s has no words", do)
		}
	}
}
