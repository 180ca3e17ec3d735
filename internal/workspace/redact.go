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

	// Everywhere redacts every evidence that has the same file, in every
	// incident, each with the same reason and title.
	Everywhere bool
}

// Redact destroys what an evidence shows: its text, its link, its file and the
// name of that, wherever the workspace keeps them. Its record stays, and with
// it what it proves. A redaction cannot be taken back.
//
// A copy is recorded in the same step, before the redaction. What it does not
// say itself it has from the original: how it is linked to claims, its thread,
// origin, grade, kind, who said it and when it was observed. Redact returns
// the records of the incident as they were kept, the redaction last.
//
// A file that other evidence, of any incident, has too is an *Error of
// CodeConflict that names it; nothing is recorded then. Where all is recorded
// but something could not be erased yet, the error is of CodeUnfinished; the
// rest is done at the next opening.
func (w *Workspace) Redact(incidentID string, r Redaction) ([]*record.Record, error) {
	if w.readOnly {
		return nil, openedToRead()
	}
	kept, err := w.redact(incidentID, r)
	if err != nil {
		return nil, fmt.Errorf("redact: %w", explain(err))
	}
	if err := w.finishErasing(); err != nil {
		w.log.Error("erase what was redacted", "error", err)
		return kept, fmt.Errorf("redact: %w", unfinished(explain(err)))
	}
	return kept, nil
}

func unfinished(err error) *Error {
	return &Error{
		Code:    CodeUnfinished,
		Message: "it is redacted, and shown nowhere any more, but not yet erased from the disk: " + err.Error(),
		Hint:    "Close other windows and commands on this workspace, then open it again: the rest is erased then.",
	}
}

func (w *Workspace) redact(id string, r Redaction) ([]*record.Record, error) {
	redaction := redactionOf(r.Evidence, r)
	records := []*record.Record{redaction}
	if r.Copy != nil {
		var c *record.Record
		err := w.View(id, func(inc *incident.Incident) (err error) {
			c, err = copyOf(inc, r)
			return err
		})
		if err != nil {
			return nil, err
		}
		records = []*record.Record{c, redaction}
	}
	if r.Everywhere {
		if err := w.redactOthers(id, r); err != nil {
			return nil, err
		}
	}
	return w.recordAll(id, records, r.Everywhere)
}

// redactOthers redacts every other evidence that has the same file.
func (w *Workspace) redactOthers(id string, r Redaction) error {
	inc, err := w.Incident(id)
	if err != nil {
		return err
	}
	shown, ok := inc.Record(r.Evidence)
	if !ok || !isSum(textField(shown, "sha256")) {
		return nil
	}
	all, err := sharersOf(w.db, textField(shown, "sha256"))
	if err != nil {
		return err
	}
	for _, s := range all {
		if s == (sharer{id, r.Evidence}) {
			continue
		}
		if _, err := w.recordAll(s.incident, []*record.Record{redactionOf(s.id, r)}, true); err != nil {
			return err
		}
	}
	return nil
}

// redactionOf is the record of a redaction of an evidence.
func redactionOf(evidence string, r Redaction) *record.Record {
	redaction := &record.Record{By: r.By, Do: evidenceRedact, Fields: []record.Field{record.TextField("evidence", evidence)}}
	if r.Why != "" {
		redaction.Fields = append(redaction.Fields, record.TextField("why", r.Why))
	}
	if r.Title != nil {
		redaction.Fields = append(redaction.Fields, record.TextField(retitle, *r.Title))
	}
	return redaction
}

// retitle is the field by which a redaction says the title that stays, until
// it is recorded.
const retitle = "title"

const remainsField = "remains"

// redacts completes a redaction, unless its file must stay.
func (t *writing) redacts(inc *incident.Incident, r *record.Record) error {
	if err := sayRemains(inc, r); err != nil {
		return err
	}
	id := textField(r, "evidence")
	shown, ok := inc.Record(id)
	if !ok || t.sharing {
		return nil
	}
	if sum := textField(shown, "sha256"); isSum(sum) {
		return t.refuseShared(sum, sharer{inc.ID(), id})
	}
	return nil
}

// A sharer is an evidence that has the same file as another.
type sharer struct{ incident, id string }

// refuseShared says no to the redaction of a file that other evidence has too:
// it could not be deleted.
func (t *writing) refuseShared(sum string, but sharer) error {
	all, err := sharersOf(t.tx, sum)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s == but {
			continue
		}
		return &Error{
			Code:    CodeConflict,
			Message: "the same file is evidence " + t.nameOf(s) + ", which is not redacted; nothing was recorded",
			Hint:    "Redact both: with --everywhere every evidence that has this file is redacted.",
		}
	}
	return nil
}

// sharersOf lists the evidence, not redacted, that has a file.
func sharersOf(q querier, sum string) ([]sharer, error) {
	rows, err := q.Query(`SELECT f.incident, f.record FROM files f LEFT JOIN redactions r ON r.incident = f.incident AND r.record = f.record
		WHERE f.sha256 = ? AND r.record IS NULL ORDER BY f.incident, f.record`, sum)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []sharer
	for rows.Next() {
		var s sharer
		if err := rows.Scan(&s.incident, &s.id); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// nameOf is how a person calls an evidence: by its label, and its incident
// where that has one.
func (t *writing) nameOf(s sharer) string {
	o, _, err := readIncident(t.tx, s.incident)
	if err != nil {
		return s.id
	}
	name := s.id
	if r, ok := o.inc.Record(s.id); ok && r.Label != "" {
		name = r.Label
	}
	return name + " of " + o.inc.Glance().Label
}

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
