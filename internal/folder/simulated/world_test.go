package simulated_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/simulated"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A chooser decides what happens: one seed's chance, or rapid, which can then
// look for the shortest run that fails.
type chooser interface{ IntN(n int) int }

// A tester is what a world tells that something is wrong.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// most is how many machines a world begins with at most.
const most = 6

// A world is machines that share one workspace through one folder, and what
// they were promised.
type world struct {
	tester
	chooser
	top      string
	seed     uint64
	opened   uint64 // how many times a workspace was opened
	time     time.Time
	folder   *simulated.Folder
	machines []*machine
	bugs     bugs

	incident string
	promised map[string]*machine // who was told that a record is kept, by its id
	secrets  map[string]string   // redactions, by what they erase
	told     []string            // what happened, for a run that fails
	steps    int
	packed   int // files whose lines were packed
}

func newWorld(t tester, top string) *world {
	return &world{tester: t, top: top, promised: map[string]*machine{}, secrets: map[string]string{}, time: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}
}

// enter makes a world of so many machines, in step with each other.
func enter(t tester, c chooser, seed uint64, machines int, b bugs) *world {
	from, err := templates()
	if c.IntN(8) == 0 {
		from, err = sealedTemplates()
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	machines = min(machines, len(from.machines))
	top, err := os.MkdirTemp(memory(), "bearings-world-")
	if err != nil {
		t.Fatalf("%v", err)
	}
	w := newWorld(t, top)
	w.chooser, w.incident, w.time, w.bugs = c, from.incident, from.time, b
	w.seed = seed
	w.folder = simulated.New(seed, machines, w.now)
	w.folder.Load(from.folder)
	for i := range machines {
		m := &machine{world: w, name: i, dir: filepath.Join(top, fmt.Sprint("machine", i)), disk: w.folder.Disk(i), published: map[record.Digest]bool{}}
		w.ok(copyDir(from.machines[i].dir, m.dir))
		if b.lying {
			m.disk.Lie()
		}
		m.open()
		w.machines = append(w.machines, m)
	}
	return w
}

// leave throws the world away.
func (w *world) leave() {
	for _, m := range w.machines {
		if m.ws != nil {
			m.share.Close()
			m.ws.Close()
		}
	}
	os.RemoveAll(w.top)
}

func (w *world) close() {
	for _, m := range w.machines {
		m.close()
	}
}

// now moves on a little each time it is asked, so that no two states of a file
// have one time.
func (w *world) now() time.Time {
	w.time = w.time.Add(time.Millisecond)
	return w.time
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.fail("%v", err)
	}
}

func (w *world) fail(format string, args ...any) {
	w.Helper()
	w.Fatalf("%s\nwhat happened:\n  %s", fmt.Sprintf(format, args...), strings.Join(w.told, "\n  "))
}

func (w *world) say(m *machine, format string, args ...any) {
	w.told = append(w.told, fmt.Sprintf("machine %d: %s", m.name, fmt.Sprintf(format, args...)))
}

func (w *world) any() *machine { return w.machines[w.IntN(len(w.machines))] }

