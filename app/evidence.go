package app

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"

	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// Evidence is what takes in files, pictures, texts and links.
type Evidence struct{ app *App }

// A TakeAsk says where what is taken in belongs.
type TakeAsk struct {
	Incident string `json:"incident"`
	On       string `json:"on"`       // id of a claim or a thread, or of what belongs to a thread; empty for nowhere yet
	Relation string `json:"relation"` // to a claim: "supports" where empty
	How      string `json:"how"`      // "drop", "paste", "dialog"
}

// A TookView says what was taken in, and what was not.
type TookView struct {
	Says string    `json:"says"`
	Rows []TookRow `json:"rows"`
	Left []LeftRow `json:"left"`
	On   Chip      `json:"on"` // the claim or the thread that it belongs to; without an id in the inbox
}

// A TookRow is one evidence that was recorded. It is on the disk.
type TookRow struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Name     string `json:"name"`
	Picture  bool   `json:"picture"` // whether there is a thumbnail of it
	Refusal  string `json:"refusal"` // why it cannot be shown; empty where it can
	Known    string `json:"known"`   // label of an earlier evidence with the same bytes
	Observed int64  `json:"observed"`
	From     string `json:"from"` // where Observed came from: "metadata", "file time", "arrival"
}

// A LeftRow is something that was not taken in, and why, as a sentence.
type LeftRow struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Files takes in files and the files of folders, each on its own: one that
// fails costs only itself. Any script could forge a drop: paths are not
// trusted. Meanwhile the event "taking" tells how far it is.
func (e *Evidence) Files(ask TakeAsk, paths []string) (*TookView, error) {
	return call(e.app, "Evidence.Files", func() (*TookView, error) {
		files, left := evidence.Gather(paths)
		sources := make([]evidence.Source, 0, len(files))
		for _, path := range files {
			sources = append(sources, evidence.Source{Path: path, How: ask.How})
		}
		return e.app.take(ask, sources, left)
	})
}

// mostPasted is the largest picture that is pasted, in bytes.
const mostPasted = 64 << 20

// Picture takes in the bytes of a pasted picture, in Base64.
func (e *Evidence) Picture(ask TakeAsk, data string) (*TookView, error) {
	return call(e.app, "Evidence.Picture", func() (*TookView, error) {
		if base64.StdEncoding.DecodedLen(len(data)) > mostPasted {
			return nil, &Error{Code: codeInvalid, Message: "That picture is larger than 64 MB.", Hint: "Save it as a file, and drop the file."}
		}
		bytes, err := base64.StdEncoding.DecodeString(data)
		if err != nil || len(bytes) == 0 {
			return nil, &Error{Code: codeInvalid, Message: "No picture came from the clipboard.", Hint: "Copy it again, or save it and drop the file."}
		}
		return e.app.take(ask, []evidence.Source{{Data: bytes, How: ask.How}}, nil)
	})
}

// Passage takes in a text; one that is nothing but a link is taken as a link.
func (e *Evidence) Passage(ask TakeAsk, text string) (*TookView, error) {
	return call(e.app, "Evidence.Passage", func() (*TookView, error) {
		s := evidence.Source{Text: text, How: ask.How}
		if link := strings.TrimSpace(text); isLink(link) {
			s = evidence.Source{URL: link, How: ask.How}
		}
		return e.app.take(ask, []evidence.Source{s}, nil)
	})
}

func isLink(text string) bool {
	return (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " \n\t")
}

// Unseen says that nobody looks at the thumbnails of evidences any more: those
// that are still to be drawn are not.
func (e *Evidence) Unseen(id string, refs []string) error {
	_, err := call(e.app, "Evidence.Unseen", func() (struct{}, error) {
		for _, ref := range refs {
			if sum, err := e.app.shownBytes(id, ref); err == nil { // else it is not drawn anyway
				e.app.drawings.drop(drawingName(sum, thumbForm))
			}
		}
		return struct{}{}, nil
	})
	return err
}

// Relate says what evidences tell about a claim: "supports", "contradicts" or
// "neutral". It is one action, of the lines that say so of each.
func (e *Evidence) Relate(id string, evidences []string, claim, relation string) (string, error) {
	return call(e.app, "Evidence.Relate", func() (string, error) {
		w, err := e.app.writer(id, "")
		if err != nil {
			return "", err
		}
		c, ok := w.State.Find(claim)
		if !ok {
			return "", notFound(claim)
		}
		var acts []*record.Record
		for _, ref := range evidences {
			one, ok := w.State.Find(ref)
			if !ok {
				return "", notFound(ref)
			}
			draft, problem := w.Read("/link " + one.Meta().Label + " " + relation + " " + c.Meta().Label)
			if problem != nil {
				return "", &Error{Code: codeInvalid, Message: problem.Message, Hint: problem.Hint}
			}
			acts = append(acts, draft.Records...)
		}
		if _, err := e.app.keep(id, "", acts...); err != nil {
			return "", err
		}
		says := map[string]string{"supports": "for ", "contradicts": "against ", "neutral": "tells nothing about "}[relation]
		return nameOf(w.State, evidences) + ": " + says + c.Meta().Label, nil
	})
}

