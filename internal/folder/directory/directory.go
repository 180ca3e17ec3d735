// Package directory carries a shared workspace by a folder on disk that
// something else keeps in step between machines: a sync engine, a network
// drive, a git checkout.
//
//	bearings.json    which workspace is shared here; written once
//	README.txt       what this folder is, for people
//	members/ …       documents, written once
//	logs/2026-11/    lines, in files of one run each, that only grow until they are packed
//	packs/           old lines of one machine, compressed
//	blobs/ab/        files of evidence, written once
//	briefs/          briefs, the one thing that is replaced
//
// It expects of the folder only what sync engines keep. Files arrive late, in
// part, twice, under another name, in an older state, as placeholders, or go
// away: lines are read by their content, a file that shrank is normal, and
// what is not there was not deleted. Nothing that it does not know is touched,
// and where the marker is missing or another's, nothing is written and nothing
// deleted.
package directory

import (
	"cmp"
	"context"
	crand "crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/disk"
	"bearings/internal/record"
)

const (
	markerFile = "bearings.json"
	readmeFile = "README.txt"
	logFolder  = "logs"
	packFolder = "packs"
	blobFolder = "blobs"

	briefFolder = "briefs"
)

// Options say how a folder is written to. The zero value appends to files of
// this machine's disk.
type Options struct {
	Disk   disk.System      // the file system; this machine's where nil
	Now    func() time.Time // the clock; time.Now where nil
	Random io.Reader        // names files; crypto/rand where nil
	Cloud  bool             // no file is ever appended to: each flush is a file of its own

	Together int // so many files of about one size are packed into one; 16 where 0
}

// A Folder carries a workspace by a folder on disk.
type Folder struct {
	root   string
	disk   disk.System
	now    func() time.Time
	random io.Reader
	once   bool

	together int
	mu       sync.Mutex
	marker   *carrier.Marker // the one that was found here first
	seen     seenMarker
	failed   bool            // the last that was written was not
	durable  map[string]bool // folders whose names a power cut leaves

	writing sync.Mutex
	pens    map[record.Run]*pen // files that this process appends to
	unfit   map[string]listed   // by path: files that were looked at and are not to be packed

	reading sync.Mutex
	round   *round           // the files that are being read; nil between
	known   map[string]*mark // by path: how far each was read, as last told
	checked map[string]bool  // files whose last line was seen to be as it was read
	papers  map[string]paper // documents, by path

	hint *hint
}

var _ carrier.Carrier = (*Folder)(nil)

// Open returns the carrier that is the folder at a path. The folder need not
// be there: it may be on a drive that is not mounted.
func Open(root string, o Options) (*Folder, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("open a shared folder: %w", err)
	}
	f := &Folder{
		root: root, disk: o.Disk, now: o.Now, random: o.Random, once: o.Cloud, together: cmp.Or(o.Together, packTogether),
		pens: map[record.Run]*pen{}, unfit: map[string]listed{}, durable: map[string]bool{}, known: map[string]*mark{}, checked: map[string]bool{}, papers: map[string]paper{},
	}
	if f.now == nil {
		f.now = time.Now
	}
	if f.random == nil {
		f.random = crand.Reader
	}
	if f.disk == nil {
		f.disk = disk.Real{}
		if real, err := filepath.EvalSymlinks(root); err == nil {
			f.root = real
		}
		f.hint = newHint(f.root)
	}
	return f, nil
}

// Close lets go of the files that are being written.
func (f *Folder) Close() error {
	f.hint.close()
	f.reading.Lock()
	f.endRound()
	f.reading.Unlock()
	f.writing.Lock()
	defer f.writing.Unlock()
	var errs []error
	for run, p := range f.pens {
		errs = append(errs, p.file.Close())
		delete(f.pens, run)
	}
	return errors.Join(errs...)
}

// path is where something lies, by its path in the folder.
func (f *Folder) path(parts ...string) string {
	return filepath.Join(append([]string{f.root}, parts...)...)
}

// present looks whether the folder is there at all.
func (f *Folder) present() error {
	info, err := f.disk.Stat(f.root)
	if err != nil {
		return fmt.Errorf("%w: %w", carrier.ErrUnreachable, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%w: it is a file", carrier.ErrUnreachable)
	}
	return nil
}

// Found writes the marker, last of all.
func (f *Folder) Found(_ context.Context, m carrier.Marker) error {
	return f.changing("share a workspace", func() error {
		here, err := f.readMarker()
		switch {
		case err == nil && here.Workspace == m.Workspace:
			f.keepMarker(here)
			return nil
		case err == nil:
			return carrier.ErrFounded
		case !errors.Is(err, carrier.ErrNoMarker) && !errors.Is(err, fs.ErrNotExist):
			return err
		}
		// A folder is made for who asks for it, but not those around it: a drive
		// that is not mounted would be filled below its mount.
		if _, err := f.disk.Stat(filepath.Dir(f.root)); err != nil {
			return err
		}
		if err := f.disk.MkdirAll(f.root); err != nil {
			return err
		}
		if err := f.place(readmeFile, []byte(readme)); err != nil {
			return err
		}
		text, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return err
		}
		if err := f.place(markerFile, append(text, '\n')); err != nil {
			return err
		}
		f.keepMarker(m)
		return nil
	})
}

