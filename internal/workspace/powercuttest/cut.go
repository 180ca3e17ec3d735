package powercuttest

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sector is what a disk writes whole, in bytes.
const sector = 512

// An inode is a file or a folder, by whatever name.
type inode struct {
	folder bool
	data   []byte  // as the program sees it
	synced []byte  // as the disk has it for certain
	loose  []write // what may be on the disk or not
}

type write struct {
	at       int64
	data     []byte
	truncate bool
	call     int
}

type handle struct {
	file  *inode
	path  string
	at    int64
	atEnd bool // every write goes to the end
}

// A replay is the files as they stand after some calls.
type replay struct {
	dir     string
	names   map[string]*inode
	durable map[string]*inode
	open    map[int]*handle
	printed strings.Builder
}

// Cut writes into a folder what a power cut leaves of the program's own after
// so many calls, and returns what the program had printed by then. The same
// chance leaves the same.
func (t *Trace) Cut(after int, chance *rand.Rand, into string) (printed string, err error) {
	r := &replay{dir: t.dir, names: map[string]*inode{}, durable: map[string]*inode{}, open: map[int]*handle{}}
	r.names[t.dir] = &inode{folder: true}
	r.durable[t.dir] = r.names[t.dir]
	for i, c := range t.calls[:after] {
		r.do(i, c)
	}
	return r.printed.String(), r.write(chance, into)
}

func (r *replay) ours(path string) bool { return path == r.dir || strings.HasPrefix(path, r.dir+"/") }

func (r *replay) do(i int, c call) {
	const stdout = 1
	h := r.open[c.fd]
	switch c.name {
	case "openat", "open", "creat":
		r.opened(i, c)
	case "close":
		delete(r.open, c.fd)
	case "lseek":
		if h != nil {
			h.at = c.at
		}
	case "write":
		switch {
		case h != nil:
			r.wrote(i, h, c.data)
		case c.fd == stdout:
			r.printed.Write(c.data)
		}
	case "pwrite64":
		if h != nil {
			h.file.change(write{at: c.at, data: c.data, call: i})
		}
	case "ftruncate":
		if h != nil {
			h.file.change(write{at: c.at, truncate: true, call: i})
		}
	case "fsync", "fdatasync":
		if h != nil {
			r.sync(h, c.begins)
		}
	case "rename", "link":
		r.renamed(c)
	case "unlink":
		delete(r.names, c.path)
	case "mkdir":
		if r.ours(c.path) {
			r.names[c.path] = &inode{folder: true}
		}
	}
}

func (r *replay) opened(i int, c call) {
	delete(r.open, c.fd)
	if !r.ours(c.path) {
		return
	}
	file := r.names[c.path]
	if file == nil {
		file = &inode{folder: strings.Contains(c.flags, "O_DIRECTORY")}
		r.names[c.path] = file
	}
	if strings.Contains(c.flags, "O_TRUNC") {
		file.change(write{truncate: true, call: i})
	}
	r.open[c.fd] = &handle{file: file, path: c.path, atEnd: strings.Contains(c.flags, "O_APPEND")}
}

func (r *replay) wrote(i int, h *handle, data []byte) {
	if h.atEnd {
		h.at = int64(len(h.file.data))
	}
	h.file.change(write{at: h.at, data: data, call: i})
	h.at += int64(len(data))
}

func (r *replay) renamed(c call) {
	file := r.names[c.path]
	if file == nil {
		return
	}
	if c.name == "rename" {
		delete(r.names, c.path)
	}
	if file.folder { // what is in it comes along
		for name, n := range maps.Clone(r.names) {
			if rest, ok := strings.CutPrefix(name, c.path+"/"); ok {
				delete(r.names, name)
				r.names[c.to+"/"+rest] = n
				if r.durable[name] == n {
					r.durable[c.to+"/"+rest] = n
				}
			}
		}
	}
	if r.ours(c.to) {
		r.names[c.to] = file
	}
}

// sync makes certain what was done before a sync began.
func (r *replay) sync(h *handle, begun int) {
	if h.file.folder {
		for name := range r.durable {
			if filepath.Dir(name) == h.path && r.names[name] == nil {
				delete(r.durable, name)
			}
		}
		for name, n := range r.names {
			if filepath.Dir(name) == h.path {
				r.durable[name] = n
			}
		}
		return
	}
	var later []write
	for _, w := range h.file.loose {
		if w.call >= begun {
			later = append(later, w)
			continue
		}
		h.file.synced = w.apply(h.file.synced)
	}
	h.file.loose = later
}

func (n *inode) change(w write) {
	n.data = w.apply(n.data)
	n.loose = append(n.loose, w)
}

// apply changes data, and returns it as it is then.
func (w write) apply(data []byte) []byte {
	end := w.at + int64(len(w.data))
	if w.truncate && int64(len(data)) > w.at {
		return data[:w.at]
	}
	if int64(len(data)) < end {
		data = append(data, make([]byte, end-int64(len(data)))...)
	}
	copy(data[w.at:], w.data)
	return data
}

// write makes the files that a power cut leaves.
func (r *replay) write(chance *rand.Rand, into string) error {
	all := maps.Clone(r.durable)
	maps.Copy(all, r.names)
	left := map[string]*inode{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		n := r.names[name]
		if n != r.durable[name] && chance.IntN(2) == 0 {
			n = r.durable[name]
		}
		if around := left[filepath.Dir(name)]; n != nil && (name == r.dir || around != nil && around.folder) {
			left[name] = n
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		path := into + strings.TrimPrefix(name, r.dir)
		var err error
		switch {
		case left[name].folder:
			err = os.MkdirAll(path, 0o700)
		case strings.HasSuffix(name, "-shm"):
			// It is memory, and nothing relies on it after a start.
		default:
			err = os.WriteFile(path, left[name].remains(chance), 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// remains is what is on the disk: of what is not certain some writes, and of
// some a part.
func (n *inode) remains(chance *rand.Rand) []byte {
	data := slices.Clone(n.synced)
	for _, w := range n.loose {
		switch chance.IntN(4) {
		case 0, 1:
			continue
		case 2:
			if sectors := len(w.data) / sector; sectors > 0 {
				w.data = w.data[:chance.IntN(sectors)*sector]
			}
		}
		data = w.apply(data)
	}
	return data
}
