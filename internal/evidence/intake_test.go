package evidence_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// A desk is a workspace with one incident, into which evidence is taken.
type desk struct {
	*testing.T
	ws       *workspace.Workspace
	incident string
	files    string // a folder for what is taken
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ws, err := workspace.Open(filepath.Join(t.TempDir(), "ws"), workspace.Options{Now: func() time.Time { return noon }, Owner: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	kept, err := ws.Record("", &record.Record{Do: "incident.declare", By: "Ana", Fields: []record.Field{record.TextField("title", "Checkout")}})
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, ws, kept[0].Incident, t.TempDir()}
}

func (d *desk) file(name, text string) string {
	d.Helper()
	path := filepath.Join(d.files, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

func (d *desk) dated(path string, at time.Time) {
	d.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) take(s evidence.Source, to evidence.Target) (*evidence.Taken, error) {
	to.By, to.Now = "Ana", noon
	return evidence.Take(d.ws, d.incident, s, to)
}

func (d *desk) taken(s evidence.Source) (*evidence.Taken, map[string]any) {
	d.Helper()
	t, err := d.take(s, evidence.Target{})
	if err != nil {
		d.Fatal(err)
	}
	return t, d.recorded(t.ID)
}

// recorded returns the fields of a record.
func (d *desk) recorded(id string) map[string]any {
	d.Helper()
	fields := map[string]any{}
	err := d.ws.View(d.incident, func(inc *incident.Incident) error {
		r, ok := inc.Record(id)
		if !ok {
			return errors.New("no such record")
		}
		for _, f := range r.Fields {
			var v any
			if err := json.Unmarshal(f.Value, &v); err != nil {
				return err
			}
			fields[f.Key] = v
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	return fields
}

// nothing fails if anything was recorded, or is in the workspace that no
// record names.
func (d *desk) nothing() {
	d.Helper()
	err := d.ws.View(d.incident, func(inc *incident.Incident) error {
		if n := inc.Len(); n != 1 {
			d.Errorf("%d records, want the declaration only", n)
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
}

func TestAFileIsKeptWithItsCustody(t *testing.T) {
	d := newDesk(t)
	path := d.file("egress.log", "03:22:01 ERROR handshake\n03:22:02 ERROR handshake\n")
	d.dated(path, noon.Add(-time.Hour))
	taken, got := d.taken(evidence.Source{Path: path, How: "drop"})
	want := map[string]any{
		"kind": "log", "how": "drop", "file": "egress.log", "format": "log", "bytes": 50.0, "sha256": taken.SHA256,
		"observed": "2026-11-22T11:00:00Z", "taken_from": "file time",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	blob, err := d.ws.OpenBlob(taken.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	if b, err := io.ReadAll(blob); err != nil || !strings.HasPrefix(string(b), "03:22:01") || len(b) != 50 {
		t.Errorf("kept %q, %v", b, err)
	}
	if report, err := d.ws.Check(context.Background(), nil); err != nil || !report.Clean() {
		t.Errorf("check: %+v, %v", report, err)
	}
}

func TestWhenAFileShowsWhatItShows(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		name string
		at   time.Time
		from string
	}{
		{"an hour old", noon.Add(-time.Hour), "file time"},
		{"from tomorrow, by a wrong clock", noon.Add(24 * time.Hour), "arrival"},
		{"from before there were files", time.Unix(0, 0), "arrival"},
	} {
		path := d.file("a.txt", tt.name)
		d.dated(path, tt.at)
		taken, got := d.taken(evidence.Source{Path: path, How: "drop"})
		if taken.From != tt.from || got["taken_from"] != tt.from {
			t.Errorf("%s: from %q, recorded %v, want %q", tt.name, taken.From, got["taken_from"], tt.from)
		}
		if want := map[string]time.Time{"file time": tt.at, "arrival": noon}[tt.from]; !taken.Observed.Equal(want) {
			t.Errorf("%s: observed %v, want %v", tt.name, taken.Observed, want)
		}
	}
}

func TestPastedBytesGetTheirNameFromWhatTheyAre(t *testing.T) {
	d := newDesk(t)
	picture := read(t, "screens/"+firstScreen(t))
	taken, got := d.taken(evidence.Source{Data: picture, How: "paste"})
	if got["kind"] != "screenshot" || got["file"] != "pasted."+got["format"].(string) || !taken.Finding.Shown {
		t.Errorf("recorded %v, %+v", got, taken.Finding)
	}
}

func firstScreen(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir("testdata/screens")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".png") {
			return e.Name()
		}
	}
	t.Fatal("no screenshot among the test data")
	return ""
}

func TestTextIsKeptInTheRecordUntilItIsLong(t *testing.T) {
	d := newDesk(t)
	taken, got := d.taken(evidence.Source{Text: "connection\x00 reset\nby peer", How: "paste"})
	if got["text"] != "connection\ufffd reset\nby peer" || got["file"] != nil || taken.Name != "connection\ufffd reset" {
		t.Errorf("recorded %v as %q", got, taken.Name)
	}
	long := strings.Repeat("03:22:01 ERROR handshake\n", 1000)
	_, got = d.taken(evidence.Source{Text: long, How: "paste"})
	if got["text"] != nil || got["bytes"] != float64(len(long)) || got["kind"] != "log" {
		t.Errorf("recorded %v", got)
	}
	if _, err := d.take(evidence.Source{Text: " \n"}, evidence.Target{}); err == nil {
		t.Error("nothing was taken as evidence")
	}
}

func TestALinkIsKeptAndNotFollowed(t *testing.T) {
	d := newDesk(t)
	_, got := d.taken(evidence.Source{URL: " https://status.example.com/a?b=c ", How: "paste"})
	if got["url"] != "https://status.example.com/a?b=c" {
		t.Errorf("recorded %v", got)
	}
	for _, link := range []string{"javascript:alert(1)", "file:///etc/passwd", "https://", "data:text/html,<script>", "//x"} {
		if _, err := d.take(evidence.Source{URL: link}, evidence.Target{}); err == nil {
			t.Errorf("%s was taken as a link", link)
		}
	}
}

func TestEvidenceGoesWhereItIsSaidToBelong(t *testing.T) {
	d := newDesk(t)
	kept, err := d.ws.Record(d.incident, &record.Record{Do: "claim.make", By: "Ana", Fields: []record.Field{record.TextField("text", "It is DNS")}})
	if err != nil {
		t.Fatal(err)
	}
	claim := kept[0].ID
	taken, err := d.take(evidence.Source{Data: []byte("x")}, evidence.Target{Claims: map[string]string{claim: "contradicts"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.recorded(taken.ID)["claims"]; !cmp.Equal(got, map[string]any{claim: "contradicts"}) {
		t.Errorf("claims %v", got)
	}
	if _, err := d.take(evidence.Source{Data: []byte("x")}, evidence.Target{Claims: map[string]string{"nobody": "supports"}}); err == nil {
		t.Error("linked to a claim that is not there")
	}
}

func TestAFileThatGetsShorterWhileItIsReadIsNotKept(t *testing.T) {
	d := newDesk(t)
	path := d.file("rotated.log", strings.Repeat("x", 1<<20))
	shrink := func(read, of int64) {
		if read < of {
			_ = os.Truncate(path, 10)
		}
	}
	_, err := d.take(evidence.Source{Path: path}, evidence.Target{Progress: shrink})
	if err == nil || !strings.Contains(err.Error(), "rotated.log: it got shorter while it was read") {
		t.Errorf("error %v", err)
	}
	d.nothing()
}

func TestAFileThatGrowsWhileItIsReadEnds(t *testing.T) {
	d := newDesk(t)
	path := d.file("growing.log", strings.Repeat("x", 1<<20))
	grow := func(read, of int64) {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		if _, err := f.WriteString(strings.Repeat("y", 1<<16)); err != nil {
			t.Error(err)
		}
	}
	taken, err := d.take(evidence.Source{Path: path}, evidence.Target{Progress: grow})
	if err != nil {
		t.Fatal(err)
	}
	got := d.recorded(taken.ID)
	if got["bytes"] != float64(1<<20) || !taken.Writing {
		t.Errorf("recorded %v", got)
	}
	if !strings.Contains(got["metadata"].([]any)[0].(string), "still being written") {
		t.Errorf("it is not said: %v", got["metadata"])
	}
}

func TestAFileThatVanishesWhileItIsReadIsKeptWhole(t *testing.T) {
	d := newDesk(t)
	path := d.file("gone.txt", strings.Repeat("x", 1<<20))
	taken, err := d.take(evidence.Source{Path: path}, evidence.Target{Progress: func(int64, int64) { _ = os.Remove(path) }})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.recorded(taken.ID)["bytes"]; got != float64(1<<20) {
		t.Errorf("kept %v bytes", got)
	}
	if _, err := d.take(evidence.Source{Path: path}, evidence.Target{}); err == nil || !strings.Contains(err.Error(), "not there any more") {
		t.Errorf("error %v", err)
	}
}

func TestWhatIsNoPlainFileIsRefusedAtOnce(t *testing.T) {
	d := newDesk(t)
	circle := filepath.Join(d.files, "circle")
	huge := d.file("huge.bin", "")
	for _, err := range []error{os.Symlink("circle", circle), os.Truncate(huge, evidence.MostBytes+1)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		d.files:                                 "is a folder",
		"/dev/zero":                             "a device or a pipe",
		circle:                                  "leads in a circle",
		huge:                                    "larger than 1 GiB",
		filepath.Join(d.files, "nobody"):        "not there any more",
		filepath.Join(d.ws.Dir(), "device.key"): "own store",
	} {
		if strings.HasSuffix(path, "device.key") {
			path = ownFile(t, d.ws.Dir())
		}
		_, err := d.take(evidence.Source{Path: path}, evidence.Target{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
	d.nothing()
}

// ownFile is a link to a file of the workspace, from outside it.
func ownFile(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			link := filepath.Join(t.TempDir(), "innocent.txt")
			if err := os.Symlink(filepath.Join(dir, e.Name()), link); err != nil {
				t.Fatal(err)
			}
			return link
		}
	}
	t.Fatal("the workspace has no file")
	return ""
}

func TestALargeFileNeedsLittleMemory(t *testing.T) {
	d := newDesk(t)
	path := d.file("core.bin", "\x7fELF")
	if err := os.Truncate(path, 64<<20); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d.taken(evidence.Source{Path: path})
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("64 MiB took %d MiB of memory", used>>20)
	}
}

func TestTheSameBytesAreKeptOnce(t *testing.T) {
	d := newDesk(t)
	one, _ := d.taken(evidence.Source{Data: []byte("same")})
	two, _ := d.taken(evidence.Source{Path: d.file("copy.txt", "same")})
	if one.SHA256 != two.SHA256 || one.ID == two.ID {
		t.Errorf("%+v and %+v", one, two)
	}
}
