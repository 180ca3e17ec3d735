package workspace

import (
	"crypto/ed25519"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"bearings/internal/record"
)

// A run is what this process writes: batches numbered from 1, each naming the
// one before it.
type run struct {
	id   record.Run
	last uint64        // number of the last batch, 0 before the first
	head record.Digest // hash of the last batch
}

// A writing is one transaction that writes batches.
type writing struct {
	w     *Workspace
	tx    *sql.Tx
	run   run // as it will be when the transaction is committed
	clock record.Clock
	last  int64  // number, in this workspace, of the last batch written
	gone  []gone // what the records redact
	heard map[string]*hearing

	cleared map[[2]string]bool // records, by incident and id, that were erased from their lines
	told    map[string]*saying // by incident: what these said

	excluded Exclusions            // nil until it is asked for
	tops     map[record.Run]uint64 // the highest number that is here of the runs that were asked for

	sharing bool // a file may be redacted that other evidence has too
	fresh   bool // the incident is new here: nothing of it was kept before
	erased  bool // something was erased, or is to be
	said    bool // a batch says what this device has
}

// begin starts a transaction, holding off every other writer, and takes in
// what others committed. The caller holds w.writing, and calls commit or
// abandon.
func (w *Workspace) begin() (*writing, error) {
	tx, err := w.writer.Begin()
	if err != nil {
		return nil, err
	}
	t := &writing{w: w, tx: tx, run: w.run}
	if err := t.start(); err != nil {
		tx.Rollback()
		return nil, err
	}
	return t, nil
}

func (t *writing) start() error {
	if err := t.learnID(); err != nil {
		return err
	}
	t.w.mu.Lock()
	news, err := t.w.catchUp(t.tx)
	t.w.mu.Unlock()
	if err != nil {
		return err
	}
	t.w.tell(news)
	seen, err := highestClock(t.tx)
	if err != nil {
		return err
	}
	t.clock = seen.Tick(t.w.now())
	return nil
}

// learnID reads the identity of the workspace, which an empty one changes when
// it joins another.
func (t *writing) learnID() error {
	id, err := identityIn(t.tx)
	if err == nil {
		t.w.setID(id)
	}
	return err
}

// commit makes the transaction durable. After a commit that failed nobody
// knows what is on the disk, so this process goes on as another run, and no
// number is given twice.
func (t *writing) commit() error {
	err := t.erase()
	if err == nil {
		err = t.keepHead()
	}
	if err == nil {
		err = t.keepHeard()
	}
	if err == nil {
		err = t.tx.Commit()
	}
	if err != nil {
		t.tx.Rollback()
		if drawn := t.w.beginRun(); drawn != nil {
			err = errors.Join(err, drawn)
		}
		t.w.log.Error("commit", "error", err)
		return err
	}
	t.w.run = t.run
	if t.said {
		t.w.toSay = nil
	}
	return nil
}

// settingHead is the setting that says which batch came in last: where the
// last ones are missing, nothing after them says so.
const settingHead = "head"

