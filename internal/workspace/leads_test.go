package workspace_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// apart are two machines of one team that hear of each other only when told.
type apart struct {
	t        *testing.T
	ana, raj *workspace.Workspace
	id       string
}

// parted are two machines that know one incident, which Ana declared and
// leads. The clock of the second is ahead by skew.
func parted(t *testing.T, skew time.Duration) apart {
	ana, raj := newWorkspace(t), (*workspace.Workspace)(nil)
	clock := newClock()
	clock.set(noon.Add(skew))
	raj = openIn(t, newDir(t), workspace.Options{Now: clock.Now, Identity: ana.ID(), Owner: "Raj"})
	for _, pair := range [][2]*workspace.Workspace{{ana, raj}, {raj, ana}} {
		if _, err := pair[0].Trust(pair[1].Device()); err != nil {
			t.Fatal(err)
		}
	}
	a := apart{t, ana, raj, declareIn(t, ana, "Payments fail")}
	a.meet()
	return a
}

// meet tells each machine what the other has.
func (a apart) meet() {
	a.t.Helper()
	mustIngest(a.t, a.raj, lines(a.t, a.ana))
	mustIngest(a.t, a.ana, lines(a.t, a.raj))
}

// does records on one machine, and returns the id.
func (a apart) does(ws *workspace.Workspace, by, do, fields string) string {
	a.t.Helper()
	return mustRecord(a.t, ws, a.id, act(a.t, by, do, fields))[0].ID
}

// lead wants the same leads on both machines, named as two where they are.
func (a apart) lead(want ...string) {
	a.t.Helper()
	for name, ws := range map[string]*workspace.Workspace{"Ana's": a.ana, "Raj's": a.raj} {
		s := mustIncident(a.t, ws, a.id).At(noon.Add(3 * time.Hour))
		var leads []string
		for _, r := range s.Leads {
			leads = append(leads, r.Person)
		}
		slices.Sort(leads)
		if !slices.Equal(leads, want) {
			a.t.Errorf("on %s machine %q lead, want %q", name, leads, want)
		}
		said := slices.ContainsFunc(s.Attention, func(p incident.Prompt) bool {
			return p.Kind == "two_leads" && strings.Contains(p.Text, want[0]) && strings.Contains(p.Text, want[len(want)-1])
		})
		if said != (len(want) > 1) {
			a.t.Errorf("on %s machine, that two lead is said: %v", name, said)
		}
	}
	if x, y := content(a.t, a.ana, a.id), content(a.t, a.raj, a.id); x != y {
		a.t.Errorf("the machines differ:\n%s\n%s", x, y)
	}
}

func TestTwoLeadsMadeApartStandUntilOneYields(t *testing.T) {
	for _, skew := range []time.Duration{0, time.Hour, -time.Hour} {
		t.Run(skew.String(), func(t *testing.T) {
			a := parted(t, skew)
			a.does(a.ana, "Ana", "role.take", `{"role":"lead","over":[]}`)
			a.does(a.raj, "Raj", "role.take", `{"role":"lead","over":[]}`)
			a.meet()
			a.lead("Ana", "Raj")
			a.meet() // hearing of it once more makes nobody yield
			a.lead("Ana", "Raj")
			a.does(a.raj, "Raj", "role.release", `{"role":"lead"}`)
			a.meet()
			a.lead("Ana")
		})
	}
}

func TestALeadHandedOverHereAndTakenThereIsTwoLeads(t *testing.T) {
	for _, skew := range []time.Duration{0, time.Hour, -time.Hour} {
		t.Run(skew.String(), func(t *testing.T) {
			a := parted(t, skew)
			first := a.does(a.ana, "Ana", "role.take", `{"role":"lead","over":[]}`)
			a.meet()
			open := a.does(a.ana, "Ana", "handover.open", `{"to":"Mei"}`)
			handed := a.does(a.ana, "Ana", "handover.accept", `{"handover":"`+open+`","over":["`+first+`"]}`)
			taken := a.does(a.raj, "Raj", "role.take", `{"role":"lead","why":"Ana is away","over":["`+first+`"]}`)
			a.meet()
			a.lead("Mei", "Raj")
			a.does(a.ana, "Mei", "role.take", `{"role":"lead","why":"we talked","over":["`+handed+`","`+taken+`"]}`)
			a.meet()
			a.lead("Mei")
		})
	}
}

// Who knows that they lead no more cannot accept, whatever the record names.
func TestAHandoverIsNotAcceptedByWhoKnowsThatTheLeadWasTaken(t *testing.T) {
	a := parted(t, time.Hour)
	first := a.does(a.ana, "Ana", "role.take", `{"role":"lead","over":[]}`)
	open := a.does(a.ana, "Ana", "handover.open", `{"to":"Mei"}`)
	a.meet()
	a.does(a.raj, "Raj", "role.take", `{"role":"lead","why":"Ana is away","over":["`+first+`"]}`)
	a.meet()
	_, err := a.ana.Record(a.id, act(t, "Ana", "handover.accept", `{"handover":"`+open+`","over":["`+first+`"]}`))
	wantCode(t, err, incident.CodeForbidden)
	a.lead("Raj")
}

func TestAHandoverDeclinedThereIsTheOneThatWasMeant(t *testing.T) {
	a := parted(t, time.Hour)
	a.does(a.ana, "Ana", "role.take", `{"role":"lead","over":[]}`)
	old := a.does(a.ana, "Ana", "handover.open", `{"to":"Raj"}`)
	a.meet()
	a.does(a.ana, "Ana", "handover.withdraw", `{"handover":"`+old+`"}`)
	a.does(a.ana, "Ana", "handover.open", `{"to":"Raj"}`)
	a.does(a.raj, "Raj", "handover.decline", `{"handover":"`+old+`","why":"on another call"}`)
	a.meet()
	for _, ws := range []*workspace.Workspace{a.ana, a.raj} {
		if s := mustIncident(t, ws, a.id).At(noon.Add(3 * time.Hour)); s.Handover == nil || s.Handover.ID == old {
			t.Errorf("the new handover is not open: %+v", s.Handover)
		}
	}
}
