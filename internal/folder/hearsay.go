package folder

import (
	"strconv"
	"time"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A hearsay is what devices have said that they have.
type hearsay struct {
	seen  map[string]map[record.Run]uint64 // by device
	said  map[string]time.Time
	known map[record.Run]uint64 // the highest number of a run that anybody has named
}

func hearsayOf(w *workspace.Workspace) (*hearsay, error) {
	all, err := w.Heard()
	if err != nil {
		return nil, err
	}
	h := &hearsay{seen: map[string]map[record.Run]uint64{}, said: map[string]time.Time{}, known: map[record.Run]uint64{}}
	for _, heard := range all {
		h.said[heard.Device] = heard.Said
		h.note(heard.Device, heard.Seen)
	}
	return h, nil
}

func (h *hearsay) note(device string, seen []record.Seen) {
	by := h.seen[device]
	if by == nil {
		by = map[record.Run]uint64{}
		h.seen[device] = by
	}
	for _, s := range seen {
		by[s.Run] = max(by[s.Run], s.Number)
		h.known[s.Run] = max(h.known[s.Run], s.Number)
	}
}

// hear takes in the header of a batch that came.
func (h *hearsay) hear(b record.Header) {
	if len(b.Seen) == 0 {
		return
	}
	if b.Written.After(h.said[b.Device]) {
		h.said[b.Device] = b.Written
	}
	h.note(b.Device, b.Seen)
}

// A saying is what this device is still to say of what it has.
type saying struct {
	pending bool      // records came that it has not said it has
	since   time.Time // when it was first asked to say so
}

// mostSeen is how many runs one batch speaks of. What is beyond is said by the
// next.
const mostSeen = 500

// speak says what this device has, with news and at most once a minute: by the
// next batch that is written, and where none is by one of its own. It reports
// whether it wrote one.
func (s *Share) speak(alone bool) (bool, error) {
	now, me := s.o.Now(), s.w.Device().ID
	if !s.said.pending || now.Sub(s.others.said[me]) < sayEvery {
		return false, nil
	}
	var seen []record.Seen
	for _, run := range s.held.inOrder() {
		held := s.held.runs[run]
		if n := whole(held); held.Device != me && n > s.others.seen[me][run] && len(seen) < mostSeen {
			seen = append(seen, record.Seen{Run: run, Number: n})
		}
	}
	if len(seen) == 0 {
		s.said = saying{}
		return false, nil
	}
	if s.said.since.IsZero() {
		s.said.since = now
	}
	if !alone && now.Sub(s.said.since) < sayAlone {
		s.w.Say(seen)
		return false, s.overheard()
	}
	if err := s.w.Acknowledge(seen); err != nil {
		return false, err
	}
	return true, s.overheard()
}

// overheard looks whether what was to be said has been.
func (s *Share) overheard() error {
	fresh, err := hearsayOf(s.w)
	if err != nil {
		return err
	}
	me := s.w.Device().ID
	if fresh.said[me].After(s.others.said[me]) {
		s.said = saying{}
	}
	s.others = fresh
	return nil
}

func utoa(n uint64) string { return strconv.FormatUint(n, 10) }
