package workspace_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/workspace"
)

// evidenceFolder is a folder with a file, a secret outside it, and ways out.
func evidenceFolder(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	folder := filepath.Join(top, "case")
	if err := os.MkdirAll(filepath.Join(folder, "shots"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		"secret.txt": "secret", "case/shots/a.png": "a picture", "case/leaked.png": "a token", "case/empty": "",
	} {
		if err := os.WriteFile(filepath.Join(top, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"out": "..", "secret.lnk": "../secret.txt", "inside.lnk": "shots/a.png"} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestFilesOfEvidenceComeInFromBesideTheFileOnly(t *testing.T) {
	ws := newWorkspace(t)
	folder := evidenceFolder(t)
	text := fileOf(declared,
		`{"do":"evidence.add","id":"e1","kind":"screenshot","file":"shots/a.png"}`,
		`{"do":"evidence.add","id":"e2","kind":"log","file":"../secret.txt"}`,
		`{"do":"evidence.add","id":"e3","kind":"log","file":"out/secret.txt"}`,
		`{"do":"evidence.add","id":"e4","kind":"log","file":"secret.lnk"}`,
		`{"do":"evidence.add","id":"e5","kind":"log","file":"`+filepath.ToSlash(filepath.Join(filepath.Dir(folder), "secret.txt"))+`"}`,
		`{"do":"evidence.add","id":"e6","kind":"log","file":"absent.log"}`,
		`{"do":"evidence.add","id":"e7","kind":"log","file":"shots"}`,
		`{"do":"evidence.add","id":"e8","kind":"screenshot","file":"leaked.png"}`,
		`{"do":"evidence.redact","evidence":"e8","why":"a token is in it"}`,
		`{"do":"evidence.add","id":"e9","kind":"screenshot","file":"inside.lnk"}`,
		`{"do":"evidence.add","id":"e10","kind":"screenshot","file":"leaked.png"}`)
	report := mustImport(t, ws, text, workspace.ImportOptions{Folder: folder})
	if report.Added != 12 || report.Files != 2 {
		t.Errorf("%+v", report)
	}
	var noted []string
	for _, n := range report.Notes {
		noted = append(noted, n.ID)
	}
	if diff := cmp.Diff([]string{"e2", "e3", "e4", "e5", "e6", "e7"}, noted); diff != "" {
		t.Errorf("notes: %+v\n%s", report.Notes, diff)
	}
	for _, e := range mustIncident(t, ws, report.Incident).At(noon).Evidence {
		has := e.ID == "e1" || e.ID == "e9"
		if (e.SHA256 != "") != has || has && e.Bytes != int64(len("a picture")) {
			t.Errorf("%s has the file %q of %d bytes", e.ID, e.SHA256, e.Bytes)
		}
	}
	if report := checkClean(t, ws); report.Blobs != 1 {
		t.Errorf("%d files were kept", report.Blobs)
	}
}

func TestAFileThatIsNotTheOneRecordedIsNoted(t *testing.T) {
	ws := newWorkspace(t)
	folder := evidenceFolder(t)
	sum := strings.Repeat("ab", 32)
	text := fileOf(declared, `{"do":"evidence.add","id":"e1","kind":"screenshot","file":"shots/a.png","sha256":"`+sum+`"}`)
	report := mustImport(t, ws, text, workspace.ImportOptions{Folder: folder})
	if len(report.Notes) != 1 || report.Files != 0 {
		t.Errorf("%+v", report)
	}
	if e := mustIncident(t, ws, report.Incident).At(noon).Evidence[0]; e.SHA256 != sum {
		t.Errorf("its hash became %s", e.SHA256)
	}
	if report := checkClean(t, ws); len(report.NotHere) != 1 || report.NotHere[0].SHA256 != sum {
		t.Errorf("not here: %+v", report.NotHere)
	}
}

func TestRedactingEvidenceDestroysItsFileHereAndElsewhere(t *testing.T) {
	from, to := pair(t)
	folder := evidenceFolder(t)
	text := fileOf(declared, `{"do":"evidence.add","id":"e1","kind":"screenshot","file":"leaked.png"}`)
	id := mustImport(t, from, text, workspace.ImportOptions{Folder: folder}).Incident
	sum, _, err := to.PutBlob(strings.NewReader("a token"))
	if err != nil {
		t.Fatal(err)
	}
	mustIngest(t, to, lines(t, from))
	if !from.HasBlob(sum) || !to.HasBlob(sum) {
		t.Fatal("the file is not there")
	}
	mustRecord(t, from, id, act(t, "Ana", "evidence.redact", `{"evidence":"e1","why":"a token is in it"}`))
	mustIngest(t, to, lines(t, from))
	if from.HasBlob(sum) || to.HasBlob(sum) {
		t.Error("the file is still there")
	}

	// As if the process had been ended between the record and the deletion.
	_, _, err = from.PutBlob(strings.NewReader("a token"))
	wantCode(t, err, workspace.CodeRedacted)
	if err := os.WriteFile(filepath.Join(from.Dir(), "blobs", sum[:2], sum), []byte("a token"), 0o600); err != nil {
		t.Fatal(err)
	}
	if report := check(t, from); report.Clean() {
		t.Error("check finds nothing wrong with a redacted file that is there")
	}
	if err := from.Tend(); err != nil {
		t.Fatal(err)
	}
	checkClean(t, from)
	checkClean(t, to)
}

func TestBlobsAreKeptOnceVerifiedAndMissed(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	for range 2 {
		sum, size, err := ws.PutBlob(strings.NewReader("hello"))
		if err != nil || size != 5 || sum != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" {
			t.Fatalf("%s, %d, %v", sum, size, err)
		}
	}
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	blob, err := ws.OpenBlob(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(blob); err != nil || got.String() != "hello" {
		t.Errorf("%q, %v", got.String(), err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder has %v, %v", left, err)
	}

	_, err = ws.OpenBlob(strings.Repeat("0", 64))
	wantCode(t, err, workspace.CodeNotHere)
	_, err = ws.OpenBlob("../../device.key")
	wantCode(t, err, workspace.CodeInvalid)
	if ws.HasBlob("../../device.key") {
		t.Error("a path was taken for a hash")
	}
	if err := os.WriteFile(filepath.Join(dir, "blobs", "2c", sum), []byte("hallo"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = ws.OpenBlob(sum)
	wantCode(t, err, workspace.CodeDamaged)
	if report := check(t, ws); report.Clean() {
		t.Error("check finds nothing wrong with a changed file")
	}
	if _, _, err := ws.PutBlob(strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	checkClean(t, ws)
}

func TestABlobThatCannotBeReadToItsEndIsNotKept(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	if _, _, err := ws.PutBlob(halfReader{}); !errors.Is(err, errHalf) {
		t.Errorf("got %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

var errHalf = errors.New("the cable was pulled")

// A halfReader fails after some bytes.
type halfReader struct{}

func (halfReader) Read(p []byte) (int, error) { return copy(p, "half"), errHalf }
