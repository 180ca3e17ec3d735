package directory

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// Files are packed with those of about their size, so that no line is written
// more often than there are classes: with what grows by one file at a time, a
// pack would be written anew, and carried anew, with every file.
const (
	packTogether = 16      // so many files of a class make a pack
	packEnough   = 1 << 20 // so many bytes do as well; a pack of that size stays as it is
	packMost     = 2 << 20 // bytes of files that are packed at once
	packWindow   = 1 << 20 // bytes of memory that compressing takes
)

// packClasses are the sizes in bytes at which a class ends; the last has no
// end.
var packClasses = [...]int64{16 << 10, 256 << 10}

func packClass(size int64) int {
	class := 0
	for class < len(packClasses) && size >= packClasses[class] {
		class++
	}
	return class
}

// A packed is a line that goes into a pack, by its place.
type packed struct {
	run  record.Run
	n    uint64
	line []byte
}

func (p packed) compare(q packed) int {
	return cmp.Or(bytes.Compare(p.run[:], q.run[:]), cmp.Compare(p.n, q.n))
}

// Pack writes the lines of some files into one, looks whether it holds them,
// and then removes the files that are still as they were read. Wherever it is
// broken off, each line is in one of them.
func (f *Folder) Pack(ctx context.Context, p carrier.Packing) (int, error) {
	gone := 0
	err := f.changing("pack lines", func() error {
		if err := f.ours(); err != nil {
			return err
		}
		f.writing.Lock()
		defer f.writing.Unlock()
		files, err := f.packable(p)
		if err != nil {
			return err
		}
		files, lines, err := f.gather(ctx, files, p.Still)
		if err != nil || !f.enough(files) {
			return err
		}
		pack, err := f.writePack(lines)
		if err != nil {
			return err
		}
		gone, err = f.letGo(files, pack)
		return err
	})
	return gone, err
}

// packable lists the files that may be packed together: the smallest class of
// which there are enough, in the order of their names.
func (f *Folder) packable(p carrier.Packing) ([]listed, error) {
	all, _, err := f.listLogs()
	if err != nil {
		return nil, err
	}
	var classes [len(packClasses) + 1][]listed
	for _, file := range all {
		if file.changed.Before(p.Before) && !f.appendsTo(file.name) && f.mayPack(file, p.Mine) {
			class := packClass(file.size)
			classes[class] = append(classes[class], file)
		}
	}
	for _, files := range classes {
		if f.enough(files) {
			return files, nil
		}
	}
	return nil, nil
}

// appendsTo reports whether a file is one that this process appends to.
func (f *Folder) appendsTo(name string) bool {
	for _, p := range f.pens {
		if p.name == name {
			return true
		}
	}
	return false
}

// mayPack reports whether a file was read as it is now, to its end, and holds
// only lines of runs that are to be packed.
func (f *Folder) mayPack(file listed, mine func(record.Run) bool) bool {
	if isPack(file.name) && file.size >= packEnough || f.unfit[file.name] == file {
		return false
	}
	m := f.markOf(file.name)
	if m == nil || m.Part || m.Size != file.size || m.Changed != file.changed.UnixNano() || len(m.Runs) == 0 || len(m.Runs) >= mostHeld {
		return false
	}
	return !slices.ContainsFunc(m.Runs, func(h held) bool {
		run, err := record.ParseRun(h.Run)
		return err != nil || !mine(run)
	})
}

func (f *Folder) enough(files []listed) bool {
	size := int64(0)
	for _, file := range files {
		size += file.size
	}
	return len(files) >= f.together || len(files) > 1 && size >= packEnough
}

