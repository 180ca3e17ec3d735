package workspace_test

import (
	"bytes"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

func init() {
	tasks["fill"] = fillUp
	tasks["locked"] = openLocked
	tasks["tight"] = readTight
}

// fillUp records, and imports, until the disk is full: no file may grow over
// a limit, which is what a full disk looks like to a program.
func fillUp(dir string, args []string) error {
	const limit = 600 << 10
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		return err
	}
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	file, err := record.ReadFile(bytes.NewReader(incidenttest.File(2, 4000)), "")
	if err != nil {
		return err
	}
	_, err = ws.Import(file, workspace.ImportOptions{})
	fmt.Println("import", code(err))
	_, _, err = ws.PutBlob(bytes.NewReader(make([]byte, limit+1)))
	fmt.Println("blob", code(err))
	for {
		kept, err := ws.Record(args[0], note(strings.Repeat("a long note ", 2000)))
		if err != nil {
			return err
		}
		fmt.Println("kept", kept[0].ID)
	}
}

func TestAFullDiskIsSaidToBeFullAndLosesNothing(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	id := declareIn(t, ws, "Nearly full")
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	var promised []string
	said := map[string]string{}
	for _, line := range start(t, "fill", dir, id).rest() {
		word, rest, _ := strings.Cut(line, " ")
		if word == "kept" {
			promised = append(promised, rest)
			continue
		}
		said[word] = strings.Fields(rest + " none")[0]
	}
	for _, what := range []string{"import", "blob", "error"} {
		if said[what] != workspace.CodeDiskFull {
			t.Errorf("%s ended with code %q", what, said[what])
		}
	}
	ws = openIn(t, dir, workspace.Options{})
	inc := mustIncident(t, ws, id)
	if len(promised) == 0 || inc.Len() != len(promised)+1 {
		t.Errorf("%d records, %d were promised", inc.Len(), len(promised))
	}
	for _, record := range promised {
		if !inc.Has(record) {
			t.Errorf("record %s is gone", record)
		}
	}
	if sums, err := ws.Incidents(); err != nil || len(sums) != 1 {
		t.Errorf("%+v, %v", sums, err)
	}
	mustRecord(t, ws, id, note("There is space again"))
	if report := checkClean(t, ws); report.Blobs != 0 {
		t.Errorf("%d files were kept", report.Blobs)
	}
}

// openLocked opens dir, which nobody may write, to write and to read. Root
// may write anywhere, so it goes on as nobody.
func openLocked(dir string, _ []string) error {
	const nobody = 65534
	if os.Getuid() == 0 {
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	_, err := workspace.Open(dir, workspace.Options{})
	fmt.Println("write", code(err), err)
	_, err = workspace.Open(filepath.Join(dir, "new"), workspace.Options{})
	fmt.Println("new", code(err), err)
	ws, err := workspace.Open(dir, workspace.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer ws.Close()
	sums, err := ws.Incidents()
	if err != nil {
		return err
	}
	hits, err := ws.Search("locked", 5)
	fmt.Println("read", len(sums), len(hits), err)
	return nil
}

func TestAReadOnlyPlaceIsRefusedToWritersAndFineForReaders(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	declareIn(t, ws, "Locked away")
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	top := filepath.Dir(dir)
	for path, mode := range map[string]os.FileMode{filepath.Join(dir, "bearings.db"): 0o444, dir: 0o555, top: 0o755, filepath.Dir(top): 0o755} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	got := strings.Join(start(t, "locked", dir).rest(), "\n")
	for _, want := range []string{"write " + workspace.CodeReadOnly, "new " + workspace.CodeReadOnly, "read 1 1 <nil>"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}

func TestAPlaceWhereNoFolderCanBeMadeIsReadOnly(t *testing.T) {
	_, err := workspace.Open("/sys/bearings", workspace.Options{})
	wantCode(t, err, workspace.CodeReadOnly)
}

// readTight reads dir where no file has room to grow.
func readTight(dir string, _ []string) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 16, Max: 16}); err != nil {
		return err
	}
	_, err := workspace.Open(dir, workspace.Options{})
	fmt.Println("write", code(err))
	ws, err := workspace.Open(dir, workspace.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer ws.Close()
	sums, err := ws.Incidents()
	fmt.Println("read", len(sums), err)
	return nil
}

func TestAFullDiskCanStillBeRead(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	declareIn(t, ws, "Full")
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(start(t, "tight", dir).rest(), "\n")
	for _, want := range []string{"write " + workspace.CodeDiskFull, "read 1 <nil>"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}
