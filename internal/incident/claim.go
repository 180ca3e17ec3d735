package incident

import (
	"slices"
	"time"
)

// A Claim is a statement believed or doubted. State is derived, never typed.
type Claim struct {
	Made
	Basis
	Text        string
	Thread      string
	WrongIf     string
	Test        string
	NothingOnIt bool // somebody said that nothing rests on it
	State       ClaimState
	Flags       Flags
	Load        int
	OnIt        int    // how many things that have not ended rest on it, directly or through others
	Rested      bool   // whether anything names it in a basis set, ended things too
	Supports    []Link // live evidence for it, talk included
	Contradicts []Link // live evidence against it, talk included
	Neutral     []Link
	Verdicts    []Verdict // those in force, oldest first
	Judged      time.Time // when it was last judged
	ShapeSince  Shape     // the newest change of shape since then; its time is zero where there is none
	Spoken      time.Time // of the newest verdict or re-check, "not sure" too; zero where there is none
	Trials      []*Action // the actions that put it to the test, in record order
	Turned      time.Time // when it was refuted or withdrawn: the record that did it; else zero
	TurnedBy    string
	Why         string    // the reason of that record
	NewestProof time.Time // observed time of the newest supporting proof; zero where none
	CheckedBy   []string  // other people than the author whose verify verdict is in force
}

// A Link is one piece of live evidence of a claim.
type Link struct {
	Evidence *Evidence
	Why      string
	At       time.Time
	By       string
	Proof    bool // not talk
	Echo     bool // of the same origin as an earlier one on this side: counts no more
	Of       Ref  // that earlier one, where it is an echo
}

// A Verdict is one person's word on a claim.
type Verdict struct {
	Ref
	By       string // the person whose verdict it is
	Verdict  string // "verify" or "refute"
	At       time.Time
	Evidence []Ref
	Why      string
	Ruling   bool
}

// newest is an order after that of every record.
const newest = int(^uint(0) >> 1)

type claim struct {
	Claim
	ground
	links       []link            // every link ever, in record order
	lastLink    map[*evidence]int // place in links of the newest of each evidence
	words       []word            // verdicts and re-checks that have an effect, in record order
	withdrawals []turn
	textChanged int // order of the last change of its text, -1 for none
}

type link struct {
	evidence *evidence
	relation string
	why      string
	by       string
	at       time.Time
	order    int
	until    int // order of the link of the same evidence that took its place, 0 for none
}

// A word is a verdict or a re-check.
type word struct {
	*entry
	verdict string // "verify", "refute", "not_sure", or "recheck"
	ruling  bool   // by the lead, marked as such: silences every older verdict
	clears  bool   // a re-check "back to assumption": clears every older verdict
	cites   []string
	why     string
	force
}

// A turn is a record that ended a belief.
type turn struct {
	*entry
	why string
	force
}

// A force is from when to when a record has its effect, as orders.
type force struct {
	from  int
	until int // of the record that took it back, 0 for none
}

// end ends it, where nothing did before.
func (f *force) end(order int) {
	if f.until == 0 {
		f.until = order
	}
}

func (f force) holds(order int) bool { return f.from <= order && (f.until == 0 || f.until > order) }

// claimMake states something believed or doubted.
type claimMake struct {
	ofThread
	Text    string   `field:"text,required"`
	RestsOn []string `field:"rests_on"`
	WrongIf string   `field:"wrong_if"`
	Test    string   `field:"test"`
	unruled
}

func (b *claimMake) refs() []reference {
	return append(refs(KindThread, b.Thread), groundRefs(b.RestsOn)...)
}

func (b *claimMake) apply(f *fold, e *entry, _ bool) {
	c := f.claims.make(e.ID)
	c.Claim.Made = made(e, KindClaim)
	c.Text, c.Thread, c.WrongIf, c.Test = b.Text, b.Thread, b.WrongIf, b.Test
	c.textChanged = -1
	f.stand(&c.ground, e, KindClaim, c)
	c.rest(e, b.RestsOn)
}

func (b *claimMake) line(n *names, e *entry) (Ref, string) { return n.ref(e.ID), "Claim: " + b.Text }

// claimChange rewords a claim.
type claimChange struct {
	Claim   string  `field:"claim,required"`
	Text    *string `field:"text"`
	WrongIf *string `field:"wrong_if"`
	Test    *string `field:"test"`
	OnIt    *string `field:"on_it,oneof=nothing|"` // "nothing": somebody looked, and nothing rests on it
	Thread  *string `field:"thread"`
	unruled
}

func (b *claimChange) refs() []reference {
	out := refs(KindClaim, b.Claim)
	if b.Thread != nil {
		out = append(out, refs(KindThread, *b.Thread)...)
	}
	return out
}

func (b *claimChange) apply(f *fold, e *entry, _ bool) {
	c := f.claims.get(b.Claim)
	if b.Text != nil && *b.Text != "" && *b.Text != c.Text {
		c.Text, c.textChanged = *b.Text, e.order
	}
	if b.WrongIf != nil {
		c.WrongIf = *b.WrongIf
	}
	if b.Test != nil {
		c.Test = *b.Test
	}
	if b.OnIt != nil {
		c.NothingOnIt = *b.OnIt == "nothing"
	}
	if b.Thread != nil {
		c.Thread = *b.Thread
	}
}

