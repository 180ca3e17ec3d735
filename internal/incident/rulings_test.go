package incident_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"bearings/internal/record"
)

// Where a rule can be read in two ways, these hold which one is meant. Each is
// a few records, "01:20 Ana note.add {…}", and what follows from them for the
// package as for the model.
var rulings = []struct {
	name    string
	records string
	now     string
	want    map[string]any // by "id key" of a digest
}{
	{
		"a thread opened with a due is overdue when nobody spoke after the opening",
		`01:00 Ana thread.open {"id":"t1","title":"x","due":"2026-11-22T01:20:00Z"}`,
		"01:21", map[string]any{"t1 overdue": true},
	},
	{
		"a late word clears a due that was missed",
		`01:00 Ana thread.open {"id":"t1","title":"x","due":"2026-11-22T01:20:00Z"}
		 01:30 Ana note.add {"id":"n1","text":"x","thread":"t1"}`,
		"01:31", map[string]any{"t1 overdue": false, "t1 last": "n1"},
	},
	{
		"a word before the due was set does not meet it",
		`01:00 Ana thread.open {"id":"t1","title":"x"}
		 01:05 Ana note.add {"id":"n1","text":"x","thread":"t1"}
		 01:10 Ana thread.change {"id":"x1","thread":"t1","due":"2026-11-22T01:20:00Z"}`,
		"01:21", map[string]any{"t1 overdue": true},
	},
	{
		"what has ended is never overdue",
		`01:00 Ana thread.open {"id":"t1","title":"x","owner":"Ana","due":"15m"}
		 01:01 Ana thread.change {"id":"x1","thread":"t1","state":"parked"}
		 01:02 Ana thread.open {"id":"t2","title":"x","owner":"Ana","due":"15m"}
		 01:03 Ana thread.change {"id":"x2","thread":"t2","state":"done"}`,
		"01:40", map[string]any{"t1 overdue": true, "t2 overdue": false},
	},
	{
		"the same set given twice is one set, and one drop takes it away",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ana decision.make {"id":"d1","text":"x","rests_on":["c1"]}
		 01:02 Ana basis.add {"id":"b1","of":"d1","on":["c1"]}
		 01:03 Ana basis.drop {"id":"b2","of":"d1","on":["c1"]}`,
		"01:04", map[string]any{"d1 footing": "unrecorded", "c1 load": 0},
	},
	{
		"what rests on a circle does not lie on it",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ana claim.make {"id":"c2","text":"x","rests_on":["c1"]}
		 01:02 Ana basis.add {"id":"b1","of":"c1","on":["c2"]}
		 01:03 Ana claim.make {"id":"c3","text":"x","rests_on":["c2"]}`,
		"01:04", map[string]any{"c1 circular": true, "c2 circular": true, "c3 circular": false, "c3 footing": "fallen"},
	},
	{
		"a circle that would not stand even if it could is none",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ana claim.make {"id":"c2","text":"x","rests_on":["c1"]}
		 01:02 Ana claim.make {"id":"c3","text":"x"}
		 01:03 Ana claim.verdict {"id":"v1","claim":"c3","verdict":"refute","why":"x"}
		 01:04 Ana basis.add {"id":"b1","of":"c1","on":["c2","c3"]}`,
		"01:05", map[string]any{"c1 circular": false, "c2 circular": false, "c1 footing": "fallen"},
	},
	{
		"a ruling silences for good, also when it is itself cleared",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:01 Ben claim.make {"id":"c1","text":"x"}
		 01:02 Dan claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:03 Ana claim.verdict {"id":"v2","claim":"c1","verdict":"verify","ruling":true}
		 01:04 Ana claim.verdict {"id":"v3","claim":"c1","verdict":"not_sure"}`,
		"01:05", map[string]any{"c1 state": "hypothesis", "c1 verdicts": []string{}},
	},
	{
		"a ruling by another than the lead is a plain verdict",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:01 Ben claim.make {"id":"c1","text":"x"}
		 01:02 Dan claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:03 Eve claim.verdict {"id":"v2","claim":"c1","verdict":"verify","ruling":true}`,
		"01:05", map[string]any{"c1 state": "disputed"},
	},
	{
		"a withdrawal by another than the author or the lead does nothing",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:01 Ben claim.make {"id":"c1","person":"Dan","text":"x"}
		 01:02 Ben claim.withdraw {"id":"x1","claim":"c1"}
		 01:03 Ben claim.make {"id":"c2","person":"Dan","text":"x"}
		 01:04 Dan claim.withdraw {"id":"x2","claim":"c2"}`,
		"01:05", map[string]any{"c1 state": "hypothesis", "c2 state": "withdrawn"},
	},
	{
		"a second link of one pair counts as linked when it was made",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ben evidence.add {"id":"e1","kind":"test","title":"x","claims":{"c1":"supports"}}
		 01:02 Ben claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:03 Ben claim.make {"id":"c2","text":"x"}
		 01:04 Ben evidence.link {"id":"k1","evidence":"e1","claim":"c1","relation":"supports"}`,
		"01:05", map[string]any{"c1 state": "disputed"},
	},
	{
		"an echo of what was known before a refutation does not dispute it",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ben evidence.add {"id":"e1","kind":"test","title":"x","origin":"o","claims":{"c1":"supports"}}
		 01:02 Ben claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:03 Ben evidence.add {"id":"e2","kind":"graph","title":"x","origin":"o","claims":{"c1":"supports"}}`,
		"01:05", map[string]any{"c1 state": "refuted"},
	},
	{
		"talk of one origin takes no proof's place",
		`01:00 Ana claim.make {"id":"c1","text":"x"}
		 01:01 Ben evidence.add {"id":"e1","kind":"statement","title":"x","origin":"o","claims":{"c1":"supports"}}
		 01:02 Ben claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:03 Ben evidence.add {"id":"e2","kind":"graph","title":"x","origin":"o","claims":{"c1":"supports"}}`,
		"01:05", map[string]any{"c1 state": "disputed"},
	},
	{
		"an acceptance by one of two leads hands over that one's lead only",
		`01:00 Ana role.take {"id":"l1","role":"lead","over":[]}
		 01:01 Ben role.take {"id":"l2","role":"lead","over":[]}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Ana handover.accept {"id":"h2"}`,
		"01:05", map[string]any{"incident leads": []string{"Ben", "Dan"}},
	},
	{
		"both of two leads may accept one handover",
		`01:00 Ana role.take {"id":"l1","role":"lead","over":[]}
		 01:01 Ben role.take {"id":"l2","role":"lead","over":[]}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Ana handover.accept {"id":"h2"}
		 01:03 Ben handover.accept {"id":"h3"}`,
		"01:05", map[string]any{"incident leads": []string{"Dan"}},
	},
	{
		"a handover of one who leads no more is over",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Eve role.take {"id":"l2","role":"lead","why":"x"}
		 01:04 Eve handover.accept {"id":"h2"}`,
		"01:05", map[string]any{"incident leads": []string{"Eve"}},
	},
	{
		"a handover stays open while one of two who led still leads",
		`01:00 Ana role.take {"id":"l1","role":"lead","over":[]}
		 01:01 Ben role.take {"id":"l2","role":"lead","over":[]}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Ben role.release {"id":"x1","role":"lead"}
		 01:04 Ana handover.accept {"id":"h2"}`,
		"01:05", map[string]any{"incident leads": []string{"Dan"}},
	},
	{
		"a handover that was declined cannot be accepted",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Dan handover.decline {"id":"h2","handover":"h1","why":"on another call"}
		 01:04 Ana handover.accept {"id":"h3"}`,
		"01:05", map[string]any{"incident leads": []string{"Ana"}},
	},
	{
		"a handover that was withdrawn cannot be accepted",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Ana handover.withdraw {"id":"h2"}
		 01:04 Ana handover.accept {"id":"h3"}`,
		"01:05", map[string]any{"incident leads": []string{"Ana"}},
	},
	{
		"a request for the lead is the lead's to decline",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:02 Dan handover.open {"id":"h1","to":"Dan"}
		 01:03 Ana handover.decline {"id":"h2"}
		 01:04 Ana handover.accept {"id":"h3"}`,
		"01:05", map[string]any{"incident leads": []string{"Ana"}},
	},
	{
		"nobody else declines or withdraws a handover",
		`01:00 Ana role.take {"id":"l1","role":"lead"}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Eve handover.decline {"id":"h2"}
		 01:03 Ana handover.decline {"id":"h3"}
		 01:03 Eve handover.withdraw {"id":"h4"}
		 01:03 Dan handover.withdraw {"id":"h5"}
		 01:04 Ana handover.accept {"id":"h6"}`,
		"01:05", map[string]any{"incident leads": []string{"Dan"}},
	},
	{
		"a handover accepted by who did not know that the lead was taken makes two leads",
		`01:00 Ana role.take {"id":"l1","role":"lead","over":[]}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Eve role.take {"id":"l2","role":"lead","why":"x","over":["l1"]}
		 01:04 Ana handover.accept {"id":"h2","handover":"h1","over":["l1"]}`,
		"01:05", map[string]any{"incident leads": []string{"Dan", "Eve"}},
	},
	{
		"a handover of somebody else's lead is not accepted",
		`01:00 Ana role.take {"id":"l1","role":"lead","over":[]}
		 01:02 Ana handover.open {"id":"h1","to":"Dan"}
		 01:03 Eve role.take {"id":"l2","role":"lead","why":"x","over":["l1"]}
		 01:04 Dan handover.accept {"id":"h2","handover":"h1","over":["l1"]}`,
		"01:05", map[string]any{"incident leads": []string{"Eve"}},
	},
	{
		"one who leaves and comes back is one person more",
		`01:00 Ana note.add {"id":"n1","text":"x"}
		 01:00 Ben note.add {"id":"n2","text":"x"}
		 01:00 Dan note.add {"id":"n3","text":"x"}
		 01:30 Ana claim.make {"id":"c1","text":"x"}
		 01:31 Eve person.join {"id":"p1"}
		 01:32 Eve person.leave {"id":"p2"}
		 01:33 Eve person.join {"id":"p3"}
		 01:34 Eve person.leave {"id":"p4"}
		 01:35 Eve person.join {"id":"p5"}`,
		"01:40", map[string]any{"c1 flags": "", "incident here": 4},
	},
	{
		"the team that grew is counted afresh after each change of shape",
		`01:00 Ana note.add {"id":"n1","text":"x"}
		 01:01 Ben person.join {"id":"p1"}
		 01:02 Dan person.join {"id":"p2"}
		 01:03 Eve person.join {"id":"p3"}
		 01:04 Ana claim.make {"id":"c1","text":"x"}
		 01:05 Fay person.join {"id":"p4"}
		 01:06 Guy person.join {"id":"p5"}
		 01:07 Ana claim.make {"id":"c2","text":"x"}
		 01:08 Bot person.join {"id":"p6","app":true}`,
		"01:10", map[string]any{"c1 flags": "", "c2 flags": "", "incident here": 6},
	},
	{
		"a debt of a decision made while monitoring is due at once",
		`01:00 Ana incident.change {"id":"s1","status":"monitoring"}
		 01:05 Ana decision.make {"id":"d1","text":"x","mode":"command"}`,
		"01:10", map[string]any{"d1 owed": true, "d1 why due": "2026-11-22 01:05:00"},
	},
	{
		"strength that changed and came back is a change",
		`01:00 Ana evidence.add {"id":"e1","kind":"test","title":"x"}
		 01:00 Ana evidence.strike {"id":"k1","evidence":"e1"}
		 01:01 Ana claim.make {"id":"c1","text":"x"}
		 01:02 Ben claim.make {"id":"c2","text":"x","rests_on":["c1","e1"]}
		 01:03 Ben evidence.add {"id":"e2","kind":"test","title":"x","claims":{"c2":"supports"}}
		 01:04 Ben claim.make {"id":"c3","text":"x","rests_on":["e1"]}
		 01:04 Ben evidence.add {"id":"e3","kind":"test","title":"x","claims":{"c3":"supports"}}
		 01:05 Dan claim.verdict {"id":"v1","claim":"c1","verdict":"refute","why":"x"}
		 01:06 Dan claim.verdict {"id":"v2","claim":"c1","verdict":"not_sure"}`,
		"01:10", map[string]any{"c2 flags": "recheck shaky", "c3 flags": "shaky"},
	},
}

