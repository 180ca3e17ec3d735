package command

import (
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// read reads one incident as it stood at a moment: from what was recorded by
// then, where that is past, else from everything.
func (s *session) read(ref, asOf string, read func(inc *incident.Incident, at time.Time) error) error {
	return s.readIn(ref, asOf, func(_ *workspace.Workspace, inc *incident.Incident, at time.Time) error { return read(inc, at) })
}

// readIn is read for who needs the workspace too.
func (s *session) readIn(ref, asOf string, read func(ws *workspace.Workspace, inc *incident.Incident, at time.Time) error) error {
	at, past, err := s.asOf(asOf)
	if err != nil {
		return err
	}
	return s.look(func(ws *workspace.Workspace) error {
		found, err := ws.Find(ref)
		if err != nil {
			return err
		}
		return ws.View(found.ID, func(inc *incident.Incident) error {
			if past {
				inc = inc.AsOf(at)
			}
			return read(ws, inc, at)
		})
	})
}
