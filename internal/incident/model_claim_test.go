package incident_test

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
)

// What the model says of claims.

// A link is what a piece of evidence says of a claim.
type link struct {
	evidence *item
	relation string
	n        int // the record that made it
	proof    bool
}

// Live evidence: linked, not struck, not neutral; of two links between one
// pair the newest counts.
func (v *view) links(claim *item) (live []link) {
	newest := map[string]link{}
	for _, r := range v.m.recs[claim.n:v.n] {
		switch r.Do {
		case "evidence.add":
			says := map[string]string{}
			r.get("claims", &says)
			if relation := says[claim.ID]; relation != "" {
				newest[r.ID] = link{v.items[r.ID], relation, r.n, false}
			}
		case "evidence.link":
			if e := v.find(r, "evidence"); e != nil && e.n < r.n && r.str("claim") == claim.ID {
				newest[e.ID] = link{e, r.str("relation"), r.n, false}
			}
		}
	}
	for _, l := range newest {
		if !l.evidence.struck && l.relation != "neutral" {
			l.proof = !talk(l.evidence)
			live = append(live, l)
		}
	}
	slices.SortFunc(live, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.evidence.n, b.evidence.n))
	})
	return live
}

// Talk: a statement, and a message whose grade is not direct. Proof is what is
// not talk.
func talk(e *item) bool {
	return e.last("kind") == "statement" || e.last("kind") == "message" && e.last("grade") != "direct"
}

// last is what a thing says of itself, or what the last change that says it
// does.
func (it *item) last(key string) string {
	said := it.str(key)
	for _, r := range it.changes {
		if _, ok := r.Field(key); ok {
			said = r.str(key)
		}
	}
	return said
}

// side lists the evidence of a claim on one side; proof only, where asked.
func side(links []link, relation string, proof bool) (found []link) {
	for _, l := range links {
		if l.relation == relation && (l.proof || !proof) {
			found = append(found, l)
		}
	}
	return found
}

// Items of one origin (the same file hash, the same named origin, or copies of
// one thing and that thing itself) count once on each side, at the first of
// them; talk of that origin takes no proof's place. newestProof is the place of the last link on a side that
// counts, -1 where there is none.
func (v *view) newestProof(links []link, relation string) int {
	last := -1
	var earlier []link
	for _, l := range side(links, relation, true) {
		if !slices.ContainsFunc(earlier, func(e link) bool { return v.same(e.evidence, l.evidence) }) {
			last = l.n
		}
		earlier = append(earlier, l)
	}
	return last
}

func (v *view) same(a, b *item) bool {
	return slices.ContainsFunc(v.comesFrom(a), func(from string) bool { return slices.Contains(v.comesFrom(b), from) })
}

// comesFrom lists where an evidence comes from: itself, its file, its named
// origin, and where that comes from of which it is a copy.
func (v *view) comesFrom(e *item) (from []string) {
	for id := e.ID; id != "" && !slices.Contains(from, id); {
		from = append(from, id)
		it := v.items[id]
		if it == nil {
			break
		}
		for _, key := range []string{"origin", "sha256"} {
			if said := it.last(key); said != "" {
				from = append(from, key+" "+said)
			}
		}
		id = it.str("copy_of")
	}
	return from
}

// A person's verdict is their latest one, "not sure" clearing it; a ruling (a
// verdict by the lead, marked as such) silences every older verdict; a
// re-check "back to assumption" clears every older verdict. A refute verdict
// with neither evidence nor reason has no effect. A ruling by another than the
// lead is a plain verdict.
func (v *view) verdicts(claim *item) (live []rec) {
	for _, r := range claim.changes {
		switch {
		case r.Do == "claim.recheck" && !r.yes("still"):
			live = nil
		case r.Do != "claim.verdict":
		case r.str("verdict") == "refute" && len(r.list("evidence")) == 0 && r.str("why") == "":
		default:
			if r.yes("ruling") && v.lead[r.n] {
				live = nil
			}
			live = slices.DeleteFunc(slices.Clone(live), func(o rec) bool { return o.Person == r.Person })
			if r.str("verdict") != "not_sure" {
				live = append(live, r)
			}
		}
	}
	return live
}

// judge applies the first rule for the state of a claim that matches, of those
// that do not ask what rests on it; a claim that none matches is a hypothesis.
func (v *view) judge(claim *item) incident.ClaimState {
	links := v.links(claim)
	supporting, contradicting := v.newestProof(links, "supports"), v.newestProof(links, "contradicts")
	refuted, verified, verifiedByOther := -1, -1, -1
	for _, r := range v.verdicts(claim) {
		switch {
		case r.str("verdict") == "refute":
			refuted = r.n
		case r.Person != claim.Person:
			verifiedByOther = r.n
			fallthrough
		default:
			verified = r.n
		}
	}
	has := func(n int) bool { return n >= 0 }

	// 1 withdrawn: its author or the lead retired it as moot.
	for _, r := range claim.changes {
		if r.Do == "claim.withdraw" && (r.Person == claim.Person || v.lead[r.n]) {
			return incident.Withdrawn
		}
	}
	switch {
	// 2 disputed: live verdicts both ways.
	case has(refuted) && has(verified):
		return incident.ClaimDisputed
	// 3 disputed: a refute verdict, and supporting proof linked after the newest
	// one; or a verify verdict by another than the author, and contradicting
	// proof linked after the newest one.
	case has(refuted) && supporting > refuted, has(verifiedByOther) && contradicting > verifiedByOther:
		return incident.ClaimDisputed
	// 4 refuted: a refute verdict.
	case has(refuted):
		return incident.Refuted
	// 5 verified: a verify verdict by another than the author, and supporting proof.
	case has(verifiedByOther) && has(supporting):
		return incident.Verified
	// 6 disputed: contradicting proof, and no verify verdict by another than the
	// author after it.
	case has(contradicting) && verifiedByOther < contradicting:
		return incident.ClaimDisputed
	// 7 supported: supporting proof.
	case has(supporting):
		return incident.Supported
	}
	return incident.Hypothesis
}