func (t *writing) keepHead() error {
	if t.last == 0 {
		return nil
	}
	_, err := t.tx.Exec(`INSERT INTO settings (key, value) SELECT ?, seq || ' ' || lower(hex(hash)) FROM batches WHERE seq = ?
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, settingHead, t.last)
	return err
}

// written notes what was committed and is in the open incidents. The caller
// holds no incident's lock.
func (t *writing) written() {
	t.w.mu.Lock()
	defer t.w.mu.Unlock()
	t.w.seen = max(t.w.seen, t.last)
}

func (t *writing) abandon() { t.tx.Rollback() }

// seal signs records as the next batch of the run, at the clock of the
// transaction, and writes it.
func (t *writing) seal(records []*record.Record) (*record.Batch, error) {
	h := record.Header{
		Workspace: t.w.ID(),
		Run:       t.run.id,
		Device:    t.w.device,
		Number:    t.run.last + 1,
		Prev:      t.run.head,
		Clock:     t.clock,
		Written:   t.w.now().UTC(),
	}
	if t.run.last == 0 {
		parent, err := lastOfDevice(t.tx, t.w.device)
		if err != nil {
			return nil, err
		}
		h.Parent = parent
	}
	if !t.said {
		h.Seen, t.said = t.w.toSay, true
	}
	b, err := record.Seal(h, records, t.w.random, t.w.key)
	if err != nil {
		return nil, err
	}
	if err := t.insert(b); err != nil {
		return nil, err
	}
	t.run.last, t.run.head = b.Number, b.Hash
	t.clock = t.clock.Tick(t.w.now())
	return b, nil
}

// insert keeps a batch, and notes which files its records name and what they
// redact.
func (t *writing) insert(b *record.Batch) error {
	seq, err := insertBatch(t.tx, b)
	if err != nil {
		return err
	}
	t.last = seq
	t.hear(b)
	for _, r := range b.Records {
		if err := keepFileName(t.tx, r); err != nil {
			return err
		}
	}
	gone, err := keepGone(t.tx, b.Records)
	t.gone = append(t.gone, gone...)
	return err
}

// insertBatch keeps a batch and says which incidents it belongs to. It returns
// its number in this workspace.
func insertBatch(tx *sql.Tx, b *record.Batch) (int64, error) {
	result, err := tx.Exec("INSERT INTO batches (hash, run, n, device, clock, line) VALUES (?, ?, ?, ?, ?, ?)",
		b.Hash[:], b.Run[:], int64(b.Number), b.Device, clockBytes(b.Clock), b.Line)
	if err != nil {
		return 0, err
	}
	seq, err := result.LastInsertId()
	if err != nil {
		return 0, err
	}
	return seq, listIncidents(tx, seq, b.Records)
}

// listIncidents says of a batch which incidents it has records of.
func listIncidents(tx *sql.Tx, seq int64, records []*record.Record) error {
	for _, id := range incidentsOf(records) {
		if _, err := tx.Exec("INSERT INTO incident_batches (incident, seq) VALUES (?, ?)", id, seq); err != nil {
			return err
		}
	}
	return nil
}

// incidentsOf lists the incidents of records, each once.
func incidentsOf(records []*record.Record) []string {
	var ids []string
	known := map[string]bool{}
	for i, r := range records {
		if i > 0 && r.Incident == records[i-1].Incident || known[r.Incident] {
			continue
		}
		known[r.Incident] = true
		ids = append(ids, r.Incident)
	}
	return ids
}

// clockBytes writes a clock so that SQLite sorts it.
func clockBytes(c record.Clock) []byte { return binary.BigEndian.AppendUint64(nil, uint64(c)) }

// highestClock returns the highest clock of all batches.
func highestClock(q querier) (record.Clock, error) {
	var clock []byte
	err := q.QueryRow("SELECT clock FROM batches ORDER BY clock DESC LIMIT 1").Scan(&clock)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if len(clock) != 8 {
		return 0, damagedError("a batch has no clock")
	}
	return record.Clock(binary.BigEndian.Uint64(clock)), nil
}

// lastOfDevice returns the hash of the newest batch that a device wrote, zero
// where there is none.
func lastOfDevice(q querier, device string) (record.Digest, error) {
	var hash []byte
	err := q.QueryRow("SELECT hash FROM batches WHERE device = ? ORDER BY seq DESC LIMIT 1", device).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Digest{}, nil
	}
	if err != nil {
		return record.Digest{}, err
	}
	if len(hash) != ed25519.PublicKeySize {
		return record.Digest{}, damagedError("a batch has no hash")
	}
	return record.Digest(hash), nil
}

// moment returns the present time as records keep it: in UTC, to the
// millisecond, which is what their clock counts in.
func (w *Workspace) moment() time.Time { return w.now().UTC().Truncate(time.Millisecond) }

// newID draws an identity for a thing: a version 7 UUID, so that ids sort by
// the time at which they were made.
func (w *Workspace) newID() (string, error) {
	id, err := uuidV7(w.now(), w.random)
	if err != nil {
		return "", fmt.Errorf("draw an id: %w", err)
	}
	return id, nil
}
