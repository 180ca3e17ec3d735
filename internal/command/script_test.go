package command_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	_ "time/tzdata" // the scripts run in zones that this machine may not know

	"github.com/rogpeppe/go-internal/testscript"

	"bearings/internal/command"
)

// caseFolder holds the incidents with known answers, of the whole project.
const caseFolder = "../incident/testdata/cases"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bearings": program})
}

// program is the program as it is without a window: what would open one says
// on what.
func program() {
	code, window := command.Run("1.2.3", os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	if window != nil {
		_, _ = os.Stdout.WriteString("window on " + window.Workspace + " as " + window.As + "\n")
		if window.Sample {
			_, _ = os.Stdout.WriteString("with the sample\n")
		}
	}
	os.Exit(code)
}

func TestScripts(t *testing.T) {
	cases, err := filepath.Abs(caseFolder)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CASES", cases)
			env.Setenv("BEARINGS_WORKSPACE", filepath.Join(env.WorkDir, "ws"))
			env.Setenv("TZ", "Europe/Berlin")
			env.Setenv("DISPLAY", "")
			env.Setenv("WAYLAND_DISPLAY", "")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"expand": expand,
			"damage": damage,
			"nofile": nofile,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root": // to whom nothing is read-only
				return os.Geteuid() == 0, nil
			case "full":
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			default:
				return false, fmt.Errorf("unknown condition %q", name)
			}
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// expand FILE puts into a file what a script cannot hold.
func expand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: expand FILE")
	}
	text := ts.ReadFile(args[0])
	text = strings.NewReplacer(
		"{NUL}", "\x00", "{BAD}", "\xff\xfe", "{LONG}", strings.Repeat("x", 10<<20),
		"{DEEP}", strings.Repeat("[", 1000)+strings.Repeat("]", 1000),
	).Replace(text)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// damage FILE TEXT changes the first byte of a text wherever it is in a file.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: damage FILE TEXT")
	}
	data := []byte(ts.ReadFile(args[0]))
	from := bytes.Index(data, []byte(args[1]))
	if from < 0 {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	for at := from; at >= 0; at = bytes.Index(data, []byte(args[1])) {
		data[at] ^= 0x20
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// nofile PATTERN holds that no file has such a name.
func nofile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: nofile PATTERN")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) > 0 {
		ts.Fatalf("there is %v", found)
	}
}
