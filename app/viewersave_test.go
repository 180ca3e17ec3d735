package app_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/evidence"
)

// telling is a PNG that says where it was taken, before its pixels and behind
// its end.
func telling(t *testing.T) []byte {
	t.Helper()
	shot := spotted(t)
	body := []byte("tEXtComment\x00taken at 48.1, 11.5")
	var chunk bytes.Buffer
	binary.Write(&chunk, binary.BigEndian, uint32(len(body)-4))
	chunk.Write(body)
	binary.Write(&chunk, binary.BigEndian, crc32.ChecksumIEEE(body))
	const header = 33
	return bytes.Join([][]byte{shot[:header], chunk.Bytes(), shot[header:], []byte("and more")}, nil)
}

func TestACopyOfAPictureIsSavedWithoutItsMetadata(t *testing.T) {
	s := newShelf(t)
	file := telling(t)
	id := s.file("screenshot", "graph.png", file)
	text := s.file("log", "app.log", []byte("02:14:03 it fails\n"))
	if err := s.ws.Close(); err != nil {
		t.Fatal(err)
	}
	a := open(t, app.Options{Workspace: s.dir, As: "Ada"})
	folder := t.TempDir()
	to := filepath.Join(folder, "copy.png")
	// The dialog of the desktop has asked about one that is there.
	if err := os.WriteFile(to, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.SaveFile(s.incident, id, to); err != nil {
		t.Fatal(err)
	}
	saved := must(os.ReadFile(to))
	if bytes.Contains(saved, []byte("48.1")) || bytes.Contains(saved, []byte("and more")) {
		t.Error("it still says where it was taken")
	}
	if found := must(evidence.Look(bytes.NewReader(saved), int64(len(saved)), "")); len(found.Metadata) > 0 {
		t.Errorf("it carries %v", found.Metadata)
	}
	if diff := cmp.Diff(must(png.Decode(bytes.NewReader(file))), must(png.Decode(bytes.NewReader(saved)))); diff != "" {
		t.Errorf("other pixels: %s", diff)
	}

	log := filepath.Join(folder, "app.log")
	if err := a.SaveFile(s.incident, text, log); err != nil {
		t.Fatal(err)
	}
	if got := string(must(os.ReadFile(log))); got != "02:14:03 it fails\n" {
		t.Errorf("a text is saved as %q", got)
	}
	if left := must(os.ReadDir(folder)); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

func TestACopyThatCannotBeSavedSaysWhy(t *testing.T) {
	s := newShelf(t)
	id := s.file("screenshot", "graph.png", spotted(t))
	if err := s.ws.Close(); err != nil {
		t.Fatal(err)
	}
	a := open(t, app.Options{Workspace: s.dir, As: "Ada"})
	folder := t.TempDir()
	full := filepath.Join(folder, "full")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]string{
		filepath.Join(folder, "none", "copy.png"): "copy.png could not be saved in " + filepath.Join(folder, "none") + ": no such file or directory.",
		full: "full could not be saved in " + folder + ": file exists.",
	} {
		var said *app.Error
		if err := a.SaveFile(s.incident, id, to); !errors.As(err, &said) || said.Message != want || said.Hint == "" {
			t.Errorf("into %s: %+v", to, said)
		}
	}
	if left := must(os.ReadDir(folder)); len(left) != 1 {
		t.Errorf("there are %v", left)
	}
}
