package compose

import (
	"strings"
	"unicode/utf8"

	"bearings/internal/incident"
)

// A Completion is one way to go on with what is begun.
type Completion struct {
	From   int    // byte at which what it replaces begins
	To     int    // byte after it
	Insert string // what stands there then
	Shows  string // what the person chooses by: a name, a title
	Detail string // a state, a usage
	Key    string // the digit that takes it; empty where none does
}

// maxCompletions is how many are offered: what fits beside a line.
const maxCompletions = 8

// Complete offers how to go on at a byte of a text: a command after a slash
// at its beginning, a person after @, a thing by its label.
func (w *Writer) Complete(text string, caret int) []Completion {
	if caret < 0 || caret > len(text) || !utf8.ValidString(text) {
		return nil
	}
	from := strings.LastIndexAny(text[:caret], " \n\t") + 1
	word := text[from:caret]
	switch {
	case from == 0 && strings.HasPrefix(word, "/"):
		return commandsFrom(word, caret)
	case strings.HasPrefix(word, "@"):
		return w.people(word[1:], from, caret)
	case word != "":
		return w.labels(word, from, caret)
	case strings.TrimSpace(text[caret:]) == "":
		return w.picks(text[:caret])
	default:
		return w.subjects(text[:caret], text[caret:])
	}
}

func commandsFrom(word string, caret int) []Completion {
	part := strings.ToLower(strings.TrimRight(word[1:], "!?"))
	var exact, others []Completion
	for _, c := range table {
		for n, name := range append([]string{c.Name}, c.Also...) {
			if !strings.HasPrefix(name, part) || n > 0 && name != part {
				continue
			}
			offer := Completion{To: caret, Insert: "/" + c.Name + " ", Shows: c.Does, Detail: c.Usage}
			if name == part {
				exact = append(exact, offer)
			} else {
				others = append(others, offer)
			}
			break
		}
	}
	out := append(exact, others...)
	return out[:min(len(out), maxCompletions)]
}

func (w *Writer) people(part string, from, caret int) []Completion {
	var out []Completion
	for _, r := range w.State.Responders {
		if r.App || r.State == "left" || !begins(r.Name, part) || len(out) == maxCompletions {
			continue
		}
		out = append(out, Completion{
			From: from, To: caret, Insert: "@" + strings.ReplaceAll(r.Name, " ", "") + " ",
			Shows: r.Name, Detail: strings.Join(r.Roles, ", "),
		})
	}
	return out
}

// labels offers the things whose label begins with a word such as C or C1.
func (w *Writer) labels(word string, from, caret int) []Completion {
	if len(word) < 2 || !labelForm.MatchString(word) {
		return nil
	}
	label := strings.ToUpper(word[:1]) + word[1:]
	var out []Completion
	offer := func(t incident.Thing) {
		m := t.Meta()
		if strings.HasPrefix(m.Label, label) && len(out) < maxCompletions {
			out = append(out, Completion{From: from, To: caret, Insert: m.Label + " ", Shows: m.Label + " " + t.Name(), Detail: plain(t.Word())})
		}
	}
	for _, t := range w.State.Labelled(label[:1]) {
		offer(t)
	}
	return out
}
