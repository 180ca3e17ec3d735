// Package historytest makes what many devices write into a shared workspace
// in years: signed lines, in runs of a month, of incidents that follow each
// other. What was redacted is erased from them, as the devices leave it. The
// same history makes the same lines.
package historytest

import (
	"crypto/ed25519"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
)

// An Author is a device that writes.
type Author struct {
	Device string
	Key    ed25519.PrivateKey
}

// A History is what authors write.
type History struct {
	Workspace string
	Authors   []Author
	Records   int
	Incident  int       // records of each incident
	From      time.Time // when the first is declared
	Over      time.Duration
	Seed      uint64
}

// A Stretch is lines that a device wrote one after the other.
type Stretch struct {
	Author  int
	Run     record.Run
	First   uint64 // number of the first line in its run
	At      time.Time
	Lines   [][]byte
	Records int
}

// most is how many lines a stretch has at most, action how many records one
// action makes at most.
const (
	most   = 200
	action = 3
)

// redaction is done by an action of its own: what remains has to be known.
const redaction = "evidence.redact"

// Write makes the history, and gives it to yield in the order of time.
func (h History) Write(yield func(Stretch) error) error {
	w := writer{History: h, yield: yield, chance: rand.New(rand.NewPCG(h.Seed, 3)), pens: make([]pen, len(h.Authors))}
	incidents := max(1, h.Records/h.Incident)
	for i := range incidents {
		n := h.Incident
		if i == incidents-1 {
			n = h.Records - i*h.Incident
		}
		start := h.From.Add(h.Over / time.Duration(incidents) * time.Duration(i))
		if err := w.incident(incidenttest.Records(h.Seed+uint64(i), n), start); err != nil {
			return err
		}
	}
	for i := range w.pens {
		if err := w.flush(i); err != nil {
			return err
		}
	}
	return nil
}

type writer struct {
	History
	yield  func(Stretch) error
	chance *rand.Rand
	pens   []pen
}

// A pen is where an author stands.
type pen struct {
	month time.Time
	run   record.Run
	last  uint64
	head  record.Digest
	clock record.Clock
	lines Stretch
}

// incident writes the records of an incident, moved to when it is to be.
func (w *writer) incident(records []*record.Record, start time.Time) error {
	shift := start.Sub(records[0].Recorded)
	var batch []*record.Record
	e := erasing{known: incident.New(records[0].Incident), gone: redactedOf(records)}
	for i, r := range records {
		r.Stamp = record.Stamp{}
		r.At, r.Recorded = r.At.Add(shift), r.Recorded.Add(shift)
		if !r.Until.IsZero() {
			r.Until = r.Until.Add(shift)
		}
		batch = append(batch, r)
		if i+1 < len(records) && records[i+1].By == r.By && len(batch) < action && records[i+1].Do != redaction {
			continue
		}
		if err := w.seal(w.authorOf(r.By), batch, e); err != nil {
			return err
		}
		batch = nil
	}
	return nil
}

func (w *writer) authorOf(by string) int {
	sum := fnv.New32()
	_, _ = io.WriteString(sum, by)
	return int(sum.Sum32() % uint32(len(w.Authors)))
}

// An erasing is what is redacted of an incident.
type erasing struct {
	known *incident.Incident // what was written of it that is redacted later
	gone  map[string]bool    // which evidence that is, by its id
}

func redactedOf(records []*record.Record) map[string]bool {
	gone := map[string]bool{}
	for _, r := range records {
		if evidence, ok := r.Field("evidence"); ok && r.Do == redaction {
			gone[strings.Trim(string(evidence), `"`)] = true
		}
	}
	return gone
}

// complete says in redactions what remains of what they erase.
func (e erasing) complete(records []*record.Record) error {
	for _, r := range records {
		if r.Do != redaction {
			continue
		}
		evidence, _ := r.Field("evidence")
		remains, _, err := e.known.Remains(strings.Trim(string(evidence), `"`), nil)
		if err != nil {
			return err
		}
		r.Fields = append(r.Fields, record.Field{Key: "remains", Value: remains})
	}
	return nil
}

// erase returns the line of a batch as it is when all that is redacted is
// erased from it.
func (e erasing) erase(b *record.Batch) ([]byte, error) {
	line, n, err := record.Erase(b.Line, func(r *record.Record) bool { return e.gone[r.ID] })
	if n > 0 {
		e.known.Add(b.Records...)
	}
	return line, err
}

func (w *writer) seal(author int, records []*record.Record, e erasing) error {
	p, now := &w.pens[author], records[len(records)-1].Recorded
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	h := record.Header{Workspace: w.Workspace, Device: w.Authors[author].Device, Written: now}
	if !p.month.Equal(month) {
		if err := w.flush(author); err != nil {
			return err
		}
		run, err := record.NewRun(salts{w.chance})
		if err != nil {
			return err
		}
		h.Parent = p.head
		*p = pen{month: month, run: run, clock: p.clock}
	}
	p.clock = p.clock.Tick(now)
	h.Run, h.Number, h.Prev, h.Clock = p.run, p.last+1, p.head, p.clock
	if err := e.complete(records); err != nil {
		return err
	}
	b, err := record.Seal(h, records, salts{w.chance}, w.Authors[author].Key)
	if err != nil {
		return err
	}
	line, err := e.erase(b)
	if err != nil {
		return err
	}
	if len(p.lines.Lines) == 0 {
		p.lines = Stretch{Author: author, Run: p.run, First: b.Number, At: now}
	}
	p.lines.Lines = append(p.lines.Lines, line)
	p.lines.Records += len(records)
	p.last, p.head = b.Number, b.Hash
	if len(p.lines.Lines) == most {
		return w.flush(author)
	}
	return nil
}

func (w *writer) flush(author int) error {
	s := w.pens[author].lines
	w.pens[author].lines = Stretch{}
	if len(s.Lines) == 0 {
		return nil
	}
	return w.yield(s)
}

// salts is chance as bytes.
type salts struct{ chance *rand.Rand }

func (s salts) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s.chance.Uint32())
	}
	return len(p), nil
}
