package compose

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// draft is a record of one kind from names and values; empty values are left
// out.
func draft(says, do string, fields ...any) *Draft {
	return &Draft{Records: []*record.Record{act(do, fields...)}, Says: says}
}

func act(do string, fields ...any) *record.Record {
	r := &record.Record{Do: do}
	for n := 0; n < len(fields); n += 2 {
		if empty(fields[n+1]) {
			continue
		}
		value, err := json.Marshal(fields[n+1])
		if err != nil {
			continue // only texts, numbers and lists are given, which all can be written
		}
		r.Fields = append(r.Fields, record.Field{Key: fields[n].(string), Value: value})
	}
	return r
}

func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case bool:
		return !v
	case int:
		return v == 0
	case time.Time:
		return v.IsZero()
	default:
		return false
	}
}

// cleared is an empty text that is meant: it clears what a field held.
type cleared struct{}

// MarshalJSON writes the empty text.
func (cleared) MarshalJSON() ([]byte, error) { return []byte(`""`), nil }

func ids(refs []incident.Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

func labels(refs []incident.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.Label)
	}
	return strings.Join(out, ", ")
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func with(says string, parts ...string) string {
	for n := 0; n+1 < len(parts); n += 2 {
		if parts[n+1] != "" {
			says += parts[n] + parts[n+1]
		}
	}
	return says
}

func missing(what, usage string) *Problem { return problem(what, usage) }

// note writes a note where the person stands, as seeing, doing and need where
// they say so.
func (w *Writer) note(l *line) (*Draft, *Problem) {
	who := ""
	if len(l.words) > 0 && strings.HasPrefix(bare(l.words[0]), "@") {
		name := strings.TrimRight(strings.TrimPrefix(bare(l.words[0]), "@"), ",.;:")
		if found, p := w.who(name); p == nil { // "@here look" is a text as well
			who = found
			l.take(0, 1)
		}
	}
	seeing, doing, need := l.field("seeing"), l.field("doing"), l.field("need")
	text := l.rest()
	if text+seeing+doing+need == "" {
		return nil, missing("There is nothing in the note yet.", "Type what you see, do or need.")
	}
	thread, label := w.thread()
	d := draft(with("Note", " on ", label, " by ", who), "note.add",
		"text", text, "seeing", seeing, "doing", doing, "need", need, "thread", thread)
	d.Records[0].Person = who
	if label == "" {
		d.Says = with("Note in the log", " by ", who)
	}
	return d, nil
}

var threadKinds = []string{"investigate", "mitigate", "comms", "recover", "support"}

func (w *Writer) openThread(l *line) (*Draft, *Problem) {
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	kind := l.word(threadKinds...)
	rhythm, once := l.duration(), l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	title := l.rest()
	if title == "" {
		return nil, missing("The thread needs a title.", "/t mitigate Title @owner 15m")
	}
	due := stamp(once)
	if rhythm > 0 {
		due = span(rhythm)
	}
	return draft(with("Open a thread", " for ", owner, ", on ", labels(on)), "thread.open",
		"title", title, "kind", kind, "owner", owner, "due", due, "rests_on", ids(on)), nil
}

func span(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) + "m" }

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

func (w *Writer) addAction(l *line) (*Draft, *Problem) {
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	box, due := l.duration(), l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	text := l.rest()
	if text == "" {
		return nil, missing("The action needs its text.", "/a @who 10m what to do")
	}
	if t, ok := w.about(); ok && len(on) == 0 && t.Meta().Kind == incident.KindDecision {
		on = []incident.Ref{t.Meta().Ref}
	}
	thread, label := w.thread()
	says := "Action"
	if l.bang {
		says = "Action that is hard to reverse"
	}
	return draft(with(says, " on ", label, " for ", owner, ", resting on ", labels(on)), "action.add",
		"text", text, "owner", owner, "thread", thread, "minutes", int(box.Minutes()), "due", stamp(due),
		"irreversible", l.bang, "rests_on", ids(on)), nil
}

func (w *Writer) decide(l *line) (*Draft, *Problem) {
	why, when := l.field("why"), l.moment("by")
	on := l.refs("on", incident.KindClaim, incident.KindEvidence, incident.KindDecision)
	text := l.rest()
	if text == "" {
		return nil, missing("The decision needs its text.", "/d what is decided, on C4 why: …")
	}
	mode, state, says := "", "", "Decide"
	switch {
	case l.bang:
		mode, says = "command", "Decide, on my word"
	case l.ask:
		state, says = "proposed", "Propose"
	}
	if t, ok := w.about(); ok && len(on) == 0 && t.Meta().Kind == incident.KindClaim {
		on = []incident.Ref{t.Meta().Ref}
	}
	thread, label := w.thread()
	return draft(with(says, " on ", label, ", resting on ", labels(on)), "decision.make",
		"text", text, "mode", mode, "state", state, "why", why, "thread", thread,
		"by_when", stamp(when), "rests_on", ids(on)), nil
}

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

