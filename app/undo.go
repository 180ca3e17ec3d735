package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// codeNothing is the code of having nothing to take back or to bring back.
const codeNothing = "nothing"

// An UndoneView says what was taken back, or brought back.
type UndoneView struct {
	Says string `json:"says"`
}

// Undo takes back the last action of whoever uses the window.
func (c *Composer) Undo(id string) (*UndoneView, error) {
	return call(c.app, "Composer.Undo", func() (*UndoneView, error) {
		return c.app.step(id, "Taken back: ", lastSteps.undo, (*incident.Incident).Undo)
	})
}

// Redo brings back what was taken back last, as long as nothing new was done
// since.
func (c *Composer) Redo(id string) (*UndoneView, error) {
	return call(c.app, "Composer.Redo", func() (*UndoneView, error) {
		return c.app.step(id, "Brought back: ", lastSteps.redo, (*incident.Incident).Redo)
	})
}

func (a *App) step(id, says string, which func(lastSteps) []string, compensate func(*incident.Incident, string) ([]*record.Record, error)) (*UndoneView, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	s, err := a.namesAt(id, 0)
	if err != nil {
		return nil, err
	}
	var acts []*record.Record
	var did string
	err = a.read(id, func(inc *incident.Incident) error {
		ids := which(stepsOf(inc, me))
		did = didOf(s, inc, ids)
		for _, step := range ids {
			more, err := compensate(inc, step)
			if err != nil {
				return err
			}
			acts = append(acts, more...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(acts) == 0 {
		return nil, &Error{Code: codeNothing, Message: "There is nothing of yours to take back or to bring back here.", Hint: "What others did is theirs to change. Open a thing to see its history."}
	}
	for _, r := range acts {
		r.By = me
	}
	if _, err := a.ws.Record(id, acts...); err != nil {
		return nil, err
	}
	return &UndoneView{Says: says + did}, nil
}

// lastSteps are the records of the last action that a person can take back,
// newest first, and of the last one that they can bring back.
type lastSteps struct{ done, undone []string }

func (l lastSteps) undo() []string { return l.done }
func (l lastSteps) redo() []string { return l.undone }

// stepsOf walks a person's own actions back. What was taken back and brought
// back again can be taken back once more; what was done anew ends what can be
// brought back, as in any editor. What came from a file is nobody's action
// here, and that there is an incident is not taken back.
func stepsOf(inc *incident.Incident, by string) lastSteps {
	records := inc.Records()
	gone := map[string]bool{}   // taken back by a later record
	taking := map[string]bool{} // takes something back that was done
	for _, r := range records {
		if of := undoes(r); of != "" {
			gone[of] = true
			taking[r.ID] = !taking[of]
		}
	}
	var last lastSteps
	imported := record.ImportRun(inc.ID())
	fresh := false // something was done anew since
	for _, r := range slices.Backward(records) {
		if r.By != by || r.Stamp.Run == imported || r.Do == "incident.declare" {
			continue
		}
		fresh = fresh || undoes(r) == ""
		switch {
		case gone[r.ID]:
		case taking[r.ID] && len(last.undone) == 0 && !fresh:
			last.undone = actionOf(records, r, by)
		case !taking[r.ID] && len(last.done) == 0:
			last.done = actionOf(records, r, by)
		}
		if len(last.done) > 0 && (fresh || len(last.undone) > 0) {
			break
		}
	}
	return last
}

// actionOf are the ids of the records that were recorded in one step with r,
// newest first.
func actionOf(records []*record.Record, r *record.Record, by string) []string {
	var ids []string
	for _, other := range slices.Backward(records) {
		if other.Stamp.Run == r.Stamp.Run && other.Stamp.Line == r.Stamp.Line && other.By == by {
			ids = append(ids, other.ID)
		}
	}
	return ids
}

// undoes is the id of the record that a record takes back, if any.
func undoes(r *record.Record) string {
	value, ok := r.Field("undoes")
	if !ok {
		return ""
	}
	var id string
	if json.Unmarshal(value, &id) != nil {
		return ""
	}
	return id
}

// didOf says in a few words what an action did: by the first of its records,
// or of those that it goes back to.
func didOf(s *incident.State, inc *incident.Incident, ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	id := ids[len(ids)-1]
	for range 1000 { // of do, undo, redo, undo … the first
		r, ok := inc.Record(id)
		if !ok || undoes(r) == "" {
			break
		}
		id = undoes(r)
	}
	e, ok := s.RecordOf(id)
	if !ok {
		return ""
	}
	if e.Do == "note.add" {
		if t, ok := s.Find(e.Thread); ok {
			return "note on " + t.Meta().Label
		}
		return "note in the log"
	}
	if e.Label != "" && e.Kind != incident.KindIncident {
		return fmt.Sprintf("%s: %s", e.Label, short(e.Text, 48))
	}
	return short(e.Text, 48)
}

// short cuts a text to a number of characters.
func short(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// A menuOfSteps is what could be taken back and brought back in an incident
// with so many records. Finding out looks at every record.
type menuOfSteps struct {
	mu         sync.Mutex
	incident   string
	records    int
	undo, redo string
}

// steps says what Undo and Redo would do, empty for nothing.
func (a *App) steps(s *incident.State) (undo, redo string) {
	me, err := a.me()
	if err != nil {
		return "", ""
	}
	m := &a.menu
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.incident == s.Incident && m.records == s.Records {
		return m.undo, m.redo
	}
	_ = a.read(s.Incident, func(inc *incident.Incident) error { // a state that is here has an incident
		last := stepsOf(inc, me)
		m.incident, m.records = s.Incident, s.Records
		m.undo, m.redo = didOf(s, inc, last.done), didOf(s, inc, last.undone)
		return nil
	})
	return m.undo, m.redo
}
