package incident_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// The model is the domain a second time: small, slow, and written from the
// rules alone, each above the code that it became. It looks at the records
// again for every question and keeps nothing between two moments. Where it and
// the package differ, one of them reads the rules wrongly.

// A model is the records of an incident in record order, and what they meant
// after each of them.
type model struct {
	recs  []rec
	now   time.Time
	views map[int]*view
}

// A rec is a record at its place in record order.
type rec struct {
	*record.Record
	n int
}

// newModel sorts the records. Of two with one id, the one that stands first
// counts.
func newModel(records []*record.Record, now time.Time) *model {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b *record.Record) int { return a.Stamp.Compare(b.Stamp) })
	m := &model{now: now, views: map[int]*view{}}
	seen := map[string]bool{}
	for _, r := range sorted {
		if !seen[r.ID] {
			seen[r.ID] = true
			m.recs = append(m.recs, rec{r, len(m.recs)})
		}
	}
	return m
}

func (r rec) get(key string, into any) bool {
	raw, ok := r.Field(key)
	return ok && json.Unmarshal(raw, into) == nil
}

func (r rec) str(key string) (s string) { r.get(key, &s); return s }

func (r rec) yes(key string) (b bool) { r.get(key, &b); return b }

func (r rec) minutes(key string) time.Duration {
	var n float64
	r.get(key, &n)
	return time.Duration(n * float64(time.Minute))
}

func (r rec) list(key string) (l []string) { r.get(key, &l); return l }

func (r rec) time(key string) time.Time {
	t, err := time.Parse(time.RFC3339, r.str(key))
	if err != nil {
		return time.Time{}
	}
	return t
}

// An item is a thing of the incident, of any kind.
type item struct {
	rec
	kind    string
	state   string
	owner   string
	sets    [][]string // its basis sets
	changes []rec      // every record that changed it
	words   []rec      // thread: its opening, notes and answers
	due     time.Time  // thread: set once
	rhythm  time.Duration
	dueSet  rec
	started time.Time // action: first in progress
	why     string    // decision
	struck  bool
	strikes []rec
	gone    bool // evidence: redacted
}

type taking struct{ id, role, person string }

type person struct {
	joined  rec
	no      int // of the join, in order
	present bool
	app     bool
}

// A view is what the first n records say.
type view struct {
	m        *model
	n        int
	now      time.Time
	items    map[string]*item
	order    []*item // by making
	takings  []taking
	everLed  bool
	handover string   // to whom the open handover goes
	opener   string   // who opened it
	outgoing []string // who else led when it was opened
	people   map[string]*person
	outside  []string     // who is no member of the team
	lead     map[int]bool // records whose person led when they were made
	shapes   []int        // the records that changed the incident's shape
	joins    int          // so far
	afresh   int          // joins at the last change of shape
	severity string
	status   string
	trend    string
	statuses []rec                          // records that set the status
	opened   []rec                          // handovers opened
	offers   map[string]string              // to whom, by handover that was neither declined nor withdrawn
	led      map[string]string              // who, by taking of the lead
	open     string                         // the open handover
	base     map[string]incident.ClaimState // claim states by the rules 1 to 7
	foot     map[string]incident.Footing
}

// view returns what the first n records say.
func (m *model) view(n int) *view {
	if v := m.views[n]; v != nil {
		return v
	}
	v := m.read(n, nil)
	v = m.read(n, v.outsiders())
	for _, it := range v.of("claim") {
		v.base[it.ID] = v.judge(it)
	}
	m.views[n] = v
	return v
}

func (m *model) read(n int, outside []string) *view {
	v := &view{
		m: m, n: n, now: m.now, items: map[string]*item{}, people: map[string]*person{}, outside: outside, lead: map[int]bool{},
		offers: map[string]string{}, led: map[string]string{},
		status: "investigating", trend: "unknown", base: map[string]incident.ClaimState{},
	}
	for _, r := range m.recs[:n] {
		v.take(r)
	}
	return v
}

func (m *model) final() *view { return m.view(len(m.recs)) }

