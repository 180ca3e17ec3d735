// Package incidenttest makes incidents to test and measure with: as long as
// wanted, of every kind of record in about the mix of a real incident, with
// texts that read like one. The same seed and length give the same records.
package incidenttest

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"bearings/internal/record"
)

// start is when every generated incident is declared.
var start = time.Date(2026, 3, 9, 1, 14, 0, 0, time.UTC)

// Records makes an incident of n records, at least one, in record order, as
// they come from an incident file. All of them are valid, and refer only to
// what is made before them.
func Records(seed uint64, n int) []*record.Record {
	g := &generator{
		rng:      rand.New(rand.NewPCG(seed, 0)),
		incident: fmt.Sprintf("generated-%d-%d", seed, n),
		clock:    start,
		things:   map[string][]string{},
		owned:    map[string]string{},
		labels:   map[string]int{},
	}
	g.run = record.ImportRun(g.incident)
	g.open()
	for len(g.records) < n {
		g.act()
	}
	return g.records[:max(n, 1)]
}

// File makes the incident file of Records.
func File(seed uint64, n int) []byte {
	var out bytes.Buffer
	if err := record.WriteFile(&out, Records(seed, n)); err != nil {
		panic(err) // no record of ours is refused
	}
	return out.Bytes()
}

// A generator makes one incident.
type generator struct {
	rng      *rand.Rand
	incident string
	run      record.Run
	clock    time.Time
	records  []*record.Record
	things   map[string][]string // ids by noun, oldest first
	owned    map[string]string   // owner of a thread, by id
	labels   map[string]int
	people   int // of the names, how many are here
}

// letters are those of the labels, by noun.
var letters = map[string]string{
	"thread": "T", "claim": "C", "decision": "D", "evidence": "E", "action": "A", "note": "N",
	"update": "U", "question": "Q", "tripwire": "W", "dont": "X", "checkin": "R",
}

// A field of a record: a key and a value in Go.
type field struct {
	key   string
	value any
}

// add makes the next record.
func (g *generator) add(by, do string, fields ...field) *record.Record {
	g.clock = g.clock.Add(time.Duration(1+g.rng.IntN(9000)) * time.Millisecond)
	line := len(g.records) + 1
	r := &record.Record{
		Stamp:    record.Stamp{Clock: record.ClockAt(g.clock), Run: g.run, Line: uint64(line)},
		Incident: g.incident, ID: "r" + strconv.Itoa(line),
		At: g.clock, Recorded: g.clock, By: by, Person: by, Do: do,
	}
	if g.rng.IntN(20) == 0 {
		r.At = r.At.Add(-time.Duration(g.rng.IntN(600)) * time.Second)
	}
	for _, f := range fields {
		r.Fields = append(r.Fields, record.Field{Key: f.key, Value: encode(f.value)})
	}
	g.records = append(g.records, r)
	return r
}

// make makes a record that makes a thing.
func (g *generator) make(noun, by, do string, fields ...field) string {
	r := g.add(by, do, fields...)
	if letter := letters[noun]; letter != "" {
		g.labels[letter]++
		r.Label = letter + strconv.Itoa(g.labels[letter])
	}
	g.things[noun] = append(g.things[noun], r.ID)
	return r.ID
}

func encode(value any) []byte {
	switch v := value.(type) {
	case string:
		return record.TextField("", v).Value
	case bool:
		return strconv.AppendBool(nil, v)
	case int:
		return strconv.AppendInt(nil, int64(v), 10)
	case time.Time:
		return record.TextField("", v.UTC().Format(time.RFC3339)).Value
	case []string:
		out := []byte{'['}
		for i, s := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, encode(s)...)
		}
		return append(out, ']')
	case map[string]string:
		out := []byte{'{'}
		for i, key := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(append(append(out, encode(key)...), ':'), encode(v[key])...)
		}
		return append(out, '}')
	default:
		panic(fmt.Sprintf("no way to write %T", value))
	}
}

// recent picks one of the last things of a noun, "" where there is none: what
// people talk about is mostly what is new.
func (g *generator) recent(noun string) string {
	all := g.things[noun]
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1-g.rng.IntN(min(len(all), 40))]
}

// unclosed takes the oldest thing of a noun that a record closes once.
func (g *generator) unclosed(noun string) string {
	all := g.things[noun]
	if len(all) < 3 {
		return ""
	}
	g.things[noun] = all[1:]
	return all[0]
}

// grounds picks what something rests on: recent claims, evidence or decisions.
func (g *generator) grounds() []string {
	var on []string
	for _, noun := range []string{"claim", "evidence", "decision"} {
		if id := g.recent(noun); id != "" && g.rng.IntN(2) == 0 {
			on = append(on, id)
		}
	}
	return on
}

func (g *generator) person() string { return names[g.rng.IntN(g.people)] }

func pick[T any](g *generator, list []T) T { return list[g.rng.IntN(len(list))] }
