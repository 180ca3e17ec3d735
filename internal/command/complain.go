package command

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"bearings/internal/incident"
)

// A usageError is a command that was wrong in itself.
type usageError struct {
	what string
	of   string // the command, as in "bearings brief"; empty for the program
}

func (e *usageError) Error() string { return e.what }

func usage(format string, args ...any) error {
	return &usageError{what: fmt.Sprintf(format, args...)}
}

// within says of which command a wrong usage is.
func within(cmd *kong.Node, err error) error {
	var wrong *usageError
	if errors.As(err, &wrong) && cmd != nil {
		wrong.of = cmd.FullPath()
	}
	return err
}

// misspelled turns what the parser found wrong into a wrong usage.
func misspelled(err error, args []string) error {
	wrong := &usageError{what: err.Error()}
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context.Selected() == nil {
		return wrong
	}
	selected := parse.Context.Selected()
	if selected.Name != "window" || len(args) > 0 && args[0] == selected.Name {
		wrong.of = selected.FullPath()
		return wrong
	}
	if word, ok := strings.CutPrefix(wrong.what, "unexpected argument "); ok {
		wrong.what = "there is no command " + word
	}
	return wrong
}

// complain says in one line what went wrong, and returns the exit status.
func complain(w io.Writer, err error) int {
	var wrong *usageError
	if errors.As(err, &wrong) {
		_, _ = fmt.Fprintf(w, "bearings: %s See %s --help.\n", ended(oneLine(wrong.what)), or(wrong.of, "bearings"))
		return wrongUsage
	}
	_, _ = fmt.Fprintf(w, "bearings: %s\n", oneLine(explained(err)))
	return failed
}

// explained puts an error into sentences: what happened, and what to do now.
func explained(err error) string {
	text := err.Error()
	var typed *incident.Error
	if !errors.As(err, &typed) || typed.Hint == "" {
		return ended(text)
	}
	return ended(strings.Replace(text, typed.Error(), typed.Message, 1)) + " " + ended(capital(typed.Hint))
}

// ended ends a sentence that has no end.
func ended(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// capital begins a sentence; the name of the program stays as it is typed.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || strings.HasPrefix(text, "bearings ") {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

func isCode(err error, code string) bool {
	var typed *incident.Error
	return errors.As(err, &typed) && typed.Code == code
}
