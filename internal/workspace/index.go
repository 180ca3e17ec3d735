package workspace

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// derivation is the version of the rules by which summaries and the search
// index are made. What an older program derived is thrown away.
const derivation = 1

const settingDerivation = "derivation"

// indexRecords is about how many records are indexed in one transaction, so
// that another process that wants to write waits a moment only.
const indexRecords = 2000

// Tend brings summaries and the search index up to date. Both are also caught
// up when they are read; a window calls Tend when nobody waits.
func (w *Workspace) Tend() error {
	if w.readOnly {
		return openedToRead()
	}
	if _, err := w.summaries(); err != nil {
		return fmt.Errorf("bring the summaries up to date: %w", explain(err))
	}
	if err := w.catchUpIndex(); err != nil {
		return fmt.Errorf("bring the search index up to date: %w", explain(err))
	}
	return nil
}

// resetDerived throws away what another version of the rules derived.
func (w *Workspace) resetDerived() error {
	kept, err := w.Setting(settingDerivation)
	if err != nil || kept == strconv.Itoa(derivation) {
		return err
	}
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, statement := range []string{
		"DELETE FROM summaries",
		"DELETE FROM texts",
		"INSERT INTO texts_index (texts_index) VALUES ('delete-all')",
		"UPDATE indexed SET seq = 0",
	} {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
	}
	_, err = tx.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		settingDerivation, strconv.Itoa(derivation))
	if err != nil {
		return err
	}
	return tx.Commit()
}

func indexedUpTo(q querier) (seq int64, err error) {
	err = q.QueryRow("SELECT seq FROM indexed").Scan(&seq)
	return seq, err
}

// catchUpIndex puts the texts of all new batches into the search index.
func (w *Workspace) catchUpIndex() error {
	for {
		upTo, err := indexedUpTo(w.db)
		if err != nil {
			return err
		}
		var last int64
		if err := w.db.QueryRow("SELECT ifnull(max(seq), 0) FROM batches").Scan(&last); err != nil || upTo >= last {
			return err
		}
		if err := w.indexStep(); err != nil {
			return err
		}
	}
}

func (w *Workspace) indexStep() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	upTo, err := indexedUpTo(tx)
	if err != nil {
		return err
	}
	if _, err := indexSome(tx, tx, upTo); err != nil {
		return err
	}
	return tx.Commit()
}

// indexSome indexes about indexRecords records of the batches after upTo,
// read from one database and indexed in another, and returns the last batch.
func indexSome(from querier, to *sql.Tx, upTo int64) (int64, error) {
	records, last, err := someRecords(from, upTo)
	if err != nil {
		return 0, err
	}
	insertText, err := to.Prepare("INSERT OR IGNORE INTO texts (incident, record, about, do, label, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return 0, err
	}
	defer insertText.Close()
	insertIndex, err := to.Prepare("INSERT INTO texts_index (rowid, label, body) VALUES (?, ?, ?)")
	if err != nil {
		return 0, err
	}
	defer insertIndex.Close()
	for _, r := range records {
		t := textOf(r)
		result, err := insertText.Exec(t.incident, t.record, t.about, t.do, t.label, t.at, t.body)
		if err != nil {
			return 0, err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			if err != nil {
				return 0, err
			}
			continue
		}
		id, err := result.LastInsertId()
		if err != nil {
			return 0, err
		}
		if _, err := insertIndex.Exec(id, t.label, t.body); err != nil {
			return 0, err
		}
	}
	_, err = to.Exec("UPDATE indexed SET seq = ?", last)
	return last, err
}

// someRecords reads whole batches after upTo until they have indexRecords
// records, and returns the last batch that was read.
func someRecords(q querier, upTo int64) ([]*record.Record, int64, error) {
	rows, err := q.Query("SELECT seq, line FROM batches WHERE seq > ? ORDER BY seq LIMIT ?", upTo, indexRecords)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var records []*record.Record
	last := upTo
	for len(records) < indexRecords && rows.Next() {
		var line []byte
		if err := rows.Scan(&last, &line); err != nil {
			return nil, 0, err
		}
		if records, _, err = record.DecodeBatchRecords(line, records); err != nil {
			return nil, 0, damagedError(fmt.Sprintf("batch %d: %v", last, err))
		}
	}
	return records, last, rows.Err()
}

// A text is what is searched of one record.
type text struct {
	incident, record, about, do, label, at, body string
}

func textOf(r *record.Record) text {
	return text{
		incident: r.Incident,
		record:   r.ID,
		about:    aboutOf(r),
		do:       r.Do,
		label:    r.Label,
		at:       r.At.UTC().Format(time.RFC3339Nano),
		body:     strings.Map(withoutControls, strings.Join(incident.Texts(r), "\n")),
	}
}

func withoutControls(r rune) rune {
	if unicode.IsControl(r) && r != '\n' {
		return ' '
	}
	return r
}

// aboutOf returns the id of the thing that a record is about: the one that it
// makes, or the one that its kind acts on ("claim.verdict" on its claim).
func aboutOf(r *record.Record) string {
	if incident.Makes(r.Do) != incident.KindRecord {
		return r.ID
	}
	noun, _, _ := strings.Cut(r.Do, ".")
	if noun == "basis" {
		noun = "of"
	}
	value, ok := r.Field(noun)
	if !ok {
		return r.ID
	}
	var id string
	if err := json.Unmarshal(value, &id); err != nil {
		return r.ID
	}
	return id
}
