// Package exchange brings incidents in and out of a workspace: as an incident
// file, which keeps every record, or as a bundle, which has the files of
// evidence with it. What comes in takes the one way in that the
// workspace has; nothing here writes on its own.
package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// CodeNotIncidentFile is the code of an error about a file in which nothing is
// a record.
const CodeNotIncidentFile = "not_incident_file"

// Options say how a file is imported.
type Options struct {
	Into   string // id of the incident to add to; else the file's own
	Strict bool   // import nothing when anything is wrong
	DryRun bool   // report what would come in, and write nothing
}

// ImportFile imports the incident file at path, with the files of evidence
// that it names from beside it, or the bundle at path. The file is known by its content: one in which
// no line is a record is an *incident.Error of CodeNotIncidentFile that says
// what is wrong with it. progress may be nil. What came in and what did not is
// in the report; see [workspace.Workspace.Import] for the rest.
func ImportFile(ws *workspace.Workspace, path string, o Options, progress func(done, total int)) (workspace.Report, error) {
	f, err := open(path)
	if err != nil {
		return workspace.Report{}, fmt.Errorf("import %s: %w", path, err)
	}
	defer f.Close()
	if isZip(f) {
		report, err := importBundle(ws, f, filepath.Base(path), o, progress)
		if err != nil {
			return report, fmt.Errorf("%s: %w", path, err)
		}
		return report, nil
	}
	report, err := Import(ws, f, Source{Name: filepath.Base(path), Folder: filepath.Dir(path)}, o, progress)
	if err != nil {
		return report, fmt.Errorf("%s: %w", path, err)
	}
	return report, nil
}

// linesTried is how many lines of a file are looked at to see what it is.
const linesTried = 50

// IsIncident reports whether a file is one that ImportFile takes, by how its
// content begins: a bundle, or lines of which at least one is a record. A
// folder, and what cannot be read, is taken for one, so that ImportFile says
// what is wrong.
func IsIncident(path string) bool {
	if strings.HasPrefix(path, "https://") || strings.HasPrefix(path, "http://") {
		return false
	}
	f, err := open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	if isZip(f) {
		return isBundle(f)
	}
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 64<<10), record.MaxLine)
	for n := 0; n < linesTried && lines.Scan(); n++ {
		if _, err := record.DecodeLine(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff"))); err == nil {
			return true
		}
	}
	return false
}

func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &incident.Error{Code: workspace.CodeNotFound, Message: "there is no such file", Hint: "check the path"}
	}
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &incident.Error{Code: CodeNotIncidentFile, Message: "it is a folder", Hint: "name the incident file in it"}
	}
	return os.Open(path)
}

// A Source says where an incident file comes from.
type Source struct {
	Name   string // names the incident where the file does not
	Folder string // where the files lie that evidence names; empty for nowhere
}

// Import imports an incident file from a reader; else it is like ImportFile.
func Import(ws *workspace.Workspace, r io.Reader, from Source, o Options, progress func(done, total int)) (workspace.Report, error) {
	title := strings.TrimSuffix(from.Name, filepath.Ext(from.Name))
	file, err := record.ReadFile(r, title)
	if err != nil {
		return workspace.Report{}, err
	}
	if len(file.Records) == 0 {
		return workspace.Report{Problems: file.Problems}, notIncidentFile(file.Problems)
	}
	return ws.Import(file, workspace.ImportOptions{
		Into: o.Into, Strict: o.Strict, DryRun: o.DryRun, Folder: from.Folder, Progress: progress,
	})
}

// problemsShown is how many problems an error lists.
const problemsShown = 3

func notIncidentFile(problems []record.Problem) error {
	var why []string
	lines := 0
	for _, p := range problems {
		if p.Line == 0 {
			continue
		}
		if lines++; lines <= problemsShown {
			why = append(why, fmt.Sprintf("line %d: %s", p.Line, p.Why))
		}
	}
	switch {
	case lines == 0:
		why = []string{"it is empty"}
	case lines == problemsShown+1:
		why = append(why, "and 1 more line like these")
	case lines > problemsShown:
		why = append(why, fmt.Sprintf("and %d more lines like these", lines-problemsShown))
	}
	return &incident.Error{
		Code:    CodeNotIncidentFile,
		Message: "not an incident file: " + strings.Join(why, "; ") + "; nothing was imported",
		Hint:    "an incident file has one JSON object a line, each with at, by and do",
	}
}

// ExportIncident writes an incident as an incident file. Imported into an empty
// workspace, the file gives the same records, and the same file again. Files of
// evidence are named in it, not contained.
func ExportIncident(ws *workspace.Workspace, id string, w io.Writer) error {
	var records []*record.Record
	err := ws.View(id, func(inc *incident.Incident) error {
		records = inc.Records()
		return nil
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out := bufio.NewWriter(w)
	if err := record.WriteFile(out, records); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
