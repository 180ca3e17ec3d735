package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/app"
)

// A team is one workspace that several people use, one after the other, and a
// clock that is turned.
type team struct {
	t   *testing.T
	now time.Time
	id  string
	app *app.App
	all app.Screens
}

// A person is the window as one of the team has it.
type person struct {
	app.Screens
	name string
}

func newTeam(t *testing.T, o app.Options) *team {
	tm := &team{t: t, now: now}
	o.Now = func() time.Time { return tm.now }
	tm.app = open(t, o)
	tm.all = tm.app.Screens()
	if o.Sample {
		tm.id = must(tm.all.Start()).Open
	} else {
		tm.sits(tm.as("Ana"))
		tm.id = must(tm.all.Declare(app.Declaration{Title: "Checkout is down"}))
	}
	return tm
}

// watch stays in step with what other processes record, until the test is over.
func (tm *team) watch() <-chan int64 {
	ctx, stop := context.WithCancel(context.Background())
	changed, ended := make(chan int64, 1000), make(chan struct{})
	go func() {
		tm.app.Watch(ctx, func(seq int64) { changed <- seq })
		close(ended)
	}()
	tm.t.Cleanup(func() {
		stop()
		<-ended
	})
	return changed
}

// as is the window for somebody.
func (tm *team) as(name string) person { return person{tm.all, name} }

// sits puts somebody before the window. A state of the second before is not
// asked for again.
func (tm *team) sits(p person) app.Screens {
	tm.t.Helper()
	tm.now = tm.now.Add(2 * time.Second)
	if err := p.CallMe(p.name); err != nil {
		tm.t.Fatal(err)
	}
	return p.Screens
}

// head is what the window says to somebody now.
func (tm *team) head(p person) app.Head {
	return must(tm.sits(p).Cockpit(tm.id, 0)).Head
}

func (tm *team) says(p person, kind string) *app.Line {
	tm.t.Helper()
	line := tm.head(p).Line
	if line == nil || line.Kind != kind {
		tm.t.Fatalf("the line is %+v, want %s", line, kind)
	}
	return line
}

func (tm *team) send(p person, line string) {
	tm.t.Helper()
	if _, err := tm.sits(p).Send(tm.id, "", line); err != nil {
		tm.t.Fatalf("%s: %v", line, err)
	}
}

func (tm *team) people(p person) *app.PeopleView { return must(tm.sits(p).People.All(tm.id, "", 0)) }

func (tm *team) row(p person, name string) app.PersonRow {
	tm.t.Helper()
	v := tm.people(p)
	rows := slices.Concat(v.People, v.Left, v.Apps)
	i := slices.IndexFunc(rows, func(r app.PersonRow) bool { return r.Chip.Name == name })
	if i < 0 {
		tm.t.Fatalf("%s is not on the screen", name)
	}
	return rows[i]
}

func TestWhoJoinsReadsInAndTheOthersSeeUntilWhen(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	me, mara := tm.as("Noor Haddad"), tm.as("Mara Lindqvist")
	tm.says(me, "join")
	tm.send(me, "/join me: the pager asked: Mara Lindqvist offer: packet captures skills: dns, TLS")
	line := tm.says(me, "reading")
	if left := line.At - tm.now.UnixMilli(); left <= 4*60_000 || left > 5*60_000 {
		t.Errorf("reads in for %d ms more", left)
	}
	tm.head(mara)
	row := tm.row(mara, "Noor Haddad")
	if row.Chip.Word != "reading_in" || row.Until != line.At || row.Why != "the pager" || row.AskedBy != "Mara Lindqvist" ||
		row.Offer != "packet captures" || !slices.Equal(row.Skills, []string{"dns", "TLS"}) || row.Free || row.Me {
		t.Errorf("the others see %+v", row)
	}
	reading := must(tm.sits(mara).Cockpit(tm.id, 0)).Reading
	if !slices.Contains(reading, app.ReadingIn{Name: "Noor Haddad", Until: line.At}) {
		t.Errorf("the cockpit shows as reading in: %+v", reading)
	}
	tm.send(me, "/ready")
	if h := tm.head(me); h.Me.State != "active" || h.Line != nil && h.Line.Kind != "hands_on" {
		t.Errorf("ready, %+v, line %+v", h.Me, h.Line)
	}
	if row := tm.row(me, "Noor Haddad"); !row.Free || !row.Me {
		t.Errorf("not free: %+v", row)
	}
}

