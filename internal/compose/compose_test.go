package compose_test

import (
	"strings"
	"testing"
	"time"

	"bearings/internal/compose"
	"bearings/internal/incident"
	"bearings/internal/record"
)

var now = time.Date(2026, 11, 22, 2, 41, 9, 0, time.UTC)

// writer types into an incident with a thread T1, claims C1 and C2, evidence
// E1, a decision D1, an action A1 and a question Q1, where Ana leads and Raj
// Patel and Priya Nair help.
func writer(t *testing.T, about string) *compose.Writer { return more(t, about) }

// begun are the records of that incident.
func begun(t *testing.T) (records []*record.Record) {
	t.Helper()
	for n, l := range []string{
		`"by":"Ana","do":"incident.declare","id":"inc","title":"Trouble"`,
		`"by":"Ana","do":"role.take","id":"l1","role":"lead","over":[]`,
		`"by":"Raj Patel","do":"person.join","id":"p1"`,
		`"by":"Priya Nair","do":"person.join","id":"p2"`,
		`"by":"Ana","do":"thread.open","id":"t1","label":"T1","title":"Gateway","owner":"Raj Patel"`,
		`"by":"Ana","do":"claim.make","id":"c1","label":"C1","text":"It is the gateway","thread":"t1"`,
		`"by":"Ana","do":"claim.make","id":"c2","label":"C2","text":"It is not"`,
		`"by":"Ana","do":"evidence.add","id":"e1","label":"E1","kind":"log","title":"Log"`,
		`"by":"Ana","do":"decision.make","id":"d1","label":"D1","text":"Roll back"`,
		`"by":"Ana","do":"decision.make","id":"d2","label":"D2","text":"Fail over","rests_on":["c1","e1"]`,
		`"by":"Ana","do":"action.add","id":"a1","label":"A1","text":"Do it","thread":"t1"`,
		`"by":"Ana","do":"question.ask","id":"q1","label":"Q1","text":"Why?"`,
	} {
		records = append(records, line(t, n, l))
	}
	return records
}

