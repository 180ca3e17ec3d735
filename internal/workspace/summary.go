package workspace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
)

// A Summary is what a list of incidents shows of one.
type Summary struct {
	ID         string          `json:"id"`
	Ref        string          `json:"ref"` // the id of its incident.declare: a file's own name for it
	Label      string          `json:"label"`
	Title      string          `json:"title"`
	Severity   string          `json:"severity"` // empty while unset
	Status     incident.Status `json:"status"`
	Leads      []string        `json:"leads"` // who leads; two after a split until one yields
	Declared   time.Time       `json:"declared"`
	LastRecord time.Time       `json:"last_record"` // recorded time of the newest record
	Counts     Counts          `json:"counts"`

	Seq int64 `json:"-"` // the last batch that it is made from
}

// Counts are how much there is in an incident.
type Counts struct {
	Records   int `json:"records"`
	Unknown   int `json:"unknown"` // of the records, those of a kind that this program does not know
	People    int `json:"people"`  // everyone ever seen, apps not counted
	Threads   int `json:"threads"`
	Actions   int `json:"actions"`
	Claims    int `json:"claims"`
	Evidence  int `json:"evidence"`
	Decisions int `json:"decisions"`
	Updates   int `json:"updates"`
}

func summarise(inc *incident.Incident) Summary {
	g := inc.Glance()
	return Summary{
		ID:         inc.ID(),
		Ref:        g.ID,
		Label:      g.Label,
		Title:      g.Title,
		Severity:   g.Severity,
		Status:     g.Status,
		Leads:      append([]string{}, g.Leads...),
		Declared:   g.Declared.UTC(),
		LastRecord: g.LastRecord.UTC(),
		Counts: Counts{
			Records: g.Records, Unknown: g.Unknown, People: g.People,
			Threads: g.Threads, Actions: g.Actions, Claims: g.Claims,
			Evidence: g.Evidence, Decisions: g.Decisions, Updates: g.Updates,
		},
	}
}

