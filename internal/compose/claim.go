package compose

import (
	"strconv"

	"bearings/internal/incident"
	"bearings/internal/record"
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

func verdict(word string) func(*Writer, *line) (*Draft, *Problem) {
	verb := map[string]string{"verify": "Verify ", "refute": "Refute ", "not_sure": "Not sure of "}[word]
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		c, p := l.need("claim", "/verify C4 why", incident.KindClaim)
		if p != nil {
			return nil, p
		}
		by := l.refs("by", incident.KindEvidence)
		why := l.rest()
		if word == "refute" && why == "" && len(by) == 0 {
			return nil, problem("A refutation needs a reason or evidence.", "/refute "+c.Meta().Label+" why, or: by E5")
		}
		return draft(with(verb+c.Meta().Label, ", by ", labels(by)), "claim.verdict",
			"claim", c.Meta().ID, "verdict", word, "evidence", ids(by), "why", why, "ruling", l.bang), nil
	}
}

func recheck(still bool) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		c, p := l.need("claim", "/still C4", incident.KindClaim)
		if p != nil {
			return nil, p
		}
		d := draft("Still true: "+c.Meta().Label, "claim.recheck", "claim", c.Meta().ID)
		if !still {
			d.Says = "Back to an assumption: " + c.Meta().Label
		}
		d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "still", Value: strconv.AppendBool(nil, still)})
		return d, nil
	}
}

func (w *Writer) withdraw(l *line) (*Draft, *Problem) {
	c, p := l.need("claim", "/withdraw C4 why", incident.KindClaim)
	if p != nil {
		return nil, p
	}
	return draft("Withdraw "+c.Meta().Label, "claim.withdraw", "claim", c.Meta().ID, "why", l.rest()), nil
}

func (w *Writer) basis(l *line) (*Draft, *Problem) {
	const usage = "/basis D3 on C2 C4"
	t, p := l.need("thing", usage, incident.KindClaim, incident.KindDecision, incident.KindAction, incident.KindUpdate, incident.KindThread)
	if p != nil {
		return nil, p
	}
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	if len(on) == 0 {
		return nil, problem("What does "+t.Meta().Label+" rest on?", usage)
	}
	return draft(t.Meta().Label+" rests on "+labels(on), "basis.add", "of", t.Meta().ID, "on", ids(on)), nil
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
