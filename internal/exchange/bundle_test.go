package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

const (
	declaredLine = `{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"incident.declare","title":"Payments fail"}` + "\n"
	shownLine    = `{"at":"2026-11-22T02:01:00Z","by":"Ana","do":"evidence.add","id":"e1","kind":"log","title":"A log","file":"logs/gw.log"}` + "\n"
)

// A member is one file of a zip file that a test makes.
type member struct {
	name, content string
	mode          fs.FileMode
}

func zipped(t *testing.T, members ...member) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		h.SetMode(m.mode | 0o600)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func bundled(t *testing.T, ws *workspace.Workspace, id string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = exchange.ExportBundle(ws, id, f, []exchange.Member{{Name: "briefs/brief.txt", Content: []byte("read me\n")}})
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// blobs are the files of evidence of a workspace, by their path.
func blobs(t *testing.T, ws *workspace.Workspace) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := filepath.Join(ws.Dir(), "blobs")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, root)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestABundleGivesTheSameRecordsAndFilesAndTheSameBundle(t *testing.T) {
	for _, path := range cases(t) {
		t.Run(filepath.ToSlash(filepath.Dir(path)), func(t *testing.T) {
			ws, again := newWorkspace(t), newWorkspace(t)
			report, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			first := bundled(t, ws, report.Incident)
			second, err := exchange.ImportFile(again, first, exchange.Options{}, nil)
			if err != nil || second.Added != report.Added || second.Files != len(blobs(t, ws)) {
				t.Fatalf("came in as %+v, %v", second, err)
			}
			if diff := cmp.Diff(string(export(t, ws, report.Incident)), string(export(t, again, report.Incident))); diff != "" {
				t.Errorf("the records differ:\n%s", diff)
			}
			if diff := cmp.Diff(blobs(t, ws), blobs(t, again)); diff != "" {
				t.Errorf("the files differ:\n%.500s", diff)
			}
			x, err := os.ReadFile(first)
			if err != nil {
				t.Fatal(err)
			}
			y, err := os.ReadFile(bundled(t, again, report.Incident))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(x, y) {
				t.Error("the bundle of the bundle differs")
			}
			third, err := exchange.ImportFile(again, first, exchange.Options{}, nil)
			if err != nil || third.Added != 0 || third.Files != 0 {
				t.Errorf("again: %+v, %v", third, err)
			}
			checkClean(t, again)
		})
	}
}

func TestABundleMadeByHandHasItsFilesByName(t *testing.T) {
	ws := newWorkspace(t)
	path := zipped(t, member{name: "case/incident.jsonl", content: declaredLine + shownLine},
		member{name: "case/logs/gw.log", content: "it broke"}, member{name: "case/other.txt", content: "nobody names this"})
	report, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
	if err != nil || report.Files != 1 || !report.Clean() {
		t.Fatalf("%+v, %v", report, err)
	}
	if found := blobs(t, ws); len(found) != 1 {
		t.Errorf("it holds %v", found)
	}
	checkClean(t, ws)
}

func TestATrapIsRefusedInWordsAndLeavesNothing(t *testing.T) {
	whole := member{name: "incident.jsonl", content: declaredLine + shownLine}
	for name, c := range map[string]struct {
		members []member
		says    string
	}{
		"a way out":          {[]member{whole, {name: "../../evil.log", content: "x"}}, "leads out of it"},
		"an absolute path":   {[]member{whole, {name: "/etc/passwd", content: "x"}}, "leads out of it"},
		"a Windows path":     {[]member{whole, {name: `..\evil.log`, content: "x"}}, "leads out of it"},
		"a drive":            {[]member{whole, {name: "c:evil.log", content: "x"}}, "leads out of it"},
		"a link":             {[]member{whole, {name: "logs/gw.log", content: "/etc/passwd", mode: fs.ModeSymlink}}, "but a link"},
		"a name twice":       {[]member{whole, {name: "a.log", content: "x"}, {name: "A.log", content: "y"}}, "twice"},
		"a bomb":             {[]member{whole, {name: "logs/gw.log", content: strings.Repeat("\x00", 65<<20)}}, "as only a trap is"},
		"no incident":        {[]member{{name: "a.log", content: "x"}}, "there is no incident file in it"},
		"two incidents":      {[]member{whole, {name: "other.jsonl", content: declaredLine}}, "several incident files"},
		"no records":         {[]member{{name: "incident.jsonl", content: "not a record\n"}}, "not an incident file"},
		"nothing whatsoever": {nil, "there is no incident file in it"},
	} {
		t.Run(name, func(t *testing.T) {
			ws := newWorkspace(t)
			_, err := exchange.ImportFile(ws, zipped(t, c.members...), exchange.Options{}, nil)
			var refused *incident.Error
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "nothing was imported") {
				t.Errorf("got %v", err)
			}
			if sums, err := ws.Incidents(); err != nil || len(sums) > 0 || len(blobs(t, ws)) > 0 {
				t.Errorf("something came in: %v, %v, %v", sums, blobs(t, ws), err)
			}
		})
	}
}

