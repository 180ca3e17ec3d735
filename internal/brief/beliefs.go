package brief

import (
	"cmp"
	"slices"
	"strings"

	"bearings/internal/incident"
)

// known lists what there is proof for: what somebody else checked, then what
// nobody did.
func (w *writer) known() *column {
	claims := sorted(w.now.Claims,
		func(c *incident.Claim) bool { return c.State.Bucket() == incident.BucketKnown },
		func(a, b *incident.Claim) int {
			return cmp.Or(yesFirst(a.State == incident.Verified, b.State == incident.Verified), cmp.Compare(b.Load, a.Load))
		})
	return w.claims("known", "Known", claims)
}

// assuming lists what is believed without proof and what is disputed: that on
// which most rests first, mere hypotheses last.
func (w *writer) assuming() *column {
	claims := sorted(w.now.Claims,
		func(c *incident.Claim) bool {
			return c.State.Bucket() == incident.BucketAssuming && (w.level() > 0 || c.State != incident.Hypothesis)
		},
		byRisk)
	c := w.claims("assuming", "Assuming & disputed", claims)
	if w.level() > 0 {
		c.empty = noneRecorded
	}
	return c
}

func byRisk(a, b *incident.Claim) int {
	return cmp.Or(
		yesFirst(a.State != incident.Hypothesis, b.State != incident.Hypothesis),
		cmp.Compare(b.Load, a.Load),
		yesFirst(a.State == incident.ClaimDisputed, b.State == incident.ClaimDisputed))
}

func (w *writer) claims(id, title string, claims []*incident.Claim) *column {
	return &column{id: id, title: title, count: len(claims),
		write: func(i int, r room, d *draft) { w.claim(claims[i], r, d) }}
}

// claim writes what is to be said of a claim in its state.
func (w *writer) claim(c *incident.Claim, r room, d *draft) {
	d.cite(c.Ref)
	d.bucket, d.looks.state = c.State.Bucket(), c.State
	switch c.State {
	case incident.Verified, incident.Supported:
		w.knownClaim(c, r, d)
	case incident.ClaimDisputed:
		w.disputedClaim(c, r, d)
	case incident.Refuted, incident.Withdrawn:
		w.ruledOutClaim(c, r, d)
	default:
		w.assumedClaim(c, r, d)
	}
}

func (w *writer) knownClaim(c *incident.Claim, r room, d *draft) {
	checked := ""
	if c.State == incident.Verified {
		d.say("Known, verified: ")
		checked = w.checked(c)
	} else {
		d.say("Known, not cross-checked: ")
	}
	d.tell(c.Ref, c.Text, r.text)
	d.say(notes(
		list(label(c.Ref), w.said(c, r)),
		w.proof(c, r, d),
		checked,
		w.doubts(c, d)), ".")
}

// said writes whose claim it is, where there is room for it.
func (w *writer) said(c *incident.Claim, r room) string {
	if r.level < 2 {
		return ""
	}
	return w.name(c.Person)
}

func (w *writer) checked(c *incident.Claim) string {
	if len(c.CheckedBy) == 0 {
		return ""
	}
	return "checked by " + w.names(c.CheckedBy, 2)
}

// doubts writes why a claim wants a second look.
func (w *writer) doubts(c *incident.Claim, d *draft) string {
	recheck := ""
	if c.Flags.Has(incident.FlagRecheck) {
		recheck = "re-check due"
	}
	return join("; ", recheck, w.shaky(&c.Basis, d))
}

// otherLabels is how many pieces of evidence a sentence names beside the
// newest.
const otherLabels = 3

// proof writes the newest proof of a claim with its age, and what else there
// is.
func (w *writer) proof(c *incident.Claim, r room, d *draft) string {
	newest, others := newestProof(c.Supports)
	if newest == nil {
		return ""
	}
	d.cite(newest.Ref)
	text := label(newest.Ref)
	if r.level > 0 {
		text += " " + kindWord(newest)
	}
	text += ", " + w.ago(newest.Observed) + " old"
	if c.Flags.Has(incident.FlagAged) {
		text += ", stale"
	}
	switch {
	case len(others) == 0:
	case r.level > 1:
		d.cite(others[:min(len(others), otherLabels)]...)
		text += "; also " + labels(others, otherLabels)
	case r.level > 0:
		text += ", " + plus(len(others))
	}
	return text
}

// newestProof returns the proof that was observed last, and the others in
// order. Two things of one origin are one: the first of them stands for both,
// and the newest for its age.
func newestProof(links []incident.Link) (proof *incident.Evidence, others []incident.Ref) {
	for i := range links {
		if l := &links[i]; l.Proof && (proof == nil || l.Evidence.Observed.After(proof.Observed)) {
			proof = l.Evidence
		}
	}
	for i := range links {
		if l := &links[i]; l.Proof && l.Evidence != proof {
			others = append(others, l.Evidence.Ref)
		}
	}
	return proof, others
}

// kindWord is the word for a kind of evidence.
func kindWord(e *incident.Evidence) string {
	if e.Sort == "" {
		return "evidence"
	}
	return line(e.Sort, 1)
}

func (w *writer) assumedClaim(c *incident.Claim, r room, d *draft) {
	if c.State == incident.Hypothesis {
		d.say("Hypothesis: ")
	} else {
		d.say("Assumed")
		w.weight(c, d)
		d.say(": ")
	}
	d.tell(c.Ref, c.Text, r.text)
	carries := ""
	if r.level > 1 {
		carries = w.carries(c, "carries", d)
	}
	d.say(notes(list(label(c.Ref), w.wordOf(c, d)), "no evidence", carries, w.doubts(c, d)))
	d.stop()
	w.test(c, r, d)
}

