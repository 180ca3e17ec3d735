package compose

import (
	"encoding/json"
	"slices"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// handover opens a handover: the lead hands it to somebody, or somebody asks
// for it. It also takes one back that was opened.
func (w *Writer) handover(l *line) (*Draft, *Problem) {
	if l.word("off") != "" {
		return w.handoverOff(l)
	}
	who, p := l.someone()
	if p != nil {
		return nil, p
	}
	switch {
	case len(w.State.Leads) == 0:
		return nil, problem("Nobody leads, so there is nothing to hand over.", "/lead takes the lead.")
	case w.isLead(who) && len(w.State.Leads) == 1 && who == w.Place.Me:
		return nil, problem("To whom do you hand the lead?", "/handover @who")
	case w.isLead(who) && len(w.State.Leads) == 1:
		return nil, problem(who+" leads already.", "/handover @who")
	}
	return draft("Handover of the lead to "+who, "handover.open", "to", who), nil
}

func (w *Writer) isLead(who string) bool {
	return slices.ContainsFunc(w.State.Leads, func(r incident.Role) bool { return r.Person == who })
}

// readback writes down what the incoming lead understood, whoever types it.
func (w *Writer) readback(l *line) (*Draft, *Problem) {
	h := w.State.Handover
	switch {
	case h == nil:
		return nil, noHandover()
	case l.rest() == "":
		return nil, missing("What does "+h.To+" understand?", "What is broken, what is being tried, what must not be done, what comes next.")
	}
	return onBehalf(draft(h.To+" reads back", "handover.readback", "text", l.rest()), h.To), nil
}

// handoverOff withdraws the open handover.
func (w *Writer) handoverOff(l *line) (*Draft, *Problem) {
	h, me := w.State.Handover, w.Place.Me
	switch {
	case h == nil:
		return nil, noHandover()
	case !h.Gave(me, w.leads()):
		return nil, problem("Only who opened the handover withdraws it: "+h.Person+".", "/decline why, for who was asked.")
	}
	return draft("Withdraw the handover to "+h.To, "handover.withdraw", "handover", h.ID, "why", l.rest()), nil
}

// decline says no to a handover, for whoever was asked.
func (w *Writer) decline(l *line) (*Draft, *Problem) {
	h := w.State.Handover
	if h == nil {
		return nil, noHandover()
	}
	who := w.Place.Me
	if !h.Asked(who, w.leads()) {
		who = h.To // somebody writes down what they said
		if h.Person == h.To {
			who = h.From
		}
	}
	if l.rest() == "" {
		return nil, problem("Why does "+who+" decline?", "/decline why. The other side sees the reason.")
	}
	return onBehalf(draft(who+" declines", "handover.decline", "handover", h.ID, "why", l.rest()), who), nil
}

func noHandover() *Problem { return problem("No handover is open.", "/handover @who opens one.") }

// accept moves the lead, once the one who hands it over has heard that it was
// understood. That no read-back was heard has to be meant.
func (w *Writer) accept(l *line) (*Draft, *Problem) {
	h, me := w.State.Handover, w.Place.Me
	switch {
	case h == nil:
		return nil, noHandover()
	case !w.leads():
		return nil, problem("Only who leads can accept: "+h.From+".", "Whoever must take the lead without them says why: /lead @me why")
	case h.Readback == "" && !l.bang:
		return nil, problem(h.To+" has not read back yet.", "Wait for it, or type what they say: /readback … To go on without it: /accept!")
	}
	d := draft(h.To+" leads", "handover.accept", "handover", h.ID)
	over := []string{}
	for _, r := range w.State.Leads {
		if r.Person == me {
			over = append(over, r.Takings...)
		}
	}
	value, _ := json.Marshal(over) // a list of texts can always be written
	d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "over", Value: value})
	return d, nil
}
