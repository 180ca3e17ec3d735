package command

import "bearings/internal/incident"

// The answer of show --json. Keys are always there, and empty when there is
// nothing to say; a time is RFC 3339 in UTC, empty for none.
type shown struct {
	Incident   shownIncident    `json:"incident"`
	Responders []shownResponder `json:"responders"`
	Threads    []shownThread    `json:"threads"`
	Claims     []shownClaim     `json:"claims"`
	Decisions  []shownDecision  `json:"decisions"`
	Actions    []shownAction    `json:"actions"`
	Updates    []shownUpdate    `json:"updates"`
	Readings   []shownReading   `json:"readings"`
	Donts      []shownText      `json:"donts"`
	Tripwires  []shownText      `json:"tripwires"`
	Questions  []shownText      `json:"questions"`
	Checkins   []shownText      `json:"checkins"`
	Criteria   []shownText      `json:"criteria"`
	Evidence   []shownEvidence  `json:"evidence"`
	Attention  []shownPrompt    `json:"attention"`
	Counts     map[string]int   `json:"counts"`
	Unknown    int              `json:"unknown_records"`
}

type shownIncident struct {
	ID          string   `json:"id"`
	Label       string   `json:"label"`
	Title       string   `json:"title"`
	Severity    string   `json:"severity"`
	Status      string   `json:"status"`
	Trend       string   `json:"trend"`
	Impact      string   `json:"impact"`
	NotAffected string   `json:"not_affected"`
	Aim         string   `json:"aim"`
	Lead        string   `json:"lead"`
	Leads       []string `json:"leads"`
	Declared    string   `json:"declared"`
	ElapsedS    int      `json:"elapsed_s"`
}

type shownResponder struct {
	Name         string   `json:"name"`
	Roles        []string `json:"roles"`
	Why          string   `json:"why"`
	State        string   `json:"state"`
	ReadingUntil string   `json:"reading_until"`
}

type shownThread struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Title    string `json:"title"`
	Kind     string `json:"kind"`
	State    string `json:"state"`
	Owner    string `json:"owner"`
	Due      string `json:"due"`
	Overdue  bool   `json:"overdue"`
	LastNote string `json:"last_note"`
	LastAt   string `json:"last_at"`
	Footing  string `json:"footing"`
	Shaky    bool   `json:"shaky"`
}

type shownClaim struct {
	ID          string         `json:"id"`
	Label       string         `json:"label"`
	Text        string         `json:"text"`
	By          string         `json:"by"`
	State       string         `json:"state"`
	Flags       []string       `json:"flags"`
	Load        int            `json:"load"`
	Supports    []string       `json:"supports"`
	Contradicts []string       `json:"contradicts"`
	Verdicts    []shownVerdict `json:"verdicts"`
	Footing     string         `json:"footing"`
}

type shownVerdict struct {
	By      string `json:"by"`
	Verdict string `json:"verdict"`
	At      string `json:"at"`
}

type shownDecision struct {
	ID         string           `json:"id"`
	Label      string           `json:"label"`
	Text       string           `json:"text"`
	By         string           `json:"by"`
	Mode       string           `json:"mode"`
	State      string           `json:"state"`
	Why        string           `json:"why"`
	WhyOwed    bool             `json:"why_owed"`
	WhyDue     string           `json:"why_due"`
	Objections []shownObjection `json:"objections"`
	Footing    string           `json:"footing"`
	RestsOn    [][]string       `json:"rests_on"`
	Shaky      bool             `json:"shaky"`
}

type shownObjection struct {
	By  string `json:"by"`
	Why string `json:"why"`
}

type shownAction struct {
	ID           string `json:"id"`
	Label        string `json:"label"`
	Text         string `json:"text"`
	Owner        string `json:"owner"`
	Thread       string `json:"thread"`
	State        string `json:"state"`
	Due          string `json:"due"`
	Overdue      bool   `json:"overdue"`
	Irreversible bool   `json:"irreversible"`
	Footing      string `json:"footing"`
	Shaky        bool   `json:"shaky"`
}

type shownUpdate struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Audience string `json:"audience"`
	Text     string `json:"text"`
	State    string `json:"state"`
	NextDue  string `json:"next_due"`
	Footing  string `json:"footing"`
	Shaky    bool   `json:"shaky"`
}

type shownReading struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Last    float64 `json:"last"`
	At      string  `json:"at"`
	Worst   float64 `json:"worst"`
	WorstAt string  `json:"worst_at"`
	Points  int     `json:"points"`
}

type shownText struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Text  string `json:"text"`
	State string `json:"state"`
}

type shownEvidence struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Status   string `json:"status"`
	Observed string `json:"observed"`
	By       string `json:"by"`

	Format   string   `json:"format"`
	How      string   `json:"how"`
	Metadata []string `json:"metadata"`
	CopyOf   string   `json:"copy_of"` // id
	Part     string   `json:"part"`
	Redacted bool     `json:"redacted"`
	Filed    bool     `json:"filed"`
}

type shownPrompt struct {
	Rank  int    `json:"rank"`
	Kind  string `json:"kind"`
	About string `json:"about"`
	Text  string `json:"text"`
}

