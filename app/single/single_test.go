package single_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bearings/app/single"
)

// beFirst, in the environment, makes this program the first window of a
// folder: it says what happens, line by line, until its input ends.
const beFirst = "BEARINGS_TEST_FIRST_WINDOW"

func TestMain(m *testing.M) {
	if dir := os.Getenv(beFirst); dir != "" {
		os.Exit(first(dir))
	}
	os.Exit(m.Run())
}

func first(dir string) int {
	_, err := single.Take(dir, func() { fmt.Println("to the front") })
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("taken")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // an end of the input is the end, too
	return 0
}

// startFirst starts another process that claims a folder, and returns what it
// says, and how to kill it.
func startFirst(t *testing.T, dir string) (says func() string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), beFirst+"="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	says = func() string {
		line, _ := lines.ReadString('\n') // at its end, what it said
		return strings.TrimSpace(line)
	}
	ended := false
	kill = func() {
		if !ended {
			ended = true
			_ = in.Close()
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(kill)
	if got := says(); got != "taken" {
		t.Fatalf("the first window says %q", got)
	}
	return says, kill
}

func TestASecondStartBringsTheFirstToTheFront(t *testing.T) {
	for name, dir := range map[string]string{
		"short": t.TempDir(),
		"long":  filepath.Join(t.TempDir(), strings.Repeat("a long name ", 12)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			says, _ := startFirst(t, dir)
			for range 2 {
				if _, err := single.Take(dir, nil); !errors.Is(err, single.ErrTaken) {
					t.Fatalf("a second window: %v", err)
				}
				if err := single.AskToFront(dir); err != nil {
					t.Fatal(err)
				}
				if got := says(); got != "to the front" {
					t.Errorf("the first window says %q", got)
				}
			}
		})
	}
}

func TestAWindowThatWasKilledIsNotInTheWay(t *testing.T) {
	dir := t.TempDir()
	_, kill := startFirst(t, dir)
	kill()
	if _, err := os.Lstat(filepath.Join(dir, "window.sock")); err != nil {
		t.Fatalf("it left no socket behind: %v", err)
	}
	came := make(chan struct{}, 1)
	claim, err := single.Take(dir, func() { came <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	if err := single.AskToFront(dir); err != nil {
		t.Fatal(err)
	}
	<-came
	if err := claim.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := single.Take(dir, nil)
	if err != nil {
		t.Fatalf("after it was let go of: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Error(err)
	}
}

func TestWhoSaysNonsenseBringsNothingToTheFront(t *testing.T) {
	dir := t.TempDir()
	claim, err := single.Take(dir, func() { t.Error("it came to the front") })
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	for _, said := range []string{"", "\n", "quit\n", strings.Repeat("x", 1000)} {
		conn, err := net.Dial("unix", filepath.Join(dir, "window.sock"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(said)) // it may hang up at any moment
		_ = conn.(*net.UnixConn).CloseWrite()
		if answer, _ := bufio.NewReader(conn).ReadString('\n'); answer != "" {
			t.Errorf("to %.10q it answers %q", said, answer)
		}
		conn.Close()
	}
}

func TestAFolderThatIsNotThereCannotBeClaimed(t *testing.T) {
	if _, err := single.Take(filepath.Join(t.TempDir(), "none"), nil); err == nil || errors.Is(err, single.ErrTaken) {
		t.Errorf("claimed: %v", err)
	}
}
