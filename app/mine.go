package app

import "slices"

// An incident is mine where I lead it, or recorded something in it here. The
// latter is kept beside it: to ask every incident for its people would read
// them all.

func mineKey(id string) string { return "mine." + id }

// takePart keeps that a person recorded something in an incident. That it
// cannot be kept is no reason to fail what was recorded.
func (a *App) takePart(id, me string) {
	who, err := a.ws.Setting(mineKey(id))
	if err == nil && who != me {
		err = a.ws.Set(mineKey(id), me)
	}
	if err != nil {
		a.ws.Log().Warn("keep that an incident is mine", "error", err)
	}
}

func (a *App) isMine(id, me string, leads []string) (bool, error) {
	if slices.Contains(leads, me) {
		return true, nil
	}
	who, err := a.ws.Setting(mineKey(id))
	return me != "" && who == me, err
}
