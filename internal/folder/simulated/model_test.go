package simulated_test

import (
	"flag"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// drawn lets rapid decide what happens, so that it can look for the shortest
// run that fails.
type drawn struct{ *rapid.T }

func (d drawn) IntN(n int) int { return rapid.IntRange(0, n-1).Draw(d.T, "what") }

// TestMachinesAgreeWhateverHappens lets two to six machines, each with a real
// workspace, live with a folder for long. Whatever was promised must be there
// at the end, all must agree, and what each holds must be the fold of its
// lines in their order.
func TestMachinesAgreeWhateverHappens(t *testing.T) {
	if _, err := templates(); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("BEARINGS_SOAK") == "" {
		// Each of rapid's usual hundred lives takes real workspaces.
		if err := flag.Set("rapid.checks", "30"); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := enter(rt, drawn{rt}, rapid.Uint64().Draw(rt, "engine"), rapid.IntRange(2, most).Draw(rt, "machines"), bugs{})
		defer w.leave()
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			w.step()
		}
		w.settle()
		w.converged()
		w.noSecret()
	})
}
