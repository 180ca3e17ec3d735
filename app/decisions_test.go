package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bearings/app"
)

// decisionSays is all that the page says of the newest decision, under the
// heading of its group.
func decisionSays(t *testing.T, s app.Screens, id string) string {
	t.Helper()
	v := must(s.Decisions.All(id, 0))
	if len(v.Groups) != 1 || len(v.Groups[0].Rows) != 1 {
		t.Fatalf("not one decision: %+v", v.Groups)
	}
	row := v.Groups[0].Rows[0]
	says := []string{v.Groups[0].Name, row.How}
	if row.ByWhen != "" {
		says = append(says, fmt.Sprint(row.ByWhen, row.Late))
	}
	if p := row.Poll; p != nil {
		says = append(says, p.Says+" "+p.Against)
	}
	for _, f := range row.Facts {
		said := f.Name + ": " + f.By + f.Text
		for _, c := range f.Chips {
			said += c.Label
		}
		says = append(says, said)
	}
	return strings.Join(says, " | ")
}

func TestADecisionSaysHowItWasMadeOnWhatGroundsAndWhatBecameOfIt(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/c The proxy is full", "/d Drain it on C1 mode: command why: it is the only way")
	if got, want := decisionSays(t, s, id), "In force | In force, on their word | Why: it is the only way | Rests on: C1"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	*clock = clock.Add(time.Minute)
	say(t, s, id, "", "/reverse D1 the proxy is well")
	if got, want := decisionSays(t, s, id), "Reversed or superseded | Reversed, on their word | Why: it is the only way | Rests on: C1 | Reversed: Ada Bergthe proxy is well"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestAPollSaysWhoObjectedAndWhetherTimeIsLeft(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/d? Cap the retries mode: no objection by 03:50")
	for _, step := range []struct {
		line string
		wait time.Duration
		want string
	}{
		{"", 0, "Any strong objections? none so far."},
		{"", 10 * time.Minute, "No strong objection by 03:50. It can come into force. "},
		{"/object D1 it hides the failures", 0, "Asked until 03:50: 1 objection. "},
	} {
		if step.line != "" {
			say(t, s, id, "", step.line)
		}
		*clock = clock.Add(step.wait)
		if got := decisionSays(t, s, id); !strings.Contains(got, " | "+step.want) {
			t.Errorf("%s\nwant %s", got, step.want)
		}
	}
	if got := decisionSays(t, s, id); !strings.HasSuffix(got, "Objection: Ada Bergit hides the failures") {
		t.Error(got)
	}
}
