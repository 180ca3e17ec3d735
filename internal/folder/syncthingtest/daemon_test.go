package syncthingtest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bearings/internal/folder/syncthingtest"
)

func TestDaemonsCarryAFileThroughAPauseARestartAndAnIndexWipe(t *testing.T) {
	daemons := syncthingtest.Start(t, 2)
	a, b := daemons[0], daemons[1]
	carry(t, a, b, "first")
	b.Pause()
	write(t, a, "while paused")
	b.Resume()
	arrives(t, b, "while paused")
	b.Stop()
	write(t, a, "while stopped")
	b.Start()
	arrives(t, b, "while stopped")
	a.WipeIndex()
	carry(t, b, a, "after the wipe")
}

func carry(t *testing.T, from, to *syncthingtest.Daemon, name string) {
	t.Helper()
	write(t, from, name)
	arrives(t, to, name)
}

func write(t *testing.T, d *syncthingtest.Daemon, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.Folder, name), []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Scan()
}

func arrives(t *testing.T, d *syncthingtest.Daemon, name string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for start := time.Now(); time.Since(start) < time.Minute; <-tick.C {
		if got, err := os.ReadFile(filepath.Join(d.Folder, name)); err == nil && bytes.Equal(got, []byte(name)) {
			return
		}
	}
	t.Fatalf("%q did not arrive: %s", name, d.Status())
}
