package evidence_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"testing"

	"bearings/internal/evidence"
)

// corners are the colours of the upright picture, from its top left, clockwise.
var corners = [4]color.NRGBA{{R: 255, A: 255}, {G: 255, A: 255}, {B: 255, A: 255}, {R: 255, G: 255, A: 255}}

// storedAs are the corners as each orientation stores them: which corner of
// the upright picture stands top left, top right, bottom right, bottom left.
// Source: CIPA DC-008, 4.6.4 A: for 6, "the 0th row is the visual right-hand
// side, and the 0th column is the visual top", and so on.
var storedAs = map[uint16][4]int{
	1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {2, 3, 0, 1}, 4: {3, 2, 1, 0},
	5: {0, 3, 2, 1}, 6: {1, 2, 3, 0}, 7: {2, 1, 0, 3}, 8: {3, 0, 1, 2},
}

// storedPicture is a picture of 96 × 64 upright, as the orientation stores it.
func storedPicture(orientation uint16) image.Image {
	w, h := 96, 64
	if orientation > 4 {
		w, h = h, w
	}
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			corner := 0
			switch right, low := x >= w/2, y >= h/2; {
			case right && low:
				corner = 2
			case right:
				corner = 1
			case low:
				corner = 3
			}
			m.SetNRGBA(x, y, corners[storedAs[orientation][corner]])
		}
	}
	return m
}

func TestPicturesAreUprightInEveryOrientationAndFormat(t *testing.T) {
	for orientation := uint16(1); orientation <= 8; orientation++ {
		m := storedPicture(orientation)
		for format, file := range map[string][]byte{
			"jpeg": withSegments(jpegOf(t, m), exifSegment(phone(orientation))),
			"png":  withChunks(pngOf(t, m), chunk("eXIf", phone(orientation))),
		} {
			t.Run(fmt.Sprintf("%s %d", format, orientation), func(t *testing.T) {
				stripped := must(evidence.Stripped(reader(file)))(t)
				rendering, _, err := evidence.Rendering(reader(file))
				if err != nil {
					t.Fatal(err)
				}
				thumbnail, _, err := evidence.Thumbnail(bytes.NewReader(file), int64(len(file)), 48)
				if err != nil {
					t.Fatal(err)
				}
				crop := must(evidence.Crop(bytes.NewReader(file), int64(len(file)), image.Rect(0, 0, 96, 64)))(t)
				for name, b := range map[string][]byte{"the original": file, "stripped": stripped, "the rendering": rendering, "the thumbnail": thumbnail, "a crop": crop} {
					isUpright(t, name, b)
				}
				if f := look(t, file, "a"); f.Width != 96 || f.Height != 64 {
					t.Errorf("Look says %d × %d", f.Width, f.Height)
				}
			})
		}
	}
}

func isUpright(t *testing.T, name string, b []byte) {
	t.Helper()
	m := must(evidence.Picture(reader(b)))(t)
	size := m.Bounds().Size()
	if size.X*2 != size.Y*3 {
		t.Errorf("%s: is %v", name, size)
	}
	for i, p := range []image.Point{{size.X / 4, size.Y / 4}, {size.X * 3 / 4, size.Y / 4}, {size.X * 3 / 4, size.Y * 3 / 4}, {size.X / 4, size.Y * 3 / 4}} {
		if got := m.At(p.X, p.Y); far(got, corners[i]) {
			t.Errorf("%s: corner %d is %v, want %v", name, i, got, corners[i])
		}
	}
}

// far says whether two colours are farther from each other than a JPEG takes
// them.
func far(a, b color.Color) bool {
	r1, g1, b1, a1 := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	const most = 16 << 8
	for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}, {a1, a2}} {
		if max(pair[0], pair[1])-min(pair[0], pair[1]) > most {
			return true
		}
	}
	return false
}

func reader(b []byte) (*bytes.Reader, int64) { return bytes.NewReader(b), int64(len(b)) }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
