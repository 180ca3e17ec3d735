package app

import (
	"cmp"
	"slices"
	"strings"

	"bearings/internal/incident"
)

// People is what the screen of the people calls, and what concerns the reader
// themselves.
type People struct{ app *App }

// A PeopleView is who is here, and who does what.
type PeopleView struct {
	Head     Head          `json:"head"`
	People   []PersonRow   `json:"people"` // here, those with a role first, then by when they came
	Apps     []PersonRow   `json:"apps"`
	Left     []PersonRow   `json:"left"`
	Here     int           `json:"here"`   // all who are here, whatever the filter
	Free     int           `json:"free"`   // of them
	Skills   []SkillCount  `json:"skills"` // of who is here, the commonest first
	Roles    []DutyRow     `json:"roles"`
	TwoLeads string        `json:"twoLeads"` // says so where there are several leads
	Handover *HandoverView `json:"handover,omitempty"`
	Help     []HelpRow     `json:"help"`   // where the reader can help
	Hands    []HandsRow    `json:"hands"`  // the claims that the work of most rests on
	AtWork   int           `json:"atWork"` // people who have work at all
}

// A PersonRow is somebody in the incident.
type PersonRow struct {
	Chip    Chip     `json:"chip"` // Word is "reading_in", "active" or "left"
	Me      bool     `json:"me"`
	Why     string   `json:"why"`
	AskedBy string   `json:"askedBy"`
	Offer   string   `json:"offer"`
	Team    string   `json:"team"`
	Skills  []string `json:"skills"`
	Roles   []string `json:"roles"`
	Since   int64    `json:"since"` // when they came
	Until   int64    `json:"until"` // when their reading in ends; 0 where they do not read in
	Left    int64    `json:"left"`
	Word    int64    `json:"word"`  // their last word
	Doing   string   `json:"doing"` // what they last said that they do, else what they have in hand first
	Owns    []Chip   `json:"owns"`  // what they have in hand, at most ownsMost
	More    int      `json:"more"`  // owned things that are not listed
	Free    bool     `json:"free"`  // here, done reading in, and with nothing in hand and no role
}

// A SkillCount is a skill, and how many here have it.
type SkillCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	On    bool   `json:"on"` // who has it is shown, and nobody else
}

// A DutyRow is a role, who holds it, and what is expected of them.
type DutyRow struct {
	Role   string   `json:"role"`
	People []string `json:"people"`
	Duties string   `json:"duties"`
}

// A HandoverView is an open handover, for everybody; or, for a while, one that
// came to nothing.
type HandoverView struct {
	From     string `json:"from"`
	To       string `json:"to"`
	At       int64  `json:"at"`
	Readback string `json:"readback"`
	Next     string `json:"next"` // what is next, and whose turn it is; empty where it is over
	Over     string `json:"over"` // how it ended; empty while it is open
	OverWhy  string `json:"overWhy"`
	OverAt   int64  `json:"overAt"`
}

// A HelpRow is one way in which the reader can help.
type HelpRow struct {
	Reason string `json:"reason"`
	Say    string `json:"say"`
	About  []Chip `json:"about"`
}

// A HandsRow is a claim, and who leans on it with their work.
type HandsRow struct {
	Claim  Chip     `json:"claim"`
	People []string `json:"people"`
}

const (
	ownsMost   = 6  // chips on a row
	skillsMost = 24 // skills to filter by
	handsMost  = 4
)

// All returns who is here, as it stands or stood: those with a skill only, where
// one is named.
func (p *People) All(id, skill string, asOf int64) (*PeopleView, error) {
	return call(p.app, "People.All", func() (*PeopleView, error) {
		s, err := p.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		me, err := p.app.me()
		if err != nil {
			return nil, err
		}
		return peopleOf(p.app.head(s, asOf), s, me, skill), nil
	})
}

