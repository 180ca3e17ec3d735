package app

import (
	"strings"

	"bearings/internal/incident"
)

// maxNames is how many names cross to the window at once; of more, Find finds.
const maxNames = 1_000

// maxFound is how many things are found at once.
const maxFound = 50

// Names lists the threads, claims, decisions, actions and evidence of an
// incident, for the palette. In one that has more than a palette can hold,
// what has ended is left out first, and then the rest; Find finds that too.
func (t *Things) Names(id string, asOf int64) ([]Chip, error) {
	return call(t.app, "Things.Names", func() ([]Chip, error) {
		s, err := t.app.namesAt(id, asOf)
		if err != nil {
			return nil, err
		}
		return namesOf(s), nil
	})
}

// Find returns the things whose label or name has all of the words, whatever
// their case: those whose label it is first, then by kind as in Names.
func (t *Things) Find(id, words string, asOf int64) ([]Chip, error) {
	return call(t.app, "Things.Find", func() ([]Chip, error) {
		s, err := t.app.namesAt(id, asOf)
		if err != nil {
			return nil, err
		}
		return found(s, strings.Fields(strings.ToLower(words))), nil
	})
}

// eachNamed visits what the palette finds, in the order in which a lead looks
// for it, until visit returns false.
func eachNamed(s *incident.State, visit func(incident.Thing) bool) {
	for _, t := range s.Threads {
		if !visit(t) {
			return
		}
	}
	for _, c := range s.Claims {
		if !visit(c) {
			return
		}
	}
	for _, d := range s.Decisions {
		if !visit(d) {
			return
		}
	}
	for _, a := range s.Actions {
		if !visit(a) {
			return
		}
	}
	for _, e := range s.Evidence {
		if !visit(e) {
			return
		}
	}
}

func namesOf(s *incident.State) []Chip {
	all := len(s.Threads) + len(s.Claims) + len(s.Decisions) + len(s.Actions) + len(s.Evidence)
	out := []Chip{}
	eachNamed(s, func(t incident.Thing) bool {
		if all <= maxNames || !t.HasEnded() {
			out = append(out, chipOf(t))
		}
		return len(out) < maxNames
	})
	return out
}

func found(s *incident.State, words []string) []Chip {
	out := []Chip{}
	if len(words) == 0 {
		return out
	}
	if t, ok := s.Find(strings.ToUpper(words[0])); ok && len(words) == 1 {
		out = append(out, chipOf(t))
	}
	eachNamed(s, func(t incident.Thing) bool {
		text := strings.ToLower(t.Meta().Label + " " + t.Name())
		for _, w := range words {
			if !strings.Contains(text, w) {
				return true
			}
		}
		if c := chipOf(t); len(out) == 0 || out[0].ID != c.ID {
			out = append(out, c)
		}
		return len(out) < maxFound
	})
	return out
}
