package folder

import (
	"crypto/rand"
	"time"

	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// Invite makes an invitation to the workspace. Whoever has its file and its
// words can join; the folder is told of it by whichever process shares the
// workspace. An *Error of CodeNotShared where it is not shared, of
// CodeNotMember where this machine cannot invite.
func Invite(w *workspace.Workspace, now func() time.Time, o InviteOptions) (Invitation, error) {
	l, m, err := membershipOf(w, now)
	if err != nil {
		return Invitation{}, err
	}
	return m.invite(l.Name, o, seal.WorkFactor)
}

// Remove takes devices out of the members.
func Remove(w *workspace.Workspace, now func() time.Time, devices ...string) error {
	_, m, err := membershipOf(w, now)
	if err != nil {
		return err
	}
	for _, device := range devices {
		if err := m.remove(device); err != nil {
			return err
		}
	}
	return nil
}

// Members lists who shares the workspace, and who did, in the order in which
// they joined.
func Members(w *workspace.Workspace, now func() time.Time) ([]Member, error) {
	_, m, err := membershipOf(w, now)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	err = m.prepare()
	m.mu.Unlock()
	if err != nil && m.sealed { // without its keys the machines are still known
		w.Log().Warn("open the keys of the shared workspace", "error", err)
	}
	return m.people(), nil
}

func membershipOf(w *workspace.Workspace, now func() time.Time) (*link, *membership, error) {
	l, err := linkOf(w)
	if err != nil {
		return nil, nil, err
	}
	if l == nil {
		return nil, nil, notShared()
	}
	return l, newMembership(w, now, rand.Reader, l.Founder, l.Sealed), nil
}
