package simulated_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// acts are what happens in a step, and how often.
var acts = []struct {
	often int
	do    func(*world, *machine)
}{
	{20, (*world).record},
	{3, (*world).importSome},
	{2, (*world).importNewer},
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

// importNewer brings in what a newer version wrote: a kind that this one does
// not know, and fields of a kind that it does.
func (w *world) importNewer(m *machine) {
	var text strings.Builder
	var ids []string
	for i, fields := range []string{`"do":"forecast.make","chance":0.7,"of":{"thing":["x"]}`, `"do":"note.add","text":"from later","mood":"calm","at2":null`} {
		ids = append(ids, fmt.Sprintf("newer-%d-%d-%d", m.name, w.steps, i))
		fmt.Fprintf(&text, `{"incident":%q,"id":%q,"at":"2026-11-30T11:00:00Z","recorded":"2026-11-30T11:00:00Z","by":"Ana",%s}`+"\n", w.incident, ids[i], fields)
	}
	file, err := record.ReadFile(strings.NewReader(text.String()), "")
	w.ok(err)
	report, err := m.ws.Import(file, workspace.ImportOptions{Into: w.incident})
	w.ok(err)
	if report.Added != len(ids) {
		w.fail("of %d records of a newer version %d came in: %+v", len(ids), report.Added, report)
	}
	for _, id := range ids {
		w.promised[id] = m
	}
	w.say(m, "imports what a newer version wrote")
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

// secret begins what is redacted.
const secret = "hunter2-"
