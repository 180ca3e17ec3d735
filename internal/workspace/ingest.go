package workspace

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"bearings/internal/record"
)

// The reasons for which a batch is put in quarantine.
const (
	UnknownDevice = "unknown_device"
	BadSignature  = "bad_signature"
	NoKey         = "no_key"   // it is sealed with a key that is not here
	Excluded      = "excluded" // its device was removed from the members before
)

// A Result says what became of lines that came from elsewhere.
type Result struct {
	Added       int          // batches that were new
	Records     int          // records in these
	Known       int          // batches that were here already
	Quarantined []Quarantine // batches that nobody trusted vouches for; kept aside
	Forks       []Fork       // numbers that one run gave twice; both are kept
	Bad         []BadLine    // lines that are no batch
	Redacted    int          // records that redact evidence, and so had others erased

	Placed []Placed        // where the batches stand that were new
	Said   []record.Header // of the batches that were new: those that say what their writer has, and those of the future
}

// A Quarantine is a batch that is kept aside.
type Quarantine struct {
	Hash   record.Digest
	Device string
	Reason string // UnknownDevice, BadSignature or Excluded
}

// A Fork is a number that a run gave to two batches: its machine was resumed
// from an earlier state.
type Fork struct {
	Run    record.Run
	Number uint64
}

// A BadLine is a line that cannot be read, by its place among the lines given.
type BadLine struct {
	Index int
	Why   string
}

// Ingest takes in batches that other devices, or other runs of this one,
// wrote. Every line is checked: that it is not damaged, that its records are
// those that were signed, and that a known device signed them. A batch that is
// here already is passed over, so that lines may come twice, in any order.
// What is good comes in, durable when Ingest returns; what is not is reported.
// Lines with many records come in as several transactions, each whole.
func (w *Workspace) Ingest(lines [][]byte) (Result, error) {
	return w.IngestMarked(Arrival{Lines: lines})
}

// takeIn takes in batches, in the transaction in which they were found, and
// erases what they redact.
func (w *Workspace) takeIn(find func(*writing) ([]arrived, error)) (Result, error) {
	result, err := w.takeInOnly(find)
	if err == nil && result.Redacted > 0 {
		w.tryFinishErasing()
	}
	return result, err
}

// takeInOnly is takeIn, and leaves the erasing to who calls it.
func (w *Workspace) takeInOnly(find func(*writing) ([]arrived, error)) (Result, error) {
	w.writing.Lock()
	result, changes, err := w.ingest(find)
	w.writing.Unlock()
	if err != nil {
		return Result{}, err
	}
	w.tell(changes)
	return result, nil
}

