package bench

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

const (
	seed = 1
	long = 100_000 // records of a long incident

	// rounds is how often what takes about a second is measured: a benchmark
	// left to itself would measure it once.
	rounds = 7
)

func openWorkspace(b *testing.B, dir string) *workspace.Workspace {
	b.Helper()
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return ws
}

func importFile(b *testing.B, ws *workspace.Workspace, content []byte) workspace.Report {
	b.Helper()
	file, err := record.ReadFile(bytes.NewReader(content), "")
	if err != nil {
		b.Fatal(err)
	}
	report, err := ws.Import(file, workspace.ImportOptions{Strict: true})
	if err != nil {
		b.Fatal(err)
	}
	return report
}

// rawDatabase opens a bare database with the durability that the workspace
// has.
func rawDatabase(b *testing.B, schema string) *sql.DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), "raw.db")
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_stmt_cache_size=8")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		b.Fatal(err)
	}
	return db
}

// report gives the ratio of the medians of what was measured in turns.
func report(b *testing.B, ours, limit []time.Duration, target float64) {
	o, l := median(ours), median(limit)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(o.Microseconds())/1000, "ms")
	b.ReportMetric(float64(l.Microseconds())/1000, "limit-ms")
	b.ReportMetric(float64(o)/float64(l), "ratio")
	b.ReportMetric(target, "target")
}

func median(d []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[len(sorted)/2]
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// BenchmarkLoadAndFold is opening an incident of 100,000 records and its state,
// against reading the same lines and decoding them with encoding/json into
// fields kept raw.
func BenchmarkLoadAndFold(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "ws")
	ws := openWorkspace(b, dir)
	id := importFile(b, ws, incidenttest.File(seed, long)).Incident
	if err := ws.Close(); err != nil {
		b.Fatal(err)
	}
	var ours, limit []time.Duration
	for range rounds {
		ws := openWorkspace(b, dir)
		ours = append(ours, timed(func() {
			inc, err := ws.Incident(id)
			if err != nil || inc.Len() != long {
				b.Fatal(inc, err)
			}
		}))
		limit = append(limit, timed(func() { readAndDecode(b, ws) }))
		if err := ws.Close(); err != nil {
			b.Fatal(err)
		}
	}
	report(b, ours, limit, 2)
}

func readAndDecode(b *testing.B, ws *workspace.Workspace) {
	var batch struct {
		H json.RawMessage `json:"h"`
		S string          `json:"s"`
		R []struct {
			Salt string                     `json:"salt"`
			In   string                     `json:"in"`
			Line int                        `json:"line"`
			Rec  map[string]json.RawMessage `json:"rec"`
		} `json:"r"`
	}
	const checksum = 9
	records := 0
	for after := int64(0); ; {
		lines, err := ws.Lines(after, 1)
		if err != nil {
			b.Fatal(err)
		}
		if len(lines) == 0 {
			break
		}
		after = lines[0].Seq
		batch.R = nil
		if err := json.Unmarshal(lines[0].Bytes[checksum:], &batch); err != nil {
			b.Fatal(err)
		}
		records += len(batch.R)
	}
	if records != long {
		b.Fatalf("decoded %d records", records)
	}
}

// BenchmarkImport is importing an incident file of 100,000 records, read,
// checked, signed and folded, against inserting its lines as rows of a table
// with the same columns to find them by, a thousand a transaction. The target
// is 0.4 of the limit's throughput, a ratio of time of 2.5.
func BenchmarkImport(b *testing.B) {
	content := incidenttest.File(seed, long)
	records := incidenttest.Records(seed, long)
	var ours, limit []time.Duration
	for range rounds {
		ws := openWorkspace(b, filepath.Join(b.TempDir(), "ws"))
		ours = append(ours, timed(func() { importFile(b, ws, content) }))
		if err := ws.Close(); err != nil {
			b.Fatal(err)
		}
		db := rawDatabase(b, `CREATE TABLE records (incident TEXT, clock INTEGER, line INTEGER, id TEXT, body BLOB, PRIMARY KEY (incident, clock, line)) WITHOUT ROWID`)
		limit = append(limit, timed(func() { insertRows(b, db, records) }))
	}
	report(b, ours, limit, 2.5)
}

func insertRows(b *testing.B, db *sql.DB, records []*record.Record) {
	const batch = 1000
	var body []byte
	for chunk := range slices.Chunk(records, batch) {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare("INSERT INTO records VALUES (?, ?, ?, ?, ?)")
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range chunk {
			body = r.AppendJSON(body[:0])
			if _, err := insert.Exec(r.Incident, int64(r.Stamp.Clock), int64(r.Stamp.Line), r.ID, body); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecord is one durable record, checked, signed and folded, against a
// bare commit of one row, at two sizes of the incident.
func BenchmarkRecord(b *testing.B) {
	for _, size := range []int{1000, long} {
		b.Run(fmt.Sprintf("incident=%d", size), func(b *testing.B) {
			ws := openWorkspace(b, filepath.Join(b.TempDir(), "ws"))
			defer ws.Close()
			id := importFile(b, ws, incidenttest.File(seed, size)).Incident
			db := rawDatabase(b, "CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)")
			note := &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", "Gateway 1a shows no errors since the rollback")}}
			line := bytes.Repeat([]byte("x"), 600)
			var ours, limit []time.Duration
			for b.Loop() {
				ours = append(ours, timed(func() {
					if _, err := ws.Record(id, note); err != nil {
						b.Fatal(err)
					}
				}))
				limit = append(limit, timed(func() {
					if _, err := db.Exec("INSERT INTO rows (body) VALUES (?)", line); err != nil {
						b.Fatal(err)
					}
				}))
			}
			report(b, ours, limit, 4)
		})
	}
}

// BenchmarkIncidents is the list of 1,000 incidents, of which one has changed,
// against reading as many rows.
func BenchmarkIncidents(b *testing.B) {
	const incidents = 1000
	ws := openWorkspace(b, filepath.Join(b.TempDir(), "ws"))
	defer ws.Close()
	var id string
	for i := range incidents {
		id = importFile(b, ws, incidenttest.File(uint64(i), 20)).Incident
	}
	if _, err := ws.Incidents(); err != nil {
		b.Fatal(err)
	}
	db := rawDatabase(b, "CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT)")
	body, err := json.Marshal(workspace.Summary{ID: id, Title: "Card payments failing at checkout", Status: incident.Investigating})
	if err != nil {
		b.Fatal(err)
	}
	for range incidents {
		if _, err := db.Exec("INSERT INTO rows (body) VALUES (?)", string(body)); err != nil {
			b.Fatal(err)
		}
	}
	var ours, limit []time.Duration
	for b.Loop() {
		if _, err := ws.Record(id, &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", "Still so")}}); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, timed(func() {
			if sums, err := ws.Incidents(); err != nil || len(sums) != incidents {
				b.Fatal(len(sums), err)
			}
		}))
		limit = append(limit, timed(func() { readRows(b, db) }))
	}
	report(b, ours, limit, 4)
}

func readRows(b *testing.B, db *sql.DB) {
	rows, err := db.Query("SELECT body FROM rows")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var sum workspace.Summary
		if err := rows.Scan(&body); err != nil {
			b.Fatal(err)
		}
		if err := json.Unmarshal(body, &sum); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
