package workspace

import (
	"database/sql"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// findRedactions reads what was redacted. A workspace of an older version that
// is only read has no such table.
func (c *checking) findRedactions() error {
	c.gone = map[[2]string]gone{}
	c.files = evidenceFiles{live: map[string]bool{}, redacted: map[string]string{}, aside: map[string]bool{}}
	tables, err := textsOf(c.tx.Query("SELECT name FROM sqlite_master WHERE name = 'redactions'"))
	if err != nil || len(tables) == 0 {
		return err
	}
	rows, err := c.tx.Query("SELECT incident, record, remains FROM redactions WHERE remains IS NOT NULL")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var g gone
		var line sql.RawBytes
		if err := rows.Scan(&g.incident, &g.id, &line); err != nil {
			return err
		}
		if g.remains, err = record.DecodeLine(append([]byte(nil), line...)); err != nil {
			c.trouble("redactions", "what stays of record %s cannot be read: %v", g.id, err)
			continue
		}
		c.gone[[2]string{g.incident, g.id}] = g
	}
	return rows.Err()
}

// checkErased checks that a batch does not say any more what was redacted.
func (c *checking) checkErased(row batchRow, b *record.Batch) {
	for _, r := range b.Records {
		if g, ok := c.gone[[2]string{r.Incident, r.ID}]; ok && g.shows(r) {
			c.trouble(row.where(), "evidence %s was redacted, and its record is still whole", r.ID)
		}
	}
}

// evidenceFiles are the files that the evidence of all incidents has.
type evidenceFiles struct {
	live     map[string]bool   // of evidence that is not redacted
	redacted map[string]string // of evidence that is, with a name of it
	aside    map[string]bool   // of what is in quarantine
}

func (f *evidenceFiles) named(sum string) bool {
	return f.live[sum] || f.redacted[sum] != "" || f.aside[sum]
}

// findEvidence notes the files that the evidence of an incident should have.
func (c *checking) findEvidence(inc *incident.Incident) {
	for _, e := range inc.At(c.w.now()).Evidence {
		if e.Redacted {
			c.report.Redacted++
			c.files.redacted[e.SHA256] = e.Label + " of incident " + inc.ID()
			continue
		}
		if !isSum(e.SHA256) {
			continue
		}
		c.files.live[e.SHA256] = true
		if !c.w.HasBlob(e.SHA256) {
			c.report.NotHere = append(c.report.NotHere, Missing{
				Incident: inc.ID(), Evidence: e.ID, Label: e.Label, SHA256: e.SHA256,
			})
		}
	}
}

// checkFiles checks that the files of what was redacted are gone.
func (c *checking) checkFiles() error {
	lines, err := linesOf(c.tx.Query("SELECT line FROM quarantine"))
	if err != nil {
		return err
	}
	for _, line := range lines {
		c.files.aside = sumsIn(c.files.aside, line)
	}
	for sum, of := range c.files.redacted {
		if isSum(sum) && !c.files.live[sum] && c.w.HasBlob(sum) {
			c.trouble("blobs", "the file of evidence %s was redacted, and is still here", of)
		}
	}
	pending, err := textsOf(c.tx.Query("SELECT value FROM settings WHERE key = ?", settingErasing))
	if err == nil && len(pending) > 0 {
		c.trouble("database", "what was redacted is not all erased yet; it is at the next opening, when nothing else uses the workspace")
	}
	return err
}
