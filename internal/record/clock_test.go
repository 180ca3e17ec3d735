package record_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bearings/internal/record"
)

func TestClockReadsTheMillisecond(t *testing.T) {
	if got := record.ClockAt(moment.Add(999 * time.Microsecond)).Time(); !got.Equal(moment) {
		t.Errorf("got %v, want %v", got, moment)
	}
	if got := record.ClockAt(time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC)); got != 0 {
		t.Errorf("before 1970: got %v, want 0", got)
	}
}

func TestClockCarriesAFullCounterIntoTheMilliseconds(t *testing.T) {
	full := record.ClockAt(moment) | 0xffff
	next := full.Tick(moment)
	if want := record.ClockAt(moment.Add(time.Millisecond)); next != want {
		t.Errorf("got %x, want %x", next, want)
	}
}

func TestClockStandsStillAtItsEnd(t *testing.T) {
	if got := record.Clock(math.MaxUint64).Tick(moment); got != math.MaxUint64 {
		t.Errorf("got %x", got)
	}
}

func TestClockOnlyGoesForwardWhateverTheTimeOfDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now, clock := moment, record.ClockAt(moment)
		for range rapid.IntRange(1, 200).Draw(t, "events") {
			const tenYears = 10 * 365 * 24 * 60 * 60 * 1000
			now = now.Add(time.Duration(rapid.OneOf(
				rapid.Int64Range(-1, 1), rapid.Int64Range(-5000, 5000), rapid.Int64Range(-tenYears, tenYears),
			).Draw(t, "step")) * time.Millisecond)
			before := clock
			if rapid.Bool().Draw(t, "hears") {
				seen := record.ClockAt(now.Add(time.Duration(rapid.Int64Range(-tenYears, tenYears).Draw(t, "skew"))*time.Millisecond)) + 7
				clock = clock.Observe(seen)
				if clock < seen {
					t.Fatalf("observed %x, still at %x", seen, clock)
				}
			}
			clock = clock.Tick(now)
			if clock <= before || clock < record.ClockAt(now) {
				t.Fatalf("went from %x to %x at %v", before, clock, now)
			}
		}
	})
}

func TestStampsAreInOneTotalOrder(t *testing.T) {
	stamp := rapid.Custom(func(t *rapid.T) record.Stamp {
		return record.Stamp{
			Clock: record.Clock(rapid.Uint64Range(0, 2).Draw(t, "clock")),
			Run:   record.Run{byte(rapid.IntRange(0, 2).Draw(t, "run"))},
			Line:  rapid.Uint64Range(0, 2).Draw(t, "line"),
			Index: rapid.Uint32Range(0, 2).Draw(t, "index"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := stamp.Draw(t, "a"), stamp.Draw(t, "b"), stamp.Draw(t, "c")
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a == b) || a.Before(b) != (a.Compare(b) < 0) {
			t.Fatalf("%v and %v are in no order", a, b)
		}
		if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
			t.Fatalf("%v, %v and %v go in a circle", a, b, c)
		}
	})
}

func TestStampsGoByClockThenRunThenLineThenIndex(t *testing.T) {
	want := []record.Stamp{
		{},
		{Index: 9},
		{Line: 1},
		{Line: 1, Index: 1},
		{Run: record.Run{0, 1}},
		{Run: record.Run{1}},
		{Clock: 1},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, record.Stamp.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
