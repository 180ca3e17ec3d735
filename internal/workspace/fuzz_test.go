package workspace_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"bearings/internal/workspace"
)

// FuzzIngest holds that any bytes are taken in, known, put aside or reported,
// and that what comes in is what was sent.
func FuzzIngest(f *testing.F) {
	from, err := workspace.Open(filepath.Join(f.TempDir(), "from"), workspace.Options{})
	if err != nil {
		f.Fatal(err)
	}
	defer from.Close()
	to, err := workspace.Open(filepath.Join(f.TempDir(), "to"), workspace.Options{Identity: from.ID()})
	if err != nil {
		f.Fatal(err)
	}
	defer to.Close()
	if _, err := to.Trust(from.Device()); err != nil {
		f.Fatal(err)
	}
	if _, err := from.Record("", declaration("Fuzzed"), note("one")); err != nil {
		f.Fatal(err)
	}
	stored, err := from.Lines(0, 1)
	if err != nil {
		f.Fatal(err)
	}
	real := stored[0].Bytes
	f.Add(real)
	f.Add(real[:len(real)-3])
	f.Add([]byte{})
	f.Add([]byte("00000000 {}\n"))
	f.Fuzz(func(t *testing.T, line []byte) {
		result, err := to.Ingest([][]byte{line})
		if err != nil {
			t.Fatal(err)
		}
		if result.Added+result.Known+len(result.Quarantined)+len(result.Bad) != 1 {
			t.Fatalf("%+v", result)
		}
		if result.Added > 0 && !bytes.Equal(bytes.TrimRight(line, "\r\n"), bytes.TrimRight(real, "\n")) {
			t.Fatalf("a line that nobody wrote came in: %q", line)
		}
	})
}
