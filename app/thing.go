package app

import (
	"encoding/json"
	"slices"
	"strings"

	"bearings/internal/incident"
)

// A ThingView is one thing of an incident, opened beside the screen that
// named it: what it is, what it rests on, and the record that made it.
type ThingView struct {
	Chip    Chip       `json:"chip"`
	By      string     `json:"by"` // whose it is
	Typed   string     `json:"typed"`
	At      int64      `json:"at"`
	Approx  bool       `json:"approx"`
	Footing string     `json:"footing"` // empty for kinds that rest on nothing
	Stands  string     `json:"stands"`  // how well, in a sentence; empty where that is not worth one
	Facts   []Fact     `json:"facts"`
	Story   []WordRow  `json:"story"` // of a thread, newest first
	Claim   *ClaimCase `json:"claim,omitempty"`
	RestsOn []Chip     `json:"restsOn"`
	OnIt    []Chip     `json:"onIt"`
	Falls   []FallRow  `json:"falls"` // what a refutation would bring down
	Record  *RawView   `json:"record,omitempty"`
}

// A Fact is a named text of a thing; a time where only At is set.
type Fact struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	At    int64  `json:"at"`
	Mono  bool   `json:"mono"`            // a hash, a command, a line of a log
	Late  bool   `json:"late"`            // it is not as it should be
	By    string `json:"by,omitempty"`    // who said Text
	Chips []Chip `json:"chips,omitempty"` // in place of Text
}

// A WordRow is something said in a thread.
type WordRow struct {
	By     string `json:"by"`
	At     int64  `json:"at"`
	Text   string `json:"text"`
	Seeing string `json:"seeing"`
	Doing  string `json:"doing"`
	Need   string `json:"need"`
}

// A FallRow is a thing that would stand worse were the claim refuted.
type FallRow struct {
	Chip Chip   `json:"chip"`
	Now  string `json:"now"`
	Then string `json:"then"`
	Via  []Chip `json:"via"` // between the claim and the thing
	Way  string `json:"way"` // in words: "rests on D2, which rests on C4"
}

// A RawView is the record as the incident file writes it.
type RawView struct {
	ID       string `json:"id"`
	Do       string `json:"do"`
	By       string `json:"by"`
	At       int64  `json:"at"`
	Recorded int64  `json:"recorded"`
	Fields   []Fact `json:"fields"`
}

// thingOf opens what ref names: a thing by its id or label, or a record by
// its id. Somebody looks at it, who may mend what a claim lacks.
func thingOf(inc *incident.Incident, s *incident.State, ref, me string) (*ThingView, bool) {
	if ref == s.ID {
		return incidentThing(inc, s), true
	}
	if i := slices.IndexFunc(s.Responders, func(r incident.Responder) bool { return r.ID == ref }); i >= 0 {
		return responderThing(&s.Responders[i]), true
	}
	t, ok := s.Find(ref)
	if !ok {
		raw := rawOf(inc, s, ref)
		if raw == nil {
			return nil, false
		}
		return &ThingView{
			Chip: Chip{ID: ref, Kind: string(incident.KindRecord), Name: did(raw.Do)}, By: raw.By, At: raw.At,
			Facts: []Fact{}, Story: []WordRow{}, RestsOn: []Chip{}, OnIt: []Chip{}, Falls: []FallRow{}, Record: raw,
		}, true
	}
	m := t.Meta()
	on := dependentsOf(s)
	v := &ThingView{
		Chip: chipOf(t), By: m.Person, At: ms(m.At), Approx: m.Approx, Facts: factsOf(s, t), Story: []WordRow{},
		RestsOn: []Chip{}, OnIt: on.chips(m.ID, len(on[m.ID])), Falls: []FallRow{}, Record: rawOf(inc, s, m.ID),
	}
	v.Facts = append(v.Facts, questionsAbout(s, m.ID)...)
	if m.By != m.Person {
		v.Typed = m.By
	}
	if b := t.Rests(); b != nil {
		v.Footing, v.Stands, v.RestsOn = b.Footing.String(), standsOf(t), restsOn(s, *b)
	}
	switch t := t.(type) {
	case *incident.Thread:
		v.Story = storyOf(t)
	case *incident.Claim:
		v.Claim, v.Falls = claimCase(s, t, me), fallsOf(s, s.Blast(t))
	}
	return v, true
}

