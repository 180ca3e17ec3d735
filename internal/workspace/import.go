package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// ImportOptions say how an incident file is imported.
type ImportOptions struct {
	Into     string                // the incident to add the records to; else the file's own
	Folder   string                // where the files lie that evidence names; empty for nowhere
	Files    fs.FS                 // else these files, as they lie beside the incident file
	Strict   bool                  // import nothing when anything is wrong
	DryRun   bool                  // report what would come in, and write nothing
	Progress func(done, total int) // called with the records written so far; may be nil
}

// A Report says what an import did.
type Report struct {
	Incident string // id
	Label    string // of the incident
	Title    string
	Created  bool             // the incident was not here before
	Added    int              // records that came in
	Known    int              // records that were here already
	Unknown  map[string]int   // of those added: kinds that this program does not know
	Strange  []Note           // of those added: each record of such a kind
	Problems []record.Problem // lines that are no records, or not new ones
	Refused  []Refusal        // records that did not come in
	Notes    []Note           // what came in otherwise than the file says it
	Notices  []Note           // records that are kept without effect, because the rules forbid them
	Files    int              // files of evidence that came in
}

// Clean reports whether everything in the file was right. A file should declare
// its incident, and is none the worse where it does not.
func (r *Report) Clean() bool { return r.wrong() == 0 }

func (r *Report) wrong() int {
	wrong := len(r.Refused)
	for _, p := range r.Problems {
		if p.Kind != record.ProblemNoDeclare {
			wrong++
		}
	}
	return wrong
}

// A Refusal is a record that did not come in, and why.
type Refusal struct {
	Line int // in the file, from 1; 0 for a record that was made up
	ID   string
	Do   string
	Why  string
}

// A Note is something to know of a record that came in.
type Note struct {
	Line int
	ID   string
	Do   string
	Text string
}

// Import adds the records of an incident file that are not here yet. A record
// whose fields make no sense, or that refers to what is neither here nor comes
// in, is refused and reported, and the rest comes in; a kind that this program
// does not know is kept. Labels are kept where they are free, and else given
// in record order. Files that evidence names are taken in from beside the
// incident file, and from nowhere else.
//
// It is one transaction: when Import returns, all that it reports is on the
// disk; when it fails or never returns, nothing of it is. With Strict a file
// that is not clean is an *Error of CodeStrict, with the report.
func (w *Workspace) Import(file *record.File, o ImportOptions) (Report, error) {
	if w.readOnly {
		return Report{}, openedToRead()
	}
	in := &importing{w: w, options: o, report: Report{Problems: file.Problems, Unknown: map[string]int{}}}
	if err := in.runAlone(file); err != nil {
		return in.report, fmt.Errorf("import: %w", explain(err))
	}
	if in.redacts {
		w.tryFinishErasing()
	}
	return in.report, nil
}

// runAlone runs while nobody else of this process writes.
func (in *importing) runAlone(file *record.File) error {
	in.w.writing.Lock()
	defer in.w.writing.Unlock()
	return in.run(file)
}

// An importing is one import under way.
type importing struct {
	w       *Workspace
	options ImportOptions
	report  Report
	target  *opened
	redacts bool // something was redacted, and is to be erased
}

func (in *importing) run(file *record.File) error {
	id := file.Incident
	if in.options.Into != "" {
		id = in.options.Into
	}
	if id == "" {
		return &Error{Code: CodeInvalid, Message: "the file holds no records"}
	}
	if err := in.findTarget(id); err != nil {
		return err
	}
	records := in.choose(file.Records)
	if in.options.Strict && !in.report.Clean() {
		return &Error{
			Code:    CodeStrict,
			Message: notRight(in.report.wrong()) + "; nothing was imported",
			Hint:    "Put them right, or import without --strict to leave them out.",
		}
	}
	if in.report.Created && len(records) == 1 && records[0].Stamp.Line == 0 {
		// Only the declaration that was made up for the file is left: an
		// incident in which nobody said anything would help nobody.
		records, in.report.Created = nil, false
	}
	if in.options.DryRun {
		in.report.Added = len(records)
		return nil
	}
	if err := in.takeFiles(records); err != nil {
		return err
	}
	if len(records) > 0 {
		return in.write(records)
	}
	in.target.read(func(inc *incident.Incident) { in.finish(inc.Glance(), nil) })
	return nil
}

// choose returns copies of the records that are to come in.
func (in *importing) choose(records []*record.Record) []*record.Record {
	in.target.mu.RLock()
	defer in.target.mu.RUnlock()
	return in.accept(in.newOnes(records))
}

func notRight(lines int) string {
	if lines == 1 {
		return "a line is not right"
	}
	return fmt.Sprintf("%d lines are not right", lines)
}

// findTarget opens the incident, or makes one that nobody sees before it is
// written.
func (in *importing) findTarget(id string) error {
	o, err := in.w.load(id)
	var typed *Error
	if errors.As(err, &typed) && typed.Code == CodeNotFound && in.options.Into == "" {
		in.report.Created = true
		o, err = &opened{inc: incident.New(id)}, nil
	}
	in.target = o
	in.report.Incident = id
	return err
}

// newOnes returns copies of the records that are not here yet.
func (in *importing) newOnes(records []*record.Record) []*record.Record {
	id := in.target.inc.ID()
	run := record.ImportRun(id)
	fresh := make([]*record.Record, 0, len(records))
	copies := make([]record.Record, len(records))
	for i, r := range records {
		here, ok := in.target.inc.Record(r.ID)
		if in.options.Into != "" && r.Do == declare && !(ok && sayTheSame(here, r)) {
			in.declaredAlready(r)
			continue
		}
		if ok {
			in.meetAgain(here, r)
			continue
		}
		c := &copies[i]
		*c = *r
		c.Incident, c.Stamp.Run = id, run
		fresh = append(fresh, c)
	}
	return fresh
}

