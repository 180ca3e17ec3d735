package folder

import (
	"bytes"
	"context"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// The times by which the folder is tidied.
const (
	packAfter = 24 * time.Hour   // so long a file lies unchanged before it is packed
	packQuiet = time.Minute      // so long nothing has come or gone before that
	packEvery = 10 * time.Second // a part of what there is to pack
	packAgain = time.Hour        // where there was nothing to pack
)

// A packing is when something is packed next.
type packing struct{ next time.Time }

// pack packs a part of what this device wrote long ago. Only the process that
// shares for all does, and only where nothing else is to be done: a command
// that is to do everything once does it as its last thing.
func (s *Share) pack(ctx context.Context, r *Report, alone bool) error {
	now := s.o.Now()
	if s.packing.next.IsZero() || r.busy() {
		s.packing.next = now.Add(packQuiet)
	}
	if !s.sole || !s.who.removedSince().IsZero() || !alone && now.Before(s.packing.next) {
		return nil
	}
	s.packing.next = now.Add(packAgain)
	p := carrier.Packing{Before: now.Add(-packAfter), Mine: s.wrote, Still: s.stillHere()}
	var n int
	var err error
	next := func() { n, err = s.carrier.Pack(ctx, p) }
	if s.o.Gently {
		gently(next)
	} else {
		next()
	}
	r.Packed += n
	if n > 0 {
		s.news = true
		s.packing.next = now.Add(packEvery)
	}
	return err
}

// busy reports whether anything came or went.
func (r *Report) busy() bool {
	return r.Published+r.Healed+r.Added+r.Sent+r.Fetched+r.Erased > 0
}

// wrote reports whether this device wrote a run.
func (s *Share) wrote(run record.Run) bool {
	held := s.held.runs[run]
	return held != nil && held.Device == s.w.Device().ID
}

// stillHere returns what reports whether a line of the folder says what is
// here under its number: it is not when something was erased from it since, or
// when its run gave the number twice. Lines are looked up many at once.
func (s *Share) stillHere() func(line []byte) bool {
	var of record.Run
	var here map[uint64][]workspace.Line
	var from uint64
	return func(line []byte) bool {
		run, n, ok := record.PlaceOf(line)
		if !ok {
			return false
		}
		if here == nil || run != of || n < from || n-from >= linesAtOnce {
			lines, err := s.w.LinesOf(run, n, n+linesAtOnce-1, 2*linesAtOnce)
			if err != nil {
				return false // the file stays as it is
			}
			of, from, here = run, n, map[uint64][]workspace.Line{}
			for _, l := range lines {
				here[l.Number] = append(here[l.Number], l)
			}
		}
		opened, err := s.codec.Open(line)
		return err == nil && len(here[n]) == 1 && bytes.Equal(opened, here[n][0].Bytes)
	}
}
