package folder_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/folder"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A clock is the time of a test: it moves a millisecond whenever it is asked,
// and else when it is told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A mate is a machine of a team.
type mate struct {
	*folder.Share
	t    *testing.T
	name string
	dir  string
	now  func() time.Time
	ws   *workspace.Workspace
}

func newMate(t *testing.T, name string, now func() time.Time) *mate {
	t.Helper()
	m := &mate{t: t, name: name, dir: filepath.Join(t.TempDir(), name), now: now}
	m.open()
	t.Cleanup(m.close)
	return m
}

func (m *mate) open() {
	m.t.Helper()
	var err error
	m.ws, err = workspace.Open(m.dir, workspace.Options{Now: m.now, Owner: m.name})
	ok(m.t, err)
	m.Share, err = folder.Open(m.ws, folder.Options{Now: m.now, Machine: m.name + "'s laptop", BriefOf: m.briefOf})
	ok(m.t, err)
}

func (m *mate) close() { ok(m.t, errors.Join(m.Close(), m.ws.Close())) }

// briefOf stands for the brief that the program writes.
func (m *mate) briefOf(id string) (map[string][]byte, error) {
	inc, err := m.ws.Incident(id)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"BRIEF.md": []byte("by " + m.name + ": " + inc.Glance().Title)}, nil
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sync does a round.
func (m *mate) sync() folder.Report {
	m.t.Helper()
	r, err := m.Once(m.t.Context(), nil)
	ok(m.t, err)
	return r
}

func (m *mate) record(id string, records ...*record.Record) []*record.Record {
	m.t.Helper()
	kept, err := m.ws.Record(id, records...)
	ok(m.t, err)
	return kept
}

func (m *mate) act(do, fields string) *record.Record {
	m.t.Helper()
	parsed, err := record.ParseFields([]byte(fields))
	ok(m.t, err)
	r := &record.Record{By: m.name, Do: do}
	for _, f := range parsed {
		if f.Key == "id" {
			r.ID = strings.Trim(string(f.Value), `"`)
			continue
		}
		r.Fields = append(r.Fields, f)
	}
	return r
}

func (m *mate) declare(title string) string {
	m.t.Helper()
	return m.record("", m.act("incident.declare", `{"title":"`+title+`"}`))[0].Incident
}

// knows is all that a machine believes of an incident.
func (m *mate) knows(id string) string {
	m.t.Helper()
	var text []byte
	at := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	err := m.ws.View(id, func(inc *incident.Incident) (err error) {
		text, err = json.MarshalIndent(inc.At(at), "", " ")
		return err
	})
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func agree(t *testing.T, id string, mates ...*mate) {
	t.Helper()
	for _, m := range mates[1:] {
		if diff := cmp.Diff(mates[0].knows(id), m.knows(id)); diff != "" {
			t.Errorf("%s and %s differ:\n%.2000s", mates[0].name, m.name, diff)
		}
	}
	for _, m := range mates {
		report, err := m.ws.Check(t.Context(), nil)
		ok(t, err)
		for _, trouble := range report.Troubles {
			t.Errorf("%s: %s: %s", m.name, trouble.Where, trouble.What)
		}
	}
}

// team founds a plain folder with Ana, which the others join.
func team(t *testing.T, names ...string) (root string, c *clock, mates []*mate) {
	t.Helper()
	c, root = newClock(), filepath.Join(t.TempDir(), "shared")
	for _, name := range names {
		mates = append(mates, newMate(t, name, c.Now))
	}
	ok(t, mates[0].Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Payments", Person: names[0], Briefs: true}))
	mates[0].sync()
	for i, m := range mates[1:] {
		ok(t, m.Join(t.Context(), folder.JoinOptions{Folder: root, Person: names[i+1]}))
	}
	return root, c, mates
}

func settle(mates ...*mate) {
	for range 3 {
		for _, m := range mates {
			m.sync()
		}
	}
}

func TestTwoMachinesComeToTheSame(t *testing.T) {
	_, _, mates := team(t, "Ana", "Ben", "Cleo")
	ana, ben, cleo := mates[0], mates[1], mates[2]
	id := ana.declare("Payments fail")
	ana.record(id, ana.act("thread.open", `{"id":"t1","title":"The gateway"}`))
	settle(mates...)
	ben.record(id, ben.act("claim.make", `{"id":"c1","text":"It is the certificate"}`))
	ana.record(id, ana.act("note.add", `{"text":"Seen apart"}`))
	cleo.record(id, cleo.act("role.take", `{"role":"lead","over":[]}`))
	settle(mates...)
	agree(t, id, mates...)
	st := ben.State()
	if st.Phase != folder.InStep || st.ToShare != 0 || len(st.Members) != 3 || st.Holes != 0 {
		t.Errorf("Ben stands as %+v", st)
	}
}

func TestWhatIsWrittenComesOverOnceAndNothingIsWrittenForNothing(t *testing.T) {
	root, c, mates := team(t, "Ana", "Ben")
	id := mates[0].declare("Payments fail")
	settle(mates...)
	c.pass(6 * time.Minute) // until a brief is written that nobody leads
	settle(mates...)
	before := tree(t, root)
	for range 40 {
		c.pass(time.Minute)
		for _, m := range mates {
			if r := m.sync(); r != (folder.Report{}) {
				t.Fatalf("%s did %+v", m.name, r)
			}
		}
	}
	if diff := cmp.Diff(before, tree(t, root)); diff != "" {
		t.Errorf("the folder changed:\n%s", diff)
	}
	agree(t, id, mates...)
}

// tree lists what lies in a folder, with sizes.
func tree(t *testing.T, root string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	ok(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			all[path] = info.Size()
		}
		return err
	}))
	return all
}

