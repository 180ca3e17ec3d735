package bench

import (
	"fmt"
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
)

// BenchmarkBrief writes the five-minute brief of an incident that is loaded
// and that nobody has looked at yet, so that everything the records say has
// to be worked out first. Its limits are times: somebody waits for it.
func BenchmarkBrief(b *testing.B) {
	for _, c := range []struct {
		records int
		limit   time.Duration
	}{
		{1_000, 10 * time.Millisecond},
		{long, 250 * time.Millisecond},
	} {
		b.Run(fmt.Sprintf("%d records, limit a time", c.records), func(b *testing.B) {
			records := incidenttest.Records(seed, c.records)
			now := records[len(records)-1].Recorded.Add(time.Minute)
			var ours, limit []time.Duration
			for b.Loop() {
				inc := incident.New(records[0].Incident)
				inc.Add(records...)
				var written *brief.Brief
				ours = append(ours, timed(func() {
					written = brief.Write(inc.At(now), nil, brief.Options{Length: brief.FiveMinutes})
					_ = brief.Text(written)
				}))
				limit = append(limit, c.limit)
				if written.Words == 0 || written.Words > written.Budget {
					b.Fatalf("the brief has %d words of %d", written.Words, written.Budget)
				}
			}
			report(b, ours, limit, 1)
		})
	}
}