// claimState adds the last two rules: 8 assumption, something that has not
// ended rests on it; 9 hypothesis, nothing does.
func (v *view) claimState(claim *item) incident.ClaimState {
	if s := v.base[claim.ID]; s != incident.Hypothesis || v.load(claim) == 0 {
		return s
	}
	return incident.Assumption
}

// A claim is judged at its newest live verdict ("not sure" is none), re-check
// or making.
func (v *view) judged(claim *item) int {
	at := claim.n
	for _, r := range claim.changes {
		if r.Do == "claim.recheck" {
			at = r.n
		}
	}
	for _, r := range v.verdicts(claim) {
		at = max(at, r.n)
	}
	return at
}

// recheck: the incident changed shape since the claim was judged, and it is now
// load-bearing or has no proof; or its text was changed; or, for a claim with
// proof of its own, its footing is fallen and the strength of something under
// it changed since.
func (v *view) recheck(claim *item) bool {
	judged := v.judged(claim)
	proof := slices.ContainsFunc(v.links(claim), func(l link) bool { return l.proof })
	reshaped := slices.ContainsFunc(v.shapes, func(n int) bool { return n > judged })
	reworded := slices.ContainsFunc(claim.changes, func(r rec) bool {
		return r.Do == "claim.change" && r.n > judged && r.str("text") != ""
	})
	if reshaped && (v.load(claim) > 0 || !proof) || reworded {
		return true
	}
	if !proof || v.footing()[claim.ID] != incident.Fallen {
		return false
	}
	for id := range v.under(claim) {
		if v.moved(id, judged) {
			return true
		}
	}
	return false
}

// The queue shows at most 5, load first.
func (v *view) queue() []string {
	wait := slices.DeleteFunc(v.of("claim"), func(c *item) bool { return !v.flags(c).Has(incident.FlagRecheck) })
	slices.SortStableFunc(wait, func(a, b *item) int { return cmp.Compare(v.load(b), v.load(a)) })
	ids := []string{}
	for _, c := range wait[:min(len(wait), 5)] {
		ids = append(ids, c.ID)
	}
	return ids
}

// moved says whether the strength of a thing was ever another than it was after
// a record, or at its making where that is later.
func (v *view) moved(id string, since int) bool {
	it := v.items[id]
	if it == nil {
		return false
	}
	at := func(n int) incident.Footing {
		past := v.m.view(n + 1)
		return past.strength(id, past.footing(), "")
	}
	from := max(since, it.n)
	for n := from + 1; n < v.n; n++ {
		if at(n) != at(from) {
			return true
		}
	}
	return false
}

// aged: the newest supporting proof (by observed, of any kind) is a screenshot,
// graph, alert or query result, and older than its shelf life: 30 minutes, 15
// at SEV1.
func (v *view) aged(claim *item) bool {
	var newest *item
	for _, l := range side(v.links(claim), "supports", true) {
		if newest == nil || observed(l.evidence).After(observed(newest)) {
			newest = l.evidence
		}
	}
	if newest == nil || !slices.Contains([]string{"screenshot", "graph", "alert", "query"}, newest.last("kind")) {
		return false
	}
	life := 30 * time.Minute
	if v.severity == "SEV1" {
		life = 15 * time.Minute
	}
	return v.now.Sub(observed(newest)) > life
}

func observed(e *item) time.Time {
	if t, err := time.Parse(time.RFC3339, e.last("observed")); err == nil {
		return t
	}
	return e.At
}

// The inbox: evidence that is live, linked to no claim, in no thread, no reply,
// and neither put aside nor redacted.
func (v *view) inbox() []string {
	ids := []string{}
	for _, e := range v.of("evidence") {
		filed := false
		for _, r := range e.changes {
			r.get("filed", &filed)
		}
		if !e.struck && !e.gone && !filed && e.last("thread") == "" && e.str("reply_to") == "" && !v.linked(e) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

func (v *view) linked(e *item) bool {
	is := func(id string) bool { return v.items[id] != nil && v.items[id].kind == "claim" }
	says := map[string]string{}
	e.get("claims", &says)
	for id := range says {
		if is(id) {
			return true
		}
	}
	return slices.ContainsFunc(v.m.recs[:v.n], func(r rec) bool {
		return r.Do == "evidence.link" && r.str("evidence") == e.ID && is(r.str("claim"))
	})
}

// flags of a claim. Word only: it is backed by talk only. Shaky: its footing is
// disputed or fallen. Refuted and withdrawn claims keep load_bearing and shaky
// only.
func (v *view) flags(claim *item) (f incident.Flags) {
	set := func(flag incident.Flags, on bool) {
		if on {
			f |= flag
		}
	}
	foot := v.footing()[claim.ID]
	set(incident.FlagLoadBearing, v.load(claim) > 0)
	set(incident.FlagShaky, foot == incident.Disputed || foot == incident.Fallen)
	if v.ended(claim) {
		return f
	}
	links := v.links(claim)
	set(incident.FlagRecheck, v.recheck(claim))
	set(incident.FlagWordOnly, len(side(links, "supports", false)) > 0 && len(side(links, "supports", true)) == 0)
	set(incident.FlagAged, v.aged(claim))
	set(incident.FlagCircular, v.circular(claim))
	return f
}
