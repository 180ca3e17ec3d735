package conformance

import (
	"slices"
	"testing"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// scattered publishes lines one by one, each as a program of its own.
func scattered(t *testing.T, p Place, lines [][]byte) {
	t.Helper()
	for i := range lines {
		c := p.Open()
		publish(t, c, lines[i])
		ok(t, c.Close())
	}
	p.Settle()
}

// packAll packs as long as there is something to be gained, lines of run 1 but
// for one, and returns how many files were let go of.
func packAll(t *testing.T, c carrier.Carrier, before time.Time, but []byte) (gone int) {
	t.Helper()
	r := readerOf(c)
	for range 100 {
		r.pull(t)
		n, err := c.Pack(t.Context(), carrier.Packing{
			Before: before,
			Mine:   func(run record.Run) bool { return run == runOf(1) },
			Still:  func(line []byte) bool { return string(line) != string(but) },
		})
		ok(t, err)
		if n == 0 {
			return gone
		}
		gone += n
	}
	t.Fatal("there is always more to pack")
	return gone
}

// distinct are lines in order, each once.
func distinct(lines []string) []string { return slices.Compact(slices.Sorted(slices.Values(lines))) }

const years = 50 * 365 * 24 * time.Hour

func packed(t *testing.T, p Place) {
	a, b := founded(t, p)
	mine, others := lines(1, 1, 60), lines(2, 1, 40)
	scattered(t, p, mine)
	scattered(t, p, others)
	scattered(t, p, mine[20:30]) // as another machine puts them there again
	r := readerOf(b)
	all := distinct(r.pull(t))
	same(t, "files let go of that had just been written", 0, packAll(t, a, moment.Add(-years), nil))
	if gone := packAll(t, a, moment.Add(years), mine[4]); gone < 60 {
		t.Errorf("of 70 files that can be packed %d were let go of", gone)
	}
	p.Settle()
	same(t, "what a new reader gets", all, distinct(readerOf(b).pull(t)))
	held, err := b.Holdings(t.Context())
	ok(t, err)
	same(t, "stretches that it holds", 2, len(held))
	r.pull(t)
	same(t, "what a reader gets who has read all of it", []string(nil), r.pull(t))
	next := lines(1, 61, 1)
	publish(t, a, next...)
	p.Settle()
	if got := r.pull(t); !slices.Contains(got, string(next[0])) {
		t.Errorf("what was published after that did not come: %v", got)
	}
}

func rewrittenInAPack(t *testing.T, p Place) {
	a, b := founded(t, p)
	mine := lines(1, 1, 40)
	scattered(t, p, mine)
	packAll(t, a, moment.Add(years), nil)
	p.Settle()
	erased, _, err := record.Erase(mine[7], func(*record.Record) bool { return true })
	ok(t, err)
	n, err := a.Rewrite(t.Context(), runOf(1), func(line []byte) ([]byte, bool) { return erased, string(line) == string(mine[7]) })
	ok(t, err)
	same(t, "lines rewritten", 1, n)
	p.Settle()
	want := texts(mine)
	want[7] = string(erased)
	same(t, "what a new reader gets", distinct(want), distinct(readerOf(b).pull(t)))
}
