package folder

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash/fnv"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// How much is published at once.
const (
	linesAtOnce = 500
	bytesAtOnce = 4 << 20
)

// publish puts what this device wrote into the folder. What is noted as
// published is there: a crash between the two publishes it again.
func (s *Share) publish(ctx context.Context, r *Report) error {
	for {
		out, err := s.w.Outbox(s.name(), linesAtOnce)
		if err != nil || len(out) == 0 {
			return err
		}
		n, err := s.put(ctx, out)
		if n > 0 {
			r.Published += n
			s.news = true
			s.files.noteOwn(out[:n])
			if kept := s.w.Published(s.name(), out[n-1].Seq); kept != nil {
				return kept
			}
			now := s.o.Now()
			s.set(func(st *State) { st.Written = now })
		}
		if errors.Is(err, ErrNoKey) {
			return nil // it waits for the key
		}
		if err != nil {
			return err
		}
	}
}

// put publishes lines, those of a run that follow each other together, and
// returns how many are there.
func (s *Share) put(ctx context.Context, lines []workspace.Line) (int, error) {
	done := 0
	for done < len(lines) {
		n, size := 1, len(lines[done].Bytes)
		for done+n < len(lines) && follow(lines[done+n-1], lines[done+n]) && size < bytesAtOnce {
			size += len(lines[done+n].Bytes)
			n++
		}
		some, err := s.sealAll(lines[done : done+n])
		if err == nil {
			err = s.carrier.Publish(ctx, lines[done].Run, lines[done].Number, some)
		}
		if err != nil {
			return done, err
		}
		s.beat()
		for _, line := range some {
			s.sent[sha256.Sum256(line)] = true
		}
		done += n
	}
	return done, nil
}

func follow(a, b workspace.Line) bool { return a.Run == b.Run && a.Number+1 == b.Number }

func (s *Share) sealAll(lines []workspace.Line) ([][]byte, error) {
	out := make([][]byte, len(lines))
	for i, l := range lines {
		sealed, err := s.codec.Seal(l.Bytes)
		if err != nil {
			return nil, err
		}
		out[i] = sealed
	}
	return out, nil
}

// A healing puts back what the folder lost.
type healing struct {
	lacks map[record.Run]time.Time // of runs of others: since when the folder lacks some of it
	last  time.Time                // when it was last looked
}

// healEvery is how often the folder is compared with what is here where
// nothing has happened.
const healEvery = time.Minute

// healFolder puts batches back that the folder does not have: this device's at
// once, those of others after a while, since whoever wrote them may do it.
func (s *Share) healFolder(ctx context.Context, r *Report) error {
	now := s.o.Now()
	if !s.news && now.Sub(s.heal.last) < healEvery {
		return nil
	}
	s.heal.last, s.news = now, false
	there, err := s.carrier.Holdings(ctx)
	if err != nil {
		return err
	}
	byRun := map[record.Run][]carrier.Holding{}
	for _, h := range there {
		byRun[h.Run] = append(byRun[h.Run], h)
	}
	if s.heal.lacks == nil {
		s.heal.lacks = map[record.Run]time.Time{}
	}
	for _, run := range s.held.inOrder() {
		held := s.held.runs[run]
		missing := lacking(held.Stretches, byRun[run])
		if len(missing) == 0 {
			delete(s.heal.lacks, run)
			continue
		}
		if !s.mayHeal(run, held.Device, now) {
			continue
		}
		for _, m := range missing {
			if err := s.putBack(ctx, run, m, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Share) mayHeal(run record.Run, device string, now time.Time) bool {
	if device == s.w.Device().ID {
		return true
	}
	since, ok := s.heal.lacks[run]
	if !ok {
		s.heal.lacks[run] = now
		return false
	}
	return now.Sub(since) >= healAfter+s.turn()
}

// turn is how much longer than others this device waits, so that not all do
// the same at once.
func (s *Share) turn() time.Duration {
	h := fnv.New32a()
	h.Write([]byte(s.w.Device().ID)) // a hash never fails
	return time.Duration(h.Sum32()%300) * time.Second
}

func (s *Share) putBack(ctx context.Context, run record.Run, m workspace.Stretch, r *Report) error {
	for from := m.From; from <= m.To; {
		lines, err := s.w.LinesOf(run, from, m.To, linesAtOnce)
		if err != nil || len(lines) == 0 {
			return err
		}
		n, err := s.put(ctx, lines)
		r.Healed += n
		if n > 0 {
			s.news = true
			s.files.noteOwn(nil)
		}
		if errors.Is(err, ErrNoKey) {
			return nil
		}
		if err != nil {
			return err
		}
		from = lines[len(lines)-1].Number + 1
	}
	return nil
}
