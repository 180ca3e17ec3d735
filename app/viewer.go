package app

import (
	"net/url"
	"slices"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Viewer is what the screen calls that shows one evidence.
type Viewer struct{ app *App }

// An EvidenceView is one evidence: what can be seen of it, and all that is
// known of how it came here.
type EvidenceView struct {
	Head  Head   `json:"head"`
	Chip  Chip   `json:"chip"`
	Shows string `json:"shows"` // "picture", "text", "link", or "nothing": see Refusal

	Refusal string    `json:"refusal"` // why it is not shown, a sentence
	Picture string    `json:"picture"` // address of its rendering, for "picture"
	Width   int       `json:"width"`   // of the picture, in pixels
	Height  int       `json:"height"`
	Frames  int       `json:"frames"` // of an animation, of which the first is shown
	Link    *LinkView `json:"link,omitempty"`

	Format   string   `json:"format"`   // by its content; empty for what was typed
	Size     string   `json:"size"`     // of its file, in words; empty where it has none
	SHA256   string   `json:"sha256"`   // of its file, in hex
	File     string   `json:"file"`     // the name that it came with
	Here     bool     `json:"here"`     // whether its file is on this machine
	Metadata []string `json:"metadata"` // what the original carries besides what is seen
	By       string   `json:"by"`
	Typed    string   `json:"typed"` // who typed it, if not the one whose it is
	At       int64    `json:"at"`
	Recorded int64    `json:"recorded"`
	How      string   `json:"how"`    // by what way it came in, in words
	Device   string   `json:"device"` // on which it was recorded
	Facts    []Fact   `json:"facts"`  // what is known of its file

	Title     string `json:"title"` // as it was given; the name falls back on others
	Sort      string `json:"sort"`
	Grade     string `json:"grade"`
	Origin    string `json:"origin"`
	SaidBy    string `json:"saidBy"`
	Observed  int64  `json:"observed"`
	TakenFrom string `json:"takenFrom"` // where the time of Observed came from, in words
	Expired   bool   `json:"expired"`
	Talk      bool   `json:"talk"`

	Thread   *Chip     `json:"thread,omitempty"`
	Links    []LinkRow `json:"links"`
	CopyOf   *Chip     `json:"copyOf,omitempty"`
	Part     string    `json:"part"` // what was done to the copy: marked, cropped, redacted, stripped
	Copies   []CopyRow `json:"copies"`
	Kin      []Chip    `json:"kin"`   // its original, and the copies of that, which show something still
	Inbox    bool      `json:"inbox"` // nobody said yet where it belongs
	Filed    bool      `json:"filed"` // looked at, belongs nowhere
	Struck   bool      `json:"struck"`
	StruckBy string    `json:"struckBy"`
	Why      string    `json:"why"` // why it was struck

	Redacted   bool   `json:"redacted"`
	RedactedAt int64  `json:"redactedAt"`
	RedactedBy string `json:"redactedBy"`
	RedactWhy  string `json:"redactWhy"`
	Erased     string `json:"erased"`            // what stays of what was redacted, and on which machines it is gone
	InPlace    *Chip  `json:"inPlace,omitempty"` // the copy to look at instead

	Previous *Chip `json:"previous,omitempty"`
	Next     *Chip `json:"next,omitempty"`
	Beside   *Chip `json:"beside,omitempty"` // the nearest one to compare it with
	Place    int   `json:"place"`            // among those that Previous and Next walk, from 1
	Of       int   `json:"of"`
}

// A LinkRow is what an evidence tells about a claim.
type LinkRow struct {
	Chip     Chip   `json:"chip"`
	Relation string `json:"relation"` // "supports", "contradicts" or "neutral"
	By       string `json:"by"`
	At       int64  `json:"at"`
	Why      string `json:"why"`
	Echo     bool   `json:"echo"` // counts no more: another of the same origin does
}

// A CopyRow is a copy of an evidence.
type CopyRow struct {
	Chip Chip   `json:"chip"`
	Part string `json:"part"`
}

// Look returns an evidence, by its id or label. Previous and Next are those of
// the claim within, or of the incident where within is empty.
func (v *Viewer) Look(id, ref, within string, asOf int64) (*EvidenceView, error) {
	return call(v.app, "Viewer.Look", func() (*EvidenceView, error) {
		s, e, err := v.app.evidence(id, ref, asOf)
		if err != nil {
			return nil, err
		}
		view := &EvidenceView{Head: v.app.head(s, asOf), Chip: chipOf(e)}
		view.custody(s, e)
		view.links(s, e)
		view.copies(s, e)
		view.kin(s, e)
		view.neighbours(s, e, within)
		if err := v.app.look(view, id, e); err != nil {
			return nil, err
		}
		if view.Erased, err = v.app.erased(id, e); err != nil {
			return nil, err
		}
		if err := v.app.arrival(view, id, e); err != nil {
			return nil, err
		}
		view.Facts = view.fileFacts()
		return view, nil
	})
}

// evidence finds an evidence by its id or label.
func (a *App) evidence(id, ref string, asOf int64) (*incident.State, *incident.Evidence, error) {
	s, err := a.state(id, asOf)
	if err != nil {
		return nil, nil, err
	}
	t, _ := s.Find(ref)
	e, ok := t.(*incident.Evidence)
	if !ok {
		return nil, nil, notFound(ref)
	}
	return s, e, nil
}

func (v *EvidenceView) custody(s *incident.State, e *incident.Evidence) {
	v.Format, v.SHA256, v.File = e.Format, e.SHA256, e.File
	if e.SHA256 != "" {
		v.Size = exactSize(e.Bytes)
	}
	v.Metadata = append([]string{}, e.Metadata...)
	v.By, v.At, v.How = e.Person, ms(e.At), wayWords[e.How]
	if e.By != e.Person {
		v.Typed = e.By
	}
	v.Title, v.Sort, v.Grade, v.Origin, v.SaidBy = e.Title, e.Sort, e.Grade, e.Origin, e.SaidBy
	v.Observed, v.TakenFrom, v.Expired, v.Talk = ms(e.Observed), timeWords[e.TakenFrom], e.Expired, e.Talk
	v.Struck, v.StruckBy, v.Why = e.Struck, e.StruckBy, e.Why
	v.Redacted, v.RedactedAt, v.RedactedBy, v.RedactWhy = e.Redacted, ms(e.RedactedAt), e.RedactedBy, e.RedactWhy
	v.InPlace = chipAt(s, e.InPlace.ID)
	v.Inbox = slices.ContainsFunc(s.Inbox, func(other *incident.Evidence) bool { return other.ID == e.ID })
	v.Filed = e.Filed
	v.Thread = chipAt(s, e.Thread)
}

// arrival says when it was recorded, and on which device.
func (a *App) arrival(v *EvidenceView, id string, e *incident.Evidence) error {
	var run record.Run
	err := a.read(id, func(inc *incident.Incident) error {
		if r, ok := inc.Record(e.ID); ok {
			v.Recorded, run = ms(r.Recorded), r.Stamp.Run
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.Device, err = a.ws.DeviceOfRun(run)
	return err
}

// chipAt is the chip of an id; nil for none.
func chipAt(s *incident.State, id string) *Chip {
	t, ok := s.Find(id)
	if id == "" || !ok {
		return nil
	}
	c := chipOf(t)
	return &c
}

func (v *EvidenceView) links(s *incident.State, e *incident.Evidence) {
	v.Links = []LinkRow{}
	for _, c := range s.Claims {
		for _, side := range []struct {
			relation string
			links    []incident.Link
		}{{"supports", c.Supports}, {"contradicts", c.Contradicts}, {"neutral", c.Neutral}} {
			for _, l := range side.links {
				if l.Evidence.ID == e.ID {
					v.Links = append(v.Links, LinkRow{
						Chip: chipOf(c), Relation: side.relation, By: l.By, At: ms(l.At), Why: l.Why, Echo: l.Echo,
					})
				}
			}
		}
	}
}

func (v *EvidenceView) copies(s *incident.State, e *incident.Evidence) {
	v.CopyOf, v.Part, v.Copies = chipAt(s, e.CopyOf.ID), e.Part, []CopyRow{}
	for _, ref := range e.Copies {
		if other, ok := s.Find(ref.ID); ok {
			v.Copies = append(v.Copies, CopyRow{Chip: chipOf(other), Part: other.(*incident.Evidence).Part})
		}
	}
}

// kin are the others of which it is a copy, or that are copies of the same:
// what one of them shows, the others may show too.
func (v *EvidenceView) kin(s *incident.State, e *incident.Evidence) {
	v.Kin = []Chip{}
	first, seen := e, map[string]bool{e.ID: true}
	for first.CopyOf.ID != "" {
		t, _ := s.Find(first.CopyOf.ID)
		original, ok := t.(*incident.Evidence)
		if !ok || seen[original.ID] {
			break
		}
		first = original
		seen[first.ID] = true
	}
	seen = map[string]bool{}
	for next := []*incident.Evidence{first}; len(next) > 0; next = next[1:] {
		one := next[0]
		if seen[one.ID] {
			continue
		}
		seen[one.ID] = true
		if one.ID != e.ID && !one.Redacted {
			v.Kin = append(v.Kin, chipOf(one))
		}
		for _, ref := range one.Copies {
			if t, _ := s.Find(ref.ID); t != nil {
				if c, ok := t.(*incident.Evidence); ok {
					next = append(next, c)
				}
			}
		}
	}
}

// beside finds the nearest of the same kind to compare it with: a picture
// beside a picture says more than one beside a word.
func (v *EvidenceView) beside(walk []*incident.Evidence, at int) {
	one := walk[at]
	for away := 1; away < len(walk); away++ {
		for _, n := range []int{at + away, at - away} {
			if n < 0 || n >= len(walk) {
				continue
			}
			if other := walk[n]; other.Sort == one.Sort && (other.SHA256 == "") == (one.SHA256 == "") && !other.Redacted {
				c := chipOf(other)
				v.Beside = &c
				return
			}
		}
	}
	if v.Beside = v.Next; v.Beside == nil {
		v.Beside = v.Previous
	}
}

// neighbours finds what comes before and after an evidence: among those of a
// claim in the order in which it shows them, else among all of the incident
// from the first on.
func (v *EvidenceView) neighbours(s *incident.State, e *incident.Evidence, within string) {
	walk := s.Evidence
	if t, ok := s.Find(within); ok {
		if c, ok := t.(*incident.Claim); ok && len(evidenceOf(c)) > 0 {
			walk = evidenceOf(c)
		}
	}
	is := func(other *incident.Evidence) bool { return other.ID == e.ID }
	if !slices.ContainsFunc(walk, is) {
		walk = s.Evidence
	}
	at := slices.IndexFunc(walk, is)
	if at < 0 {
		return
	}
	v.Place, v.Of = at+1, len(walk)
	if at > 0 {
		c := chipOf(walk[at-1])
		v.Previous = &c
	}
	if at+1 < len(walk) {
		c := chipOf(walk[at+1])
		v.Next = &c
	}
	v.beside(walk, at)
}

func evidenceOf(c *incident.Claim) []*incident.Evidence {
	var out []*incident.Evidence
	for _, links := range [][]incident.Link{c.Supports, c.Contradicts, c.Neutral} {
		for _, l := range links {
			out = append(out, l.Evidence)
		}
	}
	return out
}

// pictureAt is where the page finds the rendering of an evidence. Its hash is
// part of the address, so that what was kept of another is not shown.
func pictureAt(id string, e *incident.Evidence) string {
	return "/evidence/" + url.PathEscape(id) + "/" + url.PathEscape(e.ID) + "/picture?" + strings.ToLower(e.SHA256)
}
