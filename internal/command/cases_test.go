package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/command"
)

// run runs the program within this process, and returns what it answered.
func run(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	code, _ := command.Run("1.2.3", args, command.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code != 0 {
		t.Fatalf("bearings %s: status %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.Bytes()
}

func runJSON(t *testing.T, into any, args ...string) {
	t.Helper()
	if err := json.Unmarshal(run(t, args...), into); err != nil {
		t.Fatalf("bearings %s: %v", strings.Join(args, " "), err)
	}
}

// imported returns the folder of a new workspace with one case in it.
func imported(t *testing.T, name string) string {
	t.Helper()
	ws := filepath.Join(t.TempDir(), "ws")
	run(t, "import", filepath.Join(caseFolder, name, "incident.jsonl"), "--strict", "--workspace", ws)
	return ws
}

// A fields is an object of JSON.
type fields = map[string]any

// moments are the as_of of an expected.json; its README tells what it means.
type moments struct {
	Records int
	AsOf    []struct {
		At      time.Time
		Records float64
		Show    map[string]fields
		Blast   map[string]fields
		Brief   *expectedBrief
		Claims  map[string]fields // of the truth maintenance examples
	} `json:"as_of"`
}

type expectedBrief struct {
	Sections map[string]struct {
		In    []string
		NotIn []string `json:"not_in"`
		Says  string
	}
	Unshown []string
}

func expectedOf(t *testing.T, name string) moments {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(caseFolder, name, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want moments
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.AsOf) == 0 {
		t.Fatalf("%s expects nothing", name)
	}
	return want
}

var incidents = []string{"sample", "cullflood", "prow-2019-02-05"}

func TestShowSaysWhatTheCasesExpect(t *testing.T) {
	for _, name := range incidents {
		t.Run(name, func(t *testing.T) {
			ws, want := imported(t, name), expectedOf(t, name)
			for _, w := range want.AsOf {
				at := w.At.Format(time.RFC3339)
				var got fields
				runJSON(t, &got, "show", "latest", "--json", "--as-of", at, "--workspace", ws)
				if n := got["counts"].(fields)["records"]; n != w.Records {
					t.Errorf("%s: %v records, want %v", at, n, w.Records)
				}
				if got["unknown_records"] != 0.0 {
					t.Errorf("%s: %v records are of unknown kinds", at, got["unknown_records"])
				}
				for kind, expected := range w.Show {
					t.Run(at+" "+kind, func(t *testing.T) {
						if kind == "incident" {
							hasAll(t, kind, expected, got[kind].(fields))
							return
						}
						holdThings(t, expected, byID(got[kind].([]any)))
					})
				}
			}
			var last fields
			runJSON(t, &last, "show", "latest", "--json", "--workspace", ws)
			if n := last["counts"].(fields)["records"]; n != float64(want.Records) {
				t.Errorf("%v records in all, want %v", n, want.Records)
			}
		})
	}
}

func byID(list []any) map[string]fields {
	out := map[string]fields{}
	for _, v := range list {
		thing := v.(fields)
		out[thing["id"].(string)] = thing
	}
	return out
}

// holdThings holds that the things are those expected, and as expected.
func holdThings(t *testing.T, want fields, got map[string]fields) {
	t.Helper()
	for id := range got {
		if _, ok := want[id]; !ok {
			t.Errorf("%s is shown, and not expected", id)
		}
	}
	for id, is := range want {
		switch is := is.(type) {
		case string: // evidence: live or struck
			hasAll(t, id, fields{"status": is}, got[id])
		case fields:
			hasAll(t, id, is, got[id])
		}
	}
}

// hasAll holds that got says what want says, times as instants and lists of
// flags in any order.
func hasAll(t *testing.T, what string, want, got fields) {
	t.Helper()
	for key, value := range want {
		if diff := cmp.Diff(plainly(key, value), plainly(key, got[key])); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", what, key, diff)
		}
	}
}

func plainly(key string, value any) any {
	if text, ok := value.(string); ok {
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	if list, ok := value.([]any); ok && key == "flags" {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		return list
	}
	return value
}

func TestBlastSaysWhatTheCasesExpect(t *testing.T) {
	checked := 0
	for _, name := range incidents {
		t.Run(name, func(t *testing.T) {
			ws := imported(t, name)
			for _, w := range expectedOf(t, name).AsOf {
				for claim, want := range w.Blast {
					checked++
					var got fields
					runJSON(t, &got, "blast", "latest", claim, "--json", "--as-of", w.At.Format(time.RFC3339), "--workspace", ws)
					want["claim"] = claim
					for _, a := range got["affected"].([]any) {
						if label := a.(fields)["label"]; label == "" {
							t.Errorf("%s at %s: %v has no label", claim, w.At, a)
						}
						delete(a.(fields), "label")
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s at %s (-want +got):\n%s", claim, w.At, diff)
					}
				}
			}
		})
	}
	if checked < 15 {
		t.Errorf("only %d were checked", checked)
	}
}

// A told is what brief --format json answers.
type told struct {
	Sections []struct {
		ID        string
		Sentences []struct {
			Text    string
			Sources []struct{ ID, Label, Kind string }
		}
		More int
	}
	LeftOut map[string]int `json:"left_out"`
}

func (b *told) section(id string) (about, texts []string, more int) {
	for _, s := range b.Sections {
		if s.ID != id {
			continue
		}
		more = s.More
		for _, sentence := range s.Sentences {
			texts = append(texts, sentence.Text)
			if len(sentence.Sources) > 0 {
				about = append(about, sentence.Sources[0].ID)
			}
		}
	}
	return about, texts, more
}

func TestBriefSaysWhatTheCasesExpect(t *testing.T) {
	checked := 0
	for _, name := range incidents {
		t.Run(name, func(t *testing.T) {
			ws := imported(t, name)
			for _, w := range expectedOf(t, name).AsOf {
				if w.Brief == nil {
					continue
				}
				checked++
				var got told
				runJSON(t, &got, "brief", "latest", "--format", "json", "--length", "full", "--as-of", w.At.Format(time.RFC3339), "--workspace", ws)
				t.Run(w.At.Format(time.RFC3339), func(t *testing.T) { holdBrief(t, w.Brief, &got) })
			}
		})
	}
	if checked < 8 {
		t.Errorf("only %d were checked", checked)
	}
}

func holdBrief(t *testing.T, want *expectedBrief, got *told) {
	t.Helper()
	for id, is := range want.Sections {
		about, texts, more := got.section(id)
		absent := 0
		for _, thing := range is.In {
			if !slices.Contains(about, thing) {
				absent++
			}
		}
		if absent > more {
			t.Errorf("%s is about %v and %d more, and should be about %v", id, about, more, is.In)
		}
		for _, thing := range is.NotIn {
			if slices.Contains(about, thing) {
				t.Errorf("%s is about %s, and should not be", id, thing)
			}
		}
		if is.Says != "" && !slices.Equal(texts, []string{is.Says}) {
			t.Errorf("%s says %q, and should say %q", id, texts, is.Says)
		}
	}
	if got.LeftOut["claims"] < len(want.Unshown) {
		t.Errorf("%d claims are counted as left out; %v are", got.LeftOut["claims"], want.Unshown)
	}
}

func TestShowGivesThePublishedAnswersOfTruthMaintenance(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(caseFolder, "tms", "*", "expected.json"))
	if err != nil || len(files) < 11 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, f := range files {
		name := filepath.Join("tms", filepath.Base(filepath.Dir(f)))
		t.Run(filepath.Base(name), func(t *testing.T) {
			ws := imported(t, name)
			for _, w := range expectedOf(t, name).AsOf {
				at := w.At.Format(time.RFC3339)
				var got fields
				runJSON(t, &got, "show", "latest", "--json", "--as-of", at, "--workspace", ws)
				claims := byID(got["claims"].([]any))
				for id, is := range w.Claims {
					delete(is, "source_label") // what the source calls it
					delete(is, "helper")       // not in the source
					circular := flagged(is, "circular")
					if flagged(claims[id], "circular") != circular {
						t.Errorf("%s: %s is circular: %v, want %v", at, id, !circular, circular)
					}
					delete(is, "flags")
					hasAll(t, at+" "+id, is, claims[id])
				}
			}
		})
	}
}

func flagged(claim fields, flag string) bool {
	flags, _ := claim["flags"].([]any)
	return slices.Contains(flags, any(flag))
}
