package disk_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"bearings/internal/folder/disk"
)

func TestTheRealOneTakesNoNameTwiceAndKeepsWhatIsSynced(t *testing.T) {
	var real disk.Real
	name := filepath.Join(t.TempDir(), "a", "b")
	if err := real.MkdirAll(filepath.Dir(name)); err != nil {
		t.Fatal(err)
	}
	f, err := real.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("line\n")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), f.Close(), real.SyncDir(filepath.Dir(name))); err != nil {
		t.Fatal(err)
	}
	if _, err := real.Create(name); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that is taken: %v", err)
	}
	if info, err := real.Stat(name); err != nil || info.Size() != 5 {
		t.Errorf("%v, %v", info, err)
	}
	if err := real.SyncDir(name + "-missing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
