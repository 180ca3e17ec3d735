package workspace

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bearings/internal/record"
)

// A Line is a batch as it is stored and sent.
type Line struct {
	Seq    int64 // its number in this workspace
	Device string
	Run    record.Run
	Number uint64 // in its run
	Bytes  []byte
}

const lineColumns = "SELECT seq, device, run, n, line FROM batches "

// Lines returns batches that came in after a given one, at most limit of
// them, in the order in which they came in.
func (w *Workspace) Lines(after int64, limit int) ([]Line, error) {
	lines, err := w.linesFrom(w.db.Query(lineColumns+"WHERE seq > ? ORDER BY seq LIMIT ?", after, limit))
	if err != nil {
		return nil, fmt.Errorf("read batches: %w", explain(err))
	}
	return lines, nil
}

// LinesOf returns the batches of a run with numbers between two, both
// included, at most limit of them: two of one number where the run gave it
// twice.
func (w *Workspace) LinesOf(run record.Run, from, to uint64, limit int) ([]Line, error) {
	lines, err := w.linesFrom(w.db.Query(lineColumns+"WHERE run = ? AND n BETWEEN ? AND ? ORDER BY n, seq LIMIT ?", run[:], int64(from), int64(to), limit))
	if err != nil {
		return nil, fmt.Errorf("read batches of a run: %w", explain(err))
	}
	return lines, nil
}

func (w *Workspace) linesFrom(rows *sql.Rows, err error) ([]Line, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		var l Line
		var run sql.RawBytes
		var n int64
		if err := rows.Scan(&l.Seq, &l.Device, &run, &n, &l.Bytes); err != nil {
			return nil, err
		}
		copy(l.Run[:], run)
		l.Number = uint64(n)
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

// Outbox returns batches of this device that were not put into a carrier yet,
// in the order in which they were written, at most limit of them.
func (w *Workspace) Outbox(carrier string, limit int) ([]Line, error) {
	lines, err := w.linesFrom(w.db.Query(lineColumns+`WHERE device = ? AND seq > ifnull((SELECT published FROM carriers WHERE name = ?), 0)
		ORDER BY seq LIMIT ?`, w.device, carrier, limit))
	if err != nil {
		return nil, fmt.Errorf("read what is to be shared: %w", explain(err))
	}
	return lines, nil
}

// OutboxLen returns how many batches of this device were not put into a
// carrier yet.
func (w *Workspace) OutboxLen(carrier string) (n int, err error) {
	err = w.db.QueryRow("SELECT count(*) FROM batches WHERE device = ? AND seq > ifnull((SELECT published FROM carriers WHERE name = ?), 0)", w.device, carrier).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what is to be shared: %w", explain(err))
	}
	return n, nil
}

// Published keeps that all batches of this device up to one are in a carrier.
func (w *Workspace) Published(carrier string, seq int64) error {
	return w.keepPosition("published", carrier, seq)
}

// An ErasedLine is a line from which something was erased.
type ErasedLine struct {
	ID int64 // grows with each erasing
	Line
}

// ErasedLines returns the lines from which something was erased here and not
// yet in a carrier.
func (w *Workspace) ErasedLines(carrier string) ([]ErasedLine, error) {
	rows, err := w.db.Query(`SELECT max(e.id), b.seq, b.device, b.run, b.n, b.line FROM erased e JOIN batches b ON b.seq = e.seq
		WHERE e.id > ifnull((SELECT erased FROM carriers WHERE name = ?), 0) GROUP BY b.seq ORDER BY max(e.id)`, carrier)
	if err != nil {
		return nil, fmt.Errorf("read what was erased: %w", explain(err))
	}
	defer rows.Close()
	var lines []ErasedLine
	for rows.Next() {
		var l ErasedLine
		var run sql.RawBytes
		var n int64
		if err := rows.Scan(&l.ID, &l.Seq, &l.Device, &run, &n, &l.Bytes); err != nil {
			return nil, fmt.Errorf("read what was erased: %w", explain(err))
		}
		copy(l.Run[:], run)
		l.Number = uint64(n)
		lines = append(lines, l)
	}
	return lines, explain(rows.Err())
}

// ErasedThere keeps that what was erased here, up to an ErasedLine, is erased
// in a carrier too.
func (w *Workspace) ErasedThere(carrier string, id int64) error {
	return w.keepPosition("erased", carrier, id)
}

func (w *Workspace) keepPosition(column, carrier string, at int64) error {
	return w.change("keep how far a carrier is", func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO carriers (name, published, erased) VALUES (?, 0, 0) ON CONFLICT DO NOTHING", carrier)
		if err == nil {
			_, err = tx.Exec("UPDATE carriers SET "+column+" = max("+column+", ?) WHERE name = ?", at, carrier)
		}
		return err
	})
}

