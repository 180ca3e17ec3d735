package evidence_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"bearings/internal/evidence"
)

// secrets is something that must be gone from whatever was stripped.
const secrets = "SECRET"

func TestStrippedKeepsThePixelsAndNothingElse(t *testing.T) {
	for name, file := range telling(t) {
		t.Run(name, func(t *testing.T) {
			if !bytes.Contains(file, []byte(secrets)) {
				t.Fatal("the file of the test holds no secret")
			}
			stripped := must(evidence.Stripped(reader(file)))(t)
			if bytes.Contains(stripped, []byte(secrets)) {
				t.Error("a secret is still there")
			}
			f := look(t, stripped, "a")
			if got := slices.DeleteFunc(f.Metadata, func(w string) bool { return w == "EXIF" }); len(got) > 0 {
				t.Errorf("still carries %q", got)
			}
			samePixels(t, file, stripped)
		})
	}
}

// telling are pictures that carry all that they can.
func telling(t testing.TB) map[string][]byte {
	shot := screenshot(60, 40)
	var frames bytes.Buffer
	paletted := image.NewPaletted(image.Rect(0, 0, 20, 10), palette.WebSafe)
	for i := range paletted.Pix {
		paletted.Pix[i] = uint8(i % 200)
	}
	animation := &gif.GIF{Image: []*image.Paletted{paletted, paletted}, Delay: []int{3, 3}, LoopCount: 5}
	if err := gif.EncodeAll(&frames, animation); err != nil {
		t.Fatal(err)
	}
	var tif, bitmap bytes.Buffer
	if err := tiff.Encode(&tif, shot, nil); err != nil {
		t.Fatal(err)
	}
	if err := bmp.Encode(&bitmap, shot); err != nil {
		t.Fatal(err)
	}
	lossless := read(t, "webp/blue-purple-pink.lossless.webp")
	lossy := read(t, "webp/yellow_rose.lossy-with-alpha.webp")
	behind := []byte("PK\x03\x04" + secrets)
	comment := "\x21\xfe\x06" + secrets + "\x00"
	return map[string][]byte{
		"jpeg": append(withSegments(jpegOf(t, shot),
			segment(0xe0, append([]byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x02"), secrets...)),
			exifSegment(phone(3)), xmpSegment(), segment(0xfe, []byte(secrets)),
			segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01"+secrets)), segment(0xed, []byte("Photoshop 3.0\x00"+secrets)),
			[]byte(secrets), segment(0xeb, []byte(secrets))), behind...),
		"png": append(withChunks(pngOf(t, shot),
			chunk("eXIf", phone(5)), chunk("tEXt", []byte("Comment\x00"+secrets)), chunk("zTXt", []byte(secrets+"\x00\x00")),
			chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpPacket)), chunk("iCCP", []byte(secrets+"\x00\x00")),
			chunk("gAMA", []byte{0, 0, 0xb1, 0x8f}), chunk("cHRM", []byte(strings.Repeat(secrets, 20))), chunk("prVt", []byte(secrets))), behind...),
		"gif":           append(insert(frames.Bytes(), 13, comment+"\x21\xff\x0bXMP DataXMP\x06"+secrets+"\x00"), behind...),
		"webp":          append(extendedWebP(t, lossless), behind...),
		"webp in parts": withRIFF(lossy, secrets),
		"tiff":          append(tif.Bytes(), secrets...),
		"bmp":           append(bitmap.Bytes(), secrets...),
	}
}

func insert(b []byte, at int, s string) []byte {
	return bytes.Join([][]byte{b[:at], []byte(s), b[at:]}, nil)
}