// Incidents lists the incidents of the workspace, the one declared last first.
func (w *Workspace) Incidents() ([]Summary, error) {
	sums, err := w.summaries()
	if err != nil {
		return nil, fmt.Errorf("list the incidents: %w", explain(err))
	}
	slices.SortFunc(sums, func(a, b Summary) int {
		if c := b.Declared.Compare(a.Declared); c != 0 {
			return c
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return sums, nil
}

func (w *Workspace) summaries() ([]Summary, error) {
	if _, err := w.Refresh(); err != nil {
		return nil, err
	}
	sums, stale, err := keptSummaries(w.db)
	if err != nil || len(stale) == 0 {
		return sums, err
	}
	fresh, err := w.freshSummaries(stale)
	if err != nil {
		return nil, err
	}
	if !w.readOnly {
		if err := w.keepSummaries(fresh); err != nil {
			// A summary can be made again; that it could not be kept is no
			// reason to show none.
			w.log.Warn("keep summaries", "error", err)
		}
	}
	return append(sums, fresh...), nil
}

// A lag is an incident whose kept summary is missing or out of date.
type lag struct {
	incident string
	seq      int64
}

// eachIncident walks the index from one incident to the next, without
// touching the batches between.
const eachIncident = `
	WITH RECURSIVE ids (id) AS (
		SELECT min(incident) FROM incident_batches
		UNION ALL
		SELECT (SELECT min(incident) FROM incident_batches WHERE incident > ids.id) FROM ids WHERE ids.id IS NOT NULL
	)
	SELECT ids.id,
		(SELECT max(seq) FROM incident_batches WHERE incident = ids.id),
		ifnull(s.seq, 0), ifnull(s.body, '')
	FROM ids LEFT JOIN summaries s ON s.incident = ids.id
	WHERE ids.id IS NOT NULL`

// keptSummaries returns the summaries that are up to date, and what lags.
func keptSummaries(q querier) (sums []Summary, stale []lag, err error) {
	rows, err := q.Query(eachIncident)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var at lag
		var kept int64
		var body []byte
		if err := rows.Scan(&at.incident, &at.seq, &kept, &body); err != nil {
			return nil, nil, err
		}
		sum, ok := Summary{}, kept == at.seq
		if ok {
			ok = json.Unmarshal(body, &sum) == nil
		}
		if !ok {
			stale = append(stale, at)
			continue
		}
		sum.Seq = at.seq
		sums = append(sums, sum)
	}
	return sums, stale, rows.Err()
}

func (w *Workspace) freshSummaries(stale []lag) ([]Summary, error) {
	sums := make([]Summary, 0, len(stale))
	for _, at := range stale {
		sum, err := w.summaryOf(at)
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// summaryOf makes the summary of one incident, without keeping the incident
// open for it.
func (w *Workspace) summaryOf(at lag) (sum Summary, err error) {
	w.mu.Lock()
	o, ok := w.open[at.incident]
	upToDate := ok && w.seen >= at.seq
	w.mu.Unlock()
	if upToDate && o.read(func(inc *incident.Incident) { sum = summarise(inc) }) {
		sum.Seq = at.seq
		return sum, nil
	}
	o, seq, err := readIncident(w.db, at.incident)
	if err != nil {
		return Summary{}, fmt.Errorf("incident %.80s: %w", at.incident, err)
	}
	sum = summarise(o.inc)
	sum.Seq = seq
	return sum, nil
}

func (w *Workspace) keepSummaries(sums []Summary) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, sum := range sums {
		if err := keepSummary(tx, sum); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// keepSummary keeps a summary, unless a newer one is there.
func keepSummary(q querier, sum Summary) error {
	body, err := json.Marshal(sum)
	if err != nil {
		return err
	}
	_, err = q.Exec(`
		INSERT INTO summaries (incident, seq, body) VALUES (?, ?, ?)
		ON CONFLICT (incident) DO UPDATE SET seq = excluded.seq, body = excluded.body
		WHERE excluded.seq > summaries.seq OR summaries.body = ''`,
		sum.ID, sum.Seq, string(body))
	return err
}

// Latest is the word that Find takes for the incident declared last.
const Latest = "latest"

// Find returns the incident that a person means by a label, an id, a part of
// a title that no other has, or "latest". What fits none is an *Error of
// CodeNotFound, what fits several one of CodeAmbiguous that lists them.
func (w *Workspace) Find(ref string) (Summary, error) {
	sums, err := w.Incidents()
	if err != nil {
		return Summary{}, err
	}
	ref = strings.TrimSpace(ref)
	if ref == "" || len(sums) == 0 {
		return Summary{}, noIncident(ref)
	}
	if strings.EqualFold(ref, Latest) {
		return sums[0], nil
	}
	fits := []func(Summary) bool{
		func(s Summary) bool { return s.ID == ref },
		labelled(ref),
		func(s Summary) bool { return s.Ref == ref },
		func(s Summary) bool { return strings.EqualFold(s.Title, ref) },
		func(s Summary) bool { return strings.Contains(strings.ToLower(s.Title), strings.ToLower(ref)) },
	}
	for _, fit := range fits {
		if found := selected(sums, fit); len(found) == 1 {
			return found[0], nil
		} else if len(found) > 1 {
			return Summary{}, ambiguous(ref, found)
		}
	}
	return Summary{}, noIncident(ref)
}

func labelled(label string) func(Summary) bool {
	return func(s Summary) bool { return strings.EqualFold(s.Label, label) }
}

func selected(sums []Summary, fit func(Summary) bool) []Summary {
	var found []Summary
	for _, s := range sums {
		if fit(s) {
			found = append(found, s)
		}
	}
	return found
}

// candidatesShown is how many incidents an ambiguous name lists.
const candidatesShown = 8

func ambiguous(ref string, found []Summary) *Error {
	var names []string
	for i, s := range found {
		if i == candidatesShown {
			names = append(names, fmt.Sprintf("and %d more", len(found)-i))
			break
		}
		names = append(names, fmt.Sprintf("%s %s (%s)", s.Label, s.Title, s.ID))
	}
	return &Error{
		Code:    CodeAmbiguous,
		Message: fmt.Sprintf("%.80q fits %d incidents: %s", ref, len(found), strings.Join(names, "; ")),
		Hint:    "Give more of the title, the label or the id.",
	}
}
