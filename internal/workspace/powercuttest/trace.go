// Package powercuttest cuts the power while a program writes: between any two
// of its calls to the system. The program runs once, under strace. What a power
// cut at some moment leaves is then made of what it had synced until then, and
// of the rest what chance leaves; so that one run gives as many power cuts as
// it made calls, and none needs a special file system.
package powercuttest

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A Trace is what a program did to files below one folder, call by call, and
// what it printed.
type Trace struct {
	dir   string
	calls []call
}

// A call is one call to the system that changed something.
type call struct {
	name   string
	fd     int
	path   string
	to     string // of a rename
	data   []byte
	at     int64 // of a write at a place, a seek or a truncation
	flags  string
	begins int // how many calls were done when it began
}

// calls are what strace is asked for.
const calls = "openat,open,creat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat"

// Run runs a program, and traces what it does below dir.
func Run(tb testing.TB, dir string, program *exec.Cmd) *Trace {
	tb.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		tb.Fatal("strace is missing: run build/install test")
	}
	out := filepath.Join(tb.TempDir(), "trace")
	program.Args = append([]string{strace, "-f", "--seccomp-bpf", "-xx", "-s", "4000000", "-e", "signal=none", "-e", "trace=" + calls, "-o", out, "--"}, program.Args...)
	program.Path = strace
	if err := program.Run(); err != nil {
		tb.Fatalf("%v: %v", program.Args, err)
	}
	t := &Trace{dir: dir}
	if err := t.read(out); err != nil {
		tb.Fatal(err)
	}
	return t
}

// Moments are how many calls the program made: a power can be cut before each
// of them and after the last.
func (t *Trace) Moments() int { return len(t.calls) + 1 }

// ForgetSyncs makes of the trace that of a program that never syncs.
func (t *Trace) ForgetSyncs() {
	t.calls = slices.DeleteFunc(t.calls, func(c call) bool { return c.name == "fsync" || c.name == "fdatasync" })
}

func (t *Trace) read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	type begun struct {
		text  string
		calls int
	}
	waiting := map[string]begun{} // by thread
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		thread, text, _ := strings.Cut(lines.Text(), " ")
		text = strings.TrimLeft(text, " ")
		now := begun{text, len(t.calls)}
		if start, ok := strings.CutSuffix(text, " <unfinished ...>"); ok {
			waiting[thread] = begun{start, len(t.calls)}
			continue
		}
		if strings.HasPrefix(text, "<... ") {
			now = waiting[thread]
			delete(waiting, thread)
			_, rest, _ := strings.Cut(text, "resumed>")
			now.text += rest
		}
		c, ok, err := parse(now.text)
		if err != nil {
			return fmt.Errorf("read the trace: %w: %.200s", err, now.text)
		}
		if ok {
			c.begins = now.calls
			t.calls = append(t.calls, c)
		}
	}
	return lines.Err()
}

// parse reads a call that succeeded.
func parse(text string) (call, bool, error) {
	name, rest, ok := strings.Cut(text, "(")
	end := strings.LastIndex(rest, ") ")
	if !ok || end < 0 || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "---") {
		return call{}, false, nil
	}
	answer := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest[end+1:]), "="))
	result, err := strconv.ParseInt(strings.Fields(answer)[0], 0, 64)
	if err != nil || result < 0 {
		return call{}, false, nil
	}
	c := call{name: name}
	args := strings.Split(rest[:end], ", ")
	number := func(i int) int64 {
		n, bad := strconv.ParseInt(args[i], 0, 64)
		if bad != nil {
			err = bad
		}
		return n
	}
	switch name {
	case "openat":
		c.fd, c.path, c.flags = int(result), unquote(args[1]), args[2]
	case "open":
		c.fd, c.path, c.flags = int(result), unquote(args[0]), args[1]
	case "creat":
		c.fd, c.path, c.flags = int(result), unquote(args[0]), "O_CREAT|O_TRUNC"
	case "write":
		c.fd, c.data = int(number(0)), []byte(unquote(args[1])[:result])
	case "pwrite64":
		c.fd, c.data, c.at = int(number(0)), []byte(unquote(args[1])[:result]), number(3)
	case "lseek":
		c.fd, c.at = int(number(0)), result
	case "ftruncate":
		c.fd, c.at = int(number(0)), number(1)
	case "rename", "link":
		c.path, c.to = unquote(args[0]), unquote(args[1])
	case "renameat", "renameat2", "linkat":
		c.path, c.to = unquote(args[1]), unquote(args[3])
		c.name = strings.TrimRight(strings.TrimSuffix(name, "2"), "at")
	case "unlink", "mkdir":
		c.path = unquote(args[0])
	case "unlinkat", "mkdirat":
		c.path = unquote(args[1])
		c.name = strings.TrimSuffix(name, "at")
	default:
		c.fd = int(number(0))
	}
	return c, true, err
}

// unquote reads a string of strace's, of which every byte is written as \x00.
func unquote(text string) string {
	text = strings.ReplaceAll(strings.Trim(text, `"`), `\x`, "")
	raw, err := hex.DecodeString(text)
	if err != nil {
		return ""
	}
	return string(raw)
}
