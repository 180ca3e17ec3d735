package folder

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

func TestItIsPackedWhileNothingElseHappensAndNotAllAtOnce(t *testing.T) {
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	clock := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	now := func() time.Time { clock = clock.Add(time.Millisecond); return clock }
	w, err := workspace.Open(filepath.Join(t.TempDir(), "ws"), workspace.Options{Now: now})
	ok(err)
	defer w.Close()
	s, err := Open(w, Options{Now: now})
	ok(err)
	defer s.Close()
	root := filepath.Join(t.TempDir(), "shared")
	ok(s.Found(t.Context(), FoundOptions{Folder: root, Name: "Payments", Person: "Ana", Profile: Cloud}))
	incident := ""
	write := func(do string, field record.Field) {
		t.Helper()
		kept, err := w.Record(incident, &record.Record{By: "Ana", Do: do, Fields: []record.Field{field}})
		ok(err)
		incident = kept[0].Incident
	}
	look := func(after time.Duration) int {
		t.Helper()
		clock = clock.Add(after)
		r, err := s.round(t.Context(), nil, false)
		ok(err)
		return r.Packed
	}
	write("incident.declare", record.TextField("title", "Payments fail"))
	for i := range 70 {
		write("note.add", record.TextField("text", fmt.Sprint("note ", i)))
		look(0)
	}
	ok(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chtimes(path, clock, clock)
	}))
	clock = clock.Add(packAfter)
	if n := look(2 * packQuiet); n > 0 {
		t.Errorf("beside the process that shares for all %d files were packed", n)
	}
	s.shareForAll(true)
	write("note.add", record.TextField("text", "another"))
	if n := look(packQuiet); n > 0 {
		t.Errorf("%d files were packed in a round that published", n)
	}
	if n := look(packQuiet - time.Second); n > 0 {
		t.Errorf("%d files were packed less than a minute after that", n)
	}
	if n := look(2 * time.Second); n < 16 {
		t.Errorf("a minute after that %d files were packed", n)
	}
	if n := look(time.Second); n > 0 {
		t.Errorf("a second after a part %d files were packed", n)
	}
}
