package brief_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// read makes an incident of lines without their envelope: each record happens
// a minute after the one before it, from 02:00 on, by Ana where it says
// nothing.
func read(t *testing.T, lines ...string) *incident.State {
	t.Helper()
	inc, at := happened(t, lines...)
	return inc.At(at)
}

// happened is the incident of such lines, and the minute after the last.
func happened(t *testing.T, lines ...string) (*incident.Incident, time.Time) {
	t.Helper()
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	var file strings.Builder
	for _, l := range lines {
		by := `"by":"Ana",`
		if strings.Contains(l, `"by":`) {
			by = ""
		}
		file.WriteString(`{"at":"` + at.Format(time.RFC3339) + `",` + by + strings.TrimPrefix(l, "{") + "\n")
		at = at.Add(time.Minute)
	}
	f, err := record.ReadFile(strings.NewReader(file.String()), "Orders fail")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Problems {
		if p.Kind != record.ProblemNoDeclare {
			t.Fatal(p)
		}
	}
	return gather(f.Records), at
}

func TestWhoComesBackIsToldWhatTheyOwe(t *testing.T) {
	inc, _ := happened(t, `{"do":"note.add","text":"orders fail"}`, `{"do":"decision.make","id":"d","text":"roll back","mode":"command","by":"Ana"}`)
	start := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for after, want := range map[time.Duration]string{
		10 * time.Minute: "You owe the reason (by 02:31): roll back (D1).",
		time.Hour:        "You owe the reason (was due 02:31): roll back (D1).",
	} {
		now, since := start.Add(after), start.Add(30*time.Second)
		text := brief.Text(brief.Write(inc.At(now), inc.AsOf(since).At(since), brief.Options{Reader: "Ana", Since: since}))
		if !strings.Contains(text, want) {
			t.Errorf("after %s:\n%s\nwant %s", after, text, want)
		}
	}
}

func TestWhoComesBackIsToldThatTwoLead(t *testing.T) {
	inc, now := happened(t,
		`{"do":"role.take","role":"lead","by":"Ana"}`,
		`{"do":"note.add","text":"orders fail"}`,
		`{"do":"role.take","role":"lead","over":[],"by":"Raj"}`)
	since := now.Add(-90 * time.Second)
	text := brief.Text(brief.Write(inc.At(now), inc.AsOf(since).At(since), brief.Options{Reader: "Ana", Since: since}))
	if !strings.Contains(text, "\nTwo leads until one yields: Ana, Raj.\n") {
		t.Errorf("it says\n%s", text)
	}
}