func TestWhoWritesTheirNameInOtherLettersIsTheSamePerson(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	tm.sits(tm.as("root"))
	calls := func(name, want string) {
		t.Helper()
		tm.sits(tm.as(name))
		if me := must(tm.all.Incidents.All()).Me; me != want {
			t.Errorf("%q is %q, want %q", name, me, want)
		}
	}
	calls(" mara  LINDQVIST ", "Mara Lindqvist")
	calls("tomás ruiz", "Tomás Ruiz")
	calls("mara", "mara")
	calls("Mara", "Mara") // they put their own name right
	tm.send(tm.as("noor"), "/join me: the pager asked: mara")
	if row := tm.row(tm.as("noor"), "noor"); row.AskedBy != "Mara Lindqvist" {
		t.Errorf("asked by %q", row.AskedBy)
	}
	tm.send(tm.as("noor"), "/join me: the pager asked: Support desk")
	if row := tm.row(tm.as("noor"), "noor"); row.AskedBy != "Support desk" {
		t.Errorf("asked by %q", row.AskedBy)
	}
}

func TestNoChangeLeavesWhatWasSaidBefore(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	mara := tm.as("Mara Lindqvist")
	const person, thread = "Tomás Ruiz", "T6"
	card := func() app.Card {
		for _, column := range must(tm.sits(mara).Cockpit(tm.id, 0)).Columns {
			for _, c := range column.Cards {
				if c.Label == thread {
					return c
				}
			}
		}
		t.Fatal("no card")
		return app.Card{}
	}
	round := func() app.CheckinRow {
		rows := must(tm.sits(mara).Round(tm.id, 0)).Rows
		return rows[slices.IndexFunc(rows, func(r app.CheckinRow) bool { return r.Person == person })]
	}
	card0 := card()
	tm.send(mara, "/checkin 3m")
	row := round()
	tm.send(mara, row.Line)
	tm.send(mara, "/checkin close")
	if c := card(); c.LastText != card0.LastText || c.Before != card0.Before || c.Need != card0.Need || c.LastAt <= card0.LastAt || c.Need == "" {
		t.Errorf("the card says\n%+v, before\n%+v", c, card0)
	}
	tm.send(mara, "/checkin 3m")
	if next := round(); next.LastText != row.LastText || next.Since <= row.Since {
		t.Errorf("the next round says %+v, before %+v", next, row)
	}
}

func TestReadingInEndsByItself(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	me := tm.as("Noor")
	tm.send(me, "/join me")
	tm.now = tm.now.Add(5 * time.Minute)
	if h := tm.head(me); h.Me.State != "active" || h.Me.Until != 0 {
		t.Errorf("%+v after five minutes", h.Me)
	}
}

func TestJoiningIsNeverForced(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	me := tm.as("Noor")
	line := tm.says(me, "join")
	if err := tm.sits(me).PutOff(tm.id, line.Key); err != nil {
		t.Fatal(err)
	}
	if line := tm.head(me).Line; line != nil {
		t.Errorf("still said: %+v", line)
	}
	if line := tm.head(tm.as("Raj")).Line; line == nil || line.Kind != "join" {
		t.Errorf("to another it says %+v", line)
	}
}

func TestWhoComesBackIsOfferedWhatChanged(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(raj, "/join me: on call")
	tm.send(raj, "/ready")
	if back := must(tm.sits(raj).Seen(tm.id)); back {
		t.Error("back at the first look")
	}
	tm.now = tm.now.Add(9 * time.Minute)
	if back := must(tm.sits(raj).Seen(tm.id)); back {
		t.Error("back after nine minutes")
	}
	left := tm.now.UnixMilli()
	tm.now = tm.now.Add(20 * time.Minute)
	tm.send(ana, "it is the gateway")
	tm.now = tm.now.Add(27 * time.Minute)
	if line := tm.says(raj, "back"); line.At != left {
		t.Errorf("since %d, want %d", line.At, left)
	}
	if back := must(tm.sits(raj).Seen(tm.id)); !back {
		t.Error("not back after 47 minutes")
	}
	tm.says(raj, "back") // looking is no answer
	b := must(tm.sits(raj).Write(tm.id, app.BriefAsk{Reader: app.ReaderReturned, Length: "5m", Since: left}, 0))
	if len(b.Absences) == 0 || b.Absences[0].Since != left {
		t.Errorf("the brief offers %+v", b.Absences)
	}
	if err := tm.sits(raj).PutOff(tm.id, "back"); err != nil {
		t.Fatal(err)
	}
	h := tm.head(raj)
	if h.Line != nil || h.Me.Left != left {
		t.Errorf("answered, and still %+v; left at %d", h.Line, h.Me.Left)
	}
}

