package workspace

import (
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// A Hit is a record whose texts have all the words that were looked for.
type Hit struct {
	Incident string        // id
	Record   string        // id
	Do       string        // the kind of the record
	Kind     incident.Kind // of the thing that it is about
	About    string        // id of that thing; the record's own where it is about none
	Label    string        // of that thing, empty where it has none
	At       time.Time     // when it happened
	Snippet  string        // the part of its texts with the words
	Marks    [][2]int      // where in the snippet the words are, in bytes: from, to
}

// Search returns the records with all of the words, in any of their texts or
// as their label, best first, at most limit of them. A word also finds what
// begins with it; case and accents make no difference. Nothing in words is
// syntax.
func (w *Workspace) Search(words string, limit int) ([]Hit, error) {
	query := matchQuery(words)
	if query == "" || limit <= 0 {
		return nil, nil
	}
	hits, err := w.search(query, limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", explain(err))
	}
	return hits, nil
}

func (w *Workspace) search(query string, limit int) ([]Hit, error) {
	if !w.readOnly {
		if err := w.catchUpIndex(); err != nil {
			return nil, err
		}
		return findTexts(w.db, query, limit)
	}
	hits, err := findTexts(w.db, query, limit)
	if err != nil || len(hits) == limit {
		return hits, err
	}
	late, err := w.searchLate(query, limit-len(hits))
	return append(hits, late...), err
}

// searchLate looks through what a workspace that may not be written has not
// indexed, in a database in memory.
func (w *Workspace) searchLate(query string, limit int) ([]Hit, error) {
	upTo, err := indexedUpTo(w.db)
	if err != nil {
		return nil, err
	}
	var last int64
	if err := w.db.QueryRow("SELECT ifnull(max(seq), 0) FROM batches").Scan(&last); err != nil || last == upTo {
		return nil, err
	}
	scratch, err := sql.Open(driver, ":memory:")
	if err != nil {
		return nil, err
	}
	defer scratch.Close()
	scratch.SetMaxOpenConns(1)
	tx, err := scratch.Begin()
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if err := runMigrations(tx, 0); err != nil {
		return nil, err
	}
	for upTo < last {
		var records []*record.Record
		if records, upTo, err = someRecords(w.db, upTo); err != nil {
			return nil, err
		}
		if err := indexRecords(tx, records, upTo); err != nil {
			return nil, err
		}
	}
	return findTexts(tx, query, limit)
}

// matchQuery turns words into an FTS5 query: every word quoted, as a prefix.
func matchQuery(words string) string {
	var terms []string
	for _, word := range strings.FieldsFunc(strings.ToValidUTF8(words, " "), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}) {
		if strings.ContainsFunc(word, isTokenRune) {
			terms = append(terms, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
		}
	}
	return strings.Join(terms, " ")
}

// isTokenRune reports whether the tokenizer keeps a rune; a word of others is
// no word to it.
func isTokenRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// The marks that the database puts around what it found. Texts in the index
// have no control characters.
const (
	markFrom = "\x01"
	markTo   = "\x02"

	snippetWords = 16
)

func findTexts(q querier, query string, limit int) ([]Hit, error) {
	rows, err := q.Query(`
		SELECT t.incident, t.record, t.do, t.about, t.at,
			ifnull((SELECT a.label FROM texts a WHERE a.incident = t.incident AND a.record = t.about), ''),
			ifnull((SELECT a.do FROM texts a WHERE a.incident = t.incident AND a.record = t.about), t.do),
			snippet(texts_index, 1, ?, ?, '…', ?)
		FROM texts_index JOIN texts t ON t.id = texts_index.rowid
		WHERE texts_index MATCH ?
		ORDER BY rank, t.id
		LIMIT ?`, markFrom, markTo, snippetWords, query, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		var at, aboutDo, marked string
		if err := rows.Scan(&h.Incident, &h.Record, &h.Do, &h.About, &at, &h.Label, &aboutDo, &marked); err != nil {
			return nil, err
		}
		if h.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		h.Kind = incident.Makes(aboutDo)
		h.Snippet, h.Marks = unmark(marked)
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

// unmark takes the marks out of a snippet and says where they were.
func unmark(marked string) (string, [][2]int) {
	var plain strings.Builder
	var marks [][2]int
	from := 0
	for len(marked) > 0 {
		at := strings.IndexAny(marked, markFrom+markTo)
		if at < 0 {
			plain.WriteString(marked)
			break
		}
		plain.WriteString(marked[:at])
		if marked[at:at+1] == markFrom {
			from = plain.Len()
		} else {
			marks = append(marks, [2]int{from, plain.Len()})
		}
		marked = marked[at+1:]
	}
	return plain.String(), marks
}
