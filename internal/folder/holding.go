package folder

import (
	"bytes"
	"maps"
	"slices"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A holding is what the workspace has of every run. It is derived from the
// workspace, and kept up to date as batches come in.
type holding struct {
	runs map[record.Run]*workspace.Held
	upTo int64
}

func holdingOf(w *workspace.Workspace) (*holding, error) {
	all, upTo, err := w.Held()
	if err != nil {
		return nil, err
	}
	h := &holding{runs: make(map[record.Run]*workspace.Held, len(all)), upTo: upTo}
	for i := range all {
		h.runs[all[i].Run] = &all[i]
	}
	return h, nil
}

// catchUp adds what came in since it was last asked, and reports whether there
// was anything.
func (h *holding) catchUp(w *workspace.Workspace) (bool, error) {
	news, err := w.HeldAfter(h.upTo)
	for _, p := range news {
		h.add(p)
	}
	return len(news) > 0, err
}

// take adds what was just taken in. Where somebody else wrote in between, it
// asks for that too.
func (h *holding) take(came []workspace.Placed, w *workspace.Workspace) error {
	for _, p := range came {
		if p.Seq != h.upTo+1 {
			_, err := h.catchUp(w)
			return err
		}
		h.add(p)
	}
	return nil
}

func (h *holding) add(p workspace.Placed) {
	h.upTo = max(h.upTo, p.Seq)
	run := h.runs[p.Run]
	if run == nil {
		run = &workspace.Held{Run: p.Run, Device: p.Device}
		h.runs[p.Run] = run
	}
	run.Stretches = with(run.Stretches, p.Number)
}

// with adds a number to stretches that are in order.
func with(all []workspace.Stretch, n uint64) []workspace.Stretch {
	i, _ := slices.BinarySearchFunc(all, n, func(s workspace.Stretch, n uint64) int {
		if s.To < n {
			return -1
		}
		return 1
	}) // the first that does not end before n
	if i < len(all) && all[i].From <= n {
		return all
	}
	joinsLeft := i > 0 && all[i-1].To+1 == n
	joinsRight := i < len(all) && n+1 == all[i].From
	switch {
	case joinsLeft && joinsRight:
		all[i-1].To = all[i].To
		return slices.Delete(all, i, i+1)
	case joinsLeft:
		all[i-1].To = n
	case joinsRight:
		all[i].From = n
	default:
		all = slices.Insert(all, i, workspace.Stretch{From: n, To: n})
	}
	return all
}

// whole returns up to which number all batches of a run are here.
func whole(h *workspace.Held) uint64 {
	if h == nil || len(h.Stretches) == 0 || h.Stretches[0].From > 1 {
		return 0
	}
	return h.Stretches[0].To
}

func top(h *workspace.Held) uint64 {
	if h == nil || len(h.Stretches) == 0 {
		return 0
	}
	return h.Stretches[len(h.Stretches)-1].To
}

func counted64(h *workspace.Held) uint64 {
	n := uint64(0)
	if h != nil {
		for _, s := range h.Stretches {
			n += s.To - s.From + 1
		}
	}
	return n
}

// inOrder lists the runs in an order that is the same whenever it is asked.
func (h *holding) inOrder() []record.Run {
	return slices.SortedFunc(maps.Keys(h.runs), func(a, b record.Run) int { return bytes.Compare(a[:], b[:]) })
}

// lacking returns what is here of a run and not in a place.
func lacking(here []workspace.Stretch, there []carrier.Holding) []workspace.Stretch {
	var all []workspace.Stretch
	for _, s := range here {
		from := s.From
		for _, t := range there {
			if t.To < from || t.From > s.To {
				continue
			}
			if t.From > from {
				all = append(all, workspace.Stretch{From: from, To: t.From - 1})
			}
			from = t.To + 1
		}
		if from <= s.To {
			all = append(all, workspace.Stretch{From: from, To: s.To})
		}
	}
	return all
}
