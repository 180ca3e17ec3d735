package workspace

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// giveLabels gives every thing that an import makes its display label: the
// one that the file says where it is free, else the next number, in record
// order.
func (in *importing) giveLabels(t *writing, records []*record.Record) error {
	taken := map[string]bool{}
	for _, r := range records {
		if wellFormed(r) && !taken[r.Label] && in.target.inc.LabelFree(r.Label) {
			taken[r.Label] = true
		} else if incident.LabelLetter(r.Do) != "" {
			in.clearLabel(r)
		}
	}
	next := map[string]int{}
	for _, r := range records {
		letter := incident.LabelLetter(r.Do)
		if letter == "" || r.Label != "" {
			continue
		}
		if next[letter] == 0 {
			next[letter] = firstNumber(in.target.inc, letter, taken)
		}
		r.Label = letter + strconv.Itoa(next[letter])
		next[letter]++
	}
	return in.labelIncident(t, records)
}

func (in *importing) clearLabel(r *record.Record) {
	if r.Label != "" {
		in.note(r, fmt.Sprintf("its label %.20q was taken or is none; it has a new one", r.Label))
	}
	r.Label = ""
}

// wellFormed reports whether a record has a label of the letter of its kind.
func wellFormed(r *record.Record) bool {
	letter := incident.LabelLetter(r.Do)
	if letter == "" || len(r.Label) < 2 || len(r.Label) > 8 || r.Label[:1] != letter {
		return false
	}
	return number(r.Label) > 0
}

// number returns the number of a label such as "C4", 0 where it has none.
func number(label string) int {
	n, err := strconv.Atoi(label[1:])
	if err != nil || n < 1 || strconv.Itoa(n) != label[1:] {
		return 0
	}
	return n
}

// firstNumber returns the number after the highest of a letter, in the
// incident and among the labels taken.
func firstNumber(inc *incident.Incident, letter string, taken map[string]bool) int {
	first := number(inc.NextLabel(letter))
	for label := range taken {
		if label[:1] == letter {
			first = max(first, number(label)+1)
		}
	}
	return first
}

// longestIncidentLabel is how long, in letters, the label of an incident may
// be that a file brings.
const longestIncidentLabel = 24

// labelIncident keeps the label that a new incident brings where no other has
// it. Without one it is called after its identity, the same on every machine.
func (in *importing) labelIncident(t *writing, records []*record.Record) error {
	if !in.report.Created {
		return nil
	}
	for _, r := range records {
		if r.Do != declare || r.Label == "" {
			continue
		}
		free, err := t.incidentLabelFree(r.Label)
		if err != nil || free {
			return err
		}
		in.note(r, fmt.Sprintf("its label %.40q is another incident's; it is called after its identity", r.Label))
		r.Label = ""
		return nil
	}
	return nil
}

// incidentLabelFree reports whether a label can be a new incident's.
func (t *writing) incidentLabelFree(label string) (bool, error) {
	if utf8.RuneCountInString(label) > longestIncidentLabel {
		return false, nil
	}
	sums, stale, err := keptSummaries(t.tx)
	if err != nil {
		return false, err
	}
	for _, at := range stale {
		other, _, err := readIncident(t.tx, at.incident)
		if err != nil {
			return false, err
		}
		sums = append(sums, summarise(other.inc))
	}
	return len(selected(sums, labelled(label))) == 0, nil
}
