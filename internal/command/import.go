package command

import (
	"errors"
	"fmt"
	"slices"

	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type importCmd struct {
	Paths  []string `arg:"" name:"path" help:"Incident files (JSON Lines)."`
	Into   string   `help:"Add the records to this incident instead of the file's own." placeholder:"INCIDENT"`
	Strict bool     `help:"Import nothing at all when anything is wrong."`
}

// Help shows how it is used.
func (c *importCmd) Help() string {
	return `What is broken in a file is reported with its line, and the rest comes in. A file that was imported before adds
only what is new. The status is 0 when something came in from any of the files, or was here already, and 1 when nothing
came in at all; with --strict it is 1, and nothing comes in from any of them, when anything is wrong. In a workspace
without an owner the name given with --as is kept as the owner's.

Examples:

  bearings import incident.jsonl
  bearings import notes.jsonl --into INC-2041`
}

func (c *importCmd) run(s *session) error {
	return s.begin(func(ws *workspace.Workspace) error {
		o := exchange.Options{Strict: c.Strict}
		if c.Into != "" {
			into, err := ws.Find(c.Into)
			if err != nil {
				return err
			}
			o.Into = into.ID
		}
		if c.Strict && len(c.Paths) > 1 {
			o.DryRun = true
			if tried := s.importAll(ws, c.Paths, o); len(tried.failures()) > 0 {
				return s.imported(tried.held(), true)
			}
			o.DryRun = false
		}
		outcomes := s.importAll(ws, c.Paths, o)
		if len(outcomes.failures()) < len(outcomes) {
			s.keepOwner(ws)
		}
		s.keepSummaries(ws)
		return s.imported(outcomes, c.Strict)
	})
}

// An outcome is what became of one file.
type outcome struct {
	path   string
	report workspace.Report
	err    error
}

type outcomes []outcome

func (s *session) importAll(ws *workspace.Workspace, paths []string, o exchange.Options) outcomes {
	var all outcomes
	for _, path := range paths {
		report, err := exchange.ImportFile(ws, path, o, s.progress.count("Importing"))
		if err == nil && report.Added == 0 && report.Known == 0 {
			err = nothingTaken(path, o.Into)
		}
		all = append(all, outcome{path, report, err})
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
	Error    string         `json:"error"` // empty where something came in
}

func importedFrom(o outcome) imported {
	r := &o.report
	out := imported{
		Path: o.path, Incident: r.Incident, Label: r.Label, Title: r.Title, Created: r.Created,
		Added: r.Added, Known: r.Known, Files: r.Files, Unknown: r.Unknown, Troubles: troubles(r),
	}
	if out.Unknown == nil {
		out.Unknown = map[string]int{}
	}
	if o.err != nil {
		out.Error = oneLine(explained(o.err))
	}
	return out
}
