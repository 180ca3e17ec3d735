package app_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bearings/app"
	"bearings/internal/incident"
)

func warnings(ids ...int) []incident.Prompt {
	var out []incident.Prompt
	for _, id := range ids {
		out = append(out, incident.Prompt{Level: incident.Warning, Kind: "no_lead", About: incident.Ref{ID: fmt.Sprint(id)}})
	}
	return out
}

// Whatever comes and goes, nobody is interrupted twice in ten minutes, nor for
// what was there when they first looked, nor twice for what stands.
func TestNobodyIsInterruptedTwiceInTenMinutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b app.Budget
		clock := now
		var last time.Time
		first := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 5).Draw(t, "first")
		if _, _, ok := b.Interrupt(clock, "i", warnings(first...)); ok {
			t.Fatal("interrupted for what was there")
		}
		told := map[int]bool{}
		for _, id := range first {
			told[id] = true
		}
		for range rapid.IntRange(0, 60).Draw(t, "looks") {
			clock = clock.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "seconds")) * time.Second)
			standing := rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 0, 5, rapid.ID[int]).Draw(t, "standing")
			still := map[int]bool{}
			fresh := 0
			for _, id := range standing {
				still[id] = told[id]
				if !told[id] {
					fresh++
				}
			}
			told = still
			p, others, ok := b.Interrupt(clock, "i", append(warnings(standing...), incident.Prompt{Level: incident.Caution, Kind: "x"}))
			want := fresh > 0 && (last.IsZero() || clock.Sub(last) >= 10*time.Minute)
			if ok != want {
				t.Fatalf("interrupted: %v, want %v", ok, want)
			}
			if !ok {
				continue
			}
			if p.Level != incident.Warning || others != fresh-1 {
				t.Fatalf("interrupted for %+v and %d others of %d", p, others, fresh)
			}
			last = clock
			for id := range told {
				told[id] = true
			}
		}
	})
}

func TestAnInterruptionIsForANewWarningAndOnlyIfAllowed(t *testing.T) {
	at := now
	a := open(t, app.Options{As: "Ada", Now: func() time.Time { return at }})
	s := a.Screens()
	id := must(s.Declare(app.Declaration{Title: "Checkout is down"}))
	say(t, s, id, "", "/lead @me", "/c It is the gateway")
	if err := s.Opened(id); err != nil {
		t.Fatal(err)
	}
	look := func() (app.Interruption, bool) {
		t.Helper()
		at = at.Add(time.Second)
		i, ok, err := a.Interruption()
		if err != nil {
			t.Fatal(err)
		}
		return i, ok
	}
	say(t, s, id, "", "/d Roll back on C1", "/refute C1 no")
	if i, ok := look(); ok {
		t.Errorf("not allowed, and interrupted with %+v", i)
	}
	if err := s.Keep("notify", "yes"); err != nil {
		t.Fatal(err)
	}
	if i, ok := look(); ok {
		t.Errorf("interrupted for what is on the screen: %+v", i)
	}
	s.Front(true)
	say(t, s, id, "", "/c It is the disk", "/d Grow it on C2", "/refute C2 no")
	if i, ok := look(); ok {
		t.Errorf("in front, and interrupted with %+v", i)
	}
	s.Front(false)
	if i, ok := look(); ok {
		t.Errorf("interrupted for what was seen in front: %+v", i)
	}
	say(t, s, id, "", "/c It is the ledger", "/d Stop writers on C3", "/refute C3 no")
	if i, ok := look(); !ok || i.Body == "" || i.Title == "" {
		t.Errorf("not interrupted for a new warning: %+v", i)
	}
	say(t, s, id, "", "/c It is the vault", "/d Restart on C4", "/refute C4 no")
	if i, ok := look(); ok {
		t.Errorf("interrupted again at once: %+v", i)
	}
	at = at.Add(10 * time.Minute)
	if _, ok := look(); !ok {
		t.Error("what still stands after ten minutes is not told")
	}
	if i, ok := look(); ok {
		t.Errorf("told twice: %+v", i)
	}
}
