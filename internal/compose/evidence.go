package compose

import (
	"encoding/json"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/record"
)

var evidenceKinds = []string{"screenshot", "graph", "log", "alert", "change", "test", "query", "message", "statement", "document", "report"}

func (w *Writer) addEvidence(l *line) (*Draft, *Problem) {
	kind := l.word(evidenceKinds...)
	saidBy := l.field("said")
	who, p := l.person()
	if p != nil {
		return nil, p
	}
	if saidBy == "" {
		saidBy = who
	}
	for_, against := l.refs("for", incident.KindClaim), l.refs("against", incident.KindClaim)
	title := l.rest()
	if title == "" {
		return nil, missing("The evidence needs a title.", "/e graph what it shows, for C4")
	}
	if kind == "" {
		kind = "statement"
	}
	claims := map[string]string{}
	for _, r := range for_ {
		claims[r.ID] = "supports"
	}
	for _, r := range against {
		claims[r.ID] = "contradicts"
	}
	url := ""
	if strings.HasPrefix(title, "https://") || strings.HasPrefix(title, "http://") {
		url, _, _ = strings.Cut(title, " ")
	}
	thread, _ := w.thread()
	d := draft(with("Evidence, "+kind, ", for ", labels(for_), ", against ", labels(against)), "evidence.add",
		"kind", kind, "title", title, "url", url, "said_by", saidBy, "thread", thread)
	if len(claims) > 0 {
		value, _ := json.Marshal(claims) // a map of texts can always be written
		d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "claims", Value: value})
	}
	return d, nil
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
