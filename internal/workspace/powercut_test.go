package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
	"bearings/internal/workspace/powercuttest"
)

// cuts is how often the power is cut; BEARINGS_SOAK makes it more.
const cuts = 80

func init() { tasks["everything"] = doEverything }

// doEverything makes a workspace and does in it what writes: it declares,
// records, imports and puts files, and prints what it was promised.
func doEverything(dir string, _ []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	kept, err := ws.Record("", declaration("Power cuts"))
	if err != nil {
		return err
	}
	id := kept[0].Incident
	fmt.Println("incident", id)
	for i := range 12 {
		kept, err := ws.Record(id, note(fmt.Sprint("note ", i)), note("and its second half"))
		if err != nil {
			return err
		}
		fmt.Println("records", kept[0].ID, kept[1].ID)
		if i == 6 {
			if _, err := importTextIn(ws, string(incidenttest.File(1, 1100)), workspace.ImportOptions{}); err != nil {
				return err
			}
			fmt.Println("imported")
			sum, _, err := ws.PutBlob(strings.NewReader(strings.Repeat("evidence ", 5000)))
			if err != nil {
				return err
			}
			fmt.Println("file", sum)
		}
	}
	return ws.Close()
}

// traced runs the program that does everything.
func traced(t *testing.T) *powercuttest.Trace {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	top := t.TempDir()
	program := exec.Command(self)
	program.Env = append(os.Environ(), taskEnv+"=everything\x1f"+filepath.Join(top, "ws"))
	return powercuttest.Run(t, top, program)
}

func TestWhatWasPromisedOutlivesAPowerCut(t *testing.T) {
	trace, n := traced(t), cuts
	if soak, err := strconv.Atoi(os.Getenv("BEARINGS_SOAK")); err == nil {
		n = soak
	}
	outlived := 0
	for i := range n {
		kept, err := cutAt(trace, i, n)
		if err != nil {
			t.Fatal(err)
		}
		outlived += kept
	}
	if outlived == 0 {
		t.Error("no power cut came after anything was promised")
	}
	t.Logf("%d power cuts among %d calls, %d promises outlived them", n, trace.Moments()-1, outlived)
}

func TestAPowerCutFindsAProgramOutThatDoesNotSync(t *testing.T) {
	trace := traced(t)
	trace.ForgetSyncs()
	for i := range cuts {
		if _, err := cutAt(trace, i, cuts); err != nil {
			t.Logf("found by power cut %d: %v", i+1, err)
			return
		}
	}
	t.Error("nothing was lost")
}

// cutAt cuts the power for the ith time of n, and returns how many promises it
// found kept, and as an error one that was not.
func cutAt(trace *powercuttest.Trace, i, n int) (kept int, err error) {
	after := i * (trace.Moments() - 1) / max(1, n-1)
	into, err := os.MkdirTemp(inMemory(), "bearings-cut-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(into)
	printed, err := trace.Cut(after, rand.New(rand.NewPCG(uint64(i), 0)), into)
	if err != nil {
		return 0, err
	}
	ws, err := workspace.Open(filepath.Join(into, "ws"), workspace.Options{})
	if err != nil {
		return 0, fmt.Errorf("after call %d, seed %d: %w", after, i, err)
	}
	defer ws.Close()
	if kept, err = keeps(ws, printed); err != nil {
		return 0, fmt.Errorf("after call %d, seed %d: %w", after, i, err)
	}
	return kept, nil
}

// keeps returns how many promises a workspace keeps, and as an error one that
// it does not.
func keeps(ws *workspace.Workspace, promises string) (kept int, err error) {
	id := ""
	for line := range strings.Lines(promises) {
		word := strings.Fields(line)
		switch word[0] {
		case "incident":
			id = word[1]
			err = hasAll(ws, id)
		case "records":
			err = hasAll(ws, id, word[1:]...)
		case "imported":
			var all []workspace.Summary
			if all, err = ws.Incidents(); err == nil && len(all) != 2 {
				err = errors.New("an import that was promised is gone")
			}
		case "file":
			var f io.Closer
			if f, err = ws.OpenBlob(word[1]); err == nil {
				err = f.Close()
			}
		}
		if err != nil {
			return 0, err
		}
		kept++
	}
	report, err := ws.Check(context.Background(), nil)
	if err == nil && len(report.Troubles) > 0 {
		err = fmt.Errorf("check: %v", report.Troubles)
	}
	return kept, err
}

// hasAll returns an error where an incident lacks a record, or has half an
// action.
func hasAll(ws *workspace.Workspace, id string, records ...string) error {
	inc, err := ws.Incident(id)
	if err != nil {
		return err
	}
	for _, r := range records {
		if !inc.Has(r) {
			return fmt.Errorf("record %s, which was promised, is gone", r)
		}
	}
	if inc.Len()%2 != 1 {
		return fmt.Errorf("half an action is there: %d records", inc.Len())
	}
	return nil
}

// inMemory is a place in memory, where there is one: what a power cut leaves
// is made by the test, and no disk has to be waited for.
func inMemory() string {
	const place = "/dev/shm"
	if info, err := os.Stat(place); err == nil && info.IsDir() {
		return place
	}
	return ""
}