// declaredAlready passes over a declaration of records that are added to
// another incident. Of one that was made up there is nothing to say.
func (in *importing) declaredAlready(r *record.Record) {
	if r.Stamp.Line == 0 {
		in.report.Problems = slices.DeleteFunc(slices.Clone(in.report.Problems), func(p record.Problem) bool {
			return p.Kind == record.ProblemNoDeclare
		})
		return
	}
	in.note(r, "the records were added to an incident that is declared already")
}

func (in *importing) note(r *record.Record, text string) {
	in.report.Notes = append(in.report.Notes, Note{Line: int(r.Stamp.Line), ID: r.ID, Do: r.Do, Text: text})
}

// write writes the records, and adds them to the incident.
func (in *importing) write(records []*record.Record) error {
	t, err := in.w.begin()
	if err != nil {
		return err
	}
	defer t.abandon()
	if err := in.findTargetAgain(t); err != nil {
		return err
	}
	t.fresh = in.report.Created
	records, err = in.writeAndFold(t, records)
	if err != nil {
		in.w.forget(in.target)
		return err
	}
	if len(records) > 0 {
		t.written()
		in.w.keepOpen(in.target)
		in.w.tell([]Change{{Incident: in.report.Incident, Seq: t.last}})
		in.redacts = t.erased
	}
	in.target.read(func(inc *incident.Incident) { in.finish(inc.Glance(), records) })
	return nil
}

// findTargetAgain looks, now that nobody else writes, whether another process
// has made the incident meanwhile.
func (in *importing) findTargetAgain(t *writing) error {
	if !in.report.Created {
		return nil
	}
	o, _, err := readIncident(t.tx, in.report.Incident)
	var typed *Error
	if errors.As(err, &typed) && typed.Code == CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	in.target, in.report.Created = o, false
	return nil
}

// writeAndFold writes the records while, beside it, the incident takes them
// in. Nobody reads the incident before they are on the disk.
func (in *importing) writeAndFold(t *writing, records []*record.Record) ([]*record.Record, error) {
	o := in.target
	o.mu.Lock()
	defer o.mu.Unlock()
	records, err := in.settle(t, records)
	if err != nil {
		return nil, err
	}
	folded := make(chan struct{})
	go func() {
		o.take(records)
		close(folded)
	}()
	if len(records) > 0 {
		if err = in.sealAll(t, records); err == nil {
			err = t.commit()
		}
	}
	<-folded
	o.spoiled = err != nil
	if err == nil && in.options.Progress != nil {
		in.options.Progress(len(records), len(records))
	}
	return records, err
}

// settle leaves out what another process has imported meanwhile, and gives
// labels.
func (in *importing) settle(t *writing, records []*record.Record) ([]*record.Record, error) {
	before := len(records)
	records = slices.DeleteFunc(records, func(r *record.Record) bool { return in.target.inc.Has(r.ID) })
	in.report.Known += before - len(records)
	if err := in.redact(records); err != nil {
		return nil, err
	}
	if err := in.giveLabels(t, records); err != nil {
		return nil, err
	}
	for _, r := range records {
		if !incident.Known(r.Do) {
			in.report.Unknown[r.Do]++
			in.report.Strange = append(in.report.Strange, Note{
				Line: int(r.Stamp.Line), ID: r.ID, Do: r.Do, Text: fmt.Sprintf("unknown kind %.80s, kept", r.Do),
			})
		}
	}
	in.report.Added = len(records)
	return records, nil
}

// finish reports on the incident as it is now.
func (in *importing) finish(s incident.Glance, written []*record.Record) {
	in.report.Label, in.report.Title = s.Label, s.Title
	if len(s.Notices) == 0 {
		return
	}
	mine := make(map[string]*record.Record, len(written))
	for _, r := range written {
		mine[r.ID] = r
	}
	for _, n := range s.Notices {
		if r, ok := mine[n.Record]; ok {
			in.report.Notices = append(in.report.Notices, Note{Line: int(r.Stamp.Line), ID: r.ID, Do: r.Do, Text: n.Reason})
		}
	}
}

// The size of a batch that an import writes: below the limits of a line, with
// room for what the estimate misses.
const (
	importRecords = record.MaxRecords
	importBytes   = record.MaxBatch * 3 / 4
)

// sealAll writes the records as batches.
func (in *importing) sealAll(t *writing, records []*record.Record) error {
	total := len(records)
	for len(records) > 0 {
		n := batchOf(records)
		_, err := t.seal(records[:n])
		for n > 1 && errors.Is(err, record.ErrTooLarge) {
			n /= 2
			_, err = t.seal(records[:n])
		}
		if err != nil {
			return err
		}
		records = records[n:]
		if in.options.Progress != nil && len(records) > 0 {
			in.options.Progress(total-len(records), total)
		}
	}
	return nil
}

// batchOf returns how many records from the first make one batch.
func batchOf(records []*record.Record) int {
	size := 0
	for i, r := range records {
		size += estimate(r)
		if i > 0 && (size > importBytes || i == importRecords) {
			return i
		}
	}
	return len(records)
}

// estimate returns about how many bytes a record takes in a batch, its digest
// and salt included.
func estimate(r *record.Record) int {
	const frame = 320
	size := frame + len(r.Incident) + len(r.ID) + len(r.Label) + len(r.By) + len(r.Person) + len(r.Do)
	for _, f := range r.Fields {
		size += len(f.Key) + len(f.Value) + 4
	}
	return size
}
