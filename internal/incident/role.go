package incident

import (
	"slices"
	"time"
)

// A Role is a role held by a person, once however often they took it.
type Role struct {
	Takings []string // ids of the takings that stand: who takes the role from them replaces all
	Ref              // the taking
	Role    string   // "lead", "deputy", "scribe", "comms", "expert", "observer", or a name
	Person  string
	Since   time.Time
	Why     string
}

const (
	roleLead     = "lead"
	roleScribe   = "scribe"
	roleComms    = "comms"
	roleDeputy   = "deputy"
	roleExpert   = "expert"
	roleObserver = "observer"
)

// roles is who holds what. There is exactly one lead, but for a split: two
// devices, each unaware of the other's taking, made two leads, and both stand
// until one yields. So a taking names the takings that it knew of, and
// replaces only those.
type roles struct {
	takings   []*taking         // those that stand, in record order
	replaced  map[string]string // by id of a taking: the role in which another took its place
	ledBy     map[string]string // by id of a taking of the lead: who led by it, also those that were replaced
	offered   map[string]string // by id of a handover that nobody declined or withdrew: to whom it offers the lead
	everLed   bool
	handover  *offer
	handedOff *Handover // the last handover that ended without the lead moving by it
	shapes    []shapeEvent
	opened    []handoverTime
}

type taking struct {
	Role
	order int
}

type handoverTime struct {
	order    int
	recorded time.Time
}

func newRoles() roles {
	return roles{replaced: map[string]string{}, ledBy: map[string]string{}, offered: map[string]string{}}
}

func (r *roles) holders(role string) []string {
	var names []string
	for _, t := range r.takings {
		if t.Role.Role == role && !slices.Contains(names, t.Person) {
			names = append(names, t.Person)
		}
	}
	return names
}

func (r *roles) leads(person string) bool { return slices.Contains(r.holders(roleLead), person) }

func (r *roles) holds(role, person string) bool { return slices.Contains(r.holders(role), person) }

func (r *roles) drop(gone func(*taking) bool) {
	r.takings = slices.DeleteFunc(slices.Clone(r.takings), gone)
}

func (r *roles) releaseAllBut(role, person string) {
	r.drop(func(t *taking) bool { return t.Person == person && t.Role.Role != role })
}

// take puts a taking in the place of the takings that over lists.
func (r *roles) take(t *taking, over []string) {
	for _, id := range over {
		r.replaced[id] = t.Role.Role
	}
	if t.Role.Role == roleLead {
		r.ledBy[t.ID] = t.Person
	}
	r.drop(func(old *taking) bool { return r.isReplaced(old) })
	if r.isReplaced(t) {
		return // a taking with a clock behind knew of this one already
	}
	r.takings = append(r.takings, t)
}

// isReplaced reports whether another taking of the same role took its place.
func (r *roles) isReplaced(t *taking) bool {
	role, ok := r.replaced[t.ID]
	return ok && role == t.Role.Role
}

// led runs a change of takings and notes the change of shape if the lead
// changed by it. The first lead is no change.
func (r *roles) led(e *entry, change func()) {
	before := r.holders(roleLead)
	change()
	after := r.holders(roleLead)
	if r.handover != nil && !sameNames(before, after) {
		r.overtake(e, after)
	}
	first := !r.everLed
	if len(after) > 0 {
		r.everLed = true
	}
	if first || sameNames(before, after) {
		return
	}
	what := "lead released"
	if len(after) > 0 {
		what = "lead changed to " + after[len(after)-1]
	}
	r.shapes = append(r.shapes, shapeEvent{e, what})
}

// overtake takes note of a change of the lead while a handover is open. One
// that nobody can accept any more is over; unless the lead went to whom it was
// for, it came to nothing.
func (r *roles) overtake(e *entry, leads []string) {
	left := r.handover.left(leads)
	if left == nil && !slices.Contains(leads, r.handover.To) {
		r.endHandover(e, "overtaken", "")
	}
	r.handover = left
}

func sameNames(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// roleTake gives a person a role.
type roleTake struct {
	Role string    `field:"role,required"`
	Why  string    `field:"why"`
	Over *[]string `field:"over"`
	unruled
}

func (b *roleTake) refs() []reference {
	if b.Over == nil {
		return nil
	}
	return refs(KindRole, *b.Over...)
}

func (b *roleTake) apply(f *fold, e *entry, _ bool) {
	f.people.get(e.Person, e)
	t := &taking{Role{
		Ref:  Ref{ID: e.ID, Kind: KindRole},
		Role: b.Role, Person: e.Person, Since: e.At, Why: b.Why,
	}, e.order}
	r := &f.roles
	r.led(e, func() { r.take(t, b.replaces(r)) })
}

// replaces lists the takings that this one puts an end to: those it names.
// One of the lead that names none at all, as in a file written by hand,
// replaces the lead held.
func (b *roleTake) replaces(r *roles) []string {
	if b.Over != nil {
		return *b.Over
	}
	var ids []string
	if b.Role == roleLead {
		for _, t := range r.takings {
			if t.Role.Role == roleLead {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}

func (b *roleTake) line(n *names, e *entry) (Ref, string) {
	return personRef(e.Person), because(e.Person+" is "+b.Role+" now", b.Why)
}

// roleRelease ends a role of a person.
type roleRelease struct {
	Role string `field:"role,required"`
	unruled
}

func (b *roleRelease) apply(f *fold, e *entry, _ bool) {
	r := &f.roles
	r.led(e, func() {
		r.drop(func(t *taking) bool { return t.Role.Role == b.Role && t.Person == e.Person })
	})
}

func (b *roleRelease) line(n *names, e *entry) (Ref, string) {
	return personRef(e.Person), e.Person + " is no longer " + b.Role
}