// gather reads files as far as they go into one pack, and returns those that
// do, and their lines. A file of which any line is not as it should be is left
// as it is.
func (f *Folder) gather(ctx context.Context, from []listed, still func([]byte) bool) (files []listed, lines []packed, err error) {
	size, stretches := int64(0), 0
	for _, file := range from {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		m := f.markOf(file.name)
		if m == nil {
			continue
		}
		if len(files) > 1 && size+file.size > packMost || stretches+len(m.Runs) > mostHeld {
			break
		}
		some, err := f.wholeLines(file, m.Offset, still)
		if errors.Is(err, errUnfit) || errors.Is(err, errDamaged) || errors.Is(err, fs.ErrNotExist) {
			f.unfit[file.name] = file
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", file.name, err)
		}
		files, lines = append(files, file), append(lines, some...)
		size, stretches = size+file.size, stretches+len(m.Runs)
	}
	slices.SortStableFunc(lines, packed.compare)
	return files, slices.CompactFunc(lines, func(p, q packed) bool { return p.compare(q) == 0 }), nil
}

var errUnfit = errors.New("it is not as it was written")

// wholeLines returns the lines of a file that holds nothing else, and so many
// bytes of them.
func (f *Folder) wholeLines(file listed, size int64, still func([]byte) bool) ([]packed, error) {
	var lines []packed
	err := f.eachLine(file, func(line []byte) error {
		run, n, ok := record.PlaceOf(line)
		if !ok || !still(line) {
			return errUnfit
		}
		lines = append(lines, packed{run, n, line})
		size -= int64(len(line))
		return nil
	})
	if err == nil && (size != 0 || !isPack(file.name) && file.size != sizeOf(lines)) {
		err = errUnfit
	}
	return lines, err
}

func sizeOf(lines []packed) (size int64) {
	for _, p := range lines {
		size += int64(len(p.line))
	}
	return size
}

func isPack(name string) bool { return strings.HasSuffix(name, packEnd) }

// writePack writes lines into a pack, named by what is in it, and reads it
// again. It returns its path in the folder.
func (f *Folder) writePack(lines []packed) (name string, err error) {
	if err := f.mkdir(packFolder); err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, p := range lines {
		sum.Write(p.line) // a hash never fails
	}
	name = path.Join(packFolder, fmt.Sprintf("%s-%d-%d-%s%s", lines[0].run, lines[0].n, len(lines), hex.EncodeToString(sum.Sum(nil)[:8]), packEnd))
	err = f.placeFrom(name, func(to io.Writer) error {
		z, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packWindow), zstd.WithLowerEncoderMem(true))
		if err != nil {
			return err
		}
		for _, p := range lines {
			if _, err := z.Write(p.line); err != nil {
				return errors.Join(err, z.Close())
			}
		}
		return z.Close()
	})
	if err == nil {
		err = f.holdsAll(name, lines)
	}
	return name, err
}

// holdsAll checks that a pack holds lines, and nothing else.
func (f *Folder) holdsAll(name string, lines []packed) error {
	err := f.eachLine(listed{name: name}, func(line []byte) error {
		if len(lines) == 0 || !bytes.Equal(line, lines[0].line) {
			return errChanged
		}
		lines = lines[1:]
		return nil
	})
	if err == nil && len(lines) > 0 {
		err = errChanged
	}
	if err != nil {
		return fmt.Errorf("read %s again: %w", name, err)
	}
	return nil
}

// letGo removes files whose lines are in a pack, where they are as they were
// read, and the folders of months that are empty then. It returns how many
// files it removed.
func (f *Folder) letGo(files []listed, pack string) (gone int, err error) {
	var folders []string
	for _, file := range files {
		info, err := f.disk.Stat(f.path(file.name))
		if file.name == pack || errors.Is(err, fs.ErrNotExist) {
			continue // what it was packed into, where all others held the same
		}
		if err != nil {
			return gone, err
		}
		if info.Size() != file.size || !info.ModTime().Equal(file.changed) {
			continue
		}
		if err := f.disk.Remove(f.path(file.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return gone, err
		}
		gone++
		if folder := path.Dir(file.name); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	for _, folder := range folders {
		if err := f.disk.SyncDir(f.path(folder)); err != nil {
			return gone, err
		}
		if path.Dir(folder) == logFolder && path.Base(folder) != month(f.now()) {
			_ = f.disk.Remove(f.path(folder)) // it fails where there is still something in it
		}
	}
	return gone, nil
}
