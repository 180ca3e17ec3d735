package folder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"bearings/internal/lock"
)

// lockFile is held, beside the database, by the process that shares for all.
const lockFile = "folder.lock"

// takeLock takes the lock of a workspace: lock.ErrTaken where another process
// has it.
func takeLock(dir string) (*os.File, error) {
	return lock.Take(filepath.Join(dir, lockFile))
}

// waitForLock waits until this process is the one that shares. It returns nil
// when ctx ends before.
func (s *Share) waitForLock(ctx context.Context) (*os.File, error) {
	tick := time.NewTicker(readInFront)
	defer tick.Stop()
	for {
		held, err := takeLock(s.w.Dir())
		if !errors.Is(err, lock.ErrTaken) {
			return held, err
		}
		s.standBeside()
		select {
		case <-ctx.Done():
			return nil, nil
		case <-tick.C:
		}
	}
}
