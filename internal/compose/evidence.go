package compose

import (
	"encoding/json"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

var evidenceKinds = []string{"screenshot", "graph", "log", "alert", "change", "test", "query", "message", "statement", "document", "report"}

// An observation is what somebody saw with their own eyes: their statement,
// first hand.
const observation = "observation"

// grades are how well an evidence is known, as they are typed and as they are
// recorded.
var grades = map[string]string{
	"direct": "direct", "second-hand": "second_hand", "second": "second_hand", "secondhand": "second_hand",
	"unknown": "unknown", nothing: nothing,
}

// nothing is typed where what a field said is to be cleared.
const nothing = "-"

// given is the value of a field that a line gives, cleared where it says so.
func given(text string) any {
	if text == nothing {
		return cleared{}
	}
	return text
}

// A character is what is said of an evidence, beside what it shows.
type character struct {
	kind, grade, saidBy, origin string
	seen                        time.Time
}

const gradeUsage = "grade: direct, second-hand or unknown"

// character takes out what a line says of an evidence.
func (l *line) character() (c character, p *Problem) {
	c.kind = l.word(append([]string{observation}, evidenceKinds...)...)
	c.seen = l.past("seen") // before the fields, which take what follows them
	c.saidBy, c.origin = l.field("said"), l.field("origin")
	if word := l.field("grade"); word != "" {
		if c.grade = grades[strings.ToLower(word)]; c.grade == "" {
			return c, problem("How well is it known?", gradeUsage)
		}
	}
	who, p := l.person()
	if p != nil {
		return c, p
	}
	c.saidBy = either(c.saidBy, who)
	if c.kind == observation {
		c.kind, c.grade, c.saidBy = "statement", either(c.grade, "direct"), either(c.saidBy, l.w.Place.Me)
	}
	return c, nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (w *Writer) addEvidence(l *line) (*Draft, *Problem) {
	sides := map[string][]incident.Ref{}
	claims := map[string]string{}
	for word, relation := range map[string]string{"for": "supports", "against": "contradicts", "neutral": "neutral"} {
		sides[word] = l.refs(word, incident.KindClaim)
		for _, r := range sides[word] {
			claims[r.ID] = relation
		}
	}
	c, p := l.character()
	if p != nil {
		return nil, p
	}
	for _, f := range []*string{&c.grade, &c.saidBy, &c.origin} {
		if *f == nothing {
			*f = ""
		}
	}
	title := l.rest()
	if title == "" {
		return nil, missing("The evidence needs a title.", "/e graph what it shows, for C4")
	}
	url := ""
	if strings.HasPrefix(title, "https://") || strings.HasPrefix(title, "http://") {
		url, _, _ = strings.Cut(title, " ")
	}
	kind := c.kind
	if kind == "" && url != "" {
		kind = "document"
	}
	kind = either(kind, "statement")
	thread, _ := w.thread()
	says := with("Evidence, "+kind, ", ", plain(c.grade), ", for ", labels(sides["for"]), ", against ", labels(sides["against"]),
		", neutral to ", labels(sides["neutral"]), ", seen ", w.day(c.seen))
	d := draft(says, "evidence.add", "kind", kind, "title", title, "url", url, "said_by", c.saidBy, "grade", c.grade,
		"origin", c.origin, "observed", stamp(c.seen), "how", "typed", "thread", thread)
	if len(claims) > 0 {
		value, _ := json.Marshal(claims) // a map of texts can always be written
		d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "claims", Value: value})
	}
	return d, nil
}

// describe says of an evidence what was not known when it came in.
func (w *Writer) describe(l *line) (*Draft, *Problem) {
	const usage = "/describe E5 graph what it shows grade: direct origin: Grafana seen 03:20 (origin: - clears it)"
	e, p := l.need("evidence", usage, incident.KindEvidence)
	if p != nil {
		return nil, p
	}
	c, p := l.character()
	if p != nil {
		return nil, p
	}
	title, m := l.rest(), e.Meta()
	if c == (character{}) && title == "" {
		return nil, problem("What is "+m.Label+"?", usage)
	}
	says := with(m.Label, ": ", c.kind, ", ", plain(c.grade), ", seen ", w.day(c.seen), ", said by ", c.saidBy,
		", from ", c.origin, ": ", title)
	return draft(says, "evidence.change", "evidence", m.ID, "title", title, "kind", c.kind, "grade", given(c.grade),
		"said_by", given(c.saidBy), "origin", given(c.origin), "observed", stamp(c.seen)), nil
}

// file says where an evidence belongs: on a thread, or nowhere; or that nobody
// knows after all.
func (w *Writer) file(l *line) (*Draft, *Problem) {
	const usage = "/file E5 on T2, /file E5 where it belongs nowhere, or /file E5 inbox"
	e, p := l.need("evidence", usage, incident.KindEvidence)
	if p != nil {
		return nil, p
	}
	m := e.Meta()
	on := l.refs("on", incident.KindThread)
	if len(on) == 0 && l.word("inbox") != "" {
		return draft(m.Label+" is in the inbox", "evidence.change", "evidence", m.ID, "thread", cleared{}, "filed", no{}), nil
	}
	if len(on) == 0 && l.rest() != "" {
		return nil, problem("Where does "+m.Label+" belong?", usage)
	}
	if len(on) == 0 {
		return draft(m.Label+" belongs nowhere", "evidence.change", "evidence", m.ID, "filed", true), nil
	}
	return draft(m.Label+" is on "+on[0].Label, "evidence.change", "evidence", m.ID, "thread", on[0].ID), nil
}

func (w *Writer) link(l *line) (*Draft, *Problem) {
	const usage = "/link E5 for C4 (or against, or neutral)"
	e, p := l.need("evidence", usage, incident.KindEvidence)
	if p != nil {
		return nil, p
	}
	relation := map[string]string{"for": "supports", "supports": "supports", "against": "contradicts", "contradicts": "contradicts", "neutral": "neutral"}[l.word("for", "supports", "against", "contradicts", "neutral")]
	if relation == "" {
		return nil, problem("For or against?", usage)
	}
	c, p := l.need("claim", usage, incident.KindClaim)
	if p != nil {
		return nil, p
	}
	return draft(e.Meta().Label+" "+relation+" "+c.Meta().Label, "evidence.link",
		"evidence", e.Meta().ID, "claim", c.Meta().ID, "relation", relation, "why", l.rest()), nil
}