// incidentThing is the incident itself: how it stands, and how it came to
// stand so.
func incidentThing(inc *incident.Incident, s *incident.State) *ThingView {
	v := &ThingView{
		Chip: Chip{ID: s.ID, Label: s.Label, Kind: string(incident.KindIncident), Name: s.Title, Word: string(s.Status)},
		At:   ms(s.Declared), Story: []WordRow{}, RestsOn: []Chip{}, OnIt: []Chip{}, Falls: []FallRow{}, Record: rawOf(inc, s, s.ID),
	}
	if v.Record != nil {
		v.By = v.Record.By
	}
	f := facts{}
	f.text("Severity", s.Severity)
	f.text("Impact", s.Impact)
	f.text("Not affected", s.NotAffected)
	f.text("Aim", s.Aim)
	f.text("Trend", string(s.Trend))
	for _, lead := range s.Leads {
		f.text("Lead", lead.Person)
	}
	v.Facts = f
	for _, c := range slices.Backward(s.Changes) {
		text := c.Field + ": " + c.To
		if c.From != "" {
			text = c.Field + ": " + c.From + " → " + c.To
		}
		v.Story = append(v.Story, WordRow{By: c.Person, At: ms(c.At), Text: text, Doing: c.Why})
	}
	return v
}

// responderThing is a person of the incident, or an app.
func responderThing(r *incident.Responder) *ThingView {
	f := facts{}
	f.text("Why here", r.Why)
	f.text("Asked by", r.AskedBy)
	f.text("Can help with", r.Offer)
	f.list("Skill", r.Skills)
	f.text("Team", r.Team)
	f.list("Role", r.Roles)
	f.at("Last word", ms(r.LastWord))
	f.at("Left", ms(r.Left))
	return &ThingView{
		Chip: Chip{ID: r.ID, Kind: string(incident.KindResponder), Name: r.Name, Word: r.State}, By: r.Name, At: ms(r.Joined),
		Facts: f, Story: []WordRow{}, RestsOn: []Chip{}, OnIt: []Chip{}, Falls: []FallRow{},
	}
}

func storyOf(t *incident.Thread) []WordRow {
	out := make([]WordRow, 0, len(t.Story))
	for _, w := range slices.Backward(t.Story) {
		out = append(out, WordRow{By: w.By, At: ms(w.At), Text: w.Text, Seeing: w.Seeing, Doing: w.Doing, Need: w.Need})
	}
	return out
}

// facts collects what is worth a line: nothing that is empty.
type facts []Fact

func (f *facts) text(name, text string) {
	if text != "" {
		*f = append(*f, Fact{Name: name, Text: text})
	}
}

func (f *facts) mono(name, text string) {
	if text != "" {
		*f = append(*f, Fact{Name: name, Text: text, Mono: true})
	}
}

func (f *facts) at(name string, at int64) {
	if at != 0 {
		*f = append(*f, Fact{Name: name, At: at})
	}
}

func (f *facts) chips(name string, chips []Chip) {
	if len(chips) > 0 {
		*f = append(*f, Fact{Name: name, Chips: chips})
	}
}

func (f *facts) list(name string, items []string) {
	for _, item := range items {
		f.text(name, item)
	}
}

