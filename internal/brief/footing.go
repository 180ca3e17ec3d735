package brief

import "bearings/internal/incident"

// shaky writes why a thing is shaky, naming the member of its basis that
// brings it down; nothing where it is not.
func (w *writer) shaky(b *incident.Basis, d *draft) string {
	if !b.Shaky() {
		return ""
	}
	if b.Circular {
		return "shaky: rests only on itself"
	}
	ref, word := w.weakest(b)
	if word == "" {
		return "shaky"
	}
	d.cite(ref)
	return "shaky: rests on " + label(ref) + ", " + word
}

// weakest finds the member that gives a basis its footing: the weakest of its
// strongest set, and a word for what is wrong with it.
func (w *writer) weakest(b *incident.Basis) (ref incident.Ref, word string) {
	for _, set := range b.Sets {
		if set.Footing != b.Footing {
			continue
		}
		for _, on := range set.On {
			thing, ok := w.now.Find(on.ID)
			if !ok {
				continue
			}
			if footing, what := fault(thing); footing == b.Footing {
				return on, what
			}
		}
	}
	return incident.Ref{}, ""
}

// fault returns how badly a member of a basis set stands, and the word for it.
func fault(t incident.Thing) (incident.Footing, string) {
	switch t := t.(type) {
	case *incident.Claim:
		switch {
		case t.State == incident.Refuted, t.State == incident.Withdrawn:
			return incident.Fallen, string(t.State)
		case t.State == incident.Verified, t.State == incident.Supported:
			return incident.Firm, ""
		case t.Footing == incident.Fallen:
			return incident.Fallen, "itself shaky"
		case t.State == incident.ClaimDisputed:
			return incident.Disputed, "disputed"
		}
		return t.Footing, "itself shaky"
	case *incident.Decision:
		if t.State == incident.Reversed || t.State == incident.Superseded {
			return incident.Fallen, string(t.State)
		}
		return t.Footing, "itself shaky"
	case *incident.Evidence:
		if t.Struck {
			return incident.Fallen, "struck"
		}
	}
	return incident.Firm, ""
}

// resting is the basis of an incident turned round: what rests on each thing.
type resting struct {
	on    map[string][]incident.Thing
	found map[string][]incident.Ref // what restsOn returned
}

// restsOn lists what has not ended and rests on a thing, directly or through
// others, ended ones too: nearest first.
func (w *writer) restsOn(id string) []incident.Ref {
	if w.resting == nil {
		w.resting = turnRound(w.now)
	}
	if found, known := w.resting.found[id]; known {
		return found
	}
	var found []incident.Ref
	seen := map[string]bool{id: true}
	queue := []string{id}
	for len(queue) > 0 {
		under := queue[0]
		queue = queue[1:]
		for _, t := range w.resting.on[under] {
			ref := t.Meta().Ref
			if seen[ref.ID] {
				continue
			}
			seen[ref.ID] = true
			queue = append(queue, ref.ID)
			if !t.HasEnded() {
				found = append(found, ref)
			}
		}
	}
	w.resting.found[id] = found
	return found
}

func turnRound(s *incident.State) *resting {
	r := &resting{on: make(map[string][]incident.Thing, len(s.Claims)), found: map[string][]incident.Ref{}}
	add(r, s.Claims)
	add(r, s.Decisions)
	add(r, s.Actions)
	add(r, s.Updates)
	add(r, s.Threads)
	return r
}

func add[T incident.Thing](r *resting, things []T) {
	for _, t := range things {
		for _, set := range t.Rests().Sets {
			for _, on := range set.On {
				if on.Kind != incident.KindEvidence { // it rests on nothing itself
					r.on[on.ID] = append(r.on[on.ID], t)
				}
			}
		}
	}
}
