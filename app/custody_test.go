package app

import "testing"

func TestASizeIsExactAndShortBesideIt(t *testing.T) {
	for n, want := range map[int64]string{
		0:         "0 bytes",
		1:         "1 byte",
		999:       "999 bytes",
		52_000:    "52 kB (52,000 bytes)",
		999_999:   "1.0 MB (999,999 bytes)",
		1_432_781: "1.4 MB (1,432,781 bytes)",
	} {
		if got := exactSize(n); got != want {
			t.Errorf("exactSize(%d) = %q, want %q", n, got, want)
		}
	}
}
