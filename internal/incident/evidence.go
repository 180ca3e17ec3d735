package incident

import (
	"slices"
	"time"
)

type evidence struct {
	Evidence
	ground
	strikes []int    // orders of the records that struck it
	links   []*claim // that it was ever linked to
}

// evidenceAdd shows something.
type evidenceAdd struct {
	ofThread
	Kind     string            `field:"kind,required,oneof=screenshot|graph|log|alert|change|test|query|message|statement|document|report"`
	Title    string            `field:"title"`
	Text     string            `field:"text"`
	URL      string            `field:"url"`
	File     string            `field:"file"`
	SHA256   string            `field:"sha256"`
	Bytes    int               `field:"bytes"`
	SaidBy   string            `field:"said_by"`
	Observed time.Time         `field:"observed"`
	Origin   string            `field:"origin"`
	Grade    string            `field:"grade,oneof=direct|second_hand|unknown"`
	ReplyTo  string            `field:"reply_to"`
	Claims   map[string]string `field:"claims"`
	unruled
}

func (b *evidenceAdd) valid() *Error {
	for _, relation := range b.Claims {
		if !slices.Contains(relations, relation) {
			return invalid("an evidence supports, contradicts or is neutral to a claim, it cannot be %q", relation)
		}
	}
	return nil
}

func (b *evidenceAdd) refs() []reference {
	out := append(refs(KindThread, b.Thread), refs(KindEvidence, b.ReplyTo)...)
	for _, id := range sortedKeys(b.Claims) {
		out = append(out, reference{id, []Kind{KindClaim}})
	}
	return out
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (b *evidenceAdd) apply(f *fold, e *entry, _ bool) {
	v := f.evidence.make(e.ID)
	struck, redacted := v.Evidence, v.Redacted
	v.Evidence = Evidence{
		Made: made(e, KindEvidence),
		Sort: b.Kind, Title: b.Title, Text: b.Text, URL: b.URL, File: b.File,
		SHA256: b.SHA256, Bytes: int64(b.Bytes), SaidBy: b.SaidBy,
		Observed: b.Observed, Origin: b.Origin, Grade: b.Grade,
		Thread: b.Thread, ReplyTo: b.ReplyTo,
		Struck: struck.Struck, StruckBy: struck.StruckBy, Why: struck.Why, Redacted: redacted,
		Talk: b.Kind == "statement" || b.Kind == "message" && b.Grade != "direct",
	}
	if v.Observed.IsZero() {
		v.Observed = e.At
	}
	f.stand(&v.ground, e, KindEvidence, v)
	v.shift(e)
	for _, id := range sortedKeys(b.Claims) {
		f.claims.get(id).link(e, v, b.Claims[id], "")
	}
}

func (b *evidenceAdd) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "Evidence, " + plain(b.Kind) + ": " + firstOf(b.Title, b.Text, b.URL, b.File)
}

var relations = []string{"supports", "contradicts", "neutral"}

// evidenceLink says what an evidence tells about a claim.
type evidenceLink struct {
	Evidence string `field:"evidence,required"`
	Claim    string `field:"claim,required"`
	Relation string `field:"relation,required,oneof=supports|contradicts|neutral"`
	Why      string `field:"why"`
	unruled
}

func (b *evidenceLink) refs() []reference {
	return append(refs(KindEvidence, b.Evidence), refs(KindClaim, b.Claim)...)
}

func (b *evidenceLink) apply(f *fold, e *entry, _ bool) {
	f.claims.get(b.Claim).link(e, f.evidence.get(b.Evidence), b.Relation, b.Why)
}

func (b *evidenceLink) line(n *names, e *entry) (Ref, string) {
	relation := map[string]string{
		"supports": " supports ", "contradicts": " speaks against ", "neutral": " tells nothing about ",
	}[b.Relation]
	return n.ref(b.Claim), because(n.named(b.Evidence)+relation+n.named(b.Claim), b.Why)
}

// evidenceStrike takes an evidence out of count, with a reason.
type evidenceStrike struct {
	Evidence string `field:"evidence,required"`
	Why      string `field:"why"`
	unruled
}

func (b *evidenceStrike) refs() []reference { return refs(KindEvidence, b.Evidence) }

func (b *evidenceStrike) apply(f *fold, e *entry, _ bool) {
	v := f.evidence.get(b.Evidence)
	v.Struck, v.StruckBy, v.Why = true, e.Person, b.Why
	v.strikes = append(v.strikes, e.order)
	v.shift(e)
}

func (b *evidenceStrike) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Evidence), because("Struck "+n.named(b.Evidence), b.Why)
}

// evidenceRedact destroys an evidence's file; its record stays and counts as
// before.
type evidenceRedact struct {
	Evidence string `field:"evidence,required"`
	Why      string `field:"why"`
	unruled
}

func (b *evidenceRedact) refs() []reference { return refs(KindEvidence, b.Evidence) }

func (b *evidenceRedact) apply(f *fold, e *entry, _ bool) {
	v := f.evidence.get(b.Evidence)
	v.Redacted = true
	if !v.Struck {
		v.Why = b.Why
	}
}

func (b *evidenceRedact) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Evidence), because("Redacted "+n.named(b.Evidence), b.Why)
}

// shift notes that a record may have changed how well the evidence, and the
// claims that it was linked to, hold.
func (v *evidence) shift(e *entry) {
	v.history = append(v.history, e.order)
	for _, c := range v.links {
		c.history = append(c.history, e.order)
	}
}

func (v *evidence) liveAt(order int) bool {
	for _, at := range v.strikes {
		if at <= order {
			return false
		}
	}
	return true
}

// shelfKinds are the kinds of evidence that show a moment and go stale.
var shelfKinds = []string{"screenshot", "graph", "alert", "query"}

// shelfLife is how long such evidence stays fresh.
func shelfLife(severity string) time.Duration {
	if severity == "SEV1" {
		return 15 * time.Minute
	}
	return 30 * time.Minute
}

// PastShelfLife reports whether the evidence shows a moment that is too long
// ago, at a severity, to be trusted still.
func (v *Evidence) PastShelfLife(severity string, now time.Time) bool {
	return slices.Contains(shelfKinds, v.Sort) && now.Sub(v.Observed) > shelfLife(severity)
}

func (v *evidence) show(severity string, now time.Time) *Evidence {
	s := v.Evidence
	s.Expired = s.PastShelfLife(severity, now)
	return &s
}

// Name returns the title, or whatever else says what it is.
func (v *Evidence) Name() string { return firstOf(v.Title, v.Text, v.URL, v.File, plain(v.Sort)) }

// Word returns "live" or "struck".
func (v *Evidence) Word() string {
	if v.Struck {
		return "struck"
	}
	return "live"
}

// Rests returns nil: evidence rests on nothing.
func (v *Evidence) Rests() *Basis { return nil }

// HasEnded returns false: evidence has no end.
func (v *Evidence) HasEnded() bool { return false }
