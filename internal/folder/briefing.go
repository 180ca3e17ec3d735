package folder

import (
	"context"
	"slices"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// briefs are the briefs in the folder, for who has no window: the lead's
// machine writes them, and another where they are stale.
type briefs struct {
	upTo    int64
	written map[string]int       // records that the brief was written with, by incident
	wrote   map[string]time.Time // when this machine last wrote it
	changed map[string]time.Time // since when it is not up to date
	ended   map[string]bool      // closed, and without a brief
}

func newBriefs() briefs {
	return briefs{written: map[string]int{}, wrote: map[string]time.Time{}, changed: map[string]time.Time{}, ended: map[string]bool{}}
}

// writeBriefs writes the briefs that are due.
func (s *Share) writeBriefs(ctx context.Context) error {
	if s.o.BriefOf == nil || !s.as.Briefs {
		return nil
	}
	now := s.o.Now()
	if s.held.upTo == s.briefs.upTo && len(s.briefs.changed) == 0 {
		return nil
	}
	sums, err := s.w.Incidents()
	if err != nil {
		return err
	}
	s.briefs.upTo = s.held.upTo
	for _, sum := range sums {
		if err := s.brief(ctx, sum, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Share) brief(ctx context.Context, sum workspace.Summary, now time.Time) error {
	b := &s.briefs
	if sum.Status == incident.Closed {
		if b.ended[sum.ID] {
			return nil
		}
		b.ended[sum.ID] = true
		delete(b.changed, sum.ID)
		return s.carrier.PutBrief(ctx, sum.ID, nil)
	}
	delete(b.ended, sum.ID)
	if b.written[sum.ID] == sum.Counts.Records {
		delete(b.changed, sum.ID)
		return nil
	}
	if b.changed[sum.ID].IsZero() {
		b.changed[sum.ID] = now
	}
	due, err := s.briefDue(ctx, sum, now)
	if err != nil || !due {
		return err
	}
	files, err := s.o.BriefOf(sum.ID)
	if err != nil {
		s.w.Log().Warn("write a brief for the folder", "error", err) // it is tried again with the next change
		files = nil
	}
	b.written[sum.ID], b.wrote[sum.ID] = sum.Counts.Records, now
	delete(b.changed, sum.ID)
	if len(files) == 0 {
		return nil
	}
	return s.carrier.PutBrief(ctx, sum.ID, files)
}

// briefDue reports whether this machine is to write a brief now.
func (s *Share) briefDue(ctx context.Context, sum workspace.Summary, now time.Time) (bool, error) {
	if now.Sub(s.briefs.wrote[sum.ID]) < briefEvery {
		return false, nil
	}
	if slices.Contains(sum.Leads, s.person()) {
		return true, nil
	}
	since := s.briefs.changed[sum.ID]
	if now.Sub(since) < briefStale {
		return false, nil
	}
	written, err := s.carrier.BriefWritten(ctx, sum.ID)
	return written.Before(since), err
}

// person is who sits before this machine, as its card says.
func (s *Share) person() string {
	for _, m := range s.who.people() {
		if m.Self {
			return m.Person
		}
	}
	return ""
}
