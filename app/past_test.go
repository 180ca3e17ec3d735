package app_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"bearings/app"
	"bearings/internal/brief"
	"bearings/internal/incident"
)

func TestThePastIsShownAsItWasKnown(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/c It is the gateway", "/t Gateway")
	then := clock.UnixMilli()
	*clock = clock.Add(10 * time.Minute)
	say(t, s, id, "", "/sev 1", "/refute C1 the graph says otherwise", "/t Ledger")

	past, present := must(s.Cockpit(id, then)), must(s.Cockpit(id, 0))
	if !past.Head.Past || past.Head.AsOf != then || past.Head.Severity != "" || past.Open != 1 || past.Head.Undo != "" {
		t.Errorf("the past is %+v with %d threads", past.Head, past.Open)
	}
	if present.Head.Past || present.Head.Severity != "SEV1" || present.Open != 2 || present.Head.Undo == "" {
		t.Errorf("the present is %+v with %d threads", present.Head, present.Open)
	}
	if v := must(s.Things.Open(id, "C1", then)); v.Claim.State != app.ClaimState(incident.Hypothesis) {
		t.Errorf("C1 was %s", v.Claim.State)
	}
	if _, err := s.Things.Open(id, "T2", then); code(t, err) != "not_found" {
		t.Errorf("T2 was there: %v", err)
	}
	if names := must(s.Names(id, then)); len(names) != 2 {
		t.Errorf("%d names", len(names))
	}
	if v := must(s.Claims.All(id, app.ClaimFilter{}, then)); v.Groups[0].Name != "believed" || !v.Head.Past {
		t.Errorf("claims were %+v", v.Groups)
	}
	if v := must(s.Write(id, app.BriefAsk{Reader: app.ReaderJoining, Length: app.Length(brief.Full)}, then)); !v.Head.Past || v.Head.Severity != "" {
		t.Errorf("the brief was of %+v", v.Head)
	}
	if v := must(s.Timeline.Show(id, then)); v.Now != then || len(v.Lanes) != 1 {
		t.Errorf("the timeline was up to %d with %d lanes", v.Now, len(v.Lanes))
	}
	if v := must(s.Entries(id, then, app.Filter{}, "", 100)); v.Found != 3 {
		t.Errorf("%d entries", v.Found)
	}
	if v := must(s.Cockpit(id, clock.Add(time.Hour).UnixMilli())); v.Head.Past {
		t.Error("what is yet to come is past")
	}
}

func TestADecisionIsMadeAtTheMomentWhenItWasPutInForce(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/c It is the gateway")
	*clock = clock.Add(time.Minute)
	made := clock.UnixMilli()
	decided := must(s.Send(id, "", "/d Roll back on C1")).Open
	*clock = clock.Add(time.Minute)
	proposed := must(s.Send(id, "", "/d? Switch off retries")).Open
	*clock = clock.Add(time.Minute)
	forced := clock.UnixMilli()
	say(t, s, id, "", "/force D2")
	*clock = clock.Add(time.Minute)
	say(t, s, id, "", "/refute C1 no", "/reverse D1 wrong", "/reverse D2 wrong")

	if at := must(s.Decided(id, decided)); at != made {
		t.Errorf("decided at %d, want %d", at, made)
	}
	if at := must(s.Decided(id, proposed)); at != forced {
		t.Errorf("put in force at %d, want %d", at, forced)
	}
	if v := must(s.Things.Open(id, "C1", made)); v.Claim.State != app.ClaimState(incident.Assumption) {
		t.Errorf("C1 was %s when D1 was decided", v.Claim.State)
	}
	if _, err := s.Decided(id, "C1"); code(t, err) != "not_found" {
		t.Errorf("a claim was decided: %v", err)
	}
}

func TestAScreenIsComputedOnceAndAnewWhenSomethingIsRecorded(t *testing.T) {
	s, id, clock := begun(t)
	for n := range 3 {
		say(t, s, id, "", "/t Thread")
		if v := must(s.Cockpit(id, 0)); v.Open != n+1 {
			t.Fatalf("%d threads, want %d", v.Open, n+1)
		}
	}
	*clock = clock.Add(20 * time.Minute)
	if v := must(s.Cockpit(id, 0)); v.Head.AsOf != clock.UnixMilli() {
		t.Errorf("as of %d, want %d", v.Head.AsOf, clock.UnixMilli())
	}
}

func TestScreensMayBeAskedForWhileLinesAreSent(t *testing.T) {
	s, start := sample(t)
	id := start.Open
	past := now.Add(-30 * time.Minute).UnixMilli()
	var asking sync.WaitGroup
	done := make(chan struct{})
	for _, ask := range []func() error{
		func() error { _, err := s.Cockpit(id, 0); return err },
		func() error { _, err := s.Cockpit(id, past); return err },
		func() error { _, err := s.Things.Open(id, "C4", 0); return err },
		func() error { _, err := s.Entries(id, 0, app.Filter{Text: "gateway"}, "", 50); return err },
		func() error { _, err := s.History(id, "T1", 0); return err },
		func() error { _, err := s.Timeline.Show(id, past); return err },
		func() error { _, err := s.Read(id, "", "/c it is on C4"); return err },
		func() error {
			_, err := s.Write(id, app.BriefAsk{Reader: app.ReaderLead, Length: app.Length(brief.Full)}, 0)
			return err
		},
	} {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := ask(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for n := range 15 {
		say(t, s, id, "", fmt.Sprintf("/c claim %d on C4", n), "/a do it on C4", "seen")
	}
	close(done)
	asking.Wait()
	if v := must(s.Cockpit(id, 0)); v.Head.Records != start.List.Incidents[0].Records+45 {
		t.Errorf("%d records, were %d", v.Head.Records, start.List.Incidents[0].Records)
	}
}
