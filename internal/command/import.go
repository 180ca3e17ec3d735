package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"bearings/internal/evidence"
	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type importCmd struct {
	Paths   []string `arg:"" name:"path" help:"Incident files (JSON Lines), bundles (zip); with --into also any file as evidence, or a link."`
	Into    string   `help:"Add to this incident instead of the file's own." placeholder:"INCIDENT"`
	Claim   string   `help:"The claim that the evidence is about, by its label or id." placeholder:"CLAIM"`
	For     bool     `help:"The evidence speaks for the claim." xor:"side"`
	Against bool     `help:"The evidence speaks against the claim." xor:"side"`
	Title   string   `help:"What the evidence shows." placeholder:"TITLE"`
	Strict  bool     `help:"Import nothing at all when anything is wrong."`
}

// Help shows how it is used.
func (c *importCmd) Help() string {
	return `What is broken in a file is reported with its line, and the rest comes in. A file that was imported before adds
only what is new. The status is 0 when something came in from any of the files, or was here already, and 1 when nothing
came in at all; with --strict it is 1, and nothing comes in from any of them, when anything is wrong. In a workspace
without an owner the name given with --as is kept as the owner's.

What each file is, is known by its content. With --into, what is no incident file and no bundle is kept as evidence,
as it is, whatever it is; an https link too. Nothing is fetched.

Examples:

  bearings import incident.jsonl
  bearings import notes.jsonl --into INC-2041
  bearings import bundle.zip
  bearings import shot.png --into latest --claim C4 --for`
}

func (c *importCmd) run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	return s.begin(func(ws *workspace.Workspace) error {
		o := exchange.Options{Strict: c.Strict}
		var to evidence.Target
		if c.Into != "" {
			into, err := ws.Find(c.Into)
			if err != nil {
				return err
			}
			o.Into = into.ID
			if to, err = c.target(s, ws, into.ID); err != nil {
				return err
			}
		}
		if c.Strict && len(c.Paths) > 1 {
			o.DryRun = true
			if tried := s.importAll(ws, c.Paths, o, to); len(tried.failures()) > 0 {
				return s.imported(tried.held(), true)
			}
			o.DryRun = false
		}
		outcomes := s.importAll(ws, c.Paths, o, to)
		if len(outcomes.failures()) < len(outcomes) {
			s.keepOwner(ws)
		}
		s.keepSummaries(ws)
		for _, out := range outcomes {
			if id := cmp.Or(out.report.Incident, o.Into); out.err == nil && id != "" {
				s.keepBrief(ws, id)
			}
		}
		return s.imported(outcomes, c.Strict)
	})
}

// An outcome is what became of one file.
type outcome struct {
	path   string
	report workspace.Report
	taken  *evidence.Taken // where it was kept as evidence
	err    error
}

type outcomes []outcome

func (s *session) importAll(ws *workspace.Workspace, paths []string, o exchange.Options, to evidence.Target) outcomes {
	var all outcomes
	for _, path := range paths {
		if o.Into != "" && !exchange.IsIncident(path) {
			all = append(all, s.takeEvidence(ws, path, o, to))
			continue
		}
		report, err := exchange.ImportFile(ws, path, o, s.progress.count("Importing"))
		if err == nil && report.Added == 0 && report.Known == 0 {
			err = nothingTaken(path, o.Into)
		}
		all = append(all, outcome{path: path, report: report, err: err})
	}
	return all
}

func nothingTaken(path, into string) error {
	hint := "Put the lines right, or add them with --into to the incident that they belong to."
	if into != "" {
		hint = "Put the lines right."
	}
	return fmt.Errorf("%s: %w", path, &incident.Error{
		Code:    incident.CodeInvalid,
		Message: "no line of it could be taken; nothing was imported",
		Hint:    hint,
	})
}

func (all outcomes) failures() []error {
	var errs []error
	for _, o := range all {
		if o.err != nil && !errors.Is(o.err, errHeld) {
			errs = append(errs, o.err)
		}
	}
	return errs
}

// errHeld is why a file that is right does not come in.
var errHeld error = &incident.Error{
	Code:    workspace.CodeStrict,
	Message: "another file is not right; nothing was imported",
	Hint:    "Put that one right, or import without --strict.",
}

// held marks the files that would have come in as kept out by the others.
func (all outcomes) held() outcomes {
	out := slices.Clone(all)
	for i, o := range out {
		if o.err == nil {
			out[i] = outcome{path: o.path, err: errHeld}
		}
	}
	return out
}

// imported answers what came in and what did not. Of several files that failed
// the first is named in the error; each is in the answer. Where something came
// in from others, and that is enough, the error is only told.
func (s *session) imported(all outcomes, strict bool) error {
	if s.json {
		if err := s.answer(each(all, importedFrom)); err != nil {
			return err
		}
	} else {
		for _, o := range all {
			s.showOutcome(o, len(all) > 1)
		}
	}
	failures := all.failures()
	err := errors.Join(failures...)
	if len(failures) > 1 {
		err = fmt.Errorf("%d of %d files did not come in, the first of them %w", len(failures), len(all), failures[0])
	}
	if err != nil && !strict && len(failures) < len(all) {
		complain(s.Err, err)
		return nil
	}
	return err
}

// imported is the answer about one file.
type imported struct {
	Path     string         `json:"path"`
	Incident string         `json:"incident"`
	Label    string         `json:"label"`
	Title    string         `json:"title"`
	Created  bool           `json:"created"`
	Added    int            `json:"added"`
	Known    int            `json:"known"`
	Files    int            `json:"files"`
	Unknown  map[string]int `json:"unknown"` // kinds that this program does not know, kept
	Troubles []trouble      `json:"troubles"`
	Evidence *takenJSON     `json:"evidence"` // null where the file was no evidence
	Error    string         `json:"error"`    // empty where something came in
}

type takenJSON struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	File     string   `json:"file"`
	SHA256   string   `json:"sha256"`
	Format   string   `json:"format"`
	Metadata []string `json:"metadata"`
}

func importedFrom(o outcome) imported {
	r := &o.report
	out := imported{
		Path: o.path, Incident: r.Incident, Label: r.Label, Title: r.Title, Created: r.Created,
		Added: r.Added, Known: r.Known, Files: r.Files, Unknown: r.Unknown, Troubles: troubles(r),
	}
	if t := o.taken; t != nil {
		out.Evidence = &takenJSON{ID: t.ID, Label: t.Label, File: t.Name, SHA256: t.SHA256, Metadata: []string{}}
		if t.Finding != nil {
			out.Evidence.Format = t.Finding.Format
			out.Evidence.Metadata = append(out.Evidence.Metadata, t.Finding.Metadata...)
		}
	}
	if out.Unknown == nil {
		out.Unknown = map[string]int{}
	}
	if o.err != nil {
		out.Error = oneLine(explained(o.err))
	}
	return out
}
