package app

import (
	"fmt"
	"slices"
	"strings"

	"bearings/internal/compose"
	"bearings/internal/incident"
)

// Grounds is what calls for what rests on what: what would fall, what fell and
// is to be worked through, the tree, and what to look at again.
type Grounds struct{ app *App }

// Head is what the top bar says over a page whose parts read for themselves.
func (g *Grounds) Head(id string, asOf int64) (*Head, error) {
	return call(g.app, "Grounds.Head", func() (*Head, error) {
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		h := g.app.head(s, asOf)
		return &h, nil
	})
}

// A BlastView is what would lose its footing were a claim refuted.
type BlastView struct {
	Claim Chip      `json:"claim"`
	Says  string    `json:"says"` // in a sentence: "9 things would lose their footing, 2 in progress"
	Note  string    `json:"note"` // why it would not fall at once by a line that is typed; empty where it would
	Falls []FallRow `json:"falls"`
}

// Blast says what would lose its footing were a claim refuted, in the order of
// what can still be stopped.
func (g *Grounds) Blast(id, claim string, asOf int64) (*BlastView, error) {
	return call(g.app, "Grounds.Blast", func() (*BlastView, error) {
		s, c, err := g.app.claimAt(id, claim, asOf)
		if err != nil {
			return nil, err
		}
		return blastOf(s, c), nil
	})
}

// claimAt finds a claim by its id or label.
func (a *App) claimAt(id, ref string, asOf int64) (*incident.State, *incident.Claim, error) {
	s, err := a.state(id, asOf)
	if err != nil {
		return nil, nil, err
	}
	t, _ := s.Find(ref)
	c, ok := t.(*incident.Claim)
	if !ok {
		return nil, nil, notFound(ref)
	}
	return s, c, nil
}

func blastOf(s *incident.State, c *incident.Claim) *BlastView {
	hit := s.Blast(c)
	return &BlastView{Claim: chipOf(c), Says: blastSays(c, hit), Falls: fallsOf(s, hit)}
}

func blastSays(c *incident.Claim, hit []incident.Affected) string {
	running, told := 0, 0
	for _, a := range hit {
		switch t := a.Thing.(type) {
		case *incident.Action:
			if t.UnderWay() {
				running++
			}
		case *incident.Update:
			told++
		}
	}
	says := counted(len(hit), "thing would lose its", "things would lose their") + " footing"
	switch {
	case c.HasEnded():
		return c.Label + " is " + c.Word() + " already"
	case len(hit) == 0:
		return "Nothing would lose its footing"
	case running > 0:
		says += fmt.Sprintf(", %d in progress", running)
	}
	if told > 0 {
		says += fmt.Sprintf(", %d told to people outside", told)
	}
	return says
}

func fallsOf(s *incident.State, hit []incident.Affected) []FallRow {
	out := []FallRow{}
	for _, a := range hit {
		row := FallRow{Chip: chipOf(a.Thing), Now: a.Now.String(), Then: a.IfRefuted.String(), Via: []Chip{}, Way: wayOf(a.Path)}
		if n := len(a.Path); n > 2 {
			row.Via = chips(s, a.Path[1:n-1])
		}
		out = append(out, row)
	}
	return out
}

// wayOf says how a thing rests on a claim, from the thing on.
func wayOf(path []incident.Ref) string {
	var way strings.Builder
	for n := len(path) - 2; n >= 0; n-- {
		if way.Len() > 0 {
			way.WriteString(", which ")
		}
		way.WriteString("rests on " + path[n].Label)
	}
	return way.String()
}

// stillStands says why a claim would not fall by one person's refutation:
// others verified it, so that it would be disputed. A ruling silences them, and
// a withdrawal needs nobody's word.
func stillStands(c *incident.Claim, me string) string {
	var others []string
	for _, v := range c.Verdicts {
		if v.Verdict == "verify" && v.By != me {
			others = append(others, v.By)
		}
	}
	if len(others) == 0 || c.HasEnded() {
		return ""
	}
	return strings.Join(others, " and ") + " verified it: it would be disputed first, until that is taken back or the lead rules"
}

// A WorklistView is what a claim that fell leaves to be done.
type WorklistView struct {
	Claim Chip      `json:"claim"`
	Since int64     `json:"since"`
	By    string    `json:"by"`
	Why   string    `json:"why"`
	Done  int       `json:"done"`
	Says  string    `json:"says"` // how many things wait, in a sentence
	Items []WorkRow `json:"items"`
	Next  Chip      `json:"next"` // a claim whose worklist is to be worked through after this one; empty for none
}

