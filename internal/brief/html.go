package brief

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's template, its style and its font
	"encoding/base64"
	"html/template"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Picture is a small picture of an evidence, drawn anew: no byte of what
// somebody gave is in it.
type Picture struct {
	Evidence string // id of the evidence
	Type     string // image/png or image/jpeg
	Data     []byte
	Width    int // in pixels; 0 where not known
	Height   int
}

// The pictures of a page are few and small, so that it can be sent and opened
// anywhere. What is beyond these limits is left out; its evidence is listed
// with the sources all the same.
const (
	MostPictures      = 8
	MostPicture       = 48 << 10  // bytes of one
	MostPicturesBytes = 240 << 10 // bytes of all
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed fonts/inter-latin-wght-normal.woff2
	interLatin []byte

	pageStyle  = style()
	pagePolicy = policy(pageStyle)
	page       = template.Must(template.New("page").Funcs(template.FuncMap{"held": held}).Parse(pageHTML))
)

// style is the style of the page, which brings the Latin letters of its font
// along: it looks the same everywhere, and fetches nothing.
func style() string {
	return "@font-face { font-family: 'Inter of the brief'; font-weight: 100 900; src: url(data:font/woff2;base64," +
		base64.StdEncoding.EncodeToString(interLatin) + ") format('woff2'); }\n" + pageCSS
}

// policy lets the page show its own style, font and pictures, and do nothing
// else: no script, no request, no form.
func policy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
}

// pageView is what the template is given.
type pageView struct {
	Name, Label, Moment, Stamp string

	Kind     []Part
	Headline []Part
	Lede     []PageLine
	Sections []PageSection
	Foot     []PageLine

	Policy   string
	Style    template.CSS
	Density  string
	Pictures []pictureView
	Sources  []Named
}

type pictureView struct {
	URL           template.URL
	Label, Text   string
	Width, Height int
}

// HTML writes a brief as one file that is read in any browser and printed from
// it: its style, font and pictures are inside, it runs no script and fetches
// nothing. What somebody typed stays text. Of the pictures, those are shown
// that belong to a source of the brief, as many as the limits allow. A page
// cannot measure itself without a script: its density on paper is given.
func HTML(b *Brief, pictures []Picture, paper Density) ([]byte, error) {
	p := b.Page()
	v := pageView{
		Name: p.Name, Label: p.Label, Kind: p.Kind.Parts, Moment: p.Moment, Stamp: p.AsOf.Format(time.RFC3339),
		Policy: pagePolicy, Style: template.CSS(pageStyle), Density: paper.class(), //nolint:gosec // our own style
		Headline: p.Headline.Parts, Lede: p.Lede, Sections: p.Sections, Foot: p.Foot,
		Pictures: picturesOf(p, pictures), Sources: p.Sources,
	}
	var out bytes.Buffer
	out.Grow(len(pageStyle) + 64<<10)
	if err := page.Execute(&out, v); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func picturesOf(p *Page, pictures []Picture) []pictureView {
	var views []pictureView
	left := MostPicturesBytes
	for i := range p.Sources {
		n := &p.Sources[i]
		for j := range pictures {
			pic := &pictures[j]
			if pic.Evidence != n.ID || n.Struck != "" || len(views) == MostPictures || len(pic.Data) > min(left, MostPicture) {
				continue
			}
			if pic.Type != "image/png" && pic.Type != "image/jpeg" {
				continue
			}
			left -= len(pic.Data)
			views = append(views, pictureView{
				URL:   template.URL("data:" + pic.Type + ";base64," + base64.StdEncoding.EncodeToString(pic.Data)), //nolint:gosec // one of two types
				Label: n.Name, Text: n.Text, Width: pic.Width, Height: pic.Height,
			})
		}
	}
	return views
}

// A piece is a part of a text; one that is held together is not broken at its
// hyphens.
type piece struct {
	Text string
	Held bool
}

// held finds the identifiers with hyphens in a text, as eu-central and
// egress-3, which are not to be broken.
func held(text string) []piece {
	var pieces []piece
	start := 0
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && !startsSpace(text[to:]) {
			_, size := utf8.DecodeRuneInString(text[to:])
			to += size
		}
		if isHeld(text[from:to]) {
			if start < from {
				pieces = append(pieces, piece{Text: text[start:from]})
			}
			pieces = append(pieces, piece{Text: text[from:to], Held: true})
			start = to
		}
		for to < len(text) && startsSpace(text[to:]) {
			_, size := utf8.DecodeRuneInString(text[to:])
			to += size
		}
		from = to
	}
	if start < len(text) {
		pieces = append(pieces, piece{Text: text[start:]})
	}
	return pieces
}

func startsSpace(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsSpace(r)
}

// isHeld reports whether a run of characters is short enough to be held
// together, and has a hyphen inside.
func isHeld(run string) bool {
	return utf8.RuneCountInString(run) <= runLength && strings.Contains(strings.Trim(run, "-"), "-")
}
