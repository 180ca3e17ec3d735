package compose

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// draft is a record of one kind from names and values; empty values are left
// out.
func draft(says, do string, fields ...any) *Draft {
	return &Draft{Records: []*record.Record{act(do, fields...)}, Says: says}
}

func act(do string, fields ...any) *record.Record {
	r := &record.Record{Do: do}
	for n := 0; n < len(fields); n += 2 {
		if empty(fields[n+1]) {
			continue
		}
		value, err := json.Marshal(fields[n+1])
		if err != nil {
			continue // only texts, numbers and lists are given, which all can be written
		}
		r.Fields = append(r.Fields, record.Field{Key: fields[n].(string), Value: value})
	}
	return r
}

func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case bool:
		return !v
	case int:
		return v == 0
	case time.Time:
		return v.IsZero()
	default:
		return false
	}
}

// cleared is an empty text that is meant: it clears what a field held.
type cleared struct{}

// MarshalJSON writes the empty text.
func (cleared) MarshalJSON() ([]byte, error) { return []byte(`""`), nil }

// no is a no that is meant.
type no struct{}

// MarshalJSON writes false.
func (no) MarshalJSON() ([]byte, error) { return []byte("false"), nil }

func ids(refs []incident.Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

func labels(refs []incident.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.Label)
	}
	return strings.Join(out, ", ")
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func with(says string, parts ...string) string {
	for n := 0; n+1 < len(parts); n += 2 {
		if parts[n+1] != "" {
			says += parts[n] + parts[n+1]
		}
	}
	return says
}

func missing(what, usage string) *Problem { return problem(what, usage) }

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// span writes a length of time in minutes; nothing where there is none.
func span(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(int(d.Minutes())) + "m"
}

// each needs a thing of some kind, named first or selected.
func (l *line) need(what, usage string, kinds ...incident.Kind) (incident.Thing, *Problem) {
	t, ok := l.first(kinds...)
	if !ok {
		return nil, problem("Which "+what+"?", usage)
	}
	return t, nil
}

func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }

func text(do, says string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		if l.rest() == "" {
			return nil, missing("The text is missing.", "Type it after the command.")
		}
		return draft(says, do, "text", l.rest()), nil
	}
}

func onBehalf(d *Draft, who string) *Draft {
	d.Records[0].Person = who
	return d
}