// nameOf names evidence in few words.
func nameOf(s *incident.State, ids []string) string {
	if len(ids) == 1 {
		if t, ok := s.Find(ids[0]); ok {
			return t.Meta().Label
		}
	}
	return counted(len(ids), "evidence", "pieces of evidence")
}

// A belonging is where evidence belongs.
type belonging struct {
	thread string
	claims map[string]string
	on     Chip
}

// belongs finds out where what is dropped on a thing, or pasted while it is
// selected, belongs.
func belongs(s *incident.State, ask TakeAsk) belonging {
	t, ok := s.Find(ask.On)
	if !ok || ask.On == "" {
		return belonging{}
	}
	var thread string
	switch t := t.(type) {
	case *incident.Claim:
		relation := ask.Relation
		if relation == "" {
			relation = "supports"
		}
		return belonging{claims: map[string]string{t.ID: relation}, on: chipOf(t)}
	case *incident.Thread:
		return belonging{thread: t.ID, on: chipOf(t)}
	case *incident.Action:
		thread = t.Thread
	case *incident.Decision:
		thread = t.Thread
	case *incident.Note:
		thread = t.Thread
	}
	if th, ok := s.Find(thread); ok && thread != "" {
		return belonging{thread: thread, on: chipOf(th)}
	}
	return belonging{}
}

func (a *App) take(ask TakeAsk, sources []evidence.Source, left []evidence.Left) (*TookView, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	s, err := a.namesAt(ask.Incident, 0)
	if err != nil {
		return nil, err
	}
	place := belongs(s, ask)
	v := &TookView{Rows: []TookRow{}, Left: []LeftRow{}, On: place.on}
	for _, l := range left {
		v.Left = append(v.Left, LeftRow{Name: l.Name, Why: sentence(l.Why)})
	}
	known := bytesKnown(s)
	for n, source := range sources {
		to := evidence.Target{By: me, Now: a.now(), Thread: place.thread, Claims: place.claims}
		to.Progress = a.progress(n, len(sources), source)
		t, err := evidence.Take(a.ws, ask.Incident, source, to)
		if err != nil {
			v.Left = append(v.Left, leftRow(source, err))
			continue
		}
		v.Rows = append(v.Rows, known.row(t))
	}
	a.progress(len(sources), len(sources), evidence.Source{})(0, 0)
	if len(v.Rows) > 0 {
		a.takePart(ask.Incident, me)
		a.taken.keep(ask.Incident, v.Rows)
	}
	v.Says = saysTook(v)
	return v, nil
}

func leftRow(s evidence.Source, err error) LeftRow {
	name := "What was pasted"
	if s.Path != "" {
		name = evidence.SafeName(s.Path)
	}
	e := asError(err)
	return LeftRow{Name: name, Why: strings.TrimSpace(e.Message + " " + e.Hint)}
}

// sameBytes are the labels of evidence, by the bytes of their files.
type sameBytes map[string]string

func bytesKnown(s *incident.State) sameBytes {
	out := sameBytes{}
	for _, e := range s.Evidence {
		if e.SHA256 != "" && !e.Struck && out[e.SHA256] == "" {
			out[e.SHA256] = e.Label
		}
	}
	return out
}

func (k sameBytes) row(t *evidence.Taken) TookRow {
	r := TookRow{ID: t.ID, Label: t.Label, Name: t.Name, Known: k[t.SHA256], Observed: ms(t.Observed), From: t.From}
	if f := t.Finding; f != nil {
		r.Picture = f.Shown
		if !f.Shown && !f.Text() {
			r.Refusal = sentence(f.Refusal)
		}
	}
	if t.SHA256 != "" && r.Known == "" {
		k[t.SHA256] = t.Label
	}
	return r
}

// saysTook says it in a line: what was kept where, and how much was not.
func saysTook(v *TookView) string {
	where := " in the inbox"
	if v.On.ID != "" {
		where = " for " + v.On.Label
		if v.On.Kind == string(incident.KindThread) {
			where = " on " + v.On.Label
		}
	}
	switch kept, left := len(v.Rows), len(v.Left); {
	case kept == 0 && left == 1:
		return "Not kept, " + v.Left[0].Name + ": " + v.Left[0].Why
	case kept == 0:
		return fmt.Sprintf("None of %d kept", left)
	case kept == 1 && left == 0:
		return v.Rows[0].Label + where
	case left == 0:
		return fmt.Sprintf("%d kept%s", kept, where)
	default:
		return fmt.Sprintf("%d kept%s, %d not", kept, where, left)
	}
}

// What was taken in together is taken back together, as long as nothing else
// was done since.
type takenTogether struct {
	mu       sync.Mutex
	incident string
	ids      []string
}

func (t *takenTogether) keep(incident string, rows []TookRow) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.incident, t.ids = incident, nil
	for _, r := range rows {
		t.ids = append(t.ids, r.ID)
	}
}

// with returns the records that are taken back together with those of the
// last step.
func (t *takenTogether) with(incident string, step []string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(step) == 1 && t.incident == incident && len(t.ids) > 1 && t.ids[len(t.ids)-1] == step[0] {
		return slices.Clone(t.ids)
	}
	return step
}