// wordOf writes on whose word a claim without proof stands.
func (w *writer) wordOf(c *incident.Claim, d *draft) string {
	if c.Flags.Has(incident.FlagWordOnly) {
		for i := range c.Supports {
			if e := c.Supports[i].Evidence; !c.Supports[i].Proof {
				d.cite(e.Ref)
				return "said by " + w.name(cmp.Or(e.SaidBy, e.Person))
			}
		}
	}
	return "said by " + w.name(c.Person)
}

// weight writes how many things rest on a claim.
func (w *writer) weight(c *incident.Claim, d *draft) {
	if n := c.OnIt; n > 0 {
		d.say(", ", count(n, "thing rests", "things rest"), " on it")
	}
}

// carriedShown is how many of the things that rest on a claim are named.
const carriedShown = 5

// carries names what rests on a claim.
func (w *writer) carries(c *incident.Claim, word string, d *draft) string {
	refs := w.carried(c)
	if len(refs) == 0 {
		return ""
	}
	d.cite(refs[:min(len(refs), carriedShown)]...)
	return word + " " + labels(refs, carriedShown)
}

func (w *writer) carried(c *incident.Claim) []incident.Ref {
	if c.Load == 0 {
		return nil
	}
	return w.restsOn(c.ID)
}

// test writes what would settle a claim.
func (w *writer) test(c *incident.Claim, r room, d *draft) {
	if r.level == 0 {
		return
	}
	tested := d.add(" Test: ", c.Ref, c.Test, r.aside)
	if tested {
		d.stop()
	}
	if (!tested || r.level > 1) && d.add(" Wrong if ", c.Ref, c.WrongIf, r.aside) {
		d.stop()
	}
}

func (w *writer) disputedClaim(c *incident.Claim, r room, d *draft) {
	d.looks.pressing = true
	d.say("Disputed")
	w.weight(c, d)
	d.say(": ")
	d.tell(c.Ref, c.Text, r.text)
	carries := ""
	if r.level > 0 {
		carries = w.carries(c, "carries", d)
	}
	d.say(notes(label(c.Ref), carries, w.doubts(c, d)))
	d.stop()
	d.say(" ", w.bothSides(c, r, d))
	d.stop()
	w.test(c, r, d)
}

// bothSides writes who and what speaks for a claim, and against it.
func (w *writer) bothSides(c *incident.Claim, r room, d *draft) string {
	return join("; ",
		w.verdicts(c, "verify", r, d), w.side(c.Supports, "support", r, d),
		w.verdicts(c, "refute", r, d), w.side(c.Contradicts, "contradict", r, d))
}

// verdicts writes who verifies or refutes a claim, with their evidence.
func (w *writer) verdicts(c *incident.Claim, verdict string, r room, d *draft) string {
	var people []string
	for _, v := range c.Verdicts {
		if v.Verdict != verdict {
			continue
		}
		d.cite(v.Ref)
		who := w.name(v.By)
		if len(v.Evidence) > 0 && r.level > 0 {
			d.cite(v.Evidence[:min(len(v.Evidence), 2)]...)
			who += " (" + labels(v.Evidence, 2) + ")"
		}
		people = append(people, who)
		if len(people) > 2 {
			break
		}
	}
	if len(people) == 0 {
		return ""
	}
	return capped(people, 2) + " " + verdict
}

// side writes the proof on one side of a claim, the newest first, each with
// its age.
func (w *writer) side(links []incident.Link, verb string, r room, d *draft) string {
	newest, others := newestProof(links)
	if newest == nil {
		return ""
	}
	d.cite(newest.Ref)
	shown := []string{w.aged(newest)}
	if len(others) == 0 {
		return shown[0] + " " + verb + "s"
	}
	most := min(len(others), 1+r.level)
	d.cite(others[:most]...)
	for _, ref := range others[:most] {
		if e, ok := w.now.Find(ref.ID); ok {
			shown = append(shown, w.aged(e.(*incident.Evidence)))
		}
	}
	if left := len(others) - most; left > 0 {
		shown = append(shown, plus(left))
	}
	return strings.Join(shown, ", ") + " " + verb
}

// aged is the label of an evidence with its age.
func (w *writer) aged(e *incident.Evidence) string {
	return label(e.Ref) + " (" + w.ago(e.Observed) + " old)"
}

// ruledOut lists what turned out wrong or led nowhere, the newest first.
func (w *writer) ruledOut() *column {
	var turns []incident.Thing
	for _, c := range w.now.Claims {
		if c.State == incident.Refuted {
			turns = append(turns, c)
		}
	}
	for _, x := range w.now.Decisions {
		if x.State == incident.Reversed || x.State == incident.Superseded {
			turns = append(turns, x)
		}
	}
	for _, t := range w.now.Threads {
		if t.State == incident.DeadEnd {
			turns = append(turns, t)
		}
	}
	slices.SortStableFunc(turns, func(a, b incident.Thing) int { return newest(turned(a), turned(b)) })
	return &column{id: "ruled_out", title: "Ruled out / reversed", count: len(turns),
		write: func(i int, r room, d *draft) { w.turn(turns[i], r, d) }}
}
