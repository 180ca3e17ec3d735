package app

import (
	"slices"
	"time"

	"bearings/internal/incident"
)

// Times cross to the window as milliseconds since 1970, 0 where there is
// none: the window ticks its clocks by them and writes them in the reader's
// zone.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// A Head is what the top bar says of an incident, on every screen.
type Head struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	Title      string `json:"title"`
	Severity   string `json:"severity"`
	Status     Status `json:"status"`
	Trend      string `json:"trend"` // "getting better", "steady", "getting worse"; "" where nobody said
	Ended      bool   `json:"ended"`
	AsOf       int64  `json:"asOf"`
	Past       bool   `json:"past"`  // as it was known at AsOf: to be read, not to be written into
	Undo       string `json:"undo"`  // what could be taken back: "note on T3"; empty for nothing
	Redo       string `json:"redo"`  // what could be brought back
	Began      int64  `json:"began"` // started if known, else declared
	Records    int    `json:"records"`
	Others     int    `json:"others"` // of these, written by others than whoever uses the window: only they bring it news
	LastRecord int64  `json:"lastRecord"`
	Inbox      int    `json:"inbox"`   // evidence that has no place yet
	EndedAt    int64  `json:"endedAt"` // when it was resolved; 0 while it goes on
	Leading    bool   `json:"leading"` // whether whoever uses the window leads
	Me         Me     `json:"me"`      // how whoever uses the window stands in it
	Line       *Line  `json:"line,omitempty"`
}

// head is the top bar of an incident, whose past has nothing to take back.
func (a *App) head(s *incident.State, asOf int64) Head {
	h := headOf(s)
	h.Past = isPast(asOf, a.now())
	me, err := a.me()
	if h.Past || err != nil {
		return h
	}
	h.Undo, h.Redo = a.steps(s)
	h.Leading = leads(s, me)
	if r := responder(s, me); r != nil {
		h.Others -= r.Recorded
	}
	seen, err := a.seen(s.Incident, me)
	if err != nil {
		a.ws.Log().Warn("read what was seen", "error", err)
	}
	h.Me = meIn(s, me, seen)
	h.Line = lineFor(s, h.Me, seen)
	return h
}

// trends are the words for where the incident is heading; what nobody has said has none.
var trends = map[incident.Trend]string{
	incident.Improving: "getting better",
	incident.Steady:    "steady",
	incident.Worsening: "getting worse",
}

func headOf(s *incident.State) Head {
	return Head{
		ID: s.ID, Label: s.Label, Title: s.Title, Severity: s.Severity, Status: Status(s.Status), Trend: trends[s.Trend],
		Ended: s.Ended, AsOf: ms(s.Now), Began: ms(began(s)), Records: s.Records, Others: s.Records, LastRecord: ms(s.LastRecord),
		Inbox: len(s.Inbox), EndedAt: ms(endedAt(s)),
	}
}

func ended(status incident.Status) bool {
	return status == incident.Resolved || status == incident.Closed
}

func began(s *incident.State) time.Time {
	if !s.Started.IsZero() {
		return s.Started
	}
	return s.Declared
}

// endedAt is when the incident came to the status that ended it.
func endedAt(s *incident.State) time.Time {
	var at time.Time
	if !s.Ended {
		return at
	}
	for _, c := range s.Changes {
		if c.Field != "status" {
			continue
		}
		if was := ended(incident.Status(c.From)); ended(incident.Status(c.To)) && !was {
			at = c.At
		}
	}
	return at
}

// A Chip names a thing in a few characters, to open it.
type Chip struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Word     string `json:"word"`              // its state
	Doubtful bool   `json:"doubtful"`          // disputed, fallen, or resting on such
	Footing  string `json:"footing,omitempty"` // missing for kinds that rest on nothing
}

func chipOf(t incident.Thing) Chip {
	m := t.Meta()
	c := Chip{ID: m.ID, Label: m.Label, Kind: string(m.Kind), Name: t.Name(), Word: t.Word(), Doubtful: doubtful(t)}
	if b := t.Rests(); b != nil {
		c.Footing = b.Footing.String()
	}
	return c
}

// chip names what ref points at; what cannot be found keeps its label only.
func chip(s *incident.State, ref incident.Ref) Chip {
	if t, ok := s.Find(ref.ID); ok {
		return chipOf(t)
	}
	return Chip{ID: ref.ID, Label: ref.Label, Kind: string(ref.Kind)}
}

// chipOrNone is the chip of a reference that may be to nothing.
func chipOrNone(s *incident.State, ref incident.Ref) *Chip {
	if ref.ID == "" {
		return nil
	}
	c := chip(s, ref)
	return &c
}

func chips(s *incident.State, refs []incident.Ref) []Chip {
	out := make([]Chip, 0, len(refs))
	for _, r := range refs {
		out = append(out, chip(s, r))
	}
	return out
}

func doubtful(t incident.Thing) bool {
	if c, ok := t.(*incident.Claim); ok && (c.State == incident.ClaimDisputed || c.State == incident.Refuted) {
		return true
	}
	b := t.Rests()
	return b != nil && b.Shaky()
}

// restsOn lists what the sets of a basis name, each once.
func restsOn(s *incident.State, b incident.Basis) []Chip {
	out := []Chip{}
	seen := map[string]bool{}
	for _, set := range b.Sets {
		for _, ref := range set.On {
			if !seen[ref.ID] {
				seen[ref.ID] = true
				out = append(out, chip(s, ref))
			}
		}
	}
	return out
}

// dependents says for each id what names it in a basis set: decisions first,
// what has ended last.
type dependents map[string][]incident.Thing

func dependentsOf(s *incident.State) dependents {
	d := dependents{}
	each(s, func(t incident.Thing) {
		b := t.Rests()
		if b == nil {
			return
		}
		seen := map[string]bool{}
		for _, set := range b.Sets {
			for _, ref := range set.On {
				if !seen[ref.ID] {
					seen[ref.ID] = true
					d[ref.ID] = append(d[ref.ID], t)
				}
			}
		}
	})
	for _, things := range d {
		slices.SortStableFunc(things, func(a, b incident.Thing) int {
			return endedRank(a) - endedRank(b)
		})
	}
	return d
}

// chips are those that rest on a thing directly, so many at most.
func (d dependents) chips(id string, most int) []Chip {
	out := make([]Chip, 0, min(len(d[id]), most))
	for _, t := range d[id][:min(len(d[id]), most)] {
		out = append(out, chipOf(t))
	}
	return out
}

// each visits the things that can rest on something.
func each(s *incident.State, visit func(incident.Thing)) {
	for _, d := range s.Decisions {
		visit(d)
	}
	for _, a := range s.Actions {
		visit(a)
	}
	for _, u := range s.Updates {
		visit(u)
	}
	for _, c := range s.Claims {
		visit(c)
	}
	for _, t := range s.Threads {
		visit(t)
	}
}

func endedRank(t incident.Thing) int {
	if t.HasEnded() {
		return 1
	}
	return 0
}
