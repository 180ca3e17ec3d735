package incident

import "slices"

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

// handoverAccept moves the lead, at that instant. Only the outgoing lead can
// accept.
type handoverAccept struct {
	Over *[]string `field:"over"`
}

func (b *handoverAccept) refs() []reference {
	if b.Over == nil {
		return nil
	}
	return refs(KindRole, *b.Over...)
}

func (b *handoverAccept) check(f *fold, e *entry) *Error {
	if f.roles.handover == nil {
		return forbidden("open one first", "no handover is open")
	}
	if !f.roles.leads(e.Person) {
		return forbidden("the outgoing lead accepts", "%s does not lead and cannot accept the handover", e.Person)
	}
	return nil
}

func (b *handoverAccept) apply(f *fold, e *entry, allowed bool) {
	if !allowed {
		return
	}
	r := &f.roles
	t := &taking{Role{
		Ref:  Ref{ID: e.ID, Kind: KindRole},
		Role: roleLead, Person: r.handover.To, Since: e.At, Why: "handover",
	}, e.order}
	f.people.get(r.handover.To, e)
	r.led(e, func() { r.take(t, b.replaces(r, e.Person)) })
}

// left is what remains of a handover once the lead has changed: where two led
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
