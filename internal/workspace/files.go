package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"bearings/internal/record"
)

const (
	evidenceAdd    = "evidence.add"
	evidenceChange = "evidence.change"
	evidenceRedact = "evidence.redact"
)

// takeFiles keeps the files that evidence of an import names, and adds their
// SHA-256 and size to its record. A file that was redacted stays out, whoever
// else names it.
func (in *importing) takeFiles(records []*record.Record) error {
	redacted := redactedFiles(records)
	folder := in.options.Files
	if in.options.Folder != "" {
		root, err := os.OpenRoot(in.options.Folder)
		if err != nil {
			return fmt.Errorf("open the folder of the file: %w", err)
		}
		defer root.Close()
		folder = root.FS()
	}
	for _, r := range records {
		name := textField(r, "file")
		if r.Do != evidenceAdd || name == "" || redacted[name] {
			continue
		}
		if err := in.takeFile(folder, r, name); err != nil {
			return err
		}
	}
	return nil
}

// redactedFiles lists the names of files that records redact.
func redactedFiles(records []*record.Record) map[string]bool {
	ids, files := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		if r.Do == evidenceRedact {
			ids[textField(r, "evidence")] = true
		}
	}
	for _, r := range records {
		if ids[r.ID] {
			files[textField(r, "file")] = true
		}
	}
	return files
}

// takeFile keeps one file. Only a failure to keep it is an error: one that is
// not there, or that is not what the record says, is a note.
func (in *importing) takeFile(folder fs.FS, r *record.Record, name string) error {
	said := textField(r, "sha256")
	if said != "" && in.w.HasBlob(said) {
		return nil
	}
	f, problem := openBeside(folder, name)
	if problem != "" {
		in.note(r, problem)
		return nil
	}
	defer f.Close()
	sum, size, err := in.w.putBlob(f)
	var typed *Error
	if errors.As(err, &typed) && typed.Code == CodeRedacted {
		in.note(r, fmt.Sprintf("the file %q was redacted here, and stays out", name))
		return nil
	}
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	if said != "" && said != sum {
		in.note(r, fmt.Sprintf("the file %q is not the one that was recorded: its SHA-256 is %s", name, sum))
		return nil
	}
	in.report.Files++
	if said == "" {
		fields := append(make([]record.Field, 0, len(r.Fields)+2), r.Fields...)
		fields = setField(fields, "sha256", strconv.Quote(sum))
		r.Fields = setField(fields, "bytes", strconv.FormatInt(size, 10))
	}
	return nil
}

// openBeside opens a file of the folder, or says why there is none. A path
// that leads out of the folder, also through a link, leads nowhere.
func openBeside(folder fs.FS, name string) (f fs.File, problem string) {
	if folder == nil {
		return nil, fmt.Sprintf("the file %q did not come with the records", name)
	}
	path := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if !fs.ValidPath(path) || !filepath.IsLocal(filepath.FromSlash(path)) {
		return nil, fmt.Sprintf("the file %q lies outside the folder; it was not read", name)
	}
	// Opening a pipe would wait for somebody to write into it.
	info, err := fs.Stat(folder, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Sprintf("the file %q is not there", name)
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Sprintf("%q is not a file", name)
	case err == nil:
		f, err = folder.Open(path)
	}
	if err != nil {
		return nil, fmt.Sprintf("the file %q cannot be read: %v", name, err)
	}
	return f, ""
}

// textField returns a text among the fields of a record, "" where it has none.
func textField(r *record.Record, key string) string {
	value, ok := r.Field(key)
	if !ok {
		return ""
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return ""
	}
	return text
}

func setField(fields []record.Field, key, value string) []record.Field {
	for i := range fields {
		if fields[i].Key == key {
			fields[i].Value = []byte(value)
			return fields
		}
	}
	return append(fields, record.Field{Key: key, Value: []byte(value)})
}