func TestEverybodySeesWhoHasWhat(t *testing.T) {
	_, c, mates := team(t, "Ana", "Ben")
	ana := mates[0]
	id := ana.declare("Payments fail")
	settle(mates...)
	c.pass(2 * time.Minute)
	ana.record(id, ana.act("note.add", `{"text":"one"}`))
	settle(mates...)
	var of folder.Member
	for _, m := range ana.State().Members {
		if !m.Self {
			of = m
		}
	}
	if of.Person != "Ben" || of.Heard.IsZero() || of.Lacks != 0 {
		t.Errorf("Ana knows of Ben %+v", of)
	}
	ana.record(id, ana.act("note.add", `{"text":"two"}`))
	ana.sync()
	for _, m := range ana.State().Members {
		if !m.Self && m.Lacks != 1 {
			t.Errorf("Ben has not said that he has the last one, and lacks %d", m.Lacks)
		}
	}
}

func TestAnEmptiedFolderStopsWritingAndIsFilledAgain(t *testing.T) {
	root, _, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	sum, _, err := ana.ws.PutBlob(strings.NewReader("a picture"))
	ok(t, err)
	ana.record(id, ana.act("evidence.add", `{"kind":"screenshot","title":"Errors","sha256":"`+sum+`","bytes":9}`))
	settle(mates...)
	ben.record(id, ben.act("note.add", `{"text":"mine"}`))
	settle(mates...)
	entries, err := os.ReadDir(root)
	ok(t, err)
	for _, e := range entries {
		ok(t, os.RemoveAll(filepath.Join(root, e.Name())))
	}
	ana.record(id, ana.act("note.add", `{"text":"written while it was empty"}`))
	if _, err := ana.Once(t.Context(), nil); err == nil {
		t.Error("it goes on without the marker")
	}
	st := ana.State()
	if st.Phase != folder.Offline || st.ToShare != 1 || st.Trouble == nil || len(tree(t, root)) != 0 {
		t.Errorf("it stands as %+v, and the folder has %v", st, tree(t, root))
	}
	ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: root, Person: "Ana", Briefs: true}))
	settle(mates...)
	late := newMate(t, "Dana", ana.now)
	ok(t, late.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Dana"}))
	settle(append(mates, late)...)
	agree(t, id, ana, ben, late)
	if !late.ws.HasBlob(sum) {
		t.Error("the picture did not come back")
	}
}

