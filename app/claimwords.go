package app

import (
	"strconv"
	"strings"

	"bearings/internal/incident"
)

// A Tally stands at the end of a claim's line: how much speaks for it, or why
// that is not enough.
type Tally struct {
	N    string `json:"n"`    // a number to be read as a fact, or empty
	Text string `json:"text"` // empty where the age of its newest proof stands here
	Late bool   `json:"late"` // whether it wants somebody's judgement
}

func tallyOf(c *incident.Claim, pro, con int) Tally {
	switch {
	case c.State == incident.ClaimDisputed:
		return Tally{Text: "Disputed", Late: true}
	case c.State == incident.Refuted && con > 0:
		return Tally{N: strconv.Itoa(con), Text: "against"}
	case c.State == incident.Refuted:
		return Tally{Text: "refuted"}
	case c.Flags.Has(incident.FlagAged):
		return Tally{Late: true}
	case c.Flags.Has(incident.FlagWordOnly):
		return Tally{Text: "somebody’s word"}
	case pro == 0:
		return Tally{Text: "no evidence"}
	default:
		return Tally{N: strconv.Itoa(pro), Text: "for"}
	}
}

// A flagWord is what a flag of a claim is called, in a row of a list and as a
// sentence above its case; either may be empty.
type flagWord struct {
	flag        incident.Flags
	short, says string
}

var flagWords = []flagWord{
	{incident.FlagRecheck, "check again", "The incident changed since it was judged"},
	{incident.FlagShaky, "shaky", "What it rests on is disputed or fallen"},
	{incident.FlagAged, "", "Its newest evidence is past its shelf life"}, // a row shows the age itself
	{incident.FlagCircular, "rests only on itself", "Rests only on itself"},
}

// remarksOf is what is to be known beside a claim's state, for a row.
func remarksOf(c *incident.Claim) []string {
	out := []string{}
	for _, w := range flagWords {
		if c.Flags.Has(w.flag) && w.short != "" {
			out = append(out, w.short)
		}
	}
	if c.State == incident.Supported {
		out = append(out, "not cross-checked")
	}
	return out
}

// oddOf is what is odd about a claim, in sentences.
func oddOf(c *incident.Claim) []string {
	out := []string{}
	for _, w := range flagWords {
		if c.Flags.Has(w.flag) {
			out = append(out, w.says)
		}
	}
	return out
}

// says is what is to be known of a proof beside what it is: whose word, what
// it repeats; empty where nothing is.
func (p Proof) says(saidBy, echo string) string {
	var out []string
	if saidBy != "" {
		out = append(out, "said by "+saidBy+", which is no proof")
	}
	if echo != "" {
		out = append(out, "same "+p.Sort+" as "+echo+": it counts once")
	}
	return strings.Join(out, ", ")
}

// mark is the word beside the label of a proof: what it repeats, or whose
// word it is, else what it is.
func (p Proof) mark(saidBy, echo string) string {
	if echo != "" {
		return "= " + echo
	}
	if saidBy != "" {
		first, _, _ := strings.Cut(saidBy, " ")
		return first
	}
	return p.Sort
}

// mends names the command of the window that mends what a line of a
// checklist misses, for somebody; empty where nothing is missing. A claim of
// one's own is checked by somebody else, so a test of it is asked for.
func mends(check incident.Check, about Chip, c *incident.Claim, me string) string {
	if check.Holds {
		over := about.Word == string(incident.ActionDone) || about.Word == string(incident.Failed)
		if check.Kind == incident.CheckTest && over && len(c.Verdicts) == 0 {
			return "verify" // a result that nobody has spoken of yet
		}
		return ""
	}
	switch check.Kind {
	case incident.CheckProof:
		return "evidenceOn"
	case incident.CheckOther:
		if c.Person == me {
			return "trial"
		}
		return "verify"
	case incident.CheckWrongIf:
		return "wrong"
	case incident.CheckTest:
		return mendsTest(about, c)
	case incident.CheckFresh:
		return "still"
	case incident.CheckOnIt:
		return "onIt"
	default:
		return ""
	}
}

func mendsTest(about Chip, c *incident.Claim) string {
	switch {
	case about.ID != "":
		return "owner"
	case c.Test == "":
		return "test"
	default:
		return "trial"
	}
}

// standsOf says in a sentence how well a thing stands. That nobody said what
// it rests on is worth it for a decision only.
func standsOf(t incident.Thing) string {
	b := t.Rests()
	if b == nil {
		return ""
	}
	if _, decision := t.(*incident.Decision); b.Footing == incident.Unrecorded && !decision {
		return ""
	}
	return footingWords[b.Footing]
}

var footingWords = map[incident.Footing]string{
	incident.Firm:       "Firm: everything under it stands",
	incident.Assumed:    "Assumed: something under it is not shown yet",
	incident.Disputed:   "Disputed: something under it is doubted",
	incident.Fallen:     "Fallen: something under it was refuted or struck",
	incident.Unrecorded: "Nobody said what it rests on",
}