func (w *Writer) ask(l *line) (*Draft, *Problem) {
	text := l.rest()
	if text == "" {
		return nil, missing("The question needs its text.", "/q what we want to know")
	}
	says, about := "Ask", ""
	if t, ok := w.about(); ok {
		says, about = with("Ask", " about ", t.Meta().Label), t.Meta().ID
	}
	return draft(says, "question.ask", "text", text, "about", about), nil
}

// each needs a thing of some kind, named first or selected.
func (l *line) need(what, usage string, kinds ...incident.Kind) (incident.Thing, *Problem) {
	t, ok := l.first(kinds...)
	if !ok {
		return nil, problem("Which "+what+"?", usage)
	}
	return t, nil
}

func (w *Writer) answer(l *line) (*Draft, *Problem) {
	q, p := l.need("question", "/answer Q3 the answer", incident.KindQuestion)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The answer is missing.", "/answer "+q.Meta().Label+" the answer")
	}
	return draft("Answer "+q.Meta().Label, "question.answer", "question", q.Meta().ID, "text", l.rest()), nil
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

func (w *Writer) strike(l *line) (*Draft, *Problem) {
	t, p := l.need("evidence or note", "/strike E5 why", incident.KindEvidence, incident.KindNote)
	if p != nil {
		return nil, p
	}
	m := t.Meta()
	if m.Kind == incident.KindNote {
		return draft("Strike "+m.Label, "note.strike", "note", m.ID, "why", l.rest()), nil
	}
	return draft("Strike "+m.Label, "evidence.strike", "evidence", m.ID, "why", l.rest()), nil
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

func actionState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		a, p := l.need("action", "Name it first: A3", incident.KindAction)
		if p != nil {
			return nil, p
		}
		return changeAction(a, state, l), nil
	}
}

func changeAction(a incident.Thing, state string, l *line) *Draft {
	result, why := "", l.rest()
	if state == "done" || state == "failed" {
		result, why = why, ""
	}
	return draft(a.Meta().Label+": "+plain(state), "action.change", "action", a.Meta().ID, "state", state, "result", result, "why", why)
}

func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }

func (w *Writer) done(l *line) (*Draft, *Problem) {
	t, p := l.need("action or thread", "/done A3 result, or /done T2 why", incident.KindAction, incident.KindThread, incident.KindCriterion)
	if p != nil {
		return nil, p
	}
	switch t.Meta().Kind {
	case incident.KindAction:
		return changeAction(t, "done", l), nil
	case incident.KindCriterion:
		return draft("Tick off: "+t.Name(), "criterion.tick", "criterion", t.Meta().ID), nil
	default:
		return changeThread(t, "done", l), nil
	}
}

func threadState(state string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		t, p := l.need("thread", "Name it first: T2", incident.KindThread)
		if p != nil {
			return nil, p
		}
		return changeThread(t, state, l), nil
	}
}

func changeThread(t incident.Thing, state string, l *line) *Draft {
	return draft(t.Meta().Label+": "+plain(state), "thread.change", "thread", t.Meta().ID, "state", state, "why", l.rest())
}

func (w *Writer) wait(l *line) (*Draft, *Problem) {
	t, p := l.need("thread", "/wait T2 on whom", incident.KindThread)
	if p != nil {
		return nil, p
	}
	l.word("on", "for")
	if l.rest() == "" {
		return nil, problem("On whom does "+t.Meta().Label+" wait?", "/wait "+t.Meta().Label+" on whom")
	}
	return draft(t.Meta().Label+" waits on "+l.rest(), "thread.change", "thread", t.Meta().ID, "state", "waiting", "waiting_on", l.rest()), nil
}

func (w *Writer) own(l *line) (*Draft, *Problem) {
	t, p := l.need("thread or action", "/owner T2 @who", incident.KindThread, incident.KindAction)
	if p != nil {
		return nil, p
	}
	who, p := l.person()
	if p != nil {
		return nil, p
	}
	if who == "" && l.rest() != "-" {
		return nil, problem("Who owns "+t.Meta().Label+" now?", "/owner "+t.Meta().Label+" @who, or - for nobody")
	}
	return giveTo(t, who), nil
}

func giveTo(t incident.Thing, who string) *Draft {
	var owner any = who
	says := t.Meta().Label + " is " + who + "'s"
	if who == "" {
		owner, says = cleared{}, t.Meta().Label+" is nobody's"
	}
	if t.Meta().Kind == incident.KindAction {
		return draft(says, "action.change", "action", t.Meta().ID, "owner", owner)
	}
	return draft(says, "thread.change", "thread", t.Meta().ID, "owner", owner)
}

