package incident

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// At computes the state of the incident at the moment now from all of its
// records. A reader who asks for the past wants AsOf(t).At(t).
func (i *Incident) At(now time.Time) *State {
	i.mu.RLock()
	defer i.mu.RUnlock()
	f := i.fold
	s := &State{
		Now: now, Records: f.records, Unknown: f.unknown, LastRecord: f.last, Notices: f.notices,
		incident: i, fold: f, upTo: f.records, judged: f.judged(),
		grounded: make([]Thing, len(f.grounds)),
	}
	s.situate(f, i.id)
	s.staff(f)
	s.showWork(f)
	s.showBeliefs(f)
	s.showRest(f)
	s.label()
	for _, fall := range s.falls {
		s.Worklists = append(s.Worklists, s.worklist(fall))
	}
	s.Attention = s.attention()
	s.Promised = s.promised()
	s.Help = s.HelpFor("")
	return s
}

func (s *State) situate(f *fold, id string) {
	sit := &f.situation
	s.Incident = id
	s.Ref = f.self()
	s.Title, s.Severity, s.SeverityAt = sit.title, sit.severity, sit.severityAt
	s.Status, s.Trend = sit.status, sit.trend
	s.Impact, s.NotAffected, s.Aim = sit.impact, sit.notAffected, sit.aim
	s.Changes = sit.changes
	s.Declared, s.Started, s.StartedApprox, s.Detected = sit.made.At, sit.started, sit.startedApprox, sit.detected
	s.Ended = s.Status == Resolved || s.Status == Closed
}

// derivedLabel is what an incident is called that was given no label: the
// same on every machine, since it follows from the identity.
func derivedLabel(id string) string {
	return "INC-" + strings.ToUpper(id[max(0, len(id)-4):])
}

// Elapsed returns how long the incident has lasted: from when it started
// where that is known, else from when it was declared.
func (s *State) Elapsed() time.Duration {
	from := s.Declared
	if !s.Started.IsZero() {
		from = s.Started
	}
	if from.IsZero() {
		return 0
	}
	return max(0, s.Now.Sub(from))
}

func (s *State) staff(f *fold) {
	for _, t := range f.roles.takings {
		same := func(r Role) bool { return r.Role == t.Role.Role && r.Person == t.Person }
		if i := slices.IndexFunc(s.Roles, same); i >= 0 {
			s.Roles[i].Takings = append(s.Roles[i].Takings, t.ID)
			continue
		}
		r := t.Role
		r.Takings = []string{t.ID}
		s.Roles = append(s.Roles, r)
	}
	for _, r := range s.Roles {
		if r.Role == roleLead {
			s.Leads = append(s.Leads, r)
		}
	}
	if h := f.roles.handover; h != nil {
		s.Handover = &h.Handover // never changed: a handover that moves on is a new one
	}
	s.HandedOff = f.roles.handedOff
	s.Responders = f.responders(s.Now, s.Roles)
	for _, p := range f.people.list {
		if !p.left && f.counts(p) {
			s.Here++
		}
	}
	for _, e := range s.judged.shapes {
		s.Shapes = append(s.Shapes, Shape{Ref: Ref{ID: e.ID, Kind: KindRecord}, At: e.At, What: e.what})
	}
}

// showWork shows the threads and actions, with the footing that they have.
func (s *State) showWork(f *fold) {
	basis := func(g *ground) Basis { return s.basis(g) }
	for _, t := range f.threads.made {
		v := t.show(s.Now)
		v.Basis = basis(&t.ground)
		s.Threads = append(s.Threads, v)
		s.grounded[t.slot] = v
	}
	for _, a := range f.actions.made {
		v := a.show(s.Now)
		v.Basis = basis(&a.ground)
		s.Actions = append(s.Actions, v)
		s.grounded[a.slot] = v
	}
	for _, d := range f.decisions.made {
		v := d.show(f)
		v.Basis = basis(&d.ground)
		s.Decisions = append(s.Decisions, v)
		s.grounded[d.slot] = v
	}
	for n, v := range f.showUpdates(s.Now) {
		u := &f.updates.made[n].ground
		v.Basis = basis(u)
		s.Updates = append(s.Updates, v)
		s.grounded[u.slot] = v
	}
	for _, c := range f.claims.made {
		v := c.Claim
		v.Basis = basis(&c.ground)
		s.Claims = append(s.Claims, &v)
		s.grounded[c.slot] = &v
	}
}

