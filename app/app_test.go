package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// now is the moment at which the sample is looked at: the design pictures'.
var now = time.Date(2026, 11, 22, 3, 41, 9, 0, time.FixedZone("", 3600))

// open opens an app on a workspace of its own.
func open(t *testing.T, o app.Options) *app.App {
	t.Helper()
	if o.Workspace == "" {
		o.Workspace = t.TempDir()
	}
	if o.Now == nil {
		o.Now = func() time.Time { return now }
	}
	o.Zone = now.Location()
	a := app.New(o)
	a.Open()
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return a
}

// sample opens an app on the sample incident, and returns the first screen.
func sample(t *testing.T) (app.Screens, *app.Start) {
	t.Helper()
	a := open(t, app.Options{Sample: true, As: "Ada"})
	start := must(a.Screens().Start())
	return a.Screens(), start
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestTheOnlyIncidentOpensOnItsBrief(t *testing.T) {
	_, start := sample(t)
	if start.Brief == nil || start.Open != start.List.Incidents[0].ID {
		t.Fatalf("opens %q, not the only one, or without its brief", start.Open)
	}
	if got, want := start.Brief.Head.Title, "Card payments failing at checkout"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	// The title stands over the page, and is not said again under it.
	if header := start.Brief.Sections[0].Sentences[0]; !strings.HasPrefix(header.Text, "Card payments failing at checkout: SEV1") ||
		!strings.HasPrefix(header.Pieces[0].Text, "SEV1 since") {
		t.Errorf("header %q, shown as %q", header.Text, header.Pieces[0].Text)
	}
	if got := start.Brief.Sections[1]; got.ID != "situation" || len(got.Sentences) == 0 {
		t.Errorf("section 2 is %+v, want a situation that says something", got)
	}
}

func TestAnEmptyWorkspaceOpensOnNothing(t *testing.T) {
	start := must(open(t, app.Options{As: "Ada"}).Screens().Start())
	if start.Open != "" || start.Brief != nil || len(start.List.Incidents) != 0 {
		t.Errorf("opens %q, lists %v", start.Open, start.List.Incidents)
	}
	if start.List.Me != "Ada" {
		t.Errorf("I am %q", start.List.Me)
	}
}

func TestOfSeveralIncidentsTheLastOpenOneOpens(t *testing.T) {
	s := open(t, app.Options{As: "Ada"}).Screens()
	first := must(s.Declare(app.Declaration{Title: "First"}))
	must(s.Declare(app.Declaration{Title: "Second"}))
	if start := must(s.Start()); start.Open != "" {
		t.Errorf("opens %q before any was open", start.Open)
	}
	if err := s.Opened(first); err != nil {
		t.Fatal(err)
	}
	if start := must(s.Start()); start.Open != first {
		t.Errorf("opens %q, want %q", start.Open, first)
	}
}

func TestCockpitOfTheSample(t *testing.T) {
	s, start := sample(t)
	v := must(s.Cockpit(start.Open, 0))

	columns := map[string][]string{}
	for _, c := range v.Columns {
		for _, card := range c.Cards {
			columns[c.Name] = append(columns[c.Name], card.Label)
		}
	}
	want := map[string][]string{"investigating": {"T3", "T5", "T1"}, "mitigating": {"T6", "T2"}, "waiting": {"T4"}}
	if diff := cmp.Diff(want, columns); diff != "" {
		t.Errorf("threads, longest silence first (-want +got):\n%s", diff)
	}
	if len(v.Closed) != 3 || v.Open != 6 {
		t.Errorf("%d open and %d closed threads, want 6 and 3", v.Open, len(v.Closed))
	}
	late := v.Columns[0].Cards[0]
	if !late.Overdue || late.Owner != "Priya Nair" || late.LastText != "Only egress-3 shows them; egress-1 and -2 are clean." {
		t.Errorf("the overdue thread is %+v", late)
	}
	if a := late.Actions[0]; a.Text != "Packet capture on egress-3" || !a.Overdue {
		t.Errorf("its first action is %+v, want the one that runs late", a)
	}
	if p := v.Prompts[0]; p.Rank != 1 || p.Level != "warning" || p.About.Label != "D3" {
		t.Errorf("the first prompt is %+v, want a warning about D3", p)
	}
	for _, p := range v.Prompts {
		if p.Count == 1 && p.About.Label != "" && p.About.Kind != "incident" && strings.Contains(p.Why, p.About.Name) {
			t.Errorf("%q is named again below: %q", p.Title, p.Why)
		}
		if red := p.Look == "warning"; red && p.Rank != 1 {
			t.Errorf("%q is red beside the first", p.Title)
		}
	}
	if w := v.Waiting; w.All != len(v.Prompts) || w.Few != 3 || !strings.HasSuffix(w.Rest, "can wait") {
		t.Errorf("of %d prompts it says %+v", len(v.Prompts), w)
	}
	r := v.Readings[0]
	if r.Name != "failing payments" || r.Now != 38 || r.Worst != 46 || len(r.Points) != 29 {
		t.Errorf("the reading is %s: %v now, %v worst, %d points", r.Name, r.Now, r.Worst, len(r.Points))
	}
	if v.Next.What != "update" || time.UnixMilli(v.Next.At).In(now.Location()).Format("15:04") != "03:55" {
		t.Errorf("next is %+v, want the public update at 03:55", v.Next)
	}
	roles := map[string][]string{}
	for _, row := range v.Roles {
		roles[row.Role] = row.People
	}
	wantRoles := map[string][]string{
		"lead": {"Mara Lindqvist"}, "comms": {"Aiko Tanaka"}, "scribe": {}, "operations": {"Jonas Weber"},
	}
	if diff := cmp.Diff(wantRoles, roles); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

func TestClaimsStandInTheOrderOfRisk(t *testing.T) {
	s, start := sample(t)
	v := must(s.Claims.All(start.Open, app.ClaimFilter{}, 0))
	got := map[string][]string{}
	for _, g := range v.Groups {
		for _, c := range g.Claims {
			got[g.Name] = append(got[g.Name], fmt.Sprintf("%s %s %d-%d", c.Label, c.State, c.For.All, c.Against.All))
		}
	}
	want := map[string][]string{
		"judgement": {"C4 disputed 2-1", "C7 assumption 0-0", "C6 assumption 1-0"},
		"believed":  {"C2 supported 3-0", "C5 supported 1-0"},
		"verified":  {"C1 verified 4-0", "C3 verified 2-0"},
		"refuted":   {"C8 refuted 0-1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if want := "8 claims, by risk; 1 withdrawn"; v.Says != want {
		t.Errorf("it says %q, want %q", v.Says, want)
	}
}

func TestAClaimShowsWhatWouldFallWithIt(t *testing.T) {
	s, start := sample(t)
	v := must(s.Things.Open(start.Open, "C4", 0))
	if v.Claim == nil || v.Claim.State != app.ClaimState(incident.ClaimDisputed) {
		t.Fatalf("C4 is %+v", v.Claim)
	}
	on := []string{}
	for _, c := range v.OnIt {
		on = append(on, c.Label)
	}
	if diff := cmp.Diff([]string{"D3", "T1"}, on); diff != "" {
		t.Errorf("rests on C4 (-want +got):\n%s", diff)
	}
	for _, f := range v.Falls {
		if f.Chip.Label == "A7" && f.Now == "disputed" && f.Then == "fallen" && len(f.Via) == 1 && f.Via[0].Label == "D3" {
			return
		}
	}
	t.Errorf("A7 would not fall through D3: %+v", v.Falls)
}

func TestEverySourceOfABriefOpens(t *testing.T) {
	s, start := sample(t)
	asks := []app.BriefAsk{
		{Reader: app.ReaderJoining, Length: app.Length(brief.OneMinute)},
		{Reader: app.ReaderJoining, Length: app.Length(brief.Full)},
		{Reader: app.ReaderLead, Length: app.Length(brief.FiveMinutes)},
		{Reader: app.ReaderReturned, Length: app.Length(brief.FiveMinutes), Since: now.Add(-30 * time.Minute).UnixMilli()},
	}
	opened := map[string]bool{}
	for _, ask := range asks {
		v := must(s.Write(start.Open, ask, 0))
		for _, section := range v.Sections {
			for _, sentence := range section.Sentences {
				for _, source := range sentence.Sources {
					if opened[source.ID] {
						continue
					}
					opened[source.ID] = true
					if _, err := s.Things.Open(start.Open, source.ID, 0); err != nil {
						t.Errorf("%q: source %s %s: %v", sentence.Text, source.Kind, source.ID, err)
					}
				}
			}
		}
	}
	if len(opened) == 0 {
		t.Error("no sentence has a source")
	}
}

func TestEverythingThatIsFoundOpens(t *testing.T) {
	s, start := sample(t)
	names := must(s.Names(start.Open, 0))
	if len(names) == 0 {
		t.Fatal("nothing is found")
	}
	for _, c := range names {
		if v := must(s.Things.Open(start.Open, c.ID, 0)); v.Chip != c {
			t.Errorf("opened %+v, want %+v", v.Chip, c)
		}
	}
}

func TestTheIncidentOpensAsItStands(t *testing.T) {
	s, start := sample(t)
	v := must(s.Things.Open(start.Open, start.Brief.Head.ID, 0))
	if v.Chip.Kind != string(incident.KindIncident) || v.Chip.Word != "mitigating" {
		t.Errorf("opened %+v", v.Chip)
	}
	for _, word := range v.Story {
		if word.Text == "severity: SEV2 → SEV1" {
			return
		}
	}
	t.Errorf("its changes do not tell that the severity was raised: %+v", v.Story)
}

func TestNoViewHasANullInIt(t *testing.T) {
	full, start := sample(t)
	bare := open(t, app.Options{As: "Ada"}).Screens()
	empty := must(bare.Declare(app.Declaration{Title: "Nothing known yet"}))
	for _, in := range []struct {
		screens app.Screens
		id      string
	}{{full, start.Open}, {bare, empty}} {
		s := in.screens
		views := []any{
			must(s.Start()), must(s.Incidents.All()), must(s.People.All(in.id, "", 0)), must(s.Cockpit(in.id, 0)), must(s.Claims.All(in.id, app.ClaimFilter{}, 0)), must(s.Names(in.id, 0)),
			must(s.Write(in.id, app.BriefAsk{Reader: app.ReaderJoining, Length: app.Length(brief.Full)}, 0)),
		}
		for _, name := range must(s.Names(in.id, 0)) {
			views = append(views, must(s.Things.Open(in.id, name.ID, 0)))
		}
		for _, v := range views {
			if data := must(json.Marshal(v)); bytes.Contains(data, []byte("null")) {
				t.Errorf("%T has a null: %s", v, data)
			}
		}
	}
}

func TestDeclareAsksForATitleOnly(t *testing.T) {
	s := open(t, app.Options{}).Screens()
	_, err := s.Declare(app.Declaration{Title: "  ", Severity: "SEV1", Me: "Ada"})
	if got := code(t, err); got != "invalid" {
		t.Errorf("code %q", got)
	}
	id := must(s.Declare(app.Declaration{Title: " Checkout is down ", Me: "Ada"}))
	list := must(s.Incidents.All())
	if list.Me != "Ada" || len(list.Incidents) != 1 || list.Incidents[0].ID != id || list.Incidents[0].Title != "Checkout is down" {
		t.Errorf("the list is %+v", list)
	}
	other := must(s.Declare(app.Declaration{Title: "Mail is slow", Me: "Bo"}))
	if v := must(s.Things.Open(other, must(s.Cockpit(other, 0)).Head.ID, 0)); v.By != "Bo" {
		t.Errorf("declared by %q, want Bo", v.By)
	}
	if list := must(s.Incidents.All()); list.Me != "Ada" {
		t.Errorf("the workspace belongs to %q now", list.Me)
	}
	if _, err := s.Declare(app.Declaration{Title: "Again", Severity: "SEV9"}); code(t, err) != "invalid" {
		t.Errorf("a severity that there is not: %v", err)
	}
}

func TestAChoiceIsKept(t *testing.T) {
	dir := t.TempDir()
	a := app.New(app.Options{Workspace: dir, As: "Ada"})
	a.Open()
	if err := a.Screens().Keep("theme", "light"); err != nil {
		t.Fatal(err)
	}
	if err := a.Screens().Keep("owner", "Eve"); code(t, err) != "invalid" {
		t.Errorf("kept what is no choice: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	start := must(open(t, app.Options{Workspace: dir, As: "Ada"}).Screens().Start())
	if start.Kept["theme"] != "light" {
		t.Errorf("kept %v", start.Kept)
	}
}

func TestWhoeverAsksBeforeItIsOpenWaits(t *testing.T) {
	a := app.New(app.Options{Workspace: t.TempDir(), As: "Ada"})
	asked := make(chan error)
	go func() {
		_, err := a.Screens().Start()
		asked <- err
	}()
	a.Open()
	if err := <-asked; err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestWhatAnotherProcessRecordsIsTold(t *testing.T) {
	dir := t.TempDir()
	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	id := must(a.Screens().Declare(app.Declaration{Title: "Checkout is down"}))

	ctx, stop := context.WithCancel(t.Context())
	told := make(chan int64, 100)
	ended := make(chan struct{})
	go func() {
		a.Watch(ctx, func(seq int64) { told <- seq })
		close(ended)
	}()
	other := must(workspace.Open(dir, workspace.Options{}))
	note := &record.Record{By: "Bo", Do: "thread.open", Fields: []record.Field{record.TextField("title", "Look at the gateway")}}
	must(other.Record(id, note))
	<-told
	if got := must(a.Screens().Cockpit(id, 0)); got.Open != 1 {
		t.Errorf("%d threads, want the one that came", got.Open)
	}
	stop()
	<-ended
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}
