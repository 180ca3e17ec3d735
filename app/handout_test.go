package app_test

import (
	"bytes"
	"errors"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"bearings/app"
	"bearings/internal/brief"
)

var joining = app.BriefAsk{Reader: app.ReaderJoining, Length: app.Length(brief.FiveMinutes)}

// What is copied, saved and printed says what the screen says.
func TestABriefLeavesTheWindowWithEverySentence(t *testing.T) {
	s, start := sample(t)
	shown := must(s.Write(start.Open, joining, 0))
	for _, section := range shown.Sections {
		for _, sentence := range section.Sentences {
			said, opens := "", len(sentence.Rest) > 0
			for _, piece := range sentence.Pieces {
				said, opens = said+piece.Text, opens || piece.Source != nil
			}
			if !strings.HasSuffix(strings.ToLower(sentence.Text), strings.ToLower(said)) || said == "" {
				t.Errorf("of %q the screen says %q", sentence.Text, said)
			}
			if len(sentence.Sources) > 0 && !opens {
				t.Errorf("nothing of %q opens a source", sentence.Text)
			}
		}
	}
	tags := regexp.MustCompile(`<[^>]*>`)
	escaped := regexp.MustCompile(`\\(.)`)
	for format, plain := range map[app.Format]func(string) string{
		app.FormatText:     func(text string) string { return text },
		app.FormatMarkdown: func(text string) string { return escaped.ReplaceAllString(text, "$1") },
		app.FormatHTML:     func(text string) string { return html.UnescapeString(tags.ReplaceAllString(text, "")) },
	} {
		text := plain(must(s.As(start.Open, joining, format, 0)))
		for _, section := range shown.Sections {
			for _, sentence := range section.Sentences {
				said := sentence.Text
				if format == app.FormatHTML && section.ID == "header" { // its title stands over the rest of it
					said = said[strings.Index(said, ": ")+2:]
				}
				if !strings.Contains(text, said) {
					t.Errorf("%s lacks %q", format, said)
				}
			}
		}
	}
}

func TestABriefIsSavedUnderANameThatSaysWhatItIs(t *testing.T) {
	s, start := sample(t)
	for format, want := range map[app.Format]string{
		app.FormatHTML: `^INC-2041 brief \d{4}-\d\d-\d\d \d{4}\.html$`, app.FormatPDF: `^INC-2041 brief \d{4}-\d\d-\d\d \d{4}\.pdf$`,
	} {
		name, data, err := s.GiveOut(start.Open, joining, format)
		if err != nil || !regexp.MustCompile(want).MatchString(name) {
			t.Errorf("%s: %q, %v", format, name, err)
		}
		if format == app.FormatPDF && !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Error("it is no PDF")
		}
	}
	name, _, err := s.GiveOut(start.Open, app.BriefAsk{Reader: app.ReaderLead, Length: joining.Length}, app.FormatPDF)
	if err != nil || !strings.HasPrefix(name, "INC-2041 handover brief ") {
		t.Errorf("%q, %v", name, err)
	}
	if _, _, err := s.GiveOut(start.Open, joining, "docx"); err == nil {
		t.Error("a format that there is none of was written")
	}
}

func TestWhatIsPrintedIsForItsOwnerAloneAndGoneWithTheWindow(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	a := app.New(app.Options{Workspace: t.TempDir() + "/ws", As: "Ada"})
	a.Open()
	path, err := a.Screens().ToPrint("INC-1 brief.pdf", []byte("%PDF-"))
	if err != nil || strings.Contains(path, " ") {
		t.Fatalf("%q, %v", path, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is left behind: %v", err)
	}
}
