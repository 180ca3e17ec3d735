package folder

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
	"pgregory.net/rapid"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// The keyring of tests is none, so that none of a person is written to.
func init() { keyring.MockInitWithError(errors.New("no keyring in tests")) }

// A team is machines that share a workspace through a place that is only what
// a test makes of it: documents, and lines as they lie there.
type team struct {
	t       rapid.TB
	dir     string
	clock   time.Time
	sealed  bool
	founder string
	id      string

	docs     map[string][]byte
	lines    [][]byte
	machines []*machine
}

// A machine is one of a team.
type machine struct {
	*membership
	team *team
	name string
	inc  string
	sent int64
}

const quickWork = 4 // of an invitation, in tests

func newTeam(t rapid.TB, dir string, isSealed bool) *team {
	team := &team{t: t, dir: dir, clock: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), sealed: isSealed, docs: map[string][]byte{}}
	first := team.machine("m0", "")
	team.id, team.founder = first.w.ID(), first.w.Device().ID
	first.start()
	team.must(first.found("m0", "Person 0"))
	return team
}

func (tm *team) must(err error) {
	tm.t.Helper()
	if err != nil {
		tm.t.Fatalf("%+v", err)
	}
}

func (tm *team) now() time.Time {
	tm.clock = tm.clock.Add(time.Second)
	return tm.clock
}

func (tm *team) machine(name, identity string) *machine {
	w, err := workspace.Open(filepath.Join(tm.dir, name), workspace.Options{Now: tm.now, Identity: identity})
	tm.must(err)
	m := &machine{team: tm, name: name}
	m.membership = &membership{w: w}
	tm.machines = append(tm.machines, m)
	return m
}

// start begins anew with what the workspace keeps.
func (m *machine) start() {
	m.membership = newMembership(m.w, m.team.now, rand.Reader, m.team.founder, m.team.sealed)
}

func (tm *team) close() {
	for _, m := range tm.machines {
		tm.must(m.w.Close())
	}
}

// join lets a new machine in by an invitation.
func (tm *team) join(i Invitation) *machine {
	m := tm.machine(fmt.Sprintf("m%d", len(tm.machines)), tm.id)
	m.start()
	opened, err := openInvitation(i.File, i.Words, tm.now())
	tm.must(err)
	tm.must(m.join(m.name, "Person "+m.name[1:], opened))
	return m
}

func (m *machine) mustInvite() Invitation {
	m.team.t.Helper()
	i, err := m.invite("Payments", InviteOptions{}, quickWork)
	m.team.must(err)
	return i
}

// visit does one round with the place: documents first, then what others
// wrote, then what this machine has to say.
func (m *machine) visit() {
	m.team.t.Helper()
	m.meetPlace()
	m.read()
	m.write()
}

func (m *machine) meetPlace() {
	m.team.t.Helper()
	var found []carrier.Document
	for _, name := range slices.Sorted(maps.Keys(m.team.docs)) {
		found = append(found, carrier.Document{Name: name, Body: m.team.docs[name]})
	}
	lacking, err := m.meet(found)
	m.team.must(err)
	for _, d := range lacking {
		m.team.docs[d.Name] = d.Body
	}
}

func (m *machine) read() {
	m.team.t.Helper()
	codec := m.codec()
	a := workspace.Arrival{}
	waiting, err := m.w.SetAside(workspace.NoKey, 1<<20)
	m.team.must(err)
	for _, line := range append(waiting, m.team.lines...) {
		plain, err := codec.Open(line)
		switch {
		case errors.Is(err, ErrNoKey):
			a.Aside = append(a.Aside, workspace.Aside{Line: line, Reason: workspace.NoKey})
		case err == nil:
			a.Lines = append(a.Lines, plain)
			a.Opened = append(a.Opened, line)
		}
	}
	_, err = m.w.IngestMarked(a)
	m.team.must(err)
}

// write puts what this machine wrote into the place, unless it was shut out.
func (m *machine) write() {
	m.team.t.Helper()
	codec := m.codec()
	lines, err := m.w.Lines(m.sent, 1<<20)
	m.team.must(err)
	for _, l := range lines {
		if l.Device != m.self() {
			m.sent = l.Seq
			continue
		}
		sealed, err := codec.Seal(l.Bytes)
		if errors.Is(err, ErrNoKey) {
			return
		}
		m.team.must(err)
		m.team.lines = append(m.team.lines, sealed)
		m.sent = l.Seq
	}
}

// say records something.
func (m *machine) say(text string) {
	m.team.t.Helper()
	line := fmt.Sprintf(`{"at":"2026-11-24T02:13:00Z","by":"P","do":"note.add","text":%q}`, text)
	if m.inc == "" {
		line = fmt.Sprintf(`{"at":"2026-11-24T02:13:00Z","by":"P","do":"incident.declare","title":%q}`, text)
	}
	r, err := record.DecodeLine([]byte(line))
	m.team.must(err)
	kept, err := m.w.Record(m.inc, r)
	m.team.must(err)
	m.inc = kept[0].Incident
}

// texts are all that a machine can read, sorted.
func (m *machine) texts() string { return m.said(func(string) bool { return true }) }

// own are those that it wrote.
func (m *machine) own() string {
	return m.said(func(device string) bool { return device == m.self() })
}

func (m *machine) said(by func(device string) bool) string {
	m.team.t.Helper()
	lines, err := m.w.Lines(0, 1<<20)
	m.team.must(err)
	var all []string
	for _, l := range lines {
		if !by(l.Device) {
			continue
		}
		records, _, err := record.DecodeBatchRecords(l.Bytes, nil)
		m.team.must(err)
		for _, r := range records {
			for _, f := range r.Fields {
				if f.Key == "text" || f.Key == "title" {
					all = append(all, strings.Trim(string(f.Value), `"`))
				}
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func (m *machine) active() []string {
	var all []string
	for _, p := range m.people() {
		if p.Removed.IsZero() {
			all = append(all, p.Name)
		}
	}
	slices.Sort(all)
	return all
}

func visitAll(tm *team) {
	tm.t.Helper()
	for range 2 {
		for _, m := range tm.machines {
			m.visit()
		}
	}
}
