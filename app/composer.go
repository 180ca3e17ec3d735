package app

import (
	"encoding/json"
	"unicode/utf16"

	"bearings/internal/compose"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// Composer is what every place calls into which something is typed: the one
// way by which the window records.
type Composer struct{ app *App }

// A ComposeView says what Enter would do with a line; what is wrong with it,
// where it cannot be recorded yet. Both are empty for an empty line.
type ComposeView struct {
	Says    string `json:"says"`
	Problem string `json:"problem"`
	Hint    string `json:"hint"`

	Blast *BlastView `json:"blast,omitempty"` // of the claim that it would bring down
}

// A CompletionView is one way to go on with what is begun. From and To count
// UTF-16 code units, as JavaScript does.
type CompletionView struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Insert string `json:"insert"`
	Shows  string `json:"shows"`
	Detail string `json:"detail"`
	Key    string `json:"key"` // the digit that takes it; empty where none does
}

// A SentView says what a line recorded.
type SentView struct {
	Says   string   `json:"says"`
	IDs    []string `json:"ids"`    // of the records
	Labels []string `json:"labels"` // of the things that they made
	Open   string   `json:"open"`   // id of the first thing that they made and that has a label; else empty
	Tested *Tested  `json:"tested,omitempty"`
	Fell   int      `json:"fell,omitempty"` // things that the line brought down and that are to be worked through
}

// A Tested is a claim that an action tested whose result was just recorded: a
// verdict on it is the next thing to say.
type Tested struct {
	Claim  Chip   `json:"claim"`
	Result string `json:"result"` // in words, as the reason of the verdict: "A4: the rows match"
}

// A CommandView is one of the words that may follow a slash.
type CommandView struct {
	Name  string   `json:"name"`
	Also  []string `json:"also"`
	Usage string   `json:"usage"`
	Does  string   `json:"does"`
}

// Read says what a line would record, typed where about is selected; nothing
// is recorded.
func (c *Composer) Read(incident, about, text string) (*ComposeView, error) {
	return call(c.app, "Composer.Read", func() (*ComposeView, error) {
		w, err := c.app.writer(incident, about)
		if err != nil {
			return nil, err
		}
		v := &ComposeView{}
		draft, problem := w.Read(text)
		switch {
		case problem != nil:
			v.Problem, v.Hint = problem.Message, problem.Hint
		case draft != nil:
			v.Says = draft.Says
		}
		if c := w.Fells(text); c != nil {
			v.Blast = blastOf(w.State, c)
			if w.Refutes(text) {
				v.Blast.Note = stillStands(c, w.Place.Me)
			}
		}
		return v, nil
	})
}

// Complete offers how to go on at the caret.
func (c *Composer) Complete(incident, about, text string, caret int) ([]CompletionView, error) {
	return call(c.app, "Composer.Complete", func() ([]CompletionView, error) {
		w, err := c.app.writer(incident, about)
		if err != nil {
			return nil, err
		}
		out := []CompletionView{}
		for _, o := range w.Complete(text, bytesOf(text, caret)) {
			out = append(out, CompletionView{
				From: unitsOf(text, o.From), To: unitsOf(text, o.To), Insert: o.Insert, Shows: o.Shows, Detail: o.Detail, Key: o.Key,
			})
		}
		return out, nil
	})
}

// Send records all that a line means as one action, and lets go of its draft.
// A line that cannot be recorded is an error that says why; its draft stays.
func (c *Composer) Send(incident, about, text string) (*SentView, error) {
	return call(c.app, "Composer.Send", func() (*SentView, error) { return c.app.send(incident, about, text) })
}

func (a *App) send(id, about, text string) (*SentView, error) {
	w, err := a.writer(id, about)
	if err != nil {
		return nil, err
	}
	draft, problem := w.Read(text)
	if problem != nil {
		return nil, &Error{Code: codeInvalid, Message: problem.Message, Hint: problem.Hint}
	}
	if draft == nil {
		return nil, &Error{Code: codeInvalid, Message: "There is nothing to record yet.", Hint: "Type what you see, do or need."}
	}
	if err := gated(draft); err != nil {
		return nil, err
	}
	for _, r := range draft.Records {
		r.By, r.At = w.Place.Me, w.Place.Now
	}
	kept, err := a.ws.Record(id, draft.Records...)
	if err != nil {
		return nil, err
	}
	a.takePart(id, w.Place.Me)
	v := &SentView{Says: draft.Says, IDs: []string{}, Labels: []string{}, Tested: testedBy(w.State, kept)}
	for _, r := range kept {
		v.IDs = append(v.IDs, r.ID)
		if r.Label == "" {
			continue
		}
		v.Labels = append(v.Labels, r.Label)
		if v.Open == "" && incident.Makes(r.Do) != incident.KindNote {
			v.Open = r.ID
		}
	}
	if claim := w.Fells(text); claim != nil {
		if v.Fell, err = a.waiting(id, claim.ID); err != nil {
			return nil, err
		}
	}
	// The line is on the disk: a draft of it that stays is no loss.
	if err := a.ws.ForgetDrafts(id, about, text); err != nil {
		a.ws.Log().Warn("let go of a draft", "error", err)
	}
	return v, nil
}

// testedBy is the claim that the first of some records gave a test's result
// for; nil for none. The state is that before them.
func testedBy(s *incident.State, kept []*record.Record) *Tested {
	for _, r := range kept {
		if r.Do != "action.change" {
			continue
		}
		t, _ := s.Find(text(r, "action"))
		a, ok := t.(*incident.Action)
		state := text(r, "state")
		if !ok || a.Tests == "" || state != string(incident.ActionDone) && state != string(incident.Failed) {
			continue
		}
		if c, ok := s.Find(a.Tests); ok && !c.HasEnded() {
			result := a.Label + " " + state
			if said := text(r, "result"); said != "" {
				result = a.Label + ": " + said
			}
			return &Tested{Claim: chipOf(c), Result: result}
		}
	}
	return nil
}

// text is a field of a record, empty where it is no text.
func text(r *record.Record, name string) string {
	value, _ := r.Field(name)
	var s string
	if json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

// Commands lists the words that may follow a slash, for the palette and the
// sheet of keys.
func (c *Composer) Commands() ([]CommandView, error) {
	return call(c.app, "Composer.Commands", func() ([]CommandView, error) {
		out := []CommandView{}
		for _, o := range compose.Commands() {
			out = append(out, CommandView{Name: o.Name, Also: append([]string{}, o.Also...), Usage: o.Usage, Does: o.Does})
		}
		return out, nil
	})
}

// writer reads lines as whoever uses the window, now.
func (a *App) writer(id, about string) (*compose.Writer, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	s, err := a.namesAt(id, 0)
	if err != nil {
		return nil, err
	}
	place := compose.Place{About: about, Me: me, Now: a.now(), Zone: a.zone}
	return &compose.Writer{State: s, Place: place}, nil
}

// bytesOf turns a place in a text that counts UTF-16 units into one that
// counts bytes; a place within a character is the one before it.
func bytesOf(text string, units int) int {
	for i, r := range text {
		if units <= 0 {
			return i
		}
		if units -= utf16.RuneLen(r); units < 0 {
			return i
		}
	}
	return len(text)
}

// unitsOf is the way back.
func unitsOf(text string, bytes int) int {
	units := 0
	for _, r := range text[:bytes] {
		units += utf16.RuneLen(r)
	}
	return units
}