func TestNothingChangedIsNotOffered(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana := tm.as("Ana")
	tm.now = tm.now.Add(time.Minute)
	must(tm.sits(ana).Seen(tm.id))
	tm.now = tm.now.Add(time.Hour)
	if line := tm.head(ana).Line; line != nil {
		t.Errorf("said %+v", line)
	}
}

func TestBothSidesOfAHandoverSeeWhatIsNextAndWhoseTurnItIs(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	tm.send(ana, "/handover @Raj")
	if line := tm.says(raj, "handover"); !line.Turn || tm.head(raj).Me.Step != app.StepReadBack {
		t.Errorf("to the incoming lead: %+v", line)
	}
	if line := tm.says(ana, "handover"); line.Turn || tm.head(ana).Me.Step != app.StepWait {
		t.Errorf("to the outgoing lead: %+v", line)
	}
	if _, err := tm.sits(ana).Send(tm.id, "", "/accept"); code(t, err) != "invalid" {
		t.Errorf("accepted without a read-back: %v", err)
	}
	if _, err := tm.sits(raj).Send(tm.id, "", "/accept"); code(t, err) != "invalid" {
		t.Errorf("accepted by who does not lead: %v", err)
	}
	tm.send(raj, "/readback Checkout is down; nothing was tried yet")
	if line := tm.says(raj, "handover"); line.Turn {
		t.Errorf("to the incoming lead, after the read-back: %+v", line)
	}
	if line := tm.says(ana, "handover"); !line.Turn || !strings.Contains(line.More, "nothing was tried yet") {
		t.Errorf("to the outgoing lead, after the read-back: %+v", line)
	}
	if v := tm.people(ana); v.Handover == nil || v.Handover.Readback == "" || v.Roles[0].People[0] != "Ana" {
		t.Errorf("before it is accepted: %+v, %+v", v.Handover, v.Roles[0])
	}
	tm.send(ana, "/accept")
	tm.send(raj, "/ready")
	h := tm.head(raj)
	if !h.Leading || tm.head(ana).Leading {
		t.Error("the lead did not move")
	}
	if line := tm.says(raj, "duty"); !strings.HasPrefix(line.Text, "You lead") || line.More == "" {
		t.Errorf("the new lead is told %+v", line)
	}
	v := tm.people(raj)
	if v.Handover != nil || !slices.Equal(v.Roles[0].People, []string{"Raj"}) || v.TwoLeads != "" {
		t.Errorf("after it: %+v, %+v", v.Handover, v.Roles[0])
	}
}

func TestAHandoverIsDeclinedOrWithdrawnAndTheOtherSideIsTold(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj, mei := tm.as("Ana"), tm.as("Raj"), tm.as("Mei")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	tm.send(mei, "/join me")
	tm.send(ana, "/handover @Raj")
	if off := tm.head(raj).Me.Off; off != app.OffDecline {
		t.Errorf("who was asked can %q", off)
	}
	if off := tm.head(ana).Me.Off; off != app.OffWithdraw {
		t.Errorf("who asked can %q", off)
	}
	if off := tm.head(mei).Me.Off; off != app.OffNone {
		t.Errorf("anybody else can %q", off)
	}
	if _, err := tm.sits(raj).Send(tm.id, "", "/decline"); code(t, err) != "invalid" {
		t.Errorf("declined without a reason: %v", err)
	}
	tm.send(raj, "/decline on the phone with the bank")
	if line := tm.says(ana, "handed_off"); line.Text != "Raj declined the handover of the lead." || line.More != "on the phone with the bank" {
		t.Errorf("told %+v", line)
	}
	for _, p := range []person{raj, mei} {
		if line := tm.head(p).Line; line != nil && line.Kind == "handed_off" {
			t.Errorf("%s is told %+v", p.name, line)
		}
	}
	v := tm.people(mei)
	if v.Handover == nil || v.Handover.Over == "" || v.Handover.OverWhy != "on the phone with the bank" || v.Handover.Next != "" || v.Roles[0].People[0] != "Ana" {
		t.Errorf("the people's screen shows %+v", v.Handover)
	}
	tm.send(ana, "/handover @Mei")
	if line := tm.head(ana).Line; line.Kind != "handover" {
		t.Errorf("a new handover is open, and it says %+v", line)
	}
	tm.send(ana, "/handover off")
	if line := tm.says(mei, "handed_off"); line.Text != "Ana withdrew the handover of the lead to Mei." {
		t.Errorf("told %+v", line)
	}
	tm.now = tm.now.Add(10 * time.Minute)
	if line := tm.head(mei).Line; line != nil {
		t.Errorf("still news: %+v", line)
	}
	if v := tm.people(mei); v.Handover != nil {
		t.Errorf("still on the people's screen: %+v", v.Handover)
	}
}

