package simulated_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/simulated"
	"bearings/internal/record"
)

// filled is a folder as the machines of the templates left it, with some of it
// packed, and the lines that are in it.
func filled(tb testing.TB) (f *simulated.Folder, lines map[string]bool) {
	tb.Helper()
	from, err := templates()
	if err != nil {
		tb.Fatal(err)
	}
	f = simulated.New(1, 1, from.now)
	f.Load(from.folder)
	lines = map[string]bool{}
	for _, data := range f.Disk(0).Files() {
		for line := range bytes.Lines(data) {
			if _, err := record.DecodeBatch(line); err == nil {
				lines[string(line)] = true
			}
		}
	}
	c := carrierOn(tb, f.Disk(0))
	pulled(tb, c, carrier.Marks{})
	gone, err := c.Pack(context.Background(), carrier.Packing{
		Before: from.now().Add(year),
		Mine:   func(run record.Run) bool { return run[0]%2 == 0 },
		Still:  func([]byte) bool { return true },
	})
	if len(lines) == 0 || gone == 0 || err != nil {
		tb.Fatalf("the folder has %d lines, and of %d files a pack was made: %v", len(lines), gone, err)
	}
	return f, lines
}

func carrierOn(tb testing.TB, d *simulated.Disk) carrier.Carrier {
	tb.Helper()
	c, err := directory.Open(simulated.Root, directory.Options{Disk: d, Together: filesTogether})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return c
}

// pulled are all lines that a carrier delivers.
func pulled(tb testing.TB, c carrier.Carrier, marks carrier.Marks) [][]byte {
	tb.Helper()
	var all [][]byte
	for range 100 {
		d, err := c.Pull(context.Background(), marks, 1<<20)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, d.Lines...)
		for place, mark := range d.Marks {
			marks[place] = mark
		}
		if !d.More {
			return all
		}
	}
	tb.Fatal("there is always more")
	return nil
}

// TestAnyFlippedByteIsRejectedOrChangesNothing flips every byte of every file
// of a folder, one at a time.
func TestAnyFlippedByteIsRejectedOrChangesNothing(t *testing.T) {
	f, lines := filled(t)
	d := f.Disk(0)
	documents, err := carrierOn(t, d).Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	flips := 0
	for _, name := range slices.Sorted(maps.Keys(d.Files())) {
		whole := slices.Clone(d.Files()[name])
		for i := range whole {
			flips++
			changed := slices.Clone(whole)
			changed[i] ^= 1 << (i % 8)
			d.Put(name, changed)
			c := carrierOn(t, d)
			if _, err := c.Marker(t.Context()); errors.Is(err, carrier.ErrNoMarker) || errors.Is(err, carrier.ErrNewer) {
				continue // what says whose folder it is is not whole: nothing is read and nothing written
			}
			for _, line := range pulled(t, c, carrier.Marks{}) {
				if _, err := record.DecodeBatch(line); err == nil && !lines[string(line)] {
					t.Fatalf("byte %d of %s: a line that nobody wrote came: %s", i, name, line)
				}
			}
			if path.Ext(name) == ".jsonl" || path.Ext(name) == ".zst" {
				continue
			}
			after, err := c.Documents(t.Context())
			if err != nil {
				t.Fatalf("byte %d of %s: %v", i, name, err)
			}
			for _, doc := range documents {
				if !strings.HasSuffix(name, doc.Name) && !slices.ContainsFunc(after, func(a carrier.Document) bool { return a.Name == doc.Name && bytes.Equal(a.Body, doc.Body) }) {
					t.Fatalf("byte %d of %s: document %s is gone", i, name, doc.Name)
				}
			}
		}
		d.Put(name, whole)
	}
	t.Logf("%d flips", flips)
}

// canBe reports whether a new file can be at a path: nothing is there, no
// folder either, and no file is on the way to it.
func canBe(d *simulated.Disk, at string) bool {
	for name := range d.Files() {
		if name == at || strings.HasPrefix(name, at+"/") || strings.HasPrefix(at, name+"/") {
			return false
		}
	}
	return true
}

// FuzzFolder holds that a file of any name and content, and marks that say
// anything, harm nothing: what else is in the folder is read, and nothing that
// is neither there nor in the file.
func FuzzFolder(f *testing.F) {
	folder, lines := filled(f)
	d := folder.Disk(0)
	line := ""
	for l := range lines {
		line = max(line, l)
	}
	for _, seed := range []struct{ name, data, place, mark string }{
		{"logs/2026-11/a-1-b.jsonl", line, "logs/2026-11/a-1-b.jsonl", "12 34"},
		{"logs/2026-11/a-1-b.jsonl", line[:len(line)/2], "", ""},
		{"logs/2026-11/a-1-b (conflicted copy).jsonl", line + line, "logs", "-1"},
		{"packs/a-1-2-b.jsonl.zst", "\x28\xb5\x2f\xfd\x04\x00", "packs/x", "{}"},
		{"members/x.json", `{"d":1}`, "\x00", "\xff"},
		{"blobs/ab/abc", "x", "../../x", "999999999999999999999"},
	} {
		f.Add(seed.name, []byte(seed.data), seed.place, seed.mark)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte, place, mark string) {
		at := path.Join(simulated.Root, name)
		if !strings.HasPrefix(at, simulated.Root+"/") || path.Dir(at) == simulated.Root || !canBe(d, at) {
			return
		}
		d.Put(at, data)
		defer d.Drop(at)
		c := carrierOn(t, d)
		if _, err := c.Marker(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Documents(t.Context()); err != nil {
			t.Fatal(err)
		}
		came := map[string]bool{}
		for _, line := range pulled(t, c, carrier.Marks{place: mark}) {
			came[string(line)] = true
			if _, err := record.DecodeBatch(line); err == nil && !lines[string(line)] && !bytes.Contains(data, line) {
				t.Fatalf("a line that nobody wrote came: %q", line)
			}
		}
		for line := range lines {
			if !came[line] {
				t.Fatalf("a line did not come: %s", line)
			}
		}
		if _, err := c.Holdings(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}
