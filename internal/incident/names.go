package incident

import (
	"slices"
	"strconv"
	"strings"
)

// names are the display labels of an incident's things. Most stand in the
// records. Where two devices gave one label, both show a suffix by event
// order (C8a, C8b); what has none gets the next number.
type names struct {
	incident Ref
	byID     map[string]*entry
	display  map[string]string   // by id, where it is not the record's own
	shared   map[string][]*entry // by label: the things of one that several have
}

func (f *fold) names() *names {
	n := &names{
		incident: f.self(),
		byID:     f.byID,
		display:  map[string]string{},
		shared:   map[string][]*entry{},
	}
	for l, owners := range f.shared {
		n.shared[l] = slices.Clone(owners)
		for i, e := range owners {
			n.display[e.ID] = l + suffix(i)
		}
	}
	next := map[string]int{}
	for _, e := range f.unlabelled {
		letter := LabelLetter(e.Do)
		next[letter]++
		n.display[e.ID] = label(letter, f.numbers[letter]+next[letter])
	}
	return n
}

// suffix counts a, b … z, aa, ab …
func suffix(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('a'+(i-1)%26)) + s
	}
	return s
}

func (f *fold) takeLabel(e *entry) {
	if e.Label == "" {
		if LabelLetter(e.Do) != "" && e.body != nil {
			f.unlabelled = append(f.unlabelled, e)
		}
		return
	}
	if first, taken := f.labelled[e.Label]; !taken {
		f.labelled[e.Label] = e
	} else {
		if len(f.shared[e.Label]) == 0 {
			f.shared[e.Label] = []*entry{first}
		}
		f.shared[e.Label] = append(f.shared[e.Label], e)
	}
	letter, number := splitLabel(e.Label)
	if number > f.numbers[letter] {
		f.numbers[letter] = number
	}
}

func label(letter string, number int) string { return letter + strconv.Itoa(number) }

// splitLabel takes "C4" apart into "C" and 4; the number is 0 for a label of
// another form.
func splitLabel(l string) (string, int) {
	if len(l) < 2 || len(l) > 8 {
		return l, 0
	}
	n, err := strconv.Atoi(l[1:])
	if err != nil || n < 0 {
		return l, 0
	}
	return l[:1], n
}

// ref points at the record with an id.
func (n *names) ref(id string) Ref {
	e, ok := n.byID[id]
	if !ok {
		return Ref{ID: id, Kind: KindRecord}
	}
	return Ref{ID: id, Label: n.label(id, e.Label), Kind: Makes(e.Do)}
}

func (n *names) label(id, own string) string {
	if d, ok := n.display[id]; ok {
		return d
	}
	return own
}

// named is the label of a thing, its id where it has none.
func (n *names) named(id string) string { return firstOf(n.ref(id).Label, id) }

func (n *names) namedAll(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.named(id)
	}
	return strings.Join(out, ", ")
}

// relabel gives a ref the label that its thing shows.
func (n *names) relabel(r Ref) Ref {
	if r.ID != "" {
		r.Label = n.label(r.ID, r.Label)
	}
	return r
}
