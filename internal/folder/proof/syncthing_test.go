package proof_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/internal/folder/syncthingtest"
	"bearings/internal/workspace"
)

// TestThreeSyncthingsCarryAWorkspaceThroughWhateverHappensToThem records on
// three machines, whose folders real daemons carry, while daemons are paused,
// started again and lose their index, an old file comes back and everything is
// deleted.
func TestThreeSyncthingsCarryAWorkspaceThroughWhateverHappensToThem(t *testing.T) {
	const patience = 4 * time.Minute
	daemons := syncthingtest.Start(t, 3)
	var machines []*machine
	var open []*workspace.Workspace
	for _, d := range daemons {
		m := newMachine(t, d.Folder)
		machines, open = append(machines, m), append(open, m.open())
	}
	id := declared(t, open[0])
	machines[0].run("sync", "--folder", daemons[0].Folder, "--new", "--once")
	for i, m := range machines[1:] {
		await(t, "the folder arrives", patience, func() bool {
			_, err := os.Stat(filepath.Join(m.folder, "bearings.json"))
			return err == nil
		})
		m.share()
		await(t, "the incident arrives", patience, func() bool {
			m.share()
			_, all := has(t, open[i+1], id, nil)
			return all > 0
		})
	}
	for _, m := range machines {
		m.sharing()
	}

	var promised []string
	records := long(t, 400)
	record := func(n int) {
		t.Helper()
		for range n {
			at := rand.IntN(len(open))
			kept, err := open[at].Record(id, note(fmt.Sprint("note ", len(promised))))
			if err != nil {
				t.Fatal(err)
			}
			promised = append(promised, kept[0].ID)
		}
	}
	arrived := func(when string) {
		t.Helper()
		await(t, when, patience, func() bool {
			for _, ws := range open {
				if found, _ := has(t, ws, id, promised); found != len(promised) {
					return false
				}
			}
			return true
		})
	}
	part := records / 6

	record(part)
	arrived("all is everywhere when nothing happens")

	daemons[1].Pause()
	record(part)
	daemons[1].Resume()

	daemons[2].Stop()
	record(part)
	daemons[2].Start()
	arrived("all is everywhere after a pause and a restart")

	daemons[0].WipeIndex()
	record(part)
	putBack := keepOld(t, machines[1].folder)
	record(part)
	arrived("all is everywhere after an index was lost")
	putBack()
	record(part)
	arrived("all is everywhere after old files came back")

	deleteAll(t, machines[2].folder)
	record(records - len(promised))
	arrived("all is everywhere after everything was deleted")

	for i, ws := range open {
		if content(t, ws, id) != content(t, open[0], id) {
			t.Errorf("machine %d says something else than machine 0", i)
		}
		checkClean(t, ws)
	}
	t.Logf("%d records on three machines", len(promised))
}

// keepOld keeps the logs of a folder as they are now, and returns what puts
// them back.
func keepOld(t *testing.T, folder string) (putBack func()) {
	t.Helper()
	old := map[string][]byte{}
	eachFile(t, filepath.Join(folder, "logs"), func(path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		old[path] = data[:len(data)/2]
	})
	return func() {
		for path, data := range old {
			if err := os.WriteFile(path, data, 0o644); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
}

// deleteAll deletes every file of a folder but those at its top.
func deleteAll(t *testing.T, folder string) {
	t.Helper()
	eachFile(t, folder, func(path string) {
		inside, _ := filepath.Rel(folder, path)
		if strings.Contains(inside, string(filepath.Separator)) && !strings.HasPrefix(inside, ".") {
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	})
}

func eachFile(t *testing.T, top string, do func(path string)) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && d.Type().IsRegular() {
			do(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
