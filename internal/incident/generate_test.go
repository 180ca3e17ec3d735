package incident_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
	"time"

	"pgregory.net/rapid"

	"bearings/internal/record"
)

// Random incidents: of several people, apps and observers among them, on
// several devices whose clocks differ, with circles in what rests on what.

var start = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)

// An op is one act of the people in a random incident, as numbers only, so
// that any part of a list of them is an incident too, and a failing one
// shrinks to a few lines.
type op struct {
	Do      string
	Device  int   // on which of the devices, whose clocks differ
	Wait    int   // how long after the act before it, an index into waits
	Late    int   // how long after it happened it was recorded, an index into lates
	Batched bool  // in one batch with the device's record before it
	By, For int   // who; For picks another person's name, if not 0
	N       []int // what it is about: choices by number
}

// person says whose act it is.
func (o op) person() string {
	if o.For > 0 && o.For <= len(names) {
		return names[o.For-1]
	}
	return names[o.By]
}

var (
	names  = []string{"Ana", "Ben", "Cleo", "Dan", "Eve", "Bot"}
	skews  = []time.Duration{0, 7 * time.Minute, -4 * time.Minute}
	waits  = []time.Duration{0, 0, 10 * time.Second, time.Minute, 4 * time.Minute, 16 * time.Minute}
	lates  = []time.Duration{0, 0, 0, time.Minute, 20 * time.Minute, -2 * time.Minute}
	kinds  = []string{"screenshot", "graph", "log", "alert", "test", "query", "message", "statement"}
	grades = []string{"", "", "direct", "second_hand"}
	speaks = []string{"supports", "supports", "contradicts", "neutral"}
	roles  = []string{"lead", "lead", "lead", "observer", "scribe"}
)

// The first act is to do nothing: what a failing incident can do without
// shrinks to it.
var acts = []string{
	"",
	"claim.make", "claim.make", "claim.make", "claim.change", "claim.verdict", "claim.verdict", "claim.verdict", "claim.recheck",
	"claim.withdraw", "take back", "take back", "evidence.add", "evidence.add", "evidence.add", "evidence.change", "evidence.link", "evidence.link", "evidence.strike",
	"evidence.redact", "basis.add", "basis.add", "basis.add", "basis.drop", "decision.make", "decision.make", "decision.change",
	"action.add", "action.add", "action.change", "update.send", "thread.open", "thread.change", "note.add", "checkin.open",
	"checkin.answer", "incident.change", "incident.change", "person.join", "person.join", "person.leave", "role.take",
	"role.take", "role.release", "handover.open", "handover.accept", "handover.decline", "handover.withdraw", "question.ask", "something.new",
}

// below draws a number under n, each as likely as another; rapid's own numbers
// are mostly small ones.
func below(t *rapid.T, n int) int {
	drawn := 0
	for range bits.Len(uint(n - 1)) {
		drawn *= 2
		if rapid.Bool().Draw(t, "bit") {
			drawn++
		}
	}
	return drawn % n
}

var anAct = rapid.Custom(func(t *rapid.T) op {
	o := op{
		Do: acts[below(t, len(acts))], Device: below(t, len(skews)), Wait: below(t, len(waits)), Late: below(t, len(lates)),
		Batched: rapid.Bool().Draw(t, "batched"), By: below(t, len(names)), For: below(t, 2*len(names)),
	}
	for range 6 {
		o.N = append(o.N, below(t, 24))
	}
	return o
})

// incidents draws the records of an incident of 1 to 60 acts.
func incidents(t *rapid.T) []*record.Record {
	least := []int{1, 20, 40, 55}[below(t, 4)]
	return write(rapid.SliceOfN(anAct, least, 60).Draw(t, "acts"))
}

// A scribe turns acts into records: stamped by the clock of their device,
// after everything that they refer to.
type scribe struct {
	wall    time.Time
	clocks  [3]record.Clock
	last    [3]record.Stamp
	records []*record.Record
	made    map[string][]*record.Record // by kind
	refs    []*record.Record            // of the record in hand
}

func write(acts []op) []*record.Record {
	s := &scribe{wall: start, made: map[string][]*record.Record{}}
	s.write(op{Do: "incident.declare", N: make([]int, 6)})
	for _, o := range acts {
		s.write(o)
	}
	return s.records
}

