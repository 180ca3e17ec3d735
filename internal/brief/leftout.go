package brief

import (
	"strings"

	"bearings/internal/incident"
)

// A tally is how many things of one sort no sentence shows.
type tally struct {
	key       string // plural noun, as in the JSON
	one, many string // for the foot; empty for what it counts together
	past      string // word for those that have ended; empty where the foot tells no difference
	ended     int
	others    int
}

// A showing knows of which things a text stands in the brief.
type showing struct {
	things map[string]bool
	people map[string]bool // whose ids are names, and may be an id of a thing
	left   []tally
}

// leftOut counts, for each sort of thing that somebody typed, those of which no
// sentence shows a word. The timeline shows none: it is a list of what was
// done.
func (w *writer) leftOut(sections []Section) []tally {
	v := &showing{things: map[string]bool{}, people: map[string]bool{}}
	for _, s := range sections {
		for _, sentence := range s.Sentences {
			for _, ref := range sentence.shows {
				if ref.Kind == incident.KindResponder {
					v.people[ref.ID] = true
				} else {
					v.things[ref.ID] = true
				}
			}
		}
	}
	s := w.now
	missing(v, tally{key: "threads", one: "thread", many: "threads", past: "done"}, s.Threads)
	missing(v, tally{key: "claims", one: "claim", many: "claims", past: "ruled out or withdrawn"}, s.Claims)
	missing(v, tally{key: "decisions", one: "decision", many: "decisions", past: "reversed"}, s.Decisions)
	missing(v, tally{key: "actions", one: "action", many: "actions", past: "done"}, s.Actions)
	missing(v, tally{key: "evidence", one: "piece of evidence", many: "pieces of evidence"}, s.Evidence)
	missing(v, tally{key: "questions", one: "question", many: "questions"}, s.Questions)
	missing(v, tally{key: "updates", one: "update", many: "updates"}, s.Updates)
	missing(v, tally{key: "donts", one: "don’t", many: "don’ts"}, s.Donts)
	missing(v, tally{key: "tripwires", one: "if / then", many: "if / thens"}, s.Tripwires)
	missing(v, tally{key: "criteria"}, s.Criteria)
	missing(v, tally{key: "notes"}, s.Notes)
	v.words(s)
	return v.left
}

// words counts what was typed that makes no thing of its own.
func (v *showing) words(s *incident.State) {
	answers := tally{key: "answers"}
	for _, k := range s.Checkins {
		for i := range k.Answers {
			v.count(&answers, k.Answers[i].ID)
		}
	}
	verdicts := tally{key: "verdicts"}
	for _, c := range s.Claims {
		for i := range c.Verdicts {
			if c.Verdicts[i].Why != "" {
				v.count(&verdicts, c.Verdicts[i].ID)
			}
		}
	}
	objections := tally{key: "objections"}
	for _, x := range s.Decisions {
		for i := range x.Objections {
			v.count(&objections, x.Objections[i].ID)
		}
	}
	readings := tally{key: "readings"}
	for i := range s.Readings {
		for _, p := range s.Readings[i].Points {
			v.count(&readings, p.ID)
		}
	}
	changes := tally{key: "changes"}
	for i := range s.Changes {
		v.count(&changes, s.Changes[i].ID)
	}
	people := tally{key: "responders"}
	for i := range s.Responders {
		if !v.people[s.Responders[i].ID] {
			people.others++
		}
	}
	for _, t := range []tally{answers, verdicts, objections, readings, changes, people} {
		v.add(t)
	}
}

func (v *showing) count(t *tally, id string) {
	if !v.things[id] {
		t.others++
	}
}

func (v *showing) add(t tally) {
	if t.ended+t.others > 0 {
		v.left = append(v.left, t)
	}
}

func missing[T incident.Thing](v *showing, t tally, things []T) {
	for _, thing := range things {
		switch {
		case v.things[thing.Meta().ID]:
		case t.past != "" && thing.HasEnded():
			t.ended++
		default:
			t.others++
		}
	}
	v.add(t)
}

// leftOutText writes the things by sort, and what was said about them in one.
func leftOutText(left []tally) string {
	var parts []string
	smaller := 0
	for _, t := range left {
		if t.ended > 0 {
			parts = append(parts, count(t.ended, t.one, t.many)+" "+t.past)
		}
		switch {
		case t.others > 0 && t.one == "":
			smaller += t.others
		case t.others > 0:
			parts = append(parts, count(t.others, t.one, t.many))
		}
	}
	if smaller > 0 {
		parts = append(parts, count(smaller, "note or other entry", "notes and other entries"))
	}
	return strings.Join(parts, ", ")
}
