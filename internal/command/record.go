package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

type recordCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	Record   string `arg:"" name:"json" help:"A record as in an incident file, or - for such lines from standard input. Without at it happened now; without by it is yours."`
}

// Help shows how it is used.
func (c *recordCmd) Help() string {
	return `Several lines are one step: all of them are recorded, or none is. A record refers to others by their ids, which
bearings show --json tells, not by their labels. It takes no files in. In a workspace without an owner say who you are
with --as; that name is kept as the owner's, and need not be given again.

Examples:

  bearings record latest --as Ana '{"do":"note.add","text":"Failing share is at 12%"}'
  bearings record INC-2041 - --as Ana < lines.jsonl

The kinds of records: ` + strings.Join(incident.Kinds(), ", ") + "."
}

func (c *recordCmd) run(s *session) error {
	return s.change(func(ws *workspace.Workspace) error {
		in, err := ws.Find(c.Incident)
		if err != nil {
			return err
		}
		me, err := s.me(ws)
		if err != nil {
			return err
		}
		lines, err := c.lines(s)
		if err != nil {
			return err
		}
		records, err := s.records(lines, me)
		if err != nil {
			return err
		}
		kept, err := ws.Record(in.ID, records...)
		if err != nil {
			return unwritten(s.byLabel(ws, in.ID, records, err))
		}
		s.keepOwner(ws)
		s.keepSummaries(ws)
		s.keepBrief(ws, in.ID)
		return s.kept(kept)
	})
}

// unwritten is why records were not recorded, and says that they were not.
func unwritten(err error) error {
	var typed *incident.Error
	if !errors.As(err, &typed) {
		return err
	}
	told := *typed
	if !strings.Contains(told.Message, "written") {
		told.Message += "; nothing was written"
	}
	return &told
}

// byLabel adds to an unknown reference which id was meant, where a label was
// given for one: labels are what people see, and ids what records refer to.
func (s *session) byLabel(ws *workspace.Workspace, id string, records []*record.Record, err error) error {
	var typed *incident.Error
	if !errors.As(err, &typed) || typed.Code != incident.CodeUnknownReference {
		return err
	}
	told := *typed
	viewed := ws.View(id, func(inc *incident.Incident) error {
		st := inc.At(s.now)
		for _, r := range records {
			for _, ref := range incident.References(r) {
				thing, ok := st.Find(ref)
				if ok && thing.Meta().ID != ref {
					told.Hint = fmt.Sprintf("%.80s is a label; the id to refer to is %q.", ref, thing.Meta().ID)
					return nil
				}
			}
		}
		return nil
	})
	if viewed != nil {
		return err
	}
	return &told
}

// keepSummaries makes the list of incidents anew while the incident is in
// memory, which spares the next command from reading it twice.
func (s *session) keepSummaries(ws *workspace.Workspace) {
	if _, err := ws.Incidents(); err != nil {
		ws.Log().Warn("keep summaries", "error", err) // what was written is safe; they are made when they are read
	}
}

// maxInput is the most that is read from standard input: what fits in one
// batch, and then some for white space.
const maxInput = 2 * record.MaxBatch

func (c *recordCmd) lines(s *session) ([]numbered, error) {
	data := []byte(c.Record)
	if c.Record == "-" {
		var err error
		s.progress.rest(func() { data, err = io.ReadAll(io.LimitReader(s.In, maxInput+1)) })
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		if len(data) > maxInput {
			return nil, &incident.Error{
				Code:    workspace.CodeTooLarge,
				Message: "this is too much for one step; nothing of it was written",
				Hint:    "Put it into an incident file and import that.",
			}
		}
	}
	var lines []numbered
	for n, line := range bytes.Split(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, numbered{n + 1, line})
		}
	}
	if len(lines) == 0 {
		return nil, &incident.Error{Code: incident.CodeInvalid, Message: "there is no record to add",
			Hint: "Give one as JSON, or - and lines on standard input."}
	}
	return lines, nil
}

// A numbered line is one that is not empty, and its number.
type numbered struct {
	n    int
	text []byte
}

// records reads the lines. They are one step: all of them are recorded, or
// none is.
func (s *session) records(lines []numbered, me string) ([]*record.Record, error) {
	var out []*record.Record
	for _, line := range lines {
		r, err := s.record(line.text, me)
		var typed *incident.Error
		switch {
		case errors.As(err, &typed):
			return nil, err
		case err != nil && len(lines) == 1:
			return nil, notRecord(fmt.Sprintf("this is not a record: %v; nothing was written", err))
		case err != nil:
			return nil, notRecord(fmt.Sprintf("line %d is not a record: %v; none of them was written", line.n, err))
		}
		out = append(out, r)
	}
	return out, nil
}

func notRecord(why string) error {
	return &incident.Error{
		Code:    incident.CodeInvalid,
		Message: why,
		Hint:    `A record is one line of JSON, as {"do":"note.add","text":"…"}.`,
	}
}

// record reads one line. What a person at the keyboard need not say is filled
// in: it happened now, and it is theirs.
func (s *session) record(line []byte, me string) (*record.Record, error) {
	fields, err := record.ParseFields(line)
	if err != nil {
		return nil, err
	}
	given := map[string]bool{}
	for _, f := range fields {
		given[f.Key] = true
	}
	if !given["at"] {
		fields = append(fields, record.TextField("at", stamp(s.now)))
	}
	if !given["by"] {
		if me == "" {
			return nil, &incident.Error{
				Code: incident.CodeInvalid, Message: "a record needs somebody who made it; nothing was written", Hint: "Say who you are with --as NAME.",
			}
		}
		fields = append(fields, record.TextField("by", me))
	}
	r, err := record.DecodeLine(object(fields))
	if err != nil {
		return nil, err
	}
	return r, refuseFile(r)
}

// refuseFile says no to evidence that names a file: there is no incident file
// beside which it would lie.
func refuseFile(r *record.Record) error {
	if _, ok := r.Field("file"); !ok || r.Do != "evidence.add" {
		return nil
	}
	return &incident.Error{
		Code:    incident.CodeInvalid,
		Message: "record takes no files in; nothing was written",
		Hint:    "Put the line, with at and by, into an incident file beside the file that it names, and take that in with bearings import FILE --into INCIDENT.",
	}
}

// object writes fields as a JSON object.
func object(fields []record.Field) []byte {
	out := []byte{'{'}
	for n, f := range fields {
		if n > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, keyJSON(f.Key)...), ':'), f.Value...)
	}
	return append(out, '}')
}

func keyJSON(key string) []byte { return record.TextField("", key).Value }

type keptRecord struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Do    string `json:"do"`
}

func (s *session) kept(records []*record.Record) error {
	out := make([]keptRecord, 0, len(records))
	for _, r := range records {
		out = append(out, keptRecord{r.ID, r.Label, r.Do})
	}
	if s.json {
		return s.answer(out)
	}
	for _, r := range out {
		s.say("Recorded %s %s", oneLine(r.Do), oneLine(or(r.Label, r.ID)))
	}
	return nil
}
