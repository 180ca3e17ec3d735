package incident

import "time"

// A Glance is what can be said of an incident without judging anything: it
// costs nothing, however long the incident.
type Glance struct {
	Ref                 // the record that declared it, with the incident's label
	Title      string   //
	Severity   string   // empty while unset
	Status     Status   //
	Leads      []string // who leads now
	Declared   time.Time
	LastRecord time.Time // recorded time of the newest record

	Records, Unknown                                       int
	People                                                 int // everyone ever seen, apps not counted
	Threads, Actions, Claims, Evidence, Decisions, Updates int

	Notices []Notice // records that are kept without effect, and why
}

// Glance returns what can be said of the incident without judging anything.
func (i *Incident) Glance() Glance {
	i.mu.RLock()
	defer i.mu.RUnlock()
	f := i.fold
	g := Glance{
		Ref: f.self(), Title: f.situation.title, Severity: f.situation.severity, Status: f.situation.status,
		Leads: f.roles.holders(roleLead), Declared: f.situation.made.At, LastRecord: f.last,
		Records: f.records, Unknown: f.unknown,
		Threads: len(f.threads.made), Actions: len(f.actions.made), Claims: len(f.claims.made),
		Evidence: len(f.evidence.made), Decisions: len(f.decisions.made), Updates: len(f.updates.made),
		Notices: f.notices,
	}
	for _, p := range f.people.list {
		if !p.App {
			g.People++
		}
	}
	return g
}

// self points at the record that declared the incident.
func (f *fold) self() Ref {
	made := f.situation.made
	if f.records == 0 {
		return Ref{ID: f.id, Kind: KindIncident} // before its first record it is called nothing
	}
	return Ref{ID: firstOf(made.ID, f.id), Label: firstOf(made.Label, derivedLabel(f.id)), Kind: KindIncident}
}
