package simulated

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"bearings/internal/folder/disk"
)

// ErrDead is what everything says after a program was ended in the middle of
// what it did.
var ErrDead = errors.New("the program has ended")

// errAway is what reading a file says whose content a sync engine has not
// fetched yet.
var errAway = &fs.PathError{Op: "read", Path: "a placeholder", Err: syscall.EIO}

// A Disk is what one machine sees of the folder. It keeps apart what is
// written from what is synced: a power cut leaves what was synced, and of the
// rest what chance leaves.
type Disk struct {
	mu      sync.Mutex
	chance  *rand.Rand
	now     func() time.Time
	names   map[string]*node // by path with slashes; what a program sees
	durable map[string]*node // what is on the disk under which name, whatever a program sees

	fault   error // what everything answers; nil for none
	locked  bool  // nothing can be written
	room    int   // bytes that can still be written; negative for any
	careful bool  // Sync does what it says
	left    int   // changes until the program dies; negative for never
}

type node struct {
	folder  bool
	data    []byte
	synced  []byte // what of data a power cut leaves for certain
	changed time.Time
	away    bool // only its name and size are here
}

var _ disk.System = (*Disk)(nil)

func newDisk(chance *rand.Rand, now func() time.Time) *Disk {
	return &Disk{
		chance: chance, now: now,
		names:   map[string]*node{"/": {folder: true}},
		durable: map[string]*node{"/": {folder: true}},
		room:    -1, left: -1, careful: true,
	}
}

// Break makes everything fail with an error; nil mends it.
func (d *Disk) Break(err error) { d.with(func() { d.fault = err }) }

// Lock makes every change fail, as on a place that is read only.
func (d *Disk) Lock(locked bool) { d.with(func() { d.locked = locked }) }

// Fill leaves room for so many bytes; a negative number for any.
func (d *Disk) Fill(room int) { d.with(func() { d.room = room }) }

// Lie makes Sync forget to do what it says.
func (d *Disk) Lie() { d.with(func() { d.careful = false }) }

// DieAfter ends the program after so many changes, those included that its
// syncs are; a negative number lets it live.
func (d *Disk) DieAfter(changes int) { d.with(func() { d.left = changes }) }

func (d *Disk) with(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f()
}

// PowerCut leaves of what was written what was synced, and of what was not a
// part: of a file the beginning, or zeros where the system had made room; of a
// name the old or the new.
func (d *Disk) PowerCut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := maps.Clone(d.durable)
	maps.Copy(all, d.names)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		was, is := d.durable[name], d.names[name]
		if was != is && d.chance.IntN(2) == 0 {
			is = was
		}
		if is == nil || is != d.names["/"] && d.around(name) == nil {
			delete(d.names, name)
			continue
		}
		d.names[name] = is
		is.data = d.remains(is)
		is.synced = slices.Clone(is.data)
	}
	d.durable = maps.Clone(d.names)
	d.left = -1
}

// around is the folder that a name stands in, nil where there is none.
func (d *Disk) around(name string) *node {
	n := d.names[path.Dir(name)]
	if n == nil || !n.folder {
		return nil
	}
	return n
}

func (d *Disk) remains(n *node) []byte {
	if len(n.data) <= len(n.synced) {
		return n.synced
	}
	kept := slices.Clone(n.data[:len(n.synced)+d.chance.IntN(len(n.data)-len(n.synced)+1)])
	if d.chance.IntN(4) == 0 {
		clear(kept[len(n.synced):])
	}
	return kept
}

// clean is a path as the disk keeps it.
func clean(name string) string { return path.Clean("/" + filepath.ToSlash(name)) }

// look finds what is under a name, for a program.
func (d *Disk) look(op, name string) (*node, error) {
	switch n := d.names[clean(name)]; {
	case d.left == 0:
		return nil, ErrDead
	case d.fault != nil:
		return nil, &fs.PathError{Op: op, Path: name, Err: d.fault}
	case n == nil:
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	default:
		return n, nil
	}
}

// change is asked before each change.
func (d *Disk) change(op, name string) error {
	switch {
	case d.left == 0:
		return ErrDead
	case d.fault != nil:
		return &fs.PathError{Op: op, Path: name, Err: d.fault}
	case d.locked:
		return &fs.PathError{Op: op, Path: name, Err: syscall.EROFS}
	}
	if d.left > 0 {
		d.left--
	}
	return nil
}

// Stat says what is under a name.
func (d *Disk) Stat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.look("stat", name)
	if err != nil {
		return nil, err
	}
	return infoOf(name, n), nil
}

