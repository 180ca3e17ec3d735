package app_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color/palette"
	"image/gif"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// What moves shows its first picture; what cannot be shown is kept, and says
// in words that it is not shown and what to do.
func TestWhatIsNotShownSaysSoInWords(t *testing.T) {
	s := newShelf(t)
	frame := image.NewPaletted(image.Rect(0, 0, 9, 9), palette.WebSafe)
	var moving bytes.Buffer
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame, frame, frame}, Delay: []int{1, 1, 1}}); err != nil {
		t.Fatal(err)
	}
	animation := s.file("screenshot", "moving.gif", moving.Bytes())
	apng := s.file("screenshot", "moving.png", movingPNG(t, frame))
	webp := "RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x09\x00\x00\x09\x00\x00ANIM\x00\x00\x00\x00"
	unshown := map[string]string{
		s.file("screenshot", "moving.webp", []byte(webp)):                                              "This WebP is an animation",
		s.file("screenshot", "IMG_1.HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")): "This is a HEIC or AVIF photo",
		s.file("document", "report.pdf", []byte("%PDF-1.7\n")):                                         "This is a PDF, and Bearings shows pictures and texts only",
	}
	screens := s.open()
	for _, id := range []string{animation, apng} {
		if v := must(screens.Look(s.incident, id, "", 0)); v.Shows != "picture" || v.Frames != 3 || v.Picture == "" {
			t.Errorf("%s shows %s of %d frames", v.File, v.Shows, v.Frames)
		}
	}
	for id, says := range unshown {
		v := must(screens.Look(s.incident, id, "", 0))
		if v.Shows != "nothing" || !v.Here || !strings.HasPrefix(v.Refusal, says) || !strings.HasSuffix(v.Refusal, ".") {
			t.Errorf("%s shows %s, and says %q", v.File, v.Shows, v.Refusal)
		}
	}
}

// movingPNG is a PNG that says it has three frames, of which programs that do
// not know of such a thing show the first.
func movingPNG(t *testing.T, frame image.Image) []byte {
	t.Helper()
	var still bytes.Buffer
	if err := png.Encode(&still, frame); err != nil {
		t.Fatal(err)
	}
	const beforePixels = 8 + 25 // the signature, and the header
	body := []byte("acTL\x00\x00\x00\x03\x00\x00\x00\x00")
	control := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	control = binary.BigEndian.AppendUint32(append(control, body...), crc32.ChecksumIEEE(body))
	return slices.Insert(still.Bytes(), beforePixels, control...)
}
