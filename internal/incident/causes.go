package incident

import "strconv"

// A Cause is one thing for the lead to see to: a prompt, or all prompts that
// say the same of several things, since who hands out one thread without an
// owner hands out the others too. It is never empty.
type Cause []Prompt

// Causes puts together what says the same as urgently. Each stands where its
// first prompt stood, so that what is most urgent still comes first.
func Causes(prompts []Prompt) []Cause {
	type same struct {
		level Level
		kind  string
	}
	var all []Cause
	at := map[same]int{}
	for _, p := range prompts {
		n, ok := at[same{p.Level, p.Kind}]
		if !ok {
			n = len(all)
			at[same{p.Level, p.Kind}] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], p)
	}
	return all
}

// First is the prompt to begin with.
func (c Cause) First() Prompt { return c[0] }

// Text says what a cause of several things is about: "12 threads have no
// owner". A cause of one thing says what its prompt says.
func (c Cause) Text() string {
	if len(c) == 1 {
		return c[0].Text
	}
	return c.Words()
}

// Words say the same without naming a thing, even where there is one only: "1
// thread has no owner".
func (c Cause) Words() string {
	said, ok := counted[c[0].Kind]
	if c[0].Kind == "fallen" && c[0].Level == Warning {
		said = stillGoesOn
	}
	switch {
	case !ok:
		return c[0].Text
	case len(c) == 1:
		return "1 " + said.one
	default:
		return strconv.Itoa(len(c)) + " " + said.several
	}
}

// stillGoesOn says of claims that fell why they come before the others.
var stillGoesOn = struct{ one, several string }{
	"claim fell, yet work on it goes on", "claims fell, yet work goes on",
}

// counted says of a number of things what a prompt of a kind says of one.
// Kinds that are about the incident as a whole come once, and are not here.
var counted = map[string]struct{ one, several string }{
	"fallen":              {"fallen claim to work through", "fallen claims to work through"},
	"thread_no_owner":     {"thread has no owner", "threads have no owner"},
	"thread_overdue":      {"thread is overdue", "threads are overdue"},
	"thread_silent":       {"thread is silent", "threads are silent"},
	"thread_shaky":        {"thread stands on shaky ground", "threads stand on shaky ground"},
	"action_overdue":      {"action is over its time", "actions are over their time"},
	"action_blocked":      {"action is blocked", "actions are blocked"},
	"action_shaky":        {"action stands on shaky ground", "actions stand on shaky ground"},
	"update_overdue":      {"update is overdue", "updates are overdue"},
	"update_shaky":        {"update told what is shaky now", "updates told what is shaky now"},
	"decision_due":        {"decision is to be made", "decisions are to be made"},
	"decision_shaky":      {"decision stands on shaky ground", "decisions stand on shaky ground"},
	"why_owed":            {"decision owes its why", "decisions owe their why"},
	"promise_near":        {"promise falls due", "promises fall due"},
	"claim_disputed":      {"disputed claim carries something", "disputed claims carry something"},
	"claim_circular":      {"claim rests only on itself", "claims rest only on themselves"},
	"claim_shaky":         {"claim stands on shaky ground", "claims stand on shaky ground"},
	"claim_aged":          {"claim has only old proof", "claims have only old proof"},
	"assumption_untested": {"assumption is untested", "assumptions are untested"},
	"recheck":             {"claim to look at again", "claims to look at again"},
	"test_result":         {"test has a result and no verdict", "tests have a result and no verdict"},
	"evidence_unlinked":   {"piece of evidence is linked to nothing", "pieces of evidence are linked to nothing"},
}
