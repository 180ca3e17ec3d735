package folder

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"slices"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// readAtOnce is about how many bytes are read and taken in at once.
const readAtOnce = 2 << 20

// longRead is from how many bytes on a reading is told as one.
const longRead = 1 << 20

// read takes in what came.
func (s *Share) read(ctx context.Context, r *Report, progress func(done, total int64)) error {
	var strays []carrier.Stray
	long := false
	for {
		var d carrier.Delivery
		var err error
		next := func() { d, err = s.pullNext(ctx, r) }
		if long && s.o.Gently {
			gently(next)
		} else {
			next()
		}
		if err != nil {
			return err
		}
		strays = append(strays, d.Strays...)
		if progress != nil {
			progress(d.Done, d.Total)
		}
		if !d.More {
			break
		}
		if d.Total > longRead {
			s.tellReading(d.Done, d.Total, !long)
			long = true
			// What is written here meanwhile does not wait for the end of it. Where
			// that fails, the round tries again and says why.
			_ = s.publish(ctx, r)
		}
	}
	now := s.o.Now()
	s.owed.note(r, long, now)
	if len(strays) > 0 || s.news { // those of an unchanged file are not told again
		told := troublesOf(append(strays, s.who.strays()...))
		s.set(func(st *State) { st.Strays = told })
	}
	s.set(func(st *State) { st.Read, st.Done, st.Total = now, 0, 0 })
	return nil
}

// pullNext takes in one delivery, and returns it with what of it could not be
// used.
func (s *Share) pullNext(ctx context.Context, r *Report) (carrier.Delivery, error) {
	d, err := s.carrier.Pull(ctx, maps.Clone(s.marks), readAtOnce)
	if err != nil {
		return d, err
	}
	s.beat()
	bad, err := s.takeIn(&d, r)
	d.Strays = append(d.Strays, bad...)
	return d, err
}

// tellReading says how far a long reading is and, once, who shares the
// workspace: who joins would else see nobody before the end.
func (s *Share) tellReading(done, total int64, first bool) {
	st := s.State()
	if first {
		s.count(&st, s.o.Now())
	}
	if n, err := s.w.OutboxLen(s.name()); err == nil {
		st.ToShare = n
	}
	st.Phase, st.Done, st.Total = Reading, done, total
	s.set(func(is *State) { *is = st })
}

// takeIn takes in one delivery, with its marks.
func (s *Share) takeIn(d *carrier.Delivery, r *Report) (strays []carrier.Stray, err error) {
	for place, mark := range d.Marks {
		s.unkept[place] = mark
		if mark == "" {
			delete(s.marks, place)
		} else {
			s.marks[place] = mark
		}
	}
	if len(d.Marks) > 0 {
		s.news = true
	}
	a := workspace.Arrival{Carrier: s.name(), Marks: s.unkept, Later: true}
	for _, line := range d.Lines {
		if sum := record.Digest(sha256.Sum256(line)); s.sent[sum] {
			delete(s.sent, sum) // it is what was just put there
			continue
		}
		opened, err := s.codec.Open(line)
		switch {
		case err == nil:
			a.Lines = append(a.Lines, opened)
		case errors.Is(err, ErrNoKey):
			a.Aside = append(a.Aside, workspace.Aside{Line: line, Reason: workspace.NoKey})
		default:
			strays = append(strays, carrier.Stray{Where: lineName(line), What: err.Error()})
		}
	}
	if len(a.Lines) == 0 && len(a.Aside) == 0 {
		return strays, nil // the marks are kept with what comes next
	}
	bad, err := s.ingest(a, r)
	if err == nil {
		s.unkept = carrier.Marks{}
	}
	return append(strays, bad...), err
}

// lineName says which line something is about.
func lineName(line []byte) string {
	run, n, ok := record.PlaceOf(line)
	if !ok {
		return "a line"
	}
	return "line " + run.String()[:8] + "-" + utoa(n)
}

