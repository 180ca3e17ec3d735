package folder

import (
	"bytes"
	"context"
	"errors"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// erasing takes out of the folder what was redacted. The machine that wrote a
// line does it at once; another where it has not been done after a while.
type erasing struct {
	first map[int64]time.Time // when an erased line was first seen here
	done  map[int64]bool
}

// An owed is what is still to be erased from the disk here of what came.
type owed struct {
	redacted bool
	long     bool      // it came in a long read
	came     time.Time // when something last came
}

// quiet is how long nothing must have come, after a long read, before the
// database is written anew: that takes seconds where it is large, and nobody
// can record anything meanwhile.
const quiet = 30 * time.Second

func (o *owed) note(r *Report, long bool, now time.Time) {
	if r.Added > 0 {
		o.came = now
	}
	o.long = o.long && o.redacted || long
}

// finishErasing erases from the disk what was redacted by what came, at once
// but after a long read. Where the program ends before, the workspace does it
// when it is opened next.
func (s *Share) finishErasing(alone bool) {
	o := &s.owed
	if !o.redacted || o.long && !alone && s.o.Now().Sub(o.came) < quiet {
		return
	}
	if err := s.w.FinishErasing(); err != nil {
		s.w.Log().Warn("share", "error", err) // the workspace tries again
	}
	*o = owed{}
}

func newErasing() erasing {
	return erasing{first: map[int64]time.Time{}, done: map[int64]bool{}}
}

// erase puts the lines from which something was erased here into the place of
// those in the folder.
func (s *Share) erase(ctx context.Context, r *Report) error {
	lines, err := s.w.ErasedLines(s.name())
	if err != nil || len(lines) == 0 {
		return err
	}
	now, upTo, all := s.o.Now(), int64(0), true
	byRun := map[record.Run][]workspace.ErasedLine{}
	var runs []record.Run
	for _, l := range lines {
		if s.erasing.done[l.ID] || !s.mayErase(l, now) {
			continue
		}
		if byRun[l.Run] == nil {
			runs = append(runs, l.Run)
		}
		byRun[l.Run] = append(byRun[l.Run], l)
	}
	for _, run := range runs {
		n, err := s.eraseRun(ctx, run, byRun[run])
		r.Erased += n
		if err != nil {
			return err
		}
		for _, l := range byRun[run] {
			s.erasing.done[l.ID] = true
		}
		s.news = s.news || n > 0
	}
	for _, l := range lines {
		all = all && s.erasing.done[l.ID]
		if all {
			upTo = l.ID
		}
	}
	if upTo == 0 {
		return nil
	}
	return s.w.ErasedThere(s.name(), upTo)
}

func (s *Share) mayErase(l workspace.ErasedLine, now time.Time) bool {
	if l.Device == s.w.Device().ID {
		return true
	}
	if s.erasing.first[l.ID].IsZero() {
		s.erasing.first[l.ID] = now
	}
	return now.Sub(s.erasing.first[l.ID]) >= healAfter+s.turn()
}

func (s *Share) eraseRun(ctx context.Context, run record.Run, erased []workspace.ErasedLine) (int, error) {
	byHash := map[record.Digest][]byte{}
	for _, l := range erased {
		frame, err := record.Split(l.Bytes)
		if err != nil {
			return 0, err
		}
		byHash[frame.Hash()] = l.Bytes
	}
	var failed error
	n, err := s.carrier.Rewrite(ctx, run, func(line []byte) ([]byte, bool) {
		opened, err := s.codec.Open(line)
		if err != nil {
			return nil, false // it is not for this device to read
		}
		frame, err := record.Split(opened)
		if err != nil {
			return nil, false
		}
		is := byHash[frame.Hash()]
		if is == nil || bytes.Equal(is, opened) {
			return nil, false
		}
		sealed, err := s.codec.Seal(is)
		if err != nil {
			failed = err
			return nil, false
		}
		return sealed, true
	})
	return n, errors.Join(err, failed)
}

// Erased says of an evidence that was redacted which members have heard of it,
// and so have erased it, and which have not been heard to.
func (s *Share) Erased(incidentID, evidence string) (done, waiting []Member, err error) {
	var at record.Stamp
	err = s.w.View(incidentID, func(inc *incident.Incident) error {
		for _, r := range inc.Records() {
			if field, ok := r.Field("evidence"); ok && r.Do == "evidence.redact" && string(field) == `"`+evidence+`"` {
				at = r.Stamp
			}
		}
		return nil
	})
	if err != nil || at.IsZero() {
		return nil, nil, err
	}
	others, err := hearsayOf(s.w)
	if err != nil {
		return nil, nil, err
	}
	device := ""
	if lines, err := s.w.LinesOf(at.Run, at.Line, at.Line, 1); err == nil && len(lines) == 1 {
		device = lines[0].Device
	}
	for _, m := range s.State().Members {
		switch {
		case !m.Removed.IsZero():
		case m.Self, m.Device == device, others.seen[m.Device][at.Run] >= at.Line:
			done = append(done, m)
		default:
			waiting = append(waiting, m)
		}
	}
	return done, waiting, nil
}
