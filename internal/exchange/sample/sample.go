// Package sample holds the sample incident: a made-up night at a payments
// company, with every kind of record in it, on which a newcomer can try the
// program without an incident of their own. It is an ordinary incident file,
// shifted in time so that it ends now.
package sample

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

//go:embed incident.jsonl
var incidentFile []byte

//go:embed files/*.png
var pictures embed.FS

// The file is told at a place an hour east of Greenwich, and is read a few
// seconds after its last record.
var (
	toldIn    = time.FixedZone("", 60*60)
	readAfter = 9 * time.Second
)

// Load puts the sample incident into a workspace, as if it had been going on
// until now, a time in the zone of the one who will read it: clock times in
// the texts are written in that zone too. Whoever leads it is whoever leads it
// in the story; the reader joins.
func Load(ws *workspace.Workspace, now time.Time) (workspace.Report, error) {
	file, err := File(now)
	if err != nil {
		return workspace.Report{}, err
	}
	folder, err := unpack()
	if err != nil {
		return workspace.Report{}, fmt.Errorf("unpack the pictures of the sample: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // it lies among the temporary files
	return ws.Import(file, workspace.ImportOptions{Folder: folder})
}

// File returns the sample incident, shifted by whole minutes so that it ends
// within the minute before now.
func File(now time.Time) (*record.File, error) {
	records, err := read(incidentFile)
	if err != nil {
		return nil, err
	}
	end := records[0].Recorded
	for _, r := range records {
		if r.Recorded.After(end) {
			end = r.Recorded
		}
	}
	s := shift{by: now.Sub(end.Add(readAfter)).Truncate(time.Minute), zone: now.Location()}
	var shifted []byte
	for _, r := range records {
		s.move(r)
		shifted = append(r.AppendJSON(shifted), '\n')
	}
	return record.ReadFile(bytes.NewReader(shifted), "Sample incident")
}

func read(lines []byte) ([]*record.Record, error) {
	var records []*record.Record
	for n, line := range bytes.Split(bytes.TrimSpace(lines), []byte("\n")) {
		r, err := record.DecodeLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d of the sample incident: %w", n+1, err)
		}
		records = append(records, r)
	}
	return records, nil
}

type shift struct {
	by   time.Duration
	zone *time.Location
}

// move shifts every time of a record, those in its texts included.
func (s shift) move(r *record.Record) {
	r.At, r.Recorded = r.At.Add(s.by).UTC(), r.Recorded.Add(s.by).UTC()
	if !r.Until.IsZero() {
		r.Until = r.Until.Add(s.by).UTC()
	}
	for n, f := range r.Fields {
		var text string
		if json.Unmarshal(f.Value, &text) != nil {
			continue
		}
		r.Fields[n] = record.TextField(f.Key, s.text(text))
	}
}

func (s shift) text(text string) string {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.Add(s.by).UTC().Format(time.RFC3339)
	}
	return clockTime.ReplaceAllStringFunc(text, s.clock)
}

// clockTime finds "03:50" and "02:14:02" in a text.
var clockTime = regexp.MustCompile(`\b[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?\b`)

func (s shift) clock(text string) string {
	layout := "15:04"
	if len(text) > len(layout) {
		layout = "15:04:05"
	}
	t, err := time.ParseInLocation("2006-01-02 "+layout, "2026-11-22 "+text, toldIn)
	if err != nil {
		return text
	}
	return t.Add(s.by).In(s.zone).Format(layout)
}

func unpack() (string, error) {
	folder, err := os.MkdirTemp("", "bearings-sample-")
	if err != nil {
		return "", err
	}
	return folder, fs.WalkDir(pictures, "files", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := pictures.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, d.Name()), data, 0o600)
	})
}
