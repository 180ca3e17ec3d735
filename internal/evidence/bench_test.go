package evidence_test

import (
	"bytes"
	"image"
	"testing"

	"bearings/internal/evidence"
)

// screenshotOf1MB is a screen of 3840 × 2160 as a PNG of about 1 MB: windows
// of flat colour, with rows of what compresses like text.
func screenshotOf1MB(b testing.TB) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 3840, 2160))
	state := uint32(1)
	for y := range 2160 {
		for x := range 3840 {
			at, ink := m.PixOffset(x, y), uint8(24)
			if y%24 < 14 && x%1400 < 1000 {
				state = state*1664525 + 1013904223
				if state>>24 < 32 {
					ink = 220
				}
			}
			m.Pix[at], m.Pix[at+1], m.Pix[at+2], m.Pix[at+3] = ink, ink, ink+8, 255
		}
	}
	return pngOf(b, m)
}

func BenchmarkPicture(b *testing.B) {
	screen, photo := screenshotOf1MB(b), photoOf(b, 4032, 3024)
	turned := withSegments(photo, exifSegment(phone(6)))
	pods := read(b, "screens/mybinder_2022-01-27-pods.png")
	for _, file := range []struct {
		name string
		data []byte
	}{{"screen of 8 MP", screen}, {"photo of 12 MP", photo}, {"photo of 12 MP, turned", turned}, {"dashboard of 2 MP", pods}} {
		for _, work := range []struct {
			name string
			do   func([]byte) error
		}{
			{"look", func(d []byte) error { _, err := evidence.Look(bytes.NewReader(d), int64(len(d)), ""); return err }},
			{"thumbnail", func(d []byte) error { _, _, err := thumbnail(d); return err }},
			{"rendering", func(d []byte) error { _, _, err := evidence.Rendering(reader(d)); return err }},
			{"stripped", func(d []byte) error { _, err := evidence.Stripped(reader(d)); return err }},
		} {
			b.Run(file.name+"/"+work.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := work.do(file.data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
