package folder

import (
	"errors"
	"testing"

	"bearings/internal/workspace"
)

func TestTheMembersOfAWorkspaceThatIsNotSharedAreNotListed(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	_, err := Members(tm.machines[0].w, tm.now)
	var typed *workspace.Error
	if !errors.As(err, &typed) || typed.Code != CodeNotShared {
		t.Errorf("got %v", err)
	}
}

// Each command is a process of its own, and knows what the workspace keeps.
func TestListingMembersNeedsOnlyWhatTheWorkspaceKeeps(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	l := &link{Folder: "/shared", Name: "Payments", Founder: tm.founder, Sealed: true}
	tm.must(l.keep(ana.w))
	if got, err := Of(ana.w); err != nil || got != "/shared" {
		t.Errorf("shared in %q, %v", got, err)
	}
	bea := tm.join(ana.mustInvite())
	visitAll(tm)
	tm.must(ana.remove(bea.self()))
	members, err := Members(ana.w, tm.now)
	tm.must(err)
	if len(members) != 2 || members[0].Person != "Person 0" || members[1].Person != "Person 1" || members[1].Removed.IsZero() || !members[0].Removed.IsZero() {
		t.Errorf("members %+v", members)
	}
	visitAll(tm)
	_, err = bea.invite("Payments", InviteOptions{}, quickWork)
	var typed *workspace.Error
	if !errors.As(err, &typed) || typed.Code != CodeNotMember {
		t.Errorf("who was removed invites: %v", err)
	}
}
