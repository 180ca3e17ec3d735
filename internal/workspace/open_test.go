package workspace_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/internal/workspace"
)

func TestANewWorkspaceIsPrivateAndStaysTheSame(t *testing.T) {
	dir := newDir(t)
	first := openIn(t, dir, workspace.Options{Owner: "Ana"})
	id, device := first.ID(), first.Device().ID
	if id == "" || device == "" {
		t.Errorf("identity %q, device %q", id, device)
	}
	for path, want := range map[string]os.FileMode{"": 0o700, "device.key": 0o600, "bearings.db": 0o600, "bearings.log": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q has mode %o, want %o", path, got, want)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := openIn(t, dir, workspace.Options{Owner: "Ben"})
	if again.ID() != id || again.Device().ID != device {
		t.Error("opened again, it is another workspace or another device")
	}
	if owner, err := again.Owner(); err != nil || owner != "Ana" {
		t.Errorf("the owner is %q, %v; the one of its creation stays", owner, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func TestAWorkspaceThatJoinsHasTheIdentityOfTheOthers(t *testing.T) {
	ws := openIn(t, newDir(t), workspace.Options{Identity: "0123456789abcdef0123456789abcdef"})
	if ws.ID() != "0123456789abcdef0123456789abcdef" {
		t.Errorf("its identity is %s", ws.ID())
	}
}

// made returns the folder of a closed workspace with some incidents in it.
func made(t *testing.T) string {
	t.Helper()
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Before it was damaged")
	for i := range 50 {
		mustRecord(t, ws, id, note(fmt.Sprint("note ", i)))
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// rewrite changes the bytes of a closed workspace's database.
func rewrite(t *testing.T, dir string, change func([]byte) []byte) {
	t.Helper()
	path := filepath.Join(dir, "bearings.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// alter runs a statement on a closed workspace's database.
func alter(t *testing.T, dir, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "bearings.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatal(err)
	}
}

func TestWhatCannotBeOpenedIsRefusedAndLeftAsItWas(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(t *testing.T, dir string)
		code  string
	}{
		"a newer program's": {func(t *testing.T, dir string) { alter(t, dir, "PRAGMA user_version = 99") }, workspace.CodeNewer},
		"another program's": {func(t *testing.T, dir string) { alter(t, dir, "PRAGMA application_id = 1234") }, workspace.CodeForeign},
		"nobody's":          {func(t *testing.T, dir string) { alter(t, dir, "PRAGMA application_id = 0") }, workspace.CodeForeign},
		"without a version": {func(t *testing.T, dir string) { alter(t, dir, "PRAGMA user_version = 0") }, workspace.CodeDamaged},
		"garbage": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(b []byte) []byte { return []byte(strings.Repeat("not a database ", 1000)) })
		}, workspace.CodeDamaged},
		"empty": {func(t *testing.T, dir string) { rewrite(t, dir, func([]byte) []byte { return nil }) }, workspace.CodeDamaged},
		"cut short": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(b []byte) []byte { return b[:len(b)/2] })
		}, workspace.CodeDamaged},
		"a page overwritten": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(b []byte) []byte { copy(b[4096:8192], strings.Repeat("\xff", 4096)); return b })
		}, workspace.CodeDamaged},
		"a folder": {func(t *testing.T, dir string) {
			path := filepath.Join(dir, "bearings.db")
			if err := os.Rename(path, path+".moved"); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, workspace.CodeForeign},
		"a key that is none": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "device.key"), []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, workspace.CodeDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			dir := made(t)
			test.spoil(t, dir)
			before, _ := os.ReadFile(filepath.Join(dir, "bearings.db"))
			ws, err := workspace.Open(dir, workspace.Options{})
			if err == nil {
				ws.Close()
			}
			wantCode(t, err, test.code)
			after, _ := os.ReadFile(filepath.Join(dir, "bearings.db"))
			if string(before) != string(after) {
				t.Error("the database was changed")
			}
		})
	}
}

func TestAnyByteOfADatabaseThatIsFlippedIsRefusedFoundOrHarmless(t *testing.T) {
	dir := made(t)
	ws := openIn(t, dir, workspace.Options{})
	sums, err := ws.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	id := sums[0].ID
	want := content(t, ws, id)
	if err := ws.Tend(); err != nil {
		t.Fatal(err)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "bearings.db"))
	if err != nil {
		t.Fatal(err)
	}
	refused, found, harmless := 0, 0, 0
	for at := 7; at < len(whole); at += len(whole) / 60 {
		rewrite(t, dir, func([]byte) []byte {
			b := []byte(string(whole))
			b[at] ^= 0x20
			return b
		})
		ws, err := workspace.Open(dir, workspace.Options{ReadOnly: true})
		if err != nil {
			if code(err) == "" {
				t.Errorf("byte %d: an error without a code: %v", at, err)
			}
			refused++
			continue
		}
		report := check(t, ws)
		switch {
		case !report.Clean():
			found++
		case content(t, ws, id) != want:
			t.Errorf("byte %d: the records changed and nobody noticed", at)
		default:
			harmless++
		}
		if err := ws.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d refused, %d found by check, %d harmless", refused, found, harmless)
	if refused+found == 0 {
		t.Error("no flipped byte was noticed")
	}
}

