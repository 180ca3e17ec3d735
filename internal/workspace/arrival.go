package workspace

import (
	"crypto/ed25519"
	"fmt"
	"runtime"
	"sync"

	"bearings/internal/record"
)

// An Arrival is what came from a carrier, and how far that has been read now.
type Arrival struct {
	Lines  [][]byte // batches as they were signed
	Aside  []Aside  // lines that cannot be read yet
	Opened [][]byte // lines that were kept aside, and are among Lines now

	Carrier string            // whose marks they are; empty for no carrier
	Marks   map[string]string // those that changed, by place; an empty one is forgotten

	// Later says that who brings it calls FinishErasing. What the lines redact is
	// shown nowhere any more, but it is erased from the disk only then: the whole
	// database is written anew for that, and nobody can write meanwhile.
	Later bool
}

// An Aside is a line that is kept as it came, until it can be read.
type Aside struct {
	Line   []byte
	Device string
	Reason string
}

// recordsAtOnce is about how many records one transaction takes in, so that
// whoever wants to write meanwhile waits a moment only.
const recordsAtOnce = 2000

// IngestMarked is Ingest of what came from a carrier. The marks are kept in
// the transaction that takes in the last of the lines: after a crash, what
// was not taken in is read again.
func (w *Workspace) IngestMarked(a Arrival) (Result, error) {
	if w.readOnly {
		return Result{}, openedToRead()
	}
	result, err := w.ingestMarked(a)
	if result.Redacted > 0 && !a.Later {
		w.tryFinishErasing()
	}
	if err != nil {
		return result, fmt.Errorf("take in what came: %w", explain(err))
	}
	return result, nil
}

func (w *Workspace) ingestMarked(a Arrival) (Result, error) {
	keys, err := w.deviceKeys()
	if err != nil {
		return Result{}, err
	}
	all := w.prepare(a.Lines, 0, keys)
	var result Result
	for {
		some := all[:fewer(all)]
		all = all[len(some):]
		last := len(all) == 0
		came, err := w.takeInOnly(func(t *writing) ([]arrived, error) {
			if !last {
				return some, nil
			}
			return some, t.keepArrival(a)
		})
		result.add(came)
		if err != nil || last {
			return result, err
		}
	}
}

// fewer returns how many batches one transaction takes in.
func fewer(all []arrived) int {
	records := 0
	for n, a := range all {
		if a.batch != nil {
			records += len(a.batch.Digests) + 1
		}
		if records > recordsAtOnce && n > 0 {
			return n
		}
	}
	return len(all)
}

func (r *Result) add(other Result) {
	r.Added += other.Added
	r.Records += other.Records
	r.Known += other.Known
	r.Redacted += other.Redacted
	r.Quarantined = append(r.Quarantined, other.Quarantined...)
	r.Forks = append(r.Forks, other.Forks...)
	r.Bad = append(r.Bad, other.Bad...)
	r.Placed = append(r.Placed, other.Placed...)
	r.Said = append(r.Said, other.Said...)
}

// keepArrival keeps what is said of an arrival beside its batches.
func (t *writing) keepArrival(a Arrival) error {
	for _, aside := range a.Aside {
		if err := quarantine(t.tx, aside.Line, aside.Device, aside.Reason, t.w.now()); err != nil {
			return err
		}
	}
	for _, line := range a.Opened {
		if err := dropQuarantined(t.tx, line); err != nil {
			return err
		}
	}
	return keepMarks(t.tx, a.Carrier, a.Marks)
}

// An arrived is a line that came, as far as it can be checked by itself.
type arrived struct {
	index  int           // among the lines given
	batch  *record.Batch // nil where something is wrong
	wrong  string        // why it is no batch of this workspace
	reason string        // why it is not to be trusted; empty where it is
}

// prepare reads and checks lines, beside one another: this is most of the work
// of a long read, and nobody need wait for it. keys are those of the devices
// that are known.
func (w *Workspace) prepare(lines [][]byte, from int, keys map[string]ed25519.PublicKey) []arrived {
	all := make([]arrived, len(lines))
	beside(len(lines), func(i int) {
		all[i] = arrived{index: from + i}
		b, err := record.DecodeBatch(ended(lines[i]))
		switch {
		case err != nil:
			all[i].wrong = err.Error()
		case b.Workspace != w.ID():
			all[i].wrong = "it belongs to another workspace, " + b.Workspace
		default:
			all[i].batch = b
		}
	})
	chains := chainsOf(all)
	beside(len(chains), func(i int) { verifyChain(chains[i], keys) })
	return all
}

// chainsOf cuts batches into stretches in which each names the one before it.
func chainsOf(all []arrived) [][]arrived {
	var chains [][]arrived
	start := 0
	for i := range all {
		if i+1 < len(all) && follows(all[i].batch, all[i+1].batch) {
			continue
		}
		chains = append(chains, all[start:i+1])
		start = i + 1
	}
	return chains
}

func follows(a, b *record.Batch) bool {
	return a != nil && b != nil && a.Run == b.Run && a.Device == b.Device && a.Number+1 == b.Number && a.Hash == b.Prev
}

// verifyChain verifies batches of which each names the one before it by its
// hash. The signature of the last covers all; only where it does not hold is
// each looked at by itself.
func verifyChain(chain []arrived, keys map[string]ed25519.PublicKey) {
	last := chain[len(chain)-1].batch
	if last == nil {
		return
	}
	key := keys[last.Device]
	if key == nil {
		for i := range chain {
			chain[i].reason = UnknownDevice
		}
		return
	}
	if last.Verify(key) == nil {
		return
	}
	for i := range chain {
		if chain[i].batch.Verify(key) != nil {
			chain[i].reason = BadSignature
		}
	}
}

// beside calls do for each of n, on all cores.
func beside(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers < 2 || n < 8 {
		for i := range n {
			do(i)
		}
		return
	}
	var all sync.WaitGroup
	const stretch = 16
	next := make(chan int)
	for range workers {
		all.Go(func() {
			for from := range next {
				for i := from; i < min(from+stretch, n); i++ {
					do(i)
				}
			}
		})
	}
	for from := 0; from < n; from += stretch {
		next <- from
	}
	close(next)
	all.Wait()
}