func (v *view) of(kind string) (found []*item) {
	for _, it := range v.order {
		if it.kind == kind {
			found = append(found, it)
		}
	}
	return found
}

// find returns a thing that a record names, nil where it is not there or not
// of that kind.
func (v *view) find(r rec, kind string) *item {
	if it := v.items[r.str(kind)]; it != nil && it.kind == kind {
		return it
	}
	return nil
}

func (v *view) leads() []string {
	var names []string
	for _, t := range v.takings {
		if t.role == "lead" && !slices.Contains(names, t.person) {
			names = append(names, t.person)
		}
	}
	slices.Sort(names)
	return names
}

func (v *view) holds(who, role string) bool {
	return slices.ContainsFunc(v.takings, func(t taking) bool { return t.person == who && t.role == role })
}

func (v *view) take(r rec) {
	v.lead[r.n] = slices.Contains(v.leads(), r.Person)
	before := v.leads()

	// A person unseen before becomes a responder: who is first seen by a record
	// has joined then. Nobody arrives by leaving.
	if r.Do == "person.leave" && v.people[r.Person] == nil {
		v.people[r.Person] = &person{}
	}
	v.see(r, r.By)
	v.see(r, r.Person)
	if r.Do == "person.join" {
		p := v.people[r.Person]
		if !p.present {
			v.join(r, r.Person)
		}
		p.app = p.app || r.yes("app")
	}
	v.apply(r)
	for _, name := range v.leads() {
		v.see(r, name) // to whom the lead is handed is here, too
	}

	// Lead changed or released is a change of shape; the first lead is none. The
	// outgoing lead accepts: a handover is over once nobody else who led when it
	// was opened leads any more. Where nobody led then, whoever leads next is the
	// one to accept.
	after := v.leads()
	if !slices.Equal(before, after) {
		if v.everLed {
			v.shape(r)
		}
		v.everLed = true
		if len(v.outgoing) == 0 {
			v.outgoing = slices.DeleteFunc(slices.Clone(after), func(name string) bool { return name == v.handover })
		}
		if !slices.ContainsFunc(v.outgoing, func(name string) bool { return slices.Contains(after, name) }) {
			v.handover = ""
		}
	}
}

func (v *view) see(r rec, name string) {
	if v.people[name] == nil {
		v.people[name] = &person{}
		v.join(r, name)
	}
}

func (v *view) join(r rec, name string) {
	v.joins++
	p := v.people[name]
	p.present, p.joined, p.no = true, r, v.joins
	v.grow(r, name)
}

func (v *view) shape(r rec) {
	v.shapes = append(v.shapes, r.n)
	v.afresh = v.joins
}

// Apps, and who is an observer now, are not counted.
func (v *view) outsiders() (names []string) {
	for name, p := range v.people {
		if p.app || v.holds(name, "observer") {
			names = append(names, name)
		}
	}
	return names
}

// here lists the people present who count.
func (v *view) here() (names []string) {
	for name, p := range v.people {
		if p.present && !slices.Contains(v.outside, name) {
			names = append(names, name)
		}
	}
	return names
}

// The team grew: from 4 people or more, doubled or 3 more within 15 minutes,
// these included, by recorded time; the window starts afresh after each change
// of shape.
func (v *view) grow(r rec, name string) {
	here := v.here()
	if !slices.Contains(here, name) {
		return
	}
	newcomers := 0
	for _, name := range here {
		p := v.people[name]
		if ago := r.Recorded.Sub(p.joined.Recorded); p.no > v.afresh && ago >= 0 && ago <= 15*time.Minute {
			newcomers++
		}
	}
	before := len(here) - newcomers
	if len(here) >= 4 && (newcomers >= 3 || before > 0 && len(here) >= 2*before) {
		v.shape(r)
	}
}

func (v *view) add(r rec, kind, state string) *item {
	it := &item{rec: r, kind: kind, state: state, owner: r.str("owner"), why: r.str("why")}
	it.rest(r.list("rests_on"))
	v.items[r.ID] = it
	v.order = append(v.order, it)
	return it
}