func (b *claimChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	if b.Text != nil {
		parts = append(parts, "reworded: "+*b.Text)
	}
	if b.WrongIf != nil {
		parts = append(parts, "wrong if "+*b.WrongIf)
	}
	if b.Test != nil {
		parts = append(parts, "test: "+*b.Test)
	}
	if b.OnIt != nil && *b.OnIt != "" {
		parts = append(parts, "nothing rests on it")
	}
	return n.ref(b.Claim), joined(parts, "Changed")
}

// claimVerdict is a person's word on a claim.
type claimVerdict struct {
	Claim    string   `field:"claim,required"`
	Verdict  string   `field:"verdict,required,oneof=verify|refute|not_sure"`
	Evidence []string `field:"evidence"`
	Why      string   `field:"why"`
	Ruling   bool     `field:"ruling"`
}

func (b *claimVerdict) refs() []reference {
	return append(refs(KindClaim, b.Claim), refs(KindEvidence, b.Evidence...)...)
}

func (b *claimVerdict) check(f *fold, e *entry) *Error {
	if b.baseless() {
		return forbidden("cite the evidence, or say why", "a refutation needs evidence or a reason")
	}
	if b.Ruling && !f.roles.leads(e.Person) {
		return forbidden("record it as a plain verdict", "%s does not lead and cannot rule", e.Person)
	}
	return nil
}

// baseless reports whether the verdict is a refutation out of thin air, which
// has no effect at all.
func (b *claimVerdict) baseless() bool {
	return b.Verdict == "refute" && len(b.Evidence) == 0 && b.Why == ""
}

func (b *claimVerdict) apply(f *fold, e *entry, allowed bool) {
	if b.baseless() {
		return
	}
	c := f.claims.get(b.Claim)
	c.words = append(c.words, word{
		entry: e, verdict: b.Verdict, ruling: b.Ruling && allowed, cites: b.Evidence, why: b.Why, force: force{from: e.order},
	})
	c.history = append(c.history, e.order)
}

func (b *claimVerdict) retract(f *fold, e *entry, from int) { f.claims.get(b.Claim).unsay(e, from) }

// unsay ends what a verdict or a re-check says.
func (c *claim) unsay(e *entry, from int) {
	for n := range c.words {
		if c.words[n].ID == e.ID {
			c.words[n].end(from)
		}
	}
	c.history = append(c.history, from)
}

func (b *claimVerdict) line(n *names, e *entry) (Ref, string) {
	verb := map[string]string{"verify": " verified ", "refute": " refuted ", "not_sure": " is not sure of "}[b.Verdict]
	return n.ref(b.Claim), n.turned(e, because(e.Person+verb+n.named(b.Claim), b.Why))
}

// claimRecheck says that a claim is still true, or no longer known to be.
type claimRecheck struct {
	Claim string `field:"claim,required"`
	Still *bool  `field:"still"`
	unruled
}

func (b *claimRecheck) valid() *Error {
	if b.Still == nil {
		return invalid("still is missing")
	}
	return nil
}

func (b *claimRecheck) refs() []reference { return refs(KindClaim, b.Claim) }

func (b *claimRecheck) apply(f *fold, e *entry, _ bool) {
	c := f.claims.get(b.Claim)
	c.words = append(c.words, word{entry: e, verdict: "recheck", clears: !*b.Still, force: force{from: e.order}})
	c.history = append(c.history, e.order)
}

func (b *claimRecheck) retract(f *fold, e *entry, from int) { f.claims.get(b.Claim).unsay(e, from) }

func (b *claimRecheck) line(n *names, e *entry) (Ref, string) {
	did := "Back to assumption: "
	if *b.Still {
		did = "Still true: "
	}
	return n.ref(b.Claim), n.turned(e, did+n.named(b.Claim))
}

// claimWithdraw retires a claim as moot.
type claimWithdraw struct {
	Claim string `field:"claim,required"`
	Why   string `field:"why"`
}

func (b *claimWithdraw) refs() []reference { return refs(KindClaim, b.Claim) }

func (b *claimWithdraw) check(f *fold, e *entry) *Error {
	if f.claims.get(b.Claim).Claim.Person == e.Person || f.roles.leads(e.Person) {
		return nil
	}
	return forbidden("refute it instead, with evidence or a reason",
		"%s is neither the author of the claim nor the lead and cannot withdraw it", e.Person)
}

func (b *claimWithdraw) apply(f *fold, e *entry, allowed bool) {
	if !allowed {
		return
	}
	c := f.claims.get(b.Claim)
	c.withdrawals = append(c.withdrawals, turn{e, b.Why, force{from: e.order}})
	c.history = append(c.history, e.order)
}

func (b *claimWithdraw) retract(f *fold, e *entry, from int) {
	c := f.claims.get(b.Claim)
	for n := range c.withdrawals {
		if c.withdrawals[n].ID == e.ID {
			c.withdrawals[n].end(from)
		}
	}
	c.history = append(c.history, from)
}

