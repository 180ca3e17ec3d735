package app

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"

	"bearings/internal/evidence"
	"bearings/internal/incident"
)

// A reading is a file of evidence that somebody looks at: it stays open from
// one page of it to the next, since the workspace reads all of a file to know
// that it is what was kept.
type reading struct {
	mu    sync.Mutex // held while the file is read, so that nobody closes it
	sum   string
	file  io.ReadSeekCloser
	at    io.ReaderAt
	size  int64
	lines int // of a text, once counted; else -1
}

// use calls do with the file of a hash.
func (r *reading) use(a *App, sum string, do func(*reading) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sum != sum {
		if err := r.open(a, sum); err != nil {
			return err
		}
	}
	return do(r)
}

func (r *reading) open(a *App, sum string) error {
	if err := r.shut(); err != nil {
		return err
	}
	file, err := a.ws.OpenBlob(sum)
	if err != nil {
		return err
	}
	at, ok := file.(io.ReaderAt)
	size, err := file.Seek(0, io.SeekEnd)
	if !ok || err != nil {
		return errors.Join(errors.New("a file of evidence cannot be read from its middle"), err, file.Close())
	}
	r.sum, r.file, r.at, r.size, r.lines = sum, file, at, size, -1
	return nil
}

// shut closes the file.
func (r *reading) shut() error {
	if r.file == nil {
		return nil
	}
	file := r.file
	r.sum, r.file, r.at = "", nil, nil
	return file.Close()
}

// letGo closes the file, whoever looks at it: it is about to be destroyed, or
// the workspace to be closed.
func (r *reading) letGo() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shut()
}

// text calls do with what an evidence has to be read: its file, else the text
// that was recorded. lines is how many it has, -1 where they were not counted.
func (a *App) text(e *incident.Evidence, do func(r io.ReaderAt, size int64, lines int) error) error {
	if e.SHA256 == "" {
		return do(strings.NewReader(e.Text), int64(len(e.Text)), linesIn(e.Text))
	}
	return a.reading.use(a, e.SHA256, func(r *reading) error {
		if r.lines < 0 {
			var err error
			if r.lines, err = countLines(io.NewSectionReader(r.at, 0, r.size)); err != nil {
				return err
			}
		}
		return do(r.at, r.size, r.lines)
	})
}

func linesIn(text string) int {
	n := strings.Count(text, "\n")
	if !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
}

// countLines counts the ends of lines. In UTF-16 a character may hold such a
// byte, so there it is a bound: [Viewer.Lines] says better at the end.
func countLines(r io.Reader) (int, error) {
	buffer := make([]byte, 256<<10)
	n, last := 0, byte('\n')
	for {
		got, err := r.Read(buffer)
		if got > 0 {
			n += bytes.Count(buffer[:got], []byte{'\n'})
			last = buffer[got-1]
		}
		if errors.Is(err, io.EOF) {
			if last != '\n' && last != 0 {
				n++
			}
			return n, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// findings remembers what files are: that follows from their bytes, so it is
// never out of date. It holds so many that walking along the evidence of a
// claim looks at each once.
type findings struct {
	mu    sync.Mutex
	known map[string]*evidence.Finding
}

const mostFindings = 256

func (f *findings) of(sum string, look func() (*evidence.Finding, error)) (*evidence.Finding, error) {
	f.mu.Lock()
	known := f.known[sum]
	f.mu.Unlock()
	if known != nil {
		return known, nil
	}
	found, err := look()
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil || len(f.known) >= mostFindings {
		f.known = map[string]*evidence.Finding{}
	}
	f.known[sum] = found
	return found, nil
}

// The ways in which an evidence is shown.
const (
	showsPicture = "picture"
	showsText    = "text"
	showsLink    = "link"
	showsNothing = "nothing"
)

// look finds out what of an evidence can be shown.
func (a *App) look(v *EvidenceView, id string, e *incident.Evidence) error {
	v.Shows = showsNothing
	switch {
	case e.Redacted:
		v.Refusal = "It was redacted: what it showed is destroyed."
	case e.SHA256 != "":
		return a.lookAtFile(v, id, e)
	case e.URL != "":
		v.Shows, v.Link = showsLink, linkOf(e.URL)
	case e.Text != "":
		v.Shows = showsText
	default:
		v.Refusal = "There is nothing more to see: only this line was recorded."
	}
	return nil
}

func (a *App) lookAtFile(v *EvidenceView, id string, e *incident.Evidence) error {
	if v.Here = a.ws.HasBlob(e.SHA256); !v.Here {
		v.Refusal = "The file is not on this machine yet. It arrives when a machine that has it shares it."
		return nil
	}
	found, err := a.findings.of(e.SHA256, func() (f *evidence.Finding, err error) {
		err = a.reading.use(a, e.SHA256, func(r *reading) error {
			f, err = evidence.Look(r.at, r.size, e.File)
			return err
		})
		return f, err
	})
	if err != nil {
		why := asError(err)
		v.Refusal = why.Message + " " + why.Hint
		return nil // what is known of it is shown all the same
	}
	v.Format, v.Frames = found.Format, found.Frames
	v.Metadata = append([]string{}, found.Metadata...)
	switch {
	case found.Shown:
		v.Shows, v.Width, v.Height, v.Picture = showsPicture, found.Width, found.Height, pictureAt(id, e)
	case found.Text():
		v.Shows = showsText
	default:
		v.Refusal = sentence(found.Refusal)
	}
	return nil
}
