package app_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

// picture returns a screenshot of the tests of package evidence.
func picture(t *testing.T) []byte {
	t.Helper()
	all, err := filepath.Glob("../internal/evidence/testdata/screens/*.png")
	if err != nil || len(all) == 0 {
		t.Fatalf("no screenshots: %v", err)
	}
	b, err := os.ReadFile(all[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// filesOf writes files, and returns their paths.
func filesOf(t *testing.T, contents ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for n, content := range contents {
		path := filepath.Join(dir, fmt.Sprintf("%d.txt", n))
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func idOf(t *testing.T, s app.Screens, incident, label string) string {
	t.Helper()
	return must(s.Things.Open(incident, label, 0)).Chip.ID
}

func TestOneFileThatFailsCostsOnlyItself(t *testing.T) {
	s, start := sample(t)
	paths := filesOf(t, "one", "two", "three")
	if err := os.Remove(paths[1]); err != nil {
		t.Fatal(err)
	}
	took := must(s.Files(app.TakeAsk{Incident: start.Open, How: "drop"}, append(paths, t.TempDir())))
	if len(took.Rows) != 2 || took.Says != "2 kept in the inbox, 2 not" {
		t.Errorf("%q: %+v", took.Says, took.Rows)
	}
	want := []string{"There is no file in it.", "It is not there any more. Take it again from where it is now."}
	for n, l := range took.Left {
		if n < len(want) && want[n] != l.Why && want[1-n] != l.Why {
			t.Errorf("left %q: %q", l.Name, l.Why)
		}
	}
	if box := must(s.Inbox(start.Open, 0, 0)); box.Rows[0].Chip.ID != took.Rows[1].ID || box.Head.Inbox != box.Count {
		t.Errorf("the inbox begins with %+v", box.Rows[0])
	}
}

func TestWhatIsDroppedOnAClaimSupportsIt(t *testing.T) {
	s, start := sample(t)
	claim := idOf(t, s, start.Open, "C7")
	took := must(s.Picture(app.TakeAsk{Incident: start.Open, On: claim, How: "paste"}, base64.StdEncoding.EncodeToString(picture(t))))
	row := took.Rows[0]
	if took.Says != row.Label+" for C7" || row.Name != "pasted.png" || row.Refusal != "" || !row.Picture {
		t.Errorf("%q, %+v", took.Says, row)
	}
	sides := func() (string, string) {
		c := claimNamed(t, s, start.Open, claim)
		var for_, against []string
		for _, p := range c.For.Shown {
			for_ = append(for_, p.Chip.Label)
		}
		for _, p := range c.Against.Shown {
			against = append(against, p.Chip.Label)
		}
		return strings.Join(for_, " "), strings.Join(against, " ")
	}
	if f, _ := sides(); f != row.Label {
		t.Errorf("for: %q", f)
	}
	if says := must(s.Relate(start.Open, []string{row.ID}, claim, "contradicts")); says != row.Label+": against C7" {
		t.Errorf("says %q", says)
	}
	if f, a := sides(); f != "" || a != row.Label {
		t.Errorf("for %q, against %q", f, a)
	}
	must(s.Undo(start.Open))
	must(s.Undo(start.Open))
	if f, a := sides(); f != "" || a != "" {
		t.Errorf("taken back: for %q, against %q", f, a)
	}
}

func claimNamed(t *testing.T, s app.Screens, incident, id string) app.ClaimRow {
	t.Helper()
	for _, g := range must(s.Claims.All(incident, app.ClaimFilter{}, 0)).Groups {
		for _, c := range g.Claims {
			if c.ID == id {
				return c
			}
		}
	}
	t.Fatal("no such claim")
	return app.ClaimRow{}
}

func TestWhatIsDroppedTogetherIsTakenBackTogether(t *testing.T) {
	s, start := sample(t)
	before := must(s.Inbox(start.Open, 0, 0)).Count
	must(s.Files(app.TakeAsk{Incident: start.Open, How: "drop"}, filesOf(t, "one", "two", "three")))
	if box := must(s.Inbox(start.Open, 0, 0)); box.Count != before+3 || box.Head.Undo != "3 pieces of evidence" {
		t.Errorf("%d in the inbox, undo %q", box.Count, box.Head.Undo)
	}
	if undone := must(s.Undo(start.Open)); undone.Says != "Taken back: 3 pieces of evidence" {
		t.Errorf("says %q", undone.Says)
	}
	if box := must(s.Inbox(start.Open, 0, 0)); box.Count != before {
		t.Errorf("%d in the inbox", box.Count)
	}
	must(s.Redo(start.Open))
	if box := must(s.Inbox(start.Open, 0, 0)); box.Count != before+3 {
		t.Errorf("%d in the inbox, brought back", box.Count)
	}
}

func TestWhatIsDroppedOnAThreadOrOnItsWorkBelongsToTheThread(t *testing.T) {
	s, start := sample(t)
	for on, want := range map[string]string{"T3": "T3", "A4": "", "D1": "", "E1": ""} {
		thing := must(s.Things.Open(start.Open, on, 0))
		took := must(s.Passage(app.TakeAsk{Incident: start.Open, On: thing.Chip.ID, How: "drop"}, "03:22:01 ERROR handshake"))
		if want != "" && (took.On.Label != want || took.Says != took.Rows[0].Label+" on "+want) {
			t.Errorf("on %s: %q, on %+v", on, took.Says, took.On)
		}
		if took.On.ID != "" && took.On.Kind != "thread" {
			t.Errorf("on %s: it belongs to %+v", on, took.On)
		}
		if box := must(s.Inbox(start.Open, 0, 0)); (took.On.ID == "") != (len(box.Rows) > 0 && box.Rows[0].Chip.ID == took.Rows[0].ID) {
			t.Errorf("on %s: on %+v, and the inbox begins with %+v", on, took.On, box.Rows[:min(1, len(box.Rows))])
		}
	}
}

func TestTheSameFileSaysWhoseBytesItHas(t *testing.T) {
	s, start := sample(t)
	paths := filesOf(t, "same", "same")
	rows := must(s.Files(app.TakeAsk{Incident: start.Open, How: "drop"}, paths)).Rows
	if rows[0].Known != "" || rows[1].Known != rows[0].Label {
		t.Errorf("%+v", rows)
	}
}

func TestALinkIsTakenAsALinkAndTextAsText(t *testing.T) {
	s, start := sample(t)
	ask := app.TakeAsk{Incident: start.Open, How: "paste"}
	must(s.Passage(ask, "https://status.example.com/x\n"))
	if took := must(s.Passage(ask, "https://status.example.com/x says it is up")); took.Rows[0].Picture {
		t.Error("a text has a picture")
	}
	rows := must(s.Inbox(start.Open, 0, 0)).Rows
	if graph := rows[len(rows)-1]; graph.Sort != "graph" || !graph.Picture || rows[0].Picture {
		t.Errorf("only the graph of the sample has a picture, which was recorded without a format: %+v", rows)
	}
	if rows[1].URL != "https://status.example.com/x" || rows[0].URL != "" || rows[0].Text == "" {
		t.Errorf("%+v", rows[:2])
	}
	if _, err := s.Evidence.Picture(ask, "no base64!"); err == nil {
		t.Error("nonsense was taken as a picture")
	}
}

func TestProgressIsToldAndEnds(t *testing.T) {
	a := open(t, app.Options{Sample: true, As: "Ada"})
	s := a.Screens()
	incident := must(s.Start()).Open
	var told []app.Taking
	a.Tell(func(at app.Taking) { told = append(told, at) })
	must(s.Files(app.TakeAsk{Incident: incident, How: "drop"}, filesOf(t, "one", strings.Repeat("x", 1<<20))))
	if len(told) < 10 {
		t.Errorf("told %d times", len(told))
	}
	if diff := cmp.Diff(app.Taking{Done: 2, Of: 2, Name: "file"}, told[len(told)-1]); diff != "" {
		t.Errorf("at last (-want +got):\n%s", diff)
	}
}

func get(t *testing.T, a *app.App, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	app.SecurityHeaders(a.Pictures()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestPicturesReachThePageDrawnAnew(t *testing.T) {
	a := open(t, app.Options{Sample: true, As: "Ada"})
	s := a.Screens()
	incident := must(s.Start()).Open
	original := picture(t)
	id := must(s.Picture(app.TakeAsk{Incident: incident}, base64.StdEncoding.EncodeToString(original))).Rows[0].ID
	for _, form := range []string{"thumb", "picture", "thumb"} {
		w := get(t, a, "/evidence/"+incident+"/"+id+"/"+form)
		h := w.Header()
		if w.Code != http.StatusOK || !strings.HasPrefix(h.Get("Content-Type"), "image/") || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(h.Get("Cache-Control"), "private") || h.Get("ETag") == "" {
			t.Errorf("%s: %d %v", form, w.Code, h)
		}
		if w.Body.String() == string(original) {
			t.Errorf("%s is the original", form)
		}
	}
	text := must(s.Passage(app.TakeAsk{Incident: incident}, "<script>alert(1)</script>")).Rows[0].ID
	file := must(s.Files(app.TakeAsk{Incident: incident}, filesOf(t, "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"))).Rows[0].ID
	for _, path := range []string{
		"/evidence/" + incident + "/" + text + "/picture", "/evidence/" + incident + "/" + file + "/thumb",
		"/evidence/" + incident + "/" + id + "/original", "/evidence/" + incident + "/nobody/thumb",
		"/evidence/nobody/" + id + "/thumb", "/evidence/" + incident + "/C1/thumb", "/evidence/../../bearings.db", "/evidence/x",
	} {
		if w := get(t, a, path); w.Code == http.StatusOK {
			t.Errorf("%s: %d, %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestManyAskForOnePictureAtOnce(t *testing.T) {
	a := open(t, app.Options{Sample: true, As: "Ada"})
	s := a.Screens()
	incident := must(s.Start()).Open
	id := must(s.Picture(app.TakeAsk{Incident: incident}, base64.StdEncoding.EncodeToString(picture(t)))).Rows[0].ID
	var wg sync.WaitGroup
	bodies := make([]string, 16)
	for n := range bodies {
		wg.Go(func() { bodies[n] = get(t, a, "/evidence/"+incident+"/"+id+"/thumb").Body.String() })
	}
	wg.Wait()
	for n, b := range bodies {
		if b == "" || b != bodies[0] {
			t.Fatalf("%d got %d bytes, the first %d", n, len(b), len(bodies[0]))
		}
	}
}

func TestWhatTheWindowIsToldOfEvidenceIsJSON(t *testing.T) {
	s, start := sample(t)
	b, err := json.Marshal(must(s.Inbox(start.Open, 0, 0)))
	if err != nil || strings.Contains(string(b), "null") {
		t.Errorf("%s, %v", b, err)
	}
}