// extendedWebP puts a simple WebP's chunk into an extended one with metadata.
func extendedWebP(t testing.TB, simple []byte) []byte {
	c := must(webp.DecodeConfig(bytes.NewReader(simple)))(t)
	vp8x := []byte{1<<5 | 1<<3 | 1<<2, 0, 0, 0}
	vp8x = append(vp8x, binary.LittleEndian.AppendUint32(nil, uint32(c.Width-1))[:3]...)
	vp8x = append(vp8x, binary.LittleEndian.AppendUint32(nil, uint32(c.Height-1))[:3]...)
	return riff(riffChunk("VP8X", vp8x), riffChunk("ICCP", []byte(secrets)), simple[12:],
		riffChunk("EXIF", phone(6)), riffChunk("XMP ", []byte(xmpPacket)))
}

// withRIFF appends a chunk with a text to a WebP.
func withRIFF(b []byte, s string) []byte { return riff(b[12:], riffChunk("XMP ", []byte(s))) }

func riff(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(kind string, data []byte) []byte {
	b := append(binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data))), data...)
	if len(data)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func samePixels(t *testing.T, a, b []byte) {
	t.Helper()
	m, n := must(evidence.Picture(reader(a)))(t), must(evidence.Picture(reader(b)))(t)
	if m.Bounds() != n.Bounds() {
		t.Fatalf("bounds are %v, were %v", n.Bounds(), m.Bounds())
	}
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if color.NRGBA64Model.Convert(m.At(x, y)) != color.NRGBA64Model.Convert(n.At(x, y)) {
				t.Fatalf("pixel %d, %d is %v, was %v", x, y, n.At(x, y), m.At(x, y))
			}
		}
	}
}

func TestAWebPOfAnOddLengthTellsWhatItCarries(t *testing.T) {
	odd := riff(riffChunk("ALPX", []byte("odd")))[12:]
	whole := telling(t)["webp"]
	f := look(t, riff(whole[12:12+8+10], odd, whole[12+8+10:]), "a")
	if !slices.Contains(f.Metadata, "GPS position") || f.Taken.IsZero() {
		t.Errorf("carries %q, taken %v", f.Metadata, f.Taken)
	}
}

func TestStrippedKeepsEveryFrameAndTheLoop(t *testing.T) {
	stripped := must(evidence.Stripped(reader(telling(t)["gif"])))(t)
	g := must(gif.DecodeAll(bytes.NewReader(stripped)))(t)
	if len(g.Image) != 2 || g.LoopCount != 5 || g.Delay[0] != 3 {
		t.Errorf("%d frames, loop %d, delay %v", len(g.Image), g.LoopCount, g.Delay)
	}
}

func TestEveryPictureOfTheSuitesKeepsItsPixelsWhenStripped(t *testing.T) {
	for _, v := range verdicts(t) {
		b := read(t, v.File)
		stripped, err := evidence.Stripped(reader(b))
		if v.Verdict != "show" {
			var typed *evidence.Error
			if !errors.As(err, &typed) {
				t.Errorf("%s: stripping says %v", v.File, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", v.File, err)
			continue
		}
		samePixels(t, b, stripped)
		if f := look(t, stripped, v.File); len(f.Metadata) > 0 {
			t.Errorf("%s: still carries %q", v.File, f.Metadata)
		}
	}
}

func TestATIFFOfSeveralPagesIsNotStrippedToOne(t *testing.T) {
	var page bytes.Buffer
	if err := tiff.Encode(&page, screenshot(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	b := page.Bytes()
	at := int(binary.LittleEndian.Uint32(b[4:]))
	next := at + 2 + 12*int(binary.LittleEndian.Uint16(b[at:]))
	second := append(bytes.Clone(b[at:next]), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[next:], uint32(len(b)))
	b = append(b, second...)
	if f := look(t, b, "a.tiff"); f.Frames != 2 || !f.Shown {
		t.Errorf("%d pages, shown %v %s", f.Frames, f.Shown, f.Refusal)
	}
	_, err := evidence.Stripped(reader(b))
	hasCode(t, err, evidence.CodeNotShown)
}

func hasCode(t *testing.T, err error, code string) {
	t.Helper()
	var typed *evidence.Error
	if !errors.As(err, &typed) || typed.Code != code || typed.Message == "" || typed.Hint == "" {
		t.Errorf("got %#v, want an Error with code %q", err, code)
	}
}
