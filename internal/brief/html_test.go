package brief_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
)

// What holds of every brief holds of its page: it says the sentences, and
// nothing that somebody typed becomes more than text.

func TestAPageSaysTheSentences(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		if diff := gocmp.Diff(spoken(x.brief), readPage(t, x.brief, nil).lines); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAPageNamesTheSourcesOfEverySentence(t *testing.T) {
	eachTelling(t, 300, func(t *rapid.T, x *telling) {
		want := 0
		for _, s := range x.brief.Sections {
			for _, sentence := range s.Sentences {
				want += len(sentence.Sources)
			}
		}
		p := readPage(t, x.brief, nil)
		if len(p.links) != want {
			t.Fatalf("%d links to sources, of %d", len(p.links), want)
		}
		for _, to := range p.links {
			if !slices.Contains(p.ids, strings.TrimPrefix(to, "#")) {
				t.Fatalf("%s leads nowhere", to)
			}
		}
		if slices.Sort(p.ids); len(slices.Compact(slices.Clone(p.ids))) != len(p.ids) {
			t.Fatalf("an id twice: %v", p.ids)
		}
	})
}

// Every naughty string in every field of every kind of record: what comes out
// is that text in each format, and the page has no element or attribute that a
// page of harmless texts has not.
func TestNaughtyTextsStayTextInEveryFormat(t *testing.T) {
	for i, text := range naughty(t) {
		records := incidenttest.Filled("told", func(string, string) string { return text })
		whole := gather(records)
		now := whole.At(end(records))
		holdText(t, text, brief.Write(now, nil, brief.Options{Length: brief.Full, Reader: text}))
		switch i % 9 { // the others put the same words in other places
		case 0:
			holdText(t, text, brief.Write(now, nil, brief.Options{Handover: true, Reader: text}))
		case 3:
			holdText(t, text, brief.Write(now, nil, brief.Options{Leadership: true, Reader: text}))
		case 6:
			holdText(t, text, brief.Write(now, whole.AsOf(start).At(start), brief.Options{Since: start, Reader: text}))
		}
	}
}

func holdText(t *testing.T, text string, b *brief.Brief) {
	t.Helper()
	want := spoken(b)
	p := readPage(t, b, nil) // fails for elements that a page hasn't
	if diff := gocmp.Diff(want, p.lines); diff != "" {
		t.Errorf("%q in HTML: %s", text, diff)
	}
	sentences, _ := readMarkdown(t, b) // so does this
	if diff := gocmp.Diff(want, sentences); diff != "" {
		t.Errorf("%q in Markdown: %s", text, diff)
	}
	plain := strings.Split(brief.Text(b), "\n")
	for _, line := range want {
		if !slices.Contains(plain, line) {
			t.Errorf("%q: text lacks %q", text, line)
		}
	}
	if diff := gocmp.Diff(want, spoken(readJSON(t, b))); diff != "" {
		t.Errorf("%q in JSON: %s", text, diff)
	}
	for name, format := range formats(t, b) {
		if i := strings.IndexFunc(format, steersIn(name)); i >= 0 {
			t.Errorf("%q: %s has %q", text, name, format[max(0, i-20):i+4])
		}
	}
}

// naughty reads the big list of naughty strings, without those that are
// nothing at all: a record refuses these.
func naughty(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../../e2e/testdata/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	texts = slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(brief.Line(s, 9)) == "" })
	if len(texts) < 400 {
		t.Fatalf("only %d texts", len(texts))
	}
	return append(texts, `</style><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{.Policy}}`, `-->`, `]]>`)
}

func TestAPageShowsFewAndSmallPicturesOfWhatCounts(t *testing.T) {
	now := read(t,
		`{"do":"claim.make","id":"c","text":"it fails"}`,
		`{"do":"evidence.add","kind":"graph","id":"e1","claims":{"c":"supports"},"title":"shown"}`,
		`{"do":"evidence.add","kind":"graph","id":"e2","title":"not in the brief"}`,
		`{"do":"evidence.add","kind":"graph","id":"e3","claims":{"c":"supports"},"title":"gone"}`,
		`{"do":"evidence.strike","evidence":"e3","why":"wrong"}`,
		`{"do":"note.add","text":"hello"}`,
	)
	b := brief.Write(now, nil, brief.Options{Length: brief.Full})
	picture := func(id, kind string, size int) brief.Picture {
		return brief.Picture{Evidence: id, Type: kind, Data: bytes.Repeat([]byte{7}, size)}
	}
	for name, test := range map[string]struct {
		given []brief.Picture
		want  int
	}{
		"one that is a source":             {[]brief.Picture{picture("e1", "image/png", 9)}, 1},
		"one that is struck":               {[]brief.Picture{picture("e3", "image/png", 9)}, 0},
		"one that is no picture of ours":   {[]brief.Picture{picture("e1", "image/svg+xml", 9)}, 0},
		"one that is too large":            {[]brief.Picture{picture("e1", "image/png", brief.MostPicture+1)}, 0},
		"one of something that is unknown": {[]brief.Picture{picture("e9", "image/png", 9)}, 0},
	} {
		p := readPage(t, b, test.given)
		if len(p.pictures) != test.want {
			t.Errorf("%s: %d pictures", name, len(p.pictures))
		}
	}
	many := make([]brief.Picture, 99)
	for i := range many {
		many[i] = picture("e1", "image/jpeg", brief.MostPicture)
	}
	shown, bytes := readPage(t, b, many).pictures, 0
	for _, src := range shown {
		data, err := base64.StdEncoding.DecodeString(src[strings.IndexByte(src, ',')+1:])
		if err != nil {
			t.Fatal(err)
		}
		bytes += len(data)
	}
	if len(shown) == 0 || len(shown) > brief.MostPictures || bytes > brief.MostPicturesBytes {
		t.Errorf("%d pictures of %d bytes", len(shown), bytes)
	}
}