// ReadDir lists a folder.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.look("open", name)
	if err != nil {
		return nil, err
	}
	if !n.folder {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: syscall.ENOTDIR}
	}
	var entries []fs.DirEntry
	for child, n := range d.names {
		if child != "/" && path.Dir(child) == clean(name) {
			entries = append(entries, fs.FileInfoToDirEntry(infoOf(child, n)))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// Open opens a file to read.
func (d *Disk) Open(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.look("open", name)
	if err != nil {
		return nil, err
	}
	return &file{disk: d, name: name, node: n}, nil
}

// Create makes a file that is not there.
func (d *Disk) Create(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.change("create", name); err != nil {
		return nil, err
	}
	key := clean(name)
	if d.names[key] != nil {
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	if d.around(key) == nil {
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrNotExist}
	}
	n := &node{changed: d.now()}
	d.names[key] = n
	return &file{disk: d, name: name, node: n, writing: true}, nil
}

// MkdirAll makes a folder and those around it.
func (d *Disk) MkdirAll(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := d.names[clean(name)]; n != nil && n.folder && d.left != 0 && d.fault == nil {
		return nil
	}
	if err := d.change("mkdir", name); err != nil {
		return err
	}
	return d.mkdirAll(d.names, clean(name))
}

func (d *Disk) mkdirAll(names map[string]*node, key string) error {
	if n := names[key]; n != nil {
		if n.folder {
			return nil
		}
		return &fs.PathError{Op: "mkdir", Path: key, Err: syscall.ENOTDIR}
	}
	if err := d.mkdirAll(names, path.Dir(key)); err != nil {
		return err
	}
	names[key] = &node{folder: true, changed: d.now()}
	return nil
}

// Rename gives a file another name.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.look("rename", from)
	if err != nil {
		return err
	}
	if err := d.change("rename", from); err != nil {
		return err
	}
	switch taken := d.names[clean(to)]; {
	case n.folder:
		return &fs.PathError{Op: "rename", Path: from, Err: errors.ErrUnsupported}
	case taken != nil && taken.folder:
		return &fs.PathError{Op: "rename", Path: to, Err: syscall.EISDIR}
	case d.around(clean(to)) == nil:
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrNotExist}
	}
	delete(d.names, clean(from))
	d.names[clean(to)] = n
	return nil
}

// Remove removes a file, or an empty folder.
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.look("remove", name)
	if err != nil {
		return err
	}
	if err := d.change("remove", name); err != nil {
		return err
	}
	if n.folder {
		for child := range d.names {
			if strings.HasPrefix(child, clean(name)+"/") {
				return &fs.PathError{Op: "remove", Path: name, Err: syscall.ENOTEMPTY}
			}
		}
	}
	delete(d.names, clean(name))
	return nil
}

// SyncDir makes durable which names are in a folder, and the folder itself.
func (d *Disk) SyncDir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := clean(name)
	n, err := d.look("sync", name)
	if err != nil {
		return err
	}
	if err := d.change("sync", name); err != nil || !d.careful {
		return err
	}
	if !n.folder {
		return &fs.PathError{Op: "sync", Path: name, Err: syscall.ENOTDIR}
	}
	for at := range d.durable {
		if at != "/" && path.Dir(at) == key && d.names[at] == nil {
			delete(d.durable, at)
		}
	}
	for at, n := range d.names {
		if path.Dir(at) == key {
			d.durable[at] = n
		}
	}
	return nil
}

// A file is an open file of a Disk.
type file struct {
	disk    *Disk
	name    string
	node    *node
	writing bool
	at      int64
	closed  bool
}

func (f *file) Stat() (fs.FileInfo, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.closed {
		return nil, fs.ErrClosed
	}
	return infoOf(f.name, f.node), nil
}

func (f *file) Read(into []byte) (int, error) {
	n, err := f.ReadAt(into, f.at)
	f.at += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}

func (f *file) ReadAt(into []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	switch {
	case f.disk.left == 0:
		return 0, ErrDead
	case f.disk.fault != nil:
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: f.disk.fault}
	case f.closed || f.writing:
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrClosed}
	case f.node.folder:
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: syscall.EISDIR}
	case f.node.away:
		return 0, errAway
	}
	return readAt(f.node.data, into, at)
}

func (f *file) Write(p []byte) (int, error) {
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.closed || !f.writing {
		return 0, &fs.PathError{Op: "write", Path: f.name, Err: fs.ErrClosed}
	}
	if err := d.change("write", f.name); err != nil {
		return 0, err
	}
	n := len(p)
	if d.left == 0 { // it dies in the middle of this
		n = d.chance.IntN(len(p) + 1)
	}
	if d.room >= 0 {
		n = min(n, d.room)
		d.room -= n
	}
	f.node.data = append(slices.Clip(f.node.data), p[:n]...)
	f.node.changed = d.now()
	switch {
	case d.left == 0:
		return n, ErrDead
	case n < len(p):
		return n, &fs.PathError{Op: "write", Path: f.name, Err: syscall.ENOSPC}
	default:
		return n, nil
	}
}

func (f *file) Sync() error {
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.closed {
		return fs.ErrClosed
	}
	if err := d.change("sync", f.name); err != nil || !d.careful {
		return err
	}
	f.node.synced = slices.Clone(f.node.data)
	return nil
}

func (f *file) Close() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.closed {
		return fs.ErrClosed
	}
	f.closed = true
	return nil
}

// String shows the names of a disk, for a test that failed.
func (d *Disk) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d.names)) {
		if n := d.names[name]; !n.folder {
			fmt.Fprintf(&out, "%6d %s\n", len(n.data), name)
		}
	}
	return out.String()
}

// Files are the contents of all files of the disk, as they are now, by name.
// They are not to be changed.
func (d *Disk) Files() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	found := map[string][]byte{}
	for name, n := range d.names {
		if !n.folder {
			found[name] = n.data
		}
	}
	return found
}

// Put puts a file on the disk as somebody else does, durably.
func (d *Disk) Put(name string, data []byte) {
	d.with(func() { d.place(clean(name), &node{data: slices.Clone(data), changed: d.now()}) })
}

// Drop removes a file as somebody else does.
func (d *Disk) Drop(name string) { d.with(func() { d.drop(clean(name)) }) }
