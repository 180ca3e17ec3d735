package workspace

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// checkIncidents makes every incident anew and compares what is kept of it.
func (c *checking) checkIncidents() error {
	ids, err := textsOf(c.tx.QueryContext(c.ctx, "SELECT DISTINCT incident FROM incident_batches"))
	if err != nil {
		return err
	}
	upTo, err := indexedUpTo(c.tx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.checkIncident(id, upTo); err != nil {
			return err
		}
		if err := c.step(); err != nil {
			return err
		}
	}
	return c.checkLeftovers(ids)
}

func (c *checking) checkIncident(id string, indexed int64) error {
	where := "incident " + id
	indexedRecords, last, err := readRecords(c.tx, id, 0, indexed)
	var typed *Error
	if errors.As(err, &typed) {
		return nil // the batch was reported
	}
	if err != nil {
		return err
	}
	if err := c.checkTexts(where, id, indexedRecords); err != nil {
		return err
	}
	late, seq, err := readRecords(c.tx, id, last, math.MaxInt64)
	if errors.As(err, &typed) {
		return nil
	}
	if err != nil {
		return err
	}
	inc := incident.New(id)
	inc.Add(append(indexedRecords, late...)...)
	c.findEvidence(inc)
	return c.checkSummary(where, inc, seq)
}

// checkTexts compares the texts that are indexed of an incident with its
// records. Of two records with one id the first that came is indexed, and of one
// that was redacted what stays.
func (c *checking) checkTexts(where, id string, records []*record.Record) error {
	want := make(map[string]text, len(records))
	for _, r := range records {
		if _, ok := want[r.ID]; !ok {
			want[r.ID] = textOf(r)
		}
		for _, left := range incident.RemainsOf(r) {
			want[left.ID] = textOf(left)
		}
	}
	rows, err := c.tx.Query("SELECT incident, record, about, do, label, at, body FROM texts WHERE incident = ?", id)
	if err != nil {
		return err
	}
	defer rows.Close()
	wrong := 0
	for rows.Next() {
		var t text
		if err := rows.Scan(&t.incident, &t.record, &t.about, &t.do, &t.label, &t.at, &t.body); err != nil {
			return err
		}
		if want[t.record] != t {
			wrong++
		}
		delete(want, t.record)
	}
	if wrong += len(want); wrong > 0 {
		c.trouble(where, "the texts of %d records are not searched as they were written", wrong)
	}
	return rows.Err()
}

// checkSummary compares the kept summary, unless it waits to be made anew.
func (c *checking) checkSummary(where string, inc *incident.Incident, seq int64) error {
	var kept int64
	var body string
	err := c.tx.QueryRow("SELECT seq, body FROM summaries WHERE incident = ?", inc.ID()).Scan(&kept, &body)
	if errors.Is(err, sql.ErrNoRows) || err == nil && kept != seq {
		return nil
	}
	if err != nil {
		return err
	}
	want, err := json.Marshal(summarise(inc))
	if err != nil {
		return err
	}
	if string(want) != body {
		c.trouble(where, "its line in the list of incidents is not what its records say")
	}
	return nil
}

// checkLeftovers looks for derived rows of incidents that are not there.
func (c *checking) checkLeftovers(ids []string) error {
	known := make(map[string]bool, len(ids))
	for _, id := range ids {
		known[id] = true
	}
	kept, err := textsOf(c.tx.Query("SELECT DISTINCT incident FROM texts UNION SELECT incident FROM summaries"))
	if err != nil {
		return err
	}
	for _, id := range kept {
		if !known[id] {
			c.trouble("incident "+id, "it is searched or listed, but has no records")
		}
	}
	return nil
}

// checkIndex lets SQLite compare the index with the texts. It is asked as a
// write, although nothing is written.
func (c *checking) checkIndex() error {
	if c.w.readOnly {
		return nil
	}
	c.w.writing.Lock()
	defer c.w.writing.Unlock()
	_, err := c.w.writer.ExecContext(c.ctx, "INSERT INTO texts_index (texts_index, rank) VALUES ('integrity-check', 1)")
	var typed *Error
	if errors.As(explain(err), &typed) && typed.Code == CodeDamaged {
		c.trouble("search index", "it is not what the texts say: %v", err)
		return nil
	}
	return err
}

// checkBlobs hashes every file. What an interrupted call left behind under
// its temporary name is no blob.
func (c *checking) checkBlobs() error {
	if err := c.checkFiles(); err != nil {
		return err
	}
	root := filepath.Join(c.w.dir, blobFolder)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), tempBlob) {
			return err
		}
		if err := c.checkBlob(root, path); err != nil {
			return err
		}
		return c.ctx.Err()
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (c *checking) checkBlob(root, path string) error {
	where, err := filepath.Rel(filepath.Dir(root), path)
	if err != nil {
		return err
	}
	where = filepath.ToSlash(where)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if path != c.w.blobPath(sum) {
		c.trouble(where, "its bytes are not those that were kept: their SHA-256 is %s", sum)
		return nil
	}
	c.report.Blobs++
	if !c.files.named(sum) {
		c.report.Unnamed = append(c.report.Unnamed, sum)
	}
	return nil
}
