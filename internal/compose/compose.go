// Package compose knows what a line means that a person types into the
// window: a note where they stand, or a command that begins with a slash and
// makes, changes and links things in one go. It turns the line into records,
// says in words beforehand what Enter will do, and completes what is begun.
//
// It is pure: the incident, the place of the cursor and the time come in as
// values. Every line that a person can type is answered by a [Draft] or by a
// [Problem] in words; none is ever changed or shortened behind their back.
package compose

import (
	"strings"
	"time"
	"unicode/utf8"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// A Place is where a line is typed.
type Place struct {
	About string         // id of the thing that is selected; empty for the incident's log
	Me    string         // who types
	Now   time.Time      // for "by 03:50" and the like
	Zone  *time.Location // in which clock times are meant; UTC where nil
}

// A Draft is what a line would record.
type Draft struct {
	Records []*record.Record // without id, maker and time
	Says    string           // what Enter does: "Note on T3"
	Gate    *Gate            // what has to be seen before; nil mostly
}

// A Problem says why a line cannot be recorded yet.
type Problem struct {
	Message string
	Hint    string
}

func (p *Problem) Error() string { return p.Message }

func problem(message, hint string) *Problem { return &Problem{message, hint} }

// A Writer reads lines against one state of an incident.
type Writer struct {
	State *incident.State
	Place Place
}

// Read says what a line would record. An empty line is no draft and no
// problem.
func (w *Writer) Read(text string) (*Draft, *Problem) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, problem("There is a character in it that cannot be kept.", "Delete what looks odd. It may have come from the clipboard.")
	}
	name, rest, ok := slash(text)
	if !ok {
		return w.note(&line{w: w, words: split(text)})
	}
	c := find(name)
	if c == nil {
		return nil, problem("There is no command /"+name+".", "Type / to see what there is. To write it as a note, put a space before it.")
	}
	return c.read(w, &line{w: w, words: split(rest), bang: strings.HasSuffix(name, "!"), ask: strings.HasSuffix(name, "?")})
}

// slash takes "/a! rest" apart. A line that begins with white space, or with
// a path such as /etc/hosts, is no command.
func slash(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	name, rest, _ = strings.Cut(text[1:], " ")
	if before, after, found := strings.Cut(name, "\n"); found {
		name, rest = before, after+" "+rest
	}
	if name == "" || strings.Contains(name, "/") {
		return "", "", false
	}
	return strings.ToLower(name), rest, true
}

// about returns the selected thing.
func (w *Writer) about() (incident.Thing, bool) {
	if w.Place.About == "" {
		return nil, false
	}
	return w.State.Find(w.Place.About)
}

// thread is the thread that the line belongs to: the selected one, or that of
// the selected thing.
func (w *Writer) thread() (id, label string) {
	t, ok := w.about()
	if !ok {
		return "", ""
	}
	id = threadOf(t)
	if thread, ok := w.State.Find(id); ok {
		return id, thread.Meta().Label
	}
	return "", ""
}

func (w *Writer) zone() *time.Location {
	if w.Place.Zone == nil {
		return time.UTC
	}
	return w.Place.Zone
}
