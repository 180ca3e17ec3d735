package app

import (
	"context"
	"time"

	"bearings/internal/workspace"
)

// tendAfter is how long nothing must have changed before the workspace is
// tended: by then nobody waits for it.
const tendAfter = 30 * time.Second

// Tend brings up to date what the workspace derives, finishes an erasing that
// was cut off and removes files that nothing names, each time that nothing
// has changed for so long, until ctx ends. What failed is tried again after as
// long.
func (a *App) Tend(ctx context.Context, quiet time.Duration) {
	select {
	case <-ctx.Done():
		return
	case <-a.ready:
	}
	changes := a.ws.Watch(ctx)
	due := time.NewTimer(quiet)
	defer due.Stop()
	for {
		select {
		case _, more := <-changes:
			if !more {
				return
			}
			due.Reset(quiet)
		case <-due.C:
			if !a.tend(a.ws) {
				due.Reset(quiet)
			}
		}
	}
}

func (a *App) tend(ws *workspace.Workspace) (done bool) {
	_, err := guarded(ws.Log(), "tend", func() (struct{}, error) { return struct{}{}, ws.Tend() })
	if err != nil {
		ws.Log().Warn("tend the workspace", "error", err)
	}
	return err == nil
}
