package app_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

func TestSearchLooksEverywhereAndGroupsByIncident(t *testing.T) {
	s, first, _ := begun(t)
	say(t, s, first, "", "🙂 the Gateway times out", "/c The gateway is the cause")
	second := must(s.Declare(app.Declaration{Title: "Mail is slow"}))
	say(t, s, second, "", "not the gateway this time")

	v := must(s.Search("gateway"))
	if v.Found != 3 || v.More || len(v.Groups) != 2 {
		t.Fatalf("found %+v", v)
	}
	for _, g := range v.Groups {
		if g.Incident.Title == "" {
			t.Errorf("a group without its incident: %+v", g)
		}
		for _, h := range g.Hits {
			units := utf16.Encode([]rune(h.Snippet))
			if len(h.Marks) != 1 || !strings.EqualFold(string(utf16.Decode(units[h.Marks[0].From:h.Marks[0].To])), "gateway") {
				t.Errorf("%q is marked at %+v", h.Snippet, h.Marks)
			}
			if _, err := s.Things.Open(g.Incident.ID, h.ID, 0); err != nil {
				t.Errorf("%+v does not open: %v", h, err)
			}
		}
	}
	for _, words := range []string{"", "  ", "zebra", `"`} {
		if v := must(s.Search(words)); v.Found != 0 || v.Groups == nil {
			t.Errorf("%q finds %+v", words, v)
		}
	}
}

func TestAnIncidentIsMineWhereILeadOrTakePart(t *testing.T) {
	dir := t.TempDir()
	ada := open(t, app.Options{Workspace: dir, As: "Ada"}).Screens()
	bo := open(t, app.Options{Workspace: dir, As: "Bo"}).Screens()
	id := must(ada.Declare(app.Declaration{Title: "Checkout is down"}))
	mine := func(s app.Screens) bool { return must(s.Incidents.All()).Incidents[0].Mine }
	if !mine(ada) || mine(bo) {
		t.Errorf("Ada's: %v, Bo's: %v", mine(ada), mine(bo))
	}
	say(t, ada, id, "", "/lead @me")
	say(t, bo, id, "", "I am looking")
	if !mine(ada) || !mine(bo) {
		t.Errorf("Ada leads: %v, Bo takes part: %v", mine(ada), mine(bo))
	}
}

func TestEverythingIsFoundByLabelOrWords(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/t Look at the gateway", "/c The gateway is T1's", "/c Nothing is lost")
	labels := func(words string) []string {
		out := []string{}
		for _, c := range must(s.Find(id, words, 0)) {
			out = append(out, c.Label)
		}
		return out
	}
	for words, want := range map[string][]string{
		"t1": {"T1", "C1"}, "GATEWAY": {"T1", "C1"}, "gateway look": {"T1"}, "lost": {"C2"}, "": {}, "zebra": {},
	} {
		if diff := cmp.Diff(want, labels(words)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", words, diff)
		}
	}
}

func TestOfALargeIncidentAPageCrosses(t *testing.T) {
	s, id := large(t, 6_000)
	v := must(s.Cockpit(id, 0))
	claims := 0
	for _, g := range v.Beliefs {
		claims += len(g.Claims)
		if g.Count != len(g.Claims)+g.More {
			t.Errorf("%s: %d claims and %d more of %d", g.Name, len(g.Claims), g.More, g.Count)
		}
	}
	if claims > 60+20 || v.Claims <= claims {
		t.Errorf("%d of %d claims", claims, v.Claims)
	}
	open := 0
	for _, c := range v.Columns {
		open += c.Count
		seen := map[string]bool{}
		last := int64(0)
		for from := 0; from < c.Count; {
			page := must(s.Column(id, c.Name, from, 0))
			if page.Count != c.Count || page.From != from || len(page.Cards) == 0 || len(page.Cards) > 30 {
				t.Fatalf("%s from %d: %d cards, %d of %d", c.Name, from, len(page.Cards), page.From, page.Count)
			}
			for _, card := range page.Cards {
				if seen[card.ID] || card.LastAt < last {
					t.Errorf("%s comes twice, or out of order", card.Label)
				}
				seen[card.ID], last = true, card.LastAt
			}
			from += len(page.Cards)
			if page.More != c.Count-from {
				t.Errorf("%s: %d more after %d of %d", c.Name, page.More, from, c.Count)
			}
		}
	}
	if open != v.Open || v.Open < 40 {
		t.Errorf("%d threads in columns, %d open", open, v.Open)
	}
	all := must(s.Claims.All(id, app.ClaimFilter{}, 0))
	for _, g := range all.Groups {
		got := 0
		for from := 0; from < g.Count; {
			page := must(s.Group(id, g.Name, from, app.ClaimFilter{}, 0))
			if len(page.Claims) == 0 {
				t.Fatalf("%s from %d has no claims", g.Name, from)
			}
			from += len(page.Claims)
			got += len(page.Claims)
		}
		if got != g.Count {
			t.Errorf("%s: %d of %d", g.Name, got, g.Count)
		}
	}
	if _, err := s.Column(id, "elsewhere", 0, 0); code(t, err) != "invalid" {
		t.Errorf("a column elsewhere: %v", err)
	}
	if _, err := s.Group(id, "elsewhere", 0, app.ClaimFilter{}, 0); code(t, err) != "invalid" {
		t.Errorf("a group elsewhere: %v", err)
	}
}

func TestWhereAReaderWasIsKept(t *testing.T) {
	s, id, _ := begun(t)
	must(s.Start()) // what was computed when the workspace was opened
	if where := must(s.Where(id)); where != "" {
		t.Errorf("was at %q before anything", where)
	}
	if err := s.Left(id, `{"screen":"claims","selected":"C4"}`); err != nil {
		t.Fatal(err)
	}
	start := must(s.Start())
	if start.Where != `{"screen":"claims","selected":"C4"}` || must(s.Where(id)) != start.Where {
		t.Errorf("starts at %q", start.Where)
	}
	if err := s.Left(id, strings.Repeat("x", 5000)); code(t, err) != "invalid" {
		t.Errorf("kept too much: %v", err)
	}
}
