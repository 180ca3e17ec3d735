package incident_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// The cases are incidents with known answers; testdata/cases/*/expected.json
// says what holds at which moment.

const cases = "testdata/cases"

func readRecords(t *testing.T, dir string) []*record.Record {
	t.Helper()
	in, err := os.Open(filepath.Join(dir, "incident.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file, err := record.ReadFile(in, filepath.Base(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range file.Problems {
		if p.Kind != record.ProblemNoDeclare {
			t.Errorf("line %d: %s: %s", p.Line, p.Kind, p.Why)
		}
	}
	return file.Records
}

func readExpected(t *testing.T, dir string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// asOf is the state of a case at a moment, as it was known then.
func asOf(t *testing.T, dir string, at time.Time) *incident.State {
	t.Helper()
	return build(readRecords(t, dir)).AsOf(at).At(at)
}

type expected struct {
	Records     int
	RecordsByDo map[string]int `json:"records_by_do"`
	AsOf        []struct {
		At      time.Time
		Records int
		Show    struct {
			Incident  map[string]string
			Claims    map[string]shownClaim
			Decisions map[string]map[string]any
			Actions   map[string]map[string]any
			Updates   map[string]map[string]any
			Threads   map[string]map[string]any
			Evidence  map[string]string
		}
		Blast map[string]shownBlast
	} `json:"as_of"`
}

type shownClaim struct {
	State, Footing        string
	Load                  int
	Flags                 []string
	Supports, Contradicts []string
}

type shownBlast struct {
	State    string
	Load     int
	Affected []shownAffected
}

type shownAffected struct {
	ID        string
	Kind      string
	State     string
	Now       string `json:"footing_now"`
	IfRefuted string `json:"footing_if_refuted"`
	Path      []string
}

func eachCase(t *testing.T, pattern string, check func(t *testing.T, dir string)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cases, pattern, "expected.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", pattern, err)
	}
	for _, f := range files {
		dir := filepath.Dir(f)
		t.Run(filepath.Base(dir), func(t *testing.T) { check(t, dir) })
	}
}

func TestCasesStandAsTheyShould(t *testing.T) {
	eachCase(t, "*", func(t *testing.T, dir string) {
		var want expected
		readExpected(t, dir, &want)
		records := readRecords(t, dir)
		byDo := map[string]int{}
		for _, r := range records {
			byDo[r.Do]++
		}
		differ(t, "records by kind", want.RecordsByDo, byDo)
		if whole := build(records).At(later(records, 0)); whole.Records != want.Records || whole.Unknown != 0 {
			t.Errorf("%d records, %d of them unknown; want %d and 0", whole.Records, whole.Unknown, want.Records)
		}
		for _, w := range want.AsOf {
			t.Run(w.At.Format("15:04:05"), func(t *testing.T) {
				s := asOf(t, dir, w.At)
				if s.Records != w.Records {
					t.Errorf("%d records are in, want %d", s.Records, w.Records)
				}
				differ(t, "incident", w.Show.Incident, showIncident(s))
				differ(t, "claims", w.Show.Claims, showClaims(s))
				differ(t, "decisions", w.Show.Decisions, showDecisions(s))
				differ(t, "actions", w.Show.Actions, showActions(s))
				differ(t, "updates", w.Show.Updates, showUpdates(s))
				differ(t, "threads", w.Show.Threads, showThreads(s))
				differ(t, "evidence", w.Show.Evidence, showEvidence(s))
				for id, blast := range w.Blast {
					differ(t, "blast "+id, blast, showBlast(t, s, id))
				}
			})
		}
	})
}