func (w *Workspace) ingest(find func(*writing) ([]arrived, error)) (Result, []Change, error) {
	t, err := w.begin()
	if err != nil {
		return Result{}, nil, err
	}
	defer t.abandon()
	batches, err := find(t)
	if err != nil {
		return Result{}, nil, err
	}
	var result Result
	continued := false
	for _, a := range batches {
		added := result.Added
		if err := t.ingestOne(&result, a); err != nil {
			return Result{}, nil, err
		}
		continued = continued || result.Added > added && a.batch.Run == t.run.id
	}
	if err := t.commit(); err != nil {
		return Result{}, nil, err
	}
	if continued {
		// This machine was resumed from an earlier state: another life of it
		// went on with this run.
		if err := w.beginRun(); err != nil {
			return Result{}, nil, err
		}
	}
	for _, f := range result.Forks {
		w.log.Warn("a run gave a number twice", "run", f.Run, "n", f.Number)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	changes, err := w.catchUp(w.db)
	if err != nil {
		// The batches are on the disk; only what is in memory is behind, and
		// Refresh tries again.
		w.log.Warn("take in own changes", "error", err)
	}
	return result, changes, nil
}

func (t *writing) ingestOne(result *Result, a arrived) error {
	if a.wrong != "" {
		result.Bad = append(result.Bad, BadLine{Index: a.index, Why: a.wrong})
		return nil
	}
	b := a.batch
	known, forked, err := t.lookUp(b)
	if err != nil {
		return err
	}
	if known != 0 {
		result.Known++
		return t.meetAgain(known, b)
	}
	reason := a.reason
	if reason == UnknownDevice { // it may have become known since it was looked up
		if reason, err = t.distrust(b); err != nil {
			return err
		}
	}
	if reason == "" {
		if reason, err = t.excludes(b, forked); err != nil {
			return err
		}
	}
	if reason != "" {
		result.Quarantined = append(result.Quarantined, Quarantine{Hash: b.Hash, Device: b.Device, Reason: reason})
		return quarantine(t.tx, b.Line, b.Device, reason, t.w.now())
	}
	if forked {
		result.Forks = append(result.Forks, Fork{Run: b.Run, Number: b.Number})
	}
	whole := b
	if b, err = eraseKnown(t.tx, b); err != nil {
		return err
	}
	if err := t.insert(b); err != nil {
		return err
	}
	t.tops[b.Run] = max(t.tops[b.Run], b.Number)
	result.Placed = append(result.Placed, Placed{Seq: t.last, Device: b.Device, Run: b.Run, Number: b.Number})
	if b != whole {
		if err := noteErased(t.tx, t.last); err != nil {
			return err
		}
	}
	result.Redacted = len(t.gone)
	result.Added++
	result.Records += len(b.Records)
	if len(b.Seen) > 0 || b.Written.After(t.w.now()) {
		result.Said = append(result.Said, b.Header)
	}
	return nil
}

// meetAgain looks at a batch that is here already. Where it comes whole again
// after something was erased from it, it is to be erased there too.
func (t *writing) meetAgain(seq int64, b *record.Batch) error {
	var line []byte
	err := t.tx.QueryRow("SELECT line FROM batches WHERE seq = ? AND EXISTS (SELECT 1 FROM erased WHERE erased.seq = batches.seq)", seq).Scan(&line)
	if errors.Is(err, sql.ErrNoRows) || err == nil && bytes.Equal(line, b.Line) {
		return nil
	}
	if err != nil {
		return err
	}
	return noteErased(t.tx, seq)
}

// ended returns a copy of a line with one line break at its end, as it was
// when it was sealed.
func ended(line []byte) []byte {
	line = bytes.TrimRight(line, "\r\n")
	return append(append(make([]byte, 0, len(line)+1), line...), '\n')
}

// lookUp is the function lookUp, and asks only once for each run as long as
// its batches come in order.
func (t *writing) lookUp(b *record.Batch) (known int64, forked bool, err error) {
	if t.tops == nil {
		t.tops = map[record.Run]uint64{}
	}
	top, asked := t.tops[b.Run]
	if !asked {
		if top, err = topOf(t.tx, b.Run); err != nil {
			return 0, false, err
		}
		t.tops[b.Run] = top
	}
	if b.Number > top && b.Number <= math.MaxInt64 {
		return 0, false, nil
	}
	return lookUp(t.tx, b)
}

// topOf returns the highest number that is here of a run, 0 where none is.
func topOf(q querier, run record.Run) (uint64, error) {
	var n int64
	err := q.QueryRow("SELECT ifnull(max(n), 0) FROM batches WHERE run = ?", run[:]).Scan(&n)
	return uint64(max(n, 0)), err
}

// lookUp returns the number, in this workspace, of a batch that is here
// already, 0 where it is not, and whether another one with its number is.
func lookUp(q querier, b *record.Batch) (known int64, forked bool, err error) {
	rows, err := q.Query("SELECT seq, hash FROM batches WHERE run = ? AND n = ?", b.Run[:], int64(b.Number))
	if err != nil {
		return 0, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var hash sql.RawBytes
		if err := rows.Scan(&seq, &hash); err != nil {
			return 0, false, err
		}
		if bytes.Equal(hash, b.Hash[:]) {
			known = seq
		} else {
			forked = true
		}
	}
	return known, forked, rows.Err()
}

// distrust returns why a batch is not to be trusted, "" where it is.
func (t *writing) distrust(b *record.Batch) (reason string, err error) {
	key, err := deviceKeyOf(t.tx, b.Device)
	if err != nil {
		return "", err
	}
	if key == nil {
		return UnknownDevice, nil
	}
	if b.Verify(key) != nil {
		return BadSignature, nil
	}
	return "", nil
}

// excludes returns why a batch of a known device is to be kept aside.
func (t *writing) excludes(b *record.Batch, forked bool) (reason string, err error) {
	if t.excluded == nil {
		if t.excluded, err = exclusions(t.tx); err != nil {
			return "", err
		}
	}
	if t.excluded.beyond(b, forked) {
		return Excluded, nil
	}
	return "", nil
}

// quarantine keeps a line aside, once. What identifies it there is the whole
// line: a batch with a forged signature has the hash of the real one.
func quarantine(q querier, line []byte, device, reason string, now time.Time) error {
	sum := sha256.Sum256(line)
	_, err := q.Exec("INSERT OR IGNORE INTO quarantine (hash, device, reason, came, line) VALUES (?, ?, ?, ?, ?)",
		sum[:], device, reason, now.UTC().Format(time.RFC3339), line)
	return err
}

// eraseQuarantined puts an erased line in the place of the one that was kept
// aside.
func eraseQuarantined(q querier, line, erased []byte) error {
	was, is := sha256.Sum256(line), sha256.Sum256(erased)
	_, err := q.Exec("UPDATE OR REPLACE quarantine SET hash = ?, line = ? WHERE hash = ?", is[:], erased, was[:])
	return err
}

// Trust makes another device known, and takes in what waited for it in
// quarantine.
func (w *Workspace) Trust(d Device) (Result, error) {
	if w.readOnly {
		return Result{}, openedToRead()
	}
	if d.ID != record.DeviceID(d.Key) {
		return Result{}, &Error{Code: CodeInvalid, Message: "the device's id is not that of its key"}
	}
	result, err := w.takeIn(func(t *writing) ([]arrived, error) {
		if err := insertDevice(t.tx, d, w.now()); err != nil {
			return nil, err
		}
		waiting, err := linesOf(t.tx.Query("SELECT line FROM quarantine WHERE device = ? AND reason = ?", d.ID, UnknownDevice))
		if err != nil {
			return nil, err
		}
		if _, err = t.tx.Exec("DELETE FROM quarantine WHERE device = ? AND reason = ?", d.ID, UnknownDevice); err != nil {
			return nil, err
		}
		return w.prepare(waiting, 0, map[string]ed25519.PublicKey{d.ID: d.Key}), nil
	})
	if err != nil {
		return Result{}, fmt.Errorf("trust device %s: %w", d.ID, explain(err))
	}
	return result, nil
}

func linesOf(rows *sql.Rows, err error) ([][]byte, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines [][]byte
	for rows.Next() {
		var line []byte
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}
