package directory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/disk"
	"bearings/internal/record"
)

// fileLimit is the size in bytes from which on a file is not appended to.
const fileLimit = 256 << 10

// A pen appends to a file that this process has made.
type pen struct {
	name  string // its path in the folder
	month string
	file  disk.File
	size  int64
	tail  []byte // the last that was written, to see that it is still there
}

// tailLength is how much of the end of a file is looked at before more is
// written behind it.
const tailLength = 64

// Publish appends lines to a file of their run: one write, one sync. Whenever
// anything is in doubt it begins a new file.
func (f *Folder) Publish(ctx context.Context, run record.Run, first uint64, lines [][]byte) error {
	if len(lines) == 0 {
		return nil
	}
	return f.changing("publish", func() error {
		if err := errors.Join(ctx.Err(), f.ours()); err != nil {
			return err
		}
		f.writing.Lock()
		defer f.writing.Unlock()
		return f.append(run, first, lines)
	})
}

func (f *Folder) append(run record.Run, first uint64, lines [][]byte) error {
	data := bytes.Join(lines, nil)
	p, err := f.penFor(run, first)
	if err != nil {
		return err
	}
	err = f.write(p, data)
	if err == nil {
		p.note(data)
		err = f.still(p) // it may have been replaced in the moment before
	}
	if err != nil || f.once || p.size >= fileLimit {
		delete(f.pens, run)
		err = errors.Join(err, p.file.Close())
	}
	return err
}

func (f *Folder) write(p *pen, data []byte) error {
	if _, err := p.file.Write(data); err != nil {
		return err
	}
	if err := p.file.Sync(); err != nil {
		return err
	}
	if p.size > 0 {
		return nil
	}
	return f.disk.SyncDir(f.path(path.Dir(p.name)))
}

func (p *pen) note(data []byte) {
	p.tail = bytes.Clone(data[max(0, len(data)-tailLength):])
	p.size += int64(len(data))
}

// penFor returns what appends to the lines of a run.
func (f *Folder) penFor(run record.Run, first uint64) (*pen, error) {
	this := month(f.now())
	if p := f.pens[run]; p != nil {
		if p.month == this && f.still(p) == nil {
			return p, nil
		}
		delete(f.pens, run)
		if err := p.file.Close(); err != nil {
			return nil, err
		}
	}
	if err := f.mkdir(logFolder, this); err != nil {
		return nil, err
	}
	name, err := f.logName(run, first)
	if err != nil {
		return nil, err
	}
	name = path.Join(logFolder, this, name)
	file, err := f.disk.Create(f.path(name))
	if err != nil {
		return nil, err
	}
	p := &pen{name: name, month: this, file: file}
	f.pens[run] = p
	return p, nil
}

var errChanged = errors.New("the file is not as it was left")

// still checks that a file ends as it was left: it may have been cut, replaced
// by an older state or removed by whatever carries the folder.
func (f *Folder) still(p *pen) error {
	info, err := f.disk.Stat(f.path(p.name))
	if errors.Is(err, fs.ErrNotExist) {
		return errChanged
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != p.size {
		return errChanged
	}
	file, err := f.disk.Open(f.path(p.name))
	if err != nil {
		return err
	}
	defer file.Close()
	tail := make([]byte, len(p.tail))
	if _, err := file.ReadAt(tail, p.size-int64(len(tail))); err != nil {
		return err
	}
	if !bytes.Equal(tail, p.tail) {
		return errChanged
	}
	return nil
}

// Rewrite writes every file that holds a line which erased replaces anew,
// under another name, and removes the old one: a file is never written over.
func (f *Folder) Rewrite(ctx context.Context, run record.Run, erased func([]byte) ([]byte, bool)) (int, error) {
	replaced := 0
	err := f.changing("erase lines", func() error {
		if err := f.ours(); err != nil {
			return err
		}
		f.writing.Lock()
		defer f.writing.Unlock()
		files, _, err := f.listLogs()
		if err != nil {
			return err
		}
		var errs []error
		for _, file := range files {
			if err := ctx.Err(); err != nil {
				return errors.Join(append(errs, err)...)
			}
			n, err := f.rewriteFile(file, run, erased)
			replaced += n
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
	return replaced, err
}

func (f *Folder) rewriteFile(file listed, run record.Run, erased func([]byte) ([]byte, bool)) (int, error) {
	if m := f.markOf(file.name); m != nil && m.Size == file.size && !m.holds(run) {
		return 0, nil
	}
	replaced := 0
	var lines []packed
	err := f.eachLine(file, func(line []byte) error {
		at, n, ok := record.PlaceOf(line)
		if !ok {
			return nil
		}
		if at == run {
			if other, ok := erased(line); ok {
				line = other
				replaced++
			}
		}
		lines = append(lines, packed{at, n, line})
		return nil
	})
	if err != nil && !errors.Is(err, errDamaged) { // of a damaged pack remains what can be read
		return 0, fmt.Errorf("read %s: %w", file.name, err)
	}
	if replaced == 0 {
		return 0, nil
	}
	if p := f.pens[run]; p != nil && p.name == file.name {
		delete(f.pens, run)
		if err := p.file.Close(); err != nil {
			return 0, err
		}
	}
	if err := f.writeAnew(file, lines); err != nil {
		return 0, err
	}
	if err := f.disk.Remove(f.path(file.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	return replaced, f.disk.SyncDir(f.path(path.Dir(file.name)))
}

// writeAnew writes lines beside the file that they are to replace.
func (f *Folder) writeAnew(file listed, lines []packed) error {
	if isPack(file.name) {
		_, err := f.writePack(lines)
		return err
	}
	name, err := f.logName(lines[0].run, lines[0].n)
	if err != nil {
		return err
	}
	return f.placeFrom(path.Join(path.Dir(file.name), name), func(to io.Writer) error {
		for _, p := range lines {
			if _, err := to.Write(p.line); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Folder) markOf(name string) *mark {
	f.reading.Lock()
	defer f.reading.Unlock()
	return f.known[name]
}

// Holdings adds up what the files hold that were read, or written here.
func (f *Folder) Holdings(context.Context) ([]carrier.Holding, error) {
	f.reading.Lock()
	defer f.reading.Unlock()
	return holdings(f.known), nil
}