func TestSentencesHaveTheirForms(t *testing.T) {
	for _, test := range []struct {
		name   string
		length brief.Length
		lines  []string
		want   string // a line of the text
	}{
		{"heard, no change: what was said before stands", brief.FiveMinutes, []string{
			`{"do":"thread.open","id":"t","title":"Drain","owner":"Raj"}`,
			`{"do":"note.add","thread":"t","seeing":"60% moved","need":"a DBA","by":"Raj"}`,
			`{"do":"checkin.open","id":"r"}`,
			`{"do":"checkin.answer","checkin":"r","thread":"t","person":"Raj"}`,
			`{"do":"checkin.open","id":"r2"}`,
			`{"do":"checkin.answer","checkin":"r2","thread":"t","person":"Raj"}`,
		}, "Drain (T1, Raj): 60% moved (5 min ago; no change 1 min ago). Needs: a DBA."},
		{"heard, no change, where nothing was said before", brief.FiveMinutes, []string{
			`{"do":"thread.open","id":"t","title":"Drain","owner":"Raj"}`,
			`{"do":"checkin.open","id":"r"}`,
			`{"do":"checkin.answer","checkin":"r","thread":"t","person":"Raj"}`,
		}, "Drain (T1, Raj); last word 1 min ago."},
		{"verified: evidence, age and checker", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"order writes fail in eu-west"}`,
			`{"do":"evidence.add","kind":"graph","id":"e","claims":{"c":"supports"},"title":"writes"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"verify","by":"Raj"}`,
		}, "Known, verified: order writes fail in eu-west (C1; E1 graph, 2 min old; checked by Raj)."},
		{"supported: not cross-checked", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"order writes fail."}`,
			`{"do":"evidence.add","kind":"log","id":"e","claims":{"c":"supports"},"title":"writes"}`,
		}, "Known, not cross-checked: order writes fail (C1; E1 log, 1 min old)."},
		{"assumed: what rests on it, whose word, and the test", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"the deploy is the cause","test":"replay on the old build"}`,
			`{"do":"decision.make","text":"roll back","why":"it began then","rests_on":["c"]}`,
		}, "Assumed, 1 thing rests on it: the deploy is the cause (C1, said by Ana; no evidence). Test: replay on the old build."},
		{"only said", brief.OneMinute, []string{
			`{"do":"claim.make","id":"c","text":"failover is safe"}`,
			`{"do":"evidence.add","kind":"statement","said_by":"Raj","claims":{"c":"supports"},"title":"it is"}`,
			`{"do":"thread.open","title":"Fail over","owner":"Raj","rests_on":["c"]}`,
		}, "Assumed, 1 thing rests on it: failover is safe (C1, said by Raj; no evidence)."},
		{"disputed: both sides", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"failover is safe","by":"Mei"}`,
			`{"do":"evidence.add","kind":"test","id":"e7","title":"rehearsal"}`,
			`{"do":"evidence.add","kind":"test","id":"e9","title":"no replica"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"verify","evidence":["e7"]}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","evidence":["e9"],"by":"Raj"}`,
		}, "Disputed: failover is safe (C1). Ana (E1) verify; Raj (E2) refute."},
		{"ruled out: when, by what, by whom and why", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"connection pool"}`,
			`{"do":"evidence.add","kind":"graph","id":"e","claims":{"c":"contradicts"},"title":"pool"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","evidence":["e"],"why":"never above half","by":"Mei"}`,
		}, "Ruled out 02:02: connection pool (C1; E1 contradicts; Mei): never above half."},
		{"decided, rationale owed", brief.FiveMinutes, []string{
			`{"do":"decision.make","text":"roll back orders to 4.1","mode":"command"}`,
		}, "Decided 02:00, command, rationale owed: roll back orders to 4.1 (D1, Ana)."},
		{"shaky, and what brings it down", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"failover is safe"}`,
			`{"do":"decision.make","text":"fail over","mode":"agreed","rests_on":["c"]}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"no replica","by":"Raj"}`,
		}, "Decided 02:01, agreed: fail over (D1, Ana); shaky: rests on C1, refuted."},
		{"proposed, with its time and an objection", brief.FiveMinutes, []string{
			`{"do":"decision.make","id":"d","text":"drop the queue","state":"proposed","by_when":"2026-11-22T04:00:00Z","irreversible":true}`,
			`{"do":"decision.object","decision":"d","why":"orders are in it","by":"Raj"}`,
		}, "Proposed 02:00, by 04:00, hard to reverse: drop the queue (D1, Ana). Raj objects: orders are in it."},
		{"a thread that is overdue comes with its last word", brief.FiveMinutes, []string{
			`{"do":"thread.open","id":"t","title":"Replica lag","owner":"Raj","due":"2026-11-22T02:02:00Z"}`,
			`{"do":"note.add","thread":"t","text":"falling behind.","need":"a second pair of eyes","by":"Raj"}`,
			`{"do":"thread.change","thread":"t","due":"2026-11-22T02:02:30Z"}`,
			`{"do":"note.add","text":"elsewhere"}`,
		}, "Overdue since 02:02: Replica lag (T1, Raj): falling behind (3 min ago). Needs: a second pair of eyes."},
		{"a thread that nobody owns", brief.OneMinute, []string{
			`{"do":"thread.open","id":"t","title":"Replica lag"}`,
		}, "Replica lag (T1, nobody owns it), last word 1 min ago."},
		{"two leads", brief.OneMinute, []string{
			`{"do":"role.take","id":"a","role":"lead","over":[],"why":"first"}`,
			`{"do":"role.take","role":"lead","by":"Raj","over":[],"why":"nobody led here"}`,
		}, "Two leads until one yields: Ana, Raj."},
		{"no lead", brief.OneMinute, []string{`{"do":"note.add","text":"hello"}`}, "Nobody leads."},
		{"a blocked action is a need, with why", brief.FiveMinutes, []string{
			`{"do":"action.add","id":"a","text":"drain zone b","owner":"Raj"}`,
			`{"do":"action.change","action":"a","state":"blocked","why":"no access"}`,
		}, "Blocked since 02:01: drain zone b (A1, Raj): no access."},
		{"what can't be taken back is under Don’t", brief.FiveMinutes, []string{
			`{"do":"action.add","id":"a","text":"drop the queue","owner":"Raj","irreversible":true}`,
			`{"do":"action.change","action":"a","state":"in_progress"}`,
		}, "Under way, hard to reverse: drop the queue (A1, Raj)."},
		{"an update on shaky ground says so", brief.FiveMinutes, []string{
			`{"do":"claim.make","id":"c","text":"no order is lost"}`,
			`{"do":"update.send","audience":"Public","text":"No order is lost.","states":["c"],"next_due":"2026-11-22T02:30:00Z"}`,
			`{"do":"claim.verdict","claim":"c","verdict":"refute","why":"two are","by":"Raj"}`,
		}, "Sent 02:01 to Public (U1, Ana); shaky: rests on C1, refuted: No order is lost. Next due 02:30."},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := brief.Text(brief.Write(read(t, test.lines...), nil, brief.Options{Length: test.length}))
			if !strings.Contains(text, "\n"+test.want+"\n") {
				t.Errorf("no line %q in\n%s", test.want, text)
			}
		})
	}
}

func TestAFirstNameStandsForAPersonOnlyWhileNobodyElseHasIt(t *testing.T) {
	lines := []string{
		`{"do":"dont.add","text":"restart","by":"Mara Lind"}`,
		`{"do":"dont.add","text":"deploy","by":"responder A"}`,
	}
	text := brief.Text(brief.Write(read(t, lines...), nil, brief.Options{}))
	for _, want := range []string{"restart (X1, Mara, 02:00).", "deploy (X2, responder A, 02:01)."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	lines = append(lines, `{"do":"note.add","text":"hello","by":"Mara Bell"}`)
	text = brief.Text(brief.Write(read(t, lines...), nil, brief.Options{}))
	if want := "restart (X1, Mara Lind, 02:00)."; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

func TestAbsenceIsSaid(t *testing.T) {
	now := read(t, `{"do":"note.add","text":"hello"}`)
	for length, want := range map[brief.Length]int{brief.OneMinute: 0, brief.FiveMinutes: 3, brief.Full: 3} {
		if got := strings.Count(brief.Text(brief.Write(now, nil, brief.Options{Length: length})), "\nNone recorded\n"); got != want {
			t.Errorf("%s says %d times that nothing is recorded, not %d", length, got, want)
		}
	}
	alone := brief.Text(brief.Write(now, now, brief.Options{Since: now.Now}))
	if !strings.Contains(alone, "\nNothing changed.\n") {
		t.Errorf("no word of nothing having changed:\n%s", alone)
	}
}

func TestUnusedWordsMoveToWhatIsAssumedThenInFlightThenKnown(t *testing.T) {
	var lines []string
	for range 40 {
		lines = append(lines, `{"do":"claim.make","text":"one two three four five six seven eight nine ten"}`,
			`{"do":"thread.open","title":"one two three four five six seven eight nine ten","owner":"Ana"}`)
	}
	b := brief.Write(read(t, lines...), nil, brief.Options{})
	assuming, inFlight := section(t, b, "assuming"), section(t, b, "in_flight")
	if assuming.Budget <= 100 || assuming.More == 0 {
		t.Errorf("assuming has %d words and %d more", assuming.Budget, assuming.More)
	}
	if inFlight.Words > 100 {
		t.Errorf("in flight took %d words before what is assumed was told", inFlight.Words)
	}
	if b.Budget-b.Words > assuming.Sentences[0].Words {
		t.Errorf("%d of %d words are unused, and more is to be told", b.Budget-b.Words, b.Budget)
	}
}

func TestMarkdownShowsTextAsItIs(t *testing.T) {
	for text, want := range map[string]string{
		"plain 4.17 (C4)":           "plain 4.17 (C4)",
		"# heading":                 `\# heading`,
		"- item":                    `\- item`,
		"+3 more":                   "+3 more",
		"12. item":                  `12\. item`,
		"12.5 ms":                   "12.5 ms",
		"> quote":                   `\> quote`,
		"---":                       `\---`,
		"**b** _i_ `c` ~s~ $m$":     "\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~s\\~ \\$m\\$",
		"<b> &amp; a & b":           `\<b> \&amp; a & b`,
		"[x](javascript:alert(1))":  `\[x\](javascript:alert(1))`,
		`back\slash`:                `back\\slash`,
		"![i](https://example.org)": `!\[i\](https://example.org)`,
	} {
		if got := brief.Escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAnUnknownLengthIsRefused(t *testing.T) {
	if _, err := brief.ParseLength("2m"); err == nil {
		t.Error("2m is taken for a length")
	}
	for _, l := range []brief.Length{brief.OneMinute, brief.FiveMinutes, brief.Full} {
		if got, err := brief.ParseLength(string(l)); got != l || err != nil {
			t.Errorf("ParseLength(%q) = %q, %v", l, got, err)
		}
	}
}

// A name that is written from the right moves nothing of what we say beside
// it: a time after it stays after it.
func TestWhatIsWrittenFromTheRightStandsApart(t *testing.T) {
	s := read(t, `{"do":"incident.declare","title":"תשלומים נכשלים","severity":"SEV1"}`,
		`{"do":"person.join","by":"Omar عمر الفارس","why":"x"}`,
		`{"do":"dont.add","by":"Omar عمر الفارس","text":"لا تعيدوا تشغيل db-2"}`,
		`{"do":"reading.add","name":"המדידה הראשונה","value":38.5,"unit":"%"}`)
	b := brief.Write(s, nil, brief.Options{Length: brief.FiveMinutes})
	page, err := brief.HTML(b, nil, brief.Roomy)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<bdi>لا تعيدوا تشغيل <span class="held">db-2</span></bdi> (X1, Omar <span dir="auto">عمر الفارس</span>, 02:02).`,
		`<span dir="auto">המדידה הראשונה</span> 38.5% (`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	var untitled []string
	for _, section := range b.Sections {
		for _, sentence := range section.Sentences {
			said := sentence.Untitled()
			untitled = append(untitled, said)
			if plain := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(said); !strings.HasSuffix(sentence.Text, plain) {
				t.Errorf("%q is another sentence than %q", plain, sentence.Text)
			}
		}
	}
	for _, want := range []string{
		"SEV1 since 02:00, investigating, 4 min in, as of 02:04.",
		"\u2068لا تعيدوا تشغيل db-2\u2069 (X1, Omar \u2068عمر الفارس\u2069, 02:02).",
		"\u2068המדידה הראשונה\u2069 38.5% (1 min ago).",
	} {
		if !slices.Contains(untitled, want) {
			t.Errorf("no sentence is %q among %q", want, untitled)
		}
	}
}