func (f *Folder) keepMarker(m carrier.Marker) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.marker = &m
}

// changing changes the folder, and says what went wrong in the words of
// package carrier.
func (f *Folder) changing(what string, change func() error) error {
	err := change()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failed = err != nil && !errors.Is(err, carrier.ErrTaken) && !errors.Is(err, carrier.ErrFounded)
	if err != nil {
		return fmt.Errorf("%s in %s: %w", what, f.root, trouble(err))
	}
	return nil
}

// trouble says which of the errors of package carrier an error is.
func trouble(err error) error {
	for _, known := range []error{
		carrier.ErrNoMarker, carrier.ErrFounded, carrier.ErrNewer, carrier.ErrUnreachable, carrier.ErrReadOnly,
		carrier.ErrFull, carrier.ErrTaken, carrier.ErrNotHere, context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, known) {
			return err
		}
	}
	if is := faultOf(err); is != nil {
		return fmt.Errorf("%w: %w", is, err)
	}
	return err
}

// faultOf returns what an error of the system says of the place; nil where it
// says nothing of it.
func faultOf(err error) error {
	var system syscall.Errno
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return carrier.ErrFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return carrier.ErrReadOnly
	case errors.As(err, &system):
		return carrier.ErrUnreachable
	default:
		return nil
	}
}

// Health looks whether the folder can be reached and, where it could not be
// written to when that was last tried, tries again.
func (f *Folder) Health(context.Context) carrier.Health {
	if err := f.ours(); err != nil {
		reachable := !errors.Is(err, carrier.ErrUnreachable)
		return carrier.Health{Reachable: reachable, Err: trouble(err)}
	}
	f.mu.Lock()
	failed := f.failed
	f.mu.Unlock()
	if failed {
		if err := f.changing("write", f.probe); err != nil {
			return carrier.Health{Reachable: !errors.Is(err, carrier.ErrUnreachable), Err: err}
		}
	}
	return carrier.Health{Reachable: true, Writable: true}
}

func (f *Folder) probe() error {
	name, err := f.tempName()
	if err != nil {
		return err
	}
	file, err := f.disk.Create(f.path(name))
	if err != nil {
		return err
	}
	_, err = file.Write([]byte("Bearings looks whether this folder can be written to.\n"))
	return errors.Join(err, file.Close(), f.disk.Remove(f.path(name)))
}

// folders returns the names of the folders in one, and files those of the
// files. Links and whatever else is neither are passed over.
func (f *Folder) list(parts ...string) (folders, files []string, err error) {
	for i := range parts {
		if err := f.isFolder(parts[:i+1]...); err != nil {
			return nil, nil, err
		}
	}
	entries, err := f.disk.ReadDir(f.path(parts...))
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		switch {
		case e.IsDir():
			folders = append(folders, e.Name())
		case e.Type().IsRegular():
			files = append(files, e.Name())
		}
	}
	return folders, files, nil
}

// isFolder checks that something is a folder itself, and no link to one.
func (f *Folder) isFolder(parts ...string) error {
	info, err := f.disk.Stat(f.path(parts...))
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return &fs.PathError{Op: "open", Path: f.path(parts...), Err: fs.ErrInvalid}
	}
	return nil
}

// mkdir makes a folder in the folder, and makes its name durable: also that of
// one which is there, since who made it may have been killed before.
func (f *Folder) mkdir(parts ...string) error {
	for i := range parts {
		name := f.path(parts[:i+1]...)
		err := f.isFolder(parts[:i+1]...)
		if err == nil && f.isDurable(name) {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err != nil {
			if err := f.disk.MkdirAll(name); err != nil {
				return err
			}
		}
		if err := f.disk.SyncDir(f.path(parts[:i]...)); err != nil {
			return err
		}
		f.mu.Lock()
		f.durable[name] = true
		f.mu.Unlock()
	}
	return nil
}

func (f *Folder) isDurable(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.durable[name]
}

// readSmall reads a file of at most the size of a document.
func (f *Folder) readSmall(parts ...string) ([]byte, error) {
	file, err := f.open(parts...)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, carrier.MaxDocument+1))
	if err == nil && len(text) > carrier.MaxDocument {
		err = fmt.Errorf("%s is larger than %d bytes", filepath.Join(parts...), carrier.MaxDocument)
	}
	return text, err
}

// open opens a file to read, if it is one: a link leads out of the folder, and
// a pipe would have to be waited for.
func (f *Folder) open(parts ...string) (disk.File, error) {
	path := f.path(parts...)
	info, err := f.disk.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrInvalid}
	}
	return f.disk.Open(path)
}

// place writes a file under another name and gives it its own when it is
// whole, in a folder that is there.
func (f *Folder) place(name string, data []byte) error {
	return f.placeFrom(name, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

func (f *Folder) placeFrom(name string, write func(io.Writer) error) (err error) {
	temp, err := f.tempName()
	if err != nil {
		return err
	}
	dir := filepath.Dir(name)
	temp = f.path(dir, temp)
	file, err := f.disk.Create(temp)
	if err != nil {
		return err
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = f.disk.Rename(temp, f.path(name))
	}
	if err != nil {
		return errors.Join(err, f.disk.Remove(temp))
	}
	return f.disk.SyncDir(f.path(dir))
}
