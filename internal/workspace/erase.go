package workspace

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// What was redacted is erased in two steps. In the transaction that writes the
// redaction, the records are erased from their lines, and from everything that
// is derived from these. After it, and again at the next opening where the
// program was ended meanwhile, the files are deleted and the database is
// written anew, so that nothing is left in its free space or its log.

// settingErasing is there from the first step until the second is done.
const settingErasing = "erasing"

// A gone is a record that was redacted.
type gone struct {
	incident, id string
	remains      *record.Record // nil where its redaction does not say
}

// shows reports whether a record still says what the redaction took from it.
func (g gone) shows(r *record.Record) bool {
	return r.Incident == g.incident && r.ID == g.id && g.remains != nil && r.Do == g.remains.Do && !incident.SaysNoMore(r, g.remains)
}

// key names the record.
func (g gone) key() [2]string { return [2]string{g.incident, g.id} }

// goneBy lists what a record redacts.
func goneBy(r *record.Record) []gone {
	if r.Do != evidenceRedact {
		return nil
	}
	remains := incident.RemainsOf(r)
	if len(remains) == 0 {
		return []gone{{incident: r.Incident, id: textField(r, "evidence")}}
	}
	all := make([]gone, len(remains))
	for n, left := range remains {
		all[n] = gone{r.Incident, left.ID, left}
	}
	return all
}

// keepGone notes what records redact.
func keepGone(tx *sql.Tx, records []*record.Record) ([]gone, error) {
	var all []gone
	for _, r := range records {
		for _, g := range goneBy(r) {
			var line any
			if g.remains != nil {
				line = string(g.remains.AppendJSON(nil))
			}
			_, err := tx.Exec(`INSERT INTO redactions (incident, record, remains) VALUES (?, ?, ?)
				ON CONFLICT (incident, record) DO UPDATE SET remains = ifnull(remains, excluded.remains)`, g.incident, g.id, line)
			if err != nil {
				return nil, err
			}
			if err := keepFileName(tx, g.remains); err != nil {
				return nil, err
			}
			all = append(all, g)
		}
	}
	return all, nil
}

// keepFileName notes which file an evidence has.
func keepFileName(q querier, r *record.Record) error {
	if r == nil || r.Do != evidenceAdd {
		return nil
	}
	sum := textField(r, "sha256")
	if !isSum(sum) {
		return nil
	}
	_, err := q.Exec("INSERT OR IGNORE INTO files (sha256, incident, record) VALUES (?, ?, ?)", sum, r.Incident, r.ID)
	return err
}

// eraseKnown erases from a batch that comes in what was redacted here.
func eraseKnown(q querier, b *record.Batch) (*record.Batch, error) {
	var all []gone
	for _, r := range b.Records {
		if r.Do != evidenceAdd && r.Do != evidenceChange {
			continue
		}
		g, err := goneOf(q, r)
		if err != nil {
			return nil, err
		}
		if g.shows(r) {
			all = append(all, g)
		}
	}
	if len(all) == 0 {
		return b, nil
	}
	line, _, err := eraseFrom(b.Line, all)
	if err != nil {
		return nil, err
	}
	return record.DecodeBatch(line)
}

// goneOf returns the redaction of a record, one that says nothing where there
// is none.
func goneOf(q querier, r *record.Record) (gone, error) {
	g := gone{incident: r.Incident, id: r.ID}
	var line sql.NullString
	err := q.QueryRow("SELECT remains FROM redactions WHERE incident = ? AND record = ?", r.Incident, r.ID).Scan(&line)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !line.Valid {
		return g, nil
	}
	if err != nil {
		return g, err
	}
	if g.remains, err = record.DecodeLine([]byte(line.String)); err != nil {
		return g, damagedError("what remains of a redacted record cannot be read")
	}
	return g, nil
}

func eraseFrom(line []byte, all []gone) ([]byte, int, error) {
	return record.Erase(line, func(r *record.Record) bool {
		for _, g := range all {
			if g.shows(r) {
				return true
			}
		}
		return false
	})
}

// erase erases what the transaction redacts from all that is kept. Where
// there was nothing, as with an import of what was redacted before, nothing is
// left to be finished.
func (t *writing) erase() error {
	if len(t.gone) == 0 || t.fresh {
		return nil
	}
	t.cleared, t.told = map[[2]string]bool{}, map[string]*saying{}
	for _, g := range t.gone {
		if t.told[g.incident] == nil {
			t.told[g.incident] = new(saying)
		}
		t.told[g.incident].names(g)
	}
	if _, err := t.tx.Exec("PRAGMA secure_delete = 1"); err != nil {
		return err
	}
	if err := t.eraseLines(); err != nil {
		return err
	}
	if err := t.eraseSetAside(); err != nil {
		return err
	}
	if err := t.eraseTyped(); err != nil {
		return err
	}
	for _, g := range t.gone {
		if err := t.eraseDerived(g); err != nil {
			return err
		}
	}
	if !t.erased {
		return nil
	}
	_, err := t.tx.Exec("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", settingErasing, t.last)
	return err
}

