package folder_test

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/simulated"
	"bearings/internal/workspace"
)

// onDisk opens a machine that sees the folder on a disk that can be broken.
func onDisk(t *testing.T, name string, c *clock, d *simulated.Disk) *mate {
	t.Helper()
	m := &mate{t: t, name: name, dir: filepath.Join(t.TempDir(), name), now: c.Now}
	var err error
	m.ws, err = workspace.Open(m.dir, workspace.Options{Now: c.Now, Owner: name})
	ok(t, err)
	m.Share, err = folder.Open(m.ws, folder.Options{Now: c.Now, Machine: name, Open: func(path string, _ folder.Profile) (carrier.Carrier, error) {
		return directory.Open(path, directory.Options{Disk: d, Now: c.Now})
	}})
	ok(t, err)
	t.Cleanup(m.close)
	return m
}

func TestAFolderThatFailsIsSaidToAndLosesNothing(t *testing.T) {
	for _, f := range []struct {
		name  string
		fault func(*simulated.Disk)
		err   error
		reads bool // what others wrote comes in all the same
	}{
		{"not reached", func(d *simulated.Disk) { d.Break(syscall.EIO) }, carrier.ErrUnreachable, false},
		{"read only", func(d *simulated.Disk) { d.Lock(true) }, carrier.ErrReadOnly, true},
		{"full", func(d *simulated.Disk) { d.Fill(100) }, carrier.ErrFull, true},
	} {
		c := newClock()
		d := simulated.New(1, 1, c.Now).Disk(0)
		ana, ben := onDisk(t, "Ana", c, d), onDisk(t, "Ben", c, d)
		ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: simulated.Root, Name: "Payments", Person: "Ana"}))
		ok(t, ben.Join(t.Context(), folder.JoinOptions{Folder: simulated.Root, Person: "Ben"}))
		id := ana.declare("Payments fail")
		settle(ana, ben)
		ana.record(id, ana.act("note.add", `{"text":"before"}`))
		ana.sync()
		ben.record(id, ben.act("note.add", `{"text":"meanwhile"}`))
		f.fault(d)
		_, err := ben.Once(t.Context(), nil)
		if !errors.Is(err, f.err) {
			t.Errorf("%s: %v", f.name, err)
		}
		st := ben.State()
		if st.Phase != folder.Offline || st.Trouble == nil || st.Trouble.Do == "" || st.ToShare != 1 {
			t.Errorf("%s: it stands as %+v", f.name, st)
		}
		inc, err := ben.ws.Incident(id)
		ok(t, err)
		if came := inc.Len() == 3; came != f.reads {
			t.Errorf("%s: Ben knows %d records", f.name, inc.Len())
		}
		d.Break(nil)
		d.Lock(false)
		d.Fill(-1)
		settle(ben, ana)
		agree(t, id, ana, ben)
		if st := ben.State(); st.Phase != folder.InStep || st.Trouble != nil {
			t.Errorf("%s, and mended: it stands as %+v", f.name, st)
		}
	}
}

// A stuck is a carrier that does not answer before it is let go.
type stuck struct {
	carrier.Carrier
	asked, answer chan struct{}
}

func (s stuck) Pull(ctx context.Context, marks carrier.Marks, limit int) (carrier.Delivery, error) {
	select {
	case s.asked <- struct{}{}:
		<-s.answer
	default:
	}
	return s.Carrier.Pull(ctx, marks, limit)
}

func TestAFolderThatDoesNotAnswerIsSaidTo(t *testing.T) {
	c := newClock()
	d := simulated.New(1, 1, c.Now).Disk(0)
	asked, answer := make(chan struct{}), make(chan struct{})
	ws, err := workspace.Open(t.TempDir(), workspace.Options{Now: c.Now, Owner: "Ana"})
	ok(t, err)
	share, err := folder.Open(ws, folder.Options{Now: c.Now, Machine: "ana", Open: func(path string, _ folder.Profile) (carrier.Carrier, error) {
		on, err := directory.Open(path, directory.Options{Disk: d, Now: c.Now})
		return stuck{on, asked, answer}, err
	}})
	ok(t, err)
	t.Cleanup(func() { ok(t, errors.Join(share.Close(), ws.Close())) })
	ok(t, share.Found(t.Context(), folder.FoundOptions{Folder: simulated.Root, Name: "Payments", Person: "Ana"}))
	done := make(chan error, 1)
	go func() {
		_, err := share.Once(t.Context(), nil)
		done <- err
	}()
	<-asked
	if st := share.State(); st.Phase == folder.Offline {
		t.Errorf("it is given up at once: %+v", st)
	}
	c.pass(time.Minute)
	if st := share.State(); st.Phase != folder.Offline || st.Trouble == nil || st.Trouble.What != "The shared folder does not answer." || c.Now().Sub(st.Since) < time.Minute {
		t.Errorf("it stands as %+v", st)
	}
	close(answer)
	ok(t, <-done)
	if st := share.State(); st.Phase != folder.InStep || st.Trouble != nil {
		t.Errorf("it stands as %+v when it has answered", st)
	}
}

func TestOfTwoProcessesOneSharesForBoth(t *testing.T) {
	_, c, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	settle(mates...)
	beside := &mate{t: t, name: "Ana", dir: ana.dir, now: c.Now}
	beside.open()
	t.Cleanup(beside.close)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- ana.Run(ctx) }()
	beside.record(id, beside.act("note.add", `{"text":"by a script"}`))
	beside.sync()
	cancel()
	ok(t, <-done)
	settle(ana, ben)
	agree(t, id, ana, ben, beside)
	if st := beside.State(); st.ToShare != 0 {
		t.Errorf("%d are still to be shared", st.ToShare)
	}
}
