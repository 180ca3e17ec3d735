package incident

import (
	"slices"
	"strings"
	"time"
)

// A Help is one gap that somebody who joins can fill.
type Help struct {
	Gap    string // "no_lead", "no_scribe", "thread_no_owner" …
	About  []Ref
	Reason string
	Say    string // a sentence to say
	Skills []string
}

// maxHelp is how many ways to help are offered at once.
const maxHelp = 3

// busyFrom is how many open items are too many for one person.
const busyFrom = 3

// handsOnAfter is how long a lead may have an action in progress before it
// keeps them from leading.
const handsOnAfter = 10 * time.Minute

// HelpFor lists where a person can help, in the order in which gaps hurt, at
// most three. Their skills bring the claims that they can test to the front.
// An empty name is anybody. No gap: nothing is needed now.
func (s *State) HelpFor(name string) []Help {
	if s.Ended {
		return nil
	}
	var gaps []Help
	add := func(h ...Help) { gaps = append(gaps, h...) }
	add(s.gapLead()...)
	add(s.gapHandsOn(name)...)
	add(s.gapComms()...)
	add(s.gapScribe()...)
	add(s.gapOwner()...)
	add(s.gapSilent(name)...)
	add(s.gapBusy(name)...)
	add(s.gapUntested(name)...)
	add(s.gapDispute()...)
	add(s.gapRecheck(name)...)
	return gaps[:min(len(gaps), maxHelp)]
}

func (s *State) gapLead() []Help {
	if len(s.Leads) > 0 {
		return nil
	}
	return []Help{{Gap: "no_lead", About: []Ref{s.Ref}, Reason: "Nobody leads", Say: "I take the lead unless somebody else wants it."}}
}

// HandsOn reports whether a lead is busy with work of their own: an
// investigate or mitigate thread, or an action in progress for over ten
// minutes; and what it is. With two people or fewer nobody minds.
func (s *State) HandsOn() (lead string, on Ref, busy bool) {
	if s.Here <= 2 {
		return "", Ref{}, false
	}
	for _, r := range s.Leads {
		for _, t := range s.Threads {
			if t.Owner == r.Person && !t.HasEnded() && (t.Sort == "investigate" || t.Sort == "mitigate") {
				return r.Person, t.Ref, true
			}
		}
		for _, a := range s.Actions {
			if a.Owner == r.Person && a.State == InProgress && s.Now.Sub(a.Started) > handsOnAfter {
				return r.Person, a.Ref, true
			}
		}
	}
	return "", Ref{}, false
}

func (s *State) gapHandsOn(name string) []Help {
	lead, on, busy := s.HandsOn()
	if !busy || lead == name {
		return nil
	}
	what := firstOf(on.Label, "work of their own")
	return []Help{{
		Gap: "lead_hands_on", About: []Ref{on},
		Reason: lead + " leads and has " + what + " in hand too",
		Say:    lead + ", shall I take " + what + " off you?",
	}}
}

func (s *State) gapComms() []Help {
	if len(s.holders(roleComms)) > 0 {
		return nil
	}
	for _, u := range s.Updates {
		if u.Overdue {
			return []Help{{
				Gap: "no_comms", About: []Ref{u.Ref},
				Reason: "Nobody does comms, and " + u.Audience + " waits for an update",
				Say:    "I can do comms: shall I write the update to " + u.Audience + "?",
			}}
		}
	}
	return nil
}

func (s *State) gapScribe() []Help {
	if s.Here <= 5 || len(s.holders(roleScribe)) > 0 {
		return nil
	}
	return []Help{{Gap: "no_scribe", About: []Ref{s.Ref}, Reason: "Nobody is scribe", Say: "I can be scribe."}}
}

func (s *State) gapOwner() []Help {
	var out []Help
	for _, t := range s.Threads {
		if t.Owner == "" && !t.HasEnded() && len(out) < maxHelp {
			out = append(out, Help{
				Gap: "thread_no_owner", About: []Ref{t.Ref},
				Reason: "Nobody owns " + t.Label + ", " + t.Title,
				Say:    "I can take " + t.Label + ".",
			})
		}
	}
	return out
}