func shownFrom(st *incident.State) shown {
	return shown{
		Incident:   shownSituation(st),
		Responders: each(st.Responders, shownPerson),
		Threads:    each(st.Threads, shownWork),
		Claims:     each(st.Claims, shownBelief),
		Decisions:  each(st.Decisions, shownChoice),
		Actions:    each(st.Actions, shownItem),
		Updates:    each(st.Updates, shownMessage),
		Readings:   each(st.Readings, shownMeasure),
		Donts:      texts(st.Donts),
		Tripwires:  texts(st.Tripwires),
		Questions:  texts(st.Questions),
		Checkins:   texts(st.Checkins),
		Criteria:   texts(st.Criteria),
		Evidence:   each(st.Evidence, shownThing),
		Attention:  each(st.Attention, func(p incident.Prompt) shownPrompt { return shownPrompt{p.Rank, p.Kind, p.About.ID, p.Text} }),
		Counts: map[string]int{
			"records": st.Records, "people": st.Here, "threads": len(st.Threads), "notes": len(st.Notes),
			"checkins": len(st.Checkins), "actions": len(st.Actions), "claims": len(st.Claims),
			"evidence": len(st.Evidence), "decisions": len(st.Decisions), "updates": len(st.Updates),
			"donts": len(st.Donts), "tripwires": len(st.Tripwires), "questions": len(st.Questions),
			"criteria": len(st.Criteria), "readings": len(st.Readings), "without_effect": len(st.Notices),
		},
		Unknown: st.Unknown,
	}
}

func each[A, B any](in []A, of func(A) B) []B {
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = of(v)
	}
	return out
}

func texts[T incident.Thing](things []T) []shownText {
	return each(things, func(t T) shownText {
		return shownText{ID: t.Meta().ID, Label: t.Meta().Label, Text: t.Name(), State: t.Word()}
	})
}

func shownSituation(st *incident.State) shownIncident {
	out := shownIncident{
		ID: st.ID, Label: st.Label, Title: st.Title, Severity: st.Severity, Status: string(st.Status),
		Trend: string(st.Trend), Impact: st.Impact, NotAffected: st.NotAffected, Aim: st.Aim,
		Leads: leads(st), Declared: stamp(st.Declared), ElapsedS: int(st.Elapsed().Seconds()),
	}
	if len(out.Leads) > 0 {
		out.Lead = out.Leads[0]
	}
	return out
}

func shownPerson(r incident.Responder) shownResponder {
	out := shownResponder{Name: r.Name, Roles: r.Roles, Why: r.Why, State: r.State, ReadingUntil: stamp(r.ReadingUntil)}
	if out.Roles == nil {
		out.Roles = []string{}
	}
	return out
}

func shownWork(t *incident.Thread) shownThread {
	return shownThread{
		ID: t.ID, Label: t.Label, Title: t.Title, Kind: t.Sort, State: string(t.State), Owner: t.Owner,
		Due: stamp(t.Due), Overdue: t.Overdue, LastNote: t.Last.Line(), LastAt: stamp(t.Last.At),
		Footing: t.Footing.String(), Shaky: t.Shaky(),
	}
}

func shownBelief(c *incident.Claim) shownClaim {
	evidence := func(l incident.Link) string { return l.Evidence.ID }
	return shownClaim{
		ID: c.ID, Label: c.Label, Text: c.Text, By: c.Person, State: string(c.State), Flags: c.Flags.Words(),
		Load: c.Load, Supports: each(c.Supports, evidence), Contradicts: each(c.Contradicts, evidence),
		Verdicts: each(c.Verdicts, func(v incident.Verdict) shownVerdict {
			return shownVerdict{By: v.By, Verdict: v.Verdict, At: stamp(v.At)}
		}),
		Footing: c.Footing.String(),
	}
}

func shownChoice(d *incident.Decision) shownDecision {
	return shownDecision{
		ID: d.ID, Label: d.Label, Text: d.Text, By: d.Person, Mode: d.Mode, State: string(d.State),
		Why: d.Why, WhyOwed: d.WhyOwed, WhyDue: stamp(d.WhyDue),
		Objections: each(d.Objections, func(o incident.Objection) shownObjection { return shownObjection{o.By, o.Why} }),
		Footing:    d.Footing.String(), Shaky: d.Shaky(),
		RestsOn: each(d.Sets, func(set incident.BasisSet) []string {
			return each(set.On, func(r incident.Ref) string { return r.ID })
		}),
	}
}

func shownItem(a *incident.Action) shownAction {
	return shownAction{
		ID: a.ID, Label: a.Label, Text: a.Text, Owner: a.Owner, Thread: a.Thread, State: string(a.State),
		Due: stamp(a.Due), Overdue: a.Overdue, Irreversible: a.Irreversible,
		Footing: a.Footing.String(), Shaky: a.Shaky(),
	}
}

func shownMessage(u *incident.Update) shownUpdate {
	return shownUpdate{
		ID: u.ID, Label: u.Label, Audience: u.Audience, Text: u.Text, State: u.Word(),
		NextDue: stamp(u.NextDue), Footing: u.Footing.String(), Shaky: u.Shaky(),
	}
}

func shownMeasure(r incident.Reading) shownReading {
	return shownReading{
		Name: r.Name, Unit: r.Unit, Last: r.Last.Value, At: stamp(r.Last.At),
		Worst: r.Worst.Value, WorstAt: stamp(r.Worst.At), Points: len(r.Points),
	}
}

func shownThing(e *incident.Evidence) shownEvidence {
	return shownEvidence{
		ID: e.ID, Label: e.Label, Kind: e.Sort, Title: e.Title, SHA256: e.SHA256, Bytes: e.Bytes,
		Status: e.Word(), Observed: stamp(e.Observed), By: e.Person,
		Format: e.Format, How: e.How, Metadata: append([]string{}, e.Metadata...),
		CopyOf: e.CopyOf.ID, Part: e.Part, Redacted: e.Redacted, Filed: e.Filed,
	}
}