func (s *Share) ingest(a workspace.Arrival, r *Report) (strays []carrier.Stray, err error) {
	result, err := s.w.IngestMarked(a)
	r.Added += result.Added
	r.Records += result.Records
	s.owed.redacted = s.owed.redacted || result.Redacted > 0
	if err != nil {
		return nil, err
	}
	for _, bad := range result.Bad {
		strays = append(strays, carrier.Stray{Where: lineName(a.Lines[bad.Index]), What: bad.Why})
	}
	for _, f := range result.Forks {
		strays = append(strays, carrier.Stray{
			Where: "run " + f.Run.String()[:8],
			What:  "its machine was set back to an earlier state and wrote number " + utoa(f.Number) + " again; both are kept",
		})
	}
	for _, h := range result.Said {
		s.others.hear(h)
	}
	if err := s.skew.weigh(s.w, result.Said, s.o.Now()); err != nil {
		return strays, err
	}
	if result.Added > 0 {
		s.said.pending = s.said.pending || result.Records > 0
		if err := s.held.take(result.Placed, s.w); err != nil {
			return strays, err
		}
	}
	s.news = true
	return strays, nil
}

// openAside tries the lines again that waited for a key, once keys came.
func (s *Share) openAside() error {
	c, ok := s.codec.(*sealed)
	if !ok || len(c.held) == s.sealedN {
		return nil
	}
	waiting, err := s.w.SetAside(workspace.NoKey, 1<<20)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(waiting, linesAtOnce) {
		var a workspace.Arrival
		for _, line := range some {
			if opened, err := s.codec.Open(line); err == nil {
				a.Lines, a.Opened = append(a.Lines, opened), append(a.Opened, line)
			}
		}
		if len(a.Lines) == 0 {
			continue
		}
		var r Report
		if _, err := s.ingest(a, &r); err != nil {
			return err
		}
	}
	s.sealedN = len(c.held)
	return nil
}

// lookUp looks up, once, what is here and what others are known to have, and
// then what is new of it.
func (s *Share) lookUp() (err error) {
	if s.held != nil {
		news, err := s.held.catchUp(s.w)
		s.news = s.news || news
		return err
	}
	if s.held, err = holdingOf(s.w); err == nil {
		s.others, err = hearsayOf(s.w)
	}
	return err
}

// A skew is how far this machine's clock is from those of others, as far as
// they prove it.
type skew struct {
	by map[string]proof // device
}

type proof struct {
	off time.Duration // how far its clock is ahead of this one, at least
	at  time.Time
}

// proofHolds is how long what a device proved of the clocks is believed.
const proofHolds = 10 * time.Minute

// weigh looks what batches that came prove of the clocks: one that was written
// after now is of a clock that is ahead; one that says that it has a batch of
// this run, and was written before that, is of one that is behind.
func (k *skew) weigh(w *workspace.Workspace, said []record.Header, now time.Time) error {
	for _, h := range said {
		if h.Device == w.Device().ID {
			continue
		}
		off := max(0, h.Written.Sub(now))
		for _, seen := range h.Seen {
			lines, err := w.LinesOf(seen.Run, seen.Number, seen.Number, 1)
			if err != nil {
				return err
			}
			if len(lines) == 0 || lines[0].Device != w.Device().ID {
				continue
			}
			_, own, err := record.DecodeBatchRecords(lines[0].Bytes, nil)
			if err == nil && own.Written.After(h.Written) {
				off = min(off, h.Written.Sub(own.Written))
			}
		}
		if off >= -skewLimit && off <= skewLimit {
			delete(k.by, h.Device)
			continue
		}
		if k.by == nil {
			k.by = map[string]proof{}
		}
		k.by[h.Device] = proof{off, now}
	}
	return nil
}

// own is how far this machine's clock is off, where at least half of the
// others say so.
func (k *skew) own(now time.Time, others int) time.Duration {
	var ahead, behind []time.Duration
	for _, p := range k.by {
		switch {
		case now.Sub(p.at) > proofHolds:
		case p.off > 0:
			ahead = append(ahead, p.off)
		default:
			behind = append(behind, p.off)
		}
	}
	for _, all := range [][]time.Duration{ahead, behind} {
		if len(all) > 0 && 2*len(all) >= others {
			slices.Sort(all)
			return -all[len(all)/2]
		}
	}
	return 0
}
