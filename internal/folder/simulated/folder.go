// Package simulated is a shared folder in memory, as several machines see it,
// and an engine that carries changes between them and does what such engines,
// disks and people do to folders: late, out of order, in part, twice, under
// another name, an older state again, or gone. One seed decides all of it, so
// that a run that failed can be run again.
//
// Each machine sees the folder through a Disk, on which the carrier that is a
// folder stands as on a real one.
package simulated

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"time"
)

// Root is the path of the folder on every disk.
const Root = "/shared"

// A Folder is one folder on several disks, and the engine between them. It is
// used by one goroutine; the disks may be used by others meanwhile.
type Folder struct {
	chance *rand.Rand
	now    func() time.Time
	disks  []*Disk
	known  []map[string][]byte // by disk and name: the content that the engine last saw or put there
	moving []parcel
	newest map[string]parcel   // by name: what everybody has in the end
	past   map[string][][]byte // by name: what it once was
	order  int                 // of the last change that the engine saw
}

// A parcel is a change of one file on its way to one disk.
type parcel struct {
	to, order int
	name      string
	data      []byte
	changed   time.Time
	gone      bool
}

// New makes a folder that so many machines see, empty.
func New(seed uint64, machines int, now func() time.Time) *Folder {
	f := &Folder{
		chance: rand.New(rand.NewPCG(seed, 1)), now: now,
		newest: map[string]parcel{}, past: map[string][][]byte{},
	}
	for range machines {
		f.Add()
	}
	return f
}

// Add lets another machine see the folder. What is in it comes with time.
func (f *Folder) Add() *Disk {
	d := newDisk(rand.New(rand.NewPCG(f.chance.Uint64(), 2)), f.now)
	d.mkdirAll(d.names, Root)
	d.mkdirAll(d.durable, Root)
	f.disks = append(f.disks, d)
	f.known = append(f.known, map[string][]byte{})
	for _, name := range slices.Sorted(maps.Keys(f.newest)) {
		p := f.newest[name]
		p.to = len(f.disks) - 1
		f.moving = append(f.moving, p)
	}
	return d
}

// Disk is what a machine sees.
func (f *Folder) Disk(machine int) *Disk { return f.disks[machine] }

// Load fills every disk, and what the engine knows, from another folder that
// is settled.
func (f *Folder) Load(from *Folder) {
	f.newest, f.order = maps.Clone(from.newest), from.order
	for i, d := range f.disks {
		source := from.disks[min(i, len(from.disks)-1)]
		for name, n := range source.names {
			c := *n
			c.data, c.synced = slices.Clone(n.data), slices.Clone(n.data)
			d.names[name] = &c
			if !n.folder {
				f.known[i][name] = c.data
			}
		}
		d.durable = maps.Clone(d.names)
	}
}

// Step lets the engine do one thing: look at a disk, or deliver something, out
// of order and perhaps not well.
func (f *Folder) Step() {
	if len(f.moving) == 0 || f.chance.IntN(3) == 0 {
		f.scan(f.chance.IntN(len(f.disks)))
		return
	}
	at := f.chance.IntN(len(f.moving))
	p := f.moving[at]
	f.moving = slices.Delete(f.moving, at, at+1)
	f.deliver(p, true)
}

// Settle lets the engine come to rest: everything is carried, whole, and the
// newest state of every file is everywhere.
func (f *Folder) Settle() {
	for i, d := range f.disks {
		d.hydrate()
		f.scan(i)
	}
	f.moving = nil
	for _, name := range slices.Sorted(maps.Keys(f.newest)) {
		for i := range f.disks {
			p := f.newest[name]
			p.to = i
			f.deliver(p, false)
		}
	}
}

