package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// shelf is a workspace with an incident, a claim, and evidence put into it.
type shelf struct {
	t        *testing.T
	dir      string
	ws       *workspace.Workspace
	incident string
	claim    string
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, dir: t.TempDir()}
	s.ws = must(workspace.Open(s.dir, workspace.Options{Now: func() time.Time { return now }, Owner: "Ada"}))
	kept := must(s.ws.Record("", &record.Record{By: "Ada", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Payments fail")}}))
	s.incident = kept[0].Incident
	kept = must(s.ws.Record(s.incident, &record.Record{By: "Ada", Do: "claim.make", Fields: []record.Field{record.TextField("text", "It is the gateway")}}))
	s.claim = kept[0].ID
	return s
}

// put records evidence from the members of its JSON, linked to the claim.
func (s *shelf) put(members string) string {
	s.t.Helper()
	fields := must(record.ParseFields([]byte(`{"claims":{"` + s.claim + `":"supports"},` + members + `}`)))
	return must(s.ws.Record(s.incident, &record.Record{By: "Ada", Do: "evidence.add", Fields: fields}))[0].ID
}

func (s *shelf) file(kind, name string, data []byte) string {
	s.t.Helper()
	sum, size, err := s.ws.PutBlob(bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	return s.put(fmt.Sprintf(`"kind":%q,"title":"What %s shows","file":%q,"sha256":%q,"bytes":%d`, kind, name, name, sum, size))
}

// open lets go of the workspace, and opens the window's side of it.
func (s *shelf) open() app.Screens {
	s.t.Helper()
	if err := s.ws.Close(); err != nil {
		s.t.Fatal(err)
	}
	return open(s.t, app.Options{Workspace: s.dir, As: "Ada"}).Screens()
}

// spotted is a PNG of one colour with a spot of another at (10, 10).
func spotted(t *testing.T) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 120, 80))
	for y := range 80 {
		for x := range 120 {
			m.Set(x, y, color.NRGBA{R: 200, G: 210, B: 220, A: 255})
		}
	}
	m.Set(10, 10, color.NRGBA{R: 255, A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEvidenceIsShownAsWhatItIs(t *testing.T) {
	s := newShelf(t)
	shot := s.file("screenshot", "graph.png", spotted(t))
	page := s.file("document", "page.png", []byte("<!doctype html><html><script>alert(1)</script></html>"))
	blob := s.file("document", "dump.bin", []byte{0, 1, 2, 3, 0xff, 0xfe, 0})
	typed := s.put(`"kind":"log","text":"one\ntwo"`)
	link := s.put(`"kind":"change","url":"https://example.com/deploy/7"`)
	word := s.put(`"kind":"statement","title":"They say it is slow"`)
	screens := s.open()

	for _, c := range []struct{ id, shows string }{
		{shot, "picture"}, {page, "text"}, {blob, "nothing"}, {typed, "text"}, {link, "link"}, {word, "nothing"},
	} {
		v := must(screens.Look(s.incident, c.id, "", 0))
		if v.Shows != c.shows {
			t.Errorf("%s shows %q, want %q (%s)", v.Chip.Name, v.Shows, c.shows, v.Refusal)
		}
		if (v.Shows == "nothing") != (v.Refusal != "") {
			t.Errorf("%s shows %q and says %q", v.Chip.Name, v.Shows, v.Refusal)
		}
	}
	v := must(screens.Look(s.incident, shot, "", 0))
	if v.Width != 120 || v.Height != 80 || v.Format != "png" || !v.Here || v.Device == "" {
		t.Errorf("what is known of the picture is %+v", v)
	}
	names := []string{}
	for _, fact := range v.Facts {
		names = append(names, fact.Name)
		if fact.Name == "By content" && fact.Text != "PNG picture, 120 × 80" {
			t.Errorf("by its content it is %q", fact.Text)
		}
	}
	if want := []string{"On", "File", "By content", "Size", "SHA-256"}; !cmp.Equal(want, names) {
		t.Errorf("the facts of its file are %v, want %v", names, want)
	}
	if want := []app.LinkRow{{Chip: v.Links[0].Chip, Relation: "supports", By: "Ada", At: now.UnixMilli()}}; !cmp.Equal(want, v.Links) || v.Links[0].Chip.ID != s.claim {
		t.Errorf("linked to %+v", v.Links)
	}
}

func TestAFileThatIsNotHereYetIsSaidSo(t *testing.T) {
	s := newShelf(t)
	sum := strings.Repeat("ab", 32)
	id := s.put(`"kind":"screenshot","title":"Elsewhere","sha256":"` + sum + `","bytes":12`)
	v := must(s.open().Look(s.incident, id, "", 0))
	if v.Shows != "nothing" || v.Here || !strings.Contains(v.Refusal, "not on this machine yet") {
		t.Errorf("shows %q, says %q", v.Shows, v.Refusal)
	}
}

func TestOneWalksAlongTheEvidenceOfAClaimOrOfAll(t *testing.T) {
	s := newShelf(t)
	a := s.put(`"kind":"log","title":"a"`)
	fields := must(record.ParseFields([]byte(`{"kind":"log","title":"b"}`)))
	b := must(s.ws.Record(s.incident, &record.Record{By: "Ada", Do: "evidence.add", Fields: fields}))[0].ID
	c := s.put(`"kind":"log","title":"c"`)
	screens := s.open()

	all := must(screens.Look(s.incident, b, "", 0))
	if all.Place != 2 || all.Of != 3 || all.Previous.ID != a || all.Next.ID != c {
		t.Errorf("among all: %d of %d", all.Place, all.Of)
	}
	within := must(screens.Look(s.incident, a, s.claim, 0))
	if within.Place != 1 || within.Of != 2 || within.Previous != nil || within.Next.ID != c {
		t.Errorf("of the claim: %d of %d", within.Place, within.Of)
	}
	if beside := must(screens.Look(s.incident, b, s.claim, 0)); beside.Of != 3 {
		t.Errorf("what is not of the claim is one of %d, want 3", beside.Of)
	}
}

func TestATextIsReadPageByPageAndSearched(t *testing.T) {
	var log strings.Builder
	for n := range 5000 {
		fmt.Fprintf(&log, "02:14:%02d line %d\n", n%60, n)
	}
	s := newShelf(t)
	id := s.file("log", "app.log", []byte(log.String()))
	screens := s.open()

	page := must(screens.Lines(s.incident, id, 4990, 200, 0))
	if page.Count != 5000 || len(page.Lines) != 10 || page.Lines[9].Text != "02:14:19 line 4999" {
		t.Errorf("the last page has %d of %d lines: %+v", len(page.Lines), page.Count, page.Lines)
	}
	found := must(screens.FindLines(s.incident, id, "LINE 499", 0))
	if want := []int{499, 4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999}; !cmp.Equal(want, found.Lines) || found.More {
		t.Errorf("found on %v", found.Lines)
	}
	if many := must(screens.FindLines(s.incident, id, "line", 0)); len(many.Lines) != 5000 {
		t.Errorf("found on %d lines, want all", len(many.Lines))
	}
}

func TestAnExcerptIsEvidenceOfItsOwnWithTheSameLinks(t *testing.T) {
	s := newShelf(t)
	id := s.file("log", "app.log", []byte("12:00:00 a\n12:00:01 b\n12:00:02 c\n12:00:03 d\n"))
	screens := s.open()
	sent := must(screens.Excerpt(s.incident, id, 1, 2))

	v := must(screens.Look(s.incident, sent.Open, "", 0))
	if v.CopyOf == nil || v.CopyOf.ID != id || v.Part != "cropped" || v.Sort != "log" || len(v.Links) != 1 {
		t.Errorf("the excerpt is %+v", v)
	}
	lines := must(screens.Lines(s.incident, sent.Open, 0, 10, 0))
	if want := []app.LineView{{Text: "12:00:01 b"}, {Text: "12:00:02 c"}}; !cmp.Equal(want, lines.Lines) || lines.Count != 2 {
		t.Errorf("it says %+v", lines)
	}
	if back := must(screens.Look(s.incident, id, "", 0)); len(back.Copies) != 1 || back.Copies[0].Chip.ID != sent.Open {
		t.Errorf("the original names its copies %+v", back.Copies)
	}
	if _, err := screens.Excerpt(s.incident, id, 0, 9999); err == nil {
		t.Error("an excerpt of ten thousand lines is not refused")
	}
}

func TestMarksAndCropsAreCopies(t *testing.T) {
	s := newShelf(t)
	id := s.file("screenshot", "graph.png", spotted(t))
	screens := s.open()
	arrow := app.MarkView{Arrow: true, From: app.PointView{X: 90, Y: 60}, To: app.PointView{X: 15, Y: 15}}
	marked := must(screens.Mark(s.incident, id, []app.MarkView{arrow, {From: app.PointView{X: 30, Y: 30}, To: app.PointView{X: 60, Y: 50}}}))
	cropped := must(screens.Crop(s.incident, id, app.BoxView{X: 5, Y: 6, W: 40, H: 30}))

	m := must(screens.Look(s.incident, marked.Open, "", 0))
	if m.Part != "marked" || m.CopyOf.ID != id || m.Width != 120 || m.Height != 80 || m.File != "graph-marked.png" || len(m.Links) != 1 {
		t.Errorf("the marked copy is %+v", m)
	}
	c := must(screens.Look(s.incident, cropped.Open, "", 0))
	if c.Part != "cropped" || c.Width != 40 || c.Height != 30 {
		t.Errorf("the cropped copy is %+v", c)
	}
	o := must(screens.Look(s.incident, id, "", 0))
	if o.Shows != "picture" || len(o.Copies) != 2 {
		t.Errorf("the original is %+v", o)
	}
	if _, err := screens.Crop(s.incident, id, app.BoxView{X: 500, Y: 500, W: 3, H: 3}); err == nil {
		t.Error("a crop beside the picture is not refused")
	}
}

func TestCopiesKnowEachOtherAndWhatToBeComparedWith(t *testing.T) {
	s := newShelf(t)
	id := s.file("screenshot", "graph.png", spotted(t))
	word := s.put(`"kind":"statement","title":"It is slow"`)
	screens := s.open()
	marked := must(screens.Mark(s.incident, id, []app.MarkView{{To: app.PointView{X: 30, Y: 30}}})).Open
	cropped := must(screens.Crop(s.incident, marked, app.BoxView{X: 5, Y: 6, W: 40, H: 30})).Open

	for one, others := range map[string][]string{id: {marked, cropped}, marked: {id, cropped}, cropped: {id, marked}, word: nil} {
		v := must(screens.Look(s.incident, one, "", 0))
		var got []string
		for _, chip := range v.Kin {
			got = append(got, chip.ID)
		}
		if !cmp.Equal(others, got) {
			t.Errorf("%s is of one origin with %v, want %v", v.Chip.Label, got, others)
		}
	}
	if v := must(screens.Look(s.incident, id, "", 0)); v.Beside == nil || v.Beside.ID != marked {
		t.Errorf("a picture is compared with %+v, want the next picture", v.Beside)
	}
	must(screens.RedactAll(s.incident, id, app.RedactAsk{}))
	if v := must(screens.Look(s.incident, marked, "", 0)); len(v.Kin) != 1 || v.Kin[0].ID != cropped {
		t.Errorf("after the original is redacted, %+v show the same", v.Kin)
	}
}

func TestWhatIsChangedIsKnownAndNothingElse(t *testing.T) {
	s := newShelf(t)
	id := s.put(`"kind":"screenshot","title":"graph","observed":"2026-11-22T01:02:03Z"`)
	screens := s.open()
	change := app.EvidenceChange{Title: "Error rate of the gateway", Sort: "graph", Grade: "direct", Origin: "grafana", SaidBy: "Priya"}
	must(screens.Change(s.incident, id, change))
	v := must(screens.Look(s.incident, id, "", 0))
	got := app.EvidenceChange{Title: v.Title, Sort: v.Sort, Grade: v.Grade, Origin: v.Origin, SaidBy: v.SaidBy}
	if diff := cmp.Diff(change, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC).UnixMilli(); v.Observed != want {
		t.Errorf("observed moved to %d", v.Observed)
	}
	before := v.Head.Records
	if sent := must(screens.Change(s.incident, id, change)); len(sent.IDs) != 0 {
		t.Errorf("recorded %v for no change", sent.IDs)
	}
	change.Observed = time.Date(2026, 11, 22, 1, 5, 0, 0, time.UTC).UnixMilli()
	must(screens.Change(s.incident, id, change))
	if v := must(screens.Look(s.incident, id, "", 0)); v.Observed != change.Observed || v.Head.Records != before+1 {
		t.Errorf("observed at %d, %d records after %d", v.Observed, v.Head.Records, before)
	}
}

// Each field of the form of an evidence can be typed as well: the line and the
// form come to the same.
func TestWhatTheFormOfAnEvidenceSaysCanBeTyped(t *testing.T) {
	known := `"kind":"graph","title":"graph","grade":"direct","origin":"grafana","said_by":"Priya","observed":"2026-11-22T01:02:00Z"`
	same := app.EvidenceChange{Title: "graph", Sort: "graph", Grade: "direct", Origin: "grafana", SaidBy: "Priya"}
	for line, change := range map[string]func(c *app.EvidenceChange){
		"/describe %s log":                   func(c *app.EvidenceChange) { c.Sort = "log" },
		"/describe %s Errors of the gateway": func(c *app.EvidenceChange) { c.Title = "Errors of the gateway" },
		"/describe %s grade: second-hand":    func(c *app.EvidenceChange) { c.Grade = "second_hand" },
		"/describe %s grade: -":              func(c *app.EvidenceChange) { c.Grade = "" },
		"/describe %s origin: the log":       func(c *app.EvidenceChange) { c.Origin = "the log" },
		"/describe %s origin: - said: -":     func(c *app.EvidenceChange) { c.Origin, c.SaidBy = "", "" },
		"/describe %s seen 2026-11-20 23:05": func(c *app.EvidenceChange) {
			c.Observed = time.Date(2026, 11, 20, 23, 5, 0, 0, now.Location()).UnixMilli()
		},
		"/file %s":       func(c *app.EvidenceChange) { c.Filed = true },
		"/file %s on T1": func(c *app.EvidenceChange) { c.Thread = "thread" },
	} {
		s := newShelf(t)
		thread := must(s.ws.Record(s.incident, &record.Record{By: "Ada", Do: "thread.open", Fields: []record.Field{record.TextField("title", "Gateway")}}))[0].ID
		changed, told := s.put(known), s.put(known)
		screens := s.open()
		c := same
		if change(&c); c.Thread != "" {
			c.Thread = thread
		}
		must(screens.Change(s.incident, changed, c))
		say(t, screens, s.incident, "", fmt.Sprintf(line, must(screens.Look(s.incident, told, "", 0)).Chip.Label))
		var views [2]app.EvidenceChange
		for n, id := range []string{changed, told} {
			v := must(screens.Look(s.incident, id, "", 0))
			views[n] = app.EvidenceChange{Title: v.Title, Sort: v.Sort, Grade: v.Grade, Origin: v.Origin, SaidBy: v.SaidBy, Observed: v.Observed, Filed: v.Filed}
			if v.Thread != nil {
				views[n].Thread = v.Thread.ID
			}
		}
		if diff := cmp.Diff(views[0], views[1]); diff != "" {
			t.Errorf("%s (-form +line):\n%s", line, diff)
		}
	}
}

func TestALinkSaysWhereItLeadsAndWhatIsOdd(t *testing.T) {
	for _, c := range []struct {
		link, host string
		opens      bool
		says       string // part of a warning; empty for none
	}{
		{"https://grafana.example.com/d/1?var=a", "grafana.example.com", true, ""},
		{"http://example.com", "example.com", true, "not encrypted"},
		{"https://paypal.com@evil.example/", "evil.example", true, "leads to evil.example"},
		{"https://xn--pypal-4ve.com/", "xn--pypal-4ve.com", true, "letters beyond a to z: pаypal.com"},
		{"https://pаypal.com/", "pаypal.com", true, "looked up as xn--pypal-4ve.com"},
		{"https://10.0.0.7/admin", "10.0.0.7", true, "a number"},
		{"https://example.com:8443/", "example.com:8443", true, "port 8443"},
		{"https://wiki/page", "wiki", true, "no domain"},
		{"https://example.com/\u202Egpj.exe", "example.com", true, "cannot be seen"},
		{"mailto:ops@example.com", "ops@example.com", true, ""},
		{"javascript:alert(1)", "Not a web or mail address", false, "not opened"},
		{"file:///etc/passwd", "Not a web or mail address", false, "not opened"},
		{"https:///path", "No host", false, "no host"},
		{"%%%", "Not a web or mail address", false, "not opened"},
	} {
		v := app.LinkOf(c.link)
		if v.Host != c.host || v.Opens != c.opens {
			t.Errorf("%q leads to %q, opens %t", c.link, v.Host, v.Opens)
		}
		if said := strings.Join(v.Warnings, " "); !strings.Contains(said, c.says) || (c.says == "") != (said == "") {
			t.Errorf("%q: said %q, want %q", c.link, said, c.says)
		}
		if strings.ContainsFunc(v.URL, func(r rune) bool { return r == '\u202e' }) {
			t.Errorf("%q is shown with what turns it round", c.link)
		}
		if _, err := app.Outside(c.link); (err == nil) != c.opens {
			t.Errorf("%q: %v", c.link, err)
		}
	}
}

func TestALinkIsOpenedInAFormThatTheSystemTakes(t *testing.T) {
	for link, want := range map[string]string{
		"https://example.com/a?x={b}&y=(c)~$d;e": "https://example.com/a?x=%7Bb%7D&y=%28c%29%7E%24d%3Be",
		"https://pаypal.com/":                    "https://xn--pypal-4ve.com/",
		"https://example.com/ä?q=ö":              "https://example.com/%C3%A4?q=%C3%B6",
		"mailto:ops@example.com":                 "mailto:ops@example.com",
	} {
		if got, err := app.Outside(link); got != want || err != nil {
			t.Errorf("%q is opened as %q (%v), want %q", link, got, err, want)
		}
	}
	if got, err := app.Outside("https://[::1]/"); err == nil {
		t.Errorf("an address that the system does not take is opened as %q", got)
	}
}
