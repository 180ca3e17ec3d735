package incident_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
)

func prompt(level incident.Level, kind, id, text string) incident.Prompt {
	return incident.Prompt{Level: level, Kind: kind, About: incident.Ref{ID: id}, Text: text}
}

func TestTheSameOfSeveralThingsIsOneCause(t *testing.T) {
	causes := incident.Causes([]incident.Prompt{
		prompt(incident.Warning, "no_lead", "i", "Nobody leads"),
		prompt(incident.Warning, "decision_shaky", "d1", "shaky: C1 is refuted"),
		prompt(incident.Caution, "thread_no_owner", "t1", "nobody owns it: Gateway"),
		prompt(incident.Caution, "thread_overdue", "t2", "overdue"),
		prompt(incident.Caution, "thread_no_owner", "t3", "nobody owns it: Vault"),
		prompt(incident.Caution, "decision_shaky", "d2", "shaky: C2 is disputed"),
	})
	var said, words []string
	for _, c := range causes {
		said = append(said, c.First().About.ID+" "+c.Text())
		words = append(words, c.Words())
	}
	want := []string{
		"i Nobody leads", "d1 shaky: C1 is refuted", "t1 2 threads have no owner", "t2 overdue", "d2 shaky: C2 is disputed",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("causes (-want +got):\n%s", diff)
	}
	want = []string{
		"Nobody leads", "1 decision stands on shaky ground", "2 threads have no owner", "1 thread is overdue", "1 decision stands on shaky ground",
	}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Errorf("in words that count (-want +got):\n%s", diff)
	}
}

// However much needs the lead, it is few causes: nothing is lost by putting it
// together, nothing stands before what is more urgent, and several things of a
// cause are said in words that count them.
func TestCausesHoldEveryPromptOnceInTheOrderOfTheirFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		file, err := record.ReadFile(bytes.NewReader(incidenttest.File(seed, rapid.IntRange(1, 3000).Draw(t, "records"))), "")
		if err != nil {
			t.Fatal(err)
		}
		inc := incident.New(file.Incident)
		inc.Add(file.Records...)
		later := time.Duration(rapid.IntRange(0, 600).Draw(t, "minutes after")) * time.Minute
		s := inc.At(file.Records[len(file.Records)-1].At.Add(later))
		causes := incident.Causes(s.Attention)
		held := map[incident.Prompt]int{}
		last := 0
		for _, c := range causes {
			if c.First().Rank <= last {
				t.Fatalf("%q comes after rank %d", c.Text(), last)
			}
			last = c.First().Rank
			for _, p := range c {
				held[p]++
				if p.Level != c.First().Level || p.Kind != c.First().Kind {
					t.Fatalf("%+v stands with %+v", p, c.First())
				}
			}
			if len(c) > 1 && c.Text() == c.First().Text {
				t.Fatalf("%d things of kind %s are said as one: %q", len(c), c.First().Kind, c.Text())
			}
		}
		for _, p := range s.Attention {
			if held[p] != 1 {
				t.Fatalf("%+v stands in %d causes", p, held[p])
			}
		}
		if len(causes) > 30 {
			t.Fatalf("%d causes are too many to look through", len(causes))
		}
	})
}
