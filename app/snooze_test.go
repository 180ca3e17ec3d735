package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/app"
)

func kinds(v *app.Cockpit) []string {
	out := []string{}
	for _, p := range v.Prompts {
		out = append(out, p.Kind+" "+p.Level)
	}
	return out
}

// ofLevel counts the rows of a level.
func ofLevel(v *app.Cockpit, level string) (n int) {
	for _, p := range v.Prompts {
		if p.Level == level {
			n++
		}
	}
	return n
}

func TestASnoozedPromptStaysAwayForTenMinutes(t *testing.T) {
	s, id, clock := begun(t)
	thread := must(s.Send(id, "", "/t Gateway")).Open
	v := must(s.Cockpit(id, 0))
	if !slices.Contains(kinds(v), "thread_no_owner caution") || ofLevel(v, "caution") != 1 {
		t.Fatalf("prompts %v, waiting %+v", kinds(v), v.Waiting)
	}
	if err := s.Snooze(id, "thread_no_owner", thread, "  "); code(t, err) != "invalid" {
		t.Errorf("snoozed without a reason: %v", err)
	}
	if err := s.Snooze(id, "thread_overdue", thread, "later"); code(t, err) != "not_found" {
		t.Errorf("snoozed what is not there: %v", err)
	}
	if err := s.Snooze(id, "thread_no_owner", thread, "Bo comes in five minutes"); err != nil {
		t.Fatal(err)
	}
	v = must(s.Cockpit(id, 0))
	wakes := clock.Add(10 * time.Minute)
	if slices.Contains(kinds(v), "thread_no_owner caution") || v.Waiting.Snoozed != 1 || ofLevel(v, "caution") != 0 || v.Waiting.Wakes != wakes.UnixMilli() {
		t.Errorf("prompts %v, waiting %+v", kinds(v), v.Waiting)
	}
	for n, p := range v.Prompts {
		if p.Rank != n+1 {
			t.Errorf("rank %d at %d", p.Rank, n)
		}
	}
	*clock = wakes
	if v = must(s.Cockpit(id, 0)); !slices.Contains(kinds(v), "thread_no_owner caution") || v.Waiting.Snoozed != 0 {
		t.Errorf("after ten minutes: prompts %v, waiting %+v", kinds(v), v.Waiting)
	}
}

func TestASnoozedPromptComesBackWhenItGetsMoreUrgent(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/lead @me", "/c It is the gateway")
	decided := must(s.Send(id, "", "/d? Roll back on C1")).Open
	*clock = clock.Add(time.Second)
	say(t, s, id, "", "/refute C1 it is not")
	if v := must(s.Cockpit(id, 0)); !slices.Contains(kinds(v), "decision_shaky caution") {
		t.Fatalf("prompts %v", kinds(v))
	}
	if err := s.Snooze(id, "decision_shaky", decided, "not decided yet"); err != nil {
		t.Fatal(err)
	}
	if v := must(s.Cockpit(id, 0)); v.Waiting.Snoozed != 1 {
		t.Errorf("waiting %+v", v.Waiting)
	}
	say(t, s, id, "", "/force D1")
	if v := must(s.Cockpit(id, 0)); !slices.Contains(kinds(v), "decision_shaky warning") || ofLevel(v, "warning") != 2 {
		t.Errorf("prompts %v, waiting %+v", kinds(v), v.Waiting)
	}
}

// However many things a cause has, it is one line, seen to one after the
// other, and put off as one; what comes to it afterwards is new.
func TestTheSameOfSeveralThingsIsOneLine(t *testing.T) {
	s, id, _ := begun(t)
	first := must(s.Send(id, "", "/t Gateway")).Open
	say(t, s, id, "", "/lead @me", "/t Vault", "/t Ledger")
	v := must(s.Cockpit(id, 0))
	row := v.Prompts[slices.Index(kinds(v), "thread_no_owner caution")]
	if row.Count != 3 || row.Title != "3 threads have no owner" || row.About.ID != first || ofLevel(v, "caution") != 1 {
		t.Errorf("row %+v, waiting %+v", row, v.Waiting)
	}
	if row.Why != "First "+row.About.Label+" Gateway" {
		t.Errorf("it begins with %q, want the thread that waits longest", row.Why)
	}
	if err := s.Snooze(id, "thread_no_owner", first, "they are being called"); err != nil {
		t.Fatal(err)
	}
	if v = must(s.Cockpit(id, 0)); slices.Contains(kinds(v), "thread_no_owner caution") || v.Waiting.Snoozed != 1 {
		t.Errorf("prompts %v, waiting %+v", kinds(v), v.Waiting)
	}
	say(t, s, id, "", "/t Mail")
	v = must(s.Cockpit(id, 0))
	row = v.Prompts[slices.Index(kinds(v), "thread_no_owner caution")]
	if row.Count != 1 || row.About.Name != "Mail" || row.Title != row.About.Label+" Mail" || strings.Contains(row.Why, "Mail") {
		t.Errorf("after a new one: %+v", row)
	}
}

// Nobody can look through hundreds of prompts: on an incident that is far too
// large, what needs the lead is a list that fits a screen, and its count says
// how many things there are to do.
func TestALargeIncidentAsksForFewThings(t *testing.T) {
	s, id := large(t, 3000)
	v := must(s.Cockpit(id, 0))
	if all := v.Waiting.All; all != len(v.Prompts) || all > 30 {
		t.Errorf("%d lines, counted as %d", len(v.Prompts), all)
	}
	things := 0
	for n, p := range v.Prompts {
		things += p.Count
		if p.Rank != n+1 {
			t.Errorf("rank %d at %d", p.Rank, n+1)
		}
	}
	if things <= 2*v.Waiting.All {
		t.Fatalf("%d things in %d lines: this incident is not large", things, v.Waiting.All)
	}
}
