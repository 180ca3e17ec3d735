package app

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bearings/internal/record"
)

// A table of readings is CSV: time, value and perhaps name and unit, in this
// order or in that of a header row. A header without a column "value" names a
// reading by each column but the time. Commas, semicolons or tabs part the
// columns.

// lineError says what is wrong in which line.
func lineError(line int, format string, args ...any) *Error {
	return &Error{
		Code:    codeInvalid,
		Message: fmt.Sprintf("Line %d: ", line) + fmt.Sprintf(format, args...) + ".",
		Hint:    "Nothing was recorded. Mend that line and drop the file again.",
	}
}

var noReadings = &Error{
	Code: codeInvalid, Message: "There are no readings in it.",
	Hint: "A line is a time and a value: 2026-11-22 02:10, 38",
}

func parseReadings(text, name string, zone *time.Location, now time.Time) ([]point, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, &Error{Code: codeInvalid, Message: "That is no text: readings are lines of a time and a value.", Hint: "Save the table as CSV, in UTF-8."}
	}
	t := &table{name: name, zone: zone, now: now, comma: commaOf(text)}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = t.comma, -1, true
	var points []point
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, lineError(bad.Line, "%s", bad.Err)
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if points, err = t.read(points, line, cells); err != nil {
			return nil, err
		}
		if len(points) > maxReadings {
			return nil, &Error{Code: codeInvalid, Message: "There are more than 10,000 values in it.", Hint: "Leave out what is older than the incident, or take fewer points."}
		}
	}
	if len(points) == 0 {
		return nil, noReadings
	}
	return points, nil
}

// commaOf is what parts the columns, by the first line that says something.
func commaOf(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	for _, comma := range "\t;" {
		if strings.ContainsRune(first, comma) {
			return comma
		}
	}
	return ','
}

type table struct {
	name    string
	zone    *time.Location
	now     time.Time
	comma   rune
	started bool // a line that says something has come
	time    int  // the column of the time
	value   int  // of the value; -1 where each column is a reading
	named   int  // of the name; -1 for none
	unit    int  // of the unit; -1 for none
	wide    []string
}

func (t *table) read(points []point, line int, cells []string) ([]point, error) {
	for n := range cells {
		cells[n] = strings.TrimSpace(cells[n])
	}
	if !t.started {
		t.started = true
		t.time, t.value, t.named, t.unit = 0, 1, 2, 3
		if _, ok := t.moment(cells[0]); !ok && t.header(cells) {
			return points, nil
		}
	}
	at, ok := t.moment(t.cell(cells, t.time))
	switch {
	case !ok:
		return nil, lineError(line, "%q is no time; write 2026-11-22 02:10 or 2026-11-22T02:10:00Z", short(t.cell(cells, t.time), 40))
	case at.After(t.now.Add(time.Minute)):
		return nil, lineError(line, "%s is yet to come", t.cell(cells, t.time))
	case t.value < 0:
		return t.readWide(points, line, at, cells)
	}
	value, err := t.number(line, t.cell(cells, t.value))
	if err != nil {
		return nil, err
	}
	p := point{name: t.name, unit: t.cell(cells, t.unit), at: at, value: value}
	if name := t.cell(cells, t.named); name != "" {
		p.name = name
	}
	if p.name == "" {
		return nil, lineError(line, "the value has no name")
	}
	return append(points, p), nil
}

func (t *table) readWide(points []point, line int, at time.Time, cells []string) ([]point, error) {
	for n, name := range t.wide {
		text := t.cell(cells, n)
		if n == t.time || name == "" || text == "" {
			continue
		}
		value, err := t.number(line, text)
		if err != nil {
			return nil, err
		}
		points = append(points, point{name: name, at: at, value: value})
	}
	return points, nil
}

func (t *table) cell(cells []string, n int) string {
	if n < 0 || n >= len(cells) {
		return ""
	}
	return cells[n]
}

// header reads the names of the columns, and reports whether they are such.
func (t *table) header(cells []string) bool {
	find := func(names ...string) int {
		return slices.IndexFunc(cells, func(cell string) bool { return slices.Contains(names, strings.ToLower(cell)) })
	}
	at := find("time", "timestamp", "at", "date", "datetime", "when")
	if at < 0 {
		return false
	}
	t.time, t.value, t.named, t.unit = at, find("value"), find("name", "metric", "series"), find("unit")
	if t.value < 0 {
		t.wide = cells
	}
	return true
}

// layouts of local times.
var layouts = []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04"}

func (t *table) moment(text string) (time.Time, bool) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, plausible(at)
	}
	for _, layout := range layouts {
		if at, err := time.ParseInLocation(layout, text, t.zone); err == nil {
			return at, plausible(at)
		}
	}
	return time.Time{}, false
}

// plausible keeps out years that no incident file can hold.
func plausible(at time.Time) bool { return at.Year() >= 1970 && at.Year() <= 9999 }

func (t *table) number(line int, text string) (float64, error) {
	number := strings.TrimSpace(strings.TrimSuffix(text, "%"))
	if t.comma != ',' {
		number = strings.ReplaceAll(number, ",", ".")
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return 0, lineError(line, "%q is no number", short(text, 40))
	}
	return value, nil
}

// record is the record of a point; who dropped the file made it.
func (p point) record(by string) *record.Record {
	fields := []record.Field{
		record.TextField("name", p.name),
		{Key: "value", Value: strconv.AppendFloat(nil, p.value, 'f', -1, 64)},
	}
	if p.unit != "" {
		fields = append(fields, record.TextField("unit", p.unit))
	}
	return &record.Record{By: by, At: p.at.UTC().Truncate(time.Millisecond), Do: "reading.add", Fields: fields}
}
