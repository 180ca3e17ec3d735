package incident

import "time"

// A Responder is a person, or an app, who was ever seen in the incident.
type Responder struct {
	Ref                 // ID is the name
	Record       string // id of the record by which they joined, or were first seen
	Name         string
	Why          string
	AskedBy      string
	Offer        string
	Skills       []string
	Team         string
	App          bool
	Joined       time.Time // first seen
	ReadingUntil time.Time // zero where not reading in
	Left         time.Time // zero while here
	LastWord     time.Time
	Roles        []string
	State        string // "reading_in", "active" or "left"
	Recorded     int    // how many records they wrote, for others too
}

// people is everyone ever seen. Somebody unseen before becomes a responder
// with the first record that names them as its maker.
type people struct {
	list   []*person
	byName map[string]*person
	events []presence // joins and leaves, in record order
}

type person struct {
	Responder
	left  bool
	ready string    // the record by which they are ready
	read  time.Time // until when they had meant to read
}

// A presence is a person coming or going.
type presence struct {
	*entry
	person *person
	came   bool
}

func newPeople() people { return people{byName: map[string]*person{}} }

// see takes note of who made a record. Somebody unseen before is here from
// then on, but for one who is first heard of by leaving.
func (p *people) see(e *entry) {
	_, leaving := e.body.(*personLeave)
	for _, name := range []string{e.By, e.Person} {
		if leaving && name == e.Person {
			p.know(name, e).LastWord = e.At
			continue
		}
		p.get(name, e).LastWord = e.At
	}
	p.know(e.By, e).Recorded++
}

// get returns somebody, who is here from this record on if unseen before.
func (p *people) get(name string, e *entry) *person {
	if who, ok := p.byName[name]; ok {
		return who
	}
	who := p.know(name, e)
	p.events = append(p.events, presence{e, who, true})
	return who
}

func (p *people) know(name string, e *entry) *person {
	if who, ok := p.byName[name]; ok {
		return who
	}
	who := &person{Responder: Responder{
		Ref:    Ref{ID: name, Kind: KindResponder},
		Name:   name,
		Record: e.ID,
		Joined: e.At,
	}}
	p.byName[name] = who
	p.list = append(p.list, who)
	return who
}

// personJoin brings somebody in, or says more of somebody who is here.
type personJoin struct {
	Why        string   `field:"why"`
	AskedBy    string   `field:"asked_by"`
	Offer      string   `field:"offer"`
	Skills     []string `field:"skills"`
	Team       string   `field:"team"`
	ReadingMin float64  `field:"reading_min"`
	App        bool     `field:"app"`
	unruled
}

func (b *personJoin) valid() *Error {
	if b.ReadingMin < 0 || b.ReadingMin > 24*60 {
		return invalid("reading_min must be between 0 and 1440")
	}
	return nil
}

func (b *personJoin) apply(f *fold, e *entry, _ bool) {
	who := f.people.get(e.Person, e)
	who.Record = e.ID
	who.Why, who.AskedBy = firstOf(b.Why, who.Why), firstOf(b.AskedBy, who.AskedBy)
	who.Offer, who.Team = firstOf(b.Offer, who.Offer), firstOf(b.Team, who.Team)
	if len(b.Skills) > 0 {
		who.Skills = b.Skills
	}
	who.App = who.App || b.App // what is an app stays one
	who.ready, who.ReadingUntil = "", time.Time{}
	if b.ReadingMin > 0 {
		who.ReadingUntil = e.At.Add(time.Duration(b.ReadingMin * float64(time.Minute)))
	}
	if who.left {
		who.left, who.Left, who.Joined = false, time.Time{}, e.At
		f.people.events = append(f.people.events, presence{e, who, true})
	}
}

func (b *personJoin) line(n *names, e *entry) (Ref, string) {
	return personRef(e.Person), because(e.Person+" joined", b.Why)
}

// personReady ends somebody's reading in.
type personReady struct{ unruled }

func (b *personReady) apply(f *fold, e *entry, _ bool) {
	who := f.people.get(e.Person, e)
	who.ready, who.read = e.ID, who.ReadingUntil
	who.ReadingUntil = time.Time{}
}

func (b *personReady) retract(f *fold, e *entry, _ int) {
	if who := f.people.know(e.Person, e); who.ready == e.ID {
		who.ready, who.ReadingUntil = "", who.read
	}
}

func (b *personReady) line(n *names, e *entry) (Ref, string) {
	return personRef(e.Person), n.turned(e, e.Person+" has read in")
}

// personLeave says that somebody left. Their roles end, but not the lead:
// that changes by a person's word only.
type personLeave struct{ unruled }

func (b *personLeave) apply(f *fold, e *entry, _ bool) {
	who := f.people.know(e.Person, e)
	if who.left {
		return
	}
	who.left, who.Left, who.ready, who.ReadingUntil = true, e.At, "", time.Time{}
	f.people.events = append(f.people.events, presence{e, who, false})
	f.roles.releaseAllBut(roleLead, e.Person)
}

func (b *personLeave) line(n *names, e *entry) (Ref, string) {
	return personRef(e.Person), e.Person + " left"
}

func personRef(name string) Ref { return Ref{ID: name, Kind: KindResponder} }

// responders shows everyone as they are at the moment now.
func (f *fold) responders(now time.Time, roles []Role) []Responder {
	held := map[string][]string{}
	for _, r := range roles {
		held[r.Person] = append(held[r.Person], r.Role)
	}
	out := make([]Responder, 0, len(f.people.list))
	for _, p := range f.people.list {
		r := p.Responder
		r.Roles = held[r.Name]
		switch {
		case p.left:
			r.State = "left"
		case now.Before(r.ReadingUntil):
			r.State = "reading_in"
		default:
			r.State = "active"
		}
		out = append(out, r)
	}
	return out
}
