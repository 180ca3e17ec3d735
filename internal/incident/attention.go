package incident

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// A Prompt is one thing that needs the lead.
type Prompt struct {
	Rank  int    // from 1
	Level Level  // how soon
	Kind  string // "decision_shaky", "no_lead", "thread_no_owner" …
	About Ref
	Text  string
}

const (
	promiseNear   = 5 * time.Minute  // a promise this near wants a thought
	untestedAfter = 30 * time.Minute // a load-bearing assumption may stand untested this long
	checkinRhythm = 15 * time.Minute // between check-in rounds, where their answers don't take longer
)

// A watch gathers prompts.
type watch struct {
	*State
	prompts []Prompt
	settled map[string]bool // what fell, by id: whether it was worked through by a word
}

func (w *watch) say(level Level, kind string, about Ref, text string) {
	w.prompts = append(w.prompts, Prompt{Level: level, Kind: kind, About: about, Text: text})
}

// ranking orders the prompts of one level: first what only the lead can mend,
// then what nobody has spoken of, last what is shaky because something above
// it in the list is.
var ranking = []string{
	"no_lead", "two_leads", "lead_left", "fallen", "checkin_overdue",
	"thread_no_owner", "thread_overdue", "thread_silent", "action_overdue", "action_blocked",
	"update_overdue", "decision_due", "why_owed", "promise_near",
	"claim_disputed", "test_result", "assumption_untested", "claim_circular",
	"decision_shaky", "update_shaky", "claim_shaky", "action_shaky", "thread_shaky",
	"recheck", "claim_aged", "no_scribe", "no_comms", "evidence_unlinked",
}

// attention lists what needs the lead, most urgent first. A prompt has a
// cause in the records or the clock, and goes when its cause goes.
func (s *State) attention() []Prompt {
	if s.Ended {
		return nil
	}
	w := &watch{State: s, settled: map[string]bool{}}
	w.lead()
	w.fallen()
	w.decisions()
	w.checkin()
	w.threads()
	w.actions()
	w.updates()
	w.claims()
	w.advisories()
	slices.SortStableFunc(w.prompts, func(a, b Prompt) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(slices.Index(ranking, a.Kind), slices.Index(ranking, b.Kind)))
	})
	for n := range w.prompts {
		w.prompts[n].Rank = n + 1
	}
	return w.prompts
}

// AttentionFor lists what needs a person: all that needs the lead, but for a
// why that is owed, of which only the lead and whoever owes it are reminded.
func (s *State) AttentionFor(name string) []Prompt {
	out := make([]Prompt, 0, len(s.Attention))
	for _, p := range s.Attention {
		if t, _ := s.Find(p.About.ID); p.Kind == "why_owed" && !s.Reminds(name, t.(*Decision)) {
			continue
		}
		p.Rank = len(out) + 1
		out = append(out, p)
	}
	return out
}

// Reminds reports whether a person is reminded of the why that a decision
// owes: whoever decided it is, and the lead.
func (s *State) Reminds(name string, d *Decision) bool {
	leads := slices.ContainsFunc(s.Leads, func(r Role) bool { return r.Person == name })
	return d.WhyOwed && (leads || d.Person == name)
}

func (w *watch) lead() {
	switch len(w.Leads) {
	case 0:
		w.say(Warning, "no_lead", w.Ref, "Nobody leads")
	case 1:
		for _, r := range w.Responders {
			if r.Name == w.Leads[0].Person && r.State == "left" {
				w.say(Warning, "lead_left", r.Ref, r.Name+" leads, and has left")
			}
		}
	default:
		names := w.Leads[0].Person
		for _, r := range w.Leads[1:] {
			names += " and " + r.Person
		}
		w.say(Warning, "two_leads", w.Ref, "Two leads: "+names+"; one has to yield")
	}
}

// fallen asks for the worklist of each claim that fell, until all of it is
// worked through. What a person has spoken of is named no more; what found
// other ground is, where that gives way too.
func (w *watch) fallen() {
	waits := map[string]bool{}
	for _, l := range w.Worklists {
		level := Caution
		for _, item := range l.Items {
			id := item.Thing.Meta().ID
			switch item.Settled {
			case Open:
				waits[id], w.settled[id] = true, false
				if goesOn(item.Thing) {
					level = Warning
				}
			case Regained:
			default:
				w.settled[id] = !waits[id]
			}
		}
		if n := len(l.Items); l.Done < n {
			w.say(level, "fallen", l.Claim.Ref, l.Claim.Word()+", "+strconv.Itoa(l.Done)+" of "+strconv.Itoa(n)+" worked through: "+l.Claim.Text)
		}
	}
}

