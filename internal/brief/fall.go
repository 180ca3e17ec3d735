package brief

import (
	"cmp"
	"slices"

	"bearings/internal/incident"
)

// A fall is a belief or a decision that no longer holds as it did.
type fall struct {
	claim    *incident.Claim
	decision *incident.Decision
	rank     int
}

// noLongerSo lists the claims that are in a worse part of the brief than they
// were, and the decisions that were reversed, were superseded or became shaky.
func (v *difference) noLongerSo() *column {
	var falls []fall
	for _, c := range v.w.now.Claims {
		if then := v.claims[c.ID]; then != nil && c.State.Bucket().Rank() > then.State.Bucket().Rank() {
			falls = append(falls, fall{claim: c, rank: claimFall[c.State]})
		}
	}
	for _, x := range v.w.now.Decisions {
		then := v.decided[x.ID]
		switch {
		case then == nil:
		case x.HasEnded() && !then.HasEnded():
			falls = append(falls, fall{decision: x, rank: 1})
		case !x.HasEnded() && x.Shaky() && !then.Shaky():
			falls = append(falls, fall{decision: x, rank: 3})
		}
	}
	slices.SortStableFunc(falls, func(a, b fall) int { return cmp.Or(a.rank-b.rank, b.load()-a.load()) })
	return &column{id: "no_longer_so", title: "No longer so", count: len(falls), write: func(i int, r room, d *draft) {
		f := falls[i]
		switch {
		case f.claim != nil:
			v.fallen(v.claims[f.claim.ID], f.claim, r, d)
		case f.rank == 1:
			v.w.reversal(f.decision, r, d)
		default:
			v.nowShaky(f.decision, r, d)
		}
	}}
}

// claimFall orders what became of a claim: the refuted first.
var claimFall = map[incident.ClaimState]int{
	incident.Refuted:       0,
	incident.ClaimDisputed: 2,
	incident.Assumption:    4,
	incident.Hypothesis:    5,
	incident.Withdrawn:     6,
}

func (f fall) load() int {
	if f.claim == nil {
		return 0
	}
	return f.claim.Load
}

var stateWords = map[incident.ClaimState]string{
	incident.Verified:      "verified",
	incident.Supported:     "supported",
	incident.ClaimDisputed: "disputed",
	incident.Assumption:    "assumed",
	incident.Hypothesis:    "a hypothesis",
	incident.Refuted:       "ruled out",
	incident.Withdrawn:     "withdrawn",
}

// fallen writes what was believed, what it is now, and what turned it.
func (v *difference) fallen(then, now *incident.Claim, r room, d *draft) {
	d.cite(now.Ref)
	d.bucket = now.State.Bucket()
	d.say("Was ", stateWords[then.State], ": ")
	d.tell(now.Ref, now.Text, r.text)
	d.say(" (", label(now.Ref), "). Now ", stateWords[now.State])
	if !now.Turned.IsZero() {
		d.say(" ", v.w.clock(now.Turned))
	}
	if by := v.flipped(then, now, r, d); by != "" {
		d.say(": ", by)
	}
	if now.State == incident.Refuted || now.State == incident.Withdrawn {
		v.w.because(reasonRef(now), now.Why, r, d)
	}
	d.stop()
}

func (v *difference) flipped(then, now *incident.Claim, r room, d *draft) string {
	switch now.State {
	case incident.Refuted, incident.Withdrawn:
		return v.w.against(now, d)
	case incident.ClaimDisputed:
		return join("; ", v.w.verdicts(now, "refute", r, d), v.w.side(now.Contradicts, "contradict", r, d))
	}
	return v.lostProof(then, now, d)
}

// lostProof writes what became of the proof that a claim had.
func (v *difference) lostProof(then, now *incident.Claim, d *draft) string {
	for i := range then.Supports {
		had := then.Supports[i].Evidence
		if !then.Supports[i].Proof || supportedBy(now, had.ID) {
			continue
		}
		d.cite(had.Ref)
		thing, _ := v.w.now.Find(had.ID)
		if e, ok := thing.(*incident.Evidence); ok && e.Struck {
			return label(had.Ref) + " struck"
		}
		return label(had.Ref) + " no longer counts"
	}
	return ""
}

func supportedBy(c *incident.Claim, id string) bool {
	return slices.ContainsFunc(c.Supports, func(l incident.Link) bool { return l.Evidence.ID == id && l.Proof })
}

func (v *difference) nowShaky(x *incident.Decision, r room, d *draft) {
	d.cite(x.Ref)
	d.say("Now on shaky ground: ")
	d.tell(x.Ref, x.Text, r.text)
	d.say(" (", list(label(x.Ref), v.w.name(x.Person)), "); ", v.w.shaky(&x.Basis, d))
	d.stop()
}