func TestAWorkspaceOfAnOlderVersionOpens(t *testing.T) {
	for _, version := range []string{"version-1", "version-2"} {
		dir := newDir(t)
		if err := os.CopyFS(dir, os.DirFS("testdata/"+version)); err != nil {
			t.Fatal(err)
		}
		ws := openIn(t, dir, workspace.Options{})
		s, err := ws.Find("Payments")
		if err != nil {
			t.Fatal(err)
		}
		if s.Counts.Records != 4 || s.Title != "Payments fail" {
			t.Errorf("%s holds %+v", version, s)
		}
		mustRecord(t, ws, s.ID, note("Written by a newer program"))
		if held, _, err := ws.Held(); err != nil || len(held) < 2 {
			t.Errorf("%s: of runs are here %+v, %v", version, held, err)
		}
		checkClean(t, ws)
	}
}

func TestOpeningToReadFindsNoWorkspaceWhereThereIsNone(t *testing.T) {
	dir := newDir(t)
	_, err := workspace.Open(dir, workspace.Options{ReadOnly: true})
	wantCode(t, err, workspace.CodeNotFound)
	if _, err := os.Stat(dir); err == nil {
		t.Error("it made the folder")
	}
}

func TestAReaderSeesWhatAnotherWritesAndWritesNothing(t *testing.T) {
	dir := newDir(t)
	writer := openIn(t, dir, workspace.Options{})
	id := declareIn(t, writer, "Watched")
	reader := openIn(t, dir, workspace.Options{ReadOnly: true})
	mustRecord(t, writer, id, note("Seen by the reader"))

	if _, err := reader.Refresh(); err != nil {
		t.Fatal(err)
	}
	if n := mustIncident(t, reader, id).Len(); n != 2 {
		t.Errorf("the reader sees %d records", n)
	}
	hits, err := reader.Search("seen", 10)
	if err != nil || len(hits) != 1 {
		t.Errorf("the reader finds %v, %v", hits, err)
	}
	if sums, err := reader.Incidents(); err != nil || len(sums) != 1 || sums[0].Counts.Records != 2 {
		t.Errorf("the reader lists %+v, %v", sums, err)
	}
	_, err = reader.Record(id, note("No"))
	wantCode(t, err, workspace.CodeReadOnly)
	_, err = reader.Ingest(nil)
	wantCode(t, err, workspace.CodeReadOnly)
	_, err = importText(t, reader, "", workspace.ImportOptions{})
	wantCode(t, err, workspace.CodeReadOnly)
	wantCode(t, reader.Set("k", "v"), workspace.CodeReadOnly)
	wantCode(t, reader.Tend(), workspace.CodeReadOnly)
	_, _, err = reader.PutBlob(strings.NewReader("x"))
	wantCode(t, err, workspace.CodeReadOnly)
	checkClean(t, reader)
}

func TestSettingsAreKept(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	for _, value := range []string{"dark", "light"} {
		if err := ws.Set("theme", value); err != nil {
			t.Fatal(err)
		}
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	again := openIn(t, dir, workspace.Options{})
	if got, err := again.Setting("theme"); err != nil || got != "light" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := again.Setting("never set"); err != nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestTheLogSaysNothingOfWhatRecordsSay(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Confidential title")
	mustRecord(t, ws, id, note("Confidential note"))
	_, err := ws.Record(id, act(t, "Ana", "claim.verdict", `{"claim":"Confidential claim"}`))
	wantCode(t, err, "invalid")
	log, err := os.ReadFile(filepath.Join(dir, "bearings.log"))
	if err != nil {
		t.Fatal(err)
	}
	if len(log) == 0 || strings.Contains(string(log), "Confidential") {
		t.Errorf("the log says:\n%s", log)
	}
}

func TestWhatEndedProcessesLeftBehindIsRemovedAfterADay(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	if _, _, err := ws.PutBlob(strings.NewReader("kept")); err != nil {
		t.Fatal(err)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	left := []string{".new-1", ".key-1", "blobs/in-1"}
	for _, name := range left {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, after := range []struct {
		hours, want int
	}{{1, len(left)}, {25, 0}} {
		now := time.Now().Add(time.Duration(after.hours) * time.Hour)
		ws, err := workspace.Open(dir, workspace.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		ws.Close()
		there := 0
		for _, name := range left {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				there++
			}
		}
		if there != after.want {
			t.Errorf("after %d hours %d are there, want %d", after.hours, there, after.want)
		}
	}
	if report := checkClean(t, openIn(t, dir, workspace.Options{})); report.Blobs != 1 {
		t.Errorf("%d files", report.Blobs)
	}
}
