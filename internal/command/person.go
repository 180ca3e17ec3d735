package command

import (
	"fmt"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// reader finds who is meant by a name, or by the beginning of any part of it
// that no other has. Somebody new to the incident reads it too, and is told.
func (s *session) reader(people []incident.Responder, name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	var found []string
	for _, p := range people {
		if strings.EqualFold(p.Name, name) {
			return p.Name, nil
		}
		if nameBegins(p.Name, name) {
			found = append(found, p.Name)
		}
	}
	switch len(found) {
	case 0:
		_, _ = fmt.Fprintf(s.Err, "bearings: %s is new to this incident.\n", oneLine(name))
		return name, nil
	case 1:
		return found[0], nil
	default:
		return "", &incident.Error{
			Code:    workspace.CodeAmbiguous,
			Message: fmt.Sprintf("%.80q may be %s", name, strings.Join(found, " or ")),
			Hint:    "Type more of the name.",
		}
	}
}

// nameBegins reports whether a name, from the start of any of its words on,
// begins with a part.
func nameBegins(name, part string) bool {
	part = strings.ToLower(part)
	words := strings.Fields(strings.ToLower(name))
	for n := range words {
		if strings.HasPrefix(strings.Join(words[n:], " "), part) {
			return true
		}
	}
	return false
}
