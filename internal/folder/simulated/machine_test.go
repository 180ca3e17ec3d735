package simulated_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"bearings/internal/folder"
	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/simulated"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A machine is a real workspace that is shared through the folder, which it
// sees on a disk of its own.
type machine struct {
	world *world
	name  int
	dir   string // of the workspace
	disk  *simulated.Disk
	skew  time.Duration // how far its clock is off

	ws    *workspace.Workspace
	share *folder.Share
	back  string // an earlier state of dir; empty for none

	published map[record.Digest]bool // batches of which the carrier said that they are in the folder, and nobody took out since
}

func (m *machine) now() time.Time { return m.world.now().Add(m.skew) }

func (m *machine) open() {
	w := m.world
	o := workspace.Options{Now: m.now, Random: w.randomness(m)}
	ws, err := workspace.Open(m.dir, o)
	w.ok(err)
	share, err := folder.Open(ws, folder.Options{
		Now:     m.now,
		Random:  w.randomness(m),
		Work:    1,
		Machine: fmt.Sprint("machine ", m.name),
		Open: func(dir string, p folder.Profile) (carrier.Carrier, error) {
			c, err := directory.Open(dir, directory.Options{Disk: m.disk, Now: m.now, Random: w.randomness(m), Cloud: p == folder.Cloud, Together: filesTogether})
			return &watched{Carrier: c, machine: m}, err
		},
	})
	w.ok(err)
	m.ws, m.share = ws, share
}

// filesTogether is how many files are packed together here: a life is short.
const filesTogether = 2

func (m *machine) close() {
	if m.ws == nil {
		return
	}
	m.world.ok(errors.Join(m.share.Close(), m.ws.Close()))
	m.ws, m.share = nil, nil
}

// sync lets the machine publish and read once. What fails is the folder's
// trouble, and not the machine's.
func (m *machine) sync() error {
	// What somebody else took out again is put back some time, and nothing is
	// promised of it until then.
	there := m.inFolder()
	maps.DeleteFunc(m.published, func(id record.Digest, _ bool) bool { return !there[id] })
	r, err := m.share.Once(context.Background(), nil)
	if r.Packed > 0 {
		m.world.say(m, "packs %d files", r.Packed)
		m.world.packed += r.Packed
	}
	return err
}

// templates are machines that share a workspace and are in step: every run
// begins with copies of them.
var (
	templates       = sync.OnceValues(func() (*world, error) { return machinesInStep(most, false) })
	sealedTemplates = sync.OnceValues(func() (*world, error) { return machinesInStep(3, true) })
)

func machinesInStep(machines int, sealed bool) (*world, error) {
	top, err := os.MkdirTemp(memory(), "bearings-machines-")
	if err != nil {
		return nil, err
	}
	w := newWorld(failer{}, top)
	w.folder = simulated.New(0, machines, w.now)
	for i := range machines {
		m := &machine{world: w, name: i, dir: filepath.Join(top, fmt.Sprint("machine", i)), disk: w.folder.Disk(i), published: map[record.Digest]bool{}}
		m.open()
		w.machines = append(w.machines, m)
	}
	ctx := context.Background()
	w.ok(w.machines[0].share.Found(ctx, folder.FoundOptions{Folder: simulated.Root, Name: "Payments", Person: "Ana", Sealed: sealed, Profile: folder.Live}))
	w.declare()
	w.folder.Settle()
	for _, m := range w.machines[1:] {
		o := folder.JoinOptions{Folder: simulated.Root, Person: "Ben", Profile: folder.Live}
		if sealed {
			i, err := w.machines[0].share.Invite(ctx, folder.InviteOptions{})
			w.ok(err)
			o.Invitation, o.Words = i.File, i.Words
			w.folder.Settle()
		}
		w.ok(m.share.Join(ctx, o))
	}
	w.settle()
	w.converged()
	w.close()
	w.folder.Settle()
	return w, nil
}

// failer fails what is not a test.
type failer struct{}

func (failer) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (failer) Helper()                           {}
func (failer) Logf(string, ...any)               {}

// memory is a place in memory for databases, where there is one: what they
// promise of a disk is not what is tried here.
func memory() string {
	const place = "/dev/shm"
	if info, err := os.Stat(place); err == nil && info.IsDir() {
		return place
	}
	return ""
}

func copyDir(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}

func TestMain(m *testing.M) {
	// Many short lives leave much behind: to look for it less often takes a
	// fifth less time.
	debug.SetGCPercent(400)
	keyring.MockInitWithError(errors.New("no keyring in tests"))
	status := m.Run()
	for _, made := range []func() (*world, error){templates, sealedTemplates} {
		if w, err := made(); err == nil {
			_ = os.RemoveAll(w.top)
		}
	}
	os.Exit(status)
}
