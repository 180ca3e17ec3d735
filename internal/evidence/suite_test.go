package evidence_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"bearings/internal/evidence"
)

// verdicts are the files of testdata, each with whether it can be shown. The
// damaged files of PngSuite are those whose names begin with x.
type verdict struct {
	File          string
	Verdict       string
	Width, Height int
}

func verdicts(t testing.TB) []verdict {
	t.Helper()
	b, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Files []verdict }
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all.Files
}

func TestEveryKnownPictureIsShownOrRefusedInWords(t *testing.T) {
	shown, refused := map[string]int{}, map[string]int{}
	for _, v := range verdicts(t) {
		suite := filepath.Dir(v.File)
		b := read(t, v.File)
		f := look(t, b, v.File)
		m, err := evidence.Picture(bytes.NewReader(b), int64(len(b)))
		switch {
		case f.Shown != (v.Verdict == "show"):
			t.Errorf("%s: shown = %v, want %q (%s)", v.File, f.Shown, v.Verdict, f.Refusal)
		case f.Shown != (err == nil):
			t.Errorf("%s: Look says shown = %v, Picture says %v", v.File, f.Shown, err)
		case !f.Shown:
			refused[suite]++
			if f.Refusal == "" || f.Code == "" {
				t.Errorf("%s: refused as %q: %q", v.File, f.Code, f.Refusal)
			}
		default:
			shown[suite]++
			if v.Width != 0 && (f.Width != v.Width || f.Height != v.Height) {
				t.Errorf("%s: %d × %d, want %d × %d", v.File, f.Width, f.Height, v.Width, v.Height)
			}
			if size := m.Bounds().Size(); size.X != f.Width || size.Y != f.Height {
				t.Errorf("%s: Picture has %v, Look says %d × %d", v.File, size, f.Width, f.Height)
			}
		}
	}
	for suite, want := range map[string][2]int{"pngsuite": {161, 14}, "corrupt": {3, 4}, "webp": {4, 0}, "screens": {4, 0}} {
		if got := [2]int{shown[suite], refused[suite]}; got != want {
			t.Errorf("%s: shown, refused = %v, want %v", suite, got, want)
		}
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func look(t testing.TB, b []byte, name string) *evidence.Finding {
	t.Helper()
	f, err := evidence.Look(bytes.NewReader(b), int64(len(b)), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}
