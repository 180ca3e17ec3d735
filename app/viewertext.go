package app

import (
	"fmt"
	"io"
	"strings"

	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A LinesView is a page of a text. Lines count from 0, as the window does.
type LinesView struct {
	Count int        `json:"count"` // of all lines
	From  int        `json:"from"`
	Lines []LineView `json:"lines"`
}

// A LineView is a line, as text and nothing else.
type LineView struct {
	Text string `json:"text"`
	Cut  bool   `json:"cut"` // it goes on
}

// A FoundView names lines that have what was looked for.
type FoundView struct {
	Lines []int `json:"lines"`
	More  bool  `json:"more"` // there are more than these
}

// Lines returns n lines of a text, from one on.
func (v *Viewer) Lines(id, ref string, from, n int, asOf int64) (*LinesView, error) {
	return call(v.app, "Viewer.Lines", func() (*LinesView, error) {
		_, e, err := v.app.readable(id, ref, asOf)
		if err != nil {
			return nil, err
		}
		view := &LinesView{From: from, Lines: []LineView{}}
		return view, v.app.text(e, func(r io.ReaderAt, size int64, lines int) error {
			page, err := evidence.Lines(r, size, from+1, n)
			if err != nil {
				return err
			}
			view.Count = lines
			if page.End && len(page.Lines) > 0 {
				view.Count = from + len(page.Lines)
			}
			for _, l := range page.Lines {
				view.Lines = append(view.Lines, LineView{Text: l.Text, Cut: l.Cut > 0})
			}
			return nil
		})
	})
}

// FindLines names the lines of a text that have the words, in capitals or not:
// no more of them than anybody goes through.
func (v *Viewer) FindLines(id, ref, words string, asOf int64) (*FoundView, error) {
	return call(v.app, "Viewer.FindLines", func() (*FoundView, error) {
		_, e, err := v.app.readable(id, ref, asOf)
		if err != nil {
			return nil, err
		}
		view := &FoundView{Lines: []int{}}
		return view, v.app.text(e, func(r io.ReaderAt, size int64, _ int) error {
			found, err := evidence.Find(r, size, words, 1)
			if err != nil {
				return err
			}
			for _, line := range found.Lines {
				view.Lines = append(view.Lines, line-1)
			}
			view.More = found.Next > 0
			return nil
		})
	})
}

// readable is an evidence whose content may be read.
func (a *App) readable(id, ref string, asOf int64) (*incident.State, *incident.Evidence, error) {
	s, e, err := a.evidence(id, ref, asOf)
	if err == nil && e.Redacted {
		err = &Error{Code: codeInvalid, Message: "It was redacted: what it showed is destroyed.", Hint: "Its record stays."}
	}
	return s, e, err
}

// mostExcerpt is how many lines an excerpt has: it is to be read in a brief,
// and is kept in the record itself.
const mostExcerpt = 500

// Excerpt keeps lines of a text, from one to another, both included, as an
// evidence of their own, which a brief can cite.
func (v *Viewer) Excerpt(id, ref string, from, to int) (*SentView, error) {
	return call(v.app, "Viewer.Excerpt", func() (*SentView, error) {
		s, e, err := v.app.readable(id, ref, 0)
		if err != nil {
			return nil, err
		}
		n := to - from + 1
		if from < 0 || n < 1 || n > mostExcerpt {
			return nil, &Error{Code: codeInvalid, Message: fmt.Sprintf("An excerpt has 1 to %d lines.", mostExcerpt), Hint: "Choose fewer lines, with Shift and the arrows."}
		}
		var lines []string
		err = v.app.text(e, func(r io.ReaderAt, size int64, _ int) error {
			page, err := evidence.Lines(r, size, from+1, n)
			for _, l := range page.Lines {
				lines = append(lines, l.Text)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		text := strings.Join(lines, "\n")
		if strings.TrimSpace(text) == "" {
			return nil, &Error{Code: codeInvalid, Message: "There is nothing on these lines.", Hint: "Choose others."}
		}
		c := v.app.copyRecord(s, e, "cropped")
		setField(c, "title", span(from, to)+" of "+e.Name())
		if e.Sort != "log" {
			setField(c, "kind", e.Sort)
		}
		setField(c, "text", text)
		return v.app.keep(id, "Excerpt of "+e.Label, c)
	})
}

// span names lines as a person counts them.
func span(from, to int) string {
	if from == to {
		return fmt.Sprintf("Line %d", from+1)
	}
	return fmt.Sprintf("Lines %d to %d", from+1, to+1)
}

// destroyed stands where a line was.
const destroyed = "[redacted]"

// RedactLines destroys lines of a text, from one to another, both included. A
// copy without them takes the place of the original, which is gone.
func (v *Viewer) RedactLines(id, ref string, ask RedactAsk, from, to int) (*SentView, error) {
	return call(v.app, "Viewer.RedactLines", func() (*SentView, error) {
		s, e, err := v.app.readable(id, ref, 0)
		if err != nil {
			return nil, err
		}
		if from < 0 || to < from {
			return nil, &Error{Code: codeInvalid, Message: "No lines are chosen.", Hint: "Choose them with Shift and the arrows."}
		}
		c := v.app.copyRecord(s, e, "redacted")
		if e.SHA256 == "" {
			lines := strings.Split(e.Text, "\n")
			for n := from; n <= min(to, len(lines)-1); n++ {
				lines[n] = destroyed
			}
			setField(c, "text", strings.Join(lines, "\n"))
		} else if err := v.app.withoutLines(c, e, from, to); err != nil {
			return nil, err
		}
		return v.app.redact(id, e, ask, c, fmt.Sprintf("Redacted %s of %s", strings.ToLower(span(from, to)), e.Label))
	})
}

// withoutLines keeps a copy of a file of text without some lines, and has a
// record say so. It holds one line at a time.
func (a *App) withoutLines(c *record.Record, e *incident.Evidence, from, to int) error {
	pr, pw := io.Pipe()
	defer pr.Close()
	go func() {
		pw.CloseWithError(a.text(e, func(r io.ReaderAt, size int64, _ int) error {
			return evidence.WithoutLines(pw, r, size, from+1, to+1, destroyed)
		}))
	}()
	sum, size, err := a.ws.PutBlob(pr)
	if err == nil {
		setFile(c, sum, size, e.Format, e.Label+"-redacted.txt")
	}
	return err
}

// A RedactAsk says why something is destroyed, and under which title its
// record stays: that it has, unless it gives away what is destroyed.
type RedactAsk struct {
	Why   string `json:"why"`
	Title string `json:"title"`
}

// redact destroys what an evidence shows; the copy, if there is one, takes its
// place.
func (a *App) redact(id string, e *incident.Evidence, ask RedactAsk, c *record.Record, says string) (*SentView, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	if err := a.reading.letGo(); err != nil {
		return nil, err
	}
	r := workspace.Redaction{By: me, Evidence: e.ID, Why: strings.TrimSpace(ask.Why), Copy: c}
	if title := strings.TrimSpace(ask.Title); title != e.Title {
		r.Title = &title
	}
	if c != nil {
		setField(c, "title", strings.TrimSpace(ask.Title))
	}
	kept, err := a.ws.Redact(id, r)
	if err != nil {
		return nil, err
	}
	a.takePart(id, me)
	return sent(says, kept), nil
}

// RedactAll destroys all that an evidence shows. Its record stays.
func (v *Viewer) RedactAll(id, ref string, ask RedactAsk) (*SentView, error) {
	return call(v.app, "Viewer.RedactAll", func() (*SentView, error) {
		_, e, err := v.app.readable(id, ref, 0)
		if err != nil {
			return nil, err
		}
		return v.app.redact(id, e, ask, nil, "Redacted "+e.Label)
	})
}
