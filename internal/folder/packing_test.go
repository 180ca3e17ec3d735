package folder_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"bearings/internal/folder"
	"bearings/internal/lock"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// scatter lets a machine write so many notes, each into a file of its own.
func scatter(m *mate, id string, notes int) {
	m.t.Helper()
	for i := range notes {
		m.record(id, m.act("note.add", fmt.Sprintf(`{"text":"note %d of %s"}`, i, m.name)))
		m.sync()
	}
}

// age makes the files of a folder older than a day by a clock.
func age(t *testing.T, root string, c *clock) {
	t.Helper()
	then := c.Now().Add(-48 * time.Hour)
	for path := range tree(t, root) {
		ok(t, os.Chtimes(path, then, then))
	}
}

// linesIn are the lines of all packs of a folder.
func linesIn(t *testing.T, root string) []byte {
	t.Helper()
	z, err := zstd.NewReader(nil)
	ok(t, err)
	defer z.Close()
	var all []byte
	for path := range tree(t, root) {
		if strings.HasSuffix(path, ".zst") {
			pack, err := os.ReadFile(path)
			ok(t, err)
			all, err = z.DecodeAll(pack, all)
			ok(t, err)
		}
	}
	return all
}

func clean(t *testing.T, m *mate) folder.FolderReport {
	t.Helper()
	report, err := m.Check(t.Context(), nil)
	ok(t, err)
	if !report.Clean() || report.Lacking > 0 {
		t.Errorf("%s finds %+v", m.name, report)
	}
	return report
}

func TestWhoWroteOldLinesPacksThem(t *testing.T) {
	c, root := newClock(), filepath.Join(t.TempDir(), "shared")
	ana, ben := newMate(t, "Ana", c.Now), newMate(t, "Ben", c.Now)
	ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Payments", Person: "Ana", Profile: folder.Cloud}))
	id := ana.declare("Payments fail")
	e := ana.record(id, ana.act("evidence.add", `{"kind":"log","title":"A log","text":"the secret is hunter2"}`))[0]
	scatter(ana, id, 20)
	ok(t, ben.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Ben", Profile: folder.Cloud}))
	ben.sync()
	scatter(ben, id, 3)
	if r := ana.sync(); r.Packed > 0 {
		t.Errorf("%d files were packed that had just been written", r.Packed)
	}
	age(t, root, c)
	if r := ben.sync(); r.Packed > 0 {
		t.Errorf("Ben packed %d files", r.Packed)
	}
	before := len(tree(t, root))
	if r := ana.sync(); r.Packed < 20 || len(tree(t, root)) != before-r.Packed+1 {
		t.Errorf("Ana packed %d files; of %d there are %d", r.Packed, before, len(tree(t, root)))
	}
	clean(t, ben)
	settle(ana, ben)
	late := newMate(t, "Dana", c.Now)
	ok(t, late.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Dana"}))
	settle(ana, ben, late)
	agree(t, id, ana, ben, late)

	packed := linesIn(t, root)
	if !bytes.Contains(packed, []byte("hunter2")) {
		t.Fatal("the evidence is not in a pack")
	}
	_, err := ben.ws.Redact(id, workspace.Redaction{By: "Ben", Evidence: e.ID})
	ok(t, err)
	settle(ben, ana)
	if after := linesIn(t, root); bytes.Contains(after, []byte("hunter2")) || bytes.Count(after, []byte("\n")) != bytes.Count(packed, []byte("\n")) {
		t.Error("the pack was not written anew without what was redacted")
	}
	clean(t, late)
	agree(t, id, ana, ben)
}

func TestASealedWorkspaceIsPackedAsItIs(t *testing.T) {
	c, root := newClock(), filepath.Join(t.TempDir(), "shared")
	ana := newMate(t, "Ana", c.Now)
	ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Payments", Person: "Ana", Sealed: true, Profile: folder.Cloud}))
	scatter(ana, ana.declare("Payments fail"), 20)
	before := clean(t, ana)
	age(t, root, c)
	if r := ana.sync(); r.Packed < 20 {
		t.Errorf("%d files were packed", r.Packed)
	}
	ana.sync()
	if after := clean(t, ana); after.Batches != before.Batches || after.Twice > 0 {
		t.Errorf("before it held %+v, after it %+v", before, after)
	}
	packed := linesIn(t, root)
	if bytes.Contains(packed, []byte("note")) {
		t.Error("a pack can be read without a key")
	}
	for line := range bytes.Lines(packed) {
		if _, _, ok := record.PlaceOf(line); !ok {
			t.Errorf("a pack holds %q", line)
		}
	}
}

// The window's process packs while nothing else happens, and a command beside
// it does not.
func TestOnlyOneProcessPacks(t *testing.T) {
	root, c, mates := team(t, "Ana")
	ana := mates[0]
	id := ana.declare("Payments fail")
	for range 20 { // each start begins a file
		ana.close()
		ana.open()
		scatter(ana, id, 1)
	}
	age(t, root, c)
	held, err := lock.Take(filepath.Join(ana.dir, "folder.lock"))
	ok(t, err)
	ana.sync()
	if r := ana.sync(); r.Packed > 0 {
		t.Errorf("beside another process it packed %d files", r.Packed)
	}
	ok(t, held.Close())
	if r := ana.sync(); r.Packed < 20 {
		t.Errorf("alone it packed %d files", r.Packed)
	}
	clean(t, ana)
}
