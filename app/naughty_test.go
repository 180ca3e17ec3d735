package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/brief"
	"bearings/internal/exchange"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// harmless is what an incident says where others say something naughty.
const harmless = "plainly"

// naughty is the Big List of Naughty Strings and some of our own, a few at a
// time.
func naughty(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../e2e/testdata/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil || len(texts) < 400 {
		t.Fatalf("%d texts: %v", len(texts), err)
	}
	texts = append(texts, "../../x", `<img src=x onerror="alert(1)">`, "photo\u202egnp.exe", `{@html "x"}`, "a\tb\nc", `\\n\u0000`, "\x1b[2J")
	var several []string
	for chunk := range slices.Chunk(texts, 6) {
		several = append(several, strings.Join(chunk, " · "))
	}
	return several
}

// incidentOf imports an incident that says a text in every field of every kind
// of record, each time between two numbers that tell the field. It fails if
// what goes out again is not what came in.
func incidentOf(t *testing.T, ws *workspace.Workspace, id, text string) {
	t.Helper()
	numbers := map[string]int{}
	var file, again bytes.Buffer
	err := record.WriteFile(&file, incidenttest.Filled(id, func(do, field string) string {
		key := do + " " + field
		if numbers[key] == 0 {
			numbers[key] = len(numbers) + 1
		}
		return fmt.Sprintf("%d·%s·%d", numbers[key], text, numbers[key])
	}))
	if err != nil {
		t.Fatal(err)
	}
	came := file.String()
	if _, err := exchange.Import(ws, &file, exchange.Source{Name: id}, exchange.Options{Strict: true}, nil); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if err := exchange.ExportIncident(ws, id, &again); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if diff := cmp.Diff(unredacted(t, came), unredacted(t, again.String())); diff != "" {
		t.Errorf("%q: what goes out is not what came in: %s", text, diff)
	}
}

// unredacted are the lines of an incident file, without those of evidence that
// another line redacts.
func unredacted(t *testing.T, file string) []string {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(file), "\n")
	read := func(line string) (r struct {
		Do, ID   string
		Evidence any
	}) {
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	gone := map[any]bool{}
	for _, line := range lines {
		if r := read(line); r.Do == "evidence.redact" {
			gone[r.Evidence] = true
		}
	}
	return slices.DeleteFunc(lines, func(line string) bool { return gone[read(line).ID] })
}