func TestARequestForTheLeadIsDeclinedByTheLead(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	tm.send(raj, "/handover")
	if tm.head(ana).Me.Off != app.OffDecline || tm.head(raj).Me.Off != app.OffWithdraw {
		t.Errorf("Ana can %q, Raj can %q", tm.head(ana).Me.Off, tm.head(raj).Me.Off)
	}
	tm.send(ana, "/decline not before the rollback is through")
	if line := tm.says(raj, "handed_off"); line.Text != "Ana declined the handover of the lead." {
		t.Errorf("told %+v", line)
	}
}

func TestAnOfferIsOffWhenSomebodyElseTakesTheLead(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj, mei := tm.as("Ana"), tm.as("Raj"), tm.as("Mei")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	tm.send(mei, "/join me")
	tm.send(ana, "/handover @Raj")
	tm.send(mei, "/lead @me Ana lost her line")
	for _, p := range []person{ana, raj} {
		if line := tm.says(p, "taken"); line.Text != "Mei took the lead. The handover to Raj is off." || line.More != "Ana lost her line" {
			t.Errorf("%s is told %+v", p.name, line)
		}
	}
	if h := tm.head(raj); h.Me.Off != app.OffNone || h.Me.Step != app.StepNone {
		t.Errorf("Raj can still %q, %q", h.Me.Off, h.Me.Step)
	}
	if _, err := tm.sits(raj).Send(tm.id, "", "/readback I know"); code(t, err) != "invalid" {
		t.Errorf("read back to nobody: %v", err)
	}
}

func TestAHandoverIsTakenBackByUndo(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	open := func() bool {
		v := tm.people(ana).Handover
		return v != nil && v.Over == ""
	}
	undo := func(p person) {
		t.Helper()
		if _, err := tm.sits(p).Undo(tm.id); err != nil {
			t.Fatal(err)
		}
	}
	tm.send(ana, "/handover @Raj")
	undo(ana)
	if open() {
		t.Error("the offer stands")
	}
	tm.send(ana, "/handover @Raj")
	tm.send(raj, "/readback it is the database")
	undo(raj)
	if !open() || tm.people(ana).Handover.Readback != "" || tm.head(raj).Me.Step != app.StepReadBack {
		t.Errorf("what was read back is not taken back: %+v", tm.people(ana).Handover)
	}
	if line := tm.says(ana, "handover"); line.Turn {
		t.Errorf("the lead may accept what was taken back: %+v", line)
	}
	tm.send(raj, "/readback it is the gatewy")
	tm.send(raj, "/readback it is the gateway")
	undo(raj)
	if got := tm.people(ana).Handover.Readback; got != "it is the gatewy" {
		t.Errorf("after taking back the correction it says %q", got)
	}
	tm.send(raj, "/readback it is the gateway")
	tm.send(raj, "/decline on another call")
	undo(raj)
	if !open() || tm.people(ana).Handover.Readback != "it is the gateway" {
		t.Errorf("not open as before: %+v", tm.people(ana).Handover)
	}
	tm.send(ana, "/accept")
	undo(ana)
	if h := tm.head(ana); !h.Leading || tm.head(raj).Leading {
		t.Error("the lead did not come back")
	}
}

func TestATakenLeadIsToldToEverybodyWithItsReason(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	tm.send(raj, "/join me")
	if _, err := tm.sits(raj).Send(tm.id, "", "/lead @me"); code(t, err) != "invalid" {
		t.Errorf("taken without a reason: %v", err)
	}
	tm.send(raj, "/lead @me Ana lost her line")
	if line := tm.says(ana, "taken"); line.More != "Ana lost her line" {
		t.Errorf("told %+v", line)
	}
	if line := tm.says(raj, "reading"); line == nil {
		t.Error("who took it is told that they did")
	}
	tm.now = tm.now.Add(11 * time.Minute)
	if line := tm.head(ana).Line; line != nil {
		t.Errorf("still news: %+v", line)
	}
}