func factsOf(s *incident.State, t incident.Thing) []Fact {
	f := facts{}
	switch t := t.(type) {
	case *incident.Thread:
		f.text("Owner", t.Owner)
		f.text("Waiting on", t.WaitingOn)
		f.at("Next update due", ms(t.Due))
		f.text("Why", t.Why)
	case *incident.Evidence:
		f.text("What it is", t.Sort)
		f.at("Observed", ms(t.Observed))
		f.text("Said by", t.SaidBy)
		f.text("From", t.Origin)
		f.mono("Text", t.Text)
		f.mono("Address", t.URL)
		f.mono("File", t.File)
		f.mono("SHA-256", t.SHA256)
		if t.Struck {
			f.text("Struck by", t.StruckBy)
		}
		if t.Redacted {
			f.text("Redacted", "The file was destroyed; the record stays.")
		}
		f.text("Why", t.Why)
		for _, c := range chips(s, t.Claims) {
			f.text("Speaks about", c.Label+" "+c.Name)
		}
	case *incident.Decision:
		decisionFacts(&f, t)
	case *incident.Action:
		f.text("Owner", t.Owner)
		if t.Irreversible {
			f.text("Door", "Hard to reverse")
		}
		f.at("Due", ms(t.Due))
		f.text("Result", t.Result)
		f.text("Why", t.Why)
	case *incident.Update:
		f.text("To", t.Audience)
		f.at("Next due", ms(t.NextDue))
		f.text("Next by", t.NextBy)
		f.text("Corrects", chipLabel(s, t.Corrects))
		f.text("Corrected by", chipLabel(s, t.Corrected))
	case *incident.Note:
		f.text("Seeing", t.Seeing)
		f.text("Doing", t.Doing)
		f.text("Need", t.Need)
	case *incident.Tripwire:
		f.text("If", t.If)
		f.text("Then", t.Then)
		f.at("By", ms(t.ByWhen))
		f.text("Owner", t.Owner)
	case *incident.Question:
		f.text("About", chipLabel(s, t.About))
		f.text("Answer", t.Answer)
		f.text("Answered by", t.AnsweredBy)
	}
	return f
}

// questionsAbout are the questions that were asked about a thing, with what
// was answered.
func questionsAbout(s *incident.State, id string) []Fact {
	f := facts{}
	for _, q := range s.Questions {
		if q.About.ID != id {
			continue
		}
		f.text(q.Label, q.Text+" ("+q.Person+")")
		if q.HasEnded() {
			f.text(q.Label+", answered", q.Answer+" ("+q.AnsweredBy+")")
		}
	}
	return f
}

func decisionFacts(f *facts, d *incident.Decision) {
	f.text("How it was made", d.Mode)
	f.text("Why", d.Why) // that one is owed is between the decider and the lead
	if d.Irreversible {
		f.text("Door", "Hard to reverse")
	}
	f.list("Asked", d.Consulted)
	f.list("Instead of", d.Alternatives)
	f.at("To be made by", ms(d.ByWhen))
	f.text("Look again when", d.RevisitWhen)
	for _, o := range d.Objections {
		f.text("Objection", o.By+": "+o.Why)
	}
	f.text("Changed by", d.ChangedBy)
	f.text("Changed because", d.ChangeWhy)
}

func chipLabel(s *incident.State, ref incident.Ref) string {
	if ref.ID == "" {
		return ""
	}
	c := chip(s, ref)
	return c.Label + " " + c.Name
}

// rawOf finds a record by its id, nil where there is none in the state.
func rawOf(inc *incident.Incident, s *incident.State, id string) *RawView {
	if _, ok := s.RecordOf(id); !ok {
		return nil
	}
	r, ok := inc.Record(id)
	if !ok {
		return nil
	}
	v := &RawView{ID: r.ID, Do: r.Do, By: r.By, At: ms(r.At), Recorded: ms(r.Recorded), Fields: []Fact{}}
	for _, field := range r.Fields {
		v.Fields = append(v.Fields, Fact{Name: field.Key, Text: plain(field.Value), Mono: true})
	}
	return v
}

// plain is a JSON value as a person would write it: a string without its
// quotes, a list of them with commas between, anything else as it stands.
func plain(value []byte) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var texts []string
	if json.Unmarshal(value, &texts) == nil {
		return strings.Join(texts, ", ")
	}
	return string(value)
}