func (s *State) basis(g *ground) Basis {
	b := Basis{Footing: s.standing.footing[g.slot], Circular: s.circular[g.slot]}
	if b.Footing == Unrecorded {
		b.Nothing = s.fold.onNothing[g.id]
	}
	if len(g.basis) == 0 {
		return b
	}
	for n, set := range g.setsAt(newest) {
		refs := make([]Ref, len(set))
		for m, id := range set {
			refs[m] = s.names.ref(id)
		}
		b.Sets = append(b.Sets, BasisSet{
			On: refs, Footing: s.standing.weakest(s.standing.sets[g.slot][n], s.standing.footing),
		})
	}
	return b
}

// showBeliefs shows the evidence and what it makes of the claims.
func (s *State) showBeliefs(f *fold) {
	for _, v := range f.evidence.made {
		e := v.show(s.Severity, s.Now)
		s.Evidence = append(s.Evidence, e)
		s.grounded[v.slot] = e
	}
	trials := map[string][]*Action{}
	for _, a := range s.Actions {
		if a.Tests != "" {
			trials[a.Tests] = append(trials[a.Tests], a)
		}
	}
	for n, c := range f.claims.made {
		s.Claims[n].Trials = trials[c.id]
		s.believe(c, s.Claims[n])
	}
	for n, v := range f.evidence.made {
		if v.inInbox() {
			s.Inbox = append(s.Inbox, s.Evidence[n])
		}
	}
	s.Recheck = s.recheckQueue()
	s.Review = s.review(f)
}

func (s *State) believe(c *claim, v *Claim) {
	j := &s.standing.judged[c.slot]
	v.State, v.Load, v.OnIt = j.state, s.loads[c.slot], s.counts[c.slot]
	if v.State == Hypothesis && v.Load > 0 {
		v.State = Assumption
	}
	v.Supports, v.Contradicts, v.Neutral = s.showLinks(j.supports), s.showLinks(j.contradicts), s.showLinks(j.neutral)
	for _, l := range slices.Concat(v.Supports, v.Contradicts) {
		l.Evidence.Claims = append(l.Evidence.Claims, v.Ref)
	}
	for _, w := range j.verdicts {
		v.Verdicts = append(v.Verdicts, s.verdict(w))
		if w.verdict == "verify" && w.Person != v.Person {
			v.CheckedBy = append(v.CheckedBy, w.Person)
		}
	}
	v.Rested = len(s.standing.under[c.slot]) > 0
	judged := c.judgedAt(*j)
	v.Judged = judged.At
	if n := len(s.Shapes); n > 0 && s.judged.shapes[n-1].order > judged.order {
		v.ShapeSince = s.Shapes[n-1]
	}
	for _, w := range slices.Backward(c.words) {
		if w.holds(newest) {
			v.Spoken = w.At
			break
		}
	}
	if v.HasEnded() {
		v.Turned, v.TurnedBy, v.Why = j.turn.At, j.turn.Person, j.turn.why
	}
	newestProof := s.age(v)
	v.Flags = s.flags(v, j, s.recheck[c.slot], newestProof)
}

func (s *State) showLinks(side []link) []Link {
	var seen origins
	out := make([]Link, 0, len(side))
	for _, l := range side {
		e := s.grounded[l.evidence.slot].(*Evidence)
		v := Link{Evidence: e, Why: l.why, At: l.at, By: l.by, Proof: !e.Talk}
		if !e.Talk {
			if first := seen.echo(l.evidence, newest); first != nil {
				v.Echo, v.Of = true, s.names.ref(first.ID)
			}
		}
		out = append(out, v)
	}
	return out
}

func (s *State) verdict(w word) Verdict {
	v := Verdict{
		Ref: Ref{ID: w.ID, Kind: KindRecord}, By: w.Person, Verdict: w.verdict,
		At: w.At, Why: w.why, Ruling: w.ruling,
	}
	for _, id := range w.cites {
		v.Evidence = append(v.Evidence, s.names.ref(id))
	}
	return v
}

