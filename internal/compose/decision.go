package compose

import (
	"slices"
	"strings"

	"bearings/internal/incident"
)

func (w *Writer) decide(l *line) (*Draft, *Problem) {
	l.apart("mode", "door")
	why, revisit := l.field("why"), l.field("revisit")
	alternatives, consulted := several(l.field("alternatives"), ";"), l.w.named(l.field("consulted"))
	by, door := l.choice("mode", modes), l.choice("door", doors)
	when := l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	text := l.rest()
	if text == "" {
		return nil, missing("The decision needs its text.", "/d what is decided, on C4 why: …")
	}
	mode, state, says := by, "", with("Decide", ", ", modeWords[by])
	if l.bang {
		mode, says = "command", "Decide, on my word"
	}
	if l.ask {
		state, says = "proposed", with("Propose", ", ", modeWords[mode])
	}
	if door == "hard" {
		says += ", hard to reverse"
	}
	if t, ok := w.about(); ok && len(on) == 0 && t.Meta().Kind == incident.KindClaim {
		on = []incident.Ref{t.Meta().Ref}
	}
	thread, label := w.thread()
	return draft(with(says, " on ", label, ", resting on ", labels(on), ", by ", w.clock(when)), "decision.make",
		"text", text, "mode", mode, "state", state, "why", why, "thread", thread,
		"by_when", stamp(when), "rests_on", ids(on), "consulted", consulted, "alternatives", alternatives,
		"irreversible", door == "hard", "revisit_when", revisit), nil
}

// A choice is a word of the domain, and how it may be typed.
type choice struct{ value, typed, shows string }

var modes = []choice{
	{"no_objection", "no objections", ""},
	{"no_objection", "no objection", "Anybody may object strongly; else it holds"},
	{"command", "command", "One person decides, on their word"},
	{"consulted", "consulted", "One person decides, having asked others"},
	{"agreed", "agreed", "Everybody agrees"},
	{"delegated", "delegated", "Somebody else decides"},
}

var doors = []choice{
	{"hard", "hard to reverse", ""},
	{"hard", "hard", "Hard to reverse"},
	{"", "reversible", "Can be taken back"},
}

// modeWords say how it was decided, after what is done.
var modeWords = map[string]string{
	"command": "on my word", "consulted": "having asked others", "no_objection": "unless somebody objects",
	"agreed": "all agreeing", "delegated": "delegated",
}

// choice takes out "name: word" where the word is one of some. What follows
// it stays.
func (l *line) choice(name string, of []choice) string {
	for i, word := range l.words {
		if !strings.EqualFold(bare(word), name+":") {
			continue
		}
		for _, c := range of {
			n := len(strings.Fields(c.typed))
			if i+n >= len(l.words) {
				continue
			}
			said := strings.TrimRight(bare(strings.Join(l.words[i+1:i+1+n], "")), ",.;")
			if strings.EqualFold(said, c.typed) {
				l.take(i, i+1+n)
				return c.value
			}
		}
	}
	return ""
}

// choices offers the words that may follow "name:".
func choices(of []choice) []pick {
	var out []pick
	for _, c := range of {
		if c.shows != "" {
			out = append(out, pick{c.typed + " ", capital(c.typed), c.shows})
		}
	}
	return out
}

// several takes apart a list that somebody typed.
func several(text, between string) []string {
	var out []string
	for part := range strings.SplitSeq(text, between) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// named are the people of a list; who is not known here keeps their name as
// it was typed.
func (w *Writer) named(text string) []string {
	out := several(text, ",")
	if len(out) == 1 && strings.Count(text, "@") > 1 {
		out = strings.Fields(text)
	}
	for i, name := range out {
		name = strings.TrimPrefix(name, "@")
		if found, p := w.who(name); p == nil {
			name = found
		}
		out[i] = name
	}
	return out
}

// force puts a proposed decision in force. Against a strong objection it says
// why.
func (w *Writer) force(l *line) (*Draft, *Problem) {
	t, p := l.need("decision", "/force D4 why", incident.KindDecision)
	if p != nil {
		return nil, p
	}
	d := t.(*incident.Decision)
	if n := len(d.Objections); n > 0 && l.rest() == "" {
		by := d.Objections[n-1].By
		return nil, problem(by+" objects to "+d.Label+". Why does it go on all the same?", "/force "+d.Label+" why, or /reverse "+d.Label)
	}
	return draft(d.Label+": in force", "decision.change", "decision", d.ID, "state", "in_force", "why", l.rest()), nil
}

// supersede puts one decision in the place of another.
func (w *Writer) supersede(l *line) (*Draft, *Problem) {
	const usage = "/supersede D3 by D5 why"
	by := l.refs("by", incident.KindDecision)
	d, p := l.need("decision", usage, incident.KindDecision)
	if p != nil {
		return nil, p
	}
	m := d.Meta()
	if len(by) != 1 || by[0].ID == m.ID {
		return nil, problem("Which decision takes the place of "+m.Label+"?", usage)
	}
	return draft(m.Label+" is superseded by "+by[0].Label, "decision.change", "decision", m.ID, "superseded_by", by[0].ID, "why", l.rest()), nil
}

// newer are the decisions that may take the place of another.
func (w *Writer) newer(taken func(string) bool) []pick {
	var out []pick
	for _, d := range slices.Backward(w.State.Decisions) {
		if !d.HasEnded() && !taken(d.ID) && len(out) < maxCompletions {
			out = append(out, pick{d.Label + " ", d.Label + " " + d.Name(), plain(d.Word())})
		}
	}
	return out
}

func (w *Writer) why(l *line) (*Draft, *Problem) {
	d, p := l.need("decision", "/why D3 the reason", incident.KindDecision)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The reason is missing.", "/why "+d.Meta().Label+" the reason")
	}
	return draft("Why "+d.Meta().Label, "decision.change", "decision", d.Meta().ID, "why", l.rest()), nil
}

func (w *Writer) object(l *line) (*Draft, *Problem) {
	d, p := l.need("decision", "/object D4 why", incident.KindDecision)
	if p != nil {
		return nil, p
	}
	return draft("Object to "+d.Meta().Label, "decision.object", "decision", d.Meta().ID, "why", l.rest()), nil
}

func decisionState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		d, p := l.need("decision", "Name it first: D4", incident.KindDecision)
		if p != nil {
			return nil, p
		}
		return draft(d.Meta().Label+": "+plain(state), "decision.change", "decision", d.Meta().ID, "state", state, "why", l.rest()), nil
	}
}