// change does something beside the batches in one transaction.
func (w *Workspace) change(what string, do func(*sql.Tx) error) error {
	if w.readOnly {
		return openedToRead()
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	tx, err := w.writer.Begin()
	if err == nil {
		defer tx.Rollback()
		if err = do(tx); err == nil {
			err = tx.Commit()
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	return nil
}

// Marks returns how far a carrier was read, by place.
func (w *Workspace) Marks(carrier string) (map[string]string, error) {
	rows, err := w.db.Query("SELECT place, mark FROM marks WHERE carrier = ?", carrier)
	if err != nil {
		return nil, fmt.Errorf("read marks: %w", explain(err))
	}
	defer rows.Close()
	marks := map[string]string{}
	for rows.Next() {
		var place, mark string
		if err := rows.Scan(&place, &mark); err != nil {
			return nil, fmt.Errorf("read marks: %w", explain(err))
		}
		marks[place] = mark
	}
	return marks, explain(rows.Err())
}

// ForgetCarrier forgets how far a carrier was read and written: it is read
// anew, and given all that is here.
func (w *Workspace) ForgetCarrier(carrier string) error {
	return w.change("forget a carrier", func(tx *sql.Tx) error {
		_, err := tx.Exec("DELETE FROM marks WHERE carrier = ?", carrier)
		if err == nil {
			_, err = tx.Exec("DELETE FROM carriers WHERE name = ?", carrier)
		}
		return err
	})
}

func keepMarks(q querier, carrier string, marks map[string]string) error {
	for place, mark := range marks {
		var err error
		if mark == "" {
			_, err = q.Exec("DELETE FROM marks WHERE carrier = ? AND place = ?", carrier, place)
		} else {
			_, err = q.Exec("INSERT INTO marks (carrier, place, mark) VALUES (?, ?, ?) ON CONFLICT (carrier, place) DO UPDATE SET mark = excluded.mark", carrier, place, mark)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SetAside returns the lines that are kept aside for a reason, at most limit
// of them.
func (w *Workspace) SetAside(reason string, limit int) ([][]byte, error) {
	lines, err := linesOf(w.db.Query("SELECT line FROM quarantine WHERE reason = ? ORDER BY hash LIMIT ?", reason, limit))
	if err != nil {
		return nil, fmt.Errorf("read what is kept aside: %w", explain(err))
	}
	return lines, nil
}

// CountAside returns how many lines are kept aside, for any reason.
func (w *Workspace) CountAside() (n int, err error) {
	if err = w.db.QueryRow("SELECT count(*) FROM quarantine").Scan(&n); err != nil {
		return 0, fmt.Errorf("count what is kept aside: %w", explain(err))
	}
	return n, nil
}

func dropQuarantined(q querier, line []byte) error {
	sum := sha256.Sum256(line)
	_, err := q.Exec("DELETE FROM quarantine WHERE hash = ?", sum[:])
	return err
}

// A Document is a small file of those who share the workspace, such as the
// card of a member.
type Document struct {
	Name string
	Body []byte
}

// PutDocument keeps a document, and reports whether it is new. It is kept
// once: another one of its name is an *Error of CodeConflict.
func (w *Workspace) PutDocument(d Document) (bool, error) {
	fresh := false
	err := w.change("keep a document", func(tx *sql.Tx) error {
		var here []byte
		err := tx.QueryRow("SELECT body FROM documents WHERE name = ?", d.Name).Scan(&here)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			fresh = true
			_, err = tx.Exec("INSERT INTO documents (name, body, came) VALUES (?, ?, ?)", d.Name, d.Body, w.now().UTC().Format(time.RFC3339))
		case err == nil && !bytes.Equal(here, d.Body):
			err = &Error{Code: CodeConflict, Message: "a document " + d.Name + " is here that says something else"}
		}
		return err
	})
	return fresh && err == nil, err
}

// Documents returns the documents that are here, by name.
func (w *Workspace) Documents() ([]Document, error) {
	rows, err := w.db.Query("SELECT name, body FROM documents ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", explain(err))
	}
	defer rows.Close()
	var all []Document
	for rows.Next() {
		var d Document
		if err := rows.Scan(&d.Name, &d.Body); err != nil {
			return nil, fmt.Errorf("read documents: %w", explain(err))
		}
		all = append(all, d)
	}
	return all, explain(rows.Err())
}

// Adopt gives an empty workspace the identity of one that others have, so that
// it can share it. One that has batches keeps its own: an *Error of
// CodeConflict.
func (w *Workspace) Adopt(identity string) error {
	err := w.change("join a workspace", func(tx *sql.Tx) error {
		var batches int
		if err := tx.QueryRow("SELECT count(*) FROM (SELECT 1 FROM batches LIMIT 1)").Scan(&batches); err != nil {
			return err
		}
		if batches > 0 {
			return &Error{Code: CodeConflict, Message: "this workspace has incidents of its own", Hint: "Join with a new workspace: name an empty folder with --workspace."}
		}
		_, err := tx.Exec("UPDATE settings SET value = ? WHERE key = 'workspace'", identity)
		return err
	})
	if err == nil {
		w.writing.Lock()
		w.setID(identity)
		w.writing.Unlock()
	}
	return err
}

// deviceKeys returns the keys of the devices that are known.
func (w *Workspace) deviceKeys() (map[string]ed25519.PublicKey, error) {
	devices, err := w.Devices()
	if err != nil {
		return nil, err
	}
	keys := make(map[string]ed25519.PublicKey, len(devices))
	for _, d := range devices {
		if len(d.Key) == ed25519.PublicKeySize {
			keys[d.ID] = d.Key
		}
	}
	return keys, nil
}

// A NamedFile is a file that evidence names.
type NamedFile struct {
	SHA256   string
	Redacted bool // all evidence that names it is redacted: it is nowhere to be kept
}

// NamedFiles lists the files that evidence names, here or not.
func (w *Workspace) NamedFiles() ([]NamedFile, error) {
	rows, err := w.db.Query(`SELECT f.sha256, count(r.record) = count(*) FROM files f
		LEFT JOIN redactions r ON r.incident = f.incident AND r.record = f.record GROUP BY f.sha256`)
	if err != nil {
		return nil, fmt.Errorf("list files of evidence: %w", explain(err))
	}
	defer rows.Close()
	var all []NamedFile
	for rows.Next() {
		var f NamedFile
		if err := rows.Scan(&f.SHA256, &f.Redacted); err != nil {
			return nil, fmt.Errorf("list files of evidence: %w", explain(err))
		}
		all = append(all, f)
	}
	return all, explain(rows.Err())
}
