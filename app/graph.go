package app

import (
	"slices"

	"bearings/internal/incident"
)

// A GraphView is what a thing rests on and what rests on it, laid out in
// layers: what would fall above, what holds it up below.
type GraphView struct {
	Nodes  []GraphNode `json:"nodes"` // from above, each layer from the left
	Edges  []GraphEdge `json:"edges"`
	Layers int         `json:"layers"`
	Widest int         `json:"widest"` // nodes of the widest layer
	Left   int         `json:"left"`   // things for which there is no room; the outline has them
}

// A GraphNode is a thing at its place: its layer from above, and how far from
// the left edge of the widest layer its middle is, in nodes.
type GraphNode struct {
	Chip  Chip    `json:"chip"`
	Root  bool    `json:"root"`
	Only  bool    `json:"only"` // rests only on itself
	Layer int     `json:"layer"`
	X     float64 `json:"x"`
}

// A GraphEdge says that a thing rests on another, as places among the nodes.
type GraphEdge struct {
	From int    `json:"from"` // what rests
	To   int    `json:"to"`   // on what
	Set  int    `json:"set"`  // of several sets, which; 0 where there is one
	Weak string `json:"weak"` // the footing of the set, where it is below firm
}

// graphMost is how many things are drawn: more is no picture any more.
const graphMost = 40

// Graph lays out what has to do with a thing.
func (g *Grounds) Graph(id, ref string, asOf int64) (*GraphView, error) {
	return call(g.app, "Grounds.Graph", func() (*GraphView, error) {
		s, err := g.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		t, ok := s.Find(ref)
		if !ok {
			return nil, notFound(ref)
		}
		return graphOf(s, t), nil
	})
}

// A graph is things in layers around one of them.
type graph struct {
	state  *incident.State
	things []incident.Thing
	layer  map[string]int // the thing's is 0, what is under it below 0
	left   map[string]bool
}

func graphOf(s *incident.State, root incident.Thing) *GraphView {
	g := graph{state: s, layer: map[string]int{}, left: map[string]bool{}}
	on := dependentsOf(s)
	g.take(root, 0)
	g.grow(root, 1, func(t incident.Thing) []incident.Thing { return on[t.Meta().ID] })
	g.grow(root, -1, g.membersOf)
	g.spread()
	return g.view(root.Meta().ID)
}

func (g *graph) take(t incident.Thing, layer int) {
	g.layer[t.Meta().ID] = layer
	g.things = append(g.things, t)
}

func (g *graph) membersOf(t incident.Thing) []incident.Thing {
	var out []incident.Thing
	for _, c := range restsOnRefs(t) {
		if m, ok := g.state.Find(c.ID); ok {
			out = append(out, m)
		}
	}
	return out
}

