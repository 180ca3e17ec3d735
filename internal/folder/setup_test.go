package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A place is a folder on disk that several workspaces share.
type place struct {
	t   *testing.T
	dir string
}

func newPlace(t *testing.T) place { return place{t, filepath.Join(t.TempDir(), "shared")} }

func (p place) carrier() carrier.Carrier {
	p.t.Helper()
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		p.t.Fatal(err)
	}
	c, err := directory.Open(p.dir, directory.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { c.Close() })
	return c
}

func (p place) newcomer(machine string) newcomer {
	p.t.Helper()
	w, err := workspace.Open(filepath.Join(p.t.TempDir(), machine), workspace.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { w.Close() })
	return newcomer{w: w, now: time.Now, machine: machine}
}

func (p place) founded(isSealed bool) (newcomer, *membership) {
	p.t.Helper()
	n := p.newcomer("ana-laptop")
	m, err := n.found(p.t.Context(), p.carrier(), FoundOptions{Folder: p.dir, Name: "Payments", Person: "Ana", Sealed: isSealed})
	if err != nil {
		p.t.Fatal(err)
	}
	return n, m
}

func code(err error) string {
	var typed *workspace.Error
	if !errors.As(err, &typed) {
		return ""
	}
	return typed.Code
}

func TestASealedFolderIsJoinedByInvitationAndShowsNoName(t *testing.T) {
	p := newPlace(t)
	_, ana := p.founded(true)
	i, err := ana.invite("Payments", InviteOptions{}, quickWork)
	if err != nil {
		t.Fatal(err)
	}
	n := p.newcomer("bea-laptop")
	if _, err := n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Bea"}); code(err) != CodeInvitation {
		t.Errorf("without an invitation: %v", err)
	}
	if l, err := linkOf(n.w); err != nil || l != nil {
		t.Errorf("it is shared all the same: %+v, %v", l, err)
	}
	wrong := JoinOptions{Folder: p.dir, Person: "Bea", Invitation: i.File, Words: "abacus abdomen abdominal abide abiding ability"}
	if _, err := n.join(t.Context(), p.carrier(), wrong); code(err) != CodeWords {
		t.Errorf("with wrong words: %v", err)
	}
	bea, err := n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Bea", Invitation: i.File, Words: i.Words})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*membership{ana, bea, ana} {
		if err := m.exchange(t.Context(), p.carrier()); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range []*membership{ana, bea} {
		if got := m.people(); len(got) != 2 || got[0].Person != "Ana" || got[1].Person != "Bea" || got[1].Name != "bea-laptop" {
			t.Errorf("people %+v", got)
		}
	}
	l, err := linkOf(n.w)
	if err != nil || l.Name != "Payments" || !l.Sealed || n.w.ID() != ana.w.ID() {
		t.Errorf("shared as %+v, %v", l, err)
	}
	second := p.newcomer("cem-laptop")
	if _, err := second.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Cem", Invitation: i.File, Words: i.Words}); code(err) != CodeInvitation || !strings.Contains(err.Error(), "bea-laptop") {
		t.Errorf("a second time: %v", err)
	}
	err = filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, name := range []string{"Payments", "Ana", "Bea"} {
			if strings.Contains(strings.ReplaceAll(string(text), "Bearings", ""), name) {
				t.Errorf("%s says %q: %s", path, name, text)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAnInvitationToAnotherWorkspaceIsRefused(t *testing.T) {
	p, other := newPlace(t), newPlace(t)
	p.founded(true)
	_, there := other.founded(true)
	i, err := there.invite("Elsewhere", InviteOptions{}, quickWork)
	if err != nil {
		t.Fatal(err)
	}
	n := p.newcomer("bea-laptop")
	_, err = n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Invitation: i.File, Words: i.Words})
	if code(err) != CodeInvitation || !strings.Contains(err.Error(), "Elsewhere") {
		t.Errorf("got %v", err)
	}
}

// A host that changes the marker gets nobody to write in the open.
func TestAFolderThatSaysItIsPlainIsNotJoinedBySealedInvitation(t *testing.T) {
	p := newPlace(t)
	_, ana := p.founded(true)
	i, err := ana.invite("Payments", InviteOptions{}, quickWork)
	if err != nil {
		t.Fatal(err)
	}
	marker := filepath.Join(p.dir, "bearings.json")
	text, err := os.ReadFile(marker)
	if err != nil {
		t.Fatal(err)
	}
	plainer := strings.Replace(strings.Replace(string(text), `"sealed": true`, `"sealed": false`, 1), `"sealed":true`, `"sealed":false`, 1)
	if plainer == string(text) {
		t.Fatalf("no marker that says sealed: %s", text)
	}
	if err := os.WriteFile(marker, []byte(plainer), 0o600); err != nil {
		t.Fatal(err)
	}
	n := p.newcomer("bea-laptop")
	if _, err = n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Invitation: i.File, Words: i.Words}); code(err) != CodeInvitation {
		t.Errorf("got %v", err)
	}
}

func TestAWorkspaceWithIncidentsOfItsOwnJoinsNoOther(t *testing.T) {
	p := newPlace(t)
	p.founded(false)
	n := p.newcomer("bea-laptop")
	r, err := record.DecodeLine([]byte(`{"at":"2026-11-24T02:13:00Z","by":"Bea","do":"incident.declare","title":"Own"}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.w.Record("", r); err != nil {
		t.Fatal(err)
	}
	if _, err := n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Bea"}); code(err) != workspace.CodeConflict {
		t.Errorf("got %v", err)
	}
}

func TestAPlainFolderIsJoinedWithoutAnInvitationAndLeftAndJoinedAgain(t *testing.T) {
	p := newPlace(t)
	_, ana := p.founded(false)
	n := p.newcomer("bea-laptop")
	for range 2 {
		bea, err := n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Bea"})
		if err != nil {
			t.Fatal(err)
		}
		if err := ana.exchange(t.Context(), p.carrier()); err != nil {
			t.Fatal(err)
		}
		if got := bea.people(); len(got) != 2 {
			t.Errorf("people %+v", got)
		}
	}
}