func (w *world) declare() {
	m := w.machines[0]
	kept, err := m.ws.Record("", &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Payments fail")}})
	w.ok(err)
	w.incident = kept[0].Incident
	w.promised[kept[0].ID] = m
}

// settle lets everything come to rest: no more trouble, the engine carries all,
// and every machine shares until nothing is new.
func (w *world) settle() {
	for _, m := range w.machines {
		m.disk.Mend()
	}
	const rounds = 12
	for round := 0; ; round++ {
		w.folder.Settle()
		before := w.folder.Disk(0).String()
		var errs []error
		for _, m := range w.machines {
			if err := m.sync(); err != nil {
				errs = append(errs, fmt.Errorf("machine %d: %w", m.name, err))
			}
		}
		w.folder.Settle()
		if len(errs) == 0 && w.folder.Disk(0).String() == before && w.agreed() {
			return
		}
		if round == rounds {
			w.fail("the machines have not come to rest after %d rounds: %v\n%s", rounds, errors.Join(errs...), w.folder.Disk(0))
		}
		w.time = w.time.Add(11 * time.Minute) // whoever has what others lack puts it there again
	}
}

// lines are the hashes of all batches of a machine, of which no two have one
// number of one run.
func (w *world) lines(m *machine) map[record.Digest]bool {
	stored, err := m.ws.Lines(0, 1<<20)
	w.ok(err)
	found := map[record.Digest]bool{}
	type place struct {
		run record.Run
		n   uint64
	}
	taken := map[place]bool{}
	for _, line := range stored {
		b, err := record.DecodeBatch(line.Bytes)
		w.ok(err)
		if taken[place{b.Run, b.Number}] {
			w.fail("machine %d has two batches with number %d of run %s", m.name, b.Number, b.Run)
		}
		found[b.Hash], taken[place{b.Run, b.Number}] = true, true
	}
	return found
}

func (w *world) agreed() bool {
	first := w.lines(w.machines[0])
	for _, m := range w.machines[1:] {
		if !maps.Equal(first, w.lines(m)) {
			return false
		}
	}
	return true
}

func (w *world) records(m *machine) map[string]bool {
	inc, err := m.ws.Incident(w.incident)
	w.ok(err)
	found := map[string]bool{}
	for _, r := range inc.Records() {
		found[r.ID] = true
	}
	return found
}

// converged holds that all machines have all that was promised, and the same;
// and that what they hold is what they read again.
func (w *world) converged() {
	var first string
	for _, m := range w.machines {
		has := w.records(m)
		for id, by := range w.promised {
			if !has[id] {
				w.fail("machine %d does not have record %s, which machine %d was told is kept", m.name, id, by.name)
			}
		}
		held := w.content(m)
		if oracle := w.sorted(m); oracle != held {
			w.fail("machine %d holds other records than its lines have:\n%s\n%s", m.name, held, oracle)
		}
		if first == "" {
			first = held
		}
		if held != first {
			w.fail("machine %d differs from the first:\n%s\n%s", m.name, held, first)
		}
		if s := m.share.State(); s.Phase != folder.InStep {
			w.fail("machine %d says that it is %q when all is at rest: %+v", m.name, s.Phase, s)
		}
	}
}

// content is what an incident's records say, and what follows from them.
func (w *world) content(m *machine) string {
	inc, err := m.ws.Incident(w.incident)
	w.ok(err)
	return w.tell(inc)
}

func (w *world) tell(inc *incident.Incident) string {
	var out bytes.Buffer
	w.ok(record.WriteFile(&out, inc.Records()))
	s := inc.At(w.time.Add(20 * year))
	fmt.Fprintf(&out, "%+v, %d claims, %d notes, %d threads\n", inc.Glance(), len(s.Claims), len(s.Notes), len(s.Threads))
	return out.String()
}

// sorted is the content of an incident that is made anew of all lines that a
// machine has, in record order: what the incident must be, in whatever order
// they came.
func (w *world) sorted(m *machine) string {
	stored, err := m.ws.Lines(0, 1<<20)
	w.ok(err)
	var all []*record.Record
	for _, line := range stored {
		b, err := record.DecodeBatch(line.Bytes)
		w.ok(err)
		for _, r := range b.Records {
			if r.Incident == w.incident {
				all = append(all, r)
			}
		}
	}
	slices.SortFunc(all, func(a, b *record.Record) int { return a.Stamp.Compare(b.Stamp) })
	inc := incident.New(w.incident)
	inc.Add(all...)
	return w.tell(inc)
}

// noSecret holds that no machine has what was redacted, where the redaction
// was not lost with the one machine that had it.
func (w *world) noSecret() {
	for text, redaction := range w.secrets {
		if w.promised[redaction] == nil {
			continue
		}
		for _, m := range w.machines {
			stored, err := m.ws.Lines(0, 1<<20)
			w.ok(err)
			if slices.ContainsFunc(stored, func(l workspace.Line) bool { return bytes.Contains(l.Bytes, []byte(text)) }) {
				w.fail("machine %d still has what was redacted", m.name)
			}
		}
	}
}