func restsOnRefs(t incident.Thing) (refs []incident.Ref) {
	basis := t.Rests()
	if basis == nil {
		return nil
	}
	for _, set := range basis.Sets {
		for _, ref := range set.On {
			if !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// grow takes in what is near first, a layer at a time, to half of what there
// is room for.
func (g *graph) grow(root incident.Thing, by int, next func(incident.Thing) []incident.Thing) {
	room := graphMost / 2
	at := []incident.Thing{root}
	for layer := by; len(at) > 0; layer += by {
		var found []incident.Thing
		for _, t := range at {
			for _, n := range next(t) {
				id := n.Meta().ID
				if _, ok := g.layer[id]; ok || g.left[id] {
					continue
				}
				if room == 0 {
					g.left[id] = true
					continue
				}
				room--
				g.take(n, layer)
				found = append(found, n)
			}
		}
		at = found
	}
}

// spread moves what rests on something of its own layer up, and what is under
// something of its own layer down, so that most bonds point down; a circle
// stays as it is.
func (g *graph) spread() {
	for range g.things {
		moved := false
		for _, t := range g.things {
			for _, ref := range restsOnRefs(t) {
				above := g.layer[t.Meta().ID]
				below, ok := g.layer[ref.ID]
				if !ok || above > below || ref.ID == t.Meta().ID || g.circles(ref.ID, t.Meta().ID) {
					continue
				}
				if above > 0 {
					g.layer[t.Meta().ID] = below + 1
				} else if below < 0 {
					g.layer[ref.ID] = above - 1
				}
				moved = moved || above > 0 || below < 0
			}
		}
		if !moved {
			return
		}
	}
}

// circles reports whether one thing rests on another, over what is drawn.
func (g *graph) circles(from, to string) bool {
	seen := map[string]bool{from: true}
	queue := []string{from}
	for len(queue) > 0 {
		t, ok := g.state.Find(queue[0])
		queue = queue[1:]
		if !ok {
			continue
		}
		for _, ref := range restsOnRefs(t) {
			if _, drawn := g.layer[ref.ID]; !drawn || seen[ref.ID] {
				continue
			}
			if ref.ID == to {
				return true
			}
			seen[ref.ID] = true
			queue = append(queue, ref.ID)
		}
	}
	return false
}

// view puts each layer in the order that crosses few bonds, and everything at
// its place.
func (g *graph) view(root string) *GraphView {
	rows := g.rows()
	v := &GraphView{Nodes: []GraphNode{}, Edges: []GraphEdge{}, Layers: len(rows), Left: len(g.left)}
	for _, row := range rows {
		v.Widest = max(v.Widest, len(row))
	}
	place := map[string]int{}
	for n, row := range rows {
		for i, t := range row {
			place[t.Meta().ID] = len(v.Nodes)
			v.Nodes = append(v.Nodes, GraphNode{
				Chip: chipOf(t), Root: t.Meta().ID == root, Only: onlyItself(t), Layer: n,
				X: float64(v.Widest-len(row))/2 + float64(i) + 0.5,
			})
		}
	}
	for from, node := range v.Nodes {
		t, _ := g.state.Find(node.Chip.ID)
		v.Edges = append(v.Edges, edgesOf(t, from, place)...)
	}
	return v
}

func edgesOf(t incident.Thing, from int, place map[string]int) (out []GraphEdge) {
	basis := t.Rests()
	if basis == nil {
		return nil
	}
	for n, set := range basis.Sets {
		e := GraphEdge{From: from}
		if len(basis.Sets) > 1 {
			e.Set = n + 1
		}
		if set.Footing < incident.Firm {
			e.Weak = set.Footing.String()
		}
		for _, ref := range set.On {
			if to, ok := place[ref.ID]; ok {
				e.To = to
				out = append(out, e)
			}
		}
	}
	return out
}

// rows are the layers from above. Each is sorted by where its neighbours in
// the layer before stand, down and up again a few times.
func (g *graph) rows() [][]incident.Thing {
	top, bottom := 0, 0
	for _, layer := range g.layer {
		top, bottom = max(top, layer), min(bottom, layer)
	}
	rows := make([][]incident.Thing, top-bottom+1)
	for _, t := range g.things {
		n := top - g.layer[t.Meta().ID]
		rows[n] = append(rows[n], t)
	}
	bonds := map[string][]string{}
	for _, t := range g.things {
		for _, ref := range restsOnRefs(t) {
			bonds[t.Meta().ID] = append(bonds[t.Meta().ID], ref.ID)
			bonds[ref.ID] = append(bonds[ref.ID], t.Meta().ID)
		}
	}
	for range 4 {
		for n := 1; n < len(rows); n++ {
			sortBy(rows[n], rows[n-1], bonds)
		}
		for n := len(rows) - 2; n >= 0; n-- {
			sortBy(rows[n], rows[n+1], bonds)
		}
	}
	return rows
}

// sortBy sorts a layer by the middle of what its things are bound to in the
// one beside it.
func sortBy(row, beside []incident.Thing, bonds map[string][]string) {
	middle := map[string]float64{}
	for i, t := range row {
		id := t.Meta().ID
		sum, n := 0.0, 0
		for at, b := range beside {
			if slices.Contains(bonds[id], b.Meta().ID) {
				sum, n = sum+(float64(at)+0.5)/float64(len(beside)), n+1
			}
		}
		middle[id] = (float64(i) + 0.5) / float64(len(row))
		if n > 0 {
			middle[id] = sum / float64(n)
		}
	}
	slices.SortStableFunc(row, func(a, b incident.Thing) int {
		switch d := middle[a.Meta().ID] - middle[b.Meta().ID]; {
		case d < 0:
			return -1
		case d > 0:
			return 1
		default:
			return 0
		}
	})
}
