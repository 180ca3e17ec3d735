package incident

import (
	"slices"
	"strings"
	"time"
)

// evidenceChange says what an evidence is, where that was not known when it
// came in, or where it belongs. Filed puts it aside: looked at, it belongs
// nowhere.
type evidenceChange struct {
	Evidence string     `field:"evidence,required"`
	Title    *string    `field:"title"`
	Kind     *string    `field:"kind,oneof=screenshot|graph|log|alert|change|test|query|message|statement|document|report"`
	Grade    *string    `field:"grade"`
	Origin   *string    `field:"origin"`
	Observed *time.Time `field:"observed"`
	SaidBy   *string    `field:"said_by"`
	Thread   *string    `field:"thread"`
	Filed    *bool      `field:"filed"`
	unruled
}

// grades are how an evidence may be known; empty takes a grade back.
var grades = []string{"", "direct", "second_hand", "unknown"}

func (b *evidenceChange) valid() *Error {
	if b.Grade != nil && !slices.Contains(grades, *b.Grade) {
		return invalid("grade must be one of direct, second_hand, unknown, not %q", *b.Grade)
	}
	return nil
}

func (b *evidenceChange) refs() []reference {
	out := refs(KindEvidence, b.Evidence)
	if b.Thread != nil {
		out = append(out, refs(KindThread, *b.Thread)...)
	}
	return out
}

func (b *evidenceChange) apply(f *fold, e *entry, _ bool) {
	v := f.evidence.get(b.Evidence)
	set(&v.Title, b.Title)
	set(&v.Sort, b.Kind)
	set(&v.Grade, b.Grade)
	set(&v.Origin, b.Origin)
	set(&v.Observed, b.Observed)
	set(&v.SaidBy, b.SaidBy)
	set(&v.Thread, b.Thread)
	set(&v.Filed, b.Filed)
	if b.Observed != nil {
		v.TakenFrom = ""
	}
	if b.Kind != nil || b.Grade != nil || b.Origin != nil {
		v.stance(e)
	}
}

// set gives a field a new value where there is one.
func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

func (b *evidenceChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	say := func(what string, value *string) {
		if value != nil {
			parts = append(parts, what+firstOf(plain(*value), "none"))
		}
	}
	if b.Title != nil {
		parts = append(parts, "titled: "+*b.Title)
	}
	say("kind: ", b.Kind)
	say("grade: ", b.Grade)
	if b.Origin != nil {
		parts = append(parts, "origin: "+firstOf(*b.Origin, "none"))
	}
	if b.SaidBy != nil {
		parts = append(parts, "said by "+firstOf(*b.SaidBy, "nobody named"))
	}
	if b.Observed != nil {
		parts = append(parts, "observed at another time")
	}
	if b.Thread != nil && *b.Thread != "" {
		parts = append(parts, "in thread "+n.named(*b.Thread))
	}
	if b.Filed != nil && *b.Filed {
		parts = append(parts, "looked at, belongs nowhere")
	}
	if b.Filed != nil && !*b.Filed {
		parts = append(parts, "back to the inbox")
	}
	if len(parts) == 0 {
		parts = append(parts, "changed")
	}
	return n.ref(b.Evidence), n.named(b.Evidence) + " " + strings.Join(parts, ", ")
}

// inInbox reports whether an evidence has no place yet: it is live, linked to
// no claim, in no thread, no reply, and not put aside. For what was redacted
// there is nothing to be found out any more.
func (v *evidence) inInbox() bool {
	if v.Struck || v.Filed || v.Thread != "" || v.ReplyTo != "" || v.RedactedBy != "" {
		return false
	}
	return !slices.ContainsFunc(v.links, func(c *claim) bool { return c.made != nil })
}
