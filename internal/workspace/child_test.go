package workspace_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// Some tests need other processes on the same workspace. They are this test
// program, started again with a task in its environment. A task prints a line
// for everything that it was promised.
const taskEnv = "BEARINGS_TEST_TASK"

var tasks = map[string]func(dir string, args []string) error{
	"record": recordForEver,
	"import": importOne,
	"write":  writeSome,
	"open":   openOnce,
	"redact": redactOneByOne,
	"put":    putMany,
}

func TestMain(m *testing.M) {
	task := strings.Split(os.Getenv(taskEnv), "\x1f")
	run, ok := tasks[task[0]]
	if !ok {
		os.Exit(m.Run())
	}
	if err := run(task[1], task[2:]); err != nil {
		fmt.Println("error", code(err), err)
		os.Exit(1)
	}
}

// code returns the code of an error, "" for one without.
func code(err error) string {
	var typed *workspace.Error
	if errors.As(err, &typed) {
		return typed.Code
	}
	return ""
}

// child is a process that works on a task.
type child struct {
	*exec.Cmd
	lines *bufio.Scanner
}

func start(t *testing.T, task, dir string, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), taskEnv+"="+strings.Join(append([]string{task, dir}, args...), "\x1f"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: cmd, lines: bufio.NewScanner(out)}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.ProcessState == nil {
			c.Process.Kill()
			c.Wait()
		}
	})
	return c
}

// line returns the next line of the child's, "" when it has ended.
func (c *child) line() string {
	if !c.lines.Scan() {
		return ""
	}
	return c.lines.Text()
}

// kill ends the child as a power cut would, and returns what it had printed
// and nobody had read.
func (c *child) kill(t *testing.T) []string {
	t.Helper()
	if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	return c.rest()
}

// rest reads what the child prints until it ends.
func (c *child) rest() []string {
	var lines []string
	for c.lines.Scan() {
		lines = append(lines, c.lines.Text())
	}
	c.Wait()
	return lines
}

func note(text string) *record.Record {
	return &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", text)}}
}

func declaration(title string) *record.Record {
	return &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", title)}}
}

func recordForEver(dir string, args []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		kept, err := ws.Record(args[0], note(fmt.Sprint("note ", i)), note(fmt.Sprint("and its second half ", i)))
		if err != nil {
			return err
		}
		fmt.Println(kept[0].ID, kept[1].ID)
	}
}

func importOne(dir string, args []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	file, err := record.ReadFile(bytes.NewReader(incidenttest.File(1, n)), "")
	if err != nil {
		return err
	}
	_, err = ws.Import(file, workspace.ImportOptions{Progress: func(done, total int) { fmt.Println("wrote", done, total) }})
	if err != nil {
		return err
	}
	fmt.Println("imported", file.Incident)
	return nil
}

func writeSome(dir string, args []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	defer ws.Close()
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for i := range n {
		kept, err := ws.Record(args[0], note(fmt.Sprint("note ", i)))
		if err != nil {
			return err
		}
		fmt.Println(kept[0].ID, kept[0].Label)
	}
	return nil
}

func openOnce(dir string, _ []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	fmt.Println(ws.ID(), ws.Device().ID)
	return ws.Close()
}