// age finds the newest supporting proof, by when it was observed; echoes
// count for age.
func (s *State) age(v *Claim) *Evidence {
	var last *Evidence
	for _, l := range v.Supports {
		if l.Proof && (last == nil || l.Evidence.Observed.After(last.Observed)) {
			last = l.Evidence
		}
	}
	if last != nil {
		v.NewestProof = last.Observed
	}
	return last
}

func (s *State) flags(v *Claim, j *judgement, recheck bool, newestProof *Evidence) Flags {
	var flags Flags
	set := func(on bool, flag Flags) {
		if on {
			flags |= flag
		}
	}
	set(v.Shaky(), FlagShaky)
	set(v.Load > 0, FlagLoadBearing)
	if v.HasEnded() {
		return flags
	}
	set(recheck, FlagRecheck)
	set(len(j.proofFor) == 0 && len(j.supports) > 0, FlagWordOnly)
	set(newestProof != nil && newestProof.PastShelfLife(s.Severity, s.Now), FlagAged)
	set(v.Circular, FlagCircular)
	return flags
}

func (s *State) recheckQueue() []*Claim {
	var queue []*Claim
	for _, c := range s.Claims {
		if c.Flags.Has(FlagRecheck) {
			queue = append(queue, c)
		}
	}
	slices.SortStableFunc(queue, func(a, b *Claim) int { return b.Load - a.Load })
	return queue[:min(len(queue), maxRecheck)]
}

// showRest shows what rests on nothing.
func (s *State) showRest(f *fold) {
	s.Notes = showAll(f.notes.made, func(n *note) Note { return n.Note })
	s.Checkins = showAll(f.checkins.made, func(c *checkin) Checkin { return c.Checkin })
	s.Donts = showAll(f.donts.made, func(d *dont) Dont { return d.Dont })
	s.Tripwires = showAll(f.tripwires.made, func(t *tripwire) Tripwire { return t.Tripwire })
	s.Criteria = showAll(f.criteria.made, func(c *criterion) Criterion { return c.Criterion })
	s.Questions = showAll(f.questions.made, func(q *question) Question {
		v := q.Question
		if v.About.ID != "" {
			v.About = s.names.ref(v.About.ID)
		}
		return v
	})
	for _, r := range f.readings.list {
		if len(r.Points) > 0 { // else all were taken back
			s.Readings = append(s.Readings, r.show())
		}
	}
}

// showAll shows nodes, side by side in one piece of memory: a long incident
// has tens of thousands of notes.
func showAll[N, V any](made []*N, show func(*N) V) []*V {
	views := make([]V, len(made))
	out := make([]*V, len(made))
	for i, n := range made {
		views[i] = show(n)
		out[i] = &views[i]
	}
	return out
}

// label gives the things whose label is not their record's own the one that
// they show.
func (s *State) label() {
	if len(s.names.display) == 0 {
		return
	}
	things := s.index().things
	for id, l := range s.names.display {
		if t, ok := things[id]; ok {
			t.Meta().Label = l
		}
	}
	for _, t := range s.Threads {
		t.Last.Ref = s.names.relabel(t.Last.Ref)
	}
	for _, e := range s.Evidence {
		for n, ref := range e.Claims {
			e.Claims[n] = s.names.relabel(ref)
		}
		for n, ref := range e.Copies {
			e.Copies[n] = s.names.relabel(ref)
		}
		e.CopyOf, e.InPlace = s.names.relabel(e.CopyOf), s.names.relabel(e.InPlace)
	}
	for _, u := range s.Updates {
		u.Corrects, u.Corrected = s.names.relabel(u.Corrects), s.names.relabel(u.Corrected)
	}
	s.indexed = sync.Once{} // it holds the labels as they were
}

// RecordOf returns the record that made a thing, or any other record, by id.
func (s *State) RecordOf(id string) (Entry, bool) {
	s.incident.mu.RLock()
	defer s.incident.mu.RUnlock()
	e, ok := s.fold.byID[id]
	if !ok || e.order >= s.upTo {
		return Entry{}, false
	}
	return s.entry(e), true
}