func (s *scribe) write(o op) {
	s.wall, s.refs = s.wall.Add(waits[o.Wait]), nil
	if o.Do == "take back" {
		s.takeBack(o)
		return
	}
	fields, ok := s.fields(o)
	if !ok || o.Do == "" {
		return
	}
	s.record(o, fields)
}

// takeBack takes back one of the last records that their own kind takes back,
// or brings it back, mostly by whoever said it.
func (s *scribe) takeBack(o op) {
	var said []*record.Record
	for _, r := range slices.Backward(s.records) {
		if slices.Contains([]string{"claim.verdict", "claim.recheck", "claim.withdraw", "evidence.strike"}, r.Do) && len(said) < 4 {
			said = append(said, r)
		}
	}
	if len(said) == 0 {
		return
	}
	of := at(said, o.N[0])
	s.refs = append(s.refs, of)
	o.Do = of.Do
	if o.N[1]%4 > 0 {
		o.By, o.For = slices.Index(names, of.Person), 0
	}
	fields := map[string]any{"undoes": of.ID}
	for _, f := range of.Fields {
		if f.Key != "undoes" {
			fields[f.Key] = json.RawMessage(f.Value)
		}
	}
	s.record(o, fields)
}

func (s *scribe) record(o op, fields map[string]any) {
	wall := s.wall.Add(skews[o.Device])
	r := &record.Record{
		Incident: "inc", ID: fmt.Sprintf("r%d", len(s.records)), Do: o.Do, At: wall.Add(-lates[o.Late]), Recorded: wall, By: names[o.By], Person: o.person(),
	}
	for _, key := range slices.Sorted(keys(fields)) {
		value, err := json.Marshal(fields[key])
		if err != nil {
			panic(err)
		}
		r.Fields = append(r.Fields, record.Field{Key: key, Value: value})
	}
	r.Stamp = s.stamp(o, wall)
	s.records = append(s.records, r)
	kind := map[string]string{
		"claim.make": "claim", "evidence.add": "evidence", "decision.make": "decision", "action.add": "action",
		"update.send": "update", "thread.open": "thread", "checkin.open": "checkin", "handover.accept": "taking lead",
	}[o.Do]
	if role, ok := fields["role"]; ok && o.Do == "role.take" {
		kind = fmt.Sprint("taking ", role)
	}
	s.made[kind] = append(s.made[kind], r)
}

