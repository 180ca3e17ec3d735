package simulated_test

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall"
	"testing"
	"time"

	"bearings/internal/folder/disk"
	"bearings/internal/folder/simulated"
)

func noon() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }

func at(name string) string { return path.Join(simulated.Root, name) }

// write writes a file, and syncs what steps name.
func write(t *testing.T, d *simulated.Disk, name, data string, syncFile, syncFolder bool) {
	t.Helper()
	f, err := d.Create(at(name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, data); err != nil {
		t.Fatal(err)
	}
	if syncFile {
		err = f.Sync()
	}
	if syncFolder {
		err = errors.Join(err, d.SyncDir(simulated.Root))
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func read(d *simulated.Disk, name string) (string, error) {
	f, err := d.Open(at(name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	return string(data), err
}

func TestAPowerCutLeavesWhatWasSyncedAndLosesTheRestSometimes(t *testing.T) {
	lostName, lostData := 0, 0
	for seed := range uint64(100) {
		d := simulated.New(seed, 1, noon).Disk(0)
		write(t, d, "kept", "all of it", true, true)
		write(t, d, "no-data", "all of it", false, true)
		write(t, d, "no-name", "all of it", true, false)
		d.PowerCut()
		if got, err := read(d, "kept"); got != "all of it" || err != nil {
			t.Fatalf("seed %d: what was synced is %q, %v", seed, got, err)
		}
		if _, err := read(d, "no-name"); errors.Is(err, fs.ErrNotExist) {
			lostName++
		}
		if got, err := read(d, "no-data"); err != nil || got != "all of it" {
			lostData++
		}
	}
	if lostName == 0 || lostName == 100 || lostData < 50 {
		t.Errorf("of 100 names that were not synced %d were lost, and of 100 contents %d", lostName, lostData)
	}
}

func TestADiskFailsAsRealOnesDo(t *testing.T) {
	d := simulated.New(1, 1, noon).Disk(0)
	write(t, d, "there", "x", true, true)
	tests := []struct {
		name  string
		wrong func()
		want  error
	}{
		{"unreachable", func() { d.Break(syscall.EHOSTDOWN) }, syscall.EHOSTDOWN},
		{"read only", func() { d.Lock(true) }, syscall.EROFS},
		{"full", func() { d.Fill(3) }, syscall.ENOSPC},
		{"dead", func() { d.DieAfter(1) }, simulated.ErrDead},
	}
	for _, test := range tests {
		test.wrong()
		f, err := d.Create(at(test.name))
		if err == nil {
			_, err = f.Write([]byte("more than there is room for"))
		}
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
		d.Mend()
	}
	if got, err := read(d, "full"); got != "mor" || err != nil {
		t.Errorf("what there was room for: %q, %v", got, err)
	}
	if _, err := d.Create(at("there")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that is taken: %v", err)
	}
}

func TestAnEngineAtRestHasTheSameEverywhere(t *testing.T) {
	for seed := range uint64(200) {
		f := simulated.New(seed, 3, noon)
		for i := range 12 {
			write(t, f.Disk(i%3), "file"+string(rune('a'+i)), "one line\nand another\n", true, true)
			f.Trouble(i % 3)
			f.Disk(i % 3).Mend()
			f.Step()
			f.Step()
		}
		f.Settle()
		for i := range 3 {
			if got, want := f.Disk(i).String(), f.Disk(0).String(); got != want {
				t.Fatalf("seed %d: disk %d has\n%sand disk 0\n%s", seed, i, got, want)
			}
		}
	}
}

var _ disk.System = simulated.New(0, 1, noon).Disk(0)
