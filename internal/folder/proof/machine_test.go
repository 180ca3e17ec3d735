package proof_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bearings/internal/command"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// This test program is also the command line, and a process that records
// without end: it is started again as either.
const (
	asProgram  = "BEARINGS_TEST_PROGRAM"
	asRecorder = "BEARINGS_TEST_RECORDER"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(asProgram) != "":
		status, _ := command.Run("proof", os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
		os.Exit(status)
	case os.Getenv(asRecorder) != "":
		fmt.Println("error", recordForEver(os.Args[1], os.Args[2]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// recordForEver records in an incident, and prints the ids of what it was told
// is kept.
func recordForEver(dir, id string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		kept, err := ws.Record(id, note(fmt.Sprint("note ", i)), note("and its second half"))
		if err != nil {
			return err
		}
		fmt.Println(kept[0].ID, kept[1].ID)
	}
}

func note(text string) *record.Record {
	return &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", text)}}
}

// long returns how often something is done: little, or as BEARINGS_SOAK says.
func long(t *testing.T, short int) int {
	t.Helper()
	text := os.Getenv("BEARINGS_SOAK")
	if text == "" {
		return short
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A machine is a workspace, and the folder that it shares it through.
type machine struct {
	*testing.T
	dir, folder string
}

func newMachine(t *testing.T, folder string) *machine {
	t.Helper()
	return &machine{T: t, dir: filepath.Join(t.TempDir(), "ws"), folder: folder}
}

// program is a process of bearings on the machine.
func (m *machine) program(args ...string) *exec.Cmd {
	m.Helper()
	self, err := os.Executable()
	if err != nil {
		m.Fatal(err)
	}
	cmd := exec.Command(self, append(args, "--workspace", m.dir, "--as", "Ana")...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

func (m *machine) run(args ...string) string {
	m.Helper()
	out, err := m.program(args...).CombinedOutput()
	if err != nil {
		m.Fatalf("bearings %v: %v: %s", args, err, out)
	}
	return string(out)
}

// share lets the machine publish and read once.
func (m *machine) share() {
	m.Helper()
	m.run("sync", "--folder", m.folder, "--once")
}

// A process is one that runs until it is killed.
type process struct {
	*exec.Cmd
	lines *bufio.Scanner
	err   *bytes.Buffer
}

func start(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: cmd, lines: bufio.NewScanner(out), err: &bytes.Buffer{}}
	cmd.Stderr = p.err
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill() })
	return p
}

// sharing is the program that publishes and reads until it is killed.
func (m *machine) sharing() *process {
	m.Helper()
	return start(m.T, m.program("sync", "--folder", m.folder))
}

// recording is a process that records until it is killed.
func (m *machine) recording(id string) *process {
	m.Helper()
	self, err := os.Executable()
	if err != nil {
		m.Fatal(err)
	}
	cmd := exec.Command(self, m.dir, id)
	cmd.Env = append(os.Environ(), asRecorder+"=1")
	return start(m.T, cmd)
}

// line is the next line that the process prints, "" when it has ended.
func (p *process) line() string {
	if !p.lines.Scan() {
		return ""
	}
	return p.lines.Text()
}

// kill ends the process without warning, and returns what it had printed and
// nobody had read.
func (p *process) kill() []string {
	if p.ProcessState != nil {
		return nil
	}
	_ = p.Process.Kill()
	var lines []string
	for p.lines.Scan() {
		lines = append(lines, p.lines.Text())
	}
	_ = p.Wait()
	return lines
}

// open opens the workspace in this process, beside those that run on it.
func (m *machine) open() *workspace.Workspace {
	m.Helper()
	ws, err := workspace.Open(m.dir, workspace.Options{})
	if err != nil {
		m.Fatal(err)
	}
	m.Cleanup(func() { ws.Close() })
	return ws
}

// declared declares an incident, and returns its id.
func declared(t *testing.T, ws *workspace.Workspace) string {
	t.Helper()
	kept, err := ws.Record("", &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Payments fail")}})
	if err != nil {
		t.Fatal(err)
	}
	return kept[0].Incident
}

// has returns how many of the records a workspace has, and how many records
// its incident has in all.
func has(t *testing.T, ws *workspace.Workspace, id string, records []string) (found, all int) {
	t.Helper()
	if _, err := ws.Refresh(); err != nil {
		t.Fatal(err)
	}
	inc, err := ws.Incident(id)
	var missing *workspace.Error
	if errors.As(err, &missing) && missing.Code == workspace.CodeNotFound {
		return 0, 0
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if inc.Has(r) {
			found++
		}
	}
	return found, inc.Len()
}

// content is what the records of an incident say.
func content(t *testing.T, ws *workspace.Workspace, id string) string {
	t.Helper()
	inc, err := ws.Incident(id)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := record.WriteFile(&out, inc.Records()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func checkClean(t *testing.T, ws *workspace.Workspace) {
	t.Helper()
	report, err := ws.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, trouble := range report.Troubles {
		t.Errorf("check: %s: %s", trouble.Where, trouble.What)
	}
}

// await waits until something holds.
func await(t *testing.T, what string, patience time.Duration, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for start := time.Now(); !holds(); <-tick.C {
		if time.Since(start) > patience {
			t.Fatalf("not within %s: %s", patience, what)
		}
	}
}
