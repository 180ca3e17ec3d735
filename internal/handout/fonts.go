package handout

import (
	"io"
	"log"
	"os"
	"path/filepath"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// machineFonts are the fonts of this machine. They are looked through when
// somebody first writes a PDF with a character that the page's own font lacks,
// which takes a moment once: what was found is kept in the person's cache.
var machineFonts finder

// A finder finds the file of a font that has a character.
type finder struct {
	mu    sync.Mutex // a font map serves one at a time
	fonts *fontscan.FontMap
	tried bool
	files map[string][]byte
}

func (f *finder) find(r rune) ([]byte, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.tried {
		f.tried, f.files = true, map[string][]byte{}
		f.fonts = scanned()
	}
	if f.fonts == nil {
		return nil, false
	}
	f.fonts.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	f.fonts.SetScript(language.LookupScript(r))
	face := f.fonts.ResolveFace(r)
	if face == nil || !has(face, r) {
		return nil, false
	}
	at := f.fonts.FontLocation(face.Font)
	if at.Index != 0 { // the first font of a collection is the one that is embedded
		return nil, false
	}
	return f.read(at.File)
}

func has(face *font.Face, r rune) bool {
	_, ok := face.NominalGlyph(r)
	return ok
}

func (f *finder) read(path string) ([]byte, bool) {
	if file, known := f.files[path]; known {
		return file, file != nil
	}
	file, err := os.ReadFile(path)
	if err != nil {
		file = nil
	}
	f.files[path] = file
	return file, file != nil
}

// scanned looks through the fonts of this machine. A machine without any, or
// without a place for what was found, is no error: then there are none.
func scanned() *fontscan.FontMap {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "bearings")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return nil
	}
	fonts := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if err := fonts.UseSystemFonts(cache); err != nil {
		return nil
	}
	return fonts
}
