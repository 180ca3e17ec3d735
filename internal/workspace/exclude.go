package workspace

import (
	"crypto/ed25519"
	"database/sql"
	"fmt"
	"maps"

	"bearings/internal/record"
)

// Exclusions say which devices are members no more, and up to which number of
// each of its runs what such a device wrote is taken in.
type Exclusions map[string]map[record.Run]uint64

func (e Exclusions) equal(other Exclusions) bool {
	return maps.EqualFunc(e, other, func(a, b map[record.Run]uint64) bool { return maps.Equal(a, b) })
}

// beyond reports whether a batch was written by a device after it was taken
// out of the members. A number that the run had given before is such a batch
// too: another one of it is here.
func (e Exclusions) beyond(b *record.Batch, forked bool) bool {
	runs, excluded := e[b.Device]
	return excluded && (forked || b.Number > runs[b.Run])
}

// Exclude says which devices are members no more. What they write beyond what
// is said is kept aside from now on; what is here already stays. What was kept
// aside and is not beyond it any more comes in.
func (w *Workspace) Exclude(e Exclusions) (Result, error) {
	if w.readOnly {
		return Result{}, openedToRead()
	}
	here, err := exclusions(w.db)
	if err != nil {
		return Result{}, fmt.Errorf("read who was removed: %w", explain(err))
	}
	if here.equal(e) {
		return Result{}, nil
	}
	keys, err := w.deviceKeys()
	if err != nil {
		return Result{}, err
	}
	result, err := w.takeIn(func(t *writing) ([]arrived, error) {
		if err := keepExclusions(t.tx, e); err != nil {
			return nil, err
		}
		return w.readmit(t, keys)
	})
	if err != nil {
		return Result{}, fmt.Errorf("keep who was removed: %w", explain(err))
	}
	return result, nil
}

// readmit gives what is kept aside of devices that were removed another look.
func (w *Workspace) readmit(t *writing, keys map[string]ed25519.PublicKey) ([]arrived, error) {
	waiting, err := linesOf(t.tx.Query("SELECT line FROM quarantine WHERE reason = ?", Excluded))
	if err != nil {
		return nil, err
	}
	if _, err := t.tx.Exec("DELETE FROM quarantine WHERE reason = ?", Excluded); err != nil {
		return nil, err
	}
	return w.prepare(waiting, 0, keys), nil
}

func keepExclusions(tx *sql.Tx, e Exclusions) error {
	if _, err := tx.Exec("DELETE FROM excluded"); err != nil {
		return err
	}
	for device, runs := range e {
		if _, err := tx.Exec("INSERT INTO excluded (device, run, n) VALUES (?, ?, 0)", device, make([]byte, len(record.Run{}))); err != nil {
			return err
		}
		for run, n := range runs {
			if _, err := tx.Exec("INSERT OR REPLACE INTO excluded (device, run, n) VALUES (?, ?, ?)", device, run[:], int64(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

func exclusions(q querier) (Exclusions, error) {
	rows, err := q.Query("SELECT device, run, n FROM excluded")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	e := Exclusions{}
	for rows.Next() {
		var device string
		var raw sql.RawBytes
		var n int64
		if err := rows.Scan(&device, &raw, &n); err != nil {
			return nil, err
		}
		if e[device] == nil {
			e[device] = map[record.Run]uint64{}
		}
		if run := (record.Run{}); copy(run[:], raw) == len(run) && n > 0 {
			e[device][run] = uint64(n)
		} else if n > 0 {
			return nil, damagedError("a run of a removed device has no name")
		}
	}
	return e, rows.Err()
}

// SeenOf returns the numbers up to which batches of a device's runs are here.
func (w *Workspace) SeenOf(device string) ([]record.Seen, error) {
	rows, err := w.db.Query("SELECT run, max(n) FROM batches WHERE device = ? GROUP BY run ORDER BY run", device)
	if err != nil {
		return nil, fmt.Errorf("look up the runs of a device: %w", explain(err))
	}
	defer rows.Close()
	var all []record.Seen
	for rows.Next() {
		var run sql.RawBytes
		var n int64
		if err := rows.Scan(&run, &n); err != nil {
			return nil, fmt.Errorf("look up the runs of a device: %w", explain(err))
		}
		s := record.Seen{Number: uint64(n)}
		copy(s.Run[:], run)
		all = append(all, s)
	}
	return all, explain(rows.Err())
}
