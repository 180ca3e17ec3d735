package evidence_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"bearings/internal/evidence"
)

// pictures are one picture of each format and colour model that is decoded.
func pictures(t testing.TB) map[string][]byte {
	shot := screenshot(120, 80)
	translucent := image.NewNRGBA(shot.Bounds())
	for i := range translucent.Pix {
		translucent.Pix[i] = uint8(i*7 + 13)
	}
	deep := image.NewNRGBA64(shot.Bounds())
	draw.Draw(deep, deep.Bounds(), translucent, image.Point{}, draw.Src)
	grey := image.NewGray(shot.Bounds())
	draw.Draw(grey, grey.Bounds(), shot, image.Point{}, draw.Src)
	few := image.NewPaletted(shot.Bounds(), color.Palette{color.White, color.NRGBA{R: 255, A: 255}})
	draw.Draw(few, few.Bounds(), shot, image.Point{}, draw.Src)
	all := map[string][]byte{
		"opaque": pngOf(t, shot), "translucent": pngOf(t, translucent), "16 bits": pngOf(t, deep),
		"grey": pngOf(t, grey), "a palette without black": pngOf(t, few),
		"jpeg": jpegOf(t, shot), "a turned jpeg": withSegments(jpegOf(t, shot), exifSegment(phone(6))),
		"webp": read(t, "webp/blue-purple-pink.lossy.webp"), "webp with alpha": read(t, "webp/yellow_rose.lossy-with-alpha.webp"),
	}
	for name, file := range telling(t) {
		all["telling "+name] = file
	}
	return all
}

func TestRedactedPixelsAreGone(t *testing.T) {
	for name, file := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			was := must(evidence.Picture(reader(file)))(t)
			whole := was.Bounds()
			box := image.Rect(whole.Dx()/4, whole.Dy()/4, whole.Dx()/2, whole.Dy()/2)
			edge := image.Rect(whole.Dx()-2, whole.Dy()-1, whole.Dx()+500, whole.Dy()+500)
			redacted := must(evidence.Redact(bytes.NewReader(file), int64(len(file)), []image.Rectangle{box, edge}))(t)
			is := must(evidence.Picture(reader(redacted)))(t)
			if is.Bounds() != whole {
				t.Fatalf("bounds are %v, were %v", is.Bounds(), whole)
			}
			for y := range whole.Dy() {
				for x := range whole.Dx() {
					p, want := image.Pt(x, y), color.Color(evidence.Fill)
					if !p.In(box) && !p.In(edge) {
						want = was.At(x, y)
					}
					if !same(is.At(x, y), want) {
						t.Fatalf("pixel %v is %v, want %v", p, is.At(x, y), want)
					}
				}
			}
			isPlainPNG(t, redacted)
			sharesNothing(t, file, redacted)
		})
	}
}

// same says whether two colours are the same on a screen, and exactly so if
// both come from a lossless picture of 8 bits.
func same(a, b color.Color) bool {
	if a, ok := a.(color.NRGBA64); ok {
		return a == color.NRGBA64Model.Convert(b)
	}
	return color.NRGBAModel.Convert(a) == color.NRGBAModel.Convert(b)
}

// isPlainPNG checks that a copy has pixels, and no chunk that could tell
// anything else.
func isPlainPNG(t *testing.T, b []byte) {
	t.Helper()
	f := look(t, b, "a.png")
	if f.Format != evidence.FormatPNG || len(f.Metadata) > 0 {
		t.Errorf("a copy is %s and carries %q", f.Format, f.Metadata)
	}
	for rest := b[8:]; len(rest) > 12; {
		n := int(rest[0])<<24 | int(rest[1])<<16 | int(rest[2])<<8 | int(rest[3])
		switch kind := string(rest[4:8]); kind {
		case "IHDR", "PLTE", "tRNS", "IDAT", "IEND":
		default:
			t.Errorf("a copy has a chunk %s", kind)
		}
		rest = rest[12+n:]
	}
}

// sharesNothing checks that no longer run of the original's bytes is in the
// copy. (The pixels beside the boxes are the same, so the compressed bytes of
// two or three of them can be, too.)
func sharesNothing(t *testing.T, original, copy []byte) {
	t.Helper()
	const run, common = 32, 64
	runs := map[string]bool{}
	for i := common; i+run <= len(original); i++ {
		if part := original[i : i+run]; varied(part) {
			runs[string(part)] = true
		}
	}
	for i := common; i+run <= len(copy); i++ {
		if runs[string(copy[i:i+run])] {
			t.Fatalf("the copy has bytes of the original, at %d: %x", i, copy[i:i+run])
		}
	}
}

