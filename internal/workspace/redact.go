package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// A Redaction says what of an evidence is destroyed, and what takes its place.
type Redaction struct {
	By       string         // who does it
	Evidence string         // id
	Why      string         // empty where nobody says
	Title    *string        // the title that it has from now on, at every time that is looked at; nil to leave it
	Copy     *record.Record // the evidence.add of a copy of which nothing is secret; nil for none
}

// Redact destroys what an evidence shows: its text, its link, its file and the
// name of that. Its record stays, and with it what it proves.
//
// A copy is recorded in the same step, before the redaction. What it does not
// say itself it has from the original: how it is linked to claims, its thread,
// origin, grade, kind, who said it and when it was observed. It returns the
// records as they were kept, the redaction last.
//
// A file that other evidence, of any incident, has too is an *Error of
// CodeConflict that names it; nothing is recorded then.
func (w *Workspace) Redact(incidentID string, r Redaction) ([]*record.Record, error) {
	var records []*record.Record
	err := w.View(incidentID, func(inc *incident.Incident) error {
		if r.Copy != nil {
			c, err := copyOf(inc, r)
			if err != nil {
				return err
			}
			records = append(records, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("redact: %w", err)
	}
	redaction := &record.Record{By: r.By, Do: evidenceRedact, Fields: []record.Field{record.TextField("evidence", r.Evidence)}}
	if r.Why != "" {
		redaction.Fields = append(redaction.Fields, record.TextField("why", r.Why))
	}
	if r.Title != nil {
		redaction.Fields = append(redaction.Fields, record.TextField(retitle, *r.Title))
	}
	return w.Record(incidentID, append(records, redaction)...)
}

// retitle is the field by which a redaction says the title that stays, until
// it is recorded.
const retitle = "title"

const remainsField = "remains"

// sayRemains has a redaction say what stays of the evidence.
func sayRemains(inc *incident.Incident, r *record.Record) error {
	var title *string
	if value, ok := r.Field(retitle); ok {
		if err := json.Unmarshal(value, &title); err != nil {
			return &Error{Code: CodeInvalid, Message: "the title must be a text"}
		}
	}
	remains, _, err := inc.Remains(textField(r, "evidence"), title)
	if err != nil {
		return err
	}
	fields := slices.DeleteFunc(slices.Clone(r.Fields), func(f record.Field) bool { return f.Key == retitle || f.Key == remainsField })
	r.Fields = append(fields, record.Field{Key: remainsField, Value: remains})
	return nil
}

// redact keeps out what evidence shows that the records of an import redact, or
// that was redacted here. Of evidence that is here already, the redaction says
// what stays.
func (in *importing) redact(records []*record.Record) error {
	inc, coming := in.target.inc, map[string]bool{}
	for _, r := range records {
		coming[r.ID] = true
	}
	gone := map[string]bool{}
	for _, r := range records {
		if r.Do != evidenceRedact {
			continue
		}
		id := textField(r, "evidence")
		gone[id] = true
		if len(incident.RemainsOf(r)) > 0 || coming[id] || inc.WasRedacted(id) || !inc.Has(id) {
			continue
		}
		if err := sayRemains(inc, r); err != nil {
			return err
		}
	}
	for _, r := range records {
		if r.Do == evidenceAdd && (gone[r.ID] || inc.WasRedacted(r.ID)) {
			*r = *incident.Redacted(r)
		}
	}
	return nil
}

// copyOf completes the record of a copy.
func copyOf(inc *incident.Incident, r Redaction) (*record.Record, error) {
	original, ok := inc.Record(r.Evidence)
	if !ok || original.Do != evidenceAdd {
		return nil, &Error{Code: CodeNotFound, Message: "there is no evidence with the id " + r.Evidence}
	}
	s := inc.At(original.Recorded)
	var shown *incident.Evidence
	for _, e := range s.Evidence {
		if e.ID == r.Evidence {
			shown = e
		}
	}
	if shown == nil {
		return nil, &Error{Code: CodeNotFound, Message: "there is no evidence with the id " + r.Evidence}
	}
	c := *r.Copy
	c.By, c.Do, c.Fields = r.By, evidenceAdd, slices.Clone(c.Fields)
	give := func(key string, value any) {
		if _, said := c.Field(key); said {
			return
		}
		text, err := json.Marshal(value)
		if err == nil && string(text) != `""` && string(text) != "{}" {
			c.Fields = append(c.Fields, record.Field{Key: key, Value: text})
		}
	}
	title := shown.Title
	if r.Title != nil {
		title = *r.Title
	}
	give("copy_of", r.Evidence)
	give("part", "redacted")
	give("kind", shown.Sort)
	give("title", title)
	give("said_by", shown.SaidBy)
	give("observed", shown.Observed)
	give("origin", shown.Origin)
	give("grade", shown.Grade)
	give("thread", shown.Thread)
	give("reply_to", shown.ReplyTo)
	if !shown.Struck {
		give("claims", relations(s, r.Evidence))
	}
	return &c, nil
}

// relations are how an evidence is linked to claims.
func relations(s *incident.State, evidence string) map[string]string {
	found := map[string]string{}
	for _, c := range s.Claims {
		for relation, links := range map[string][]incident.Link{
			"supports": c.Supports, "contradicts": c.Contradicts, "neutral": c.Neutral,
		} {
			for _, l := range links {
				if l.Evidence.ID == evidence {
					found[c.ID] = relation
				}
			}
		}
	}
	return found
}

// cacheFolder holds what is derived from files of evidence.
const cacheFolder = "cache"

// Cache returns the path of a file derived from one of evidence, a thumbnail
// say, which is made again where it is missing. Its name must begin with the
// SHA-256 of that file, so that it goes when the file is redacted; the folder
// may have to be made.
func (w *Workspace) Cache(name string) string {
	return filepath.Join(w.dir, cacheFolder, filepath.Base(name))
}

// dropCache throws away what was derived from a file.
func (w *Workspace) dropCache(sum string) error {
	names, err := filepath.Glob(filepath.Join(w.dir, cacheFolder, sum+"*"))
	if err != nil {
		return err
	}
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
