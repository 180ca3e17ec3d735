package record

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
)

// The identities of an incident and of its records, where a file does not give
// them, follow from what the file says, so that a second import and another
// device come to the same ones. They leave out whatever an export adds to a
// line (id, label, clock, incident) and take times as instants, so that a file
// and its export agree.

// deriveIncident returns the identity of the incident that r declares: it
// follows from when, by whom and with what title it was declared.
func deriveIncident(r *Record) string {
	b := appendTime([]byte{'['}, r.At)
	b = appendString(append(b, ','), r.By)
	title, _ := r.Field("title")
	text, _ := textOf(title)
	b = appendString(append(b, ','), text)
	return "i-" + shortHash(append(b, ']'))
}

// content is what a record says, without where it stands. Two records of the
// same content are the same said twice.
func (r *Record) content(dst []byte) []byte { return r.appendParts(dst, 0) }

// deriveID returns the identity of the nth record, from 0, of this content.
func deriveID(content []byte, n int) string {
	return "r-" + shortHash(strconv.AppendInt(append(content, '\n'), int64(n), 10))
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// shortHash returns 100 bits of the SHA-256 of b as 20 letters and digits.
func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return lowerBase32.EncodeToString(sum[:13])[:20]
}

// ImportRun returns the run that stamps the records that come from an incident
// file. It follows from the incident, so that every device stamps them alike.
func ImportRun(incident string) Run {
	sum := sha256.Sum256([]byte("import" + incident))
	return Run(sum[:16])
}

// importRuns is ImportRun for one record after the other, most of which are of
// one incident.
type importRuns struct {
	incident string
	run      Run
}

func (c *importRuns) of(incident string) Run {
	if c.run == (Run{}) || c.incident != incident {
		c.incident, c.run = incident, ImportRun(incident)
	}
	return c.run
}
