package incident

import (
	"slices"

	"bearings/internal/record"
)

// A role is given back: to those from whom it was taken, else to nobody.
func (b *roleTake) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	return giveBack(before, now, e, b.Role, e.Person)
}

// giveBack takes back that somebody took a role with a record.
func giveBack(before, now *fold, e *entry, role, person string) ([]*record.Record, *Error) {
	if !slices.ContainsFunc(now.roles.takings, func(t *taking) bool { return t.ID == e.ID }) {
		return nil, forbidden("take the role again", "the role was taken by another or given up since")
	}
	var acts []*record.Record
	for _, t := range before.roles.takings {
		if t.Role.Role == role && t.Person != person && !slices.ContainsFunc(now.roles.takings, func(n *taking) bool { return n.ID == t.ID }) {
			acts = append(acts, onBehalf(act("role.take", "role", role, "over", []string{e.ID}, "why", why), t.Person))
		}
	}
	if len(acts) == 0 {
		acts = append(acts, onBehalf(act("role.release", "role", role), person))
	}
	return acts, nil
}

func (b *roleRelease) undo(before, _ *fold, e *entry) ([]*record.Record, *Error) {
	if !before.roles.holds(b.Role, e.Person) {
		return nil, forbidden("take the role", "%s did not hold it", e.Person)
	}
	return []*record.Record{onBehalf(act("role.take", "role", b.Role, "over", []string{}, "why", why), e.Person)}, nil
}

func (b *handoverAccept) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	if before.roles.handover == nil {
		return nil, forbidden("look at who leads", "no handover was open")
	}
	return giveBack(before, now, e, roleLead, before.roles.handover.To)
}

func (b *handoverOpen) undo(_, now *fold, e *entry) ([]*record.Record, *Error) {
	if err := now.roles.isOpen(e.ID); err != nil {
		return nil, forbidden("look at who leads", "it was accepted or ended since")
	}
	return []*record.Record{onBehalf(act("handover.withdraw", "handover", e.ID, "why", why), e.Person)}, nil
}

// What was read back is taken back by what was read back before; where there
// was nothing, by opening the handover anew, so that an acceptance of what was
// taken back finds nothing to accept.
func (b *handoverReadback) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	was := before.roles.handover
	if was == nil || now.roles.isOpen(was.ID) != nil {
		return nil, forbidden("look at who leads", "it was accepted or ended since")
	}
	if was.Readback != "" {
		return []*record.Record{onBehalf(act("handover.readback", "text", was.Readback), e.Person)}, nil
	}
	return []*record.Record{
		onBehalf(act("handover.withdraw", "handover", was.ID, "why", why), was.Person),
		onBehalf(act("handover.open", "to", was.To), was.Person),
	}, nil
}

func (b *handoverDecline) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	return openAgain(before, now)
}

func (b *handoverWithdraw) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	return openAgain(before, now)
}

// openAgain opens a handover that was ended once more, as far as it had come.
func openAgain(before, now *fold) ([]*record.Record, *Error) {
	was := before.roles.handover
	if was == nil || now.roles.handover != nil || !sameNames(before.roles.holders(roleLead), now.roles.holders(roleLead)) {
		return nil, forbidden("open a new one", "another handover was opened since, or the lead changed")
	}
	acts := []*record.Record{onBehalf(act("handover.open", "to", was.To), was.Person)}
	if was.Readback != "" {
		acts = append(acts, onBehalf(act("handover.readback", "text", was.Readback), was.To))
	}
	return acts, nil
}

func onBehalf(r *record.Record, person string) *record.Record {
	r.Person = person
	return r
}
