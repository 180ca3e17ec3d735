// Package single lets one window show a workspace: a second start asks the
// first to come to the front, and ends. It needs no session bus: the first
// holds a lock on a file in the workspace for as long as it lives, however it
// ends, and listens at a socket beside it. Commands take no part in this.
package single

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/lock"
)

const (
	lockName   = "window.lock"
	socketName = "window.sock"

	front  = "front"
	coming = "coming"

	longestPath = 100             // of a socket, on every system
	patience    = 3 * time.Second // with a first window that is still starting
)

// ErrTaken says that another window shows the workspace.
var ErrTaken = errors.New("another window shows this workspace")

// A Claim is held by the one window of a workspace.
type Claim struct {
	lock     *os.File
	listener net.Listener
}

// Take claims the workspace in dir, which exists, and calls toFront whenever a
// second start asks for it. It returns ErrTaken where another process holds
// it.
func Take(dir string, toFront func()) (*Claim, error) {
	held, err := lock.Take(filepath.Join(dir, lockName))
	if errors.Is(err, lock.ErrTaken) {
		return nil, ErrTaken
	}
	if err != nil {
		return nil, err
	}
	c := &Claim{lock: held}
	path, err := socketOf(dir)
	if err == nil {
		err = removeStale(path)
	}
	if err == nil {
		c.listener, err = net.Listen("unix", path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for a second start: %w", err), held.Close())
	}
	go c.serve(toFront)
	return c, nil
}

// removeStale removes the socket of a window that was ended: nobody listens
// there, since the lock is ours.
func removeStale(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (c *Claim) serve(toFront func()) {
	for {
		conn, err := c.listener.Accept()
		if err != nil {
			return // it was let go of
		}
		c.answer(conn, toFront)
	}
}

// answer gives nobody who connects and says nothing more than a moment.
func (c *Claim) answer(conn net.Conn, toFront func()) {
	defer conn.Close()
	if conn.SetDeadline(time.Now().Add(time.Second)) != nil {
		return
	}
	asked, err := bufio.NewReader(io.LimitReader(conn, 64)).ReadString('\n')
	if err != nil || strings.TrimSpace(asked) != front {
		return
	}
	toFront()
	_, _ = fmt.Fprintln(conn, coming) // who asked may be gone; the window has come
}

// Release lets another window claim the workspace.
func (c *Claim) Release() error {
	return errors.Join(c.listener.Close(), c.lock.Close())
}

// AskToFront asks the window that shows the workspace in dir to come to the
// front, and waits until it does. A window that is still starting is given
// some time.
func AskToFront(dir string) error {
	path, err := socketOf(dir)
	if err != nil {
		return err
	}
	end := time.Now().Add(patience)
	for {
		err := ask(path, end)
		if err == nil {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("bearings shows this workspace already, and its window does not answer: %w", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func ask(path string, end time.Time) error {
	conn, err := net.DialTimeout("unix", path, time.Until(end))
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(end); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(conn, front); err != nil {
		return err
	}
	answer, err := bufio.NewReader(io.LimitReader(conn, 64)).ReadString('\n')
	if err == nil && strings.TrimSpace(answer) != coming {
		err = errors.New("it gave no answer that makes sense")
	}
	return err
}

// socketOf is the path of the socket: in the workspace, or among the person's
// own caches where that path is too long for one.
func socketOf(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if path := filepath.Join(dir, socketName); len(path) <= longestPath {
		return path, nil
	}
	caches, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	own := filepath.Join(caches, "bearings")
	if err := os.MkdirAll(own, 0o700); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(own, hex.EncodeToString(sum[:8])+".sock"), nil
}
