package workspace_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
)

// TestMachinesThatExchangeLinesAgree lets two processes on one machine and
// another machine record, import, exchange what they have in part, twice and
// out of order, and start again, in any order. Whatever was promised must be
// there at the end, and all must agree.
func TestMachinesThatExchangeLinesAgree(t *testing.T) {
	m := &machines{top: t.TempDir()}
	t.Cleanup(m.closeAll)
	rapid.Check(t, func(rt *rapid.T) {
		m.T, m.promised = rt, map[string]bool{}
		m.openAll()
		m.before = [2]int64{m.last(0), m.last(2)}
		first, err := m.ws[0].Record("", declaration("Agreed"))
		m.ok(err)
		m.id = first[0].Incident
		m.promised[first[0].ID] = true
		m.send(0, 2, false)
		for range rapid.IntRange(1, 14).Draw(rt, "steps") {
			rapid.SampledFrom([]func(){
				func() { m.record(m.any()) },
				func() { m.importSome(m.any()) },
				func() { m.send(m.any(), m.any(), rapid.Bool().Draw(rt, "part")) },
				func() { m.refresh(m.any()) },
				func() { m.restart(m.any()) },
			}).Draw(rt, "step")()
		}
		m.agree()
	})
	for _, ws := range m.ws {
		if err := ws.Tend(); err != nil {
			t.Fatal(err)
		}
		checkClean(t, ws)
	}
}

// machines are two processes, 0 and 1, on one workspace, and a process on
// another machine, 2. They stay for many incidents.
type machines struct {
	*rapid.T
	top      string
	ws       [3]*workspace.Workspace
	id       string // of the incident that all record in
	promised map[string]bool
	before   [2]int64 // the last batch of each machine before this incident
	steps    int
}

func (m *machines) ok(err error) {
	if err != nil {
		m.Helper()
		m.Fatal(err)
	}
}

func (m *machines) any() int { return rapid.IntRange(0, len(m.ws)-1).Draw(m.T, "who") }

func (m *machines) open(i int) {
	ws, err := workspace.Open(filepath.Join(m.top, fmt.Sprint(i/2)), workspace.Options{Identity: "0123456789abcdef0123456789abcdef"})
	m.ok(err)
	m.ws[i] = ws
}

func (m *machines) openAll() {
	if m.ws[0] != nil {
		return
	}
	for i := range m.ws {
		m.open(i)
	}
	_, err := m.ws[0].Trust(m.ws[2].Device())
	m.ok(err)
	_, err = m.ws[2].Trust(m.ws[0].Device())
	m.ok(err)
}

func (m *machines) closeAll() {
	for _, ws := range m.ws {
		if ws != nil {
			ws.Close()
		}
	}
}

func (m *machines) last(i int) int64 {
	stored, err := m.ws[i].Lines(m.before[i/2], 1<<20)
	m.ok(err)
	if len(stored) == 0 {
		return m.before[i/2]
	}
	return stored[len(stored)-1].Seq
}

func (m *machines) refresh(i int) {
	_, err := m.ws[i].Refresh()
	m.ok(err)
}

func (m *machines) restart(i int) {
	m.ok(m.ws[i].Close())
	m.open(i)
}

func (m *machines) record(i int) {
	m.steps++
	kept, err := m.ws[i].Record(m.id, note(fmt.Sprint("note ", m.steps)), note("and more"))
	m.ok(err)
	for _, r := range kept {
		m.promised[r.ID] = true
	}
}

func (m *machines) importSome(i int) {
	file := incidenttest.File(1, rapid.IntRange(1, 40).Draw(m.T, "records"))
	_, err := importTextIn(m.ws[i], string(file), workspace.ImportOptions{Into: m.id})
	m.ok(err)
}

// send gives one what another has: all of it, or some of it twice and
// backwards.
func (m *machines) send(from, to int, part bool) {
	stored, err := m.ws[from].Lines(m.before[from/2], 1<<20)
	m.ok(err)
	var sent [][]byte
	for i := range stored {
		line := stored[len(stored)-1-i].Bytes
		if part && rapid.IntRange(0, 2).Draw(m.T, "lost") == 0 {
			continue
		}
		sent = append(sent, line, line)
	}
	result, err := m.ws[to].Ingest(sent)
	m.ok(err)
	if len(result.Bad)+len(result.Quarantined)+len(result.Forks) > 0 {
		m.Fatalf("sending from %d to %d: %+v", from, to, result)
	}
}

func (m *machines) agree() {
	m.send(0, 2, false)
	m.send(2, 0, false)
	var contents []string
	for i := range m.ws {
		_, err := m.ws[i].Refresh()
		m.ok(err)
		kept, err := contentOf(m.ws[i], m.id)
		m.ok(err)
		m.restart(i)
		read, err := contentOf(m.ws[i], m.id)
		m.ok(err)
		if diff := cmp.Diff(kept, read); diff != "" {
			m.Errorf("process %d holds other records than it reads again:\n%s", i, diff)
		}
		contents = append(contents, kept)
		inc, err := m.ws[i].Incident(m.id)
		m.ok(err)
		for id := range m.promised {
			if !inc.Has(id) {
				m.Errorf("process %d does not have record %s", i, id)
			}
		}
	}
	for i := range contents[1:] {
		if diff := cmp.Diff(contents[0], contents[i+1]); diff != "" {
			m.Errorf("process %d differs from the first:\n%s", i+1, diff)
		}
	}
}
