package record

import (
	"math"
	"time"
)

// A Clock is a reading of a hybrid logical clock (Kulkarni et al., "Logical
// Physical Clocks", 2014): 48 bits of milliseconds since 1970 and a 16-bit
// counter for what happens within one millisecond. A counter that overflows
// carries into the milliseconds.
type Clock uint64

const counterBits = 16

// ClockAt returns the first reading of the millisecond of t. Times before
// 1970 read as 0.
func ClockAt(t time.Time) Clock {
	ms := t.UnixMilli()
	if ms < 0 {
		return 0
	}
	return Clock(uint64(ms) << counterBits)
}

// Time returns the physical part of the reading, in UTC.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c >> counterBits)).UTC() }

// Tick returns the reading for an event at the physical time now that comes
// after the reading c. It never refuses a clock for its skew: where c is ahead
// of now, the counter moves on from c. Only at the last reading that there is,
// in the year 10889, the clock stands still; run and line then keep the order.
func (c Clock) Tick(now time.Time) Clock {
	if c == math.MaxUint64 {
		return c
	}
	return max(c+1, ClockAt(now))
}

// Observe returns the later of two readings: what a clock must have moved to
// after it has seen seen.
func (c Clock) Observe(seen Clock) Clock { return max(c, seen) }

// floor returns the first reading of the millisecond of c.
func (c Clock) floor() Clock { return c &^ (1<<counterBits - 1) }
