package workspace

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"

	"bearings/internal/record"
)

// A CheckReport says what a workspace holds and what is wrong with it.
type CheckReport struct {
	Batches     int
	Records     int
	Incidents   int
	Blobs       int       // files of evidence that are here and whole
	Redacted    int       // evidence that is redacted
	Unnamed     []string  // files, by SHA-256, that no record names: left by a step that was cut off, and removed after a day; not wrong
	NotHere     []Missing // files of evidence that have not arrived; not wrong
	Holes       int       // batches of other devices that have not arrived; not wrong
	Quarantined int       // batches that nobody trusted vouches for; not wrong
	Troubles    []Trouble // what is wrong
}

// Clean reports whether nothing is wrong.
func (r *CheckReport) Clean() bool { return len(r.Troubles) == 0 }

// A Trouble is one thing that is wrong, and where.
type Trouble struct {
	Where string // "database", "batch 17", "incident i-…", "blobs/ab/…"
	What  string
}

// A Missing is a file of evidence that is not on this machine.
type Missing struct {
	Incident string // id
	Evidence string // id
	Label    string // of the evidence
	SHA256   string
}

// Check looks at everything: the database's own structure, every batch's
// checksum, digests, signature, number and place after the one before it,
// every file's hash, and whether summaries and the search index are what the
// batches say. What is wrong is in the report; an error means that it could
// not look. progress is called with what is done, of how much; it may be nil.
func (w *Workspace) Check(ctx context.Context, progress func(done, total int)) (CheckReport, error) {
	c := &checking{w: w, ctx: ctx, progress: progress}
	if err := c.run(); err != nil {
		return c.report, fmt.Errorf("check: %w", explain(err))
	}
	if !c.report.Clean() {
		w.log.Error("check", "troubles", len(c.report.Troubles))
	}
	return c.report, nil
}

// A checking is one check under way.
type checking struct {
	w        *Workspace
	ctx      context.Context
	tx       *sql.Tx // one moment of the database
	report   CheckReport
	progress func(done, total int)
	done     int
	total    int
	keys     map[string]ed25519.PublicKey
	here     map[record.Digest]bool // batches
	parents  []parent
	gone     map[[2]string]gone // what was redacted, by incident and record
	files    evidenceFiles
}

func (c *checking) trouble(where, format string, args ...any) {
	c.report.Troubles = append(c.report.Troubles, Trouble{Where: where, What: fmt.Sprintf(format, args...)})
}

func (c *checking) step() error {
	c.done++
	if c.progress != nil {
		c.progress(c.done, c.total)
	}
	return c.ctx.Err()
}

func (c *checking) run() error {
	var err error
	if c.tx, err = c.w.db.BeginTx(c.ctx, nil); err != nil {
		return err
	}
	defer c.tx.Rollback()
	structure, err := c.checkStructure()
	if err != nil || !structure {
		return err
	}
	if err := c.count(); err != nil {
		return err
	}
	if err := c.findRedactions(); err != nil {
		return err
	}
	if err := c.checkBatches(); err != nil {
		return err
	}
	if err := c.checkEnds(); err != nil {
		return err
	}
	if err := c.checkIncidents(); err != nil {
		return err
	}
	if err := c.checkIndex(); err != nil {
		return err
	}
	return c.checkBlobs()
}

// checkStructure asks SQLite. Where the structure is broken, what it holds
// cannot be read.
func (c *checking) checkStructure() (bool, error) {
	said, err := textsOf(c.tx.QueryContext(c.ctx, "PRAGMA integrity_check"))
	if err != nil {
		if explained, ok := explain(err).(*Error); ok && explained.Code == CodeDamaged {
			c.trouble("database", "%s", explained.Message)
			return false, nil
		}
		return false, err
	}
	for _, line := range said {
		if line != "ok" {
			c.trouble("database", "%s", line)
		}
	}
	if !c.report.Clean() {
		return false, nil
	}
	orphans, err := textsOf(c.tx.QueryContext(c.ctx, `SELECT "table" FROM pragma_foreign_key_check`))
	for _, table := range orphans {
		c.trouble("database", "a row of %s points at nothing", table)
	}
	return err == nil, err
}

func textsOf(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}

func (c *checking) count() error {
	err := c.tx.QueryRow("SELECT (SELECT count(*) FROM batches), (SELECT count(DISTINCT incident) FROM incident_batches), (SELECT count(*) FROM quarantine)").
		Scan(&c.report.Batches, &c.report.Incidents, &c.report.Quarantined)
	c.total = c.report.Batches + c.report.Incidents
	return err
}

