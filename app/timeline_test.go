package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

func TestTheTimelineOfTheSample(t *testing.T) {
	s, start := sample(t)
	v := must(s.Timeline.Show(start.Open, 0))
	lanes := []string{}
	for _, l := range v.Lanes {
		lanes = append(lanes, l.Chip.Label)
	}
	want := []string{"T3", "T4", "T5", "T6", "T1", "T2"}
	if diff := cmp.Diff(want, lanes[:6]); diff != "" || len(lanes) != 9 {
		t.Errorf("lanes, longest silence first (-want +got):\n%s", diff)
	}
	late := v.Lanes[0]
	last := late.Quiet[len(late.Quiet)-1]
	if late.Owner != "Priya Nair" || last.To != v.Now || last.Late == 0 || last.Late > last.To || late.Closed != 0 {
		t.Errorf("the late lane is %+v", late)
	}
	if ended := v.Lanes[8]; ended.Closed == 0 {
		t.Errorf("the last lane goes on: %+v", ended)
	}
	if v.From >= v.Now || v.To <= v.Now || len(v.Promises) == 0 || v.Promises[0].At <= v.Now {
		t.Errorf("from %d, now %d, to %d, promises %+v", v.From, v.Now, v.To, v.Promises)
	}
	peak := false
	for _, signal := range v.Signals {
		peak = peak || signal.Sort == "reading" && signal.Text == "Peak 46%"
	}
	if !peak {
		t.Errorf("signals %+v have no peak", v.Signals)
	}
	shaky := []string{}
	for _, d := range v.Decisions {
		if d.Shaky {
			shaky = append(shaky, d.Chip.Label)
		}
	}
	if diff := cmp.Diff([]string{"D3"}, shaky); diff != "" {
		t.Errorf("shaky decisions (-want +got):\n%s", diff)
	}
	for _, c := range v.Checkins {
		if c.Answered > c.Expected || c.Expected == 0 {
			t.Errorf("check-in %+v", c)
		}
	}
	if data := must(json.Marshal(v)); bytes.Contains(data, []byte("null")) {
		t.Errorf("there is a null in %s", data)
	}
}

func TestALongTimelineSaysWhatItLeavesOut(t *testing.T) {
	s, id := large(t, 4_000)
	v := must(s.Timeline.Show(id, 0))
	if v.Left.Lanes == 0 || len(v.Lanes) != 60 {
		t.Errorf("%d lanes, %+v left out", len(v.Lanes), v.Left)
	}
	for _, l := range v.Lanes {
		if len(l.Ticks) > 302 {
			t.Errorf("%s has %d ticks", l.Chip.Label, len(l.Ticks))
		}
	}
}

func TestEntriesComePageByPage(t *testing.T) {
	s, start := sample(t)
	whole := must(s.Entries(start.Open, 0, app.Filter{}, "", 500))
	var paged []app.EntryRow
	before := ""
	for {
		page := must(s.Entries(start.Open, 0, app.Filter{}, before, 40))
		paged = append(paged, page.Entries...)
		if page.Found != whole.Found {
			t.Fatalf("%d found, were %d", page.Found, whole.Found)
		}
		if before = page.Next; before == "" {
			break
		}
	}
	if diff := cmp.Diff(whole.Entries, paged); diff != "" || whole.Found != len(paged) {
		t.Errorf("of %d (-whole +paged):\n%s", whole.Found, diff)
	}
	for n := 1; n < len(paged); n++ {
		if paged[n].At > paged[n-1].At {
			t.Fatalf("%+v comes after %+v", paged[n-1], paged[n])
		}
	}
}

func TestEntriesAreFiltered(t *testing.T) {
	s, id, clock := begun(t)
	thread := must(s.Send(id, "", "/t Gateway")).Open
	say(t, s, id, thread, "Timeouts on Egress-3", "/c It is the gateway")
	say(t, s, id, "", "/join Zoë: she knows it", "@zoë egress is fine")
	*clock = clock.Add(time.Minute)
	for _, c := range []struct {
		filter app.Filter
		want   int
	}{
		{app.Filter{Text: "egress"}, 2},
		{app.Filter{Text: "egress TIMEOUTS"}, 1},
		{app.Filter{Thread: thread}, 3},
		{app.Filter{Thread: thread, Text: "gateway"}, 2},
		{app.Filter{Person: "Zoë"}, 2},
		{app.Filter{Kind: "claim"}, 1},
		{app.Filter{Kind: "key"}, 0},
		{app.Filter{Text: "nothing of it"}, 0},
	} {
		v := must(s.Entries(id, 0, c.filter, "", 0))
		if says := fmt.Sprintf("%d found, newest first", c.want); v.Says != says || len(v.Entries) != c.want {
			t.Errorf("%+v: %s, want %s: %+v", c.filter, v.Says, says, v.Entries)
		}
	}
}

func TestAThingHasAHistory(t *testing.T) {
	s, id, clock := begun(t)
	say(t, s, id, "", "/t Gateway")
	*clock = clock.Add(time.Minute)
	say(t, s, id, "", "/take T1", "/rename T1 The gateway")
	var did []string
	for _, e := range must(s.History(id, "T1", 0)) {
		if e.By != "Ada Berg" || e.Recorded == 0 || e.Text == "" {
			t.Errorf("%+v", e)
		}
		did = append(did, e.Do)
	}
	if diff := cmp.Diff([]string{"thread.open", "thread.change", "thread.change"}, did); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if _, err := s.History(id, "T9", 0); code(t, err) != "not_found" {
		t.Errorf("T9 has a history: %v", err)
	}
}
