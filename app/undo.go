package app

import (
	"fmt"
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
		return c.app.step(id, "Taken back: ", done, (*incident.Incident).Undo)
	})
}

// Redo brings back what was taken back last, as long as nothing new was done
// since. What would not start by now without being seen first is not.
func (c *Composer) Redo(id string) (*UndoneView, error) {
	return call(c.app, "Composer.Redo", func() (*UndoneView, error) {
		w, err := c.app.writer(id, "")
		if err != nil {
			return nil, err
		}
		redo := func(inc *incident.Incident, step string) ([]*record.Record, error) {
			acts, err := inc.Redo(step)
			if err != nil {
				return nil, err
			}
			return acts, unseenStart(w, acts)
		}
		return c.app.step(id, "Brought back: ", undone, redo)
	})
}

func done(s incident.Steps) []string   { return s.Done }
func undone(s incident.Steps) []string { return s.Undone }

func (a *App) step(id, says string, which func(incident.Steps) []string, compensate func(*incident.Incident, string) ([]*record.Record, error)) (*UndoneView, error) {
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
		ids := a.taken.with(id, which(inc.StepsOf(me)))
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

// didOf says in a few words what an action did: by the first of its records,
// or of those that it goes back to.
func didOf(s *incident.State, inc *incident.Incident, ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	id := ids[len(ids)-1]
	if r, ok := inc.Record(id); ok && r.Do == "evidence.add" && len(ids) > 1 {
		return fmt.Sprintf("%d pieces of evidence", len(ids))
	}
	for range 1000 { // of do, undo, redo, undo … the first
		r, ok := inc.Record(id)
		if !ok || incident.Undoes(r) == "" {
			break
		}
		id = incident.Undoes(r)
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
		last := inc.StepsOf(me)
		m.incident, m.records = s.Incident, s.Records
		m.undo, m.redo = didOf(s, inc, a.taken.with(s.Incident, last.Done)), didOf(s, inc, last.Undone)
		return nil
	})
	return m.undo, m.redo
}
