package compose

import (
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

const basisUsage = "/basis D3 on C2 C4, or on nothing, or not on C2"

// basis says what something rests on, that it rests on nothing, that it no
// longer rests on something, or that nothing rests on a claim.
func (w *Writer) basis(l *line) (*Draft, *Problem) {
	if l.word("nothing") != "" {
		return w.nothingOn(l)
	}
	t, p := l.need("thing", basisUsage, restingKinds...)
	if p != nil {
		return nil, p
	}
	not := l.word("not") != ""
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	m := t.Meta()
	switch {
	case slices.ContainsFunc(on, func(r incident.Ref) bool { return r.ID == m.ID }):
		return nil, problem(m.Label+" cannot rest on itself.", basisUsage)
	case len(on) == 0 && !not && l.word("on") != "" && l.word("nothing") != "":
		return onNothing(t), nil
	case len(on) == 0:
		return nil, problem("What does "+m.Label+" rest on?", basisUsage)
	case not:
		return notOn(t, on)
	}
	return draft(m.Label+" rests on "+labels(on), "basis.add", "of", m.ID, "on", ids(on)), nil
}

func onNothing(t incident.Thing) *Draft {
	d := draft(t.Meta().Label+" rests on nothing", "basis.add", "of", t.Meta().ID)
	d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "on", Value: []byte("[]")})
	return d
}

// nothingOn says that nothing rests on a claim.
func (w *Writer) nothingOn(l *line) (*Draft, *Problem) {
	on := l.refs("on", incident.KindClaim)
	if t, ok := l.first(incident.KindClaim); ok && len(on) == 0 {
		on = []incident.Ref{t.Meta().Ref}
	}
	if len(on) != 1 {
		return nil, problem("On which claim does nothing rest?", "/basis nothing on C4")
	}
	return draft("Nothing rests on "+on[0].Label, "claim.change", "claim", on[0].ID, "on_it", "nothing"), nil
}

// notOn takes some things out of the sets under another. A set of which
// nothing is left goes.
func notOn(t incident.Thing, less []incident.Ref) (*Draft, *Problem) {
	d := &Draft{Says: t.Meta().Label + " no longer rests on " + labels(less)}
	for _, set := range t.Rests().Sets {
		left := slices.DeleteFunc(slices.Clone(set.On), func(r incident.Ref) bool {
			return slices.ContainsFunc(less, func(l incident.Ref) bool { return l.ID == r.ID })
		})
		if len(left) == len(set.On) {
			continue
		}
		d.Records = append(d.Records, act("basis.drop", "of", t.Meta().ID, "on", ids(set.On)))
		if len(left) > 0 {
			d.Records = append(d.Records, act("basis.add", "of", t.Meta().ID, "on", ids(left)))
		}
	}
	if len(d.Records) == 0 {
		return nil, problem(t.Meta().Label+" does not rest on "+labels(less)+".", basisUsage)
	}
	return d, nil
}
