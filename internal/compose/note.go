package compose

import (
	"strings"

	"bearings/internal/incident"
)

// note writes a note where the person stands, as seeing, doing and need where
// they say so.
func (w *Writer) note(l *line) (*Draft, *Problem) {
	who := ""
	if len(l.words) > 0 && strings.HasPrefix(bare(l.words[0]), "@") {
		name := strings.TrimRight(strings.TrimPrefix(bare(l.words[0]), "@"), ",.;:")
		if found, p := w.who(name); p == nil { // "@here look" is a text as well
			who = found
			l.take(0, 1)
		}
	}
	seeing, doing, need := l.field("seeing"), l.field("doing"), l.field("need")
	text := l.rest()
	if text+seeing+doing+need == "" {
		return nil, missing("There is nothing in the note yet.", "Type what you see, do or need.")
	}
	thread, label := w.thread()
	d := draft(with("Note", " on ", label, " by ", who), "note.add",
		"text", text, "seeing", seeing, "doing", doing, "need", need, "thread", thread)
	d.Records[0].Person = who
	if label == "" {
		d.Says = with("Note in the log", " by ", who)
	}
	return d, nil
}

func (w *Writer) ask(l *line) (*Draft, *Problem) {
	text := l.rest()
	if text == "" {
		return nil, missing("The question needs its text.", "/q what we want to know")
	}
	says, about := "Ask", ""
	if t, ok := w.about(); ok {
		says, about = with("Ask", " about ", t.Meta().Label), t.Meta().ID
	}
	return draft(says, "question.ask", "text", text, "about", about), nil
}

func (w *Writer) answer(l *line) (*Draft, *Problem) {
	q, p := l.need("question", "/answer Q3 the answer", incident.KindQuestion)
	if p != nil {
		return nil, p
	}
	if l.rest() == "" {
		return nil, missing("The answer is missing.", "/answer "+q.Meta().Label+" the answer")
	}
	return draft("Answer "+q.Meta().Label, "question.answer", "question", q.Meta().ID, "text", l.rest()), nil
}

func (w *Writer) strike(l *line) (*Draft, *Problem) {
	t, p := l.need("evidence or note", "/strike E5 why", incident.KindEvidence, incident.KindNote)
	if p != nil {
		return nil, p
	}
	m := t.Meta()
	if m.Kind == incident.KindNote {
		return draft("Strike "+m.Label, "note.strike", "note", m.ID, "why", l.rest()), nil
	}
	if l.rest() == "" {
		return nil, missing("Why does "+m.Label+" not count?", "/strike "+m.Label+" why. It stays to be read, struck through.")
	}
	return draft("Strike "+m.Label, "evidence.strike", "evidence", m.ID, "why", l.rest()), nil
}
