package app

import (
	"context"

	"bearings/internal/handout"
)

// keepBriefs keeps the briefs of open incidents in the folder of the workspace
// until ctx ends.
func (a *App) keepBriefs(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-a.ready:
	}
	keeper := handout.Keeper{Workspace: a.ws, Now: a.now, Zone: a.zone}
	keeper.Run(ctx)
}
