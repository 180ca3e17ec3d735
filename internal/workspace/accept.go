package workspace

import (
	"errors"
	"fmt"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// accept returns the records of an import that may come in, and reports the
// others. A record that refers to one that is refused is refused too, so it
// looks again until nothing more falls.
func (in *importing) accept(records []*record.Record) []*record.Record {
	kinds := make(map[string]incident.Kind, len(records))
	for _, r := range records {
		kinds[r.ID] = incident.Makes(r.Do)
	}
	refused := map[string]int{} // lines, by id
	kindOf := func(id string) (incident.Kind, bool) {
		if kind, ok := kinds[id]; ok {
			return kind, true
		}
		return in.target.inc.KindOf(id)
	}
	for {
		kept := make([]*record.Record, 0, len(records))
		for _, r := range records {
			err := incident.CheckReferences(r, kindOf)
			if err == nil {
				kept = append(kept, r)
				continue
			}
			delete(kinds, r.ID)
			refused[r.ID] = int(r.Stamp.Line)
			in.report.Refused = append(in.report.Refused, Refusal{
				Line: int(r.Stamp.Line), ID: r.ID, Do: r.Do, Why: why(err, r, refused),
			})
		}
		if len(kept) == len(records) {
			return kept
		}
		records = kept
	}
}

// why says why a record is refused; where what it refers to was, it names the
// line.
func why(err error, r *record.Record, refused map[string]int) string {
	var typed *Error
	if !errors.As(err, &typed) {
		return err.Error()
	}
	if typed.Code == incident.CodeUnknownReference {
		for _, id := range incident.References(r) {
			if line, ok := refused[id]; ok && id != r.ID {
				return fmt.Sprintf("it refers to %q, which did not come in (line %d)", id, line)
			}
		}
	}
	return typed.Message
}
