package directory_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/carrier/conformance"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/simulated"
)

func TestAFolderOnDiskCarries(t *testing.T) {
	conformance.Run(t, func(t *testing.T) conformance.Place {
		root := newRoot(t)
		return conformance.Place{
			Open:   func() carrier.Carrier { return opened(t, root, directory.Options{}) },
			Settle: func() {},
			Break: func(fault error) func() {
				if fault != carrier.ErrUnreachable {
					return nil
				}
				must(t, os.Rename(root, root+"-away"))
				return func() { must(t, os.Rename(root+"-away", root)) }
			},
			Tear: func(line []byte) func() { return tear(t, root, line) },
		}
	})
}

func TestAFolderOfWholeFilesCarries(t *testing.T) {
	conformance.Run(t, func(t *testing.T) conformance.Place {
		root := newRoot(t)
		return conformance.Place{
			Open:   func() carrier.Carrier { return opened(t, root, directory.Options{Cloud: true}) },
			Settle: func() {},
			Break:  func(error) func() { return nil },
		}
	})
}

// Machines here see one disk: what an engine between disks does is not for the
// carrier alone to put right.
func TestAFolderOnABrokenDiskCarries(t *testing.T) {
	conformance.Run(t, func(t *testing.T) conformance.Place {
		now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
		clock := func() time.Time { now = now.Add(time.Millisecond); return now }
		d := simulated.New(1, 1, clock).Disk(0)
		return conformance.Place{
			Open: func() carrier.Carrier {
				return opened(t, simulated.Root, directory.Options{Disk: d})
			},
			Settle: func() {},
			Break: func(fault error) func() {
				switch fault {
				case carrier.ErrUnreachable:
					d.Break(syscall.EIO)
				case carrier.ErrReadOnly:
					d.Lock(true)
				case carrier.ErrFull:
					d.Fill(0)
				}
				return func() { d.Break(nil); d.Lock(false); d.Fill(-1) }
			},
		}
	})
}

func opened(t *testing.T, root string, o directory.Options) *directory.Folder {
	t.Helper()
	f, err := directory.Open(root, o)
	must(t, err)
	return f
}

func newRoot(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "shared")
	must(t, os.Mkdir(root, 0o700))
	return root
}

// tear puts half a line at the end of the newest file of lines.
func tear(t *testing.T, root string, line []byte) func() {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "logs", "*", "*.jsonl"))
	must(t, err)
	file := files[len(files)-1]
	half := len(line) / 2
	add := func(part []byte) {
		f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
		must(t, err)
		_, err = f.Write(part)
		must(t, err)
		must(t, f.Close())
	}
	add(line[:half])
	return func() { add(line[half:]) }
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
