package incident

import (
	"slices"
	"time"
)

// A Handover is a handover of the lead, which moves when it is accepted.
type Handover struct {
	Made
	From     string
	To       string
	Readback string
	End      HandoverEnd // zero while it is open
}

// A HandoverEnd says why the lead did not move by a handover.
type HandoverEnd struct {
	Ref        // the record that ended it
	How string // "declined", "withdrawn", or "overtaken" where the lead changed otherwise
	By  string // whose act it was
	Why string
	At  time.Time
}

// Asked reports whether it is for a person to say yes or no: to whom the lead
// is offered, or, where they asked for it themselves, whoever leads.
func (h *Handover) Asked(person string, leads bool) bool {
	if h.Person == h.To {
		return leads && person != h.To
	}
	return person == h.To
}

// Gave reports whether a handover is a person's to withdraw: theirs who opened
// it, and, where it offers the lead, theirs who lead.
func (h *Handover) Gave(person string, leads bool) bool {
	return person == h.Person || leads && h.Person != h.To
}

// An offer is an open handover, and everybody else who led when it was opened.
type offer struct {
	Handover
	outgoing []string
}

// handoverOpen opens a handover of the lead. Either side may open it.
type handoverOpen struct {
	To string `field:"to"`
	unruled
}

func (b *handoverOpen) apply(f *fold, e *entry, _ bool) {
	h := &offer{Handover: Handover{Made: made(e, KindHandover), To: firstOf(b.To, e.Person)}}
	for _, name := range f.roles.holders(roleLead) {
		if name != h.To {
			h.From = name
			h.outgoing = append(h.outgoing, name)
		}
	}
	f.roles.handover = h
	f.roles.offered[e.ID] = h.To
	f.roles.opened = append(f.roles.opened, handoverTime{e.order, e.Recorded})
}

func (b *handoverOpen) line(n *names, e *entry) (Ref, string) {
	return Ref{ID: e.ID, Kind: KindHandover}, "Handover of the lead to " + firstOf(b.To, e.Person) + " opened"
}

// handoverReadback is what the incoming lead understood.
type handoverReadback struct {
	Text string `field:"text,required"`
}

func (b *handoverReadback) check(f *fold, _ *entry) *Error {
	if f.roles.handover == nil {
		return forbidden("open one first", "no handover is open")
	}
	return nil
}

func (b *handoverReadback) apply(f *fold, e *entry, allowed bool) {
	if !allowed {
		return
	}
	h := *f.roles.handover
	h.Readback = b.Text
	f.roles.handover = &h
}

func (b *handoverReadback) line(n *names, e *entry) (Ref, string) {
	return Ref{ID: e.ID, Kind: KindRecord}, e.Person + " read back: " + b.Text
}

// handoverDecline says no to a handover that somebody was asked for.
type handoverDecline struct {
	Handover string `field:"handover"`
	Why      string `field:"why"`
}

func (b *handoverDecline) refs() []reference { return refs(KindHandover, b.Handover) }

func (b *handoverDecline) check(f *fold, e *entry) *Error {
	if err := f.roles.isOpen(b.Handover); err != nil {
		return err
	}
	if !f.roles.handover.Asked(e.Person, f.roles.leads(e.Person)) {
		return forbidden("who was asked declines, who opened it withdraws it", "%s was not asked", e.Person)
	}
	return nil
}

func (b *handoverDecline) apply(f *fold, e *entry, allowed bool) {
	if allowed {
		delete(f.roles.offered, f.roles.handover.ID)
		f.roles.endHandover(e, "declined", b.Why)
	}
}

func (b *handoverDecline) line(n *names, e *entry) (Ref, string) {
	return Ref{ID: e.ID, Kind: KindRecord}, because(e.Person+" declined the handover of the lead", b.Why)
}

// handoverWithdraw takes a handover back that somebody opened.
type handoverWithdraw struct {
	Handover string `field:"handover"`
	Why      string `field:"why"`
}

func (b *handoverWithdraw) refs() []reference { return refs(KindHandover, b.Handover) }

func (b *handoverWithdraw) check(f *fold, e *entry) *Error {
	if err := f.roles.isOpen(b.Handover); err != nil {
		return err
	}
	if !f.roles.handover.Gave(e.Person, f.roles.leads(e.Person)) {
		return forbidden("who opened it withdraws it, who was asked declines", "%s did not open it", e.Person)
	}
	return nil
}

