package folder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// lockFile is held, beside the database, by the process that shares for all.
const lockFile = "folder.lock"

// errLocked says that another process shares this workspace.
var errLocked = errors.New("another process shares this workspace")

// takeLock takes the lock of a workspace: errLocked where another process has
// it. However that ends, the lock is free then.
func takeLock(dir string) (*os.File, error) {
	return lock(filepath.Join(dir, lockFile))
}

// waitForLock waits until this process is the one that shares. It returns nil
// when ctx ends before.
func (s *Share) waitForLock(ctx context.Context) (*os.File, error) {
	tick := time.NewTicker(readInFront)
	defer tick.Stop()
	for {
		lock, err := takeLock(s.w.Dir())
		if !errors.Is(err, errLocked) {
			return lock, err
		}
		s.standBeside()
		select {
		case <-ctx.Done():
			return nil, nil
		case <-tick.C:
		}
	}
}
