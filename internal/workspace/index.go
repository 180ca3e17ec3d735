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
const derivation = 3

const settingDerivation = "derivation"

// indexedAtOnce is about how many records are indexed in one transaction, so
// that another process that wants to write waits a moment only.
const indexedAtOnce = 2000

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
	if err := w.finishErasing(); err != nil {
		return fmt.Errorf("erase what was redacted: %w", explain(err))
	}
	if err := w.sweepFiles(); err != nil {
		return fmt.Errorf("remove files that nothing names: %w", explain(err))
	}
	return nil
}

// resetDerived throws away what another version of the rules derived. Which
// files evidence names must be known at once, and is found on the way to the
// search index.
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
		"DELETE FROM files",
		"INSERT INTO texts_index (texts_index) VALUES ('delete-all')",
		"UPDATE indexed SET seq = 0",
	} {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if err := w.catchUpIndex(); err != nil {
		return err
	}
	return w.Set(settingDerivation, strconv.Itoa(derivation)) // last, so that what was cut off begins anew
}

// indexedUpTo returns the last batch whose texts are in the index. Where that is
// lost, all are indexed again: a text that is there already is passed over.
func indexedUpTo(q querier) (seq int64, err error) {
	err = q.QueryRow("SELECT ifnull(max(seq), 0) FROM indexed").Scan(&seq)
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
		if err := w.indexNext(); err != nil {
			return err
		}
	}
}

// indexNext indexes some of the new batches.
func (w *Workspace) indexNext() error {
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
	records, last, err := someRecords(tx, upTo)
	if err != nil {
		return err
	}
	if err := indexRecords(tx, records, last); err != nil {
		return err
	}
	return tx.Commit()
}

// indexRecords indexes records, which are those up to the batch last.
func indexRecords(tx *sql.Tx, records []*record.Record, last int64) error {
	in, err := newIndexing(tx)
	if err != nil {
		return err
	}
	defer in.close()
	for _, r := range records {
		if err := in.add(r); err != nil {
			return err
		}
		// What stays of a redacted record is searched in its place.
		for _, left := range incident.RemainsOf(r) {
			if err := dropText(tx, left.Incident, left.ID); err != nil {
				return err
			}
			if err := in.add(left); err != nil {
				return err
			}
		}
	}
	if _, err := keepGone(tx, records); err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM indexed"); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO indexed (seq) VALUES (?)", last)
	return err
}

// An indexing puts records into the search index.
type indexing struct {
	tx    *sql.Tx
	text  *sql.Stmt
	index *sql.Stmt
}

func newIndexing(tx *sql.Tx) (*indexing, error) {
	text, err := tx.Prepare("INSERT OR IGNORE INTO texts (incident, record, about, do, label, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return nil, err
	}
	index, err := tx.Prepare("INSERT INTO texts_index (rowid, label, body) VALUES (?, ?, ?)")
	if err != nil {
		text.Close()
		return nil, err
	}
	return &indexing{tx, text, index}, nil
}

func (in *indexing) close() {
	in.text.Close()
	in.index.Close()
}

// add indexes a record, unless one with its id came before.
func (in *indexing) add(r *record.Record) error {
	if err := keepFileName(in.tx, r); err != nil {
		return err
	}
	t := textOf(r)
	result, err := in.text.Exec(t.incident, t.record, t.about, t.do, t.label, t.at, t.body)
	if err != nil {
		return err
	}
	inserted, err := result.RowsAffected()
	if err != nil || inserted == 0 {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	_, err = in.index.Exec(id, t.label, t.body)
	return err
}

// someRecords reads whole batches after upTo until they have indexedAtOnce
// records, and returns the last batch that was read.
func someRecords(q querier, upTo int64) ([]*record.Record, int64, error) {
	rows, err := q.Query("SELECT seq, line FROM batches WHERE seq > ? ORDER BY seq LIMIT ?", upTo, indexedAtOnce)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var records []*record.Record
	last := upTo
	for len(records) < indexedAtOnce && rows.Next() {
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