// Every string of the list in every field of every kind of record: it is
// recorded, goes out and comes in, and every view and the command line show
// just that text where they show a harmless one. A kind that is new is among
// them by itself.
func TestNaughtyTextsAreShownAsTheyAre(t *testing.T) {
	around := t.TempDir()
	dir := filepath.Join(around, "a", "b", "ws")
	ws, err := workspace.Open(dir, workspace.Options{Owner: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	texts := append([]string{harmless}, naughty(t)...)
	for n, text := range texts {
		incidentOf(t, ws, fmt.Sprintf("i%03d", n), text)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, app.Options{Workspace: dir, As: "Ada"}).Screens()
	want := everyView(t, s, dir, "i000")
	wrong := map[string]bool{} // a view that is wrong is told once
	for n, text := range texts[1:] {
		got := everyView(t, s, dir, fmt.Sprintf("i%03d", n+1))
		for view := range want {
			compareShown(view, want[view], got[view], text, func(at string, want, got any) {
				if !wrong[at] {
					t.Errorf("%s: %q, want %q", at, got, want)
				}
				wrong[at] = true
			})
		}
	}
	everyFieldIsShown(t, want)
	nothingIsAround(t, around, dir)
}

// nothingIsAround fails if a file was written beside a workspace rather than
// in it.
func nothingIsAround(t *testing.T, around, dir string) {
	t.Helper()
	err := filepath.WalkDir(around, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == dir:
			return fs.SkipDir
		case !d.IsDir():
			t.Errorf("%s was written outside the workspace", path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// everyFieldIsShown fails where a text that was recorded is in no view.
func everyFieldIsShown(t *testing.T, views map[string]any) {
	t.Helper()
	all := string(must(json.Marshal(views)))
	asked := map[string]bool{}
	incidenttest.Filled("x", func(do, field string) string {
		if key := do + " " + field; !asked[key] {
			asked[key] = true
			if text := fmt.Sprintf("%d·%s·%[1]d", len(asked), harmless); !strings.Contains(all, text) {
				t.Errorf("%s is shown nowhere", key)
			}
		}
		return "x"
	})
}

// everyView is all that the window and the command line show of an incident,
// by the name of the view, as values of JSON.
func everyView(t *testing.T, s app.Screens, dir, id string) map[string]any {
	t.Helper()
	all := map[string]any{}
	show := func(name string) func(view any, err error) {
		return func(view any, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s of %s: %v", name, id, err)
			}
			text := bytes.ReplaceAll(must(json.Marshal(view)), []byte(id), []byte("ID"))
			text = bytes.ReplaceAll(text, []byte(strings.ToUpper(id)), []byte("ID"))
			var value any
			if err := json.Unmarshal(text, &value); err != nil {
				t.Fatal(err)
			}
			views, _ := all[name].([]any)
			all[name] = append(views, value)
		}
	}
	show("cockpit")(s.Cockpit(id, 0))
	show("claims")(s.Claims.All(id, app.ClaimFilter{}, 0))
	show("threads")(s.Claims.Threads(id, 0))
	show("decisions")(s.Decisions.All(id, 0))
	show("updates")(s.Updates.All(id, 0))
	show("people")(s.People.All(id, "", 0))
	show("inbox")(s.Inbox(id, 100, 0))
	show("timeline")(s.Show(id, 0))
	show("entries")(s.Entries(id, 0, app.Filter{}, "", 500))
	show("review")(s.Review(id, 0))
	show("round")(s.Round(id, 0))
	for n := range incidenttest.Filled(id, func(string, string) string { return harmless }) {
		show("thing")(s.Open(id, fmt.Sprintf("f%d", n+1), 0))
	}
	for _, c := range must(s.Names(id, 0)) {
		show("history")(s.History(id, c.ID, 0))
		switch c.Kind {
		case "claim":
			show("blast")(s.Blast(id, c.ID, 0))
			show("tree under")(s.Tree(id, c.ID, "under", 0, 0))
			show("tree over")(s.Tree(id, c.ID, "over", 0, 0))
			show("graph")(s.Graph(id, c.ID, 0))
			for _, side := range []string{"for", "against", "neutral"} {
				show("proofs")(s.Proofs(id, c.ID, side, 0, 0))
			}
		case "evidence":
			show("viewer")(s.Look(id, c.ID, "", 0))
		}
	}
	// A brief makes sentences of texts, and leaves out what has no room: its
	// own tests compare them. Here it has to be there at all.
	for _, reader := range []app.Reader{app.ReaderJoining, app.ReaderLead, app.ReaderLeadership} {
		must(s.Write(id, app.BriefAsk{Reader: reader, Length: app.Length(brief.Full)}, 0))
	}
	asOf := now.Format(time.RFC3339) // what is shown of now tells how long it has lasted
	var answer any
	bearings(t, &answer, "show", id, "--json", "--as-of", asOf, "--workspace", dir)
	show("show --json")(answer, nil)
	show("show")(strings.Split(bearingsText(t, "show", id, "--as-of", asOf, "--workspace", dir), "\n"), nil)
	return all
}

// compareShown compares what is shown of a harmless text with what is shown of
// another.
func compareShown(at string, want, got any, text string, differ func(at string, want, got any)) {
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for key := range w {
			if key == "caret" {
				compareShown(at+".after the caret", afterCaret(w), afterCaret(g), text, differ)
				continue
			}
			compareShown(at+"."+key, w[key], g[key], text, differ)
		}
		if len(g) != len(w) {
			differ(at, w, got)
		}
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			differ(at, w, got)
			return
		}
		for n := range w {
			compareShown(at+"[]", w[n], g[n], text, differ)
		}
	case string:
		g, ok := got.(string)
		if w = strings.ReplaceAll(w, harmless, text); !ok || !shownAs(at, w, g) {
			differ(at, w, got)
		}
	default:
		if want != got {
			differ(at, want, got)
		}
	}
}

// afterCaret is how much of a line that is begun stands after its caret, in
// UTF-16 units: the same, whatever texts stand before it.
func afterCaret(begun map[string]any) any {
	for _, key := range []string{"line", "correct", "stop"} {
		line, isLine := begun[key].(string)
		caret, isCaret := begun["caret"].(float64)
		if isLine && isCaret && caret > 0 {
			return len(utf16.Encode([]rune(line))) - int(caret)
		}
	}
	return begun["caret"]
}

// shownAs reports whether a place shows a text as it should: as it is, but for
// the few places that have one line for it or little room.
func shownAs(at, text, shown string) bool {
	switch at {
	case "show[][]", "round[].rows[].line":
		return squeezed(text) == squeezed(shown)
	case "updates[].pieces[].text": // a line would read @name as a person
		return squeezed(strings.ReplaceAll(text, " @", " ")) == squeezed(shown)
	case "people[].people[].doing":
		begin, isCut := strings.CutSuffix(shown, "…")
		return text == shown || isCut && strings.HasPrefix(text, begin)
	}
	return text == shown
}

// squeezed is a text without white space and what moves a cursor.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}
