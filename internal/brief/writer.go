package brief

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bearings/internal/incident"
)

// A writer knows what all sentences of one brief have in common.
type writer struct {
	now    *incident.State
	asOf   time.Time // in the zone
	zone   *time.Location
	length Length
	reader string
	back   bool // the reader comes back, and is told what changed

	self    []incident.Ref // the incident, and a record where no record declares it
	first   map[string]int // how many people have this first name
	resting *resting       // what rests on what; made when first asked for
}

func newWriter(now *incident.State, o Options) *writer {
	w := &writer{now: now, zone: o.Zone, length: o.Length, reader: o.Reader, first: map[string]int{}}
	if w.zone == nil {
		w.zone = time.UTC
	}
	if _, known := rooms[w.length]; !known || o.Handover {
		w.length = FiveMinutes
	}
	w.asOf = now.Now.In(w.zone)
	w.self = []incident.Ref{now.Ref}
	if _, declared := now.RecordOf(now.ID); !declared {
		for _, e := range now.Timeline(1) {
			w.self = append(w.self, incident.Ref{ID: e.Record, Kind: incident.KindRecord})
		}
	}
	for i := range now.Responders {
		if first, ok := firstName(now.Responders[i].Name); ok {
			w.first[first]++
		}
	}
	return w
}

// level is how much the sentences of this length tell.
func (w *writer) level() int { return rooms[w.length].level }

// firstName returns the first of a person's names, and whether the whole looks
// like a name of a person that can be shortened: "Mara Lindqvist" can,
// "responder A" and "Support desk" can't.
func firstName(name string) (string, bool) {
	first, rest, ok := strings.Cut(name, " ")
	if !ok || len(name) > 60 || utf8.RuneCountInString(first) < 2 {
		return "", false
	}
	for part := range strings.SplitSeq(name, " ") {
		if r, _ := utf8.DecodeRuneInString(part); !unicode.IsUpper(r) {
			return "", false
		}
	}
	return first, utf8.RuneCountInString(rest) > 1
}

// nameWords is how many words a name may take.
const nameWords = 3

// name writes a person's name: the first name where only one has it.
func (w *writer) name(name string) string {
	if first, ok := firstName(name); ok && w.first[first] == 1 {
		return line(first, nameWords)
	}
	return line(name, nameWords)
}

// names writes at most most names and counts the others.
func (w *writer) names(names []string, most int) string {
	shown := make([]string, 0, most+1)
	for i, n := range names {
		if i == most {
			shown = append(shown, plus(len(names)-i))
			break
		}
		shown = append(shown, w.name(n))
	}
	return strings.Join(shown, ", ")
}

// labels writes at most most labels and counts the others.
func labels(refs []incident.Ref, most int) string {
	shown := make([]string, 0, most+1)
	for i, r := range refs {
		if i == most {
			shown = append(shown, plus(len(refs)-i))
			break
		}
		shown = append(shown, label(r))
	}
	return strings.Join(shown, ", ")
}

// label writes the display label of a thing, or its kind where it has none.
func label(r incident.Ref) string {
	if r.Label == "" {
		return string(r.Kind)
	}
	return line(r.Label, 1)
}

// notes writes remarks in brackets, those that are empty left out.
func notes(remarks ...string) string {
	text := join("; ", remarks...)
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// list joins the parts of a phrase that are not empty with commas.
func list(parts ...string) string { return join(", ", parts...) }

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// plus writes how many were not named.
func plus(n int) string { return "+" + strconv.Itoa(n) }

// capital writes a phrase with a capital at its start.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// capped joins at most most words and counts the others.
func capped(words []string, most int) string {
	if len(words) > most {
		words = append(slices.Clone(words[:most]), plus(len(words)-most))
	}
	return strings.Join(words, ", ")
}

// sorted returns those of things that keep picks, the ones that less puts
// first first, and in record order where it does not care.
func sorted[T any](things []T, keep func(T) bool, compare func(a, b T) int) []T {
	var kept []T
	for _, t := range things {
		if keep(t) {
			kept = append(kept, t)
		}
	}
	slices.SortStableFunc(kept, compare)
	return kept
}

// newest compares so that the later time stands first.
func newest(a, b time.Time) int { return b.Compare(a) }

// yesFirst compares so that what is true of a thing brings it first.
func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// soonest compares so that the earlier time stands first, and no time last.
func soonest(a, b time.Time) int {
	return cmp.Or(-yesFirst(a.IsZero(), b.IsZero()), a.Compare(b))
}
