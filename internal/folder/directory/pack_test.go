package directory_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/disk"
	"bearings/internal/folder/simulated"
	"bearings/internal/record"
)

func TestPacksAreRead(t *testing.T) {
	f, root := founded(t)
	must(t, os.Mkdir(filepath.Join(root, "packs"), 0o700))
	all := lines(t, 1, 1, 40)
	w, err := zstd.NewWriter(nil)
	must(t, err)
	pack := w.EncodeAll(bytes.Join(all, nil), nil)
	must(t, os.WriteFile(filepath.Join(root, "packs", "a.jsonl.zst"), pack, 0o600))
	must(t, os.WriteFile(filepath.Join(root, "packs", "b.jsonl.zst"), pack[:len(pack)/2], 0o600))
	marks, got := carrier.Marks{}, 0
	for more := true; more; {
		d, err := f.Pull(t.Context(), marks, 3*len(all[0]))
		must(t, err)
		for place, mark := range d.Marks {
			marks[place] = mark
		}
		got, more = got+len(d.Lines), d.More
	}
	if got != 40 {
		t.Errorf("%d lines came", got)
	}
	held, err := f.Holdings(t.Context())
	must(t, err)
	if len(held) != 1 || held[0].To != 40 {
		t.Errorf("it holds %+v", held)
	}
}

func packs(t *testing.T, root string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "packs", "*"))
	must(t, err)
	return all
}

// any packs whatever there is.
var anything = carrier.Packing{
	Before: marker.Founded.AddDate(50, 0, 0),
	Mine:   func(record.Run) bool { return true },
	Still:  func([]byte) bool { return true },
}

