package exchange

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// importBundle imports a bundle, or any zip file with one incident file in it.
// Evidence whose file was hashed finds it by its hash, whatever it is called;
// other evidence by its name, beside the incident file. Nothing is unpacked but
// what a record names, and nothing anywhere but into the workspace.
func importBundle(ws *workspace.Workspace, f *os.File, name string, o Options, progress func(done, total int)) (workspace.Report, error) {
	info, err := f.Stat()
	if err != nil {
		return workspace.Report{}, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return workspace.Report{}, badBundle("it is no whole zip file (%v)", err)
	}
	b, err := openBundle(z)
	if err != nil {
		return workspace.Report{}, err
	}
	file, err := b.read(strings.TrimSuffix(name, path.Ext(name)))
	if err != nil {
		return workspace.Report{}, err
	}
	if len(file.Records) == 0 {
		return workspace.Report{Problems: file.Problems}, notIncidentFile(file.Problems)
	}
	files, err := fs.Sub(z, path.Dir(b.incident.Name))
	if err != nil {
		return workspace.Report{}, err
	}
	options := workspace.ImportOptions{Into: o.Into, Strict: o.Strict, DryRun: o.DryRun, Files: files, Progress: progress}
	if o.DryRun {
		return ws.Import(file, options)
	}
	if o.Strict { // before anything is kept of it
		try := options
		try.DryRun = true
		if report, err := ws.Import(file, try); err != nil {
			return report, err
		}
	}
	kept, notes, err := b.keep(ws, file)
	if err != nil {
		return workspace.Report{}, err
	}
	report, err := ws.Import(file, options)
	report.Files += kept
	report.Notes = append(report.Notes, notes...)
	return report, err
}

// isBundle reports whether a zip file has an incident file in it.
func isBundle(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return false
	}
	for _, m := range z.File {
		if path.Ext(strings.ToLower(m.Name)) == ".jsonl" {
			return true
		}
	}
	return false
}

// A bundle is a zip file whose members are as they should be.
type bundle struct {
	incident *zip.File
	others   []*zip.File
}

func openBundle(z *zip.Reader) (*bundle, error) {
	if len(z.File) > mostMembers {
		return nil, badBundle("it holds %d files, at most %d are taken", len(z.File), mostMembers)
	}
	b := &bundle{}
	seen, total := map[string]bool{}, int64(0)
	for _, m := range z.File {
		if err := sound(m); err != nil {
			return nil, err
		}
		key := strings.ToLower(m.Name)
		if seen[key] {
			return nil, badBundle("it holds %q twice", m.Name)
		}
		seen[key] = true
		if total += int64(m.UncompressedSize64); total > mostUnpacked {
			return nil, badBundle("unpacked it is larger than %d GiB", mostUnpacked>>30)
		}
		switch {
		case m.Mode().IsDir():
		case path.Ext(key) != ".jsonl" || b.incident != nil && deeper(m, b.incident):
			b.others = append(b.others, m)
		case b.incident != nil && !deeper(b.incident, m):
			return nil, badBundle("it holds several incident files, %q and %q", b.incident.Name, m.Name)
		default:
			if b.incident != nil {
				b.others = append(b.others, b.incident)
			}
			b.incident = m
		}
	}
	if b.incident == nil {
		return nil, &incident.Error{
			Code:    CodeNotIncidentFile,
			Message: "there is no incident file in it; nothing was imported",
			Hint:    "A bundle has an incident.jsonl. To keep a zip file as evidence, name the incident with --into.",
		}
	}
	return b, nil
}

// deeper reports whether a lies in more folders than b.
func deeper(a, b *zip.File) bool { return strings.Count(a.Name, "/") > strings.Count(b.Name, "/") }

// sound says what is wrong with a member, by what the zip file says of it. What
// it says of its size is a limit: unpacking stops there.
func sound(m *zip.File) error {
	name := strings.TrimSuffix(m.Name, "/")
	size, packed := int64(m.UncompressedSize64), int64(m.CompressedSize64)
	switch {
	case !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || name == ".":
		return badBundle("the name %q in it leads out of it, or is none", m.Name)
	case !m.Mode().IsDir() && !m.Mode().IsRegular():
		return badBundle("%q in it is no file but a link or a device", m.Name)
	case m.Flags&1 != 0:
		return badBundle("%q in it is locked with a password", m.Name)
	case size < 0 || packed < 0 || size > alwaysFine && size/mostTimes > packed:
		return badBundle("%q in it is %d MiB, packed into %d bytes, as only a trap is", m.Name, size>>20, packed)
	default:
		return nil
	}
}

func (b *bundle) read(title string) (*record.File, error) {
	r, err := b.incident.Open()
	if err != nil {
		return nil, badBundle("%q in it cannot be unpacked (%v)", b.incident.Name, err)
	}
	defer r.Close()
	file, err := record.ReadFile(r, title)
	if err != nil {
		return nil, badBundle("%q in it cannot be unpacked (%v)", b.incident.Name, err)
	}
	return file, nil
}

// keep keeps the files that evidence names by their hash, and says how many.
func (b *bundle) keep(ws *workspace.Workspace, file *record.File) (kept int, notes []workspace.Note, err error) {
	wanted := wantedSums(file)
	for _, m := range b.others {
		if len(wanted) == 0 {
			break
		}
		sum, err := hashOf(m)
		if err != nil {
			notes = append(notes, workspace.Note{Text: fmt.Sprintf("%q in the bundle is damaged, and was left out", m.Name)})
			continue
		}
		if !wanted[sum] || ws.HasBlob(sum) {
			continue
		}
		err = put(ws, m)
		var refused *incident.Error
		if errors.As(err, &refused) && refused.Code == workspace.CodeRedacted {
			notes = append(notes, workspace.Note{Text: fmt.Sprintf("%q in the bundle was redacted here, and was left out", m.Name)})
			continue
		}
		if err != nil {
			return 0, nil, err
		}
		kept++
	}
	return kept, notes, nil
}

// wantedSums are the hashes of files that evidence names, but those of what the
// file itself redacts.
func wantedSums(file *record.File) map[string]bool {
	redacted := map[string]bool{}
	for _, r := range file.Records {
		if r.Do == "evidence.redact" {
			redacted[text(r, "evidence")] = true
		}
	}
	wanted := map[string]bool{}
	for _, r := range file.Records {
		if sum := text(r, "sha256"); r.Do == "evidence.add" && sum != "" && !redacted[r.ID] {
			wanted[sum] = true
		}
	}
	return wanted
}

func text(r *record.Record, key string) string {
	value, ok := r.Field(key)
	var text string
	if !ok || json.Unmarshal(value, &text) != nil {
		return ""
	}
	return text
}

func hashOf(m *zip.File) (string, error) {
	r, err := m.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func put(ws *workspace.Workspace, m *zip.File) error {
	r, err := m.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, _, err = ws.PutBlob(r)
	return err
}
