package pdf

import (
	"bytes"
	_ "embed" // the font of the page
	"sync"

	pdffont "github.com/carlos7ags/folio/font"
	"github.com/go-text/typesetting/font"
)

var (
	//go:embed fonts/Inter-Regular.ttf
	interRegular []byte
	//go:embed fonts/Inter-SemiBold.ttf
	interSemiBold []byte

	// Parsed once: both kinds may be shared.
	regular  = sync.OnceValues(func() (*source, error) { return parse(interRegular) })
	semiBold = sync.OnceValues(func() (*source, error) { return parse(interSemiBold) })
)

// A source is a font file as the two libraries read it: one chooses and places
// glyphs, the other embeds them.
type source struct {
	shapes *font.Font
	embeds pdffont.Face
}

func parse(file []byte) (*source, error) {
	face, err := font.ParseTTF(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	embeds, err := pdffont.ParseFont(file)
	if err != nil {
		return nil, err
	}
	return &source{face.Font, embeds}, nil
}

// A weight is one of the two that a page has.
type weight int

const (
	plain weight = iota
	bold
)

// A typeface is a font as one document uses it.
type typeface struct {
	name  string // in the document's resources
	face  *font.Face
	font  *pdffont.EmbeddedFont
	means map[uint16]rune // what each glyph that was used stands for
	taken map[rune]bool   // characters that have a glyph that stands for them
	upem  float64
}

// private is where the characters begin that mean nothing. A glyph without a
// meaning of its own takes the one of its number: no two glyphs of a file may
// mean the same, or the order in which they are written would be chance.
const private = 0xf0000

// mean says which character a glyph stands for in this document: the first one
// that it was used for, unless another glyph stands for that.
func (t *typeface) mean(gid uint16, r rune) rune {
	known, ok := t.means[gid]
	if ok {
		return known
	}
	if r == 0 || t.taken[r] {
		r = private + rune(gid)
	}
	t.means[gid], t.taken[r] = r, true
	return r
}

// fonts are those of one document: the two weights of the page's own, then
// what was found for other scripts, in the order in which it was needed.
type fonts struct {
	all   []*typeface
	find  func(r rune) ([]byte, bool)
	found map[rune]*typeface // for characters that the page's own font lacks; nil for none
	lost  map[rune]bool      // characters that no font has
}

func newFonts(find func(rune) ([]byte, bool)) (*fonts, error) {
	f := &fonts{find: find, found: map[rune]*typeface{}, lost: map[rune]bool{}}
	for _, load := range []func() (*source, error){regular, semiBold} {
		s, err := load()
		if err != nil {
			return nil, err
		}
		f.add(s)
	}
	return f, nil
}

func (f *fonts) add(s *source) *typeface {
	t := &typeface{
		name: "F" + string(rune('A'+len(f.all)%26)) + string(rune('A'+len(f.all)/26)), face: font.NewFace(s.shapes),
		font: pdffont.NewEmbeddedFont(s.embeds), means: map[uint16]rune{}, taken: map[rune]bool{}, upem: float64(s.embeds.UnitsPerEm()),
	}
	f.all = append(f.all, t)
	return t
}

// of returns the typeface of a face.
func (f *fonts) of(face *font.Face) *typeface {
	for _, t := range f.all {
		if t.face == face {
			return t
		}
	}
	return f.all[plain]
}

// A chooser chooses a face for each character of a text in one weight.
type chooser struct {
	fonts  *fonts
	weight weight
}

// ResolveFace returns the face that draws a character; that of the page, with
// its box for what is missing, where no font has it.
func (c chooser) ResolveFace(r rune) *font.Face {
	own := c.fonts.all[c.weight].face
	if _, ok := own.NominalGlyph(r); ok || unseen(r) {
		return own
	}
	if t := c.fonts.other(r); t != nil {
		return t.face
	}
	c.fonts.lost[r] = true
	return own
}

// other finds a face that has outlines for a character.
func (f *fonts) other(r rune) *typeface {
	if t, asked := f.found[r]; asked {
		return t
	}
	for _, t := range f.all[bold+1:] {
		if t.draws(r) {
			f.found[r] = t
			return t
		}
	}
	f.found[r] = f.load(r)
	return f.found[r]
}

func (f *fonts) load(r rune) *typeface {
	if f.find == nil {
		return nil
	}
	file, ok := f.find(r)
	if !ok {
		return nil
	}
	s, err := parse(file)
	if err != nil {
		return nil // a font that cannot be read is none
	}
	t := f.add(s)
	if !t.draws(r) {
		f.all = f.all[:len(f.all)-1]
		return nil
	}
	return t
}

// draws reports whether a typeface has an outline for a character: a picture,
// as of emoji, cannot be embedded as one.
func (t *typeface) draws(r rune) bool {
	gid, ok := t.face.NominalGlyph(r)
	if !ok {
		return false
	}
	_, ok = t.face.GlyphData(gid).(font.GlyphOutline)
	return ok && t.font.Face().GlyphIndex(r) == uint16(gid)
}

// unseen reports whether a character has nothing to draw.
func unseen(r rune) bool {
	return r == '\u200c' || r == '\u200d' || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff || r == 0x061c || r == 0x034f || r == 0x180e || r >= 0x2060 && r <= 0x206f || r == 0x200e || r == 0x200f
}
