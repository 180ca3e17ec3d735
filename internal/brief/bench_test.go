package brief_test

import (
	"fmt"
	"testing"

	"bearings/internal/brief"
)

// BenchmarkWrite measures the 5-minute brief of an incident that is loaded:
// with the computation of its state, and from a state.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		records := tell(2041, n)
		whole, at := gather(records), end(records)
		b.Run(fmt.Sprintf("records=%d/state and brief", n), func(b *testing.B) {
			for b.Loop() {
				brief.Write(whole.At(at), nil, brief.Options{Length: brief.FiveMinutes})
			}
		})
		now := whole.At(at)
		b.Run(fmt.Sprintf("records=%d/brief", n), func(b *testing.B) {
			for b.Loop() {
				brief.Write(now, nil, brief.Options{Length: brief.FiveMinutes})
			}
		})
	}
}