// varied says whether bytes are no filling, such as a row of zeros or a
// pattern of a few.
func varied(b []byte) bool {
	distinct := map[byte]bool{}
	for _, c := range b {
		distinct[c] = true
	}
	return len(distinct) > 8
}

func TestARedactionThatHidesNothingIsRefused(t *testing.T) {
	file := pngOf(t, screenshot(20, 20))
	for name, boxes := range map[string][]image.Rectangle{
		"no box":               nil,
		"a box outside":        {image.Rect(30, 30, 40, 40)},
		"one box of two":       {image.Rect(0, 0, 5, 5), image.Rect(-9, -9, -1, -1)},
		"a box without pixels": {image.Rect(5, 5, 5, 9)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := evidence.Redact(bytes.NewReader(file), int64(len(file)), boxes)
			hasCode(t, err, evidence.CodeEmpty)
		})
	}
}

func TestACropIsThatPartOfThePicture(t *testing.T) {
	for name, file := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			was := must(evidence.Picture(reader(file)))(t)
			part := image.Rect(3, 2, was.Bounds().Dx()-1, was.Bounds().Dy()-3)
			crop := must(evidence.Crop(bytes.NewReader(file), int64(len(file)), part))(t)
			is := must(evidence.Picture(reader(crop)))(t)
			if is.Bounds().Size() != part.Size() {
				t.Fatalf("size is %v, want %v", is.Bounds().Size(), part.Size())
			}
			for y := range part.Dy() {
				for x := range part.Dx() {
					if want := was.At(part.Min.X+x, part.Min.Y+y); !same(is.At(x, y), want) {
						t.Fatalf("pixel %d, %d is %v, want %v", x, y, is.At(x, y), want)
					}
				}
			}
			isPlainPNG(t, crop)
		})
	}
	file := pngOf(t, screenshot(20, 20))
	_, err := evidence.Crop(bytes.NewReader(file), int64(len(file)), image.Rect(20, 20, 40, 40))
	hasCode(t, err, evidence.CodeEmpty)
}

func TestMarksShowOnLightAndDark(t *testing.T) {
	for _, ground := range []color.NRGBA{{A: 255}, {R: 255, G: 255, B: 255, A: 255}, {R: 0xd6, G: 0x1f, B: 0x1f, A: 255}} {
		m := image.NewNRGBA(image.Rect(0, 0, 400, 300))
		draw.Draw(m, m.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
		file := pngOf(t, m)
		marks := []evidence.Mark{
			{Shape: evidence.Arrow, From: image.Pt(30, 250), To: image.Pt(120, 180)},
			{Shape: evidence.Box, From: image.Pt(340, 160), To: image.Pt(200, 60)},
		}
		marked := must(evidence.Draw(bytes.NewReader(file), int64(len(file)), marks))(t)
		is := must(evidence.Picture(reader(marked)))(t)
		seen := map[color.Color]int{}
		for y := range 300 {
			for x := range 400 {
				seen[color.NRGBAModel.Convert(is.At(x, y))]++
			}
		}
		red, white := color.NRGBA{R: 0xd6, G: 0x1f, B: 0x1f, A: 255}, color.NRGBA{R: 255, G: 255, B: 255, A: 255}
		if seen[red] < 500 || seen[white] < 500 || len(seen) < 10 {
			t.Errorf("on %v: %d pixels are red, %d white, of %d colours", ground, seen[red], seen[white], len(seen))
		}
		for p, what := range map[image.Point]string{{118, 182}: "the tip of the arrow", {200, 100}: "a side of the box", {300, 160}: "the foot of the box"} {
			if got := color.NRGBAModel.Convert(is.At(p.X, p.Y)); got != red {
				t.Errorf("%s, %v, is %v", what, p, got)
			}
		}
		for _, p := range []image.Point{{270, 110}, {10, 10}, {390, 290}} {
			if got := color.NRGBAModel.Convert(is.At(p.X, p.Y)); got != ground {
				t.Errorf("%v, away from the marks, is %v", p, got)
			}
		}
		isPlainPNG(t, marked)
	}
}

func TestMarksFarOutsideAreRefused(t *testing.T) {
	file := pngOf(t, screenshot(20, 20))
	for _, marks := range [][]evidence.Mark{nil, {{Shape: evidence.Arrow, From: image.Pt(1, 1), To: image.Pt(1<<40, 1)}}} {
		_, err := evidence.Draw(bytes.NewReader(file), int64(len(file)), marks)
		hasCode(t, err, evidence.CodeEmpty)
	}
}
