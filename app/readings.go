package app

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Readings is what takes in numbers that measure the impact.
type Readings struct{ app *App }

// A ReadingsView says what came in.
type ReadingsView struct {
	Says  string   `json:"says"`
	Added int      `json:"added"`
	Known int      `json:"known"` // that were here already
	Names []string `json:"names"`
	From  int64    `json:"from"`
	To    int64    `json:"to"`
}

// What a file of readings may be.
const (
	maxReadingsBytes = 5 << 20
	maxReadings      = 10_000
	readingsBatch    = 1_000 // recorded in one step
)

// FromCSV takes in the readings of a CSV file that was dropped on the window.
// Values without a name are called after the file. Any page could forge a
// drop: what is no plain file of text, or too large, is refused.
func (r *Readings) FromCSV(id, path string) (*ReadingsView, error) {
	return call(r.app, "Readings.FromCSV", func() (*ReadingsView, error) {
		text, err := textOf(path)
		if err != nil {
			return nil, err
		}
		return r.app.takeReadings(id, calledAfter(path), text)
	})
}

// LookAtCSV says what [Readings.FromCSV] would take in; nothing is recorded.
func (r *Readings) LookAtCSV(id, path string) (*ReadingsView, error) {
	return call(r.app, "Readings.LookAtCSV", func() (*ReadingsView, error) {
		text, err := textOf(path)
		if err != nil {
			return nil, err
		}
		_, v, err := r.app.newReadings(id, calledAfter(path), text)
		return v, err
	})
}

// LookAtText says what [Readings.FromText] would take in; nothing is recorded.
func (r *Readings) LookAtText(id, name, text string) (*ReadingsView, error) {
	return call(r.app, "Readings.LookAtText", func() (*ReadingsView, error) {
		if len(text) > maxReadingsBytes {
			return nil, tooLarge()
		}
		_, v, err := r.app.newReadings(id, name, text)
		return v, err
	})
}

// calledAfter is what the readings of a file are called.
func calledAfter(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// FromText takes in readings that were pasted as CSV. Values without a name
// are called name.
func (r *Readings) FromText(id, name, text string) (*ReadingsView, error) {
	return call(r.app, "Readings.FromText", func() (*ReadingsView, error) {
		if len(text) > maxReadingsBytes {
			return nil, tooLarge()
		}
		return r.app.takeReadings(id, name, text)
	})
}

func tooLarge() *Error {
	return &Error{Code: codeInvalid, Message: "That is more than 5 MB of readings.", Hint: "Leave out what is older than the incident, or take fewer points."}
}

// textOf reads a file that somebody, or a script in the page, named.
func textOf(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", &Error{Code: codeNotFound, Message: "The file cannot be read.", Hint: "Is it still there, and may you read it?"}
	}
	if !info.Mode().IsRegular() {
		return "", &Error{Code: codeInvalid, Message: filepath.Base(path) + " is not a plain file.", Hint: "Drop the CSV file itself, not a folder or a link to it."}
	}
	if info.Size() > maxReadingsBytes {
		return "", tooLarge()
	}
	f, err := os.Open(path)
	if err != nil {
		return "", &Error{Code: codeNotFound, Message: "The file cannot be read.", Hint: "May you read it?"}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxReadingsBytes+1))
	if err != nil {
		return "", fmt.Errorf("read the readings: %w", err)
	}
	if len(data) > maxReadingsBytes {
		return "", tooLarge()
	}
	return string(data), nil
}

func (a *App) takeReadings(id, name, text string) (*ReadingsView, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	points, v, err := a.newReadings(id, name, text)
	if err != nil {
		return nil, err
	}
	for batch := range slices.Chunk(points, readingsBatch) {
		var records []*record.Record
		for _, p := range batch {
			records = append(records, p.record(me))
		}
		if _, err := a.ws.Record(id, records...); err != nil {
			return nil, err
		}
	}
	if v.Added > 0 {
		a.takePart(id, me)
	}
	return v, nil
}

// newReadings are those of a text that are not here yet.
func (a *App) newReadings(id, name, text string) ([]point, *ReadingsView, error) {
	points, err := parseReadings(text, name, a.zone, a.now())
	if err != nil {
		return nil, nil, err
	}
	s, err := a.state(id, 0)
	if err != nil {
		return nil, nil, err
	}
	all := len(points)
	points = slices.DeleteFunc(points, known(s))
	v := &ReadingsView{Added: len(points), Known: all - len(points), Names: []string{}}
	for _, p := range points {
		if !slices.Contains(v.Names, p.name) {
			v.Names = append(v.Names, p.name)
		}
		at := ms(p.at)
		if v.From == 0 || at < v.From {
			v.From = at
		}
		v.To = max(v.To, at)
	}
	v.Says = fmt.Sprintf("%s of %s", counted(v.Added, "value", "values"), strings.Join(v.Names, ", "))
	if v.Added == 0 {
		v.Says = "All of these values are here already"
	}
	return points, v, nil
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(int64(n)) + " " + many
}

// known reports what a point is that is here already: dropping a file twice
// makes no difference.
func known(s *incident.State) func(point) bool {
	type value struct {
		name  string
		at    int64
		value float64
	}
	here := map[value]bool{}
	for _, r := range s.Readings {
		for _, p := range r.Points {
			here[value{r.Name, ms(p.At), p.Value}] = true
		}
	}
	return func(p point) bool {
		v := value{p.name, ms(p.at), p.value}
		twice := here[v]
		here[v] = true
		return twice
	}
}

// A point is one value of a file of readings.
type point struct {
	name  string
	unit  string
	at    time.Time
	value float64
}
