package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

func TestTheCockpitHoldsWhatMustNotBeForgotten(t *testing.T) {
	s, id, _ := begun(t)
	for _, line := range []string{
		"/sev 1 all of Europe", "/exit failures under 1 %", "/exit the queue is empty", "/dont restart the ledger writers",
		"/dont page the vendor", "/if it goes above 60% then: switch off by 04:00",
	} {
		must(s.Send(id, "", line))
	}
	g := must(s.Cockpit(id, 0)).Guards
	if g.Severity != "all of Europe" {
		t.Errorf("the severity is so because of %q", g.Severity)
	}
	must(s.Send(id, g.Criteria[0].Chip.ID, "/done"))
	must(s.Send(id, g.Donts[0].ID, "/lift"))

	g = must(s.Cockpit(id, 0)).Guards
	var criteria []string
	for _, c := range g.Criteria {
		criteria = append(criteria, c.Chip.Word+" "+c.Chip.Name)
	}
	if diff := cmp.Diff([]string{"open the queue is empty", "ticked failures under 1 %"}, criteria); diff != "" {
		t.Errorf("criteria (-want +got):\n%s", diff)
	}
	if len(g.Donts) != 1 || g.Donts[0].Name != "page the vendor" {
		t.Errorf("don'ts are %+v", g.Donts)
	}
	if len(g.Tripwires) != 1 || g.Tripwires[0].If != "it goes above 60%" || g.Tripwires[0].Then != "switch off" || g.Tripwires[0].By == 0 {
		t.Errorf("tripwires are %+v", g.Tripwires)
	}
}

func TestALookAtReadingsRecordsNothing(t *testing.T) {
	s, id, _ := begun(t)
	const text = "2026-11-22 02:10,0.5\n2026-11-22 02:20,38\n"
	v := must(s.LookAtText(id, "failing", text))
	if v.Added != 2 || v.Says != "2 values of failing" || v.From >= v.To {
		t.Errorf("says %+v", v)
	}
	if n := len(must(s.Cockpit(id, 0)).Readings); n != 0 {
		t.Fatalf("%d readings are there", n)
	}
	if got := must(s.FromText(id, "failing", text)); got.Added != v.Added || got.Says != v.Says {
		t.Errorf("took in %+v, but announced %+v", got, v)
	}
	if again := must(s.LookAtText(id, "failing", text)); again.Added != 0 || again.Known != 2 {
		t.Errorf("says of what is here %+v", again)
	}
}

func TestIAmCalledWhatISay(t *testing.T) {
	a := open(t, app.Options{})
	s := a.Screens()
	if err := s.CallMe("  Mara Lindqvist "); err != nil {
		t.Fatal(err)
	}
	if got := must(s.Incidents.All()).Me; got != "Mara Lindqvist" {
		t.Errorf("I am %q", got)
	}
	if got := told(t, s.CallMe(" ")); got.Code != "invalid" {
		t.Errorf("no name: %+v", got)
	}
	as := open(t, app.Options{As: "Ada"}).Screens()
	if got := told(t, as.CallMe("Mara")); got.Code != "invalid" {
		t.Errorf("started for another: %+v", got)
	}
}
