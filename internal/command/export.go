package command

import (
	"fmt"
	"io"
	"strings"
	"time"

	"bearings/internal/brief"
	"bearings/internal/evidence"
	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type exportCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	Format   string `help:"jsonl, the incident file; bundle, a zip file with it, the files of evidence and the briefs." enum:"jsonl,bundle" default:"jsonl"`
	Output   string `short:"o" help:"The file to write; - for standard output." required:"" placeholder:"FILE"`
}

// exported is the answer about a file that was written.
type exported struct {
	Incident string    `json:"incident"`
	File     string    `json:"file"`
	Records  int       `json:"records"`
	Files    int       `json:"files"`    // of evidence
	NotHere  []carried `json:"not_here"` // evidence whose file is not on this machine
	Carries  []carried `json:"carries"`  // evidence whose file carries more than it shows
}

type carried struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Metadata []string `json:"metadata"`
}

func (c *exportCmd) run(s *session) error {
	return s.look(func(ws *workspace.Workspace) error {
		found, err := ws.Find(c.Incident)
		if err != nil {
			return err
		}
		out := exported{Incident: found.ID, File: c.Output, Records: found.Counts.Records, NotHere: []carried{}, Carries: []carried{}}
		if c.Format == "bundle" {
			err = c.bundle(s, ws, &out)
		} else {
			err = s.deliverFrom(c.Output, func(w io.Writer) error { return exchange.ExportIncident(ws, found.ID, w) })
		}
		if err != nil || c.Output == "-" {
			return err
		}
		if s.json {
			return s.answer(out)
		}
		what := count(out.Records, "record")
		if c.Format == "bundle" {
			what += " and " + count(out.Files, "file") + " of evidence"
		}
		s.say("Wrote %s to %s", what, c.Output)
		return nil
	})
}

// bundle writes a bundle, and says what is in it that nobody sees.
func (c *exportCmd) bundle(s *session, ws *workspace.Workspace, out *exported) error {
	var beside []exchange.Member
	err := ws.View(out.Incident, func(inc *incident.Incident) error {
		beside = briefs(inc.At(s.now))
		return nil
	})
	if err != nil {
		return err
	}
	var in *exchange.Bundled
	err = s.deliverFrom(c.Output, func(w io.Writer) (err error) {
		in, err = exchange.ExportBundle(ws, out.Incident, w, beside)
		return err
	})
	if err != nil {
		return err
	}
	out.Files = in.Files
	for _, e := range in.NotHere {
		out.NotHere = append(out.NotHere, carried{e.ID, e.Label, []string{}})
		s.warn("the file of %s is not on this machine, and not in the bundle", e.Label)
	}
	for _, e := range in.Carries {
		metadata, err := carriedBy(ws, e)
		if err != nil {
			return err
		}
		if len(metadata) > 0 {
			out.Carries = append(out.Carries, carried{e.ID, e.Label, metadata})
			s.warn("%s (%s) carries %s: whoever has the bundle can read it", e.Label, cut(e.Title, 60), strings.Join(metadata, ", "))
		}
	}
	return nil
}

// warn says on standard error what to know of what was done.
func (s *session) warn(format string, args ...any) {
	_, _ = fmt.Fprintf(s.Err, "bearings: %s.\n", oneLine(fmt.Sprintf(format, args...)))
}

// briefs are the briefs that a bundle holds. They are in UTC: who reads them
// may be anywhere.
func briefs(now *incident.State) []exchange.Member {
	full := brief.Write(now, nil, brief.Options{Length: brief.Full, Zone: time.UTC})
	return []exchange.Member{
		{Name: "briefs/brief.txt", Content: []byte(brief.Text(full) + "\n")},
		{Name: "briefs/brief.md", Content: []byte(brief.Markdown(full) + "\n")},
	}
}

// carriedBy is what the file of an evidence carries, by its record, or else by
// its bytes.
func carriedBy(ws *workspace.Workspace, e exchange.Carried) ([]string, error) {
	if len(e.Metadata) > 0 {
		return e.Metadata, nil
	}
	blob, err := ws.OpenBlob(e.SHA256)
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	size, err := blob.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	at, ok := blob.(io.ReaderAt)
	if !ok {
		return nil, fmt.Errorf("the file of %s cannot be looked at", e.Label)
	}
	found, err := evidence.Look(at, size, "")
	if err != nil {
		return nil, nil // it is in the bundle; what it is cannot be said
	}
	return found.Metadata, nil
}
