package menubar_test

import (
	"testing"

	"bearings/app/menubar"
)

func TestKeysAreWrittenAsTheDesktopWritesThem(t *testing.T) {
	for keys, want := range map[string]string{
		"":             "",
		"Ctrl K":       "<Control>k",
		"Ctrl Shift L": "<Control><Shift>l",
		"Ctrl +":       "<Control>plus",
		"Ctrl Enter":   "<Control>Return",
		"Shift ←":      "<Shift>Left",
		"F6":           "F6",
		"t":            "t",
		"?":            "question",
		"G G":          "", // one key after the other
		"J / K":        "",
	} {
		if got := menubar.Accelerator(keys); got != want {
			t.Errorf("%q: %q, want %q", keys, got, want)
		}
	}
}