func (b *handoverWithdraw) apply(f *fold, e *entry, allowed bool) {
	if allowed {
		delete(f.roles.offered, f.roles.handover.ID)
		f.roles.endHandover(e, "withdrawn", b.Why)
	}
}

func (b *handoverWithdraw) line(n *names, e *entry) (Ref, string) {
	return Ref{ID: e.ID, Kind: KindRecord}, because(e.Person+" withdrew the handover of the lead", b.Why)
}

// isOpen says what is wrong where a handover is not the one that is open. No
// id is that of whichever is.
func (r *roles) isOpen(id string) *Error {
	if r.handover == nil || id != "" && id != r.handover.ID {
		return forbidden("open one first", "that handover is not open")
	}
	return nil
}

// endHandover ends the open handover without the lead moving by it.
func (r *roles) endHandover(e *entry, how, why string) {
	h := r.handover.Handover
	h.End = HandoverEnd{Ref: Ref{ID: e.ID, Kind: KindRecord}, How: how, By: e.Person, Why: why, At: e.At}
	r.handover, r.handedOff = nil, &h
}

// handoverAccept moves the lead, at that instant. Only the outgoing lead can
// accept. One that names the handover, and the taking by which whoever accepts
// led, holds also where another taking, which was not known to them, comes
// before it in record order: then two lead.
type handoverAccept struct {
	Handover string    `field:"handover"`
	Over     *[]string `field:"over"`
}

func (b *handoverAccept) refs() []reference {
	if b.Over == nil {
		return refs(KindHandover, b.Handover)
	}
	return append(refs(KindHandover, b.Handover), refs(KindRole, *b.Over...)...)
}

func (b *handoverAccept) check(f *fold, e *entry) *Error {
	r := &f.roles
	if b.unaware(r, e.Person) {
		return nil
	}
	if r.handover == nil {
		return forbidden("open one first", "no handover is open")
	}
	if !r.leads(e.Person) {
		return forbidden("the outgoing lead accepts", "%s does not lead and cannot accept the handover", e.Person)
	}
	return nil
}

// checkNew refuses an acceptance that is made now by somebody who knows that
// they lead no more.
func (b *handoverAccept) checkNew(f *fold, e *entry) *Error {
	return (&handoverAccept{Over: b.Over}).check(f, e)
}

// unaware reports whether somebody accepted a handover by a taking of theirs,
// which may have been replaced elsewhere.
func (b *handoverAccept) unaware(r *roles, person string) bool {
	_, opened := r.offered[b.Handover]
	return opened && b.Over != nil && slices.ContainsFunc(*b.Over, func(id string) bool { return r.ledBy[id] == person })
}

func (b *handoverAccept) apply(f *fold, e *entry, allowed bool) {
	if !allowed {
		return
	}
	r := &f.roles
	to := r.offered[b.Handover]
	if to == "" {
		to = r.handover.To
	}
	t := &taking{Role{
		Ref:  Ref{ID: e.ID, Kind: KindRole},
		Role: roleLead, Person: to, Since: e.At, Why: "handover",
	}, e.order}
	f.people.get(to, e)
	if r.handedOff != nil && r.handedOff.ID == b.Handover {
		r.handedOff = nil
	}
	r.led(e, func() { r.take(t, b.replaces(r, e.Person)) })
}

func (b *handoverAccept) replaces(r *roles, outgoing string) []string {
	if b.Over != nil {
		return *b.Over
	}
	var ids []string
	for _, t := range r.takings {
		if t.Role.Role == roleLead && t.Person == outgoing {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func (b *handoverAccept) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), e.Person + " handed over the lead"
}

// left is what remains// left is what remains of a handover once the lead has changed: where two led
// when it was opened, it stays open for the one who still leads. Where nobody
// led yet, it is for the first who does.
func (h offer) left(leads []string) *offer {
	if len(h.outgoing) == 0 {
		h.outgoing = slices.DeleteFunc(slices.Clone(leads), func(name string) bool { return name == h.To })
	}
	for _, name := range slices.Backward(h.outgoing) {
		if slices.Contains(leads, name) {
			h.From = name
			return &h
		}
	}
	return nil
}
