package compose

import (
	"slices"
	"strconv"

	"bearings/internal/incident"
	"bearings/internal/record"
)

func verdict(word string) func(*Writer, *line) (*Draft, *Problem) {
	return func(w *Writer, l *line) (*Draft, *Problem) {
		t, p := l.need("claim", "/verify C4 why", incident.KindClaim)
		if p != nil {
			return nil, p
		}
		if l.bang && !w.leads() {
			return nil, onlyLead(w, t)
		}
		return judge(w, l, t.(*incident.Claim), word, l.bang)
	}
}

// rule is the lead's word, which silences all that were said before.
func (w *Writer) rule(l *line) (*Draft, *Problem) {
	const usage = "/rule C4 holds why, or: /rule C4 wrong why"
	t, p := l.need("claim", usage, incident.KindClaim)
	if p != nil {
		return nil, p
	}
	if !w.leads() {
		return nil, onlyLead(w, t)
	}
	word := map[string]string{"holds": "verify", "true": "verify", "verify": "verify", "wrong": "refute", "false": "refute", "refute": "refute"}[l.word("holds", "true", "verify", "wrong", "false", "refute")]
	if word == "" {
		return nil, problem("Does "+t.Meta().Label+" hold, or is it wrong?", usage)
	}
	return judge(w, l, t.(*incident.Claim), word, true)
}

func judge(w *Writer, l *line, c *incident.Claim, word string, ruling bool) (*Draft, *Problem) {
	by := l.refs("by", incident.KindEvidence)
	why := l.rest()
	if word == "refute" && why == "" && len(by) == 0 {
		return nil, problem("A refutation needs a reason or evidence.", "/refute "+c.Label+" why, or: by E5")
	}
	says := map[string]string{"verify": "Verify ", "refute": "Refute ", "not_sure": "Not sure of "}[word] + c.Label
	if ruling {
		says = map[string]string{"verify": "Rule that " + c.Label + " holds", "refute": "Rule that " + c.Label + " is wrong"}[word]
	}
	says = with(says, ", by ", labels(by))
	if word == "verify" {
		says += verifyFalls(w, c, by)
	}
	return draft(says, "claim.verdict",
		"claim", c.ID, "verdict", word, "evidence", ids(by), "why", why, "ruling", ruling), nil
}

// verifyFalls says beforehand why a claim will not read "verified" after all.
func verifyFalls(w *Writer, c *incident.Claim, by []incident.Ref) string {
	proof := slices.ContainsFunc(c.Supports, func(l incident.Link) bool { return l.Proof })
	switch {
	case c.Person == w.Place.Me:
		return "; it is yours, so somebody else has to check it too"
	case !proof && len(by) > 0:
		return "; nothing is linked for it yet: /link " + by[0].Label + " for " + c.Label
	case !proof:
		return "; no evidence speaks for it yet, so it stays " + string(c.State)
	}
	return ""
}

// leads reports whether who types leads.
func (w *Writer) leads() bool { return w.isLead(w.Place.Me) }

func onlyLead(w *Writer, t incident.Thing) *Problem {
	who := "Nobody leads, and only"
	if len(w.State.Leads) > 0 {
		who = w.State.Leads[0].Person + " leads: only"
	}
	return problem(who+" the lead rules.", "Say your own word: /verify "+t.Meta().Label+" or /refute "+t.Meta().Label)
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
