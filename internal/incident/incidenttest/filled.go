package incidenttest

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Filled makes an incident of that name, which holds a text in every field that takes one, of
// every kind of record that the program knows, and wherever a person is named.
// What a field holds is asked of text. All of its records are valid, and refer
// to each other in every way that they can.
//
// The kinds and their fields are those that the incident itself lists, so that
// a new kind is in it without being named here. Where a new field wants words
// of its own form, Filled panics, and wellFormed is the place to give one.
func Filled(name string, text func(do, field string) string) []*record.Record {
	f := &filler{
		generator: generator{incident: name, run: record.ImportRun(name), clock: start, labels: map[string]int{}},
		text:      text, made: map[incident.Kind][]string{},
	}
	f.fill("incident.declare")
	// First of all kinds what can be without others, and then once more, on
	// what there is now.
	f.round(func(string) bool { return true })
	f.again = true
	f.round(func(do string) bool { return do != "incident.declare" && !closing[do] })
	return f.records
}

// closing are the kinds after which little is shown of what they are about: they
// come once, so that the second of everything is left as it is.
var closing = map[string]bool{
	"claim.withdraw": true, "evidence.redact": true, "evidence.strike": true, "note.strike": true, "dont.lift": true,
	"person.leave": true, "decision.object": true,
}

// wellFormed are what fields hold that take a text of one form only.
var wellFormed = map[string]string{
	"due":    "15m",
	"grade":  "direct",
	"sha256": strings.Repeat("5e", 32),
}

type filler struct {
	generator
	text  func(do, field string) string
	made  map[incident.Kind][]string // ids
	again bool
}

// round makes a record of each kind that is wanted; those that refer to what
// is not there yet come after the others.
func (f *filler) round(wanted func(do string) bool) {
	open := slices.DeleteFunc(incident.Kinds(), func(do string) bool { return do == "incident.declare" || !wanted(do) })
	for len(open) > 0 {
		left := slices.DeleteFunc(slices.Clone(open), f.fill)
		if len(left) == len(open) {
			panic(fmt.Sprintf("nothing is there for %v to refer to", left))
		}
		open = left
	}
}

// fill makes a record of a kind, and reports whether all that it has to refer
// to is there.
func (f *filler) fill(do string) bool {
	refers := referring(do)
	var fields []field
	for _, b := range incident.Fields(do) {
		value, ok := f.value(do, b, refers)
		if !ok && b.Required {
			return false
		}
		if ok {
			fields = append(fields, field{b.Name, value})
		}
	}
	r := f.put(do, fields)
	if err := incident.Validate(r); err != nil {
		panic(fmt.Sprintf("%v: say in wellFormed what that field holds", err))
	}
	return true
}

// put adds the record, by and for people who are called as the texts are.
func (f *filler) put(do string, fields []field) *record.Record {
	f.clock = f.clock.Add(time.Second)
	line := len(f.records) + 1
	r := &record.Record{
		Stamp:    record.Stamp{Clock: record.ClockAt(f.clock), Run: f.run, Line: uint64(line)},
		Incident: f.incident, ID: "f" + strconv.Itoa(line), Do: do, At: f.clock, Recorded: f.clock,
		By: f.text(do, "by"), Person: f.text(do, "person"),
	}
	if letter := incident.LabelLetter(do); letter != "" {
		f.labels[letter]++
		r.Label = letter + strconv.Itoa(f.labels[letter])
	}
	for _, x := range fields {
		r.Fields = append(r.Fields, record.Field{Key: x.key, Value: encode(x.value)})
	}
	f.records = append(f.records, r)
	kind := incident.Makes(do)
	f.made[kind] = append(f.made[kind], r.ID)
	return r
}

// value is what a field holds, and whether it holds anything.
func (f *filler) value(do string, b record.BoundField, refers map[string][]incident.Kind) (any, bool) {
	kinds, isRef := refers[b.Name]
	id := f.thing(kinds)
	switch {
	case isRef && id == "":
		return nil, false
	case isRef && b.Type.Kind() == reflect.Slice:
		return []string{id}, true
	case isRef && b.Type.Kind() == reflect.Map:
		return map[string]string{id: "supports"}, true
	case isRef:
		return id, true
	case b.Type == reflect.TypeFor[time.Time]():
		return f.clock, true
	case b.OneOf != nil:
		return b.OneOf[0], true
	case wellFormed[b.Name] != "":
		return wellFormed[b.Name], true
	}
	switch b.Type.Kind() {
	case reflect.String:
		return f.text(do, b.Name), true
	case reflect.Slice:
		if b.Type.Elem().Kind() != reflect.String {
			return nil, false // of any form: the program itself writes it
		}
		return []string{f.text(do, b.Name)}, true
	case reflect.Int, reflect.Float64:
		return 1, true
	case reflect.Bool:
		return true, b.Pointer
	default:
		return nil, false
	}
}

// thing is what a field refers to: the first of a kind, which others end; the
// second time the last.
func (f *filler) thing(kinds []incident.Kind) string {
	for _, k := range kinds {
		if ids := f.made[k]; len(ids) > 0 && f.again {
			return ids[len(ids)-1]
		} else if len(ids) > 0 {
			return ids[0]
		}
	}
	return ""
}

// referring finds out which fields of a kind name other records, and of which
// kinds these may be.
func referring(do string) map[string][]incident.Kind {
	r := &record.Record{Do: do}
	for _, b := range incident.Fields(do) {
		r.Fields = append(r.Fields, record.Field{Key: b.Name, Value: probe(b)})
	}
	out := map[string][]incident.Kind{}
	is := map[string]incident.Kind{} // of the fields before, which are checked first
	for _, name := range incident.References(r) {
		for _, k := range allKinds() {
			is[name] = k
			err := incident.CheckReferences(r, func(id string) (incident.Kind, bool) { return is[id], true })
			if err == nil || !strings.Contains(err.Error(), strconv.Quote(name)) {
				out[name] = append(out[name], k)
			}
		}
		is[name] = out[name][0]
	}
	return out
}

// probe is a value of a field that names the field itself, where it can.
func probe(b record.BoundField) []byte {
	switch {
	case b.Type == reflect.TypeFor[time.Time]():
		return encode(start)
	case b.Type.Kind() == reflect.Map:
		return encode(map[string]string{b.Name: "supports"})
	case b.OneOf != nil:
		return encode(b.OneOf[0])
	case wellFormed[b.Name] != "":
		return encode(wellFormed[b.Name])
	case b.Type.Kind() == reflect.String:
		return encode(b.Name)
	case b.Type.Kind() == reflect.Slice && b.Type.Elem().Kind() == reflect.String:
		return encode([]string{b.Name})
	case b.Type.Kind() == reflect.Int, b.Type.Kind() == reflect.Float64:
		return encode(1)
	case b.Type.Kind() == reflect.Bool:
		return encode(true)
	default:
		return []byte("null")
	}
}

// allKinds are those of the things that can be made.
func allKinds() []incident.Kind {
	var out []incident.Kind
	for _, do := range incident.Kinds() {
		if k := incident.Makes(do); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