// told is a draft in one line: each record's kind, person and fields.
func told(d *compose.Draft) string {
	var parts []string
	for _, r := range d.Records {
		text := r.Do
		if r.Person != "" {
			text += " for " + r.Person
		}
		for _, f := range r.Fields {
			text += " " + f.Key + "=" + string(f.Value)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func TestLinesBecomeRecords(t *testing.T) {
	for _, c := range []struct{ about, line, want string }{
		{"", "all quiet", `note.add text="all quiet"`},
		{"t1", "two  spaces\nand a line", `note.add text="two  spaces\nand a line" thread="t1"`},
		{"t1", "@raj saw it too", `note.add for Raj Patel text="saw it too" thread="t1"`},
		{"t1", "@here everybody look", `note.add text="@here everybody look" thread="t1"`},
		{"t1", "seeing: timeouts doing: splitting by version need: a query", `note.add seeing="timeouts" doing="splitting by version" need="a query" thread="t1"`},
		{"", " /etc/hosts is wrong", `note.add text="/etc/hosts is wrong"`},
		{"", "/etc/hosts is wrong", `note.add text="/etc/hosts is wrong"`},
		{"", "seeing: 5xx; need: somebody who knows it;", `note.add seeing="5xx" need="somebody who knows it;"`},
		{"", "/t mitigate Roll it back @raj 15m", `thread.open title="Roll it back" kind="mitigate" owner="Raj Patel" due="15m"`},
		{"", "/t Watch it by 03:50", `thread.open title="Watch it" due="2026-11-22T02:50:00Z"`},
		{"t1", "/c Nothing is lost on C2, E1 test: count rows", `claim.make text="Nothing is lost" thread="t1" rests_on=["c2","e1"] test="count rows"`},
		{"", "/claim we depend on it", `claim.make text="we depend on it"`},
		{"t1", "/a @raj 10m restart it on D1", `action.add text="restart it" owner="Raj Patel" thread="t1" minutes=10 rests_on=["d1"]`},
		{"", "/a! drop the table", `action.add text="drop the table" irreversible=true`},
		{"d1", "/a carry it out", `action.add text="carry it out" rests_on=["d1"]`},
		{"", "/d! Roll back on C1", `decision.make text="Roll back" mode="command" rests_on=["c1"]`},
		{"", "/d? Fail over by 04:00 why: it may help", `decision.make text="Fail over" state="proposed" why="it may help" by_when="2026-11-22T03:00:00Z"`},
		{"", "/e graph errors fall, for C1", `evidence.add kind="graph" title="errors fall" how="typed" claims={"c1":"supports"}`},
		{"", "/e they say it works @priya against C2", `evidence.add kind="statement" title="they say it works" said_by="Priya Nair" how="typed" claims={"c2":"contradicts"}`},
		{"", "/e observation the queue is empty seen 03:20, neutral C1", `evidence.add kind="statement" title="the queue is empty" said_by="Ana" grade="direct" observed="2026-11-22T02:20:00Z" how="typed" claims={"c1":"neutral"}`},
		{"", "/e graph errors fall seen 23:50 grade: second-hand origin: Grafana, for C1", `evidence.add kind="graph" title="errors fall" grade="second_hand" origin="Grafana" observed="2026-11-21T22:50:00Z" how="typed" claims={"c1":"supports"}`},
		{"t1", "/e https://status.example.com/x their page", `evidence.add kind="document" title="https://status.example.com/x their page" url="https://status.example.com/x" how="typed" thread="t1"`},
		{"", "/file E1 on T1", `evidence.change evidence="e1" thread="t1"`},
		{"e1", "/file", `evidence.change evidence="e1" filed=true`},
		{"", "/describe E1 graph p99 falls grade: direct origin: Grafana seen 03:20", `evidence.change evidence="e1" title="p99 falls" kind="graph" grade="direct" origin="Grafana" observed="2026-11-22T02:20:00Z"`},
		{"", "/describe E1 grade: - origin: - said: - seen 2026-11-20 23:05", `evidence.change evidence="e1" grade="" said_by="" origin="" observed="2026-11-20T22:05:00Z"`},
		{"", "/file E1 inbox", `evidence.change evidence="e1" thread="" filed=false`},
		{"", "/e it is slow said: a customer, for C1", `evidence.add kind="statement" title="it is slow" said_by="a customer" how="typed" claims={"c1":"supports"}`},
		{"", "/sev 1 half of it fails", `incident.change severity="SEV1" why="half of it fails"`},
		{"", "/status mitigating", `incident.change status="mitigating"`},
		{"", "/impact! everything", `incident.change impact="everything" wider=true`},
		{"", "/dont restart it", `dont.add text="restart it"`},
		{"", "/if it goes above 60% then switch off by 04:00 @ana", `tripwire.set if="it goes above 60%" then="switch off" by_when="2026-11-22T03:00:00Z" owner="Ana"`},
		{"", "/if if errors pass 5%, then: roll back by 20m", `tripwire.set if="errors pass 5%" then="roll back" by_when="2026-11-22T03:01:09Z"`},
		{"", "/reading failing payments 38 %", `reading.add name="failing payments" value=38 unit="%"`},
		{"", "/reading p99: 240ms", `reading.add name="p99" value=240 unit="ms"`},
		{"", "/reading failing payments 3,5%", `reading.add name="failing payments" value=3.5 unit="%"`},
		{"", "/reading orders 1,250,300 per hour", `reading.add name="orders" value=1250300 unit="per hour"`},
		{"", "/reading balance -2.25", `reading.add name="balance" value=-2.25`},
		{"", "/reading p99 240 ms", `reading.add name="p99" value=240 unit="ms"`},
		{"c1", "/a @raj 10m restart one pod, tests C1", `action.add text="restart one pod" owner="Raj Patel" thread="t1" minutes=10 tests="c1"`},
		{"c1", "/a @ 10m restart one pod, tests C1", `action.add text="restart one pod" thread="t1" minutes=10 tests="c1"`},
		{"", "/a restart the pods, in 10 min", `action.add text="restart the pods" minutes=10`},
		{"", "/a 1h30min count the orders", `action.add text="count the orders" minutes=90`},
		{"", "/a wait 10m, then restart", `action.add text="wait 10m, then restart"`},
		{"", "/a watch it for 10m", `action.add text="watch it for 10m" minutes=10`},
		{"", "/a ask @priya for the query", `action.add text="ask @priya for the query"`},
		{"", "/a ask @support for help", `action.add text="ask @support for help"`},
		{"", "/a restart it @raj by 03:50 on D1", `action.add text="restart it" owner="Raj Patel" due="2026-11-22T02:50:00Z" rests_on=["d1"]`},
		{"", "/a restart it 10m @raj", `action.add text="restart it" owner="Raj Patel" minutes=10`},
		{"", "/a meet @ noon", `action.add text="meet @ noon"`},
		{"", "/rule C1 holds by E1", `claim.verdict claim="c1" verdict="verify" evidence=["e1"] ruling=true`},
		{"c1", "/rule wrong it came back", `claim.verdict claim="c1" verdict="refute" why="it came back" ruling=true`},
		{"", "/verify! C1", `claim.verdict claim="c1" verdict="verify" ruling=true`},
		{"", "/unsure C1", `claim.verdict claim="c1" verdict="not_sure"`},
		{"", "/withdraw C1 moot", `claim.withdraw claim="c1" why="moot"`},
		{"", "/strike E1 another cluster", `evidence.strike evidence="e1" why="another cluster"`},
		{"", "/basis C1 on C2 E1", `basis.add of="c1" on=["c2","e1"]`},
		{"c1", "/basis on C2", `basis.add of="c1" on=["c2"]`},
		{"", "/basis C1 on nothing", `basis.add of="c1" on=[]`},
		{"", "/basis nothing on C1", `claim.change claim="c1" on_it="nothing"`},
		{"", "/basis D2 not on C1", `basis.drop of="d2" on=["c1","e1"]; basis.add of="d2" on=["e1"]`},
		{"", "/basis D2 not on C1 E1", `basis.drop of="d2" on=["c1","e1"]`},
		{"", "/link E1 neutral C2 it tells nothing", `evidence.link evidence="e1" claim="c2" relation="neutral" why="it tells nothing"`},
		{"", "/verify C1 by E1 it is plain", `claim.verdict claim="c1" verdict="verify" evidence=["e1"] why="it is plain"`},
		{"c1", "/refute no", `claim.verdict claim="c1" verdict="refute" why="no"`},
		{"", "/still C1", `claim.recheck claim="c1" still=true`},
		{"", "/link E1 against C2", `evidence.link evidence="e1" claim="c2" relation="contradicts"`},
		{"", "/owner T1 @priya", `thread.change thread="t1" owner="Priya Nair"`},
		{"", "/owner T1 priya", `thread.change thread="t1" owner="Priya Nair"`},
		{"", "/owner T1 me", `thread.change thread="t1" owner="Ana"`},
		{"t1", "/owner -", `thread.change thread="t1" owner=""`},
		{"", "/take A1", `action.change action="a1" owner="Ana"`},
		{"t1", "/done it works", `thread.change thread="t1" state="done" why="it works"`},
		{"", "/done A1 it works", `action.change action="a1" state="done" result="it works"`},
		{"t1", "/wait on Nordbank", `thread.change thread="t1" state="waiting" waiting_on="Nordbank"`},
		{"t1", "/due 30m", `thread.change thread="t1" due="30m"`},
		{"t1", "/kind recover", `thread.change thread="t1" kind="recover"`},
		{"", "/why D1 it buys time", `decision.change decision="d1" why="it buys time"`},
		{"", "/answer Q1 because", `question.answer question="q1" text="because"`},
		{"c1", "/q who knows", `question.ask text="who knows" about="c1"`},
		{"", "/update Status page: We work on it states C1 next: 03:55", `update.send audience="Status page" text="We work on it" states=["c1"] next_due="2026-11-22T02:55:00Z"`},
		{"", "/update Status page: @raj has mended it; next: in 30 min @priya", `update.send audience="Status page" text="@raj has mended it" next_due="2026-11-22T03:11:09Z" next_by="Priya Nair"`},
		{"", "/update Public: What comes next: we test it", `update.send audience="Public" text="What comes next: we test it"`},
		{"", "/join Mei Chen: knows the ledger", `person.join for Mei Chen why="knows the ledger"`},
		{"", "/lead @raj shift ends", `role.take for Raj Patel role="lead" why="shift ends" over=["l1"]`},
		{"", "/role scribe @priya", `role.take for Priya Nair role="scribe"`},
		{"", "/role scribe Priya Nair", `role.take for Priya Nair role="scribe"`},
		{"", "/exit failures under 1% for 30 min", `criterion.add text="failures under 1% for 30 min"`},
	} {
		t.Run(c.line, func(t *testing.T) {
			d, p := writer(t, c.about).Read(c.line)
			if p != nil {
				t.Fatalf("problem: %s %s", p.Message, p.Hint)
			}
			if got := told(d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if d.Says == "" {
				t.Error("it does not say what it does")
			}
		})
	}
}

func TestWhatCannotBeRecordedYetIsSaid(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/nonsense x", "There is no command /nonsense."},
		{"/a", "The action needs its text."},
		{"/t Roll back @", "Whom do you mean?"},
		{"/a @nobody x", "Nobody here is called nobody."},
		{"/refute C1", "A refutation needs a reason or evidence."},
		{"/verify", "Which claim?"},
		{"/verify T1", "Which claim?"},
		{"/sev 9", "Which severity?"},
		{"/lead @raj", "Why does Raj Patel take the lead from Ana?"},
		{"/lead raj", "Why does Raj Patel take the lead from Ana?"},
		{"/lead", "Ana leads already."},
		{"/role raj", "Which role?"},
		{"/a restart it @nobody", "Nobody here is called nobody."},
		{"/wait T1", "On whom does T1 wait?"},
		{"/basis C1 on C1", "C1 cannot rest on itself."},
		{"/basis D1 not on C1", "D1 does not rest on C1."},
		{"/basis nothing", "On which claim does nothing rest?"},
		{"/strike E1", "Why does E1 not count?"},
		{"/rule C1", "Does C1 hold, or is it wrong?"},
		{"/a look, tests C1 C2", "An action tests one claim."},
		{"/reading nothing", "Which number?"},
		{"/reading queue 1.2.3", "Which number?"},
	} {
		d, p := writer(t, "").Read(c.line)
		if p == nil {
			t.Errorf("%s: became %s, want the problem %q", c.line, told(d), c.want)
			continue
		}
		if p.Message != c.want {
			t.Errorf("%s: problem %q, want %q", c.line, p.Message, c.want)
		}
	}
}

func TestTheTimeThatWasUnderstoodIsSaid(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/a @raj 10m restart it", "Action for Raj Patel, within 10m"},
		{"/a restart it by 03:50", "Action, by 03:50"},
		{"/t DNS @raj 15m", "Open a thread for Raj Patel, a word every 15m"},
		{"/t DNS by 03:50", "Open a thread, a word by 03:50"},
		{"/d Roll back by 04:00", "Decide, by 04:00"},
		{"/update Public: We work on it next: 04:00", "Keep what was told to Public, next by 04:00"},
		{"/if it rises then switch off by 04:00", "Tripwire, by 04:00"},
	} {
		if d, p := writer(t, "").Read(c.line); p != nil || d.Says != c.want {
			t.Errorf("%s: %v %v, want %q", c.line, d, p, c.want)
		}
	}
}

func TestEveryCommandIsOfferedAndUnderstood(t *testing.T) {
	w := writer(t, "")
	seen := map[string]string{}
	for _, c := range compose.Commands() {
		for _, name := range append([]string{c.Name}, c.Also...) {
			if other, ok := seen[name]; ok {
				t.Errorf("/%s is both %s and %s", name, other, c.Name)
			}
			seen[name] = c.Name
		}
		offers := w.Complete("/"+c.Name, len(c.Name)+1)
		if len(offers) == 0 || offers[0].Insert != "/"+c.Name+" " {
			t.Errorf("/%s is not the first offer for itself: %v", c.Name, offers)
		}
		if _, p := w.Read("/" + c.Name); p != nil && strings.HasPrefix(p.Message, "There is no command") {
			t.Errorf("/%s is offered and not understood", c.Name)
		}
	}
}

func TestPeopleAndLabelsAreCompleted(t *testing.T) {
	w := writer(t, "")
	if got := w.Complete("ask @pri", 8); len(got) != 1 || got[0].Insert != "@PriyaNair " || got[0].From != 4 {
		t.Errorf("@pri is completed to %+v", got)
	}
	if got := w.Complete("rests on c", 10); len(got) != 0 {
		t.Errorf("a lone letter is completed to %+v", got)
	}
	if got := w.Complete("rests on c1", 11); len(got) != 1 || got[0].Insert != "C1 " {
		t.Errorf("c1 is completed to %+v", got)
	}
}

func TestWhatNeedsAnothersRightIsSaidBeforehand(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/rule C1 holds", "Ana leads: only the lead rules."},
		{"/verify! C1", "Ana leads: only the lead rules."},
		{"/withdraw C1", "Only Ana, whose claim it is, or the lead can withdraw it."},
	} {
		w := writer(t, "")
		w.Place.Me = "Raj Patel"
		if d, p := w.Read(c.line); p == nil || p.Message != c.want {
			t.Errorf("%s: %v %v, want the problem %q", c.line, d, p, c.want)
		}
	}
}

func TestWhyAClaimWillNotReadVerifiedIsSaidBeforehand(t *testing.T) {
	for _, c := range []struct{ me, line, want string }{
		{"Ana", "/verify C1", "Verify C1; it is yours, so somebody else has to check it too"},
		{"Raj Patel", "/verify C1", "Verify C1; no evidence speaks for it yet, so it stays assumption"},
		{"Raj Patel", "/verify C1 by E1", "Verify C1, by E1; nothing is linked for it yet: /link E1 for C1"},
	} {
		w := writer(t, "")
		w.Place.Me = c.me
		if d, p := w.Read(c.line); p != nil || d.Says != c.want {
			t.Errorf("%s, as %s: %v %v, want %q", c.line, c.me, d, p, c.want)
		}
	}
}

// Where a label can come next, what it could be is there at one key, which is
// a digit only where no words can come: "only on 4.17" is no claim.
func TestWhatCanBeNamedIsOfferedAtAKey(t *testing.T) {
	for _, c := range []struct{ about, line, want string }{
		{"", "/basis C2 on ", "1 C1, 0 nothing"},
		{"c2", "/basis on C1 ", ""},
		{"c1", "/basis C1 on ", "1 C2, 0 nothing"},
		{"", "/keep D1 on ", "Ctrl 1 C1, Ctrl 2 C2"},
		{"t1", "/c it is worse on ", "Ctrl 1 C1, Ctrl 2 C2"},
		{"c1", "/d roll back on ", "Ctrl 1 C1, Ctrl 2 C2"},
		{"", "/link E1 for ", "1 C1, 2 C2"},
		{"", "/link E1 for C1 ", ""},
		{"", "/e graph it falls, for C1 ", "Ctrl 1 C2"},
		{"", "/verify C1 ", "Ctrl 1 by E1"},
		{"c1", "/refute ", "Ctrl 1 by E1"},
		{"c1", "/refute C1 by ", "Ctrl 1 E1"},
		{"c1", "/refute C1 by E1 ", ""},
		{"c1", "/refute C1 because ", ""},
		{"", "/rule C1 ", "1 holds, 2 wrong"},
		{"", "/rule C1 wrong ", "Ctrl 1 by E1"},
		{"", "it goes on ", ""},
	} {
		var got []string
		for _, o := range writer(t, c.about).Complete(c.line, len(c.line)) {
			if o.From != len(c.line) || o.To != len(c.line) {
				t.Errorf("%s: %q is put at %d to %d", c.line, o.Insert, o.From, o.To)
			}
			got = append(got, o.Key+" "+strings.TrimSpace(o.Insert))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%q offers %q, want %q", c.line, text, c.want)
		}
	}
}

// Where only the first end of a line is missing, it is offered at a key too.
func TestWhatALineIsAboutIsOfferedAtAKey(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"/link ", " for C1", "1 E1"},
		{"/basis ", " on C1", "1 A1, 2 T1, 3 D1, 0 nothing"},
		{"/basis ", " on E1", ""},
		{"/verify ", " C1", ""},
	} {
		var got []string
		for _, o := range writer(t, "c1").Complete(c.before+c.after, len(c.before)) {
			got = append(got, o.Key+" "+strings.TrimSpace(o.Insert))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%q before %q offers %q, want %q", c.before, c.after, text, c.want)
		}
	}
}

// Whatever is typed is answered, and every record that comes of it is one
// that the incident accepts.
func FuzzRead(f *testing.F) {
	for _, c := range compose.Commands() {
		f.Add(c.Usage, "t1")
		f.Add("/"+c.Name+" C1 E1 x @raj 10m by 03:50 why: y", "c1")
	}
	f.Add("@raj seeing: x", "")
	f.Fuzz(func(t *testing.T, text, about string) {
		w := writer(t, about)
		w.Complete(text, len(text))
		d, p := w.Read(text)
		if d == nil || p != nil {
			return
		}
		for _, r := range d.Records {
			if err := incident.Validate(r); err != nil {
				t.Errorf("%q becomes %s: %v", text, told(d), err)
			}
		}
	})
}