func (w *Writer) takeIt(l *line) (*Draft, *Problem) {
	t, p := l.need("thread or action", "/take T2", incident.KindThread, incident.KindAction)
	if p != nil {
		return nil, p
	}
	return giveTo(t, w.Place.Me), nil
}

func (w *Writer) due(l *line) (*Draft, *Problem) {
	t, p := l.need("thread", "/due T2 15m, or /due T2 by 03:50", incident.KindThread)
	if p != nil {
		return nil, p
	}
	rhythm, once := l.duration(), l.moment("by")
	var due any = stamp(once)
	says := t.Meta().Label + ": next word by " + once.In(w.zone()).Format("15:04")
	switch {
	case rhythm > 0:
		due, says = span(rhythm), t.Meta().Label+": a word every "+span(rhythm)
	case !once.IsZero():
	case l.rest() == "-":
		due, says = cleared{}, t.Meta().Label+": nothing due"
	default:
		return nil, problem("When is the next word due?", "/due "+t.Meta().Label+" 15m, or by 03:50, or - for never")
	}
	return draft(says, "thread.change", "thread", t.Meta().ID, "due", due), nil
}

func (w *Writer) rename(l *line) (*Draft, *Problem) {
	t, p := l.need("thread, claim or decision", "/rename T2 new title", incident.KindThread, incident.KindClaim, incident.KindDecision)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The new words are missing.", "/rename "+t.Meta().Label+" new title")
	}
	m := t.Meta()
	switch m.Kind {
	case incident.KindClaim:
		return draft("Reword "+m.Label, "claim.change", "claim", m.ID, "text", l.rest()), nil
	case incident.KindDecision:
		return draft("Reword "+m.Label, "decision.change", "decision", m.ID, "text", l.rest()), nil
	default:
		return draft("Rename "+m.Label, "thread.change", "thread", m.ID, "title", l.rest()), nil
	}
}

func (w *Writer) kind(l *line) (*Draft, *Problem) {
	const usage = "/kind T2 investigate, mitigate, comms, recover or support"
	t, p := l.need("thread", usage, incident.KindThread)
	if p != nil {
		return nil, p
	}
	kind := l.word(threadKinds...)
	if kind == "" {
		return nil, problem("What kind of work is "+t.Meta().Label+"?", usage)
	}
	return draft(t.Meta().Label+": "+kind, "thread.change", "thread", t.Meta().ID, "kind", kind, "why", l.rest()), nil
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

func (w *Writer) severity(l *line) (*Draft, *Problem) {
	word := strings.ToUpper(l.word("1", "2", "3", "4", "sev1", "sev2", "sev3", "sev4"))
	if word == "" {
		return nil, problem("Which severity?", "/sev 1 why")
	}
	sev := "SEV" + word[len(word)-1:]
	return draft("Severity "+sev, "incident.change", "severity", sev, "why", l.rest()), nil
}

func oneOf(field string, words ...string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		word := l.word(words...)
		if word == "" {
			return nil, problem("Which "+field+"?", "One of "+strings.Join(words, ", ")+".")
		}
		return draft(capital(field)+" "+word, "incident.change", field, word, "why", l.rest()), nil
	}
}

func (w *Writer) impact(l *line) (*Draft, *Problem) {
	if l.rest() == "" {
		return nil, missing("What is affected?", "/impact what is broken, for whom")
	}
	says := "Impact"
	if l.bang {
		says = "Impact, which grew"
	}
	return draft(says, "incident.change", "impact", l.rest(), "wider", l.bang), nil
}

func situation(field string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		if l.rest() == "" {
			return nil, missing("The text is missing.", "Type it after the command.")
		}
		return draft("Set: "+plain(field), "incident.change", field, l.rest()), nil
	}
}

func text(do, says string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		if l.rest() == "" {
			return nil, missing("The text is missing.", "Type it after the command.")
		}
		return draft(says, do, "text", l.rest()), nil
	}
}

func (w *Writer) lift(l *line) (*Draft, *Problem) {
	d, p := l.need("don't", "/lift X1", incident.KindDont)
	if p != nil {
		return nil, p
	}
	return draft("Lift "+d.Meta().Label, "dont.lift", "dont", d.Meta().ID), nil
}

func (w *Writer) tripwire(l *line) (*Draft, *Problem) {
	const usage = "/if it goes above 60% then: switch off by 04:00 @who"
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	when := l.moment("by")
	then := l.field("then")
	if then == "" {
		for i, word := range l.words { // "then" without the colon will do
			if strings.EqualFold(strings.TrimRight(bare(word), ","), "then") {
				then = strings.TrimSpace(strings.Join(l.words[i+1:], ""))
				l.words = l.words[:i]
				break
			}
		}
	}
	condition := strings.TrimRight(l.rest(), ",")
	if condition == "" || then == "" {
		return nil, missing("If what, then what?", usage)
	}
	return draft(with("Tripwire", " for ", owner), "tripwire.set", "if", condition, "then", then, "by_when", stamp(when), "owner", owner), nil
}