// Seen takes note that the reader looked at an incident or acted in it, and
// says whether they come back to it after a break.
func (p *People) Seen(id string) (bool, error) {
	return call(p.app, "People.Seen", func() (bool, error) {
		back := false
		err := p.app.attend(id, func(s seen) seen {
			s, back = s.look(p.app.now())
			return s
		})
		return back, err
	})
}

// PutOff keeps a line away, by its key.
func (p *People) PutOff(id, key string) error {
	_, err := call(p.app, "People.PutOff", func() (struct{}, error) {
		if len(key) > maxWhere {
			return struct{}{}, &Error{Code: codeInvalid, Message: "That is too much to keep.", Hint: ""}
		}
		return struct{}{}, p.app.attend(id, func(s seen) seen { return s.putOff(key, p.app.now()) })
	})
	return err
}

// attend changes what is known of the reader's attention.
func (a *App) attend(id string, change func(seen) seen) error {
	me, err := a.me()
	if err != nil {
		return err
	}
	a.looking.Lock()
	defer a.looking.Unlock()
	s, err := a.seen(id, me)
	if err != nil {
		return err
	}
	return a.keepSeen(id, me, change(s))
}

func peopleOf(head Head, s *incident.State, me, skill string) *PeopleView {
	v := &PeopleView{
		Head: head, People: []PersonRow{}, Apps: []PersonRow{}, Left: []PersonRow{}, Skills: skillsOf(s, skill),
		Roles: dutyRows(s), TwoLeads: twoLeadsText(s), Handover: handoverOf(s), Help: helpRows(s, me), Hands: []HandsRow{},
	}
	owned := ownedBy(s)
	for i := range s.Responders {
		r := &s.Responders[i]
		row := personRow(s, r, owned[r.Name])
		row.Me = r.Name == me
		switch {
		case r.App:
			v.Apps = append(v.Apps, row)
			continue
		case r.State == "left":
			v.Left = append(v.Left, row)
			continue
		}
		v.Here++
		if row.Free {
			v.Free++
		}
		if skill == "" || hasSkill(r, skill) {
			v.People = append(v.People, row)
		}
	}
	slices.SortStableFunc(v.People, func(a, b PersonRow) int { return cmp.Compare(rank(a), rank(b)) })
	for _, h := range s.Hands() {
		v.AtWork = h.Of
		if len(v.Hands) < handsMost {
			v.Hands = append(v.Hands, HandsRow{Claim: chipOf(h.Claim), People: h.People})
		}
	}
	return v
}

// rank puts the lead first, then the other roles in the order in which they
// are listed, then everybody else; observers last.
func rank(p PersonRow) int {
	order := []string{"lead", "deputy", "comms", "scribe"}
	best := len(order) + 1
	for _, role := range p.Roles {
		switch i := slices.Index(order, role); {
		case i >= 0:
			best = min(best, i)
		case role == "observer":
			best = max(best, len(order)+2)
		default:
			best = min(best, len(order))
		}
	}
	return best
}

func personRow(s *incident.State, r *incident.Responder, owned []incident.Thing) PersonRow {
	row := PersonRow{
		Chip: Chip{ID: r.ID, Kind: string(incident.KindResponder), Name: r.Name, Word: r.State},
		Why:  r.Why, AskedBy: r.AskedBy, Offer: r.Offer, Team: r.Team, Skills: append([]string{}, r.Skills...),
		Roles: append([]string{}, r.Roles...), Since: ms(r.Joined), Left: ms(r.Left), Word: ms(r.LastWord), Owns: []Chip{},
		Free: r.State == "active" && len(owned) == 0 && len(r.Roles) == 0 && !r.App, Doing: doing(s, r.Name, owned),
	}
	if r.State == "reading_in" {
		row.Until = ms(r.ReadingUntil)
	}
	for _, t := range owned[:min(len(owned), ownsMost)] {
		row.Owns = append(row.Owns, chipOf(t))
	}
	row.More = len(owned) - len(row.Owns)
	return row
}

