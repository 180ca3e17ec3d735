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
	"bearings/internal/incident/incidenttest"
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
	if err != nil {
		t.Fatalf("%v", err)
	}
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

// what happens in a step, and how often.
var acts = []struct {
	often int
	do    func(*world, *machine)
}{
	{20, (*world).record},
	{3, (*world).importSome},
	{1, (*world).redact},
	{25, (*world).share},
	{25, (*world).carry},
	{8, (*world).trouble},
	{4, (*world).mend},
	{4, (*world).die},
	{3, (*world).restart},
	{2, (*world).keepBack},
	{2, (*world).restore},
	{1, (*world).clone},
	{2, (*world).setClock},
	{5, (*world).pass},
	{3, (*world).passDays},
}

var oftenInAll = func() (n int) {
	for _, a := range acts {
		n += a.often
	}
	return n
}()

func (w *world) step() {
	w.steps++
	at := w.IntN(oftenInAll)
	for _, a := range acts {
		if at -= a.often; at < 0 {
			a.do(w, w.any())
			return
		}
	}
}

func (w *world) record(m *machine) {
	var records []*record.Record
	for range 1 + w.IntN(2) {
		records = append(records, &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", fmt.Sprint("note ", len(w.promised)))}})
	}
	kept, err := m.ws.Record(w.incident, records...)
	w.ok(err)
	for _, r := range kept {
		w.promised[r.ID] = m
	}
	w.say(m, "records %d", len(kept))
}

func (w *world) importSome(m *machine) {
	file, err := record.ReadFile(bytes.NewReader(incidenttest.File(1, 1+w.IntN(30))), "")
	w.ok(err)
	_, err = m.ws.Import(file, workspace.ImportOptions{Into: w.incident})
	w.ok(err)
	w.say(m, "imports %d records", len(file.Records))
}

func (w *world) share(m *machine) {
	if err := m.sync(); err != nil {
		w.say(m, "shares, and fails: %v", err)
		return
	}
	w.say(m, "shares")
}

func (w *world) carry(m *machine) {
	for range 1 + w.IntN(8) {
		w.folder.Step()
	}
	w.say(m, "the engine carries")
}

func (w *world) trouble(m *machine) { w.say(m, "trouble: %s", w.folder.Trouble(m.name)) }

func (w *world) mend(m *machine) {
	m.disk.Mend()
	w.say(m, "its folder is mended")
}

// die ends the program in the middle of sharing, by a kill or a power cut.
func (w *world) die(m *machine) {
	after := w.IntN(12)
	m.disk.DieAfter(after)
	err := m.sync()
	m.close()
	cut := w.IntN(2) == 0
	if cut {
		before := m.inFolder()
		m.disk.PowerCut()
		after := m.inFolder()
		for hash := range before {
			if m.published[hash] && !after[hash] {
				w.fail("machine %d was told that batch %s is in its folder, and after a power cut it is not", m.name, hash)
			}
		}
	}
	m.disk.DieAfter(-1)
	m.open()
	w.say(m, "dies at change %d, by a power cut: %v (%v)", after, cut, err)
}

func (w *world) restart(m *machine) {
	m.close()
	m.open()
	w.say(m, "starts again")
}

// keepBack makes a backup of the workspace.
func (w *world) keepBack(m *machine) {
	m.close()
	m.back = filepath.Join(w.top, fmt.Sprint("back", m.name))
	w.ok(copyDir(m.dir, m.back))
	m.open()
	w.say(m, "is backed up")
}

// restore puts the backup in the place of the workspace. What nobody else has
// is lost, and no longer promised.
func (w *world) restore(m *machine) {
	if m.back == "" {
		return
	}
	m.close()
	w.ok(copyDir(m.back, m.dir))
	m.open()
	lost := w.forget()
	w.say(m, "has its backup restored, by which %d records are lost", lost)
}

// forget takes back what was promised of records that no machine has any
// more, and says how many.
func (w *world) forget() int {
	had := map[string]bool{}
	for _, m := range w.machines {
		for id := range w.records(m) {
			had[id] = true
		}
	}
	before := len(w.promised)
	maps.DeleteFunc(w.promised, func(id string, _ *machine) bool { return !had[id] })
	return before - len(w.promised)
}

// clone makes another machine of a copy of one, its key included.
func (w *world) clone(m *machine) {
	if len(w.machines) > most {
		return
	}
	m.close()
	c := &machine{world: w, name: len(w.machines), dir: filepath.Join(w.top, fmt.Sprint("machine", len(w.machines))), disk: w.folder.Add(), skew: m.skew, published: map[record.Digest]bool{}}
	w.ok(copyDir(m.dir, c.dir))
	m.open()
	c.open()
	w.machines = append(w.machines, c)
	w.say(m, "is cloned as machine %d", c.name)
}

func (w *world) setClock(m *machine) {
	off := []time.Duration{0, 3 * time.Minute, -3 * time.Minute, 24 * time.Hour, 10 * year, -10 * year}
	m.skew = off[w.IntN(len(off))]
	w.say(m, "its clock is off by %s", m.skew)
}

const year = 365 * 24 * time.Hour

func (w *world) pass(m *machine) {
	by := time.Duration(1+w.IntN(1200)) * time.Second
	w.time = w.time.Add(by)
	w.say(m, "%s pass", by)
}

// passDays lets so much time pass that what is in the folder is packed.
func (w *world) passDays(m *machine) {
	w.time = w.time.Add(48 * time.Hour)
	w.say(m, "two days pass")
	w.share(m)
}

func (w *world) redact(m *machine) {
	kept, err := m.ws.Record(w.incident, &record.Record{By: "Ana", Do: "evidence.add", Fields: []record.Field{
		record.TextField("title", "A log"), record.TextField("kind", "log"), record.TextField("text", fmt.Sprint("the secret is ", secret, w.steps, " ")),
	}})
	w.ok(err)
	w.promised[kept[0].ID] = m
	if w.IntN(2) == 0 {
		w.share(m)
		w.carry(m)
	}
	redaction, err := m.ws.Redact(w.incident, workspace.Redaction{By: "Ana", Evidence: kept[0].ID})
	w.ok(err)
	for _, r := range redaction {
		w.promised[r.ID] = m
		w.secrets[fmt.Sprint(secret, w.steps, " ")] = r.ID
	}
	w.say(m, "redacts")
}

const secret = "hunter2-"

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
