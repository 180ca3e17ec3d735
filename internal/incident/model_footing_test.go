package incident_test

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// What the model says of how well things stand, and of what rests on a claim.

// strength is that of a member of a basis set. Evidence: fallen if struck,
// assumed if talk, else firm. A claim: refuted or withdrawn fallen; verified or
// supported firm; disputed: disputed, or its own footing where worse;
// hypothesis or assumption: assumed, or its own footing where worse. A
// decision: reversed or superseded fallen; else its footing, and assumed where
// it has no basis.
func (v *view) strength(id string, foot map[string]incident.Footing, refuted string) incident.Footing {
	it := v.items[id]
	switch {
	case id == refuted:
		return incident.Fallen
	case it == nil: // not here yet: nobody has spoken for it
		return incident.Assumed
	}
	own := cmp.Or(foot[id], incident.Firm) // no basis makes nothing worse
	switch it.kind {
	case "evidence":
		switch {
		case it.struck:
			return incident.Fallen
		case talk(it):
			return incident.Assumed
		}
		return incident.Firm
	case "claim":
		switch v.base[id] {
		case incident.Refuted, incident.Withdrawn:
			return incident.Fallen
		case incident.Verified, incident.Supported:
			return incident.Firm
		case incident.ClaimDisputed:
			return min(incident.Disputed, own)
		}
		return min(incident.Assumed, own)
	}
	if it.state == "reversed" || it.state == "superseded" {
		return incident.Fallen
	}
	return cmp.Or(foot[id], incident.Assumed)
}

// A set is as strong as its weakest member; the footing is the strongest of a
// thing's sets, unrecorded where it has none. Of the values that fit, solve
// finds the least from fallen up, and the greatest from firm down; refuted
// names a claim that is taken to be refuted.
func (v *view) solve(start incident.Footing, refuted string) map[string]incident.Footing {
	foot := map[string]incident.Footing{}
	for _, it := range v.order {
		if len(it.sets) > 0 {
			foot[it.ID] = start
		}
	}
	for changed := true; changed; {
		changed = false
		for _, it := range v.order {
			if len(it.sets) == 0 {
				continue
			}
			best := incident.Fallen
			for _, set := range it.sets {
				best = max(best, v.setStrength(set, foot, refuted))
			}
			if best != foot[it.ID] {
				foot[it.ID], changed = best, true
			}
		}
	}
	return foot
}

func (v *view) setStrength(set []string, foot map[string]incident.Footing, refuted string) incident.Footing {
	weakest := incident.Firm
	for _, id := range set {
		weakest = min(weakest, v.strength(id, foot, refuted))
	}
	return weakest
}

func (v *view) footing() map[string]incident.Footing {
	if v.foot == nil {
		v.foot = v.solve(incident.Fallen, "")
	}
	return v.foot
}

// reach is everything that an item rests on by the sets that count, directly
// or through others; itself where it lies on a circle.
func (v *view) reach(it *item, counts func(set []string, id string) bool) map[string]bool {
	seen := map[string]bool{}
	var walk func(*item)
	walk = func(it *item) {
		for _, set := range it.sets {
			for _, id := range set {
				if on := v.items[id]; on != nil && counts(set, id) && !seen[id] {
					seen[id] = true
					walk(on)
				}
			}
		}
	}
	walk(it)
	return seen
}

func (v *view) under(it *item) map[string]bool {
	return v.reach(it, func([]string, string) bool { return true })
}

// A circle cannot hold itself up: what lies on such a circle, and would stand
// if it could, is circular. Such a circle goes by what is fallen and by sets
// that would stand.
func (v *view) circular(it *item) bool {
	foot, could := v.footing(), v.solve(incident.Firm, "")
	return foot[it.ID] == incident.Fallen && v.reach(it, func(set []string, id string) bool {
		return v.setStrength(set, could, "") > incident.Fallen && foot[id] == incident.Fallen
	})[it.ID]
}

// Ended: actions done, failed, dropped; decisions reversed, superseded; claims
// refuted, withdrawn; threads done, dead end. Updates never end.
func (v *view) ended(it *item) bool {
	state := it.state
	if it.kind == "claim" {
		state = string(v.base[it.ID])
	}
	return slices.Contains(map[string][]string{
		"action":   {"done", "failed", "dropped"},
		"decision": {"reversed", "superseded"},
		"claim":    {"refuted", "withdrawn"},
		"thread":   {"done", "dead_end"},
	}[it.kind], state)
}

// Load of a claim: the sum over everything else not ended that rests on it,
// directly or through others (ended ones too), each once: 3 if in progress (an
// action in progress or blocked) or hard to reverse, else 2 if an update, else
// 1. Load-bearing means load > 0.
func (v *view) load(claim *item) (sum int) {
	for _, it := range v.order {
		if it == claim || v.ended(it) || !v.under(it)[claim.ID] {
			continue
		}
		switch {
		case it.kind == "action" && (it.state == "in_progress" || it.state == "blocked"), it.yes("irreversible"):
			sum += 3
		case it.kind == "update":
			sum += 2
		default:
			sum++
		}
	}
	return sum
}

type affected struct {
	ID             string
	Now, IfRefuted incident.Footing
	Path           []string
}

// Blast radius of a claim: everything (but what is reversed, superseded,
// dropped, refuted or withdrawn) whose footing would get worse were the claim
// refuted, in the order of what can still be stopped; within that by record
// order.
func (v *view) blast(claim *item) []affected {
	now, then := v.footing(), v.solve(incident.Fallen, claim.ID)
	var worse []*item
	for _, it := range v.order {
		gone := it.state == "dropped" || (it.kind == "decision" || it.kind == "claim") && v.ended(it)
		if it != claim && !gone && then[it.ID] < now[it.ID] {
			worse = append(worse, it)
		}
	}
	slices.SortStableFunc(worse, func(a, b *item) int { return cmp.Compare(stoppable(a), stoppable(b)) })
	list := []affected{}
	for _, it := range worse {
		list = append(list, affected{it.ID, now[it.ID], then[it.ID], v.path(claim, it, worse)})
	}
	return list
}

// stoppable is the place of a thing in that order: actions in progress or
// blocked; updates; decisions in force or to revisit; actions and decisions
// only proposed or assigned; claims; threads; actions done or failed.
func stoppable(it *item) int {
	switch it.kind {
	case "update":
		return 1
	case "claim":
		return 4
	case "thread":
		return 5
	}
	switch it.state {
	case "in_progress", "blocked":
		return 0
	case "in_force", "revisit":
		return 2
	case "proposed", "assigned":
		return 3
	}
	return 6
}

// path is the shortest over things that are listed, both ends included; of two
// as short, from the claim on, what was made earlier first. Paths grow by one
// thing at a time and stay in that order, so that the first to reach a thing is
// the one.
func (v *view) path(claim, to *item, listed []*item) []string {
	seen := map[*item]bool{claim: true}
	for paths := [][]*item{{claim}}; len(paths) > 0; {
		var longer [][]*item
		for _, p := range paths {
			for _, it := range v.order {
				if seen[it] || !slices.Contains(listed, it) || !it.restsOn(p[len(p)-1].ID) {
					continue
				}
				seen[it] = true
				longer = append(longer, append(slices.Clone(p), it))
				if it == to {
					var ids []string
					for _, step := range longer[len(longer)-1] {
						ids = append(ids, step.ID)
					}
					return ids
				}
			}
		}
		paths = longer
	}
	return nil
}

func (it *item) restsOn(id string) bool {
	return slices.ContainsFunc(it.sets, func(set []string) bool { return slices.Contains(set, id) })
}
