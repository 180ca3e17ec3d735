package compose

import (
	"strconv"
	"strings"

	"bearings/internal/incident"
)

// checkin opens the round in which every owner is asked, or closes it.
func (w *Writer) checkin(l *line) (*Draft, *Problem) {
	round := w.State.Round()
	if l.word("close", "end") != "" {
		if round.Checkin == nil {
			return nil, problem("No check-in round goes on.", "/checkin 3m begins one.")
		}
		return draft("Close "+round.Checkin.Label, "checkin.close", "checkin", round.Checkin.ID), nil
	}
	switch {
	case round.Checkin != nil:
		return nil, problem(round.Checkin.Label+" goes on already.", "/checkin close ends it.")
	case len(round.Asked) == 0:
		return nil, problem("There is nobody to ask: nobody owns a thread or an action under way.", "Give a thread to somebody first: /owner T1 @who")
	}
	minutes := int(l.duration().Minutes())
	return draft("Ask "+count(len(round.Asked), "owner"), "checkin.open", "minutes", minutes), nil
}

// heard writes down what somebody said in the round. It belongs to the thread
// that is named, else to the one of theirs that was silent for longest; that
// there is no change is said of all that they own.
func (w *Writer) heard(l *line) (*Draft, *Problem) {
	const usage = "/heard @who seeing: … doing: … need: …"
	round := w.State.Round()
	if round.Checkin == nil {
		return nil, problem("No check-in round goes on.", "/checkin 3m begins one.")
	}
	who, p := l.asked(round)
	if p != nil {
		return nil, p
	}
	if who == "" {
		return nil, problem("Who was heard?", usage)
	}
	var threads []string
	if len(l.words) > 0 {
		if t, ok := w.labelled(l.words[0]); ok && t.Meta().Kind == incident.KindThread {
			l.take(0, 1)
			threads = []string{t.Meta().ID}
		}
	}
	seeing, doing, need := l.field("seeing"), l.field("doing"), l.field("need")
	seeing = strings.TrimSpace(l.rest() + " " + seeing)
	said := seeing+doing+need != ""
	if threads == nil {
		threads = owned(round, who, said)
	}
	d := &Draft{Says: who + ": heard, no change"}
	if said {
		d.Says = "Write down what " + who + " said"
	}
	for _, thread := range threads {
		r := act("checkin.answer", "checkin", round.Checkin.ID, "thread", thread, "seeing", seeing, "doing", doing, "need", need)
		r.Person = who
		d.Records = append(d.Records, r)
	}
	return d, nil
}

// asked takes out who was heard: one of those who are asked, whether or not
// they were ever seen here, else anybody who was.
func (l *line) asked(round incident.Round) (string, *Problem) {
	if len(l.words) > 0 {
		for _, a := range round.Asked {
			if strings.EqualFold(bare(l.words[0]), "@"+strings.ReplaceAll(a.Person, " ", "")) {
				l.take(0, 1)
				return a.Person, nil
			}
		}
	}
	return l.person()
}

// owned are the threads that an answer is the last word of; none is the
// incident's log.
func owned(round incident.Round, who string, said bool) []string {
	var out []string
	for _, a := range round.Asked {
		if a.Person != who {
			continue
		}
		for _, t := range a.Threads {
			out = append(out, t.ID)
		}
	}
	switch {
	case len(out) == 0:
		return []string{""}
	case said:
		return out[:1]
	}
	return out
}

// Situation begins the note that says what a round told, from its answers and
// nothing else. It is for a person to change, and to record or not.
func (w *Writer) Situation(r incident.Round) Begun {
	var said, same, silent []string
	for _, a := range r.Asked {
		switch {
		case a.Answer == nil:
			silent = append(silent, a.Person)
		case a.Answer.Seeing+a.Answer.Doing+a.Answer.Need == "":
			same = append(same, a.Person)
		default:
			said = append(said, a.Person+told(a.Answer)+".")
		}
	}
	text := "Check-in"
	if r.Checkin != nil {
		text += " " + r.Checkin.Label
	}
	text += ", " + strconv.Itoa(len(r.Asked)-len(silent)) + " of " + strconv.Itoa(len(r.Asked)) + " heard."
	if len(said) > 0 {
		text += " " + strings.Join(said, " ")
	}
	if len(same) > 0 {
		text += " No change: " + strings.Join(same, ", ") + "."
	}
	if len(silent) > 0 {
		text += " Not heard: " + strings.Join(silent, ", ") + "."
	}
	return Begun{Text: text, Caret: len(text)}
}

// told is an answer after the name of who gave it.
func told(a *incident.Answer) string {
	var parts []string
	for _, part := range []struct{ verb, text string }{{" sees ", a.Seeing}, {" does ", a.Doing}, {" needs ", a.Need}} {
		if part.text != "" {
			parts = append(parts, part.verb+strings.TrimRight(oneLine(part.text), "."))
		}
	}
	return strings.Join(parts, ";")
}

// oneLine puts a text on one line, and takes from it what a line would read
// as the name of a field.
func oneLine(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		if (&line{}).isField(word) {
			words[i] = strings.TrimSuffix(word, ":") + " –"
		}
	}
	return strings.Join(words, " ")
}