func TestTwoLeadsAreNamedUntilOneYields(t *testing.T) {
	tm := newTeam(t, app.Options{})
	changed := tm.watch()
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	for len(changed) > 0 {
		<-changed
	}
	bearings(t, nil, "record", tm.id, `{"by":"Raj","do":"role.take","role":"lead","over":[]}`, "--workspace", must(tm.all.Incidents.All()).Workspace)
	for len(must(tm.all.Cockpit(tm.id, 0)).Roles[0].People) < 2 {
		<-changed
	}
	for _, s := range []person{ana, raj} {
		line := tm.says(s, "two_leads")
		if !line.Turn || line.Text != "Two leads: Ana, Raj. One must yield." || tm.head(s).Me.Step != app.StepYield {
			t.Errorf("said %+v", line)
		}
		if v := tm.people(s); v.TwoLeads != line.Text {
			t.Errorf("the people screen says %q", v.TwoLeads)
		}
		if v := must(tm.sits(s).Cockpit(tm.id, 0)); v.TwoLeads != line.Text {
			t.Errorf("the cockpit says %q", v.TwoLeads)
		}
	}
	if line := tm.says(tm.as("Mei"), "two_leads"); line.Turn {
		t.Errorf("to who does not lead: %+v", line)
	}
	tm.send(raj, "/release lead @me")
	if h := tm.head(ana); h.Line != nil && h.Line.Kind == "two_leads" || h.Me.Step != app.StepNone {
		t.Errorf("after one yielded: %+v, %q", h.Line, h.Me.Step)
	}
}

func TestALeadWithTheirHandsFullIsToldAloneAndOnceInHalfAnHour(t *testing.T) {
	tm := newTeam(t, app.Options{})
	ana, raj := tm.as("Ana"), tm.as("Raj")
	tm.send(ana, "/lead @me")
	tm.send(ana, "/t investigate Gateway @me")
	tm.send(raj, "/join me")
	tm.now = tm.now.Add(11 * time.Minute)
	if line := tm.head(ana).Line; line != nil {
		t.Errorf("with two people: %+v", line)
	}
	tm.send(tm.as("Mei"), "/join me")
	if line := tm.says(ana, "hands_on"); !strings.Contains(line.Text, "T1") {
		t.Errorf("told %+v", line)
	}
	if line := tm.head(raj).Line; line != nil && line.Kind == "hands_on" {
		t.Error("told to another than the lead")
	}
	if err := tm.sits(ana).PutOff(tm.id, "hands_on"); err != nil {
		t.Fatal(err)
	}
	tm.now = tm.now.Add(29 * time.Minute)
	if line := tm.head(ana).Line; line != nil {
		t.Errorf("told again within half an hour: %+v", line)
	}
	tm.now = tm.now.Add(time.Minute)
	tm.says(ana, "hands_on")
}

func TestThePeopleScreenOfTheSample(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	s := tm.as("Mara Lindqvist")
	v := tm.people(s)
	if v.Here != len(v.People) || v.Here == 0 || len(v.Apps) == 0 || v.Apps[0].Chip.Name == "" {
		t.Errorf("%d here, %d rows, %d apps", v.Here, len(v.People), len(v.Apps))
	}
	if first := v.People[0]; first.Chip.Name != "Mara Lindqvist" || !first.Me || !slices.Contains(first.Roles, "lead") || first.Since == 0 {
		t.Errorf("first is %+v", first)
	}
	for _, row := range v.Roles[:4] {
		if row.Duties == "" {
			t.Errorf("nothing is said of the %s", row.Role)
		}
	}
	if len(v.Help) == 0 || v.Help[0].Say == "" {
		t.Errorf("where to help: %+v", v.Help)
	}
	dns := must(tm.sits(s).People.All(tm.id, "DNS", 0))
	if len(dns.People) != 1 || dns.People[0].Chip.Name != "Sam Okafor" || dns.Here != v.Here {
		t.Errorf("with dns: %+v", dns.People)
	}
	on := slices.IndexFunc(dns.Skills, func(c app.SkillCount) bool { return c.On })
	if on < 0 || dns.Skills[on].Name != "dns" {
		t.Errorf("skills %+v", dns.Skills)
	}
}

func TestThePeopleAsTheyWere(t *testing.T) {
	tm := newTeam(t, app.Options{Sample: true})
	s := tm.as("Noor")
	before := tm.now.UnixMilli()
	tm.send(s, "/join me")
	v := must(tm.sits(s).People.All(tm.id, "", before))
	if slices.ContainsFunc(v.People, func(r app.PersonRow) bool { return r.Chip.Name == "Noor" }) {
		t.Error("here before they joined")
	}
	if !v.Head.Past || v.Head.Line != nil {
		t.Errorf("in the past: %+v", v.Head)
	}
}
