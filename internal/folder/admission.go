package folder

import (
	"crypto/rand"
	"time"

	"bearings/internal/workspace"
)

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