// goesOn reports whether something still happens because of a thing.
func goesOn(t Thing) bool {
	switch t := t.(type) {
	case *Action:
		return t.UnderWay()
	case *Decision:
		return t.State == InForce
	default:
		return false
	}
}

// shaky reports whether a thing is to be named as shaky.
func (w *watch) shaky(t Thing) bool { return t.Rests().Shaky() && !w.settled[t.Meta().ID] }

func (w *watch) decisions() {
	for _, d := range w.Decisions {
		if d.HasEnded() {
			continue
		}
		if w.shaky(d) {
			level := Warning
			if d.State == DecisionProposed {
				level = Caution
			}
			w.say(level, "decision_shaky", d.Ref, "shaky: "+w.weakest(&d.Basis))
		}
		if d.WhyOwed && !w.Now.Before(d.WhyDue) {
			w.say(Caution, "why_owed", d.Ref, d.Label+" owes its why: "+d.Text)
		}
		if d.State == DecisionProposed && !d.ByWhen.IsZero() && w.Now.After(d.ByWhen) {
			w.say(Caution, "decision_due", d.Ref, "to be decided "+ago(w.Now.Sub(d.ByWhen))+": "+d.Text)
		}
	}
}

// weakest names what makes a basis weak: "C4 is disputed".
func (w *watch) weakest(b *Basis) string {
	for _, set := range b.Sets {
		if set.Footing != b.Footing {
			continue
		}
		for _, ref := range set.On {
			if t, ok := w.weakens(ref, b.Footing); ok {
				return firstOf(t.Meta().Label, t.Name()) + " is " + w.weakness(t)
			}
		}
	}
	return "it is " + b.Footing.String()
}

// weakens returns a member of a set, if it is as weak as a footing.
func (w *watch) weakens(member Ref, f Footing) (Thing, bool) {
	g, ok := w.fold.groundOf[member.ID]
	if !ok || w.standing.strength(g.slot, w.standing.footing) != f {
		return nil, false
	}
	return w.grounded[g.slot], true
}

func (w *watch) weakness(t Thing) string {
	switch t := t.(type) {
	case *Claim:
		if t.State == Refuted || t.State == Withdrawn || t.State == ClaimDisputed {
			return string(t.State)
		}
		if t.Circular {
			return "resting only on itself"
		}
		return "on " + t.Footing.String() + " ground"
	case *Decision:
		if t.HasEnded() {
			return string(t.State)
		}
		return "on " + t.Footing.String() + " ground"
	default:
		return t.Word()
	}
}

// checkin asks for a round at SEV1 when the last one is two rhythms ago.
func (w *watch) checkin() {
	if w.Severity != "SEV1" || len(w.Checkins) == 0 {
		return
	}
	last := w.Checkins[len(w.Checkins)-1]
	rhythm := max(checkinRhythm, time.Duration(last.Minutes)*time.Minute)
	if since := w.Now.Sub(last.At); since > 2*rhythm {
		w.say(Warning, "checkin_overdue", last.Ref, "last check-in round "+ago(since))
	}
}

func (w *watch) threads() {
	for _, t := range w.Threads {
		if t.HasEnded() {
			continue
		}
		silent := t.Silent(w.Now)
		rhythm := usualRhythm
		if t.Rhythm > 0 {
			rhythm = t.Rhythm
		}
		switch {
		case t.Owner == "":
			w.say(Caution, "thread_no_owner", t.Ref, "nobody owns it: "+t.Title)
		case t.Overdue:
			w.say(Caution, "thread_overdue", t.Ref, "overdue, silent for "+span(silent)+": "+t.Title)
		case t.State == Active && silent > rhythm*3/2:
			w.say(Caution, "thread_silent", t.Ref, t.Owner+" silent for "+span(silent)+": "+t.Title)
		}
		if w.shaky(t) {
			w.say(Caution, "thread_shaky", t.Ref, "shaky: "+w.weakest(&t.Basis))
		}
	}
}

