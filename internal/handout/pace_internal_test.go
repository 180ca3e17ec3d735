package handout

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestABriefIsWrittenAtMostOncePerPaceAndAtTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pace{every: Every, waiting: map[string]bool{}, wrote: map[string]time.Time{}}
		now := time.Unix(1_800_000_000, 0)
		last, pending := map[string]time.Time{}, map[string]time.Time{}
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
			if rapid.Bool().Draw(t, "change") {
				id := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id")
				p.changed(id)
				if _, ok := pending[id]; !ok {
					pending[id] = now
				}
			}
			for _, id := range p.due(now) {
				if at, ok := last[id]; ok && now.Sub(at) < Every {
					t.Fatalf("%s after %v", id, now.Sub(at))
				}
				last[id] = now
				delete(pending, id)
				p.written(id, now)
			}
			for id, since := range pending {
				if now.Sub(since) >= Every {
					t.Fatalf("%s waits for %v", id, now.Sub(since))
				}
				if next := p.next(now); next <= 0 || next > Every {
					t.Fatalf("the next is due in %v", next)
				}
			}
		}
		for id := range pending {
			if !slices.Contains(p.rest(), id) {
				t.Fatalf("%s is forgotten", id)
			}
		}
	})
}

func TestAClockThatWasSetBackDelaysNothingForLong(t *testing.T) {
	p := pace{every: Every, waiting: map[string]bool{}, wrote: map[string]time.Time{}}
	now := time.Unix(1_800_000_000, 0)
	p.written("a", now)
	p.changed("a")
	if wait := p.next(now.Add(-time.Hour)); wait != Every {
		t.Errorf("waits for %v", wait)
	}
}