// checkBatches looks at every batch, run by run.
func (c *checking) checkBatches() error {
	devices, err := c.w.Devices()
	if err != nil {
		return err
	}
	c.keys, c.here = map[string]ed25519.PublicKey{}, map[record.Digest]bool{}
	for _, d := range devices {
		c.keys[d.ID] = d.Key
	}
	rows, err := c.tx.QueryContext(c.ctx, "SELECT seq, hash, run, n, device, clock, line FROM batches ORDER BY run, n, hash")
	if err != nil {
		return err
	}
	defer rows.Close()
	var chain chain
	for rows.Next() {
		var row batchRow
		if err := rows.Scan(&row.seq, &row.hash, &row.run, &row.n, &row.device, &row.clock, &row.line); err != nil {
			return err
		}
		if b := c.checkBatch(row); b != nil {
			c.report.Records += len(b.Digests) // of those that were redacted what stays is kept
			c.note(row, b)
			c.checkErased(row, b)
			c.checkChain(&chain, row, b)
			if err := c.checkIncidentsOf(row, b); err != nil {
				return err
			}
		}
		if err := c.step(); err != nil {
			return err
		}
	}
	return rows.Err()
}

type batchRow struct {
	seq    int64
	hash   []byte
	run    []byte
	n      int64
	device string
	clock  []byte
	line   []byte
}

func (r batchRow) where() string { return fmt.Sprintf("batch %d", r.seq) }

// checkBatch checks a batch by itself. It returns nil where the batch cannot
// be read.
func (c *checking) checkBatch(row batchRow) *record.Batch {
	b, err := record.DecodeBatch(row.line)
	if err != nil {
		c.trouble(row.where(), "%v", err)
		return nil
	}
	key, ok := c.keys[b.Device]
	if !ok {
		c.trouble(row.where(), "it was signed by device %s, which is not known", b.Device)
	} else if err := b.Verify(key); err != nil {
		c.trouble(row.where(), "%v", err)
	}
	if !bytes.Equal(row.hash, b.Hash[:]) || !bytes.Equal(row.run, b.Run[:]) || row.n != int64(b.Number) ||
		row.device != b.Device || !bytes.Equal(row.clock, clockBytes(b.Clock)) {
		c.trouble(row.where(), "its columns do not say what its line says")
	}
	if b.Workspace != c.w.ID() {
		c.trouble(row.where(), "it belongs to another workspace, %s", b.Workspace)
	}
	return b
}

// A chain is where a walk through a run has come to.
type chain struct {
	run    record.Run
	number uint64
	hashes []record.Digest // of that number; several after a fork
	before []record.Digest // of the number before; empty after a hole
}

// checkChain checks that a batch names the one before it.
func (c *checking) checkChain(at *chain, row batchRow, b *record.Batch) {
	switch {
	case b.Run != at.run:
		*at = chain{run: b.Run, number: b.Number}
		if b.Number > 1 {
			c.hole(row, b, b.Number-1)
		}
	case b.Number > at.number:
		at.before = at.hashes
		if missing := b.Number - at.number - 1; missing > 0 {
			at.before = nil
			c.hole(row, b, missing)
		}
		at.number, at.hashes = b.Number, nil
	}
	at.hashes = append(at.hashes, b.Hash)
	if len(at.before) == 0 {
		return
	}
	for _, hash := range at.before {
		if b.Prev == hash {
			return
		}
	}
	c.trouble(row.where(), "the batch before it, number %d of run %s, is not the one that it names", b.Number-1, b.Run)
}

// hole notes batches that are not here. Of this machine's own none can be
// missing.
func (c *checking) hole(row batchRow, b *record.Batch, missing uint64) {
	if b.Device == c.w.device {
		c.trouble(row.where(), "%d batches before it, of run %s, are missing", missing, b.Run)
		return
	}
	c.report.Holes += int(missing)
}

// checkIncidentsOf checks that a batch is found from its incidents, and from
// no others.
func (c *checking) checkIncidentsOf(row batchRow, b *record.Batch) error {
	listed, err := textsOf(c.tx.Query("SELECT incident FROM incident_batches WHERE seq = ?", row.seq))
	if err != nil {
		return err
	}
	want := map[string]bool{}
	for _, id := range incidentsOf(b.Records) {
		want[id] = true
	}
	for _, id := range listed {
		if !want[id] {
			c.trouble(row.where(), "it is listed for incident %s, of which it has no records", id)
		}
		delete(want, id)
	}
	for id := range want {
		c.trouble(row.where(), "it is not listed for incident %s, of which it has records", id)
	}
	return nil
}