func TestABriefForLeadershipSaysTheSameInAnotherOrder(t *testing.T) {
	eachTelling(t, 300, func(t *rapid.T, x *telling) {
		if x.options.Handover || x.since != nil {
			return
		}
		usual := spoken(x.brief)
		x.options.Leadership = true
		x.write()
		other := spoken(x.brief)
		var ids []string
		for _, s := range x.brief.Sections {
			ids = append(ids, s.ID)
		}
		order := strings.Fields("header situation known aim comms decisions dont who help assuming ruled_out in_flight needs if_then timeline foot")
		if !slices.IsSortedFunc(ids, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }) {
			t.Fatalf("sections %v", ids)
		}
		slices.Sort(usual)
		slices.Sort(other)
		if diff := gocmp.Diff(usual, other); diff != "" {
			t.Fatal(diff)
		}
	})
}

// spoken lists what a brief says: its sentences, and how many more there are.
func spoken(b *brief.Brief) []string {
	var said []string
	for _, s := range b.Sections {
		for _, sentence := range s.Sentences {
			said = append(said, sentence.Text)
		}
		if s.More > 0 && s.ID != "header" && s.ID != "foot" {
			said = append(said, fmt.Sprintf("+%d more", s.More))
		}
	}
	return said
}

type readingOfAPage struct {
	lines    []string // sentences, the headline put back to its own
	links    []string
	ids      []string
	pictures []string
}

// The elements and attributes that a page consists of.
var (
	elements = strings.Fields("html head meta title style body svg defs symbol circle path use main header p b span time h1 h2 bdi small a div section ul ol li footer figure img figcaption")
	inert    = strings.Fields("lang charset name content http-equiv class width height aria-hidden focusable id viewBox cx cy r fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin d dir datetime aria-labelledby alt")
)

// readPage reads a page as a browser does, and fails where it has anything
// that a page should not have.
func readPage(t failer, b *brief.Brief, pictures []brief.Picture) *readingOfAPage {
	page, err := brief.HTML(b, pictures, brief.Roomy)
	if err != nil {
		t.Fatalf("%v", err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatalf("%v", err)
	}
	r := &readingOfAPage{}
	headline := ""
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			t.Fatalf("a comment: %q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(elements, n.Data) {
			t.Fatalf("an element %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				if n.Data == "a" {
					r.links = append(r.links, a.Val)
				}
			case a.Key == "src" && strings.HasPrefix(a.Val, "data:image/") && n.Data == "img":
				r.pictures = append(r.pictures, a.Val)
			case a.Key == "id" && n.Data != "symbol":
				r.ids = append(r.ids, a.Val)
			case !slices.Contains(inert, a.Key):
				t.Fatalf("%s has %s=%q", n.Data, a.Key, a.Val)
			}
		}
		switch text := textOf(n); {
		case within(n.Parent, "section", "sources") || within(n.Parent, "section", "pictures"):
		case n.Data == "h1" && strings.HasSuffix(text, ":"):
			headline = text + " "
		case n.Data == "p" && !hasClass(n, "eyebrow"):
			r.lines = append(r.lines, headline+text)
			headline = ""
		case n.Data == "li" && hasClass(n, "more"):
			r.lines = append(r.lines, text)
		}
	}
	if header := b.Sections[0].Sentences; len(header) > 1 && r.lines[0] == header[1].Text { // the headline comes first
		r.lines[0], r.lines[1] = r.lines[1], r.lines[0]
	}
	return r
}

// textOf is what an element says, without the names of sources beside it.
func textOf(n *html.Node) string {
	var out strings.Builder
	var add func(n *html.Node)
	add = func(n *html.Node) {
		if hasClass(n, "from") {
			return
		}
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			add(c)
		}
	}
	add(n)
	return out.String()
}

func hasClass(n *html.Node, class string) bool {
	for _, a := range n.Attr {
		if a.Key == "class" && slices.Contains(strings.Fields(a.Val), class) {
			return true
		}
	}
	return false
}

func within(n *html.Node, element, class string) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == element && hasClass(n, class) {
			return true
		}
	}
	return false
}

// JSON tells what the brief holds: sentences, their sources, words and
// buckets, and what was left out.
func TestJSONTellsTheWholeBrief(t *testing.T) {
	eachTelling(t, 200, func(t *rapid.T, x *telling) {
		back := readJSON(t, x.brief)
		if diff := gocmp.Diff(spoken(x.brief), spoken(back)); diff != "" {
			t.Fatal(diff)
		}
		holdWords(t, back)
		for i, s := range x.brief.Sections {
			for j, sentence := range s.Sentences {
				if got := back.Sections[i].Sentences[j]; got.Bucket != sentence.Bucket || !slices.Equal(got.Sources, sentence.Sources) {
					t.Fatalf("%+v came back as %+v", sentence, got)
				}
			}
		}
		if !maps.Equal(x.brief.LeftOut, back.LeftOut) {
			t.Fatalf("left out %v came back as %v", x.brief.LeftOut, back.LeftOut)
		}
	})
}

func readJSON(t failer, b *brief.Brief) *brief.Brief {
	data, err := brief.JSON(b)
	if err != nil {
		t.Fatalf("%v", err)
	}
	back := &brief.Brief{}
	if err := json.Unmarshal(data, back); err != nil {
		t.Fatalf("%v", err)
	}
	return back
}

func TestAnEmptyIncidentMakesAPage(t *testing.T) {
	b := brief.Write(incident.New("none").At(time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)), nil, brief.Options{})
	if diff := gocmp.Diff(spoken(b), readPage(t, b, nil).lines); diff != "" {
		t.Error(diff)
	}
}
