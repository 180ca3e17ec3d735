package evidence_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"bearings/internal/evidence"
)

const inChild = "BEARINGS_TEST_PEAK"

// One picture after the other takes no more memory than the largest of them.
// It is measured in a process of its own, by what the system counts for it.
func TestPicturesOneAfterTheOtherStayWithinMemory(t *testing.T) {
	if os.Getenv(inChild) != "" {
		rising(t)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	child.Env = append(os.Environ(), inChild+"=1")
	if out, err := child.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("PASS")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// rising measures by how much memory rises, over some large pictures and
// everything that is done with one.
func rising(t *testing.T) {
	files := [][]byte{
		zeros(3840, 2160, 8, 6, 4), zeros(5120, 2880, 8, 6, 4), header(3840, 2160, 8, 6),
		zeros(3840, 2160, 8, 2, 3), zeros(6000, 6000, 8, 0, 1), zeros(5120, 2880, 8, 6, 4),
	}
	debug.FreeOSMemory()
	before := memory(t, "VmRSS:")
	for _, file := range files {
		look(t, file, "a.png")
		thumbnail(file)
		evidence.Rendering(reader(file))
		evidence.Stripped(reader(file))
	}
	rise := memory(t, "VmHWM:") - before
	t.Logf("memory rises by %d MiB", rise>>20)
	if rise > mostMemory {
		t.Fail()
	}
}

// memory is a line of what the system says of this process, in bytes.
func memory(t *testing.T, line string) int64 {
	t.Helper()
	status := must(os.ReadFile("/proc/self/status"))(t)
	for l := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(l, line); ok {
			n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return n << 10
		}
	}
	t.Fatalf("no %s", line)
	return 0
}
