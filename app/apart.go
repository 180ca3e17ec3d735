package app

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"bearings/internal/folder"
	"bearings/internal/incident"
)

const (
	// apartAfter is how long sharing must have been broken before it is a
	// warning: a folder that is away for a moment is none.
	apartAfter = time.Minute
	// writingWithin is how recently others must have written, before it broke,
	// to be at work: what they do now does not arrive.
	writingWithin = 30 * time.Minute
)

// apartKind is the kind of prompt that says that sharing is broken.
const apartKind = "sharing_broken"

// attention is what needs somebody now: first, since all else may be out of
// date by it, that sharing is broken while others write.
func (a *App) attention(s *incident.State, me string) []incident.Prompt {
	standing := s.AttentionFor(me)
	text := apart(a.sharing.state(), s.Now)
	if text == "" || s.Ended {
		return standing
	}
	first := incident.Prompt{Level: incident.Warning, Kind: apartKind, About: s.Ref, Text: text}
	return append([]incident.Prompt{first}, standing...)
}

// apart says that what others do does not arrive; nothing where it does, or
// nobody is known to have been at work.
func apart(s folder.State, now time.Time) string {
	if m := markOf(s); m != markAway && m != markBroken || now.Sub(s.Since) < apartAfter {
		return ""
	}
	var who []string
	for _, m := range s.Others() {
		if m.Wrote.After(s.Since.Add(-writingWithin)) {
			who = append(who, cmp.Or(m.Person, m.Name, m.Device))
		}
	}
	if len(who) == 0 {
		return ""
	}
	return fmt.Sprintf("What others do has not arrived for %s: %s", folder.Span(now.Sub(s.Since)), strings.Join(atMost(who, 3), ", "))
}

// atMost keeps the first few, and counts the others.
func atMost(names []string, n int) []string {
	if len(names) <= n {
		return names
	}
	return append(names[:n:n], counted(len(names)-n, "other", "others"))
}
