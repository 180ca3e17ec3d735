package app

import (
	"fmt"

	"bearings/internal/folder"
)

// A ChosenFolder is a folder that somebody chose: what lies in it, and what
// can be done there.
type ChosenFolder struct {
	Path   string `json:"path"`
	Says   string `json:"says"`   // what was found there
	Do     string `json:"do"`     // what to do, where it is not fit
	Fit    bool   `json:"fit"`    // this workspace can be shared there, or the one there joined
	Joins  bool   `json:"joins"`  // a workspace is shared there already, which can be joined
	Name   string `json:"name"`   // of that workspace; empty where it is sealed, and only those in it know
	Sealed bool   `json:"sealed"` // that workspace is, so that joining takes an invitation
}

// chosen says in words what lies in a folder.
func chosen(path string, f folder.Finding) ChosenFolder {
	c := ChosenFolder{Path: path, Fit: true}
	switch {
	case f.Newer:
		c.Fit = false
		c.Says = "A workspace is shared here by a newer version of Bearings than this one."
		c.Do = "Update Bearings on this machine, then come back. Nothing was changed."
	case f.Marker != nil:
		c.Joins, c.Name, c.Sealed = true, f.Marker.Name, f.Marker.Sealed
		kind := "It is not sealed: whoever can open the folder can read it, and join."
		if c.Sealed {
			kind = "It is sealed: to join it takes an invitation from somebody in it."
		}
		c.Says = "A workspace is shared here. " + kind
		if c.Name != "" {
			c.Says = fmt.Sprintf("The workspace “%s” is shared here. %s", c.Name, kind)
		}
	case !f.There:
		c.Says = "There is no such folder yet. It will be made."
	case f.Empty:
		c.Says = "The folder is empty. This workspace can be shared through it."
	default:
		c.Says = counted(f.Files, "other thing lies", "other things lie") + " in it, which stay as they are. A folder of its own is tidier."
	}
	return c
}