func TestWhatOthersWroteIsPutBackAfterAWhile(t *testing.T) {
	root, c, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	settle(mates...)
	for path := range tree(t, root) {
		if strings.Contains(path, "logs") {
			ok(t, os.Remove(path))
		}
	}
	own := 0
	written, err := ben.ws.Lines(0, 100)
	ok(t, err)
	for _, l := range written {
		if l.Device == ben.ws.Device().ID {
			own++
		}
	}
	if r := ben.sync(); r.Healed != own {
		t.Errorf("at once Ben put %d back, of %d of his own", r.Healed, own)
	}
	c.pass(16 * time.Minute)
	if r := ben.sync(); r.Healed != len(written)-own {
		t.Errorf("then Ben put %d back, of %d of others", r.Healed, len(written)-own)
	}
	late := newMate(t, "Dana", ana.now)
	ok(t, late.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Dana"}))
	settle(late)
	agree(t, id, ana, late)
}

func TestAClockThatIsWrongIsTold(t *testing.T) {
	c := newClock()
	root := filepath.Join(t.TempDir(), "shared")
	ana := newMate(t, "Ana", c.Now)
	ben := newMate(t, "Ben", func() time.Time { return c.Now().Add(-time.Hour) })
	ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Payments", Person: "Ana"}))
	id := ana.declare("Payments fail")
	ana.sync()
	ok(t, ben.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Ben"}))
	ben.sync()
	if skew := ben.State().Skew; skew > -59*time.Minute || skew < -61*time.Minute {
		t.Errorf("Ben's clock is off by %s", skew)
	}
	ben.record(id, ben.act("note.add", `{"text":"late"}`))
	ben.sync()
	ana.sync()
	agree(t, id, ana, ben)
}

func TestOnlyAWorkspaceThatIsItOrIsEmptyJoins(t *testing.T) {
	root, c, mates := team(t, "Ana")
	mates[0].sync()
	other := newMate(t, "Mallory", c.Now)
	other.declare("Another one")
	err := other.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Mallory"})
	wantCode(t, err, workspace.CodeConflict)
	wantCode(t, other.Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Mine"}), folder.CodeFounded)
	empty := filepath.Join(t.TempDir(), "empty")
	ok(t, os.Mkdir(empty, 0o700))
	wantCode(t, other.Join(t.Context(), folder.JoinOptions{Folder: empty}), folder.CodeNotFounded)
	wantCode(t, other.Join(t.Context(), folder.JoinOptions{Folder: filepath.Join(empty, "nowhere")}), folder.CodeFolder)
	wantCode(t, other.Join(t.Context(), folder.JoinOptions{Folder: other.dir}), folder.CodeFolder)
	ok(t, os.WriteFile(filepath.Join(empty, "bearings.json"), []byte(`{"format":9}`), 0o600))
	wantCode(t, other.Join(t.Context(), folder.JoinOptions{Folder: empty}), workspace.CodeNewer)
	if other.State().Phase != folder.Alone {
		t.Errorf("it stands as %+v", other.State())
	}
}

func wantCode(t *testing.T, err error, want string) {
	t.Helper()
	var typed *workspace.Error
	if !errors.As(err, &typed) || typed.Code != want {
		t.Errorf("got %v, want an error of code %q", err, want)
	}
}

func TestCheckNamesWhatIsWrongInTheFolder(t *testing.T) {
	root, _, mates := team(t, "Ana", "Ben")
	ana := mates[0]
	id := ana.declare("Payments fail")
	sum, _, err := ana.ws.PutBlob(strings.NewReader("a picture"))
	ok(t, err)
	ana.record(id, ana.act("evidence.add", `{"kind":"screenshot","title":"Errors","sha256":"`+sum+`","bytes":9}`))
	settle(mates...)
	report, err := ana.Check(t.Context(), nil)
	ok(t, err)
	if !report.Clean() || report.Batches < 2 || report.Files != 1 || report.Documents != 2 || report.Lacking != 0 {
		t.Errorf("it holds %+v", report)
	}
	ok(t, os.WriteFile(filepath.Join(root, "blobs", sum[:2], sum), []byte("another picture"), 0o600))
	for path := range tree(t, root) {
		if strings.Contains(path, "logs") {
			text, err := os.ReadFile(path)
			ok(t, err)
			text[len(text)/2] ^= 1
			ok(t, os.WriteFile(path, text, 0o600))
			break
		}
	}
	report, err = ana.Check(t.Context(), nil)
	ok(t, err)
	if len(report.Faults) != 2 || report.Lacking == 0 {
		t.Errorf("it finds %+v", report)
	}
}

func TestRunCarriesWhatIsWrittenUntilItEnds(t *testing.T) {
	root := filepath.Join(t.TempDir(), "shared")
	ana, ben := newMate(t, "Ana", time.Now), newMate(t, "Ben", time.Now)
	ok(t, ana.Found(t.Context(), folder.FoundOptions{Folder: root, Name: "Payments", Person: "Ana"}))
	ok(t, ben.Join(t.Context(), folder.JoinOptions{Folder: root, Person: "Ben"}))
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for _, m := range []*mate{ana, ben} {
		running.Go(func() {
			if err := m.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	came := ben.ws.Watch(ctx)
	id := ana.declare("Payments fail")
	select {
	case c := <-came:
		if c.Incident != id {
			t.Errorf("something else came: %+v", c)
		}
	case <-time.After(time.Minute):
		t.Error("nothing came")
	}
	cancel()
	running.Wait()
	agree(t, id, ana, ben)
}
