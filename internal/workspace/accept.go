package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// meetAgain counts a record whose id is here already. Records never change, so
// one that says something else does not come in.
func (in *importing) meetAgain(here, r *record.Record) {
	madeUp := r.Stamp.Line == 0                                // a declaration, titled after the file: a copy has another name
	gone := in.target.inc.WasRedacted(r.ID) && here.Do == r.Do // what it said is not known any more
	if madeUp || gone || sayTheSame(here, r) {
		in.report.Known++
		return
	}
	in.report.Refused = append(in.report.Refused, Refusal{
		Line: int(r.Stamp.Line), ID: r.ID, Do: r.Do,
		Why: fmt.Sprintf("the id %q is already that of a record that says something else; that one stays", r.ID),
	})
}

// sayTheSame compares two records without what an import may have added to
// one of them: its label, the hash and size of a file, and what a redaction
// leaves.
func sayTheSame(a, b *record.Record) bool {
	return a.Do == b.Do && a.By == b.By && a.Person == b.Person && a.Approx == b.Approx &&
		a.At.Equal(b.At) && a.Recorded.Equal(b.Recorded) && a.Until.Equal(b.Until) &&
		slices.EqualFunc(asWritten(a), asWritten(b), func(x, y record.Field) bool {
			return x.Key == y.Key && bytes.Equal(x.Value, y.Value)
		})
}

func asWritten(r *record.Record) []record.Field {
	if r.Do != evidenceAdd && r.Do != evidenceRedact {
		return r.Fields
	}
	return slices.DeleteFunc(slices.Clone(r.Fields), func(f record.Field) bool {
		return f.Key == "sha256" || f.Key == "bytes" || f.Key == remainsField
	})
}

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
