package workspace_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/workspace"
)

func find(t *testing.T, ws *workspace.Workspace, words string) []workspace.Hit {
	t.Helper()
	hits, err := ws.Search(words, 50)
	if err != nil {
		t.Fatalf("search %q: %v", words, err)
	}
	return hits
}

func recordsOf(hits []workspace.Hit) []string {
	ids := []string{}
	for _, h := range hits {
		ids = append(ids, h.Record)
	}
	return ids
}

func TestSearchFindsWordsPrefixesAndAccentsInAnyText(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Zahlungen schlagen fehl")
	mustRecord(t, ws, id,
		act(t, "Ana", "thread.open", `{"id":"t1","title":"Gateway rollout"}`),
		act(t, "Ana", "note.add", `{"id":"n1","thread":"t1","seeing":"Überlauf im Café","need":"somebody who knows redis"}`),
		act(t, "Ana", "claim.make", `{"id":"c1","text":"The canary is healthy","wrong_if":"its p99 rises"}`),
		act(t, "Ben", "claim.verdict", `{"id":"v1","claim":"c1","verdict":"refute","why":"Grafana shows 500s"}`),
		act(t, "Ana", "decision.make", `{"id":"d1","text":"Roll back","alternatives":["Wait for the vendor"]}`))
	for words, want := range map[string][]string{
		"rollout":          {"t1"},
		"ROLL":             {"t1", "d1"},
		"uberlauf cafe":    {"n1"},
		"café":             {"n1"},
		"redis":            {"n1"},
		"p99":              {"c1"},
		"vendor":           {"d1"},
		"grafana 500s":     {"v1"},
		"C1":               {"c1"},
		"canary redis":     {},
		"nothing like it":  {},
		"":                 {},
		"  -- \"* ( ) ^ ":  {},
		"healthy OR redis": {},
	} {
		got := recordsOf(find(t, ws, words))
		if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
			t.Errorf("search %q: %s", words, diff)
		}
	}
}

func sorted(ids []string) string {
	seen := map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	var out []string
	for _, id := range []string{"t1", "n1", "c1", "v1", "d1"} {
		if seen[id] {
			out = append(out, id)
		}
	}
	return strings.Join(out, " ")
}

func TestAHitSaysWhatItIsAboutAndWhereTheWordsAre(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Payments fail")
	mustRecord(t, ws, id,
		act(t, "Ana", "claim.make", `{"id":"c1","text":"The canary is healthy"}`),
		act(t, "Ben", "claim.verdict", `{"id":"v1","claim":"c1","verdict":"refute","why":"Grafana\u0001 shows many errors"}`))
	hits := find(t, ws, "graf err")
	if len(hits) != 1 {
		t.Fatalf("%+v", hits)
	}
	h := hits[0]
	if h.Incident != id || h.Record != "v1" || h.About != "c1" || h.Label != "C1" || h.Kind != incident.KindClaim || h.Do != "claim.verdict" || h.At.IsZero() {
		t.Errorf("%+v", h)
	}
	var marked []string
	for _, m := range h.Marks {
		marked = append(marked, h.Snippet[m[0]:m[1]])
	}
	if diff := cmp.Diff([]string{"Grafana", "errors"}, marked); diff != "" {
		t.Errorf("%q\n%s", h.Snippet, diff)
	}
}

func TestNothingThatIsSearchedForIsSyntax(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "Payments fail")
	mustRecord(t, ws, id, note(`select "quoted" AND near(x) label:y col^2 * it's`))
	for _, words := range []string{
		`"`, `""`, `"unbalanced`, `NEAR(a b)`, `label:y`, `-x`, `^x`, `x*`, `a + b`, `{label body}: x`, `'; DROP TABLE texts; --`,
		"\x00", "a\x00b", "\xff\xfe", strings.Repeat("a ", 5000), strings.Repeat("(", 5000), "\u200b", "💥", "٣",
	} {
		find(t, ws, words)
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-z"*():^+\-{} ]|AND|OR|NOT|NEAR)*`)).Draw(t, "words")
		if _, err := ws.Search(words, 5); err != nil {
			t.Fatalf("search %q: %v", words, err)
		}
	})
	if hits := find(t, ws, `"quoted"`); len(hits) != 1 {
		t.Errorf("%+v", hits)
	}
}

func TestEveryRecordIsFoundHoweverItCameIn(t *testing.T) {
	from, to := pair(t)
	id := mustImport(t, from, string(incidenttest.File(5, 4000)), workspace.ImportOptions{}).Incident
	mustRecord(t, from, id, note("a needle made here"))
	mustIngest(t, to, lines(t, from))
	mustImport(t, to, fileOf(`{"do":"incident.declare","title":"Another needle"}`), workspace.ImportOptions{})
	if hits := find(t, to, "needle"); len(hits) != 2 {
		t.Errorf("%+v", hits)
	}
	hits, err := to.Search("the", 7)
	if err != nil || len(hits) != 7 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	checkClean(t, to)
}
