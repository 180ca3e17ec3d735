package workspace

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"bearings/internal/record"
)

// The reasons for which a batch is put in quarantine.
const (
	UnknownDevice = "unknown_device"
	BadSignature  = "bad_signature"
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
}

// A Quarantine is a batch that is kept aside.
type Quarantine struct {
	Hash   record.Digest
	Device string
	Reason string // UnknownDevice or BadSignature
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
// What is good comes in as one transaction, durable when Ingest returns; what
// is not is reported. An error means that nothing came in.
func (w *Workspace) Ingest(lines [][]byte) (Result, error) {
	if w.readOnly {
		return Result{}, openedToRead()
	}
	result, err := w.takeIn(func(*writing) ([][]byte, error) { return lines, nil })
	if err != nil {
		return Result{}, fmt.Errorf("take in what came: %w", explain(err))
	}
	return result, nil
}

// takeIn takes in lines, in the transaction in which they were found.
func (w *Workspace) takeIn(find func(*writing) ([][]byte, error)) (Result, error) {
	w.writing.Lock()
	result, changes, err := w.ingest(find)
	w.writing.Unlock()
	if err != nil {
		return Result{}, err
	}
	w.tell(changes)
	if result.Redacted > 0 {
		w.tryFinishErasing()
	}
	return result, nil
}

func (w *Workspace) ingest(find func(*writing) ([][]byte, error)) (Result, []Change, error) {
	t, err := w.begin()
	if err != nil {
		return Result{}, nil, err
	}
	defer t.abandon()
	lines, err := find(t)
	if err != nil {
		return Result{}, nil, err
	}
	var result Result
	for i, line := range lines {
		if err := t.ingestLine(&result, i, line); err != nil {
			return Result{}, nil, err
		}
	}
	if err := t.commit(); err != nil {
		return Result{}, nil, err
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

func (t *writing) ingestLine(result *Result, index int, line []byte) error {
	b, err := record.DecodeBatch(ended(line))
	if err != nil {
		result.Bad = append(result.Bad, BadLine{Index: index, Why: err.Error()})
		return nil
	}
	if b.Workspace != t.w.id {
		result.Bad = append(result.Bad, BadLine{Index: index, Why: "it belongs to another workspace, " + b.Workspace})
		return nil
	}
	known, forked, err := lookUp(t.tx, b)
	if err != nil {
		return err
	}
	if known {
		result.Known++
		return nil
	}
	reason, err := t.distrust(b)
	if err != nil {
		return err
	}
	if reason != "" {
		result.Quarantined = append(result.Quarantined, Quarantine{Hash: b.Hash, Device: b.Device, Reason: reason})
		return quarantine(t.tx, b, reason, t.w.now())
	}
	if forked {
		result.Forks = append(result.Forks, Fork{Run: b.Run, Number: b.Number})
	}
	if b, err = eraseKnown(t.tx, b); err != nil {
		return err
	}
	if err := t.insert(b); err != nil {
		return err
	}
	result.Redacted = len(t.gone)
	result.Added++
	result.Records += len(b.Records)
	return nil
}

// ended returns a copy of a line with one line break at its end, as it was
// when it was sealed.
func ended(line []byte) []byte {
	line = bytes.TrimRight(line, "\r\n")
	return append(append(make([]byte, 0, len(line)+1), line...), '\n')
}

// lookUp says whether a batch is here already, and whether another one with
// its number is.
func lookUp(q querier, b *record.Batch) (known, forked bool, err error) {
	rows, err := q.Query("SELECT hash FROM batches WHERE run = ? AND n = ?", b.Run[:], int64(b.Number))
	if err != nil {
		return false, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return false, false, err
		}
		if bytes.Equal(hash, b.Hash[:]) {
			known = true
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

// quarantine keeps a batch aside, once. What identifies it there is the whole
// line: a batch with a forged signature has the hash of the real one.
func quarantine(q querier, b *record.Batch, reason string, now time.Time) error {
	sum := sha256.Sum256(b.Line)
	_, err := q.Exec("INSERT OR IGNORE INTO quarantine (hash, device, reason, came, line) VALUES (?, ?, ?, ?, ?)",
		sum[:], b.Device, reason, now.UTC().Format(time.RFC3339), b.Line)
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
	result, err := w.takeIn(func(t *writing) ([][]byte, error) {
		if err := insertDevice(t.tx, d, w.now()); err != nil {
			return nil, err
		}
		waiting, err := linesOf(t.tx.Query("SELECT line FROM quarantine WHERE device = ? AND reason = ?", d.ID, UnknownDevice))
		if err != nil {
			return nil, err
		}
		_, err = t.tx.Exec("DELETE FROM quarantine WHERE device = ? AND reason = ?", d.ID, UnknownDevice)
		return waiting, err
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

// A Line is a batch as it is stored and sent.
type Line struct {
	Seq    int64 // its number in this workspace
	Device string
	Bytes  []byte
}

// Lines returns batches that came in after a given one, at most limit of
// them, in the order in which they came in: what a carrier publishes.
func (w *Workspace) Lines(after int64, limit int) ([]Line, error) {
	lines, err := w.lines(after, limit)
	if err != nil {
		return nil, fmt.Errorf("read batches: %w", explain(err))
	}
	return lines, nil
}

func (w *Workspace) lines(after int64, limit int) ([]Line, error) {
	rows, err := w.db.Query("SELECT seq, device, line FROM batches WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		var l Line
		if err := rows.Scan(&l.Seq, &l.Device, &l.Bytes); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}