func TestRulings(t *testing.T) {
	for _, tt := range rulings {
		t.Run(tt.name, func(t *testing.T) {
			records, now := parse(t, tt.records), timeOf(t, tt.now)
			for who, got := range map[string]digestOf{"package": digest(build(records).At(now)), "model": newModel(records, now).final().digest()} {
				for _, key := range slices.Sorted(keys(tt.want)) {
					id, what, _ := strings.Cut(key, " ")
					if diff := gocmp.Diff(tt.want[key], got[id][what]); diff != "" {
						t.Errorf("%s, by the %s (-want +got):\n%s", key, who, diff)
					}
				}
			}
		})
	}
}

func timeOf(t *testing.T, clock string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, "2026-11-22T"+clock+":00Z")
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// parse reads "01:20 Ana note.add {…}" lines, after a declaration by Ana.
func parse(t *testing.T, text string) []*record.Record {
	t.Helper()
	var records []*record.Record
	for n, line := range strings.Split(`00:00 Ana incident.declare {"id":"inc","title":"x"}`+"\n"+text, "\n") {
		parts := strings.SplitN(strings.TrimSpace(line), " ", 4)
		r, err := record.DecodeLine(fmt.Appendf(nil, `{"at":%q,"by":%q,"do":%q,%s`, timeOf(t, parts[0]).Format(time.RFC3339), parts[1], parts[2], parts[3][1:]))
		if err != nil {
			t.Fatal(err)
		}
		r.Stamp = record.Stamp{Clock: record.ClockAt(r.Recorded), Line: uint64(n + 1)}
		records = append(records, r)
	}
	return records
}
