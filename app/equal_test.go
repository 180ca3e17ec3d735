package app_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/command"
)

const caseFolder = "../internal/incident/testdata/cases"

// bearings runs the command line, and reads its answer as JSON.
func bearings(t *testing.T, into any, args ...string) {
	t.Helper()
	out := bearingsText(t, args...)
	if into == nil {
		return
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		t.Fatal(err)
	}
}

// bearingsText runs the command line, and returns what it writes.
func bearingsText(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code, _ := command.Run("1.2.3", args, command.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != 0 {
		t.Fatalf("bearings %s: status %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// A shownThing is what show --json and the window say of a thing alike.
type shownThing struct {
	ID, State, Footing string
	Load               int
	Flags              []string
}

// A shownFall is a thing of a blast radius.
type shownFall struct {
	ID   string
	Now  string   `json:"footing_now"`
	Then string   `json:"footing_if_refuted"`
	Path []string `json:"path"`
}

// The window and the command line say the same, of every case at every moment
// of its expected.json: of every thing its state and footing, of every claim
// its blast radius, and what to look at again.
func TestTheWindowSaysWhatTheCommandLineSays(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(caseFolder, "*", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(filepath.Join(caseFolder, "tms", "*", "expected.json"))
	if err != nil || len(files) < 3 || len(more) < 10 {
		t.Fatalf("%d and %d cases: %v", len(files), len(more), err)
	}
	for _, file := range append(files, more...) {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) { sayTheSame(t, file) })
	}
}

func sayTheSame(t *testing.T, expected string) {
	t.Helper()
	ws := filepath.Join(t.TempDir(), "ws")
	bearings(t, nil, "import", filepath.Join(filepath.Dir(expected), "incident.jsonl"), "--workspace", ws)
	s := open(t, app.Options{Workspace: ws, As: "Ada", Now: time.Now}).Screens()
	id := must(s.Incidents.All()).Incidents[0].ID
	var want struct {
		AsOf []struct{ At time.Time } `json:"as_of"`
	}
	text, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil || len(want.AsOf) == 0 {
		t.Fatalf("expects %d moments: %v", len(want.AsOf), err)
	}
	for _, moment := range want.AsOf {
		at := moment.At.Format(time.RFC3339Nano)
		var shown map[string]json.RawMessage
		bearings(t, &shown, "show", id, "--as-of", at, "--json", "--workspace", ws)
		things := thingsOf(t, shown)
		asOf := moment.At.UnixMilli()
		for kind, list := range things {
			for _, thing := range list {
				sayTheSameOf(t, s, id, asOf, at, kind, thing)
			}
		}
		for _, claim := range things["claims"] {
			var blast struct{ Affected []shownFall }
			bearings(t, &blast, "blast", id, claim.ID, "--as-of", at, "--json", "--workspace", ws)
			got := []shownFall{}
			for _, fall := range must(s.Blast(id, claim.ID, asOf)).Falls {
				path := []string{claim.ID}
				for _, via := range fall.Via {
					path = append(path, via.ID)
				}
				got = append(got, shownFall{fall.Chip.ID, fall.Now, fall.Then, append(path, fall.Chip.ID)})
			}
			if diff := cmp.Diff(append([]shownFall{}, blast.Affected...), got); diff != "" {
				t.Errorf("%s: blast radius of %s (-command +window):\n%s", at, claim.ID, diff)
			}
		}
		again := slices.DeleteFunc(slices.Clone(things["claims"]), func(c shownThing) bool {
			return c.State == "withdrawn" || !slices.Contains(c.Flags, "recheck")
		})
		if got := must(s.Claims.All(id, app.ClaimFilter{}, asOf)).Again; firstNumber(got) != len(again) {
			t.Errorf("%s: it says %q, by the command %d claims are to be looked at again", at, got, len(again))
		}
		if diff := cmp.Diff(queueOf(things["claims"]), ids(must(s.Review(id, asOf)).Queue)); diff != "" {
			t.Errorf("%s: to look at again (-command +window):\n%s", at, diff)
		}
	}
}

// firstNumber is the number that a sentence begins with; 0 for none.
func firstNumber(says string) int {
	word, _, _ := strings.Cut(says, " ")
	n, _ := strconv.Atoi(word)
	return n
}

func thingsOf(t *testing.T, shown map[string]json.RawMessage) map[string][]shownThing {
	t.Helper()
	things := map[string][]shownThing{}
	for _, kind := range []string{"threads", "claims", "decisions", "actions", "updates"} {
		var list []shownThing
		if err := json.Unmarshal(shown[kind], &list); err != nil {
			t.Fatal(err)
		}
		things[kind] = list
	}
	return things
}

func sayTheSameOf(t *testing.T, s app.Screens, id string, asOf int64, at, kind string, want shownThing) {
	t.Helper()
	v := must(s.Open(id, want.ID, asOf))
	got := shownThing{ID: v.Chip.ID, State: v.Chip.Word, Footing: v.Footing}
	if v.Claim != nil {
		got.Load, got.Flags = v.Claim.Load, v.Claim.Flags
	}
	if v.Chip.Footing != v.Footing {
		t.Errorf("%s: the chip of %s stands %s, the thing %s", at, want.ID, v.Chip.Footing, v.Footing)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s (-command +window):\n%s", at, kind, diff)
	}
}

// queueOf is the re-check queue by its rule, from what show says.
func queueOf(claims []shownThing) []string {
	queue := slices.DeleteFunc(slices.Clone(claims), func(c shownThing) bool { return !slices.Contains(c.Flags, "recheck") })
	slices.SortStableFunc(queue, func(a, b shownThing) int { return b.Load - a.Load })
	out := []string{}
	for _, c := range queue[:min(len(queue), 5)] {
		out = append(out, c.ID)
	}
	return out
}

func ids(chips []app.Chip) []string {
	out := []string{}
	for _, c := range chips {
		out = append(out, c.ID)
	}
	return out
}
