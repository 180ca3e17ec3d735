package app

import (
	"cmp"
	"slices"
	"strconv"

	"bearings/internal/incident"
)

// A TreeView is what a thing rests on, or what rests on it, as an outline.
type TreeView struct {
	Root  Chip      `json:"root"`
	Only  bool      `json:"only"`  // the thing rests only on itself
	Said  string    `json:"said"`  // who said that it rests on nothing; empty where nobody did
	Way   string    `json:"way"`   // "under" or "over"
	Rows  []TreeRow `json:"rows"`  // a page of them
	From  int       `json:"from"`  // which of the rows the first is
	Count int       `json:"count"` // of all rows
}

// A TreeRow is a line of the outline: a thing, or the words that set the
// alternatives apart.
type TreeRow struct {
	Key   string `json:"key"`  // unlike that of any other row
	Kind  string `json:"kind"` // "thing"; "any": one of the sets that follow will do; "set": what must all stand
	Depth int    `json:"depth"`
	Chip  Chip   `json:"chip"`  // of a thing
	Set   int    `json:"set"`   // of a set, its number, from 1
	Count int    `json:"count"` // of an any, its sets
	Holds string `json:"holds"` // the footing of a set
	Again bool   `json:"again"` // the thing stands further up with what is under it
	Round bool   `json:"round"` // the thing is among those that it is listed under: a circle
	Only  bool   `json:"only"`  // the thing rests only on itself
	More  int    `json:"more"`  // rows that belong under it
}

// treePage is how many rows cross to the window at once.
const treePage = 200

// The ways in which a tree grows.
const (
	wayUnder = "under" // what a thing rests on
	wayOver  = "over"  // what rests on it
)

// Tree returns a page of the outline of what a thing rests on ("under"), or of
// what rests on it ("over"), from one of its rows on.
func (g *Grounds) Tree(id, ref, way string, from int, asOf int64) (*TreeView, error) {
	return call(g.app, "Grounds.Tree", func() (*TreeView, error) {
		if way != wayUnder && way != wayOver || from < 0 {
			return nil, &Error{Code: codeInvalid, Message: "There is no such tree.", Hint: ""}
		}
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		t, ok := s.Find(ref)
		if !ok {
			return nil, notFound(ref)
		}
		return treeOf(s, t, way, from), nil
	})
}

func treeOf(s *incident.State, t incident.Thing, way string, from int) *TreeView {
	b := treeBuilder{state: s, shown: map[string]bool{}}
	if way == wayUnder {
		b.under(t, 0, []string{t.Meta().ID})
	} else {
		b.on = dependentsOf(s)
		b.over(t, 0, []string{t.Meta().ID})
	}
	b.weigh()
	from = min(from, len(b.rows))
	to := min(from+treePage, len(b.rows))
	v := &TreeView{
		Root: chipOf(t), Only: onlyItself(t), Way: way, Rows: append([]TreeRow{}, b.rows[from:to]...), From: from, Count: len(b.rows),
	}
	if basis := t.Rests(); basis != nil && way == wayUnder {
		v.Said = basis.Nothing
	}
	return v
}

// A treeBuilder writes an outline. A thing is unfolded where it comes first;
// there are never more rows than there are bonds between things.
type treeBuilder struct {
	state *incident.State
	on    dependents
	rows  []TreeRow
	shown map[string]bool // unfolded already
}

func (b *treeBuilder) add(r TreeRow, way []string, key string) {
	for _, id := range way {
		r.Key += id + "/"
	}
	r.Key += key
	b.rows = append(b.rows, r)
}

func (b *treeBuilder) under(t incident.Thing, depth int, way []string) {
	basis := t.Rests()
	if basis == nil {
		return
	}
	if len(basis.Sets) == 1 {
		b.members(basis.Sets[0], depth, way, 0)
		return
	}
	if len(basis.Sets) > 1 {
		b.add(TreeRow{Kind: "any", Depth: depth, Count: len(basis.Sets)}, way, "any")
	}
	for n, set := range basis.Sets {
		b.add(TreeRow{Kind: "set", Depth: depth + 1, Set: n + 1, Holds: set.Footing.String()}, way, strconv.Itoa(n+1))
		b.members(set, depth+2, way, n+1)
	}
}

func (b *treeBuilder) members(set incident.BasisSet, depth int, way []string, n int) {
	for _, ref := range byLabel(set.On) {
		m, ok := b.state.Find(ref.ID)
		if !ok {
			b.add(TreeRow{Kind: "thing", Depth: depth, Chip: chip(b.state, ref), Set: n}, way, strconv.Itoa(n)+" "+ref.ID)
			continue
		}
		if b.thing(m, depth, way, n) {
			b.under(m, depth+1, append(slices.Clone(way), m.Meta().ID))
		}
	}
}

// byLabel sorts the members of a set, which have the order of their ids, as a
// person looks for them: claims first, then by number.
func byLabel(refs []incident.Ref) []incident.Ref {
	out := slices.Clone(refs)
	slices.SortFunc(out, func(a, b incident.Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(len(a.Label), len(b.Label)), cmp.Compare(a.Label, b.Label))
	})
	return out
}

func (b *treeBuilder) over(t incident.Thing, depth int, way []string) {
	for _, d := range b.on[t.Meta().ID] {
		if b.thing(d, depth, way, 0) {
			b.over(d, depth+1, append(slices.Clone(way), d.Meta().ID))
		}
	}
}

// thing adds the row of a thing, and reports whether it is to be unfolded.
func (b *treeBuilder) thing(t incident.Thing, depth int, way []string, set int) bool {
	id := t.Meta().ID
	row := TreeRow{
		Kind: "thing", Depth: depth, Chip: chipOf(t), Set: set, Only: onlyItself(t),
		Round: slices.Contains(way, id), Again: b.shown[id],
	}
	b.add(row, way, strconv.Itoa(set)+" "+id)
	if row.Round || row.Again {
		return false
	}
	b.shown[id] = true
	return true
}

// weigh counts what belongs under each row.
func (b *treeBuilder) weigh() {
	for i := range b.rows {
		for _, r := range b.rows[i+1:] {
			if r.Depth <= b.rows[i].Depth {
				break
			}
			b.rows[i].More++
		}
	}
}

func onlyItself(t incident.Thing) bool {
	basis := t.Rests()
	return basis != nil && basis.Circular
}
