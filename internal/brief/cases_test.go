package brief_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// The cases are incidents with known answers, kept beside package incident;
// their README tells what expected.json means.
const cases = "../incident/testdata/cases"

func readCase(t testing.TB, name string) *incident.Incident {
	t.Helper()
	in, err := os.Open(filepath.Join(cases, name, "incident.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file, err := record.ReadFile(in, name)
	if err != nil {
		t.Fatal(err)
	}
	return gather(file.Records)
}

type expected struct {
	AsOf []struct {
		At    time.Time
		Brief *struct {
			Sections map[string]struct {
				In    []string
				NotIn []string `json:"not_in"`
				Says  string
			}
			Unshown []string
			OneMin  struct {
				NotInAssuming []string `json:"not_in_assuming"`
			} `json:"1m"`
		}
		Show struct {
			Claims map[string]struct{ State string }
		}
	} `json:"as_of"`
}

// subjects returns what the sentences of a section are about.
func subjects(s brief.Section) []string {
	var ids []string
	for _, sentence := range s.Sentences {
		if len(sentence.Sources) > 0 {
			ids = append(ids, sentence.Sources[0].ID)
		}
	}
	return ids
}

func section(t testing.TB, b *brief.Brief, id string) brief.Section {
	t.Helper()
	for _, s := range b.Sections {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("there is no section %s", id)
	return brief.Section{}
}

func TestTheBriefsOfTheCasesSayWhatTheyShould(t *testing.T) {
	checked := 0
	for _, name := range []string{"sample", "cullflood", "prow-2019-02-05"} {
		var want expected
		b, err := os.ReadFile(filepath.Join(cases, name, "expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		whole := readCase(t, name)
		for _, w := range want.AsOf {
			if w.Brief == nil {
				continue
			}
			checked++
			t.Run(name+" at "+w.At.Format(time.RFC3339), func(t *testing.T) {
				now := whole.AsOf(w.At).At(w.At)
				full := brief.Write(now, nil, brief.Options{Length: brief.Full})
				for id, is := range w.Brief.Sections {
					got := section(t, full, id)
					about := subjects(got)
					absent := 0
					for _, thing := range is.In {
						if !slices.Contains(about, thing) {
							absent++
						}
					}
					if absent > got.More {
						t.Errorf("%s is about %v and %d more, and should be about %v", id, about, got.More, is.In)
					}
					for _, thing := range is.NotIn {
						if slices.Contains(about, thing) {
							t.Errorf("%s is about %s, and should not be", id, thing)
						}
					}
					if is.Says != "" && (len(got.Sentences) != 1 || got.Sentences[0].Text != is.Says) {
						t.Errorf("%s says %v, and should say %q", id, got.Sentences, is.Says)
					}
				}
				for _, s := range full.Sections {
					for _, thing := range w.Brief.Unshown {
						if slices.Contains(subjects(s), thing) {
							t.Errorf("%s is about %s, which is only to be counted", s.ID, thing)
						}
					}
				}
				if full.LeftOut["claims"] < len(w.Brief.Unshown) {
					t.Errorf("%d claims are counted as left out, %v are", full.LeftOut["claims"], w.Brief.Unshown)
				}
				holdOrder(t, now, subjects(section(t, full, "known")), subjects(section(t, full, "assuming")))
				short := brief.Write(now, nil, brief.Options{Length: brief.OneMinute})
				for _, thing := range w.Brief.OneMin.NotInAssuming {
					if slices.Contains(subjects(section(t, short, "assuming")), thing) {
						t.Errorf("the 1-minute brief assumes %s, a mere hypothesis", thing)
					}
				}
			})
		}
	}
	if checked < 10 {
		t.Errorf("only %d moments were checked", checked)
	}
}

// holdOrder holds that the verified stand before the supported, and what is
// assumed by its load, hypotheses last.
func holdOrder(t *testing.T, now *incident.State, known, assuming []string) {
	t.Helper()
	place := func(id string) int {
		thing, _ := now.Find(id)
		c := thing.(*incident.Claim)
		switch c.State {
		case incident.Verified:
			return 0
		case incident.Supported:
			return 1
		case incident.Hypothesis:
			return 1000
		}
		return 100 - c.Load
	}
	for _, ids := range [][]string{known, assuming} {
		if len(ids) > 0 && ids[0] != "" && !slices.IsSortedFunc(ids, func(a, b string) int { return place(a) - place(b) }) {
			t.Errorf("%v are out of order", ids)
		}
	}
}
