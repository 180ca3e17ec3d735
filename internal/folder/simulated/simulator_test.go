package simulated_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// many returns how often something is done: as usual, or as BEARINGS_SOAK says.
func many(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("BEARINGS_SOAK")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A failure is what a run found wrong.
type failure struct{ what string }

// A finder notes what is wrong and ends the run.
type finder struct{}

func (finder) Helper() {}
func (finder) Fatalf(format string, args ...any) {
	panic(failure{fmt.Sprintf(format, args...)})
}

// live is one run of the simulator, which its seed decides. It returns what is
// wrong, "" for nothing.
func live(seed uint64, b bugs) (w *world, wrong string) {
	chance := rand.New(rand.NewPCG(seed, 0))
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(failure)
			if !ok {
				panic(r)
			}
			wrong = f.what
		}
	}()
	w = enter(finder{}, chance, seed, 2+chance.IntN(8)/7, b)
	defer w.leave()
	for range 2 + chance.IntN(1<<(1+chance.IntN(6))) { // most lives are short, some are long
		w.step()
	}
	w.settle()
	w.converged()
	w.noSecret()
	return w, ""
}

// each calls run for every seed on all cores, until it says that it is enough.
func each(seeds int, run func(seed uint64) (enough bool)) {
	var group sync.WaitGroup
	var next atomic.Uint64
	var over atomic.Bool
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for !over.Load() {
				seed := next.Add(1)
				if seed > uint64(seeds) {
					return
				}
				if run(seed) {
					over.Store(true)
				}
			}
		})
	}
	group.Wait()
}

func TestEverySeedLosesNothingAndAgrees(t *testing.T) {
	if _, err := templates(); err != nil {
		t.Fatal(err)
	}
	if text := os.Getenv("BEARINGS_SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if _, wrong := live(seed, bugs{}); wrong != "" {
			t.Fatalf("seed %d: %s", seed, wrong)
		}
		return
	}
	var packed atomic.Int64
	each(many(t, 550), func(seed uint64) bool {
		w, wrong := live(seed, bugs{})
		if w != nil {
			packed.Add(int64(w.packed))
		}
		if wrong != "" {
			t.Errorf("BEARINGS_SEED=%d: %s", seed, wrong)
		}
		if seed%1000 == 0 {
			t.Logf("%d seeds", seed) // whoever waits for a long run sees how far it is
		}
		return wrong != ""
	})
	t.Logf("%d files were packed", packed.Load())
	if packed.Load() == 0 {
		t.Error("no files were packed")
	}
}

// What long runs found, and few seeds do.
func TestSeedsThatOnceFailed(t *testing.T) {
	if _, err := templates(); err != nil {
		t.Fatal(err)
	}
	for seed, why := range map[uint64]string{
		45739: "a power cut while a batch was being put back that somebody had deleted",
		48638: "a kill between the making of a folder and the syncing of its name, and a power cut later",
	} {
		if _, wrong := live(seed, bugs{}); wrong != "" {
			t.Errorf("seed %d (%s): %s", seed, why, wrong)
		}
	}
}

func TestPlantedBugsAreFound(t *testing.T) {
	const within = 1000
	planted := map[string]bugs{
		"a run is begun again and its numbers are reused":   {reuse: true},
		"what is written is not synced":                     {lying: true},
		"batches are refused for the clock of their writer": {strict: true},
	}
	for name, b := range planted {
		t.Run(name, func(t *testing.T) {
			found := atomic.Uint64{}
			each(within, func(seed uint64) bool {
				_, wrong := live(seed, b)
				if wrong != "" && found.CompareAndSwap(0, seed) {
					t.Logf("seed %d: %.200s", seed, wrong)
				}
				return wrong != ""
			})
			if found.Load() == 0 {
				t.Errorf("not found by %d seeds", within)
			}
		})
	}
}
