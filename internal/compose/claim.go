package compose

import (
	"bearings/internal/incident"
)

func (w *Writer) makeClaim(l *line) (*Draft, *Problem) {
	who, p := l.person()
	if p != nil {
		return nil, p
	}
	wrong, test := l.field("wrong"), l.field("test")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	text := l.rest()
	if text == "" {
		return nil, missing("The claim needs its text.", "/c what we believe")
	}
	thread, label := w.thread()
	d := draft(with("Claim", " on ", label, " by ", who, ", resting on ", labels(on)), "claim.make",
		"text", text, "thread", thread, "rests_on", ids(on), "wrong_if", wrong, "test", test)
	d.Records[0].Person = who
	return d, nil
}

func (w *Writer) withdraw(l *line) (*Draft, *Problem) {
	c, p := l.need("claim", "/withdraw C4 why", incident.KindClaim)
	if p != nil {
		return nil, p
	}
	if author := c.Meta().Person; author != w.Place.Me && !w.leads() {
		return nil, problem("Only "+author+", whose claim it is, or the lead can withdraw it.", "Refute it instead: /refute "+c.Meta().Label+" why")
	}
	return draft("Withdraw "+c.Meta().Label, "claim.withdraw", "claim", c.Meta().ID, "why", l.rest()), nil
}

func claimField(field, says string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		c, p := l.need("claim", "Name it first: C4", incident.KindClaim)
		if p != nil {
			return nil, p
		}
		if l.rest() == "" {
			return nil, missing("The text is missing.", "Type it after the command.")
		}
		return draft(says+", "+c.Meta().Label, "claim.change", "claim", c.Meta().ID, field, l.rest()), nil
	}
}