// A WorkRow is one thing that fell, what became of it, and the lines that say
// what becomes of it.
type WorkRow struct {
	Fall    FallRow `json:"fall"`
	Settled string  `json:"settled"` // how it was worked through, in words; empty while it waits
	Said    string  `json:"said"`
	By      string  `json:"by"`
	At      int64   `json:"at"`
	Owner   string  `json:"owner"`
	Keep    string  `json:"keep"`    // a line that is begun
	Stop    string  `json:"stop"`    // a line; begun where Caret is set, else whole
	Caret   int     `json:"caret"`   // in UTF-16 units
	Stops   string  `json:"stops"`   // what it does: "Stop it"
	Ask     string  `json:"ask"`     // a whole line
	Correct bool    `json:"correct"` // Stop is the draft of a message, to be read before it is kept
}

// Worklist returns what a claim that fell leaves to be done; that of the claim
// that fell last and is not worked through, where claim is empty.
func (g *Grounds) Worklist(id, claim string, asOf int64) (*WorklistView, error) {
	return call(g.app, "Grounds.Worklist", func() (*WorklistView, error) {
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		list := worklistOf(s, claim)
		if list == nil {
			return nil, &Error{Code: codeNotFound, Message: "Nothing has fallen that is to be worked through.", Hint: "Press Esc to go back."}
		}
		w, err := g.app.writer(id, "")
		if err != nil {
			return nil, err
		}
		return worklistView(s, w, list), nil
	})
}

// waiting counts what waits to be worked through since a claim fell.
func (a *App) waiting(id, claim string) (int, error) {
	s, err := a.state(id, 0)
	if err != nil {
		return 0, err
	}
	l := worklistOf(s, claim)
	if l == nil {
		return 0, nil
	}
	return len(l.Items) - l.Done, nil
}

func worklistOf(s *incident.State, claim string) *incident.Worklist {
	for _, l := range s.Worklists {
		if l.Claim.ID == claim || l.Claim.Label == claim {
			return l
		}
	}
	if claim != "" {
		return nil
	}
	for _, l := range s.Worklists {
		if l.Done < len(l.Items) {
			return l
		}
	}
	if len(s.Worklists) > 0 {
		return s.Worklists[0]
	}
	return nil
}

// whyFell is the reason that a claim fell for, in words or as the labels of the
// evidence that refuted it.
func whyFell(c *incident.Claim) string {
	if c.Why != "" || c.State != incident.Refuted {
		return c.Why
	}
	for _, v := range slices.Backward(c.Verdicts) {
		if v.Verdict == "refute" {
			var cited []string
			for _, e := range v.Evidence {
				cited = append(cited, e.Label)
			}
			return strings.Join(cited, ", ")
		}
	}
	return ""
}

func worklistView(s *incident.State, w *compose.Writer, l *incident.Worklist) *WorklistView {
	v := &WorklistView{
		Claim: chipOf(l.Claim), Since: ms(l.Since), By: l.Claim.TurnedBy, Why: whyFell(l.Claim), Done: l.Done, Items: []WorkRow{},
	}
	for _, item := range l.Items {
		v.Items = append(v.Items, workRow(s, w, l.Claim, item))
	}
	v.Says = "All worked through."
	if left := len(l.Items) - l.Done; left > 0 {
		v.Says = counted(left, "thing waits", "things wait") + "."
	}
	for _, other := range s.Worklists {
		if other != l && other.Done < len(other.Items) {
			v.Next = chipOf(other.Claim)
			break
		}
	}
	return v
}

// settledWords say how a thing was worked through; empty while it waits.
func settledWords(item incident.Loss) string {
	switch item.Settled {
	case incident.Ended:
		return spoken(item.Thing.Word())
	case incident.Asked:
		return compose.OwnerOf(item.Thing) + " was asked"
	case incident.Regained:
		return "Stands again"
	case incident.Rejudged:
		return "Judged anew"
	default:
		return capital(string(item.Settled))
	}
}

func workRow(s *incident.State, w *compose.Writer, c *incident.Claim, item incident.Loss) WorkRow {
	m := item.Thing.Meta()
	because := " " + c.Label + " is " + c.Word()
	row := WorkRow{
		Fall: fallsOf(s, []incident.Affected{item.Affected})[0], Settled: settledWords(item), Said: item.Said, By: item.By, At: ms(item.At),
		Owner: compose.OwnerOf(item.Thing), Keep: "/keep " + m.Label + " ", Stop: "/reverse " + m.Label + because, Ask: "/ask " + m.Label,
	}
	switch t := item.Thing.(type) {
	case *incident.Update:
		begun := w.Correction(t)
		row.Stop, row.Caret, row.Stops, row.Correct = begun.Text, unitsOf(begun.Text, begun.Caret), "Correct it", true
	case *incident.Action:
		row.Stops = "Stop it"
		if t.HasEnded() {
			row.Stop, row.Stops = "/reverse "+m.Label, "Take it back"
		}
	case *incident.Decision:
		row.Stops = "Reverse it"
	case *incident.Claim:
		row.Stops = "Withdraw it"
	default:
		row.Stops = "End it"
	}
	return row
}