// filled is a folder with lines in so many files, one each, which the returned
// carrier has read.
func filled(t *testing.T, files int) (*directory.Folder, string) {
	t.Helper()
	f, root := founded(t)
	must(t, f.Close())
	for i := range files {
		f := opened(t, root, directory.Options{Cloud: true})
		publish(t, f, lines(t, 1, i+1, 1))
		must(t, f.Close())
	}
	f = opened(t, root, directory.Options{Together: 2})
	t.Cleanup(func() { must(t, f.Close()) })
	numbers(t, f, carrier.Marks{})
	return f, root
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

func TestFilesBecomeOnePackAndAnyProgramReadsIt(t *testing.T) {
	f, root := filled(t, 40)
	must(t, os.Mkdir(filepath.Join(root, "logs", "2020-01"), 0o700))
	must(t, os.Rename(logs(t, root)[0], filepath.Join(root, "logs", "2020-01", "a.jsonl")))
	numbers(t, f, carrier.Marks{})
	gone, err := f.Pack(t.Context(), anything)
	must(t, err)
	if got := packs(t, root); gone != 40 || len(got) != 1 || len(logs(t, root)) != 0 {
		t.Fatalf("%d files were let go of; there are %v and %v", gone, got, logs(t, root))
	}
	if _, err := os.Stat(filepath.Join(root, "logs", "2020-01")); !os.IsNotExist(err) {
		t.Errorf("the folder of a month that is empty: %v", err)
	}
	pack, err := os.ReadFile(packs(t, root)[0])
	must(t, err)
	z, err := zstd.NewReader(nil)
	must(t, err)
	defer z.Close()
	data, err := z.DecodeAll(pack, nil)
	must(t, err)
	if !bytes.Equal(data, bytes.Join(lines(t, 1, 1, 40), nil)) {
		t.Error("the pack does not hold the lines as they were, in their order")
	}
	if gone, err := f.Pack(t.Context(), anything); gone != 0 || err != nil {
		t.Errorf("a pack alone: %d files were let go of, %v", gone, err)
	}
}

func TestAFileThatIsNotAsItWasWrittenIsNotPacked(t *testing.T) {
	f, root := filled(t, 6)
	all := logs(t, root)
	whole, err := os.ReadFile(all[0])
	must(t, err)
	must(t, os.WriteFile(all[0], append(whole, "half a li"...), 0o600))
	whole, err = os.ReadFile(all[1])
	must(t, err)
	whole[40] ^= 1
	must(t, os.WriteFile(all[1], whole, 0o600))
	numbers(t, f, carrier.Marks{})
	must(t, os.WriteFile(all[2], bytes.Repeat([]byte("x"), len(whole)), 0o600)) // after it was read
	some := anything
	_, erased, _ := record.PlaceOf(fileOf(t, all[3]))
	some.Still = func(line []byte) bool { _, n, _ := record.PlaceOf(line); return n != erased }
	gone, err := f.Pack(t.Context(), some)
	must(t, err)
	if got := logs(t, root); gone != 2 || !slices.Equal(got, all[:4]) {
		t.Errorf("%d files were let go of; there are %v of %v", gone, got, all)
	}
}

func fileOf(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	must(t, err)
	return data
}

// What is packed again may be what it was: copies of a pack beside it. On a disk
// whose times are coarse nothing but its name tells the pack that was written
// from the one that was read.
func TestCopiesOfAPackAreLetGoOfAndThePackStays(t *testing.T) {
	still := func() time.Time { return marker.Founded }
	d := simulated.New(1, 1, still).Disk(0)
	f := opened(t, simulated.Root, directory.Options{Disk: d, Now: still, Cloud: true, Together: 2})
	must(t, f.Found(t.Context(), marker))
	for i := range 4 {
		publish(t, f, lines(t, 1, i+1, 1))
	}
	numbers(t, f, carrier.Marks{})
	_, err := f.Pack(t.Context(), anything)
	must(t, err)
	var pack string
	for name := range d.Files() {
		if strings.HasSuffix(name, ".zst") {
			pack = name
		}
	}
	for i := range 3 {
		d.Put(fmt.Sprint(strings.TrimSuffix(pack, ".jsonl.zst"), " ", i+2, ".jsonl.zst"), d.Files()[pack])
	}
	numbers(t, f, carrier.Marks{})
	gone, err := f.Pack(t.Context(), anything)
	must(t, err)
	if gone != 3 || d.Files()[pack] == nil {
		t.Errorf("%d files were let go of; there are\n%s", gone, d)
	}
	got, _ := numbers(t, f, carrier.Marks{})
	same(t, "what is there", got, upTo(4))
}

// A meddler does something when a file gets its name, as an engine does that
// carries meanwhile.
type meddler struct {
	disk.Real
	meddle func()
}

func (m meddler) Rename(from, to string) error {
	m.meddle()
	return m.Real.Rename(from, to)
}

func TestAFileThatChangesWhileItIsPackedStays(t *testing.T) {
	_, root := filled(t, 4)
	grows := logs(t, root)[2]
	m := meddler{meddle: func() {
		must(t, os.WriteFile(grows, append(fileOf(t, grows), lines(t, 1, 9, 1)[0]...), 0o600))
	}}
	f := opened(t, root, directory.Options{Disk: m, Together: 2})
	numbers(t, f, carrier.Marks{})
	gone, err := f.Pack(t.Context(), anything)
	must(t, errors.Join(err, f.Close()))
	if got := logs(t, root); gone != 3 || !slices.Equal(got, []string{grows}) {
		t.Errorf("%d files were let go of; there are %v", gone, got)
	}
	got, _ := numbers(t, open(t, root), carrier.Marks{})
	slices.Sort(got)
	same(t, "what is there", slices.Compact(got), []int{1, 2, 3, 4, 9})
}

// A pack that an engine has damaged is told, what can be read of it comes in,
// and it is not read again at every look.
func TestADamagedPackIsToldOnceAndCostsOnlyItself(t *testing.T) {
	f, root := filled(t, 300)
	_, err := f.Pack(t.Context(), anything)
	must(t, err)
	pack := packs(t, root)[0]
	data := fileOf(t, pack)
	must(t, os.WriteFile(pack, data[:len(data)-3], 0o600))
	marks := carrier.Marks{}
	_, strays := numbers(t, f, marks)
	if len(strays) != 1 {
		t.Errorf("told %+v", strays)
	}
	got, strays := numbers(t, f, marks)
	if len(got)+len(strays) > 0 {
		t.Errorf("at the next look came %v, %v", got, strays)
	}
	must(t, os.WriteFile(pack, data, 0o600))
	got, strays = numbers(t, f, marks)
	same(t, "of a pack that was mended", got, upTo(300))
	if len(strays) > 0 {
		t.Errorf("told %+v", strays)
	}
}

// A program that packs is ended before each of its changes, by a kill or by a
// power cut: every line that was published is there, and the next program goes
// on.
func TestPackingMayBeBrokenOffAnywhere(t *testing.T) {
	const files = 5
	ended := 0
	for _, cut := range []bool{false, true} {
		for after := 0; ; after++ {
			d, whole := packUntil(t, after, files, cut)
			if whole {
				break
			}
			ended++
			for range 3 {
				f := opened(t, simulated.Root, directory.Options{Disk: d, Together: 2})
				got, _ := numbers(t, f, carrier.Marks{})
				slices.Sort(got)
				same(t, fmt.Sprintf("ended after %d changes, by a power cut: %v", after, cut), slices.Compact(got), upTo(files))
				_, err := f.Pack(t.Context(), anything)
				must(t, errors.Join(err, f.Close()))
			}
		}
	}
	if ended < 10 {
		t.Errorf("it was ended at %d places", ended)
	}
}

// packUntil packs some files on a new disk until so many changes were made. It
// reports whether it came to its end.
func packUntil(t *testing.T, changes, files int, cut bool) (d *simulated.Disk, whole bool) {
	t.Helper()
	now := marker.Founded
	clock := func() time.Time { now = now.Add(time.Millisecond); return now }
	d = simulated.New(uint64(changes), 1, clock).Disk(0)
	f := opened(t, simulated.Root, directory.Options{Disk: d, Now: clock, Cloud: true, Together: 2})
	must(t, f.Found(t.Context(), marker))
	for i := range files {
		publish(t, f, lines(t, 1, i+1, 1))
	}
	numbers(t, f, carrier.Marks{})
	d.DieAfter(changes)
	_, err := f.Pack(context.Background(), anything)
	if err != nil && !errors.Is(err, simulated.ErrDead) {
		t.Fatal(err)
	}
	if cut {
		d.PowerCut()
	}
	d.DieAfter(-1)
	return d, err == nil
}
