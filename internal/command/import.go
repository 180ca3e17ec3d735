package command

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"bearings/internal/exchange"
	"bearings/internal/workspace"
)

type importCmd struct {
	Paths  []string `arg:"" name:"path" help:"Incident files (JSON Lines)." type:"path"`
	Into   string   `help:"Add the records to this incident instead of the file's own." placeholder:"INCIDENT"`
	Strict bool     `help:"Import nothing from a file in which anything is wrong."`
}

func (c *importCmd) run(s *session) error {
	return s.use(func(ws *workspace.Workspace) error {
		options, err := c.options(ws)
		if err != nil {
			return err
		}
		var errs []error
		reports := []imported{}
		for _, path := range c.Paths {
			report, err := s.importFile(ws, path, options)
			reports = append(reports, importedFrom(path, report, err))
			if !s.json {
				s.report(path, report, err)
			}
			errs = append(errs, err)
		}
		if s.json {
			errs = append(errs, s.answer(reports))
		}
		return errors.Join(errs...)
	})
}

func (c *importCmd) options(ws *workspace.Workspace) (exchange.Options, error) {
	o := exchange.Options{Strict: c.Strict}
	if c.Into == "" {
		return o, nil
	}
	into, err := ws.Find(c.Into)
	o.Into = into.ID
	return o, err
}

func (s *session) importFile(ws *workspace.Workspace, path string, o exchange.Options) (workspace.Report, error) {
	show, finish := s.progress("Importing")
	defer finish()
	return exchange.ImportFile(ws, path, o, show)
}

// report says what came in from a file and what did not.
func (s *session) report(path string, r workspace.Report, err error) {
	if err == nil {
		s.say("%s: %s, %s", path, oneLine(strings.TrimSpace(r.Label+" "+r.Title)), arrived(r))
	}
	for _, t := range troubles(r) {
		if t.Line > 0 {
			s.say("  line %d: %s", t.Line, oneLine(t.Why))
			continue
		}
		s.say("  %s", oneLine(t.Why))
	}
}

func arrived(r workspace.Report) string {
	parts := []string{count(r.Added, "record") + " came in"}
	if r.Known > 0 {
		parts = append(parts, count(r.Known, "record")+" were here already")
	}
	if r.Files > 0 {
		parts = append(parts, count(r.Files, "file")+" of evidence")
	}
	if n := len(r.Problems) + len(r.Refused); n > 0 {
		parts = append(parts, count(n, "line")+" did not come in or were not right")
	}
	for _, do := range sortedKinds(r.Unknown) {
		parts = append(parts, count(r.Unknown[do], "record")+" of the unknown kind "+do+" kept")
	}
	return strings.Join(parts, ", ")
}

func sortedKinds(counts map[string]int) []string {
	kinds := make([]string, 0, len(counts))
	for do := range counts {
		kinds = append(kinds, do)
	}
	slices.Sort(kinds)
	return kinds
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// A trouble is one line about which there is something to say.
type trouble struct {
	Line int    `json:"line"` // 0 for the file as a whole
	Kind string `json:"kind"` // "broken", "refused", "note", "no_effect" …
	Why  string `json:"why"`
}

func troubles(r workspace.Report) []trouble {
	out := []trouble{}
	for _, p := range r.Problems {
		out = append(out, trouble{p.Line, p.Kind, p.Why})
	}
	for _, x := range r.Refused {
		out = append(out, trouble{x.Line, "refused", what(x.Do, x.ID) + x.Why})
	}
	for _, n := range r.Notes {
		out = append(out, trouble{n.Line, "note", what(n.Do, n.ID) + n.Text})
	}
	for _, n := range r.Notices {
		out = append(out, trouble{n.Line, "no_effect", what(n.Do, n.ID) + "kept without effect: " + n.Text})
	}
	slices.SortStableFunc(out, func(a, b trouble) int { return a.Line - b.Line })
	return out
}

func what(do, id string) string {
	switch {
	case do == "":
		return ""
	case id == "" || strings.HasPrefix(id, "r-"):
		return do + ": "
	default:
		return do + " " + id + ": "
	}
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
	Unknown  map[string]int `json:"unknown"`
	Troubles []trouble      `json:"troubles"`
	Error    string         `json:"error"`
}

func importedFrom(path string, r workspace.Report, err error) imported {
	out := imported{
		Path: path, Incident: r.Incident, Label: r.Label, Title: r.Title, Created: r.Created,
		Added: r.Added, Known: r.Known, Files: r.Files, Unknown: r.Unknown, Troubles: troubles(r),
	}
	if out.Unknown == nil {
		out.Unknown = map[string]int{}
	}
	if err != nil {
		out.Error = err.Error()
	}
	return out
}