func (b *claimWithdraw) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Claim), n.turned(e, because("Withdrawn: "+n.named(b.Claim), b.Why))
}

func (c *claim) link(e *entry, v *evidence, relation, why string) {
	if n, again := c.lastLink[v]; again {
		c.links[n].until = e.order
	}
	if c.lastLink == nil {
		c.lastLink = map[*evidence]int{}
	}
	c.lastLink[v] = len(c.links)
	c.links = append(c.links, link{v, relation, why, e.Person, e.At, e.order, 0})
	c.history = append(c.history, e.order)
	if !slices.Contains(v.links, c) {
		v.links = append(v.links, c)
	}
}

// sides are the live links of a claim: of two between one pair the newest
// counts, and struck evidence counts no more.
type sides struct {
	supports, contradicts, neutral []link
}

func (c *claim) sidesAt(order int) sides {
	var s sides
	for _, l := range c.links {
		replaced := l.until > 0 && l.until <= order
		if l.order > order || replaced || !l.evidence.thereAt(order) || !l.evidence.liveAt(order) {
			continue
		}
		switch l.relation {
		case "supports":
			s.supports = append(s.supports, l)
		case "contradicts":
			s.contradicts = append(s.contradicts, l)
		default:
			s.neutral = append(s.neutral, l)
		}
	}
	return s
}

// proofs picks from one side what counts as proof: no talk, and of several
// items of one origin the first.
func proofs(side []link, order int) []link {
	var out []link
	var seen origins
	for _, l := range side {
		if !l.evidence.stanceAt(order).talk && seen.echo(l.evidence, order) == nil {
			out = append(out, l)
		}
	}
	return out
}

// liveWords are the verdicts in force, in record order: of each person the
// latest, "not sure" clearing it.
func (c *claim) liveWords(order int) []word {
	var live []word
	for _, w := range c.words {
		if !w.holds(order) {
			continue
		}
		if w.ruling || w.clears {
			live = nil
		}
		if w.verdict == "recheck" {
			continue
		}
		live = slices.DeleteFunc(live, func(old word) bool { return old.Person == w.Person })
		if w.verdict != "not_sure" {
			live = append(live, w)
		}
	}
	return live
}

// A judgement is what the records up to a moment say of a claim, but for what
// rests on it.
type judgement struct {
	sides
	proofFor, proofAgainst []link
	verdicts               []word
	state                  ClaimState // Hypothesis where no rule before the last two matches
	turn                   turn       // the record that refuted or withdrew it
}

// judgeAt applies the rules of the claim states, the first that matches
// counting.
func (c *claim) judgeAt(order int) judgement {
	s := c.sidesAt(order)
	j := judgement{
		sides: s, proofFor: proofs(s.supports, order), proofAgainst: proofs(s.contradicts, order),
		verdicts: c.liveWords(order), state: Hypothesis,
	}
	refuted, verified := -1, -1 // orders of the newest refute verdict, and of the newest verify verdict by another
	anyVerify := false
	for _, w := range j.verdicts {
		switch {
		case w.verdict == "refute":
			refuted, j.turn = w.order, turn{entry: w.entry, why: w.why}
		case w.Person != c.Claim.Person:
			anyVerify, verified = true, w.order
		default:
			anyVerify = true
		}
	}
	withdrawn := slices.IndexFunc(c.withdrawals, func(t turn) bool { return t.holds(order) })
	switch {
	case withdrawn >= 0:
		j.state, j.turn = Withdrawn, c.withdrawals[withdrawn]
	case refuted >= 0 && anyVerify,
		refuted >= 0 && lastOrder(j.proofFor) > refuted,
		verified >= 0 && lastOrder(j.proofAgainst) > verified:
		j.state = ClaimDisputed
	case refuted >= 0:
		j.state = Refuted
	case verified >= 0 && len(j.proofFor) > 0:
		j.state = Verified
	case len(j.proofAgainst) > 0 && verified < lastOrder(j.proofAgainst):
		j.state = ClaimDisputed
	case len(j.proofFor) > 0:
		j.state = Supported
	}
	return j
}

func lastOrder(side []link) int {
	if len(side) == 0 {
		return -1
	}
	return side[len(side)-1].order
}

// judgedAt returns the order of the record by which the claim was last
// judged: its newest live verdict, re-check, or its making.
func (c *claim) judgedAt(j judgement) *entry {
	last := c.ground.made
	if n := len(j.verdicts); n > 0 && j.verdicts[n-1].order > last.order {
		last = j.verdicts[n-1].entry
	}
	for _, w := range c.words {
		if w.verdict == "recheck" && w.order > last.order && w.holds(newest) {
			last = w.entry
		}
	}
	return last
}

// Name returns the text.
func (c *Claim) Name() string { return c.Text }

// Word returns the state.
func (c *Claim) Word() string { return string(c.State) }

// Rests returns what the claim rests on.
func (c *Claim) Rests() *Basis { return &c.Basis }

// HasEnded reports whether the claim is refuted or withdrawn.
func (c *Claim) HasEnded() bool { return c.State.fallen() }
