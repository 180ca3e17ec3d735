package bench

import (
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
)

// BenchmarkPage writes the five-minute brief of an incident that is loaded as
// HTML and as PDF, with everything that the records say still to be worked
// out. Its limit is a time: somebody waits for it.
func BenchmarkPage(b *testing.B) {
	for _, c := range []struct {
		format string
		write  func(*brief.Brief) ([]byte, error)
	}{
		{"HTML", onPaper},
		{"PDF", func(w *brief.Brief) ([]byte, error) { return pdf.Write(w, pdf.Options{}) }},
	} {
		b.Run(c.format+" of 1000 records, limit a time", func(b *testing.B) {
			records := incidenttest.Records(seed, 1_000)
			now := records[len(records)-1].Recorded.Add(time.Minute)
			var ours, limit []time.Duration
			for b.Loop() {
				inc := incident.New(records[0].Incident)
				inc.Add(records...)
				ours = append(ours, timed(func() {
					if _, err := c.write(brief.Write(inc.At(now), nil, brief.Options{Length: brief.FiveMinutes})); err != nil {
						b.Fatal(err)
					}
				}))
				limit = append(limit, 100*time.Millisecond)
			}
			report(b, ours, limit, 1)
		})
	}
}

// onPaper writes a brief as HTML, with the measures that it has on paper.
func onPaper(w *brief.Brief) ([]byte, error) {
	paper, err := pdf.Density(w, nil)
	if err != nil {
		return nil, err
	}
	return brief.HTML(w, nil, paper)
}
