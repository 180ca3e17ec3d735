package incident

import (
	"sync/atomic"
	"time"
)

// A Notice says why a record is kept without effect.
type Notice struct {
	Record string // its id
	Do     string
	Order  int // its place in record order, from 0
	Reason string
}

// A fold is the records of an incident, taken in one after the other in
// record order. It knows nothing of the present moment: what depends on it,
// and what depends on several things at once, is computed by At.
//
// Nodes hold what the records say of one thing so far, as the very struct
// that a State shows, beside the history that the rules need. A record may
// refer to a thing that is made later in record order (two devices, one clock
// ahead): its node waits, and is shown once it is made.
type fold struct {
	id      string
	records int
	unknown int
	last    time.Time
	entries []*entry
	notices []Notice

	situation situation
	people    people
	roles     roles

	threads   nodes[thread]
	notes     nodes[note]
	checkins  nodes[checkin]
	actions   nodes[action]
	claims    nodes[claim]
	evidence  nodes[evidence]
	decisions nodes[decision]
	updates   nodes[update]
	donts     nodes[dont]
	tripwires nodes[tripwire]
	questions nodes[question]
	criteria  nodes[criterion]
	readings  readings

	grounds      []*ground               // everything that can rest on others or be rested on
	groundOf     map[string]*ground      // by id
	waitingBasis map[string][]basisEvent // of things that are not made yet
	onNothing    map[string]string       // by id of a thing: who said that it rests on nothing
	settled      map[string][]settling   // by the thing that was spoken of, in record order

	byID       map[string]*entry   // the incident's own, by id
	numbers    map[string]int      // highest number given, by letter of a label
	labelled   map[string]*entry   // by label
	shared     map[string][]*entry // by label: where two devices gave one label, all of its things
	unlabelled []*entry            // whose thing wants a label and has none

	kept atomic.Pointer[judged]
}

func newFold(id string, byID map[string]*entry) *fold {
	return &fold{
		id:        id,
		situation: newSituation(),
		people:    newPeople(),
		roles:     newRoles(),
		readings:  newReadings(),
		groundOf:  map[string]*ground{},
		onNothing: map[string]string{},
		numbers:   map[string]int{},
		labelled:  map[string]*entry{},
		shared:    map[string][]*entry{},
		byID:      byID,
	}
}

// add takes in the next record in record order.
func (f *fold) add(e *entry) {
	f.kept.Store(nil)
	e.order = f.records
	f.records++
	f.entries = append(f.entries, e)
	if e.Recorded.After(f.last) {
		f.last = e.Recorded
	}
	f.people.see(e)
	f.takeLabel(e)
	if e.body == nil {
		f.keepUnread(e)
		return
	}
	refused := f.check(e)
	if refused != nil {
		f.notice(e, refused.Message)
	}
	if f.retract(e, refused == nil) {
		return
	}
	e.body.apply(f, e, refused == nil)
}

// keepUnread counts a record whose kind or fields the program cannot read.
func (f *fold) keepUnread(e *entry) {
	if e.err != nil {
		f.notice(e, e.err.Message)
		return
	}
	f.unknown++
}

func (f *fold) notice(e *entry, reason string) {
	f.notices = append(f.notices, Notice{Record: e.ID, Do: e.Do, Order: e.order, Reason: reason})
}

// made is what a record says of the thing that it makes.
func made(e *entry, kind Kind) Made {
	return Made{
		Ref:    Ref{ID: e.ID, Label: e.Label, Kind: kind},
		By:     e.By,
		Person: e.Person,
		At:     e.At, Approx: e.Approx, Until: e.Until,
		Recorded: e.Recorded,
	}
}

// Meta returns the ref, maker and times of a thing.
func (m *Made) Meta() *Made { return m }

// nodes are the things of one kind: those made, in record order, and those
// that a record referred to before they were made.
type nodes[T any] struct {
	made []*T
	byID map[string]*T
}

// get returns the node of an id, a waiting one where it is not made yet.
func (n *nodes[T]) get(id string) *T {
	if t, ok := n.byID[id]; ok {
		return t
	}
	if n.byID == nil {
		n.byID = map[string]*T{}
	}
	t := new(T)
	n.byID[id] = t
	return t
}

// make returns the node that a record makes.
func (n *nodes[T]) make(id string) *T {
	t := n.get(id)
	n.made = append(n.made, t)
	return t
}
