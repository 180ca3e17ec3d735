package command

import (
	"time"

	"bearings/internal/handout"
	"bearings/internal/workspace"
)

// The window keeps the briefs of open incidents as they change. A command that
// changed an incident writes that brief too, once: no window may be open, and
// whoever opens the file must not read what is no longer so, or see what was
// just redacted.

func (s *session) keeper(ws *workspace.Workspace) *handout.Keeper {
	return &handout.Keeper{Workspace: ws, Now: func() time.Time { return s.now }, Zone: time.Local}
}

// keepBrief writes the kept brief of an incident anew. That it could not is no
// failure of what was recorded.
func (s *session) keepBrief(ws *workspace.Workspace, id string) {
	if err := s.keeper(ws).Keep(id); err != nil {
		ws.Log().Warn("keep a brief", "error", err)
	}
}
