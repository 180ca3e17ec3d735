package workspace

import (
	"database/sql"
	"fmt"
	"time"

	"bearings/internal/record"
)

// A Stretch is a run of numbers, both ends included.
type Stretch struct{ From, To uint64 }

// A Held is what is here of a run.
type Held struct {
	Run       record.Run
	Device    string
	Stretches []Stretch // in order, none touching the next
}

// Held returns what is here of every run, and the last batch that is counted
// in it. Holes are between the stretches.
func (w *Workspace) Held() (held []Held, upTo int64, err error) {
	tx, err := w.db.Begin()
	if err == nil {
		defer tx.Rollback()
		held, upTo, err = heldIn(tx)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("look what is here: %w", explain(err))
	}
	return held, upTo, nil
}

func heldIn(tx *sql.Tx) ([]Held, int64, error) {
	var upTo int64
	if err := tx.QueryRow("SELECT ifnull(max(seq), 0) FROM batches").Scan(&upTo); err != nil {
		return nil, 0, err
	}
	rows, err := tx.Query(`SELECT g.run, g.first, g.last, g.n, d.device FROM (
			SELECT run, min(n) AS first, max(n) AS last, count(DISTINCT n) AS n, min(seq) AS one
			FROM batches INDEXED BY batches_by_run GROUP BY run
		) g JOIN batches d ON d.seq = g.one`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var all []Held
	var torn []int
	for rows.Next() {
		var h Held
		var run sql.RawBytes
		var first, last, n int64
		if err := rows.Scan(&run, &first, &last, &n, &h.Device); err != nil {
			return nil, 0, err
		}
		copy(h.Run[:], run)
		if n == last-first+1 {
			h.Stretches = []Stretch{{uint64(first), uint64(last)}}
		} else {
			torn = append(torn, len(all))
		}
		all = append(all, h)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, err
	}
	for _, i := range torn {
		if all[i].Stretches, err = stretchesOf(tx, all[i].Run); err != nil {
			return nil, 0, err
		}
	}
	return all, upTo, nil
}

// stretchesOf lists the stretches of a run that has holes.
func stretchesOf(q querier, run record.Run) ([]Stretch, error) {
	rows, err := q.Query("SELECT DISTINCT n FROM batches WHERE run = ? ORDER BY n", run[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Stretch
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		if last := len(all) - 1; last >= 0 && all[last].To+1 == uint64(n) {
			all[last].To++
			continue
		}
		all = append(all, Stretch{uint64(n), uint64(n)})
	}
	return all, rows.Err()
}

// A Placed says where a batch stands.
type Placed struct {
	Seq    int64
	Device string
	Run    record.Run
	Number uint64
}

// HeldAfter returns where the batches stand that came in after a given one.
func (w *Workspace) HeldAfter(seq int64) ([]Placed, error) {
	rows, err := w.db.Query("SELECT seq, device, run, n FROM batches WHERE seq > ? ORDER BY seq", seq)
	if err != nil {
		return nil, fmt.Errorf("look what is new: %w", explain(err))
	}
	defer rows.Close()
	var all []Placed
	for rows.Next() {
		var p Placed
		var run sql.RawBytes
		var n int64
		if err := rows.Scan(&p.Seq, &p.Device, &run, &n); err != nil {
			return nil, fmt.Errorf("look what is new: %w", explain(err))
		}
		copy(p.Run[:], run)
		p.Number = uint64(n)
		all = append(all, p)
	}
	return all, explain(rows.Err())
}

// Heard says what a device has last said.
type Heard struct {
	Device string
	Wrote  time.Time // its newest batch, by its own clock
	Said   time.Time // its newest batch that says what it has; zero for none
	Seen   []record.Seen
}

// Heard returns what every device has said that it has, this one included.
func (w *Workspace) Heard() ([]Heard, error) {
	all, err := w.heard()
	if err != nil {
		return nil, fmt.Errorf("look what others have: %w", explain(err))
	}
	return all, nil
}

func (w *Workspace) heard() ([]Heard, error) {
	rows, err := w.db.Query("SELECT device, wrote, said FROM heard ORDER BY device")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Heard
	for rows.Next() {
		var h Heard
		var wrote, said int64
		if err := rows.Scan(&h.Device, &wrote, &said); err != nil {
			return nil, err
		}
		h.Wrote = time.UnixMilli(wrote).UTC()
		if said > 0 {
			h.Said = time.UnixMilli(said).UTC()
		}
		all = append(all, h)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Seen, err = seenBy(w.db, all[i].Device); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func seenBy(q querier, device string) ([]record.Seen, error) {
	rows, err := q.Query("SELECT run, n FROM seen WHERE device = ? ORDER BY run", device)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []record.Seen
	for rows.Next() {
		var s record.Seen
		var run sql.RawBytes
		var n int64
		if err := rows.Scan(&run, &n); err != nil {
			return nil, err
		}
		copy(s.Run[:], run)
		s.Number = uint64(n)
		all = append(all, s)
	}
	return all, rows.Err()
}

// Say has the next batch that this process writes say what this device has.
func (w *Workspace) Say(seen []record.Seen) {
	w.writing.Lock()
	defer w.writing.Unlock()
	w.toSay = seen
}

// Acknowledge says at once what this device has, in a batch without records.
// Without it, nobody would know what somebody has who only reads.
func (w *Workspace) Acknowledge(seen []record.Seen) error {
	if w.readOnly {
		return openedToRead()
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	w.toSay = seen
	if err := w.acknowledge(); err != nil {
		return fmt.Errorf("say what is here: %w", explain(err))
	}
	return nil
}

func (w *Workspace) acknowledge() error {
	t, err := w.begin()
	if err != nil {
		return err
	}
	defer t.abandon()
	if _, err := t.seal(nil); err != nil {
		return err
	}
	return t.commit()
}

// keepHeard notes what the batches of the transaction say of their devices.
func (t *writing) keepHeard() error {
	for device, h := range t.heard {
		_, err := t.tx.Exec(`INSERT INTO heard (device, wrote, said) VALUES (?, ?, ?)
			ON CONFLICT (device) DO UPDATE SET wrote = max(wrote, excluded.wrote), said = max(said, excluded.said)`, device, h.wrote, h.said)
		if err != nil {
			return err
		}
		for run, n := range h.seen {
			_, err := t.tx.Exec(`INSERT INTO seen (device, run, n) VALUES (?, ?, ?)
				ON CONFLICT (device, run) DO UPDATE SET n = max(n, excluded.n)`, device, run[:], int64(n))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// A hearing is what the batches of one transaction say of a device.
type hearing struct {
	wrote, said int64
	seen        map[record.Run]uint64
}

func (t *writing) hear(b *record.Batch) {
	if t.heard == nil {
		t.heard = map[string]*hearing{}
	}
	h := t.heard[b.Device]
	if h == nil {
		h = &hearing{seen: map[record.Run]uint64{}}
		t.heard[b.Device] = h
	}
	at := b.Written.UnixMilli()
	h.wrote = max(h.wrote, at)
	if len(b.Seen) > 0 {
		h.said = max(h.said, at)
	}
	for _, s := range b.Seen {
		h.seen[s.Run] = max(h.seen[s.Run], s.Number)
	}
}
