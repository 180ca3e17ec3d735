package evidence_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bearings/internal/evidence"
)

func TestNamesOfFilesAreMadeSafe(t *testing.T) {
	for name, want := range map[string]string{
		"../../x":                    "x",
		`..\..\x.png`:                "x.png",
		"/etc/passwd":                "passwd",
		"<img onerror=alert(1)>.png": "<img onerror=alert(1)>.png", // it is shown as text
		"photo\u202egnp.exe":         "photognp.exe",
		"a\x00b\tc\nd":               "a b c d",
		"":                           "file",
		"..":                         "file",
		"/":                          "file",
		" \u200b ":                   "file",
		"\xff\xfe.png":               "\ufffd.png",
		"família 👩‍👩‍👧 مرحبا.png":         "família 👩‍👩‍👧 مرحبا.png",
		strings.Repeat("é", 200) + ".png": strings.Repeat("é", 124) + "….png",
	} {
		if got := evidence.SafeName(name); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestASafeNameIsAlwaysOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := evidence.SafeName(string(rapid.SliceOf(rapid.Byte()).Draw(t, "name")) + rapid.String().Draw(t, "end"))
		if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) || name == "." || !utf8.ValidString(name) || len(name) > 255 {
			t.Fatalf("%q", name)
		}
		if i := strings.IndexFunc(name, unicode.IsControl); i >= 0 {
			t.Fatalf("%q has a control character at %d", name, i)
		}
		if again := evidence.SafeName(name); again != name {
			t.Fatalf("%q becomes %q", name, again)
		}
	})
}
