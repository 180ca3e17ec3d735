package folder

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// A newcomer is a workspace that is about to be shared.
type newcomer struct {
	w       *workspace.Workspace
	now     func() time.Time
	machine string // what this machine is called
}

// found shares the workspace in a place where none is shared yet. The name of
// a sealed one does not stand there.
func (n newcomer) found(ctx context.Context, c carrier.Carrier, o FoundOptions) (*membership, error) {
	l := &link{
		Folder: o.Folder, Name: o.Name, Founder: n.w.Device().ID, Sealed: o.Sealed, Profile: o.Profile,
		Briefs: o.Briefs,
	}
	marker := carrier.Marker{Format: markerFormat, Workspace: n.w.ID(), Sealed: l.Sealed, Founder: l.Founder, Founded: n.now().UTC().Truncate(time.Second)}
	if !l.Sealed {
		marker.Name = l.Name
	}
	m := newMembership(n.w, n.now, rand.Reader, l.Founder, l.Sealed)
	if err := m.found(n.machine, o.Person); err != nil {
		return nil, err
	}
	if err := c.Found(ctx, marker); err != nil {
		return nil, err
	}
	return m, n.begin(ctx, c, l, m)
}

// markerFormat is the format of shared places that this program writes.
const markerFormat = 1

// join makes the workspace, which must be empty unless it is the same, share
// what is shared in a place. A sealed one takes an invitation.
func (n newcomer) join(ctx context.Context, c carrier.Carrier, o JoinOptions) (*membership, error) {
	marker, err := c.Marker(ctx)
	if err != nil {
		return nil, err
	}
	by, err := n.invitation(ctx, c, marker, o)
	if err != nil {
		return nil, err
	}
	l := &link{Folder: o.Folder, Name: marker.Name, Founder: marker.Founder, Sealed: marker.Sealed, Profile: o.Profile}
	if by != nil {
		l.Name, l.Founder = by.Name, by.Founder
	}
	if n.w.ID() != marker.Workspace {
		if err := n.w.Adopt(marker.Workspace); err != nil {
			return nil, err
		}
	}
	m := newMembership(n.w, n.now, rand.Reader, l.Founder, l.Sealed)
	if err := m.join(n.machine, o.Person, by); err != nil {
		return nil, err
	}
	return m, n.begin(ctx, c, l, m)
}

// invitation opens the invitation to what is shared in a place; nil where none
// is given and none is needed.
func (n newcomer) invitation(ctx context.Context, c carrier.Carrier, marker carrier.Marker, o JoinOptions) (*seal.Invitation, error) {
	if len(o.Invitation) == 0 {
		if marker.Sealed && !n.wasMember(marker) {
			return nil, &workspace.Error{
				Code:    CodeInvitation,
				Message: "this workspace is sealed: only who was invited can join",
				Hint:    "Ask a member for an invitation, which is a file and six words, and join with bearings sync --folder DIR --invite FILE.",
			}
		}
		return nil, nil
	}
	i, err := openInvitation(o.Invitation, o.Words, n.now())
	if err != nil {
		return nil, err
	}
	if i.Workspace != marker.Workspace {
		return nil, &workspace.Error{
			Code:    CodeInvitation,
			Message: fmt.Sprintf("this invitation is to another workspace, %.80q, than the one that is shared in this folder", i.Name),
			Hint:    "Choose the folder that the invitation is for, or ask for an invitation to this one.",
		}
	}
	if i.Sealed != marker.Sealed {
		return nil, &workspace.Error{
			Code:    CodeInvitation,
			Message: "the folder and the invitation do not agree whether this workspace is sealed: somebody may have changed the folder",
			Hint:    "Do not join. Ask whoever invited you whether this is the right folder.",
		}
	}
	found, err := c.Documents(ctx)
	if err != nil {
		return nil, err
	}
	docs := map[string][]byte{}
	for _, d := range found {
		docs[d.Name] = d.Body
	}
	if machine, used := usedBy(docs, i, n.w.Device().ID); used {
		return nil, usedError(machine)
	}
	return i, nil
}

// wasMember reports whether this machine shared the same workspace before, and
// only comes back to it.
func (n newcomer) wasMember(marker carrier.Marker) bool {
	if n.w.ID() != marker.Workspace {
		return false
	}
	here, err := n.w.Documents()
	if err != nil {
		return false
	}
	for _, d := range here {
		if d.Name == seal.CardName(n.w.Device().ID) {
			return true
		}
	}
	return false
}

// begin keeps that the workspace is shared, and shows the others its card.
func (n newcomer) begin(ctx context.Context, c carrier.Carrier, l *link, m *membership) error {
	if err := l.keep(n.w); err != nil {
		return err
	}
	return m.exchange(ctx, c)
}
