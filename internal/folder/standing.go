package folder

import (
	"context"
	"errors"
	"time"

	"bearings/internal/folder/carrier"
)

// stand works out how sharing stands after a round that ended with err.
func (s *Share) stand(err error) {
	if s.as == nil {
		return
	}
	now := s.o.Now()
	st := s.State()
	if errors.Is(err, context.Canceled) {
		return // nothing was found out
	}
	if err != nil {
		phase, trouble := s.troubleOf(err)
		if st.Phase != phase {
			st.Since = now
		}
		st.Phase, st.Trouble = phase, trouble
	} else {
		st.Phase, st.Trouble, st.Since = InStep, nil, time.Time{}
	}
	if n, err := s.w.OutboxLen(s.name()); err == nil {
		st.ToShare = n
	}
	if st.Phase == InStep && st.ToShare > 0 {
		st.Phase = Sending
	}
	if n, err := s.w.CountAside(); err == nil {
		st.Waiting = n
	}
	st.ToFetch = len(s.files.absent)
	if s.held != nil && s.others != nil {
		s.count(&st, now)
	}
	if since := s.who.removedSince(); !since.IsZero() {
		st.Phase, st.Since, st.Trouble = Excluded, since, excludedTrouble()
	}
	s.set(func(is *State) { *is = st })
}

// count works out who has what.
func (s *Share) count(st *State, now time.Time) {
	members := s.who.people()
	others := 0
	byDevice := map[string]*Member{}
	for i := range members {
		byDevice[members[i].Device] = &members[i]
		if !members[i].Self && members[i].Removed.IsZero() {
			others++
		}
	}
	st.Holes = 0
	for run, held := range s.held.runs {
		m := byDevice[held.Device]
		if m != nil && !m.Removed.IsZero() {
			continue // what it wrote beyond what others had of it never comes
		}
		missing := int(max(top(held), s.others.known[run]) - counted64(held))
		st.Holes += missing
		if m != nil {
			m.Missing += missing
		}
		for i := range members {
			if other := &members[i]; other.Device != held.Device && !other.Self {
				if has, here := s.others.seen[other.Device][run], counted64(held); here > has {
					other.Lacks += int(here - has)
				}
			}
		}
	}
	for run, n := range s.others.known {
		if s.held.runs[run] == nil {
			st.Holes += int(n)
		}
	}
	s.date(members)
	st.Members, st.Skew = members, s.skew.own(now, others)
}

// date says when members last wrote and spoke.
func (s *Share) date(members []Member) {
	all, err := s.w.Heard()
	if err != nil {
		s.w.Log().Warn("look when others were heard", "error", err)
		return
	}
	for _, h := range all {
		for i := range members {
			if members[i].Device == h.Device {
				members[i].Wrote, members[i].Heard = h.Wrote, h.Said
			}
		}
	}
}

// standBeside works out how sharing stands where another process shares.
func (s *Share) standBeside() {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil || s.lookUp() != nil {
		return
	}
	s.stand(nil)
}

// troubleOf says what an error of a round means for who works here.
func (s *Share) troubleOf(err error) (Phase, *Trouble) {
	alone := "You are working alone; nothing is lost. What you write is kept here and shared as soon as that is possible."
	switch {
	case errors.Is(err, carrier.ErrFounded):
		return Stopped, &Trouble{
			What: "Another workspace is shared in the folder now.", Effect: alone,
			Do: "Put the folder of this workspace back in its place, or leave it and join another.",
		}
	case errors.Is(err, carrier.ErrNewer):
		return Stopped, &Trouble{
			What: "The shared folder is in a format that this version does not know.", Effect: alone,
			Do: "Update Bearings on this machine.",
		}
	case errors.Is(err, carrier.ErrNoMarker):
		return Offline, &Trouble{
			What: "The shared folder is there, but what says that a workspace is shared in it is not.", Effect: alone,
			Do: "Wait until it has arrived. If the folder was emptied, share it anew: it is filled again from here.",
		}
	case errors.Is(err, carrier.ErrReadOnly):
		return Offline, &Trouble{
			What:   "The shared folder cannot be written to.",
			Effect: "What others write comes in. What you write is kept here, and shared as soon as that is possible.",
			Do:     "Make the folder writable for you.",
		}
	case errors.Is(err, carrier.ErrFull):
		return Offline, &Trouble{
			What:   "The shared folder has no room left.",
			Effect: "What others write comes in. What you write is kept here, and shared as soon as there is room.",
			Do:     "Make room on its disk, or in the account of what shares it.",
		}
	case errors.Is(err, carrier.ErrUnreachable):
		return Offline, &Trouble{
			What: "The shared folder cannot be reached.", Effect: alone,
			Do: "Look whether its drive is connected and what shares it is running.",
		}
	default:
		return Offline, &Trouble{What: "Sharing does not go on: " + err.Error() + ".", Effect: alone}
	}
}

func silentTrouble() *Trouble {
	return &Trouble{
		What:   "The shared folder does not answer.",
		Effect: "You are working alone; nothing is lost. What you write is kept here and shared as soon as it answers.",
		Do:     "Look whether its drive is connected. If it answers no more, connect it anew, or end Bearings and open it again.",
	}
}

func excludedTrouble() *Trouble {
	return &Trouble{
		What:   "This machine was removed from the shared workspace.",
		Effect: "What is here stays. What others write is not readable here any more, and what you write they do not take in.",
		Do:     "To come back, join with a new workspace and a new invitation.",
	}
}

// troublesOf says of what lies in the folder and could not be used.
func troublesOf(strays []carrier.Stray) []Trouble {
	var all []Trouble
	for _, x := range strays {
		all = append(all, Trouble{What: x.Where + ": " + x.What})
		if len(all) == mostStrays {
			break
		}
	}
	return all
}

// mostStrays is how many strays are told.
const mostStrays = 100

// isTrouble reports whether an error is the folder's, and passes.
func isTrouble(err error) bool {
	for _, known := range []error{
		carrier.ErrNoMarker, carrier.ErrFounded, carrier.ErrNewer, carrier.ErrUnreachable, carrier.ErrReadOnly, carrier.ErrFull,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

func isUnwritable(err error) bool {
	return errors.Is(err, carrier.ErrReadOnly) || errors.Is(err, carrier.ErrFull)
}