// scan notices what changed on a disk, and sends it to the others.
func (f *Folder) scan(at int) {
	d, known := f.disks[at], f.known[at]
	d.mu.Lock()
	defer d.mu.Unlock()
	var changed []parcel
	for name, n := range d.names {
		if was, ok := known[name]; !n.folder && !n.away && (!ok || !bytes.Equal(was, n.data)) {
			changed = append(changed, parcel{name: name, data: slices.Clone(n.data), changed: n.changed})
		}
	}
	for name := range known {
		if d.names[name] == nil {
			changed = append(changed, parcel{name: name, gone: true})
		}
	}
	slices.SortFunc(changed, func(a, b parcel) int { return strings.Compare(a.name, b.name) })
	for _, p := range changed {
		f.noted(at, p)
		for to := range f.disks {
			if to != at {
				p.to, p.order = to, f.order
				f.moving = append(f.moving, p)
			}
		}
	}
}

// noted keeps what the engine saw on a disk.
func (f *Folder) noted(at int, p parcel) {
	f.order++
	p.order = f.order
	f.newest[p.name] = p
	if p.gone {
		delete(f.known[at], p.name)
		return
	}
	f.known[at][p.name] = p.data
	f.past[p.name] = append(f.past[p.name], p.data)
}

// deliver puts a change on a disk: where things may go wrong, perhaps only the
// beginning of it, perhaps under another name.
func (f *Folder) deliver(p parcel, wrong bool) {
	d := f.disks[p.to]
	d.mu.Lock()
	defer d.mu.Unlock()
	here := d.names[p.name]
	known, ok := f.known[p.to][p.name]
	touched := here != nil && (!ok || !bytes.Equal(known, here.data))
	switch {
	case p.gone:
		if here != nil && (!touched || !wrong) {
			f.remove(d, p.to, p.name)
		}
		return
	case here != nil && bytes.Equal(here.data, p.data):
		f.known[p.to][p.name] = p.data
		return
	case !wrong:
	case touched && f.chance.IntN(2) == 0, f.chance.IntN(30) == 0:
		d.place(f.conflict(p.name), &node{data: slices.Clone(p.data), changed: p.changed}) // carried on as a file of its own
		return
	case f.chance.IntN(8) == 0 && len(p.data) > 0:
		f.moving = append(f.moving, p)
		p.data = p.data[:f.chance.IntN(len(p.data))]
	case f.chance.IntN(20) == 0:
		f.moving = append(f.moving, p) // it comes once more
	}
	f.put(d, p.to, p, wrong && f.chance.IntN(10) == 0)
}

func (f *Folder) put(d *Disk, at int, p parcel, away bool) {
	if f.chance.IntN(2) == 0 && d.names[p.name] != nil && !d.names[p.name].away {
		n := d.names[p.name] // written in place, as a network drive does
		n.data, n.synced, n.changed = slices.Clone(p.data), slices.Clone(p.data), p.changed
		d.durable[p.name] = n
	} else {
		d.place(p.name, &node{data: slices.Clone(p.data), changed: p.changed, away: away})
	}
	f.known[at][p.name] = slices.Clone(p.data)
}

func (f *Folder) remove(d *Disk, at int, name string) {
	delete(d.names, name)
	delete(d.durable, name)
	delete(f.known[at], name)
}

// conflict is another name for a file, as engines make them.
func (f *Folder) conflict(name string) string {
	end := path.Ext(name)
	start := strings.TrimSuffix(name, end)
	switch f.chance.IntN(4) {
	case 0:
		return start + ".sync-conflict-20261130-120000-ABCDEFG" + end
	case 1:
		return start + " (Ana's conflicted copy 2026-11-30)" + end
	case 2:
		return start + " 2" + end
	default:
		return start + "-DESKTOP-4F" + end
	}
}

// place puts a file on a disk durably, with the folders around it.
func (d *Disk) place(name string, n *node) {
	n.synced = slices.Clone(n.data)
	for _, names := range []map[string]*node{d.names, d.durable} {
		if d.mkdirAll(names, path.Dir(name)) == nil {
			names[name] = n
		}
	}
}

// hydrate fetches what was left away.
func (d *Disk) hydrate() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, n := range d.names {
		n.away = false
	}
}
