package workspace_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bearings/internal/workspace"
)

// putMany keeps files of which other processes keep the same, and prints their
// names.
func putMany(dir string, args []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	for n := range 40 {
		sum, _, err := ws.PutBlob(strings.NewReader(strings.Repeat(fmt.Sprint("blob ", n), 2000)))
		if err != nil {
			return err
		}
		fmt.Println(sum)
	}
	return ws.Close()
}

func TestFilesAreKeptByManyAtOnce(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	children := []*child{start(t, "put", dir), start(t, "put", dir)}
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for n := range 40 {
				if _, _, err := ws.PutBlob(strings.NewReader(strings.Repeat(fmt.Sprint("blob ", n), 2000))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, c := range children {
		sums := c.rest()
		if len(sums) != 40 {
			t.Fatalf("a process kept %d files: %v", len(sums), sums)
		}
		for _, sum := range sums {
			blob, err := ws.OpenBlob(sum)
			if err != nil {
				t.Fatal(err)
			}
			blob.Close()
		}
	}
	wait.Wait()
	if report := check(t, ws); report.Blobs != 40 || len(report.Unnamed) != 40 || !report.Clean() {
		t.Errorf("%+v", report)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "blobs", "in-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A changing reader gives other bytes each time, and fails at the end.
type changing struct {
	n   int
	err error
}

func (c *changing) Read(p []byte) (int, error) {
	if c.n++; c.n > 5 {
		return 0, c.err
	}
	return copy(p, strings.Repeat(fmt.Sprint(c.n), 1000)), nil
}

func TestTheHashIsOfWhatWasKept(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	sum, size, err := ws.PutBlob(&changing{err: io.EOF})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "blobs", sum[:2], sum))
	if err != nil {
		t.Fatal(err)
	}
	if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != sum || int64(len(content)) != size {
		t.Errorf("%d bytes of %x were kept as %s of %d bytes", len(content), got, sum, size)
	}
	gone := errors.New("the file vanished")
	if _, _, err := ws.PutBlob(&changing{err: gone}); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "blobs", "in-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAFileThatNoRecordNamesIsRemovedAfterADayAndNoOther(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Payments fail")
	put := func(content string) (sum, path string) {
		t.Helper()
		sum, _, err := ws.PutBlob(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		return sum, filepath.Join(dir, "blobs", sum[:2], sum)
	}
	named, namedPath := put("named")
	lost, lostPath := put("lost")
	young, _ := put("young")
	again, againPath := put("again")
	aside, asidePath := put("aside")
	mustRecord(t, ws, id, act(t, "Ana", "evidence.add", `{"kind":"log","sha256":"`+named+`"}`))
	stranger := openIn(t, newDir(t), workspace.Options{Identity: ws.ID()})
	other := declareIn(t, stranger, "Elsewhere")
	mustRecord(t, stranger, other, act(t, "Eve", "evidence.add", `{"kind":"log","sha256":"`+aside+`"}`))
	if result := mustIngest(t, ws, lines(t, stranger)); len(result.Quarantined) == 0 {
		t.Fatalf("%+v", result)
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	for _, path := range []string{namedPath, lostPath, againPath, asidePath} {
		if err := os.Chtimes(path, yesterday, yesterday); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(ws.Cache(lost)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ws.Cache(lost+"-thumb"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	put("again") // somebody is about to name it
	if report := checkClean(t, ws); len(report.Unnamed) != 3 {
		t.Errorf("no record names %v", report.Unnamed)
	}
	if err := ws.Tend(); err != nil {
		t.Fatal(err)
	}
	for sum, want := range map[string]bool{named: true, lost: false, young: true, again: true, aside: true} {
		if ws.HasBlob(sum) != want {
			t.Errorf("%s is here: %v", sum, !want)
		}
	}
	if _, err := os.Stat(ws.Cache(lost + "-thumb")); !os.IsNotExist(err) {
		t.Errorf("what was derived from it is still there: %v", err)
	}
	checkClean(t, ws)
}

func TestAnOldWorkspaceIsBroughtUpToDate(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Payments fail")
	sum, _, err := ws.PutBlob(bytes.NewReader([]byte("a log")))
	if err != nil {
		t.Fatal(err)
	}
	mustRecord(t, ws, id, act(t, "Ana", "evidence.add", `{"id":"e1","kind":"log","title":"Gateway","sha256":"`+sum+`"}`))
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"DROP TABLE carriers", "DROP TABLE marks", "DROP TABLE documents", "DROP TABLE erased", "DROP TABLE seen", "DROP TABLE heard", "DROP TABLE excluded", "DROP INDEX batches_by_device",
		"DROP TABLE redactions", "DROP TABLE files", "DELETE FROM texts_index_config WHERE k = 'secure-delete'",
		"UPDATE settings SET value = '1' WHERE key = 'derivation'", "PRAGMA user_version = 1",
	} {
		alter(t, dir, statement)
	}
	reader := openIn(t, dir, workspace.Options{ReadOnly: true})
	checkClean(t, reader)
	if hits, err := reader.Search("gateway", 5); err != nil || len(hits) > 1 {
		t.Errorf("%v, %v", hits, err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	ws = openIn(t, dir, workspace.Options{})
	if _, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e1"}); err != nil {
		t.Fatal(err)
	}
	if ws.HasBlob(sum) {
		t.Error("the file is still here")
	}
	checkClean(t, ws)
}
