// Package pdf writes a brief as a PDF: the page that a browser would print of
// its HTML, made without a browser and without a display.
//
// What is laid out is a [brief.Page], so it says the sentences of the brief and
// no others. Text stays text: it can be searched, copied and read aloud, in
// the order of the page, in any script. Five minutes of reading are one sheet
// where the words allow; then the words stand closer before they take another
// sheet.
//
// Like package brief it is pure: the same page, the same paper and the same
// fonts give the same bytes. What its own font lacks is looked for in fonts
// that the caller finds; what no font has is drawn as a box, counted at the
// foot, and still there to be copied.
package pdf

import (
	"bytes"
	"fmt"

	"bearings/internal/brief"
)

// A Paper is the size of a sheet, in points of 1/72 inch.
type Paper struct{ Width, Height float64 }

// The papers of the world's printers.
var (
	A4     = Paper{595.28, 841.89}
	Letter = Paper{612, 792}
)

// Options say how a PDF is made.
type Options struct {
	Paper Paper // A4 where zero

	// Find finds a font file, TrueType or OpenType, that has a character which
	// the font of the page lacks. Nil finds none. It is asked once for a
	// character.
	Find func(r rune) (font []byte, ok bool)
}

// Write writes a brief as a PDF.
func Write(b *brief.Brief, o Options) ([]byte, error) {
	if o.Paper == (Paper{}) {
		o.Paper = A4
	}
	fonts, err := newFonts(o.Find)
	if err != nil {
		return nil, fmt.Errorf("read the fonts of the page: %w", err)
	}
	page := b.Page()
	sheets := layOut(page, o.Paper, newSetter(fonts))
	var out bytes.Buffer
	if err := writeFile(&out, page, o.Paper, sheets, fonts); err != nil {
		return nil, fmt.Errorf("write the PDF: %w", err)
	}
	return out.Bytes(), nil
}