func keys(m map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (s *scribe) stamp(o op, wall time.Time) record.Stamp {
	d := o.Device
	next := s.last[d]
	next.Index++
	after := func(stamp record.Stamp) bool {
		return !slices.ContainsFunc(s.refs, func(r *record.Record) bool { return !r.Stamp.Before(stamp) })
	}
	if !o.Batched || next.Line == 0 || !after(next) {
		clock := s.clocks[d]
		for _, r := range s.refs {
			clock = clock.Observe(r.Stamp.Clock)
		}
		s.clocks[d] = clock.Tick(wall)
		next = record.Stamp{Clock: s.clocks[d], Run: record.Run{byte(d + 1)}, Line: s.last[d].Line + 1}
	}
	s.last[d] = next
	return next
}

// pick returns the id of one of the things of some kinds, or of a kind of
// which there may be none.
func (s *scribe) pick(n int, of ...string) string {
	var all []*record.Record
	for _, kind := range of {
		all = append(all, s.made[kind]...)
	}
	if len(all) == 0 {
		return ""
	}
	r := all[n%len(all)]
	if n < 12 {
		r = all[n%min(len(all), 3)] // much happens to few things
	}
	s.refs = append(s.refs, r)
	return r.ID
}

func (s *scribe) set(n ...int) []string {
	on := []string{}
	for _, n := range n {
		if id := s.pick(n, "claim", "evidence", "decision"); id != "" && n < 16 {
			on = append(on, id)
		}
	}
	return on
}

func at[T any](list []T, n int) T { return list[n%len(list)] }

// fields says what the record of an act holds, and whether there is anything
// that it could be about.
func (s *scribe) fields(o op) (f map[string]any, ok bool) {
	n := o.N
	f = map[string]any{}
	need := func(key string, n int, of ...string) {
		id := s.pick(n, of...)
		f[key], ok = id, id != ""
	}
	maybe := func(key string, on bool, value any) {
		if on {
			f[key] = value
		}
	}
	ok = true
	why := func(n int) { maybe("why", n%3 > 0, "because") }
	switch o.Do {
	case "incident.declare":
		f["title"] = "Something is wrong"
	case "incident.change":
		maybe("severity", n[0]%2 > 0, at([]string{"SEV1", "SEV2", "SEV3"}, n[1]))
		maybe("status", n[2]%2 > 0, at([]string{"investigating", "mitigating", "monitoring", "resolved"}, n[3]))
		maybe("wider", n[4]%5 == 0, true)
		maybe("trend", n[5]%3 == 0, "worsening")
	case "claim.make":
		f["text"] = fmt.Sprint("It is ", len(s.records))
		f["rests_on"] = s.set(n[0], n[1])
	case "claim.change":
		need("claim", n[0], "claim")
		maybe("text", n[1]%2 > 0, fmt.Sprint("It was ", len(s.records)))
		maybe("test", n[1]%2 == 0, "look")
		maybe("wrong_if", n[2]%2 == 0, at([]string{"it goes on", ""}, n[2]/2))
		maybe("on_it", n[3]%3 == 0, at([]string{"nothing", ""}, n[3]/3))
	case "claim.verdict":
		need("claim", n[0], "claim")
		f["verdict"] = at([]string{"verify", "verify", "refute", "refute", "not_sure"}, n[1])
		why(n[2])
		maybe("ruling", n[3]%3 == 0, true)
		if e := s.pick(n[4], "evidence"); e != "" && n[5]%3 == 0 {
			f["evidence"] = []string{e}
		}
	case "claim.recheck":
		need("claim", n[0], "claim")
		f["still"] = n[1]%3 > 0
	case "claim.withdraw":
		need("claim", n[0], "claim")
		ok = ok && n[1]%2 == 0
	case "evidence.add":
		f["kind"], f["title"] = at(kinds, n[0]), "A thing shown"
		maybe("grade", at(grades, n[1]) != "", at(grades, n[1]))
		maybe("origin", n[2]%3 == 0, at([]string{"o1", "o2"}, n[2]/3))
		maybe("sha256", n[3]%4 == 0, at([]string{sum("a"), sum("b")}, n[3]/4))
		maybe("observed", n[4]%2 > 0, s.wall.Add(-time.Duration(n[4])*time.Minute).Format(time.RFC3339))
		if c := s.pick(n[5], "claim"); c != "" && n[5] < 18 {
			f["claims"] = map[string]string{c: at(speaks, n[0]+n[5])}
		}
		if e := s.pick(n[3], "evidence"); e != "" && n[1]%4 == 3 {
			f["copy_of"], f["part"] = e, "cropped"
		}
		if t := s.pick(n[4], "thread"); t != "" && n[2]%6 == 5 {
			f["thread"] = t
		}
	case "evidence.change":
		need("evidence", n[0], "evidence")
		maybe("kind", n[1]%3 == 0, at(kinds, n[2]))
		maybe("grade", n[1]%3 == 1, at(grades, n[2]))
		maybe("origin", n[3]%3 == 0, at([]string{"o1", "o2", ""}, n[4]))
		maybe("observed", n[3]%3 == 1, s.wall.Add(-time.Duration(n[4])*time.Minute).Format(time.RFC3339))
		maybe("filed", n[5]%3 == 0, n[4]%2 == 0)
	case "evidence.link":
		need("evidence", n[0], "evidence")
		had := ok
		need("claim", n[1], "claim")
		f["relation"], ok = at(speaks, n[2]), ok && had
	case "evidence.strike", "evidence.redact":
		need("evidence", n[0], "evidence")
		why(n[1])
	case "basis.add":
		need("of", n[0], "claim", "claim", "decision", "action", "update", "thread")
		f["on"] = s.set(n[1], n[2], n[3])
	case "basis.drop":
		return s.fieldsOfDrop(o)
	case "decision.make":
		f["text"], f["rests_on"] = "Do it", s.set(n[0], n[1])
		maybe("mode", n[2]%3 > 0, at([]string{"command", "agreed"}, n[2]/3))
		why(n[3])
		maybe("irreversible", n[4]%4 == 0, true)
		maybe("state", n[5]%4 == 0, "proposed")
	case "decision.change":
		need("decision", n[0], "decision")
		maybe("state", n[1]%2 > 0, at([]string{"in_force", "revisit", "reversed", "proposed"}, n[2]))
		maybe("why", n[3]%3 == 0, "because")
		if by := s.pick(n[4], "decision"); n[5]%6 == 0 && by != f["decision"] {
			f["superseded_by"] = by
		}
	case "action.add":
		f["text"], f["rests_on"] = "Turn it off", s.set(n[0], n[1])
		maybe("owner", n[2]%2 > 0, at(names, n[2]))
		maybe("minutes", n[3]%3 == 0, 5+n[3])
		maybe("irreversible", n[4]%4 == 0, true)
		maybe("state", n[5]%3 == 0, at([]string{"in_progress", "assigned", "proposed"}, n[5]/3))
		if c := s.pick(n[1], "claim"); c != "" && n[3]%2 == 0 {
			f["tests"] = c
		}
		if thread := s.pick(n[0], "thread"); thread != "" && n[5]%2 == 0 {
			f["thread"] = thread
		}
	case "action.change":
		need("action", n[0], "action")
		f["state"] = at([]string{"in_progress", "in_progress", "blocked", "done", "failed", "dropped", "assigned", "proposed"}, n[1])
	case "update.send":
		f["audience"], f["text"] = at([]string{"public", "desk"}, n[0]), "We work on it"
		if on := s.set(n[1], n[2]); len(on) > 0 {
			f["states"] = on
		}
		maybe("next_due", n[3]%2 > 0, s.wall.Add(time.Duration(n[4])*time.Minute).Format(time.RFC3339))
	case "thread.open":
		f["title"], f["rests_on"] = "Look at it", s.set(n[0], n[1])
		maybe("owner", n[2]%2 > 0, at(names, n[2]))
		s.due(f, n[3])
	case "thread.change":
		need("thread", n[0], "thread")
		maybe("state", n[1]%2 > 0, at([]string{"active", "waiting", "parked", "done", "dead_end"}, n[2]))
		s.due(f, n[3])
	case "note.add", "checkin.answer":
		f["doing"] = "Looking"
		if o.Do == "checkin.answer" {
			need("checkin", n[0], "checkin")
		}
		if thread := s.pick(n[1], "thread"); thread != "" {
			f["thread"] = thread
		}
	case "person.join":
		maybe("app", o.person() == "Bot", true)
	case "role.take":
		f["role"] = at(roles, n[0])
		if n[1]%3 == 0 {
			over := []string{}
			for _, n := range n[2 : 2+n[2]%3] {
				if id := s.pick(n, fmt.Sprint("taking ", f["role"])); id != "" {
					over = append(over, id)
				}
			}
			f["over"] = over
		}
	case "role.release":
		f["role"] = at(roles, n[0])
	case "handover.open":
		f["to"] = at(names, n[0])
	case "question.ask":
		f["text"] = "Why?"
	}
	return f, ok
}

func (s *scribe) due(f map[string]any, n int) {
	switch n % 3 {
	case 1:
		f["due"] = fmt.Sprintf("%dm", 5+n)
	case 2:
		f["due"] = s.wall.Add(time.Duration(n+1) * time.Minute).Format(time.RFC3339)
	}
}

// fieldsOfDrop drops one of the sets that were ever given to something.
func (s *scribe) fieldsOfDrop(o op) (map[string]any, bool) {
	var given []*record.Record
	for _, r := range s.records {
		for _, f := range r.Fields {
			if (f.Key == "rests_on" || f.Key == "on" || f.Key == "states") && string(f.Value) != "[]" {
				given = append(given, r)
			}
		}
	}
	if len(given) == 0 {
		return nil, false
	}
	r := at(given, o.N[0])
	s.refs = append(s.refs, r)
	from := rec{Record: r}
	on := cmp.Or(key(from.list("rests_on")), key(from.list("on")), key(from.list("states")))
	var members []string
	if err := json.Unmarshal([]byte(on), &members); err != nil {
		panic(err)
	}
	slices.Reverse(members)
	return map[string]any{"of": cmp.Or(from.str("of"), r.ID), "on": members}, true
}

func key(list []string) string {
	if len(list) == 0 {
		return ""
	}
	b, _ := json.Marshal(list)
	return string(b)
}

func sum(s string) string { return fmt.Sprintf("%064x", s) }

// show writes records one a line, in record order, for a person who reads why
// a test failed.
func show(records []*record.Record) string {
	out := ""
	for _, r := range newModel(records, start).recs {
		out += fmt.Sprintf("%d.%d.%d %s\n", r.Stamp.Run[0], r.Stamp.Line, r.Stamp.Index, r.AppendJSON(nil))
	}
	return out
}
