package app

import (
	"bearings/internal/workspace"
)

// A SearchView is what was found in all incidents, grouped by incident, the
// one with the best hit first.
type SearchView struct {
	Groups []SearchGroup `json:"groups"`
	Found  int           `json:"found"` // hits shown
	More   bool          `json:"more"`  // there are more than are shown
}

// A SearchGroup is what was found in one incident.
type SearchGroup struct {
	Incident IncidentRow `json:"incident"`
	Hits     []HitRow    `json:"hits"`
}

// A HitRow is a record that has all the words.
type HitRow struct {
	Record  string `json:"record"`
	Do      string `json:"do"`
	ID      string `json:"id"` // of the thing that it is about: opens it
	Label   string `json:"label"`
	Kind    string `json:"kind"`
	At      int64  `json:"at"`
	Snippet string `json:"snippet"`
	Marks   []Mark `json:"marks"` // where the words are
}

// A Mark is a stretch of a text, in UTF-16 code units.
type Mark struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// maxHits is how many hits are shown.
const maxHits = 200

// Search looks for words in everything that was ever recorded.
func (i *Incidents) Search(words string) (*SearchView, error) {
	return call(i.app, "Incidents.Search", func() (*SearchView, error) { return i.app.search(words) })
}

func (a *App) search(words string) (*SearchView, error) {
	v := &SearchView{Groups: []SearchGroup{}}
	hits, err := a.ws.Search(words, maxHits+1)
	if err != nil || len(hits) == 0 {
		return v, err
	}
	if v.More = len(hits) > maxHits; v.More {
		hits = hits[:maxHits]
	}
	v.Found = len(hits)
	list, err := a.list()
	if err != nil {
		return nil, err
	}
	rows := map[string]IncidentRow{}
	for _, row := range list.Incidents {
		rows[row.ID] = row
	}
	groups := map[string]int{} // the place of an incident among the groups
	for _, h := range hits {
		n, ok := groups[h.Incident]
		if !ok {
			n = len(v.Groups)
			groups[h.Incident] = n
			v.Groups = append(v.Groups, SearchGroup{Incident: rows[h.Incident], Hits: []HitRow{}})
		}
		v.Groups[n].Hits = append(v.Groups[n].Hits, hitRow(h))
	}
	return v, nil
}

func hitRow(h workspace.Hit) HitRow {
	row := HitRow{
		Record: h.Record, Do: h.Do, ID: h.About, Label: h.Label, Kind: string(h.Kind), At: ms(h.At), Snippet: h.Snippet, Marks: []Mark{},
	}
	for _, m := range h.Marks {
		row.Marks = append(row.Marks, Mark{From: unitsOf(h.Snippet, m[0]), To: unitsOf(h.Snippet, m[1])})
	}
	return row
}
