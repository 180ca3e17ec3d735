package app

import (
	"slices"
	"testing"

	"bearings/internal/incident"
)

func TestAClaimsLineEndsWithWhatSpeaksForItOrWhyThatIsNotEnough(t *testing.T) {
	for name, c := range map[string]struct {
		claim    incident.Claim
		pro, con int
		want     Tally
	}{
		"how much is for it":       {incident.Claim{State: incident.Supported}, 2, 0, Tally{N: "2", Text: "for"}},
		"that nothing is":          {incident.Claim{State: incident.Assumption}, 0, 0, Tally{Text: "no evidence"}},
		"that it is disputed":      {incident.Claim{State: incident.ClaimDisputed}, 1, 1, Tally{Text: "Disputed", Late: true}},
		"its age, once too old":    {incident.Claim{State: incident.Supported, Flags: incident.FlagAged}, 1, 0, Tally{Late: true}},
		"that it is a word only":   {incident.Claim{State: incident.Assumption, Flags: incident.FlagWordOnly}, 0, 0, Tally{Text: "somebody’s word"}},
		"what refuted it":          {incident.Claim{State: incident.Refuted}, 0, 1, Tally{N: "1", Text: "against"}},
		"that a reason refuted it": {incident.Claim{State: incident.Refuted}, 0, 0, Tally{Text: "refuted"}},
	} {
		if got := tallyOf(&c.claim, c.pro, c.con); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestTheFlagsOfAClaimAreSaidShortInARowAndWhollyInItsCase(t *testing.T) {
	supported := &incident.Claim{State: incident.Supported}
	if got := remarksOf(supported); !slices.Equal(got, []string{"not cross-checked"}) {
		t.Errorf("a supported claim: %q", got)
	}
	odd := &incident.Claim{State: incident.Verified, Flags: incident.FlagRecheck | incident.FlagAged | incident.FlagLoadBearing}
	if got := remarksOf(odd); !slices.Equal(got, []string{"check again"}) {
		t.Errorf("a claim to be checked again, in a row: %q", got)
	}
	want := []string{"The incident changed since it was judged", "Its newest evidence is past its shelf life"}
	if got := oddOf(odd); !slices.Equal(got, want) {
		t.Errorf("the same in its case: %q, want %q", got, want)
	}
}

func TestAProofSaysWhoseWordItIsAndWhatItRepeats(t *testing.T) {
	graph := Proof{Sort: "graph"}
	for name, c := range map[string]struct{ saidBy, echo, says, mark string }{
		"proof":    {"", "", "", "graph"},
		"a word":   {"Raj Patel", "", "said by Raj Patel, which is no proof", "Raj"},
		"a repeat": {"", "E4", "same graph as E4: it counts once", "= E4"},
	} {
		if says, mark := graph.says(c.saidBy, c.echo), graph.mark(c.saidBy, c.echo); says != c.says || mark != c.mark {
			t.Errorf("%s: %q and %q, want %q and %q", name, says, mark, c.says, c.mark)
		}
	}
}

func TestWhatAClaimMissesIsMendedByACommand(t *testing.T) {
	his := incident.Claim{Made: incident.Made{Person: "Ana"}}
	mine := incident.Claim{Made: incident.Made{Person: "Raj"}}
	named := incident.Claim{Made: incident.Made{Person: "Ana"}, Test: "look"}
	judged := incident.Claim{Verdicts: []incident.Verdict{{By: "Mara"}}}
	done := Chip{ID: "a1", Word: "done"}
	for name, c := range map[string]struct {
		kind  incident.CheckKind
		holds bool
		about Chip
		claim incident.Claim
		want  string
	}{
		"proof by evidence":                      {incident.CheckProof, false, Chip{}, his, "evidenceOn"},
		"a check by a verdict":                   {incident.CheckOther, false, Chip{}, his, "verify"},
		"a check of one's own by another's work": {incident.CheckOther, false, Chip{}, mine, "trial"},
		"a test by its name":                     {incident.CheckTest, false, Chip{}, his, "test"},
		"a test that is named by an action":      {incident.CheckTest, false, Chip{}, named, "trial"},
		"a test that is nobody's by an owner":    {incident.CheckTest, false, Chip{ID: "a1"}, his, "owner"},
		"a result by a verdict":                  {incident.CheckTest, true, done, his, "verify"},
		"nothing, where somebody spoke of it":    {incident.CheckTest, true, done, judged, ""},
		"what would prove it wrong":              {incident.CheckWrongIf, false, Chip{}, his, "wrong"},
		"a look":                                 {incident.CheckFresh, false, Chip{}, his, "still"},
		"what rests on it":                       {incident.CheckOnIt, false, Chip{}, his, "onIt"},
		"nothing, where it is there":             {incident.CheckProof, true, Chip{}, his, ""},
	} {
		if got := mends(incident.Check{Kind: c.kind, Holds: c.holds}, c.about, &c.claim, "Raj"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
