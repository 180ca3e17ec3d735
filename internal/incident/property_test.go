package incident_test

import (
	"flag"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// What the rules have to say of, say, evidence of one origin on both sides of
// a verdict turns up once in some hundred incidents. A failing one is printed
// whole, and needs no file to be found again.
func init() {
	for name, value := range map[string]string{"rapid.checks": "1000", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// build is the incident of some records, added at once.
func build(records []*record.Record) *incident.Incident {
	in := incident.New("inc")
	in.Add(records...)
	return in
}

func later(records []*record.Record, n int) time.Time {
	return records[len(records)-1].Recorded.Add(time.Duration(n) * time.Minute)
}

func TestStateIsWhatTheModelSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		now := later(records, rapid.IntRange(0, 60).Draw(t, "minutes later"))
		want := newModel(records, now).final().digest()
		got := digest(build(records).At(now))
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("the state is not the model's (-model +state) at %s:\n%s\nrecords:\n%s", now.Format(time.TimeOnly), diff, show(records))
		}
	})
}

// same compares whole states, all that a reader can see.
func sameState(t *rapid.T, want, got *incident.State, what string) {
	t.Helper()
	if diff := gocmp.Diff(want, got, cmpopts.IgnoreUnexported(incident.State{})); diff != "" {
		t.Fatalf("%s gives another state (-want +got):\n%s", what, diff)
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		now := later(records, 30)
		want := build(records).At(now)

		arriving := slices.Clone(records)
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, len(records)-1), 0, 8).Draw(t, "twice") {
			again := *records[n]
			if rapid.Bool().Draw(t, "stamped anew") {
				again.Stamp.Line, again.Stamp.Run = again.Stamp.Line+100, record.Run{9}
			}
			arriving = append(arriving, &again)
		}
		arriving = rapid.Permutation(arriving).Draw(t, "order")

		in := incident.New("inc")
		for rest := arriving; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "batch")
			in.Add(rest[:n]...)
			rest = rest[n:]
			if rapid.Bool().Draw(t, "look meanwhile") {
				in.At(now)
			}
		}
		sameState(t, want, in.At(now), "another order of arrival")
	})
}

func TestThePastIsWhatWasRecordedByThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		then := rapid.SampledFrom(records).Draw(t, "as of").Recorded
		var known []*record.Record
		for _, r := range records {
			if !r.Recorded.After(then) {
				known = append(known, r)
			}
		}
		in := build(records)
		past := in.AsOf(then).At(then)
		want := build(known).At(then)
		unmark(want)
		unmark(past)
		sameState(t, want, past, "the past")
		if diff := gocmp.Diff(newModel(known, then).final().digest(), digest(past)); diff != "" {
			t.Fatalf("the past, in which things may be missing, is not the model's (-model +state) at %s:\n%s\nrecords:\n%s", then.Format(time.TimeOnly), diff, show(known))
		}
		sameState(t, build(records).At(later(records, 0)), in.At(later(records, 0)), "a look at the past")
	})
}

// unmark takes from evidence what the past knows although it happened later:
// that it was redacted, since what it showed is shown no more.
func unmark(s *incident.State) {
	for _, e := range s.Evidence {
		e.Redacted, e.InPlace = false, incident.Ref{}
	}
}

// resting lists what can rest on something, with its basis.
func resting(s *incident.State) map[string]*incident.Basis {
	found := map[string]*incident.Basis{}
	for _, x := range s.Threads {
		found[x.ID] = &x.Basis
	}
	for _, x := range s.Actions {
		found[x.ID] = &x.Basis
	}
	for _, x := range s.Claims {
		found[x.ID] = &x.Basis
	}
	for _, x := range s.Decisions {
		found[x.ID] = &x.Basis
	}
	for _, x := range s.Updates {
		found[x.ID] = &x.Basis
	}
	return found
}

func TestNothingStandsBetterThanItsSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		s := build(records).At(later(records, 0))
		for id, b := range resting(s) {
			best := incident.Unrecorded
			for _, set := range b.Sets {
				best = max(best, set.Footing)
			}
			if b.Footing != best {
				t.Errorf("%s is %v, but the best of its sets is %v", id, b.Footing, best)
			}
		}
	})
}

// A circle never holds itself up: of all that is not fallen, one can say why
// without going round. What stands by itself comes first, then what has a set
// of such things, and so on.
func TestACircleNeverHoldsItselfUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		s := build(records).At(later(records, 0))
		all, stands := resting(s), map[string]bool{}
		for _, e := range s.Evidence {
			stands[e.ID] = !e.Struck
		}
		for _, c := range s.Claims {
			switch c.State {
			case incident.Verified, incident.Supported:
				stands[c.ID] = true
			case incident.ClaimDisputed, incident.Assumption, incident.Hypothesis:
				stands[c.ID] = len(c.Sets) == 0
			}
		}
		for _, d := range s.Decisions {
			stands[d.ID] = len(d.Sets) == 0 && !d.HasEnded()
		}
		held := map[string]bool{}
		for range len(all) {
			for id, b := range all {
				for _, set := range b.Sets {
					if !slices.ContainsFunc(set.On, func(r incident.Ref) bool { return !stands[r.ID] && !held[r.ID] }) {
						held[id] = true
					}
				}
			}
		}
		for id, b := range all {
			if b.Footing > incident.Fallen && !held[id] {
				t.Errorf("%s is %v, and nothing but a circle holds it", id, b.Footing)
			}
			if b.Circular && b.Footing != incident.Fallen {
				t.Errorf("%s rests only on itself, and is %v", id, b.Footing)
			}
		}
	})
}

func TestRefutingOnlyMakesFootingWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := incidents(t)
		now := later(records, 0)
		in := build(records)
		before := in.At(now)
		if len(before.Claims) == 0 {
			return
		}
		c := rapid.SampledFrom(before.Claims).Draw(t, "claim")
		affected := map[string]incident.Footing{}
		for _, a := range before.Blast(c) {
			affected[a.Thing.Meta().ID] = a.IfRefuted
		}
		old := resting(before)
		in.Add(&record.Record{
			Stamp: record.Stamp{Clock: 1 << 62}, Incident: "inc", ID: "refuted", At: now, Recorded: now, By: "Zed", Person: "Zed", Do: "claim.verdict",
			Fields: []record.Field{{Key: "claim", Value: []byte(`"` + c.ID + `"`)}, {Key: "verdict", Value: []byte(`"refute"`)}, {Key: "why", Value: []byte(`"no"`)}},
		})
		after := in.At(now)
		for id, b := range resting(after) {
			if b.Footing > old[id].Footing {
				t.Errorf("refuting %s lifted %s from %v to %v", c.ID, id, old[id].Footing, b.Footing)
			}
		}
		// What the blast radius foretold is what happens, unless somebody's verify
		// keeps the claim disputed.
		if i := slices.IndexFunc(after.Claims, func(x *incident.Claim) bool { return x.ID == c.ID }); after.Claims[i].State != incident.Refuted {
			return
		}
		for id, foot := range affected {
			if got := resting(after)[id].Footing; got != foot {
				t.Errorf("were %s refuted, %s would be %v; it is %v", c.ID, id, foot, got)
			}
		}
	})
}
