package app

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/handout"
)

// A Format is what a brief is given out as.
type Format string

// The formats of a brief that leaves the window.
const (
	FormatText     Format = "text"
	FormatMarkdown Format = "md"
	FormatHTML     Format = "html"
	FormatPDF      Format = "pdf"
)

// As writes a brief as a text: for a chat, in Markdown, or as the page that is
// printed.
func (b *Brief) As(incident string, ask BriefAsk, format Format, asOf int64) (string, error) {
	return call(b.app, "Brief.As", func() (string, error) {
		_, text, err := b.app.giveOut(incident, ask, format, asOf)
		return string(text), err
	})
}

// SaveBrief asks with the dialog of the desktop, which asks before it takes the
// name of a file that is there, where a brief is to be saved, and saves it as
// it was when it was asked for. It returns the name of the file, empty where
// the person thought better of it.
func (w *Window) SaveBrief(incident string, ask BriefAsk, format Format, asOf int64) (string, error) {
	return call(w.app, "Window.SaveBrief", func() (string, error) {
		b, text, err := w.app.giveOut(incident, ask, format, asOf)
		if err != nil {
			return "", err
		}
		path, err := runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
			Title: "Save the brief: " + briefKinds[format], DefaultFilename: briefName(b, ask, format), CanCreateDirectories: true,
		})
		if err != nil {
			return "", fmt.Errorf("ask where to save a brief: %w", err)
		}
		if path == "" {
			return "", nil
		}
		return filepath.Base(path), writeCopy(path, bytes.NewReader(text))
	})
}

// briefKinds say in a dialog what a file of a format is.
var briefKinds = map[Format]string{
	FormatText: "plain text", FormatMarkdown: "Markdown", FormatHTML: "a page for any browser or phone", FormatPDF: "a PDF, for printing or sending",
}

func (a *App) giveOut(id string, ask BriefAsk, format Format, asOf int64) (*brief.Brief, []byte, error) {
	b, state, err := a.write(id, ask, asOf)
	if err != nil {
		return nil, nil, err
	}
	switch format {
	case FormatText:
		return b, []byte(brief.Text(b)), nil
	case FormatMarkdown:
		return b, []byte(brief.Markdown(b)), nil
	case FormatHTML:
		page, err := handout.HTML(a.ws, state, b)
		return b, page, err
	case FormatPDF:
		page, err := handout.PDF(b, pdf.A4)
		return b, page, err
	}
	return nil, nil, &Error{Code: codeInvalid, Message: fmt.Sprintf("There is no format %q of a brief.", format), Hint: "Choose text, Markdown, HTML or PDF."}
}

// briefName is the name that is offered: of which incident and of when it is,
// with what every file system takes.
func briefName(b *brief.Brief, ask BriefAsk, format Format) string {
	label := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, b.Incident.Label), "-")
	if label == "" {
		label = "incident"
	}
	kind := map[Reader]string{ReaderLead: "handover brief", ReaderReturned: "what changed", ReaderLeadership: "brief for leadership"}[ask.Reader]
	if kind == "" {
		kind = "brief"
	}
	return fmt.Sprintf("%s %s %s.%s", label, kind, b.AsOf.Format("2006-01-02 1504"), format)
}
