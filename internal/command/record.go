package command

import (
	"bytes"
	"fmt"
	"io"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

type recordCmd struct {
	Incident string `arg:"" help:"The incident."`
	Record   string `arg:"" name:"json" help:"One record as in an incident file, or - to read such lines from standard input. Without at it happened now; without by it is yours."`
}

func (c *recordCmd) run(s *session) error {
	return s.use(func(ws *workspace.Workspace) error {
		in, err := ws.Find(c.Incident)
		if err != nil {
			return err
		}
		me, err := s.me(ws)
		if err != nil {
			return err
		}
		lines, err := c.lines(s.In)
		if err != nil {
			return err
		}
		records, err := s.records(lines, me)
		if err != nil {
			return err
		}
		kept, err := ws.Record(in.ID, records...)
		if err != nil {
			return err
		}
		return s.kept(kept)
	})
}

// maxInput is the most that is read from standard input: what fits in one
// batch, and then some for white space.
const maxInput = 2 * record.MaxBatch

func (c *recordCmd) lines(in io.Reader) ([][]byte, error) {
	data := []byte(c.Record)
	if c.Record == "-" {
		var err error
		if data, err = io.ReadAll(io.LimitReader(in, maxInput+1)); err != nil {
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
	var lines [][]byte
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, &incident.Error{Code: incident.CodeInvalid, Message: "there is no record to add"}
	}
	return lines, nil
}

// records reads the lines. They are one action: all of them are recorded, or
// none is.
func (s *session) records(lines [][]byte, me string) ([]*record.Record, error) {
	var out []*record.Record
	for n, line := range lines {
		r, err := s.record(line, me)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w; nothing was written", n+1, err)
		}
		out = append(out, r)
	}
	return out, nil
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
				Code: incident.CodeInvalid, Message: "nobody is named as its maker", Hint: "Say who you are with --as NAME.",
			}
		}
		fields = append(fields, record.TextField("by", me))
	}
	return record.DecodeLine(object(fields))
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
		s.say("Recorded %s %s", r.Do, or(r.Label, r.ID))
	}
	return nil
}