func tripwireAnswer(happened bool) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		t, p := l.need("tripwire", "/happened W1", incident.KindTripwire)
		if p != nil {
			return nil, p
		}
		d := draft(t.Meta().Label+" happened", "tripwire.answer", "tripwire", t.Meta().ID)
		if !happened {
			d.Says = t.Meta().Label + " did not happen"
		}
		d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "happened", Value: strconv.AppendBool(nil, happened)})
		return d, nil
	}
}

// reading takes the last number of the line as the value, what follows as the
// unit, and what stands before as the name.
func (w *Writer) reading(l *line) (*Draft, *Problem) {
	for i := len(l.words) - 1; i > 0; i-- {
		word := bare(l.words[i])
		unit := strings.TrimSpace(strings.Join(l.words[i+1:], ""))
		if number, ok := strings.CutSuffix(word, "%"); ok && unit == "" {
			word, unit = number, "%"
		}
		value, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", "."), 64)
		if err != nil {
			continue
		}
		name := strings.TrimSpace(strings.Join(l.words[:i], ""))
		return draft(name+" "+incident.FormatValue(value, unit), "reading.add", "name", name, "value", value, "unit", unit), nil
	}
	return nil, missing("Which number?", "/reading failing payments 38 %")
}

func (w *Writer) update(l *line) (*Draft, *Problem) {
	const usage = "/update Status page: the text, states C1 next: 03:55"
	states := l.refs("states", incident.KindClaim)
	next := l.field("next")
	by, p := l.person()
	if p != nil {
		return nil, p
	}
	audience, said, ok := strings.Cut(l.rest(), ":")
	if !ok || strings.TrimSpace(said) == "" {
		return nil, missing("To whom, and what?", usage)
	}
	due := time.Time{}
	if clockTime.MatchString(next) {
		due = w.next(strings.TrimRight(next, ",.;"))
	}
	return draft("Keep what was told to "+strings.TrimSpace(audience), "update.send",
		"audience", strings.TrimSpace(audience), "text", strings.TrimSpace(said), "states", ids(states),
		"next_due", stamp(due), "next_by", by), nil
}

func (w *Writer) join(l *line) (*Draft, *Problem) {
	name, why, _ := strings.Cut(l.rest(), ":")
	name, why = strings.TrimSpace(strings.TrimPrefix(name, "@")), strings.TrimSpace(why)
	if name == "" {
		return nil, missing("Who joins?", "/join Priya Nair: why she is here")
	}
	d := draft(name+" joins", "person.join", "why", why)
	d.Records[0].Person = name
	return d, nil
}

// someone is who is named, else the one who types.
func (l *line) someone() (string, *Problem) {
	who, p := l.person()
	if who == "" {
		who = l.w.Place.Me
	}
	return who, p
}

func (w *Writer) leave(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	return onBehalf(draft(who+" leaves", "person.leave"), who), nil
}

func onBehalf(d *Draft, who string) *Draft {
	d.Records[0].Person = who
	return d
}

// takings are the takings of a role that are known here, and replaced.
func (w *Writer) takings(role string) []string {
	out := []string{}
	for _, r := range w.State.Roles {
		if r.Role == role {
			out = append(out, r.ID)
		}
	}
	return out
}

func (w *Writer) lead(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	if len(w.State.Leads) > 0 && l.rest() == "" {
		return nil, problem("Why does "+who+" take the lead from "+w.State.Leads[0].Person+"?", "/lead @"+who+" why. Everybody sees the reason.")
	}
	d := draft(who+" leads", "role.take", "role", "lead", "why", l.rest())
	over, _ := json.Marshal(w.takings("lead")) // a list of texts can always be written
	d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "over", Value: over})
	return onBehalf(d, who), nil
}

func (w *Writer) role(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if role == "" {
		return nil, missing("Which role?", "/role scribe @who")
	}
	if role == "lead" {
		return w.lead(&line{w: w, words: []string{"@" + strings.ReplaceAll(who, " ", "")}})
	}
	return onBehalf(draft(who+" is "+role, "role.take", "role", role), who), nil
}

func (w *Writer) release(l *line) (*Draft, *Problem) {
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	role := strings.ToLower(l.rest())
	if !slices.ContainsFunc(w.State.Roles, func(r incident.Role) bool { return r.Role == role && r.Person == who }) {
		return nil, problem(who+" does not hold that role.", "/release scribe @who")
	}
	return onBehalf(draft(who+" is no longer "+role, "role.release", "role", role), who), nil
}
