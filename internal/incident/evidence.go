package incident

import (
	"slices"
	"time"
)

// Evidence is a thing shown.
type Evidence struct {
	Made
	Sort     string // screenshot, graph, log, alert, change, test, query, message, statement, document, report
	Title    string
	Text     string
	URL      string
	File     string
	SHA256   string // of its file, hex; empty where it has none
	Bytes    int64
	SaidBy   string
	Observed time.Time // At where not given
	Origin   string
	Grade    string
	Thread   string
	ReplyTo  string
	Struck   bool
	StruckBy string
	Why      string // why it was struck
	Expired  bool   // older than its shelf life: display only
	Talk     bool   // somebody's word, which is no proof
	Claims   []Ref  // that it speaks for or against, live links only
	Filed    bool   // looked at, and put aside: it belongs nowhere

	How       string   // how it came in: drop, paste, dialog, command line, typed; empty where not said
	Format    string   // of its file, by content: png, jpeg, log …; empty where not said
	Metadata  []string // what its file carries beside the content, in words: "GPS position"
	TakenFrom string   // where Observed is from: metadata, file time, arrival; empty where a person said it

	CopyOf  Ref    // what it is a copy of; empty for an original
	Part    string // of a copy: marked, cropped, redacted, stripped
	Copies  []Ref  // made of it, oldest first
	InPlace Ref    // the copy to show where this is redacted; empty where there is none

	// Redacted is true at every time that is looked at, also before the
	// redaction: what was redacted is shown nowhere any more. When, by whom and
	// why are known from then on.
	Redacted   bool
	RedactedAt time.Time
	RedactedBy string
	RedactWhy  string
}

type evidence struct {
	Evidence
	ground
	strikes []turn    // the records that struck it
	links   []*claim  // that it was ever linked to
	stances []stance  // in record order, from its making on
	source  *evidence // what it is a copy of, nil for an original
	copies  []*evidence
}

// A stance is what of an evidence decides how it counts, from a record on.
type stance struct {
	order  int
	talk   bool
	origin string
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

	// How it came in, and what the file is: said by whoever took it in.
	How       string   `field:"how,oneof=drop|paste|dialog|command line|typed"`
	Format    string   `field:"format"`
	Metadata  []string `field:"metadata"`
	TakenFrom string   `field:"taken_from,oneof=metadata|file time|arrival"`

	// A copy is made of another evidence, from the whole or a part of it.
	CopyOf string `field:"copy_of"`
	Part   string `field:"part,oneof=marked|cropped|redacted|stripped"`
	unruled

	redacted bool // this is what a redaction left of the record
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
	out := append(refs(KindThread, b.Thread), refs(KindEvidence, b.ReplyTo, b.CopyOf)...)
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
	was := v.Evidence
	v.Evidence = Evidence{
		Made: made(e, KindEvidence),
		Sort: b.Kind, Title: b.Title, Text: b.Text, URL: b.URL, File: b.File,
		SHA256: b.SHA256, Bytes: int64(b.Bytes), SaidBy: b.SaidBy,
		Observed: b.Observed, Origin: b.Origin, Grade: b.Grade,
		Thread: b.Thread, ReplyTo: b.ReplyTo,
		How: b.How, Format: b.Format, Metadata: b.Metadata, TakenFrom: b.TakenFrom, Part: b.Part,
		Struck: was.Struck, StruckBy: was.StruckBy, Why: was.Why,
		Redacted: was.Redacted || b.redacted, RedactedAt: was.RedactedAt, RedactedBy: was.RedactedBy, RedactWhy: was.RedactWhy,
	}
	if v.Observed.IsZero() {
		v.Observed = e.At
	}
	v.copyOf(f, b.CopyOf)
	f.stand(&v.ground, e, KindEvidence, v)
	v.stances = nil
	v.stance(e)
	for _, id := range sortedKeys(b.Claims) {
		f.claims.get(id).link(e, v, b.Claims[id], "")
	}
}

func (b *evidenceAdd) line(n *names, e *entry) (Ref, string) {
	what := "Evidence, " + plain(b.Kind)
	if b.CopyOf != "" {
		what += ", a copy of " + n.named(b.CopyOf)
	}
	name := firstOf(b.Title, b.Text, b.URL, b.File)
	if name == "" {
		return n.ref(e.ID), what
	}
	return n.ref(e.ID), what + ": " + name
}

// copyOf notes what an evidence is a copy of.
func (v *evidence) copyOf(f *fold, id string) {
	if id == "" {
		return
	}
	v.CopyOf = Ref{ID: id, Kind: KindEvidence}
	v.source = f.evidence.get(id)
	if !slices.Contains(v.source.copies, v) {
		v.source.copies = append(v.source.copies, v)
	}
}

// stance takes down how the evidence counts from a record on.
func (v *evidence) stance(e *entry) {
	v.Talk = v.Sort == "statement" || v.Sort == "message" && v.Grade != "direct"
	v.stances = append(v.stances, stance{e.order, v.Talk, v.Origin})
	v.shift(e.order)
}

func (v *evidence) stanceAt(order int) stance {
	var at stance
	for _, s := range v.stances {
		if s.order > order {
			break
		}
		at = s
	}
	return at
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
	v.strikes = append(v.strikes, turn{e, b.Why, force{from: e.order}})
	v.tell(e.order)
}

func (b *evidenceStrike) retract(f *fold, e *entry, from int) {
	v := f.evidence.get(b.Evidence)
	for n := range v.strikes {
		if v.strikes[n].ID == e.ID {
			v.strikes[n].end(from)
		}
	}
	v.tell(from)
}

// tell says by which of the records that struck the evidence it is struck now.
func (v *evidence) tell(order int) {
	v.Struck, v.StruckBy, v.Why = false, "", ""
	for _, s := range v.strikes {
		if s.holds(newest) {
			v.Struck, v.StruckBy, v.Why = true, s.Person, s.why
		}
	}
	v.shift(order)
}

func (b *evidenceStrike) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Evidence), n.turned(e, because("Struck "+n.named(b.Evidence), b.Why))
}

// shift notes that a record may have changed how well the evidence, and the
// claims that it was linked to, hold.
func (v *evidence) shift(order int) {
	v.history = append(v.history, order)
	for _, c := range v.links {
		c.history = append(c.history, order)
	}
}

func (v *evidence) liveAt(order int) bool {
	return !slices.ContainsFunc(v.strikes, func(s turn) bool { return s.holds(order) })
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
	for _, c := range v.copies {
		if c.made == nil {
			continue
		}
		s.Copies = append(s.Copies, c.Ref)
		if s.Redacted && !c.Redacted && !c.Struck && (c.Part == "redacted" || s.InPlace.ID == "") {
			s.InPlace = c.Ref
		}
	}
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