// differ compares maps by what they hold: empty and absent are one.
func differ[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	text := func(v T) string {
		b, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(strings.ReplaceAll(string(b), "null", "[]"), "{}", "[]")
	}
	if diff := gocmp.Diff(text(want), text(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func showIncident(s *incident.State) map[string]string {
	var leads []string
	for _, l := range s.Leads {
		leads = append(leads, l.Person)
	}
	return map[string]string{
		"status": string(s.Status), "severity": s.Severity, "trend": string(s.Trend), "lead": strings.Join(leads, " and "),
	}
}

func showClaims(s *incident.State) map[string]shownClaim {
	shown := map[string]shownClaim{}
	for _, c := range s.Claims {
		side := func(links []incident.Link) (ids []string) {
			for _, l := range links {
				ids = append(ids, l.Evidence.ID)
			}
			return ids
		}
		shown[c.ID] = shownClaim{string(c.State), c.Footing.String(), c.Load, c.Flags.Words(), side(c.Supports), side(c.Contradicts)}
	}
	return shown
}

func basis(b incident.Basis, state string) map[string]any {
	m := map[string]any{"footing": b.Footing.String(), "shaky": b.Shaky()}
	if state != "" {
		m["state"] = state
	}
	return m
}

func showDecisions(s *incident.State) map[string]map[string]any {
	shown := map[string]map[string]any{}
	for _, d := range s.Decisions {
		m := basis(d.Basis, string(d.State))
		m["why_owed"] = d.WhyOwed
		if d.WhyOwed {
			m["why_due"] = d.WhyDue.UTC().Format(time.RFC3339)
		}
		shown[d.ID] = m
	}
	return shown
}

func showActions(s *incident.State) map[string]map[string]any {
	shown := map[string]map[string]any{}
	for _, a := range s.Actions {
		shown[a.ID] = basis(a.Basis, string(a.State))
	}
	return shown
}

func showUpdates(s *incident.State) map[string]map[string]any {
	shown := map[string]map[string]any{}
	for _, u := range s.Updates {
		shown[u.ID] = basis(u.Basis, "")
	}
	return shown
}

func showThreads(s *incident.State) map[string]map[string]any {
	shown := map[string]map[string]any{}
	for _, x := range s.Threads {
		m := basis(x.Basis, string(x.State))
		m["owner"] = x.Owner
		if !x.Due.IsZero() {
			m["overdue"] = x.Overdue
		}
		shown[x.ID] = m
	}
	return shown
}

func showEvidence(s *incident.State) map[string]string {
	shown := map[string]string{}
	for _, e := range s.Evidence {
		shown[e.ID] = or(e.Struck, "struck", "live")
	}
	return shown
}

func showBlast(t *testing.T, s *incident.State, id string) shownBlast {
	t.Helper()
	c := claim(t, s, id)
	shown := shownBlast{State: string(c.State), Load: c.Load}
	for _, a := range s.Blast(c) {
		m := a.Thing.Meta()
		path := []string{}
		for _, r := range a.Path {
			path = append(path, r.ID)
		}
		shown.Affected = append(shown.Affected, shownAffected{m.ID, string(m.Kind), a.Thing.Word(), a.Now.String(), a.IfRefuted.String(), path})
	}
	return shown
}

func claim(t *testing.T, s *incident.State, id string) *incident.Claim {
	t.Helper()
	thing, _ := s.Find(id)
	c, ok := thing.(*incident.Claim)
	if !ok {
		t.Fatalf("there is no claim %s", id)
	}
	return c
}

func TestPublishedTruthMaintenanceExamples(t *testing.T) {
	eachCase(t, "tms/*", func(t *testing.T, dir string) {
		type answer struct {
			State, Footing string
			Flags          []string
		}
		var want struct {
			AsOf []struct {
				At     time.Time
				Claims map[string]answer
			} `json:"as_of"`
		}
		readExpected(t, dir, &want)
		for _, w := range want.AsOf {
			got := map[string]answer{}
			for _, c := range asOf(t, dir, w.At).Claims {
				a := answer{State: string(c.State), Footing: c.Footing.String()}
				if c.Flags.Has(incident.FlagCircular) {
					a.Flags = []string{"circular"}
				}
				if _, told := w.Claims[c.ID]; told {
					got[c.ID] = a
				}
			}
			differ(t, w.At.Format("15:04:05"), w.Claims, got)
		}
	})
}

// The model must know the answers too, or it would prove nothing.
func TestTheModelKnowsTheCases(t *testing.T) {
	for _, pattern := range []string{"*", "tms/*"} {
		eachCase(t, pattern, func(t *testing.T, dir string) {
			var want struct {
				AsOf []struct{ At time.Time } `json:"as_of"`
			}
			readExpected(t, dir, &want)
			for _, w := range want.AsOf {
				in := build(readRecords(t, dir)).AsOf(w.At)
				if diff := gocmp.Diff(newModel(in.Records(), w.At).final().digest(), digest(in.At(w.At))); diff != "" {
					t.Errorf("%s (-model +state):\n%s", w.At.Format("15:04:05"), diff)
				}
			}
		})
	}
}

// A picture is what the cockpit shows of the sample.
type picture struct {
	Lead          string
	Roles         map[string][]string
	PeopleHere    int `json:"people_here"`
	Apps, Left    []string
	OpenThreads   int               `json:"open_threads"`
	EndedThreads  int               `json:"ended_threads"`
	ClaimsCounted string            `json:"claims_counted"`
	For           map[string]int    `json:"evidence_for"`
	Against       map[string]int    `json:"evidence_against"`
	LastWord      map[string]string `json:"thread_last_word"`
	Overdue       []string
	OverTimeBox   map[string]string `json:"action_over_time_box"`
	RationaleOwed map[string]string `json:"rationale_owed"`
	Reading       shownReading
	Signals       map[string]string   `json:"signals_lane"`
	RestsOn       map[string][]string `json:"rests_directly_on"`
	Objections    map[string]string
	Corrected     map[string]string
	Redacted      []string
	Struck        []string
}

func TestSampleAtTheDesignPicture(t *testing.T) {
	var want struct {
		Picture picture `json:"at_0341"`
	}
	dir := filepath.Join(cases, "sample")
	readExpected(t, dir, &want)
	for i, text := range want.Picture.Redacted {
		want.Picture.Redacted[i], _, _ = strings.Cut(text, ":")
	}
	s := asOf(t, dir, time.Date(2026, 11, 22, 2, 41, 9, 0, time.UTC))

	got := picture{
		Roles: map[string][]string{"operations": nil, "comms": nil, "scribe": nil}, PeopleHere: s.Here,
		For: map[string]int{}, Against: map[string]int{}, LastWord: map[string]string{}, OverTimeBox: map[string]string{},
		RationaleOwed: map[string]string{}, Signals: map[string]string{}, RestsOn: map[string][]string{}, Objections: map[string]string{},
		Corrected: map[string]string{},
	}
	got.drawPeople(s)
	got.drawWork(s)
	got.drawBeliefs(s, want.Picture)
	got.drawDecisions(s)
	differ(t, "the picture", want.Picture, got)

	t.Run("what needs the lead", func(t *testing.T) { checkPrompts(t, s) })
	t.Run("what was promised", func(t *testing.T) { checkPromised(t, s) })
	t.Run("where one can help", func(t *testing.T) { checkHelp(t, s) })
}

// local is a time of day where the sample plays.
func local(t time.Time) string { return t.In(time.FixedZone("", 3600)).Format("15:04") }

func (p *picture) drawPeople(s *incident.State) {
	p.Lead = showIncident(s)["lead"]
	for _, r := range s.Roles {
		if r.Role != "lead" {
			p.Roles[r.Role] = append(p.Roles[r.Role], r.Person)
		}
	}
	for _, r := range s.Responders {
		if r.App {
			p.Apps = append(p.Apps, r.Name)
		}
		if !r.Left.IsZero() {
			p.Left = append(p.Left, r.Name)
		}
	}
}

func (p *picture) drawWork(s *incident.State) {
	for _, x := range s.Threads {
		if x.HasEnded() {
			p.EndedThreads++
			continue
		}
		p.OpenThreads++
		p.LastWord[x.ID] = local(x.Last.At)
		if x.Overdue {
			p.Overdue = append(p.Overdue, x.ID)
		}
	}
	for _, a := range s.Actions {
		if a.Overdue {
			p.OverTimeBox[a.ID] = fmt.Sprintf("due %s, %d min over", local(a.Due), int(s.Now.Sub(a.Due).Round(time.Minute).Minutes()))
		}
	}
	for _, n := range s.Notes {
		if n.Key {
			p.Signals[local(n.At)] = n.Text
		}
	}
	for _, r := range s.Readings {
		p.Reading = shownReading{
			r.Name, r.Unit, len(r.Points), local(r.Points[0].At), local(r.Last.At), r.Last.Value, r.Worst.Value, local(r.Worst.At),
		}
	}
}

// drawBeliefs counts evidence and what rests on a claim where the case tells
// it, and evidence against everywhere.
func (p *picture) drawBeliefs(s *incident.State, want picture) {
	var gone []string
	for _, c := range s.Claims {
		if c.State == incident.Withdrawn {
			gone = append(gone, c.ID)
		}
		if _, told := want.For[c.ID]; told {
			p.For[c.ID] = len(c.Supports)
		}
		if len(c.Contradicts) > 0 {
			p.Against[c.ID] = len(c.Contradicts)
		}
		if _, told := want.RestsOn[c.ID]; told {
			p.RestsOn[c.ID] = restingOn(s, c.ID)
		}
	}
	p.ClaimsCounted = fmt.Sprintf("%d, and %d withdrawn (%s)", len(s.Claims)-len(gone), len(gone), strings.Join(gone, " "))
	for _, e := range s.Evidence {
		if e.Redacted {
			p.Redacted = append(p.Redacted, e.ID)
		}
		if e.Struck {
			p.Struck = append(p.Struck, e.ID)
		}
	}
}

// restingOn lists what rests directly on a thing.
func restingOn(s *incident.State, id string) (direct []string) {
	for thing, b := range resting(s) {
		for _, set := range b.Sets {
			if slices.ContainsFunc(set.On, func(r incident.Ref) bool { return r.ID == id }) && !slices.Contains(direct, thing) {
				direct = append(direct, thing)
			}
		}
	}
	slices.Sort(direct)
	return direct
}

func (p *picture) drawDecisions(s *incident.State) {
	for _, d := range s.Decisions {
		if d.WhyOwed {
			p.RationaleOwed[d.ID] = "falls due " + local(d.WhyDue)
		}
		for _, o := range d.Objections {
			p.Objections[d.ID] = o.By
		}
	}
	for _, u := range s.Updates {
		if u.Corrected.ID != "" {
			p.Corrected[u.ID] = u.Corrected.ID
		}
	}
}

type shownReading struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Points  int     `json:"points"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	Now     float64 `json:"now"`
	Worst   float64 `json:"worst"`
	WorstAt string  `json:"worst_at"`
}

// checkPrompts: the shaky decision names the claim that shakes it, the thread
// without an owner is there, and the silent one says for how long.
func checkPrompts(t *testing.T, s *incident.State) {
	t.Helper()
	for id, words := range map[string][]string{"d3": {"C4", "disputed"}, "t5": {}, "t3": {"26 min"}} {
		i := slices.IndexFunc(s.Attention, func(p incident.Prompt) bool { return p.About.ID == id })
		if i < 0 {
			t.Errorf("nothing is said of %s", id)
			continue
		}
		for _, word := range words {
			if !strings.Contains(s.Attention[i].Text, word) {
				t.Errorf("of %s it is said %q, without %q", id, s.Attention[i].Text, word)
			}
		}
	}
	for i, p := range s.Attention {
		if p.Rank != i+1 || p.Text == "" {
			t.Errorf("prompt %d has rank %d and says %q", i+1, p.Rank, p.Text)
		}
	}
}

func checkPromised(t *testing.T, s *incident.State) {
	t.Helper()
	promised := map[string][]string{}
	for _, p := range s.Promised {
		promised[local(p.At)] = append(promised[local(p.At)], p.About.ID)
	}
	for _, ids := range promised {
		slices.Sort(ids)
	}
	differ(t, "promised", map[string][]string{"03:45": {"a9"}, "03:50": {"a7", "d4", "t4"}, "03:55": {"u4"}, "04:00": {"w2"}}, promised)
	i := slices.IndexFunc(s.Promised, func(p incident.Promise) bool { return p.About.ID == "u4" })
	if i < 0 || s.Promised[i].Who != "Aiko Tanaka" {
		t.Errorf("the next public update is not promised by Aiko Tanaka: %+v", s.Promised)
	}
}

func checkHelp(t *testing.T, s *incident.State) {
	t.Helper()
	if len(s.Help) < 2 || len(s.Help) > 3 || s.Help[0].Gap != "no_scribe" || s.Help[1].Gap != "thread_no_owner" {
		t.Fatalf("help is wanted with %+v", s.Help)
	}
	if about := s.Help[1].About; len(about) != 1 || about[0].ID != "t5" {
		t.Errorf("the thread without owner is %+v", about)
	}
}