// gapSilent finds threads that are overdue twice over: two rhythms without a
// word, or as long past a due set once as a rhythm usually lasts.
func (s *State) gapSilent(name string) []Help {
	var out []Help
	for _, t := range s.Threads {
		if !t.Overdue || t.Owner == "" || t.Owner == name || len(out) == maxHelp {
			continue
		}
		late := s.Now.Sub(t.Due)
		if t.Rhythm > 0 && late <= t.Rhythm || t.Rhythm == 0 && late <= usualRhythm {
			continue
		}
		out = append(out, Help{
			Gap: "thread_silent", About: []Ref{t.Ref},
			Reason: t.Label + ", " + t.Title + ": no word from " + t.Owner + " for " + span(t.Silent(s.Now)),
			Say:    t.Owner + ", can I help with " + t.Label + "?",
		})
	}
	return out
}

// gapBusy finds people with too many open items, the busiest first.
func (s *State) gapBusy(name string) []Help {
	items := map[string][]Ref{}
	var owners []string
	own := func(owner string, ref Ref) {
		if owner == "" || owner == name {
			return
		}
		if len(items[owner]) == 0 {
			owners = append(owners, owner)
		}
		items[owner] = append(items[owner], ref)
	}
	for _, t := range s.Threads {
		if !t.HasEnded() {
			own(t.Owner, t.Ref)
		}
	}
	for _, a := range s.Actions {
		if !a.HasEnded() {
			own(a.Owner, a.Ref)
		}
	}
	slices.SortStableFunc(owners, func(a, b string) int { return len(items[b]) - len(items[a]) })
	var out []Help
	for _, owner := range owners {
		if len(items[owner]) < busyFrom || len(out) == maxHelp {
			break
		}
		var labels []string
		for _, ref := range items[owner] {
			labels = append(labels, ref.Label)
		}
		out = append(out, Help{
			Gap: "owner_busy", About: items[owner],
			Reason: owner + " has " + strings.Join(labels, ", ") + " in hand",
			Say:    owner + ", which of yours can I take?",
		})
	}
	return out
}

// gapUntested finds assumptions that things rest on, with nothing shown for
// or against them: those that fit the person's skills first, then by load.
func (s *State) gapUntested(name string) []Help {
	var claims []*Claim
	for _, c := range s.Claims {
		if c.State == Assumption {
			claims = append(claims, c)
		}
	}
	slices.SortStableFunc(claims, func(a, b *Claim) int { return b.Load - a.Load })
	if skills := s.skills(name); len(skills) > 0 {
		fitting := slices.DeleteFunc(slices.Clone(claims), func(c *Claim) bool { return !fits(c, skills) })
		others := slices.DeleteFunc(claims, func(c *Claim) bool { return fits(c, skills) })
		claims = slices.Concat(fitting, others)
	}
	var out []Help
	for _, c := range claims[:min(len(claims), maxHelp)] {
		say := "I can check " + c.Label + "."
		if c.Test != "" {
			say = "I can check " + c.Label + ": " + c.Test + "."
		}
		out = append(out, Help{
			Gap: "claim_untested", About: []Ref{c.Ref},
			Reason: c.Label + " is only assumed, and things rest on it: " + c.Text, Say: say,
		})
	}
	return out
}

func (s *State) skills(name string) []string {
	for _, r := range s.Responders {
		if r.Name == name {
			return r.Skills
		}
	}
	return nil
}

func fits(c *Claim, skills []string) bool {
	text := strings.ToLower(c.Text + " " + c.Test)
	return slices.ContainsFunc(skills, func(skill string) bool {
		return skill != "" && strings.Contains(text, strings.ToLower(skill))
	})
}

func (s *State) gapDispute() []Help {
	var out []Help
	for _, c := range s.Claims {
		if c.State == ClaimDisputed && c.Test == "" && len(out) < maxHelp {
			out = append(out, Help{
				Gap: "dispute_untested", About: []Ref{c.Ref},
				Reason: c.Label + " is disputed and nobody has named a test: " + c.Text,
				Say:    "What would settle " + c.Label + "? I can run it.",
			})
		}
	}
	return out
}

// gapRecheck finds claims that were judged before the incident changed: who
// comes fresh, and did not make them, sees best whether they are still true.
func (s *State) gapRecheck(name string) []Help {
	var out []Help
	for _, c := range s.Review.Claims {
		if c.Person != name && len(out) < maxHelp {
			out = append(out, Help{
				Gap: "claim_recheck", About: []Ref{c.Ref},
				Reason: c.Label + " was judged before the incident changed: " + c.Text,
				Say:    "I can look at " + c.Label + " again: is it still true?",
			})
		}
	}
	return out
}
