package brief_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"bearings/internal/brief"
)

// markdown reads Markdown as GitHub does, with its tables, tasks and links.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM))

// readMarkdown lists what a brief in Markdown shows where it is rendered: its
// sentences, and the titles of its sections. It fails where anything became
// more than headings, lists, paragraphs, and links that say where they lead.
func readMarkdown(t failer, b *brief.Brief) (sentences, titles []string) {
	var out bytes.Buffer
	if err := markdown.Convert([]byte(brief.Markdown(b)), &out); err != nil {
		t.Fatalf("%v", err)
	}
	root, err := html.Parse(&out)
	if err != nil {
		t.Fatalf("%v", err)
	}
	elements := strings.Fields("html head body h1 h2 ul li p a")
	for n := range root.Descendants() {
		switch {
		case n.Type == html.CommentNode || n.Type == html.ElementNode && !slices.Contains(elements, n.Data):
			t.Fatalf("Markdown shows %q in %s", n.Data, brief.Markdown(b))
		case n.Type != html.ElementNode:
		case n.Data == "a" && n.Attr[0].Val == "" || n.Data != "a" && len(n.Attr) > 0:
			t.Fatalf("%s has %v", n.Data, n.Attr)
		case n.Data == "h2":
			titles = append(titles, textOf(n))
		case n.Data == "li" || n.Data == "p" && n.Parent.Data == "body":
			sentences = append(sentences, strings.TrimSuffix(textOf(n), "\n"))
		}
	}
	return sentences, titles
}

func TestMarkdownSaysTheSentencesWhereItIsRendered(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		var want, titles []string
		for _, s := range x.brief.Sections {
			if s.Title != "" && (len(s.Sentences) > 0 || s.More > 0) {
				titles = append(titles, s.Title)
			}
		}
		want = spoken(x.brief)
		sentences, headings := readMarkdown(t, x.brief)
		if diff := gocmp.Diff(titles, headings); diff != "" {
			t.Fatal(diff)
		}
		if diff := gocmp.Diff(want, sentences); diff != "" {
			t.Fatal(diff)
		}
	})
}