// eraseDerived erases what was derived from a record that was redacted.
func (t *writing) eraseDerived(g gone) error {
	if g.remains == nil {
		t.erased = true // nobody says which file is to be deleted
		return nil
	}
	if sum := textField(g.remains, "sha256"); isSum(sum) && t.w.HasBlob(sum) {
		t.erased = true
	}
	if _, err := t.tx.Exec("DELETE FROM summaries WHERE incident = ?", g.incident); err != nil {
		return err
	}
	if !t.cleared[g.key()] {
		return nil // its line stays, and what is searched of it with it
	}
	return dropText(t.tx, g.incident, g.id)
}

// eraseLines erases from the lines of the incidents.
func (t *writing) eraseLines() error {
	done := map[string]bool{}
	for _, g := range t.gone {
		if done[g.incident] {
			continue
		}
		done[g.incident] = true
		seqs, err := t.linesWith(g.incident)
		if err != nil {
			return err
		}
		for _, seq := range seqs {
			if err := t.eraseLine(seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// linesWith lists the lines of an incident that hold something to be erased.
func (t *writing) linesWith(id string) ([]int64, error) {
	rows, err := t.tx.Query("SELECT b.seq, b.line FROM incident_batches i CROSS JOIN batches b ON b.seq = i.seq WHERE i.incident = ?", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var seqs []int64
	for rows.Next() {
		var seq int64
		var line sql.RawBytes
		if err := rows.Scan(&seq, &line); err != nil {
			return nil, err
		}
		if !mayName(line, t.gone) {
			continue
		}
		_, n, err := eraseFrom(line, t.gone)
		if err != nil {
			return nil, damagedError(fmt.Sprintf("batch %d: %v", seq, err))
		}
		if n > 0 {
			seqs = append(seqs, seq)
		}
	}
	return seqs, rows.Err()
}

// mayName reports whether a line may hold one of the records: it holds the id of
// one, or a text in which an id may be spelled otherwise. This is looked at
// first, since to read all lines of an incident takes long.
func mayName(line []byte, all []gone) bool {
	return bytes.IndexByte(line, '\\') >= 0 || slices.ContainsFunc(all, func(g gone) bool { return bytes.Contains(line, []byte(g.id)) })
}

func (t *writing) eraseLine(seq int64) error {
	var line []byte
	if err := t.tx.QueryRow("SELECT line FROM batches WHERE seq = ?", seq).Scan(&line); err != nil {
		return err
	}
	t.erased = true
	if err := t.clear(line); err != nil {
		return err
	}
	line, _, err := eraseFrom(line, t.gone)
	if err != nil {
		return err
	}
	if _, err := t.tx.Exec("UPDATE batches SET line = ? WHERE seq = ?", line, seq); err != nil {
		return err
	}
	if err := noteErased(t.tx, seq); err != nil {
		return err
	}
	left, _, err := record.DecodeBatchRecords(line, nil)
	if err != nil {
		return err
	}
	if _, err := t.tx.Exec("DELETE FROM incident_batches WHERE seq = ?", seq); err != nil {
		return err
	}
	return listIncidents(t.tx, seq, left)
}

// clear notes which records are erased from a line, and what they said.
func (t *writing) clear(line []byte) error {
	records, _, err := record.DecodeBatchRecords(line, nil)
	if err != nil {
		return err
	}
	for _, r := range records {
		for _, g := range t.gone {
			if g.shows(r) {
				t.cleared[g.key()] = true
				t.told[g.incident].hears(r, g.remains)
			}
		}
	}
	return nil
}

// noteErased notes that something was erased from a line, which whoever else
// has it has to erase too.
func noteErased(q querier, seq int64) error {
	_, err := q.Exec("INSERT INTO erased (seq) VALUES (?)", seq)
	return err
}

// eraseSetAside erases from the lines in quarantine.
func (t *writing) eraseSetAside() error {
	lines, err := linesOf(t.tx.Query("SELECT line FROM quarantine"))
	if err != nil {
		return err
	}
	for _, line := range lines {
		erased, n, err := eraseFrom(line, t.gone)
		if err != nil || n == 0 {
			continue // it was a batch when it came in, and is not read before it is trusted
		}
		t.erased = true
		if err := eraseQuarantined(t.tx, line, erased); err != nil {
			return err
		}
	}
	return nil
}

// dropText takes a record out of the search index.
func dropText(tx *sql.Tx, incident, id string) error {
	var row int64
	var label, body string
	err := tx.QueryRow("SELECT id, label, body FROM texts WHERE incident = ? AND record = ?", incident, id).Scan(&row, &label, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO texts_index (texts_index, rowid, label, body) VALUES ('delete', ?, ?, ?)", row, label, body); err != nil {
		return err
	}
	_, err = tx.Exec("DELETE FROM texts WHERE id = ?", row)
	return err
}
