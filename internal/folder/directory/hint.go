package directory

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A hint tells that something may have changed in a folder. It sees nothing on
// network drives and in file systems of programs, so that nobody relies on it:
// it only makes the next look come sooner.
type hint struct {
	root string

	mu      sync.Mutex
	watcher *fsnotify.Watcher
	watched map[string]bool
}

func newHint(root string) *hint { return &hint{root: root, watched: map[string]bool{}} }

// Wait returns when something changed in the folder, as far as the system says
// so, and else after atMost or when ctx ends.
func (f *Folder) Wait(ctx context.Context, atMost time.Duration) {
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	events, errs := f.hint.events(f)
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case e, more := <-events:
			if !more {
				events = nil
				continue
			}
			if e.Has(fsnotify.Chmod) || passing(filepath.Base(e.Name)) {
				continue
			}
			return
		case _, more := <-errs:
			if !more {
				errs = nil
			}
		}
	}
}

// events watches the folders that there are now.
func (h *hint) events(f *Folder) (chan fsnotify.Event, chan error) {
	if h == nil {
		return nil, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watcher == nil {
		var err error
		if h.watcher, err = fsnotify.NewWatcher(); err != nil {
			return nil, nil
		}
	}
	h.watch(h.root)
	for _, name := range append([]string{logFolder, packFolder}, documentFolders...) {
		h.watch(filepath.Join(h.root, name))
	}
	months, _, err := f.list(logFolder)
	if err == nil {
		for _, m := range months[max(0, len(months)-2):] { // nobody writes to older ones but who was away
			h.watch(filepath.Join(h.root, logFolder, m))
		}
	}
	return h.watcher.Events, h.watcher.Errors
}

func (h *hint) watch(dir string) {
	// One that is gone is no longer watched; watching it again tells.
	if h.watched[dir] {
		return
	}
	h.watched[dir] = h.watcher.Add(dir) == nil
}

func (h *hint) close() {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watcher != nil {
		_ = h.watcher.Close() // nothing is left that could be lost
		h.watcher = nil
	}
}
