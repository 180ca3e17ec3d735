package incident_test

import (
	"fmt"
	"slices"
	"strings"

	"bearings/internal/incident"
)

// What the model says of the checklist of a claim, and of how many hands are
// on it.

// checklist is the kinds of checks, those that do not hold with a "no" before
// them; a withdrawn claim has none.
func (v *view) checklist(claim *item) string {
	state := v.claimState(claim)
	if state == incident.Withdrawn {
		return ""
	}
	last := func(key string) (text string) {
		text = claim.str(key)
		for _, r := range claim.changes {
			if _, ok := r.Field(key); ok {
				text = r.str(key)
			}
		}
		return text
	}
	// Has proof: for it; for a refuted claim, against it.
	relation := or(state == incident.Refuted, "contradicts", "supports")
	proof := len(side(v.links(claim), relation, true)) > 0
	// Somebody other than its author judged it.
	other := slices.ContainsFunc(v.verdicts(claim), func(r rec) bool { return r.Person != claim.Person })
	// The cheapest test is somebody's, or was done; what is settled needs none.
	tested := slices.ContainsFunc(v.of("action"), func(a *item) bool {
		return a.str("tests") == claim.ID && (a.state == "done" || a.state == "failed" || a.state != "dropped" && a.owner != "")
	})
	// Still true since the last change of shape, and as far as the re-check asks.
	judged := v.judged(claim)
	stale := slices.ContainsFunc(v.shapes, func(n int) bool { return n > judged }) ||
		v.flags(claim).Has(incident.FlagRecheck)
	// It is known what rests on it: something does or did, or somebody said that
	// nothing does.
	rested := slices.ContainsFunc(v.order, func(it *item) bool {
		return slices.ContainsFunc(it.sets, func(set []string) bool { return slices.Contains(set, claim.ID) })
	})
	return holding("proof", proof) + holding("checked", other) + holding("wrong_if", last("wrong_if") != "") +
		holding("test", tested || state == incident.Verified || state == incident.Refuted) +
		holding("fresh", !stale) + holding("on_it", rested || last("on_it") == "nothing")
}

func holding(kind string, holds bool) string { return or(holds, "", "no ") + kind + ", " }

// shown is the checklist of a state in the same words.
func shown(checks []incident.Check) string {
	var text strings.Builder
	for _, c := range checks {
		text.WriteString(holding(string(c.Kind), c.Holds))
	}
	return text.String()
}

// hands says of each claim who works on what rests on it: who owns an active
// thread, or an action assigned or under way, whose basis, or that of the
// action's thread, comes to the claim. Observers, apps and who left are not
// counted.
func (v *view) hands() []string {
	work := map[string][]string{} // ids, by person
	at := func(who string, ids ...string) {
		if slices.Contains(v.here(), who) {
			work[who] = append(work[who], ids...)
		}
	}
	for _, it := range v.order {
		switch {
		case it.kind == "thread" && it.state == "active":
			at(it.owner, it.ID)
		case it.kind == "action" && slices.Contains([]string{"assigned", "in_progress", "blocked"}, it.state):
			at(it.owner, it.ID, it.str("thread"))
		}
	}
	out := []string{}
	for _, c := range v.of("claim") {
		n := 0
		for _, ids := range work {
			if slices.ContainsFunc(ids, func(id string) bool { it := v.items[id]; return it != nil && v.under(it)[c.ID] }) {
				n++
			}
		}
		if n > 0 && !v.ended(c) {
			out = append(out, fmt.Sprint(c.ID, " ", n, " of ", len(work)))
		}
	}
	slices.Sort(out)
	return out
}

func shownHands(all []incident.Hands) []string {
	out := []string{}
	for _, h := range all {
		out = append(out, fmt.Sprint(h.Claim.ID, " ", len(h.People), " of ", h.Of))
	}
	slices.Sort(out)
	return out
}