func (w *watch) actions() {
	for _, a := range w.Actions {
		if a.HasEnded() {
			continue
		}
		if a.Overdue {
			w.say(Caution, "action_overdue", a.Ref, span(w.Now.Sub(a.Due))+" over: "+a.Text)
		}
		if a.State == Blocked {
			w.say(Caution, "action_blocked", a.Ref, because("blocked: "+a.Text, a.Why))
		}
		if w.shaky(a) {
			level := Caution
			if a.Irreversible && a.UnderWay() {
				level = Warning
			}
			w.say(level, "action_shaky", a.Ref, "shaky: "+w.weakest(&a.Basis))
		}
	}
}

func (w *watch) updates() {
	for _, u := range w.Updates {
		if u.Overdue {
			w.say(Caution, "update_overdue", u.Ref, "update to "+u.Audience+" due "+ago(w.Now.Sub(u.NextDue)))
		}
		if w.shaky(u) && u.Corrected.ID == "" {
			w.say(Caution, "update_shaky", u.Ref, "shaky: "+w.weakest(&u.Basis)+"; told to "+u.Audience)
		}
	}
	for _, p := range w.Promised {
		if p.At.Sub(w.Now) <= promiseNear {
			w.say(Caution, "promise_near", p.About, "due in "+span(p.At.Sub(w.Now))+": "+p.Text)
		}
	}
}

// tested asks what the newest result of a test says of a claim that nobody
// has spoken of since.
func (w *watch) tested(c *Claim) {
	for _, a := range slices.Backward(c.Trials) {
		if a.State != ActionDone && a.State != Failed {
			continue
		}
		if c.Spoken.Before(a.Changed) && !c.HasEnded() {
			w.say(Caution, "test_result", c.Ref, because(a.Label+" tested it", a.Result)+"; does it hold? "+c.Text)
		}
		return
	}
}

func (w *watch) claims() {
	for _, c := range w.Claims {
		w.tested(c)
		switch {
		case c.State == ClaimDisputed && c.Load > 0:
			w.say(Caution, "claim_disputed", c.Ref, things(c.OnIt)+" on a disputed claim: "+c.Text)
		case c.State == Assumption && w.Now.Sub(c.At) > untestedAfter:
			w.say(Caution, "assumption_untested", c.Ref, "assumed for "+span(w.Now.Sub(c.At))+": "+c.Text)
		}
		if c.Circular && !c.HasEnded() {
			w.say(Caution, "claim_circular", c.Ref, "rests only on itself: "+c.Text)
		} else if w.shaky(c) && !c.HasEnded() {
			w.say(Caution, "claim_shaky", c.Ref, "shaky: "+w.weakest(&c.Basis))
		}
	}
	for _, c := range w.Review.Claims {
		w.say(Advisory, "recheck", c.Ref, "still true? "+c.Text)
	}
}

// things says how many things rest.
func things(n int) string {
	if n == 1 {
		return "1 thing rests"
	}
	return strconv.Itoa(n) + " things rest"
}

func (w *watch) advisories() {
	for _, c := range w.Claims {
		if c.Flags.Has(FlagAged) && !c.Flags.Has(FlagRecheck) {
			w.say(Advisory, "claim_aged", c.Ref, "newest proof is "+span(w.Now.Sub(c.NewestProof))+" old: "+c.Text)
		}
	}
	if w.Here > 5 && len(w.holders(roleScribe)) == 0 {
		w.say(Advisory, "no_scribe", w.Ref, "Nobody is scribe")
	}
	if len(w.Updates) > 0 && len(w.holders(roleComms)) == 0 {
		w.say(Advisory, "no_comms", w.Ref, "Nobody does comms")
	}
	for _, e := range w.Inbox {
		w.say(Advisory, "evidence_unlinked", e.Ref, "linked to nothing: "+e.Name())
	}
}

func (s *State) holders(role string) []string {
	var names []string
	for _, r := range s.Roles {
		if r.Role == role {
			names = append(names, r.Person)
		}
	}
	return names
}

// span writes a length of time in whole minutes, hours and days.
func span(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	if d < 30*time.Second {
		return "under a minute"
	}
	switch {
	case minutes < 90:
		return strconv.Itoa(minutes) + " min"
	case minutes < 48*60:
		if minutes%60 == 0 {
			return strconv.Itoa(minutes/60) + " h"
		}
		return strconv.Itoa(minutes/60) + " h " + strconv.Itoa(minutes%60) + " min"
	default:
		return strconv.Itoa(minutes/(24*60)) + " days"
	}
}

func ago(d time.Duration) string { return span(d) + " ago" }
