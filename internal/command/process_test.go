package command_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bearings/internal/incident/incidenttest"
)

// rounds is how often a process is killed in each of these tests.
const rounds = 15

// A killer kills processes at chance moments of their lives: it knows how long
// one lives that is left alone.
type killer struct {
	life         time.Duration
	done, killed int
}

func newKiller(t *testing.T, args ...string) *killer {
	t.Helper()
	start := time.Now()
	if out, err := exec.Command("bearings", args...).CombinedOutput(); err != nil {
		t.Fatalf("bearings %v: %v: %s", args, err, out)
	}
	return &killer{life: time.Since(start)}
}

// run runs a command that is killed without warning if it lives too long, and
// reports whether it was done before.
func (k *killer) run(t *testing.T, args ...string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.Int64N(int64(k.life*3/2))))
	defer cancel()
	out, err := exec.CommandContext(ctx, "bearings", args...).CombinedOutput()
	switch {
	case err == nil:
		k.done++
		return true
	case ctx.Err() == nil:
		t.Fatalf("bearings %v: %v: %s", args, err, out)
	}
	k.killed++
	return false
}

// declared returns the folder of a new workspace with an incident in it.
func declared(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	line := `{"at":"2017-01-31T23:27:00Z","by":"Ana","do":"incident.declare","id":"i","title":"Slow pages"}` + "\n"
	file := write(t, "slow.jsonl", []byte(line))
	ws := filepath.Join(dir, "ws")
	run(t, "import", file, "--as", "Ana", "--workspace", ws)
	return ws
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// recording are the arguments that record a note of an id.
func recording(ws, id string) []string {
	return []string{"record", "latest", fmt.Sprintf(`{"do":"note.add","id":%q,"text":"one more"}`, id), "--workspace", ws}
}

// A noted is a note as it is exported.
type noted struct{ ID, Do, Label string }

// notes returns the notes of the incident declared last, by id.
func notes(t *testing.T, ws string) map[string]noted {
	t.Helper()
	found := map[string]noted{}
	for line := range strings.Lines(string(run(t, "export", "latest", "-o", "-", "--workspace", ws))) {
		var n noted
		if err := json.Unmarshal([]byte(line), &n); err != nil {
			t.Fatal(err)
		}
		if n.Do == "note.add" {
			found[n.ID] = n
		}
	}
	return found
}

func TestWhatWasRecordedOutlivesAKill(t *testing.T) {
	ws := declared(t)
	k := newKiller(t, recording(ws, "first")...)
	promised := []string{"first"}
	for round := range rounds {
		if id := fmt.Sprint("n", round); k.run(t, recording(ws, id)...) {
			promised = append(promised, id)
		}
		kept := notes(t, ws)
		for _, id := range promised {
			if _, ok := kept[id]; !ok {
				t.Fatalf("round %d: note %s is gone", round, id)
			}
		}
		run(t, "check", "--workspace", ws)
	}
	run(t, recording(ws, "last")...)
	t.Logf("%d commands were killed, %d were done before", k.killed, k.done)
}

func TestAKilledImportLeavesNothingOrAll(t *testing.T) {
	const records = 4000
	file := write(t, "long.jsonl", incidenttest.File(1, records))
	k := newKiller(t, "import", file, "--workspace", filepath.Join(t.TempDir(), "ws"))
	for round := range rounds {
		ws := filepath.Join(t.TempDir(), fmt.Sprint("ws", round))
		done := k.run(t, "import", file, "--workspace", ws)

		var listed []struct{ Records int }
		runJSON(t, &listed, "list", "--json", "--workspace", ws)
		switch {
		case len(listed) == 0 && !done:
		case len(listed) == 1 && listed[0].Records == records:
		default:
			t.Errorf("round %d: done is %v, and the list says %+v", round, done, listed)
		}
		run(t, "import", file, "--workspace", ws)
		runJSON(t, &listed, "list", "--json", "--workspace", ws)
		if len(listed) != 1 || listed[0].Records != records {
			t.Errorf("round %d: after another import the list says %+v", round, listed)
		}
		run(t, "check", "--workspace", ws)
	}
	t.Logf("%d imports were killed, %d were done before", k.killed, k.done)
}

func TestTwoProcessesRecordAtOnce(t *testing.T) {
	const each = 12
	ws := declared(t)
	var group sync.WaitGroup
	for who := range 2 {
		group.Go(func() {
			for n := range each {
				args := recording(ws, fmt.Sprintf("n%d-%d", who, n))
				if out, err := exec.Command("bearings", args...).CombinedOutput(); err != nil {
					t.Errorf("bearings %v: %v: %s", args, err, out)
				}
			}
		})
	}
	group.Wait()
	labels := map[string]bool{}
	for _, n := range notes(t, ws) {
		labels[n.Label] = true
	}
	if len(labels) != 2*each {
		t.Errorf("%d notes with labels of their own, want %d", len(labels), 2*each)
	}
	run(t, "check", "--workspace", ws)
}

func TestTwoProcessesImportTheSameAtOnce(t *testing.T) {
	const records = 1500
	file := write(t, "long.jsonl", incidenttest.File(2, records))
	ws := filepath.Join(t.TempDir(), "ws")
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if out, err := exec.Command("bearings", "import", file, "--workspace", ws).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	var listed []struct{ Records int }
	runJSON(t, &listed, "list", "--json", "--workspace", ws)
	if len(listed) != 1 || listed[0].Records != records {
		t.Errorf("the list says %+v", listed)
	}
	run(t, "check", "--workspace", ws)
}
