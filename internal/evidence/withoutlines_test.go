package evidence_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bearings/internal/evidence"
)

func TestATextWithoutSomeLinesKeepsTheOthersAndTheirNumbers(t *testing.T) {
	long := strings.Repeat("x", 300_000) // longer than what is read at once
	for _, c := range []struct {
		name, text string
		from, to   int
		want       string
	}{
		{"the first", "a\nb\nc\n", 1, 1, "-\nb\nc\n"},
		{"the last, which has no end", "a\nb", 2, 2, "a\n-"},
		{"several", "a\nb\nc\nd\n", 2, 3, "a\n-\n-\nd\n"},
		{"beyond the end", "a\nb\n", 2, 99, "a\n-\n"},
		{"with the ends of Windows", "a\r\nb\r\nc", 2, 2, "a\r\n-\r\nc"},
		{"an empty one", "a\n\nc", 2, 2, "a\n-\nc"},
		{"a long one", "a\n" + long + "\nc\n", 2, 2, "a\n-\nc\n"},
		{"beside a long one", "a\n" + long + "\nc\n", 3, 3, "a\n" + long + "\n-\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := evidence.WithoutLines(&out, strings.NewReader(c.text), int64(len(c.text)), c.from, c.to, "-"); err != nil {
				t.Fatal(err)
			}
			if out.String() != c.want {
				t.Errorf("got %.80q, want %.80q", out.String(), c.want)
			}
		})
	}
}

func TestLinesThatAreNotThereAreNotDestroyed(t *testing.T) {
	text := "a\nb\n"
	err := evidence.WithoutLines(&bytes.Buffer{}, strings.NewReader(text), int64(len(text)), 7, 9, "-")
	var typed *evidence.Error
	if !errors.As(err, &typed) || typed.Code != evidence.CodeEmpty {
		t.Errorf("got %v, want an error that says so", err)
	}
}

func TestAnErrorOfWritingIsAnError(t *testing.T) {
	text := strings.Repeat("a line\n", 100_000)
	if err := evidence.WithoutLines(full{}, strings.NewReader(text), int64(len(text)), 1, 1, "-"); !errors.Is(err, errFull) {
		t.Errorf("got %v, want what the disk said", err)
	}
}

var errFull = fmt.Errorf("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
