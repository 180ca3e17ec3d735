package app_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bearings/app"
)

// secret is nowhere but in what is redacted.
const secret = "hunter2-4929-1234-5678"

func TestAfterARedactionNoFileOfTheWorkspaceHasTheSecret(t *testing.T) {
	red := spotted(t)
	for _, c := range []struct {
		name   string
		put    func(*shelf) string
		redact func(screens app.Screens, incident, id string) (*app.SentView, error)
		shows  string // of the copy
	}{
		{"a line of a file", func(s *shelf) string {
			return s.file("log", "app.log", []byte("12:00:00 a\n12:00:01 card "+secret+"\n12:00:02 c\n"))
		}, func(screens app.Screens, incident, id string) (*app.SentView, error) {
			return screens.RedactLines(incident, id, app.RedactAsk{Why: "a card number", Title: "A log"}, 1, 1)
		}, "text"},
		{"a line of a record", func(s *shelf) string {
			return s.put(`"kind":"log","title":"From the console","text":"a\npassword ` + secret + `\nc"`)
		}, func(screens app.Screens, incident, id string) (*app.SentView, error) {
			return screens.RedactLines(incident, id, app.RedactAsk{Why: "a password", Title: "From the console"}, 1, 1)
		}, "text"},
		{"all of a text", func(s *shelf) string {
			return s.put(`"kind":"message","title":"From the chat","text":"the token is ` + secret + `"`)
		}, func(screens app.Screens, incident, id string) (*app.SentView, error) {
			return screens.RedactAll(incident, id, app.RedactAsk{Why: "a token"})
		}, ""},
		{"a link", func(s *shelf) string {
			return s.put(`"kind":"change","title":"The deploy","url":"https://example.com/?token=` + secret + `"`)
		}, func(screens app.Screens, incident, id string) (*app.SentView, error) {
			return screens.RedactAll(incident, id, app.RedactAsk{Why: "a token"})
		}, ""},
		{"a part of a picture", func(s *shelf) string {
			return s.file("screenshot", secret+".png", red)
		}, func(screens app.Screens, incident, id string) (*app.SentView, error) {
			return screens.Redact(incident, id, app.RedactAsk{Why: "a name", Title: "A graph"}, []app.BoxView{{X: 5, Y: 5, W: 20, H: 20}})
		}, "picture"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			id := c.put(s)
			screens := s.open()
			before := must(screens.Look(s.incident, id, "", 0))
			if before.Shows == "text" { // it is open when it is destroyed
				must(screens.Lines(s.incident, id, 0, 10, 0))
			}
			for incident, place := range map[string]string{s.incident: "strike " + id, "": "change " + id} {
				if err := screens.KeepDraft(incident, place, "it shows "+secret); err != nil {
					t.Fatal(err)
				}
			}
			sent := must(c.redact(screens, s.incident, id))

			v := must(screens.Look(s.incident, id, "", 0))
			if !v.Redacted || v.Shows != "nothing" || v.RedactedBy != "Ada" || v.RedactWhy == "" || len(v.Links) != 1 || v.File != "" {
				t.Errorf("after it: %+v", v)
			}
			if c.shows != "" {
				if v.InPlace == nil || v.InPlace.ID != sent.Open {
					t.Fatalf("in its place is %+v, want %s", v.InPlace, sent.Open)
				}
				if in := must(screens.Look(s.incident, sent.Open, "", 0)); in.Shows != c.shows || len(in.Links) != 1 {
					t.Errorf("the copy is %+v", in)
				}
			}
			if before.SHA256 != "" {
				if found := filesNamed(t, s.dir, before.SHA256); len(found) > 0 {
					t.Errorf("its file is still here: %v", found)
				}
			}
			if found := filesWith(t, s.dir, secret); len(found) > 0 {
				t.Errorf("the secret is still in %v", found)
			}
			if _, err := screens.Lines(s.incident, id, 0, 10, 0); err == nil {
				t.Error("its lines can still be read")
			}
		})
	}
}

func filesNamed(t *testing.T, dir, sum string) []string {
	t.Helper()
	return files(t, dir, func(path string) bool { return strings.HasPrefix(filepath.Base(path), sum) })
}

func filesWith(t *testing.T, dir, words string) []string {
	t.Helper()
	return files(t, dir, func(path string) bool { return bytes.Contains(must(os.ReadFile(path)), []byte(words)) })
}

func files(t *testing.T, dir string, is func(path string) bool) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && is(path) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
