package simulated

import (
	"maps"
	"path"
	"slices"
	"strings"
	"syscall"
)

// Trouble does one thing to a disk that folders suffer, and says which.
func (f *Folder) Trouble(machine int) string {
	d := f.disks[machine]
	d.mu.Lock()
	defer d.mu.Unlock()
	t := troubles[f.chance.IntN(len(troubles))]
	t.do(f, d, machine)
	return t.name
}

var troubles = []struct {
	name string
	do   func(f *Folder, d *Disk, machine int)
}{
	{"an older state of a file", (*Folder).rollBack},
	{"older states of all files", func(f *Folder, d *Disk, machine int) {
		for _, name := range d.files() {
			f.older(d, name)
		}
	}},
	{"a shorter file", (*Folder).shorten},
	{"a flipped byte", (*Folder).flip},
	{"half a line at the end of a file", (*Folder).tear},
	{"a copy under another name", (*Folder).copyOne},
	{"a deleted file", func(f *Folder, d *Disk, _ int) { f.pick(d, func(name string) { d.drop(name) }) }},
	{"everything deleted", func(_ *Folder, d *Disk, _ int) {
		for _, name := range d.files() {
			d.drop(name)
		}
	}},
	{"a placeholder", func(f *Folder, d *Disk, _ int) { f.pick(d, func(name string) { d.names[name].away = true }) }},
	{"placeholders are fetched", func(_ *Folder, d *Disk, _ int) {
		for _, n := range d.names {
			n.away = false
		}
	}},
	{"the engine's index wiped", func(f *Folder, _ *Disk, machine int) {
		// Of a marker that has come in part the engine would else make the newest.
		maps.DeleteFunc(f.known[machine], func(name string, _ []byte) bool { return path.Dir(name) != Root })
	}},
	{"files that are not ours", (*Folder).litter},
	{"unreachable", func(_ *Folder, d *Disk, _ int) { d.fault = syscall.EIO }},
	{"reachable again", func(_ *Folder, d *Disk, _ int) { d.fault = nil }},
	{"read only", func(_ *Folder, d *Disk, _ int) { d.locked = true }},
	{"writable again", func(_ *Folder, d *Disk, _ int) { d.locked = false }},
	{"nearly full", func(f *Folder, d *Disk, _ int) { d.room = f.chance.IntN(2000) }},
	{"space again", func(_ *Folder, d *Disk, _ int) { d.room = -1 }},
}

// Mend ends all that is wrong with a disk and lasts.
func (d *Disk) Mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault, d.locked, d.room, d.left = nil, false, -1, -1
	for _, n := range d.names {
		n.away = false
	}
}

// Wipe removes every file of a disk, as a person does who empties a folder.
func (d *Disk) Wipe() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, name := range d.files() {
		d.drop(name)
	}
}

// files are the names of all files in the folder but those at its top: what
// says whose folder it is a person would have to bring back.
func (d *Disk) files() []string {
	var found []string
	for name, n := range d.names {
		if !n.folder && path.Dir(name) != Root {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

func (f *Folder) pick(d *Disk, do func(name string)) {
	if all := d.files(); len(all) > 0 {
		do(all[f.chance.IntN(len(all))])
	}
}

func (f *Folder) pickLog(d *Disk, do func(name string)) {
	all := slices.DeleteFunc(d.files(), func(name string) bool { return path.Ext(name) != ".jsonl" && path.Ext(name) != ".zst" })
	if len(all) > 0 {
		do(all[f.chance.IntN(len(all))])
	}
}

func (d *Disk) drop(name string) {
	delete(d.names, name)
	delete(d.durable, name)
}

func (f *Folder) rollBack(d *Disk, _ int) { f.pick(d, func(name string) { f.older(d, name) }) }

func (f *Folder) older(d *Disk, name string) {
	if past := f.past[name]; len(past) > 0 {
		d.place(name, &node{data: slices.Clone(past[f.chance.IntN(len(past))]), changed: f.now()})
	}
}

func (f *Folder) shorten(d *Disk, _ int) {
	f.pickLog(d, func(name string) {
		if n := d.names[name]; len(n.data) > 0 {
			n.data = slices.Clone(n.data[:f.chance.IntN(len(n.data))])
			n.synced, n.changed = slices.Clone(n.data), f.now()
		}
	})
}

func (f *Folder) flip(d *Disk, _ int) {
	f.pickLog(d, func(name string) {
		if n := d.names[name]; len(n.data) > 0 {
			n.data = slices.Clone(n.data)
			n.data[f.chance.IntN(len(n.data))] ^= 1 << f.chance.IntN(8)
			n.synced, n.changed = slices.Clone(n.data), f.now()
		}
	})
}

func (f *Folder) tear(d *Disk, _ int) {
	f.pickLog(d, func(name string) {
		if n := d.names[name]; len(n.data) > 0 {
			n.data = append(slices.Clone(n.data), n.data[:f.chance.IntN(len(n.data))]...)
			n.synced, n.changed = slices.Clone(n.data), f.now()
		}
	})
}

func (f *Folder) copyOne(d *Disk, _ int) {
	f.pick(d, func(name string) {
		n := d.names[name]
		d.place(f.conflict(name), &node{data: slices.Clone(n.data), changed: f.now()})
		if f.chance.IntN(2) == 0 {
			f.older(d, name)
		}
	})
}

func (f *Folder) litter(d *Disk, _ int) {
	junk := []string{
		".DS_Store", "Thumbs.db", "desktop.ini", ".stfolder/syncthing-folder", "~$minutes.docx", "logs/.syncthing.x.tmp",
		"logs/2026-11/notes.txt", "logs/2026-11/.run.jsonl.icloud", "logs (1)/2026-11/a.jsonl", "members/.card.json.swp", "packs/x.zst", "blobs/zz",
	}
	name := path.Join(Root, junk[f.chance.IntN(len(junk))])
	d.place(name, &node{data: []byte(strings.Repeat("not ours\n", f.chance.IntN(9))), changed: f.now()})
}

// Holds reports whether some disk has a file with the given bytes in it, or
// such a file is on its way.
func (f *Folder) Holds(is func(data []byte) bool) bool {
	for _, d := range f.disks {
		d.mu.Lock()
		names := slices.Collect(maps.Values(d.names))
		d.mu.Unlock()
		if slices.ContainsFunc(names, func(n *node) bool { return !n.folder && is(n.data) }) {
			return true
		}
	}
	return false
}
