package app

import (
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
)

// A Me is how whoever uses the window stands in an incident.
type Me struct {
	Name  string `json:"name"`
	State string `json:"state"` // "reading_in", "active" or "left"; empty for who has not joined
	Until int64  `json:"until"` // when the reading in ends by itself
	Left  int64  `json:"left"`  // when they last turned away for a while; 0 for never
	Step  Step   `json:"step"`
	Off   Off    `json:"off"`
}

// An Off is how whoever uses the window can put an end to the open handover.
type Off string

// The ways to end a handover.
const (
	OffNone     Off = ""
	OffDecline  Off = "decline"  // they were asked
	OffWithdraw Off = "withdraw" // they opened it, or lead
)

// A Step is what concerns the lead next, for whoever uses the window: one key
// does it.
type Step string

// The steps. Without one, the key opens a handover.
const (
	StepNone     Step = ""
	StepTake     Step = "take"     // nobody leads
	StepReadBack Step = "readback" // they are to lead, and write what they understand
	StepAccept   Step = "accept"   // they lead, and heard it read back
	StepWait     Step = "wait"     // it is the other's turn
	StepYield    Step = "yield"    // they lead, and so does another
)

// A Line is the one thing that the window says to whoever uses it, over every
// screen, until they answered it or put it off. It never asks.
type Line struct {
	Kind string `json:"kind"` // "handover", "handed_off", "two_leads", "taken", "back", "join", "reading", "duty" or "hands_on"
	Key  string `json:"key"`  // to put it off by
	Text string `json:"text"`
	More string `json:"more"` // said more quietly
	At   int64  `json:"at"`   // "reading": until when; "back": since when; else 0
	Turn bool   `json:"turn"` // it is theirs to act
}

const (
	awayFrom   = 10 * time.Minute // shorter than this nobody was away
	freshFor   = 10 * time.Minute // a lead that was taken, and duties, are news as long
	nudgeAgain = 30 * time.Minute // how long a lead who was told of their hands is left alone
)

// meIn is how the reader stands.
func meIn(s *incident.State, me string, seen seen) Me {
	m := Me{Name: me, Left: seen.leftAt(s.Now), Step: stepOf(s, me), Off: offOf(s, me)}
	if r := responder(s, me); r != nil {
		m.State = r.State
		if r.State == "reading_in" {
			m.Until = ms(r.ReadingUntil)
		}
	}
	return m
}

func responder(s *incident.State, name string) *incident.Responder {
	for i := range s.Responders {
		if s.Responders[i].Name == name {
			return &s.Responders[i]
		}
	}
	return nil
}

func leads(s *incident.State, name string) bool {
	return slices.ContainsFunc(s.Leads, func(r incident.Role) bool { return r.Person == name })
}

func stepOf(s *incident.State, me string) Step {
	h := s.Handover
	switch {
	case s.Ended:
		return StepNone
	case len(s.Leads) == 0:
		return StepTake
	case h != nil && h.To == me && h.Readback == "":
		return StepReadBack
	case h != nil && leads(s, me) && h.To != me && h.Readback != "":
		return StepAccept
	case len(s.Leads) > 1 && leads(s, me):
		return StepYield
	case h != nil && (h.To == me || leads(s, me)):
		return StepWait
	default:
		return StepNone
	}
}

func offOf(s *incident.State, me string) Off {
	h := s.Handover
	switch {
	case h == nil || s.Ended:
		return OffNone
	case h.Asked(me, leads(s, me)):
		return OffDecline
	case h.Gave(me, leads(s, me)):
		return OffWithdraw
	default:
		return OffNone
	}
}

// lineFor is what there is to say to the reader, the weightiest thing first.
func lineFor(s *incident.State, me Me, seen seen) *Line {
	for _, line := range []*Line{
		handoverLine(s, me), twoLeads(s, me), taken(s, me), handedOff(s, me), back(s, me, seen),
		join(s, me), readingIn(me), duty(s, me), handsOn(s, me),
	} {
		if line != nil && !seen.isPutOff(line, s.Now) {
			return line
		}
	}
	return nil
}

// handoverLine says to both sides what is next, and whose turn it is.
func handoverLine(s *incident.State, me Me) *Line {
	h := s.Handover
	if h == nil || s.Ended || len(s.Leads) == 0 || me.Name != h.To && !leads(s, me.Name) {
		return nil
	}
	line := &Line{Kind: "handover", Key: "handover " + h.ID, Turn: me.Step == StepReadBack || me.Step == StepAccept}
	line.Text, line.More = handoverWords(h, me.Name)
	if h.Readback != "" {
		line.Key += " read back"
	}
	return line
}

// handoverWords says where a handover stands, to one of its sides.
func handoverWords(h *incident.Handover, me string) (text, more string) {
	switch incoming := h.To == me; {
	case incoming && h.Readback == "" && h.Person == me:
		return "You asked " + h.From + " for the lead.", "Read the handover brief, then write back what you understand."
	case incoming && h.Readback == "":
		return h.From + " hands you the lead.", "Read the handover brief, then write back what you understand."
	case incoming:
		return "You read back.", h.From + " leads until they accept it."
	case h.Readback == "" && h.Person == h.To:
		return h.To + " asks you for the lead.", "They read the handover brief now, and write back what they understand."
	case h.Readback == "":
		return "You hand the lead to " + h.To + ".", "They read the handover brief now, and write back what they understand. You lead until you accept it."
	default:
		return h.To + " read back. Is it right?", "“" + h.Readback + "”"
	}
}

