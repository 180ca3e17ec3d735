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
	k := a.keeper()
	k.Busy = a.sharing.reads
	k.Run(ctx)
}

func (a *App) keeper() *handout.Keeper {
	return &handout.Keeper{Workspace: a.ws, Now: a.now, Zone: a.zone}
}

// briefForFolder writes the brief of an incident for the shared folder; none of
// one that is closed.
func (a *App) briefForFolder(incident string) (map[string][]byte, error) {
	_, files, err := a.keeper().Files(incident)
	return files, err
}