// A member that says it is smaller than it is.
func TestAMemberThatLiesAboutItsSizeIsCutOff(t *testing.T) {
	path := zipped(t, member{name: "incident.jsonl", content: declaredLine + shownLine},
		member{name: "logs/gw.log", content: strings.Repeat("it broke ", 1000)})
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := []byte{0x28, 0x23, 0, 0} // 9000, little-endian
	at := bytes.LastIndex(content, size)
	if at < 0 {
		t.Fatal("the size is nowhere")
	}
	copy(content[at:], []byte{10, 0, 0, 0})
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	ws := newWorkspace(t)
	if _, err := exchange.ImportFile(ws, path, exchange.Options{}, nil); err == nil {
		t.Error("it came in")
	}
	for name, content := range blobs(t, ws) {
		t.Errorf("%s of %d bytes came in", name, len(content))
	}
}

func TestABundleHoldsNothingThatWasRedacted(t *testing.T) {
	ws := newWorkspace(t)
	path := zipped(t, member{name: "incident.jsonl", content: declaredLine + shownLine}, member{name: "logs/gw.log", content: "token hunter2"})
	report, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Redact(report.Incident, workspace.Redaction{By: "Ana", Evidence: "e1"}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(bundled(t, ws, report.Incident))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil || bytes.Contains(content, []byte("hunter2")) || bytes.Contains(content, []byte("gw.log")) || strings.HasPrefix(m.Name, "evidence/") {
			t.Errorf("%s holds %.300s, %v", m.Name, content, err)
		}
	}

	// The bundle from before the redaction brings nothing back.
	again, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
	if err != nil || again.Added != 0 || again.Files != 0 {
		t.Errorf("%+v, %v", again, err)
	}
	if len(blobs(t, ws)) > 0 {
		t.Error("the file is back")
	}
	checkClean(t, ws)
}

func TestWhatCarriesMoreThanItShowsIsSaid(t *testing.T) {
	ws := newWorkspace(t)
	sum, size, err := ws.PutBlob(strings.NewReader("a picture"))
	if err != nil || size != 9 {
		t.Fatal(size, err)
	}
	kept, err := ws.Record("", &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "x")}})
	if err != nil {
		t.Fatal(err)
	}
	add := func(fields ...record.Field) {
		t.Helper()
		fields = append(fields, record.TextField("kind", "screenshot"), record.TextField("file", "../Ünsafe name.png"))
		if _, err := ws.Record(kept[0].Incident, &record.Record{By: "Ana", Do: "evidence.add", Fields: fields}); err != nil {
			t.Fatal(err)
		}
	}
	add(record.TextField("sha256", sum), record.Field{Key: "metadata", Value: []byte(`["GPS position","camera"]`)})
	add(record.TextField("sha256", strings.Repeat("0", 64)))
	var out bytes.Buffer
	said, err := exchange.ExportBundle(ws, kept[0].Incident, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(said.Carries) != 1 || said.Carries[0].Label != "E1" || !cmp.Equal(said.Carries[0].Metadata, []string{"GPS position", "camera"}) {
		t.Errorf("carries: %+v", said.Carries)
	}
	if len(said.NotHere) != 1 || said.NotHere[0].Label != "E2" {
		t.Errorf("not here: %+v", said.NotHere)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range z.File {
		names = append(names, m.Name)
	}
	if diff := cmp.Diff([]string{"incident.jsonl", "evidence/E1--nsafe-name.png"}, names); diff != "" {
		t.Error(diff)
	}
}
