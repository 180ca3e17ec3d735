package proof_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"bearings/internal/workspace"
)

// TestThreeClonesOfARepositoryShareAWorkspace lets people commit, pull and push
// the folder by hand, in no order, with what others wrote in between.
func TestThreeClonesOfARepositoryShareAWorkspace(t *testing.T) {
	const clones = 3
	hub := filepath.Join(t.TempDir(), "hub.git")
	git(t, "", "init", "--quiet", "--bare", "--initial-branch=main", hub)
	first := filepath.Join(t.TempDir(), "first")
	git(t, "", "clone", "--quiet", hub, first)
	identify(t, first, 9)
	// Lines are signed byte for byte: git must not change how they end.
	if err := os.WriteFile(filepath.Join(first, ".gitattributes"), []byte("* -text\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exchange(t, first)
	var machines []*machine
	var open []*workspace.Workspace
	for i := range clones {
		folder := filepath.Join(t.TempDir(), "clone")
		git(t, "", "clone", "--quiet", hub, folder)
		identify(t, folder, i)
		m := newMachine(t, folder)
		machines, open = append(machines, m), append(open, m.open())
	}
	id := declared(t, open[0])
	machines[0].run("sync", "--folder", machines[0].folder, "--new", "--once")
	exchange(t, machines[0].folder)
	for _, m := range machines[1:] {
		exchange(t, m.folder)
		m.share()
		exchange(t, m.folder)
	}

	var promised []string
	for round := range 3 {
		for i, m := range machines {
			if _, all := has(t, open[i], id, nil); all > 0 { // it comes with an exchange
				for range 5 {
					kept, err := open[i].Record(id, note(fmt.Sprint("note ", len(promised))))
					if err != nil {
						t.Fatal(err)
					}
					promised = append(promised, kept[0].ID)
				}
			}
			m.share()
			if (round+i)%2 == 0 {
				exchange(t, m.folder)
			}
			m.share()
		}
	}
	for range 2 {
		for _, m := range machines {
			m.share()
			exchange(t, m.folder)
			m.share()
		}
	}
	for i, ws := range open {
		if found, _ := has(t, ws, id, promised); found != len(promised) {
			t.Errorf("machine %d has %d of %d records", i, found, len(promised))
		}
		if content(t, ws, id) != content(t, open[0], id) {
			t.Errorf("machine %d says something else than machine 0", i)
		}
		checkClean(t, ws)
	}
}

// identify says who commits in a clone, and converts line endings as git does
// on Windows.
func identify(t *testing.T, folder string, machine int) {
	t.Helper()
	for key, value := range map[string]string{
		"user.name": fmt.Sprint("Machine ", machine), "user.email": "machine@example.org",
		"core.autocrlf": "true", "pull.rebase": "false",
	} {
		git(t, folder, "config", key, value)
	}
}

// exchange commits what is new in a clone, and pulls and pushes. It fails on a
// conflict: nothing that two machines write is in one file.
func exchange(t *testing.T, folder string) {
	t.Helper()
	git(t, folder, "add", "--all")
	if out, _ := exec.Command("git", "-C", folder, "status", "--porcelain").Output(); len(out) > 0 {
		git(t, folder, "commit", "--quiet", "--message", "Bearings")
	}
	if out, _ := exec.Command("git", "-C", folder, "ls-remote", "--heads", "origin").Output(); len(out) > 0 {
		git(t, folder, "pull", "--quiet", "--no-edit", "origin", "main")
	}
	git(t, folder, "push", "--quiet", "origin", "HEAD:main")
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v: %s", args, err, out)
	}
}
