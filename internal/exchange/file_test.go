package exchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

func newWorkspace(t *testing.T) *workspace.Workspace {
	t.Helper()
	ws, err := workspace.Open(filepath.Join(t.TempDir(), "ws"), workspace.Options{Owner: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	return ws
}

func export(t *testing.T, ws *workspace.Workspace, id string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := exchange.ExportIncident(ws, id, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// caseFolder holds the incidents with known answers, of the whole project.
const caseFolder = "../incident/testdata/cases"

// cases lists their incident files.
func cases(t *testing.T) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(caseFolder, func(path string, d fs.DirEntry, err error) error {
		if filepath.Base(path) == "incident.jsonl" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no cases")
	}
	return paths
}

// said is what a line of a file says, without what a workspace may add.
func said(t *testing.T, line []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(line, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEveryCaseComesInWholeAndGoesOutTheSame(t *testing.T) {
	for _, path := range cases(t) {
		t.Run(filepath.ToSlash(filepath.Dir(path)), func(t *testing.T) {
			ws := newWorkspace(t)
			report, err := exchange.ImportFile(ws, path, exchange.Options{Strict: true}, nil)
			if err != nil {
				t.Fatal(err)
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			lines := bytes.Count(source, []byte("\n"))
			made := 0 // a declare for a file that has none
			if !bytes.Contains(source, []byte("incident.declare")) {
				made = 1
			}
			if report.Added != lines+made || len(report.Unknown) > 0 {
				t.Errorf("%d records came in, %v unknown; the file has %d", report.Added, report.Unknown, lines)
			}

			first := export(t, ws, report.Incident)
			again := newWorkspace(t)
			second, err := exchange.Import(again, bytes.NewReader(first), exchange.Source{Name: "other.jsonl"}, exchange.Options{Strict: true}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if second.Incident != report.Incident || second.Added != report.Added {
				t.Errorf("the export came in as %+v, the file as %+v", second, report)
			}
			if diff := cmp.Diff(string(first), string(export(t, again, second.Incident))); diff != "" {
				t.Errorf("the export of the export differs:\n%s", diff)
			}

			for from, into := range map[string]*workspace.Workspace{"the file": ws, "the file elsewhere": again} {
				third, err := exchange.ImportFile(into, path, exchange.Options{}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if third.Added != 0 || third.Known != report.Added || !third.Clean() {
					t.Errorf("%s again: %d came in, %d were known, of %d", from, third.Added, third.Known, report.Added)
				}
			}
			checkClean(t, ws)
			checkClean(t, again)
		})
	}
}

func TestAnExportSaysAllThatTheFileSaid(t *testing.T) {
	for _, path := range cases(t) {
		t.Run(filepath.ToSlash(filepath.Dir(path)), func(t *testing.T) {
			ws := newWorkspace(t)
			report, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			redacted := map[string]bool{}
			for line := range bytes.Lines(source) {
				if r := said(t, line); r["do"] == "evidence.redact" {
					redacted[fmt.Sprint(r["evidence"])] = true
				}
			}
			byKey := map[string][]map[string]any{}
			key := func(m map[string]any) string {
				return strings.Join([]string{m["do"].(string), m["by"].(string)}, "\x00")
			}
			for line := range bytes.Lines(export(t, ws, report.Incident)) {
				m := said(t, line)
				byKey[key(m)] = append(byKey[key(m)], m)
			}
			for line := range bytes.Lines(source) {
				want := said(t, line)
				if redacted[fmt.Sprint(want["id"])] {
					delete(want, "file") // the one thing that an export must not say
				}
				if !anySays(byKey[key(want)], want) {
					t.Errorf("nothing in the export says %s", line)
				}
			}
		})
	}
}

// anySays reports whether one of the records has all that want has, with
// times as instants and without what an export leaves out as a default.
func anySays(records []map[string]any, want map[string]any) bool {
	for _, r := range records {
		missing := 0
		for k, v := range want {
			got, ok := r[k]
			switch {
			case ok && cmp.Equal(got, v):
			case sameInstant(got, v):
			case !ok && k == "recorded" && sameInstant(r["at"], v):
			case !ok && k == "person" && v == r["by"]:
			default:
				missing++
			}
		}
		if missing == 0 {
			return true
		}
	}
	return false
}

func TestTheSamplesPicturesComeInAndAreNamedByTheirHash(t *testing.T) {
	ws := newWorkspace(t)
	report, err := exchange.ImportFile(ws, filepath.Join(caseFolder, "sample", "incident.jsonl"), exchange.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	inc, err := ws.Incident(report.Incident)
	if err != nil {
		t.Fatal(err)
	}
	pictures := 0
	for _, e := range inc.At(inc.Records()[inc.Len()-1].Recorded).Evidence {
		if e.File == "" || e.Redacted {
			continue
		}
		pictures++
		blob, err := ws.OpenBlob(e.SHA256)
		if err != nil {
			t.Fatalf("%s: %v", e.File, err)
		}
		defer blob.Close()
		want, err := os.ReadFile(filepath.Join(caseFolder, "sample", e.File))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := got.ReadFrom(blob); err != nil || !bytes.Equal(got.Bytes(), want) || e.Bytes != int64(len(want)) {
			t.Errorf("%s is not what was imported: %d bytes, %v", e.File, got.Len(), err)
		}
	}
	if pictures == 0 || report.Files != pictures {
		t.Errorf("%d pictures came in, %d evidence has one", report.Files, pictures)
	}
}

func TestWhatIsNoIncidentFileIsRefusedWithReasons(t *testing.T) {
	for name, test := range map[string]struct{ content, says string }{
		"a picture": {"\x89PNG\r\n\x1a\n\x00\x00", "line 1: "},
		"a list":    {"[1,2,3]\n", "line 1: not a JSON object"},
		"prose":     {"Dear all,\nthe payments\nare down.\nAnd so\nam I.\n", "and 2 more lines"},
		"nothing":   {"", "it is empty"},
		"spaces":    {" \n\n\t\n", "it is empty"},
		"other":     {`{"name":"x"}` + "\n", "line 1: at is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			ws := newWorkspace(t)
			path := filepath.Join(t.TempDir(), "in.jsonl")
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
			var refused *incident.Error
			if !errors.As(err, &refused) || refused.Code != exchange.CodeNotIncidentFile || !strings.Contains(refused.Message, test.says) {
				t.Errorf("got %v, want one that says %q", err, test.says)
			}
			sums, err := ws.Incidents()
			if err != nil || len(sums) != 0 {
				t.Errorf("%d incidents came in, %v", len(sums), err)
			}
		})
	}
}

func TestAFolderOrAMissingPathIsNamedInTheError(t *testing.T) {
	ws := newWorkspace(t)
	for _, path := range []string{t.TempDir(), filepath.Join(t.TempDir(), "absent.jsonl")} {
		_, err := exchange.ImportFile(ws, path, exchange.Options{}, nil)
		var refused *incident.Error
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}