// An empty set is no set.
func (it *item) rest(on []string) {
	slices.Sort(on)
	if on = slices.Compact(on); len(on) > 0 {
		it.sets = append(it.sets, on)
	}
}

func (it *item) setDue(r rec) {
	if _, ok := r.Field("due"); !ok {
		return
	}
	it.due, it.dueSet = r.time("due"), r
	it.rhythm, _ = time.ParseDuration(r.str("due"))
}

// A set dropped is that set less, in any order of its members; the same set
// given twice is one set.
//
// apply takes in what a record says. What it says of a claim is worked out
// from the records themselves, in judge and links.
func (v *view) apply(r rec) {
	switch r.Do {
	case "incident.declare", "incident.change":
		v.change(r)
	case "person.leave":
		// Leaving ends the roles of a person, but not the lead.
		if p := v.people[r.Person]; p.present {
			p.present = false
			v.drop(func(t taking) bool { return t.person == r.Person && t.role != "lead" })
		}
	case "role.take":
		v.taken(r, r.str("role"), r.Person, func(taking) bool { return true })
	case "role.release":
		v.drop(func(t taking) bool { return t.person == r.Person && t.role == r.str("role") })
	case "handover.open":
		v.handover = r.str("to")
		v.outgoing = slices.DeleteFunc(v.leads(), func(name string) bool { return name == v.handover })
		v.opened = append(v.opened, r)
		v.opener, v.open = r.Person, r.ID
		v.offers[r.ID] = v.handover
	case "handover.decline":
		// Who is asked may say no: to whom the lead is offered, or whoever leads
		// where they asked for it themselves.
		asked := r.Person == v.handover
		if v.opener == v.handover {
			asked = v.lead[r.n] && !asked
		}
		if asked && v.handover != "" {
			v.handover = ""
			delete(v.offers, v.open)
		}
	case "handover.withdraw":
		// Who opened it may take it back, and the lead what offers the lead.
		if v.handover != "" && (r.Person == v.opener || v.lead[r.n] && v.opener != v.handover) {
			v.handover = ""
			delete(v.offers, v.open)
		}
	case "handover.accept":
		// The outgoing lead accepts; command moves at that instant. An acceptance
		// by another than the outgoing lead does nothing. One that names the
		// handover and the taking by which it was theirs to accept holds whatever
		// was taken elsewhere meanwhile.
		if to := v.offers[r.str("handover")]; to != "" && slices.ContainsFunc(r.list("over"), func(id string) bool { return v.led[id] == r.Person }) {
			v.taken(r, "lead", to, nil)
		} else if v.lead[r.n] && v.handover != "" {
			v.taken(r, "lead", v.handover, func(t taking) bool { return t.person == r.Person })
		}
	case "thread.open":
		it := v.add(r, "thread", or(r.str("owner") != "", "active", "needs_owner"))
		it.words = []rec{r}
		it.setDue(r)
	case "thread.change":
		if it := v.find(r, "thread"); it != nil {
			it.set(r)
			it.setDue(r)
		}
	case "note.add", "checkin.answer":
		v.add(r, "word", "")
		if it := v.find(r, "thread"); it != nil {
			it.words = append(it.words, r)
		}
	case "action.add":
		v.add(r, "action", or(r.str("owner") != "", "assigned", "proposed")).set(r)
	case "action.change":
		if it := v.find(r, "action"); it != nil {
			it.set(r)
		}
	case "claim.make":
		v.add(r, "claim", "")
	case "claim.change", "claim.verdict", "claim.recheck", "claim.withdraw":
		if v.takesBack(r) {
			v.takeBack(r)
		} else if it := v.find(r, "claim"); it != nil {
			it.changes = append(it.changes, r)
		}
	case "evidence.add":
		v.add(r, "evidence", "")
	case "evidence.change":
		if it := v.find(r, "evidence"); it != nil {
			it.changes = append(it.changes, r)
		}
	case "evidence.strike":
		if v.takesBack(r) {
			v.takeBack(r)
		} else if it := v.find(r, "evidence"); it != nil {
			it.strikes = append(it.strikes, r)
		}
		for _, it := range v.of("evidence") {
			it.struck = len(it.strikes) > 0
		}
	case "evidence.redact": // it counts as before
		if it := v.find(r, "evidence"); it != nil {
			it.gone = true
		}
	case "decision.make":
		v.add(r, "decision", "in_force").set(r)
	case "decision.change":
		if it := v.find(r, "decision"); it != nil {
			it.set(r)
			it.why = cmp.Or(r.str("why"), it.why)
		}
	case "update.send":
		// The claims that an update stated are its basis set.
		v.add(r, "update", "sent").rest(r.list("states"))
	case "basis.add":
		if it := v.items[r.str("of")]; it != nil {
			it.rest(r.list("on"))
		}
	case "basis.drop":
		if it := v.items[r.str("of")]; it != nil {
			on := r.list("on")
			slices.Sort(on)
			on = slices.Compact(on)
			it.sets = slices.DeleteFunc(slices.Clone(it.sets), func(set []string) bool { return slices.Equal(set, on) })
		}
	}
}

