package brief_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
)

// A trouble is something that a lead must not miss, with what brings it about
// and what ends it.
type trouble struct {
	name   string
	cause  []string
	ends   map[string][]string // each of them alone ends it
	wait   time.Duration       // until it is pressing
	says   []string            // the words by which a brief names it
	prompt string              // the kind of the prompt
	about  string              // the id of what the prompt is about
	first  string              // the section that says it, from the one-minute brief on; else empty
	in     string              // the section that says it in longer briefs
	shown  []string            // people who see it in Do next
	hidden []string            // people who don't
}

var troubles = []trouble{
	{
		name:  "a rationale is owed",
		cause: []string{`{"do":"decision.make","id":"d","by":"Dan","text":"drain the west side","mode":"command"}`},
		ends: map[string][]string{
			"its why is given":         {`{"do":"decision.change","by":"Dan","decision":"d","why":"west alone fails"}`},
			"somebody else gives it":   {`{"do":"decision.change","by":"Raj","decision":"d","why":"west alone fails"}`},
			"the decision is reversed": {`{"do":"decision.change","decision":"d","state":"reversed"}`},
			"another takes its place": {
				`{"do":"decision.make","id":"d2","text":"drain the east side","mode":"agreed","why":"asked"}`,
				`{"do":"decision.change","decision":"d","superseded_by":"d2"}`,
			},
		},
		wait: time.Hour, says: []string{"rationale owed", "owe the reason", "owes its why"},
		prompt: "why_owed", about: "d", in: "decisions",
		shown: []string{"Ana", "Dan"}, hidden: []string{"Raj", "Noor", ""},
	},
	{
		name:  "a why falls due while the lead is handed over",
		cause: []string{`{"do":"decision.make","id":"d","by":"Dan","text":"drain the west side","mode":"command"}`, `{"do":"handover.open","to":"Raj"}`},
		ends:  map[string][]string{"its why is given": {`{"do":"decision.change","by":"Dan","decision":"d","why":"west alone fails"}`}},
		says:  []string{"rationale owed", "owe the reason", "owes its why"}, prompt: "why_owed", about: "d", in: "decisions",
		shown: []string{"Ana", "Dan"}, hidden: []string{"Raj", "Noor", ""},
	},
	{
		name:  "two lead",
		cause: []string{`{"do":"role.take","role":"lead","id":"l2","by":"Raj","over":[]}`},
		ends: map[string][]string{
			"one yields":        {`{"do":"role.release","role":"lead","by":"Raj"}`},
			"the other yields":  {`{"do":"role.release","role":"lead"}`},
			"one takes it over": {`{"do":"role.take","role":"lead","over":["l1","l2"],"why":"we talked"}`},
			"a third takes it":  {`{"do":"role.take","role":"lead","by":"Noor","over":["l1","l2"],"why":"they fight"}`},
		},
		says: []string{"Two leads"}, prompt: "two_leads", about: "inc", first: "who", in: "who",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name:  "an update is overdue",
		cause: []string{`{"do":"update.send","id":"u","audience":"Status page","text":"We look into it.","next_due":"2026-11-22T02:30:00Z"}`},
		ends: map[string][]string{
			"it is sent":                       {`{"do":"update.send","audience":"Status page","text":"It holds."}`},
			"it is sent, with a promise":       {`{"do":"update.send","audience":"Status page","text":"It holds.","next_due":"2026-11-23T02:30:00Z"}`},
			"it is sent, to a name typed anew": {`{"do":"update.send","audience":"status  page","text":"It holds."}`},
			"what was said last is put right":  {`{"do":"update.send","audience":"Status page","text":"We do not know.","corrects":"u"}`},
		},
		wait: time.Hour, says: []string{"Overdue since", "overdue", "due 4"}, prompt: "update_overdue", about: "u", in: "comms",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name: "a decision stands on a disputed claim",
		cause: []string{
			`{"do":"claim.make","id":"c","text":"the west side alone fails"}`,
			`{"do":"evidence.add","id":"e","kind":"test","title":"east is fine","by":"Raj"}`,
			`{"do":"evidence.add","id":"f","kind":"test","title":"east fails too","by":"Raj"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"verify","evidence":["e"],"by":"Raj"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","evidence":["f"],"by":"Noor"}`,
			`{"do":"decision.make","id":"d","text":"drain it","mode":"agreed","why":"it is quick","rests_on":["c"]}`,
		},
		ends: map[string][]string{
			"the dispute ends":         {`{"do":"claim.verdict","claim":"c","verdict":"not_sure","by":"Noor"}`},
			"the lead rules":           {`{"do":"claim.verdict","claim":"c","verdict":"verify","evidence":["e"],"ruling":true}`},
			"the decision is reversed": {`{"do":"decision.change","decision":"d","state":"reversed","why":"not safe"}`},
			"it rests on something else": {
				`{"do":"claim.make","id":"c2","text":"it is quick"}`, `{"do":"basis.add","of":"d","on":["c2"]}`,
			},
		},
		says: []string{"shaky"}, prompt: "decision_shaky", about: "d", in: "decisions",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name: "a decision stands on a claim that fell",
		cause: []string{
			`{"do":"claim.make","id":"c","text":"the west side alone fails"}`,
			`{"do":"decision.make","id":"d","text":"drain it","mode":"agreed","why":"it is quick","rests_on":["c"]}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"east fails too","by":"Noor"}`,
		},
		ends: map[string][]string{
			"the decision is reversed": {`{"do":"decision.change","decision":"d","state":"reversed","why":"not safe"}`},
			"it rests on something else": {
				`{"do":"claim.make","id":"c2","text":"it is quick"}`, `{"do":"basis.add","of":"d","on":["c2"]}`,
			},
			"the claim stands again": {`{"do":"claim.verdict","claim":"c","verdict":"not_sure","by":"Noor"}`},
		},
		says: []string{"shaky"}, prompt: "decision_shaky", about: "d", in: "decisions",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name: "a decision stands on two claims that fell, and one fall was worked through",
		cause: []string{
			`{"do":"claim.make","id":"c1","text":"the west side alone fails"}`,
			`{"do":"claim.make","id":"c","text":"draining is safe"}`,
			`{"do":"decision.make","id":"d","text":"drain it","mode":"agreed","why":"it is quick","rests_on":["c1"]}`,
			`{"do":"basis.add","of":"d","on":["c"]}`,
			`{"do":"claim.verdict","claim":"c1","verdict":"refute","why":"east fails too","by":"Noor"}`,
			`{"do":"note.add","text":"it holds all the same","settles":"d"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"it is not","by":"Noor"}`,
		},
		ends: map[string][]string{
			"the decision is reversed": {`{"do":"decision.change","decision":"d","state":"reversed","why":"not safe"}`},
		},
		says: []string{"shaky"}, prompt: "decision_shaky", about: "d", in: "decisions",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name: "a decision was put on other ground, which is disputed",
		cause: []string{
			`{"do":"claim.make","id":"c1","text":"the west side alone fails"}`,
			`{"do":"claim.make","id":"c","text":"draining is safe"}`,
			`{"do":"decision.make","id":"d","text":"drain it","mode":"agreed","why":"it is quick","rests_on":["c1"]}`,
			`{"do":"claim.verdict","claim":"c1","verdict":"refute","why":"east fails too","by":"Noor"}`,
			`{"do":"basis.add","of":"d","on":["c"]}`,
			`{"do":"evidence.add","id":"e","kind":"test","title":"it works","by":"Raj"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"verify","evidence":["e"],"by":"Raj"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"it is not","by":"Noor"}`,
		},
		ends: map[string][]string{
			"the dispute ends":         {`{"do":"claim.verdict","claim":"c","verdict":"not_sure","by":"Noor"}`},
			"the decision is reversed": {`{"do":"decision.change","decision":"d","state":"reversed","why":"not safe"}`},
		},
		says: []string{"shaky"}, prompt: "decision_shaky", about: "d", in: "decisions",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
	{
		name: "an update is overdue, and nobody does comms",
		cause: []string{
			`{"do":"role.release","role":"comms","by":"Mei"}`,
			`{"do":"update.send","id":"u","audience":"Status page","text":"We look into it.","next_due":"2026-11-22T02:30:00Z"}`,
		},
		ends: map[string][]string{"it is sent": {`{"do":"update.send","audience":"Status page","text":"It holds."}`}},
		wait: time.Hour, says: []string{"Overdue since", "overdue", "due 4"}, prompt: "update_overdue", about: "u", in: "comms",
		shown: []string{"Ana", "Raj", "Noor", ""},
	},
}

// crowd is much else that is decided, believed and told, and troubles nobody.
func crowd() (lines []string) {
	for n := range 12 {
		lines = append(lines,
			fmt.Sprintf(`{"do":"decision.make","text":"choice %d of a busy night, in some more words","mode":"agreed","why":"all said so"}`, n),
			fmt.Sprintf(`{"do":"claim.make","text":"belief %d of a busy night"}`, n),
			fmt.Sprintf(`{"do":"update.send","audience":"Team %d","text":"We look into it, and write again when we know more."}`, n))
	}
	return lines
}

// Each trouble is said once in every brief that has room for it, and once in
// Do next, to those whom it concerns; and nowhere any more when it is over.
func TestATroubleIsSaidOnceAndGoesWithItsCause(t *testing.T) {
	for _, c := range troubles {
		t.Run(c.name, func(t *testing.T) {
			c.silent(t, "before it", c.stands(t))
			c.said(t, c.stands(t, c.cause...))
			c.said(t, c.stands(t, slices.Concat(c.cause, crowd())...))
			for what, ends := range c.ends {
				c.silent(t, what, c.stands(t, slices.Concat(c.cause, ends)...))
				c.silent(t, what+", in a crowd", c.stands(t, slices.Concat(c.cause, crowd(), ends)...))
			}
		})
	}
}

// A standing is an incident as it stands when the trouble is pressing, and as
// it was known before anything of it happened.
type standing struct{ now, calm *incident.State }

func (c trouble) stands(t *testing.T, lines ...string) standing {
	inc, at := happened(t, slices.Concat(calm, lines)...)
	now := inc.At(at.Add(c.wait))
	since := now.Declared.Add(time.Duration(len(calm))*time.Minute - time.Second)
	return standing{now, inc.AsOf(since).At(since)}
}

// calm is an incident in which nothing of all this is so.
var calm = []string{
	`{"do":"incident.declare","id":"inc","title":"Orders fail","severity":"SEV2"}`,
	`{"do":"role.take","role":"lead","id":"l1"}`,
	`{"do":"role.take","role":"comms","by":"Mei"}`,
	`{"do":"person.join","by":"Dan"}`,
	`{"do":"person.join","by":"Raj"}`,
	`{"do":"person.join","by":"Noor"}`,
}

// A reading is one way in which a brief is written.
type reading struct {
	brief.Options
	name string
}

// readings are all the ways in which a brief is written for somebody.
func readings(s standing) []reading {
	var all []reading
	for _, who := range []string{"", "Ana", "Dan", "Raj", "Noor"} {
		for _, length := range []brief.Length{brief.OneMinute, brief.FiveMinutes, brief.Full} {
			o := brief.Options{Reader: who, Length: length}
			lead, handover, since := o, o, o
			lead.Leadership, handover.Handover, since.Since = true, true, s.calm.Now
			for name, o := range map[string]brief.Options{"joining": o, "leadership": lead, "next lead": handover, "back": since} {
				all = append(all, reading{o, fmt.Sprintf("%s, %q, %s", name, who, length)})
			}
		}
	}
	return all
}

func (c trouble) said(t *testing.T, s standing) {
	t.Helper()
	for _, r := range readings(s) {
		in := c.in
		if r.Length == brief.OneMinute && !r.Handover {
			in = c.first
		}
		want := []string{in}
		if in == "" {
			want = nil
		}
		sections := c.sections(s, r.Options)
		if !r.Since.IsZero() {
			if len(sections) > 1 {
				t.Errorf("the brief (%s) says it in %q", r.name, sections)
			}
			continue
		}
		if !slices.Equal(sections, want) {
			t.Errorf("the brief (%s) says it in %q, want %q", r.name, sections, want)
		}
	}
	for _, who := range c.shown {
		if got := c.prompts(s.now, who); len(got) != 1 {
			t.Errorf("%q is prompted %d times, want once: %q", who, len(got), got)
		}
	}
	for _, who := range c.hidden {
		if got := c.prompts(s.now, who); len(got) != 0 {
			t.Errorf("%q is prompted, and is not to be: %q", who, got)
		}
	}
}

func (c trouble) silent(t *testing.T, when string, s standing) {
	t.Helper()
	for _, r := range readings(s) {
		if sections := c.sections(s, r.Options); len(sections) > 0 {
			t.Errorf("%s: the brief (%s) says it in %q", when, r.name, sections)
		}
	}
	for _, who := range slices.Concat(c.shown, c.hidden) {
		if got := c.prompts(s.now, who); len(got) > 0 {
			t.Errorf("%s: %q is prompted: %q", when, who, got)
		}
	}
}

// sections are those of a brief that say a trouble, each as often as it does.
func (c trouble) sections(s standing, o brief.Options) []string {
	var found []string
	for _, section := range brief.Write(s.now, s.calm, o).Sections {
		for _, sentence := range section.Sentences {
			for _, words := range c.says {
				if section.ID != "timeline" {
					found = append(found, slices.Repeat([]string{section.ID}, strings.Count(sentence.Text, words))...)
				}
			}
		}
	}
	return found
}

// prompts are what somebody is told in Do next of a trouble.
func (c trouble) prompts(s *incident.State, who string) []string {
	var found []string
	for _, cause := range incident.Causes(s.AttentionFor(who)) {
		for _, p := range cause {
			if p.Kind == c.prompt && p.About.ID == c.about {
				found = append(found, p.Text)
			}
		}
	}
	return found
}
