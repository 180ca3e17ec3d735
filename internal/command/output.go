package command

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// answer writes a value as JSON.
func (s *session) answer(v any) error {
	e := json.NewEncoder(s.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

// say writes a line. Whether it could be is known when all is written.
func (s *session) say(format string, args ...any) {
	_, _ = fmt.Fprintf(s.Out, format+"\n", args...)
}

// oneLine makes a text that somebody typed fit for a line of a terminal: no
// line breaks, and no characters that would move the cursor or turn the
// direction of writing.
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
			return -1
		default:
			return r
		}
	}, text)
	return strings.Join(strings.Fields(clean), " ")
}

// stamp writes a time for JSON, empty for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// clock writes a time for a person: with its date where that is not today's.
func (s *session) clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	local, today := t.Local(), s.now.Local()
	if local.Format(time.DateOnly) == today.Format(time.DateOnly) {
		return local.Format("15:04")
	}
	return local.Format("2 Jan 2006 15:04")
}