// undone is the record before it that a record names as what it undoes.
func (v *view) undone(r rec) (rec, bool) {
	for _, o := range v.m.recs[:r.n] {
		if o.ID == r.str("undoes") {
			return o, true
		}
	}
	return rec{}, false
}

// Verdicts, re-checks, withdrawals and strikes are taken back by their own kind
// once more, which names them; what takes back such a one brings back what that
// took back.
func (v *view) takesBack(r rec) bool {
	if r.str("undoes") == "" {
		return false
	}
	of, ok := v.undone(r)
	return !ok || of.Do == r.Do && !v.takesBack(of)
}

// Who said it may take it back, and who may say it.
func (v *view) takeBack(r rec) {
	of, ok := v.undone(r)
	if !ok {
		return
	}
	for _, it := range v.order {
		mine := r.Person == of.Person || v.lead[r.n] || r.Do == "claim.withdraw" && it.Person == r.Person
		if free := r.Do != "claim.withdraw" && !r.yes("ruling"); !mine && !free {
			continue
		}
		is := func(o rec) bool { return o.ID == of.ID }
		it.changes = slices.DeleteFunc(slices.Clone(it.changes), is)
		it.strikes = slices.DeleteFunc(slices.Clone(it.strikes), is)
	}
}

func or(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

func (it *item) set(r rec) {
	it.state = cmp.Or(r.str("state"), it.state)
	it.owner = cmp.Or(r.str("owner"), it.owner)
	if r.str("superseded_by") != "" {
		it.state = "superseded"
	}
	if it.state == "in_progress" && it.started.IsZero() {
		it.started = r.At
	}
}

// Severity raised, or a wider impact, is a change of shape. The first setting
// of a severity is no raise.
func (v *view) change(r rec) {
	if s := r.str("severity"); s != "" {
		if v.severity != "" && s < v.severity {
			v.shape(r)
		}
		v.severity = s
	}
	if r.yes("wider") {
		v.shape(r)
	}
	if s := r.str("status"); s != "" {
		v.status = s
		v.statuses = append(v.statuses, r)
	}
	v.trend = cmp.Or(r.str("trend"), v.trend)
}

// A taking names the takings that it knew of and replaces; one that was not
// known is not replaced. Without that list a lead taken replaces the lead held
// by record order; other roles may be shared.
func (v *view) taken(r rec, role, who string, replaced func(taking) bool) {
	var over []string
	if _, ok := r.Field("over"); ok {
		over = r.list("over")
		v.drop(func(t taking) bool { return t.role == role && slices.Contains(over, t.id) })
	} else if role == "lead" {
		v.drop(func(t taking) bool { return t.role == role && replaced(t) })
	}
	v.takings = append(v.takings, taking{r.ID, role, who})
	if role == "lead" {
		v.led[r.ID] = who
	}
}

func (v *view) drop(which func(taking) bool) {
	v.takings = slices.DeleteFunc(slices.Clone(v.takings), which)
}