// handedOff tells the other side of a handover that it came to nothing.
func handedOff(s *incident.State, me Me) *Line {
	h := s.HandedOff
	if h == nil || s.Ended || s.Handover != nil || s.Now.Sub(h.End.At) >= freshFor || h.End.By == me.Name {
		return nil
	}
	if me.Name != h.To && me.Name != h.From && me.Name != h.Person {
		return nil
	}
	return &Line{Kind: "handed_off", Key: "handed_off " + h.ID, Text: handedOffWords(h), More: h.End.Why}
}

// handedOffWords say how a handover ended.
func handedOffWords(h *incident.Handover) string {
	switch h.End.How {
	case "declined":
		return h.End.By + " declined the handover of the lead."
	case "withdrawn":
		return h.End.By + " withdrew the handover of the lead to " + h.To + "."
	default:
		return "The lead changed: the handover to " + h.To + " is off."
	}
}

func twoLeads(s *incident.State, me Me) *Line {
	if len(s.Leads) < 2 || s.Ended {
		return nil
	}
	names := leadNames(s)
	line := &Line{Kind: "two_leads", Key: "two_leads " + names, Text: twoLeadsText(s), More: "Each was taken without the other being known.", Turn: leads(s, me.Name)}
	if line.Turn {
		line.More = "Talk, and have one of you yield."
	}
	return line
}

func leadNames(s *incident.State) string {
	var names []string
	for _, r := range s.Leads {
		names = append(names, r.Person)
	}
	return strings.Join(names, ", ")
}

// twoLeadsText is how a split is named on every screen; empty where there is
// none.
func twoLeadsText(s *incident.State) string {
	switch n := len(s.Leads); {
	case n < 2:
		return ""
	case n == 2:
		return "Two leads: " + leadNames(s) + ". One must yield."
	default:
		return "Several leads: " + leadNames(s) + ". All but one must yield."
	}
}

// taken tells everybody of a lead that was taken, not handed over, and why.
func taken(s *incident.State, me Me) *Line {
	if len(s.Leads) != 1 || s.Ended {
		return nil
	}
	lead := s.Leads[0]
	changed := slices.ContainsFunc(s.Shapes, func(c incident.Shape) bool {
		return c.ID == lead.ID && s.Now.Sub(c.At) < freshFor
	})
	if !changed || lead.Why == "handover" || lead.Person == me.Name {
		return nil
	}
	text := lead.Person + " took the lead."
	if h := s.HandedOff; h != nil && h.End.ID == lead.ID {
		text += " The handover to " + h.To + " is off."
	}
	return &Line{Kind: "taken", Key: "taken " + lead.ID, Text: text, More: lead.Why}
}

// back offers what changed to who comes back to it. Nothing changed: nothing
// is offered.
func back(s *incident.State, me Me, seen seen) *Line {
	if me.Left == 0 || seen.Told && !seen.away(s.Now) || !s.LastRecord.After(time.UnixMilli(me.Left)) {
		return nil
	}
	return &Line{Kind: "back", Key: backKey, Text: "Since you left", At: me.Left}
}

// backKey puts off what the reader is offered on coming back, until they leave
// again.
const backKey = "back"

func join(s *incident.State, me Me) *Line {
	if s.Ended || me.State != "" && me.State != "left" {
		return nil
	}
	return &Line{Kind: "join", Key: "join " + me.State, Text: "You are not in this incident yet.", More: "You may read all of it. Joining tells the others who you are, and that you are reading in."}
}

func readingIn(me Me) *Line {
	if me.State != "reading_in" {
		return nil
	}
	return &Line{Kind: "reading", Key: "reading", Text: "You are reading in.", More: "The others see it, and will not ask you yet.", At: me.Until}
}

// duty tells who just took a role what it expects of them.
func duty(s *incident.State, me Me) *Line {
	for _, r := range slices.Backward(s.Roles) {
		words := incident.Duties(r.Role)
		if r.Person == me.Name && words != "" && s.Now.Sub(r.Since) < freshFor && !s.Ended {
			text := "You are " + r.Role + ":"
			if r.Role == "lead" {
				text = "You lead:"
			}
			return &Line{Kind: "duty", Key: "duty " + r.ID, Text: text, More: words + "."}
		}
	}
	return nil
}

// handsOn tells a lead, and nobody else, that work of their own keeps them
// from leading.
func handsOn(s *incident.State, me Me) *Line {
	lead, on, busy := s.HandsOn()
	if !busy || lead != me.Name || s.Ended {
		return nil
	}
	return &Line{Kind: "hands_on", Key: handsOnKey, Text: "You lead, and have " + on.Label + " in hand too.", More: "Who could take it? Only you see this.", Turn: true}
}

const handsOnKey = "hands_on"