// ownedBy is what everybody has in hand: what is under way first.
func ownedBy(s *incident.State) map[string][]incident.Thing {
	owned := map[string][]incident.Thing{}
	own := func(owner string, t incident.Thing) {
		if owner != "" && !t.HasEnded() {
			owned[owner] = append(owned[owner], t)
		}
	}
	for _, a := range s.Actions {
		if a.UnderWay() {
			own(a.Owner, a)
		}
	}
	for _, t := range s.Threads {
		own(t.Owner, t)
	}
	for _, a := range s.Actions {
		if !a.UnderWay() {
			own(a.Owner, a)
		}
	}
	return owned
}

// doing is what somebody last said that they do, in a thread that goes on; who
// said nothing does what they have in hand first.
func doing(s *incident.State, name string, owned []incident.Thing) string {
	var last *incident.Word
	for _, t := range s.Threads {
		if t.HasEnded() {
			continue
		}
		for i := range t.Story {
			if w := &t.Story[i]; w.By == name && w.Doing != "" && (last == nil || w.At.After(last.At)) {
				last = w
			}
		}
	}
	switch {
	case last != nil:
		return short(last.Doing, 200)
	case len(owned) > 0:
		return short(owned[0].Name(), 200)
	default:
		return ""
	}
}

func hasSkill(r *incident.Responder, skill string) bool {
	return slices.ContainsFunc(r.Skills, func(s string) bool { return strings.EqualFold(s, skill) })
}

func skillsOf(s *incident.State, on string) []SkillCount {
	out := []SkillCount{}
	for i := range s.Responders {
		r := &s.Responders[i]
		if r.App || r.State == "left" {
			continue
		}
		for _, name := range r.Skills {
			n := slices.IndexFunc(out, func(c SkillCount) bool { return strings.EqualFold(c.Name, name) })
			if n < 0 {
				out = append(out, SkillCount{Name: name, On: strings.EqualFold(name, on)})
				n = len(out) - 1
			}
			out[n].Count++
		}
	}
	slices.SortStableFunc(out, func(a, b SkillCount) int { return cmp.Compare(b.Count, a.Count) })
	return out[:min(len(out), skillsMost)]
}

// dutyRows are the roles that every incident may need, held or not, then those
// that somebody holds.
func dutyRows(s *incident.State) []DutyRow {
	rows := []DutyRow{}
	add := func(role string) *DutyRow {
		i := slices.IndexFunc(rows, func(r DutyRow) bool { return r.Role == role })
		if i < 0 {
			rows = append(rows, DutyRow{Role: role, People: []string{}, Duties: incident.Duties(role)})
			i = len(rows) - 1
		}
		return &rows[i]
	}
	for _, role := range []string{"lead", "deputy", "comms", "scribe"} {
		add(role)
	}
	for _, r := range s.Roles {
		row := add(r.Role)
		row.People = append(row.People, r.Person)
	}
	return rows
}

func handoverOf(s *incident.State) *HandoverView {
	h, over := s.Handover, s.HandedOff
	switch {
	case s.Ended:
		return nil
	case h != nil:
		return &HandoverView{From: h.From, To: h.To, At: ms(h.At), Readback: h.Readback, Next: handoverNext(h)}
	case over != nil && s.Now.Sub(over.End.At) < freshFor:
		return &HandoverView{From: over.From, To: over.To, At: ms(over.At), Over: handedOffWords(over), OverWhy: over.End.Why, OverAt: ms(over.End.At)}
	default:
		return nil
	}
}

// handoverNext says what is next in a handover, and whose turn it is.
func handoverNext(h *incident.Handover) string {
	switch {
	case h.From == "":
		return "Nobody leads: " + h.To + " can take the lead."
	case h.Readback != "":
		return h.From + " accepts it if it is right, and leads until then."
	default:
		return h.To + " reads the handover brief, and writes back what they understand."
	}
}

func helpRows(s *incident.State, me string) []HelpRow {
	out := []HelpRow{}
	for _, h := range s.HelpFor(me) {
		out = append(out, HelpRow{Reason: h.Reason, Say: h.Say, About: chips(s, h.About)})
	}
	return out
}
