package evidence_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"image"
	"image/color/palette"
	"image/gif"
	"image/png"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"bearings/internal/evidence"
)

// Files that were made to harm are answered in words, and with at most 64 MiB
// more memory. What is measured is every byte that was allocated, whether or
// not it was given back in between: a bound that no garbage collector can
// break or mend.
const mostMemory = 64 << 20

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func within(t *testing.T, what string, f func()) {
	t.Helper()
	if n := allocated(f); n > mostMemory {
		t.Errorf("%s takes %d MiB", what, n>>20)
	}
}

// zeros is a PNG of black pixels, which compress a thousandfold.
func zeros(w, h uint32, depth, colour byte, perPixel int) []byte {
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	row := make([]byte, 1+int(w)*perPixel)
	for range h {
		z.Write(row)
	}
	z.Close()
	return bytes.Join([][]byte{header(w, h, depth, colour), chunk("IDAT", data.Bytes()), chunk("IEND", nil)}, nil)
}

// A bomb is a file that asks for much, with the code that it is refused with,
// or "" if it is shown.
type bomb struct {
	file []byte
	code string
}

var (
	madeBombs sync.Once
	allBombs  map[string]bomb
)

// bombs are made once: several are of so much that packing them takes seconds.
func bombs(t testing.TB) map[string]bomb {
	madeBombs.Do(func() { allBombs = makeBombs(t) })
	return allBombs
}

func makeBombs(t testing.TB) map[string]bomb {
	shot := screenshot(64, 64)
	j := jpegOf(t, shot)
	p := pngOf(t, shot)
	frame := bytes.Index(j, []byte{0xff, 0xc0})
	scan := bytes.Index(j, []byte{0xff, 0xda})
	vast := bytes.Clone(j)
	binary.BigEndian.PutUint16(vast[frame+5:], 65000)
	binary.BigEndian.PutUint16(vast[frame+7:], 65000)
	long := bytes.Clone(j)
	binary.BigEndian.PutUint16(long[frame+5:], 4000)
	binary.BigEndian.PutUint16(long[frame+7:], 8000)

	return map[string]bomb{
		"33 bytes that claim 8 gigapixels": {header(100_000, 80_000, 8, 6), evidence.CodeTooBig},
		"33 bytes that claim the most":     {header(1<<31-1, 1<<31-1, 16, 6), evidence.CodeTooBig},
		"33 bytes that claim more":         {header(1<<32-1, 1<<32-1, 16, 6), evidence.CodeDamaged},
		"33 bytes that claim nothing":      {header(0, 100, 8, 6), evidence.CodeDamaged},
		"33 bytes that claim a screen":     {header(3840, 2160, 8, 6), evidence.CodeDamaged},
		"a PNG of 100 megapixels of black": {zeros(10_000, 10_000, 8, 0, 1), evidence.CodeTooBig},
		"a PNG with more data than pixels": {bytes.Join([][]byte{header(4, 4, 8, 0), chunk("IDAT", deflated(strings.Repeat("\x00", 50<<20))), chunk("IEND", nil)}, nil), evidence.CodeDamaged},
		"a PNG with a text of 50 MiB":      {withChunks(p, chunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), deflated(strings.Repeat("A", 50<<20))...)), chunk("zTXt", append([]byte("Raw profile type iptc\x00\x00"), deflated(strings.Repeat("4", 50<<20))...))), ""},
		"a PNG of a million empty chunks":  {withChunks(p, bytes.Repeat(chunk("teSt", nil), 1_000_000)), evidence.CodeTooBig},
		"a JPEG of a million comments":     {withSegments(j, bytes.Repeat(segment(0xfe, nil), 1_000_000)), evidence.CodeTooBig},
		"a PNG cut off":                    {p[:len(p)/2], evidence.CodeDamaged},
		"a JPEG of 4 gigapixels":           {vast, evidence.CodeTooBig},
		"a JPEG that ends early":           {long, evidence.CodeDamaged},
		"a JPEG of a thousand scans":       {bytes.Join([][]byte{long[:scan], bytes.Repeat(long[scan:scan+14], 1000), long[scan:]}, nil), evidence.CodeTooBig},
		"a progressive JPEG":               {progressive(long, frame), evidence.CodeTooBig},
		"a GIF of 4 gigapixels":            {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), evidence.CodeTooBig},
		"a GIF of ten thousand frames":     {manyFrames(t, 10_000), ""},
		"a GIF with a frame beside itself": {[]byte("GIF89a\x10\x00\x10\x00\x00\x00\x00\x2c\xf0\xff\xf0\xff\xff\x00\xff\x00\x00\x08\x01\x00\x00\x3b"), evidence.CodeDamaged},
		"a WebP of 268 megapixels":         {riff(riffChunk("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0})), evidence.CodeTooBig},
		"a WebP of 281 terapixels":         {riff(riffChunk("VP8X", []byte{0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})), evidence.CodeDamaged},
		"a WebP animation":                 {riff(riffChunk("VP8X", []byte{2, 0, 0, 0, 9, 0, 0, 9, 0, 0}), riffChunk("ANIM", make([]byte, 6))), evidence.CodeNotShown},
		"a BMP of 4 gigapixels":            {bitmap(65_000, 65_000), evidence.CodeTooBig},
		"a BMP of a screen in 54 bytes":    {bitmap(3840, 2160), evidence.CodeDamaged},
		"a TIFF that reads itself":         {selfish(t), evidence.CodeTooBig},
		"a TIFF of 4 gigapixels":           {tiffOf(65_000, 65_000), evidence.CodeTooBig},
		"a TIFF that is a small copy":      {smallCopy(), evidence.CodeNotShown},
		"a TIFF of one vast tile":          {tiled(), evidence.CodeTooBig},
		"EXIF that points to itself":       {withSegments(j, exifSegment([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00\x08"))), ""},
		"EXIF with a tag of 4 GiB":         {withSegments(j, exifSegment([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\xff\xff\xff\xff\x00\x00\x00\x08\x00\x00\x00\x00"))), ""},
		"a HEIC with a part of 4 GiB":      {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\xff\xff\xff\xffmeta\x00\x00\x00\x00\xff\xff\xff\xfeiinf"), evidence.CodeNotShown},
		"an archive of 50 MiB of zeros":    {archive(t), evidence.CodeNotShown},
		"a page of 20 MiB with scripts":    {[]byte("<!DOCTYPE html>" + strings.Repeat("<script>alert(1)</script>", 20<<20/25)), evidence.CodeNotShown},
		"an SVG of 20 MiB with scripts":    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat("<script>alert(1)</script>", 20<<20/25)), evidence.CodeNotShown},
		"an SVG of parts without an end":   {[]byte(`<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat("<g>", 5<<20)), evidence.CodeNotShown},
		"a PNG that is a page, too":        {append(bytes.Clone(p), "<html><script>alert(1)</script>"...), ""},
		"a PNG that is an archive, too":    {append(bytes.Clone(p), archive(t)...), ""},
		"a GIF that is a script, too":      {[]byte("GIF89a=1;alert(1)//" + strings.Repeat("x", 50)), evidence.CodeTooBig},
		"a PDF that is a page, too":        {[]byte("%PDF-1.7\n<script>alert(1)</script>"), evidence.CodeNotShown},
	}
}

func progressive(j []byte, frame int) []byte {
	b := bytes.Clone(j)
	b[frame+1] = 0xc2
	return b
}

func manyFrames(t testing.TB, n int) []byte {
	var b bytes.Buffer
	m := image.NewPaletted(image.Rect(0, 0, 1, 1), palette.WebSafe[:2])
	if err := gif.Encode(&b, m, &gif.Options{NumColors: 2}); err != nil {
		t.Fatal(err)
	}
	one := b.Bytes()
	start := bytes.IndexByte(one[13:], 0x2c) + 13
	return bytes.Join([][]byte{one[:start], bytes.Repeat(one[start:len(one)-1], n), {0x3b}}, nil)
}

func bitmap(w, h uint32) []byte {
	b := make([]byte, 54)
	copy(b, "BM")
	binary.LittleEndian.PutUint32(b[10:], 54)
	binary.LittleEndian.PutUint32(b[14:], 40)
	binary.LittleEndian.PutUint32(b[18:], w)
	binary.LittleEndian.PutUint32(b[22:], h)
	b[26], b[28] = 1, 24
	return b
}

// tiffOf is a TIFF in grey of one empty strip.
func tiffOf(w, h uint32) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00")
	entries := [][2]uint32{{256, w}, {257, h}, {258, 8}, {259, 1}, {262, 1}, {273, 8}, {277, 1}, {278, h}, {279, 1}}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(entries)))
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, 4)
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(b, e[1])
	}
	return append(b, 0, 0, 0, 0)
}

// tiled is a small TIFF that says it is a part of one tile of 3 gigapixels.
func tiled() []byte {
	b := tiffOf(100, 100)
	for at := 10; at < len(b)-4; at += 12 {
		switch binary.LittleEndian.Uint16(b[at:]) {
		case 278:
			binary.LittleEndian.PutUint16(b[at:], 322)
			binary.LittleEndian.PutUint32(b[at+8:], 60_000)
		case 279:
			binary.LittleEndian.PutUint16(b[at:], 323)
			binary.LittleEndian.PutUint32(b[at+8:], 60_000)
		}
	}
	return b
}

// smallCopy is the first directory of a raw photo: a small copy, with the
// photo itself inside.
func smallCopy() []byte {
	b := tiffOf(100, 100)
	entry := []byte{254, 0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0}
	b = bytes.Join([][]byte{b[:10], entry, b[10:]}, nil)
	b[8]++
	return b
}

// selfish is a TIFF whose every row is the same megabyte of the file, which
// unpacks to almost nothing.
func selfish(t testing.TB) []byte {
	const rows = 60_000
	var filler bytes.Buffer
	filler.Write([]byte{0x78, 0x9c})
	filler.Write(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 200_000)) // empty blocks
	filler.Write([]byte{1, 1, 0, 0xfe, 0xff, 7, 0, 8, 0, 8})         // one byte, and its checksum
	b := []byte("II*\x00\x08\x00\x00\x00")
	const entries, directory = 9, 8 + 2 + 9*12 + 4
	offsets := directory + filler.Len()
	counts := offsets + 4*rows
	b = binary.LittleEndian.AppendUint16(b, entries)
	for _, e := range [][3]uint32{{256, 1, 1}, {257, 1, rows}, {258, 1, 8}, {259, 1, 8}, {262, 1, 1}, {273, rows, uint32(offsets)}, {277, 1, 1}, {278, 1, 1}, {279, rows, uint32(counts)}} {
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, 4)
		b = binary.LittleEndian.AppendUint32(b, e[1])
		b = binary.LittleEndian.AppendUint32(b, e[2])
	}
	b = append(append(b, 0, 0, 0, 0), filler.Bytes()...)
	for range rows {
		b = binary.LittleEndian.AppendUint32(b, directory)
	}
	for range rows {
		b = binary.LittleEndian.AppendUint32(b, uint32(filler.Len()))
	}
	return b
}

func archive(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("../../x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, io.LimitReader(zeroReader{}, 50<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBombsAreAnsweredInWordsAndWithinMemory(t *testing.T) {
	for name, b := range bombs(t) {
		t.Run(name, func(t *testing.T) {
			within(t, "Look", func() {
				f := look(t, b.file, "a.png")
				if f.Code != b.code || f.Shown != (b.code == "") || (f.Refusal == "") != f.Shown {
					t.Errorf("shown %v, %q: %q; want %q", f.Shown, f.Code, f.Refusal, b.code)
				}
			})
			within(t, "Thumbnail", func() { thumbnail(b.file) })
			within(t, "Rendering", func() { evidence.Rendering(reader(b.file)) })
			within(t, "Stripped", func() { evidence.Stripped(reader(b.file)) })
			within(t, "Lines", func() { evidence.Lines(bytes.NewReader(b.file), int64(len(b.file)), 1, 100) })
		})
	}
}

// How long the slowest of them takes to be answered, in all the ways in which
// the window asks for it, against the second that it may take.
func BenchmarkHostileFile(b *testing.B) {
	const limit = time.Second
	all := bombs(b)
	var slowest time.Duration
	for b.Loop() {
		slowest = 0
		for _, bomb := range all {
			begun := time.Now()
			evidence.Look(bytes.NewReader(bomb.file), int64(len(bomb.file)), "a.png")
			thumbnail(bomb.file)
			evidence.Lines(bytes.NewReader(bomb.file), int64(len(bomb.file)), 1, 100)
			slowest = max(slowest, time.Since(begun))
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(slowest.Microseconds())/1000, "ms")
	b.ReportMetric(float64(limit.Milliseconds()), "limit-ms")
	b.ReportMetric(float64(slowest)/float64(limit), "ratio")
	b.ReportMetric(1, "target")
}

func thumbnail(b []byte) ([]byte, string, error) {
	return evidence.Thumbnail(bytes.NewReader(b), int64(len(b)), 320)
}

// What people take is shown, within the same memory: that of the largest
// screens, and of phones.
func TestScreensAndPhotosAreShownWithinMemory(t *testing.T) {
	photo := photoOf(t, 4032, 3024)
	for name, file := range map[string][]byte{
		"a screen of 3840 × 2160":       zeros(3840, 2160, 8, 6, 4),
		"a screen of 5120 × 2880":       zeros(5120, 2880, 8, 6, 4),
		"a screen as a TIFF":            tiffScreen(t),
		"a page 1280 wide and as long":  zeros(1280, 11_000, 8, 2, 3),
		"a photo of 12 megapixels":      photo,
		"a photo of 12 megapixels, 90°": withSegments(photo, exifSegment(phone(6))),
	} {
		t.Run(name, func(t *testing.T) {
			within(t, "Look", func() {
				if f := look(t, file, ""); !f.Shown {
					t.Errorf("refused: %s", f.Refusal)
				}
			})
			within(t, "Thumbnail", func() {
				if _, _, err := thumbnail(file); err != nil {
					t.Error(err)
				}
			})
			within(t, "Rendering", func() {
				if _, _, err := evidence.Rendering(reader(file)); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// tiffScreen is a screen of 3840 × 2160 in strips of 16 rows, as most programs
// write it.
func tiffScreen(t testing.TB) []byte {
	const w, h, rows = 3840, 2160, 16
	var strip bytes.Buffer
	z := zlib.NewWriter(&strip)
	z.Write(make([]byte, w*rows*3))
	z.Close()
	const strips = h / rows
	const directory, entries = 8, 10
	pixels := directory + 2 + 12*entries + 4
	offsets := pixels + strip.Len()
	counts := offsets + 4*strips
	depths := counts + 4*strips
	b := binary.LittleEndian.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), entries)
	for _, e := range [][3]uint32{{256, 1, w}, {257, 1, h}, {258, 3, uint32(depths)}, {259, 1, 8}, {262, 1, 2}, {273, strips, uint32(offsets)}, {277, 1, 3}, {278, 1, rows}, {279, strips, uint32(counts)}, {284, 1, 1}} {
		kind := uint16(4)
		if e[0] == 258 {
			kind = 3
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, kind)
		b = binary.LittleEndian.AppendUint32(b, e[1])
		b = binary.LittleEndian.AppendUint32(b, e[2])
	}
	b = append(append(b, 0, 0, 0, 0), strip.Bytes()...)
	for range strips {
		b = binary.LittleEndian.AppendUint32(b, uint32(pixels))
	}
	for range strips {
		b = binary.LittleEndian.AppendUint32(b, uint32(strip.Len()))
	}
	return append(b, 8, 0, 8, 0, 8, 0)
}

func photoOf(t testing.TB, w, h int) []byte {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = uint8(i>>6 + i%7)
	}
	return jpegOf(t, m)
}

func TestARenderingThatWouldBeHugeIsAJPEG(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 2000, 1500))
	state := uint32(1)
	for i := range m.Pix {
		state = state*1664525 + 1013904223
		m.Pix[i] = uint8(state >> 24)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	var noise bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&noise, m); err != nil {
		t.Fatal(err)
	}
	file := noise.Bytes()
	b, kind, err := evidence.Rendering(reader(file))
	if err != nil || kind != evidence.TypeJPEG || len(b) > len(file)/2 {
		t.Errorf("%d bytes of %s, from %d, %v", len(b), kind, len(file), err)
	}
	small := pngOf(t, screenshot(300, 200))
	if _, kind, err := evidence.Rendering(reader(small)); err != nil || kind != evidence.TypePNG {
		t.Errorf("a screenshot becomes %s, %v", kind, err)
	}
}

func TestWhatIsNoPictureIsKnownByItsContent(t *testing.T) {
	gifWithScript := append(manyFrames(t, 1), "<script>alert(1)</script>"...)
	for _, test := range []struct {
		name, file       string
		format, kind     string
		shown, asText    bool
		refusalOnPurpose bool
	}{
		{"x.png", "<!DOCTYPE html><html><script>alert(1)</script>", "html", "document", false, true, true},
		{"x.png", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "svg", "graph", false, true, true},
		{"x.svg", `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`, "svg", "graph", false, true, true},
		{"x.txt", string(gifWithScript), "gif", "screenshot", true, false, false},
		{"x.gif", "GIF89a=1;alert(1)//" + strings.Repeat("x", 50), "gif", "screenshot", false, false, true},
		{"x.png", "%PDF-1.7\n<script>", "pdf", "document", false, false, true},
		{"x.png", "PK\x03\x04\x14\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 40), "zip", "document", false, false, true},
		{"x.png", "\x7fELF\x02\x01\x01\x00\x00\x00\x00", "binary", "document", false, false, true},
		{"x.png", "a\x00b", "binary", "document", false, false, true},
		{"x.bmp", "BMW drives to the data centre\n", "text", "document", false, true, false},
		{"", `{"receiver":"x","status":"firing","alerts":[]}`, "json", "alert", false, true, false},
		{"", `{"a":1}`, "json", "document", false, true, false},
		{"", "host,errors\na,1\nb,2\n", "csv", "query", false, true, false},
		{"", "2026-03-14T03:07:12Z ERROR x\n2026-03-14T03:07:13Z INFO y, z\n", "log", "log", false, true, false},
		{"", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "text", "change", false, true, false},
		{"", "From: ana@example.org\nSubject: it is down\n\nhello\n", "text", "message", false, true, false},
		{"", "we think that it is the cache\n", "text", "document", false, true, false},
		{"", "\xff\xfeh\x00i\x00\n\x00", "text", "document", false, true, false},
		{"IMG_1.HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heif", "screenshot", false, false, true},
		{"x.jpg", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif", "heif", "screenshot", false, false, true},
		{"x.png", "\x89PNG\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", "binary", "screenshot", false, false, true},
	} {
		f := look(t, []byte(test.file), test.name)
		if f.Format != test.format || f.Kind != test.kind || f.Shown != test.shown || f.Text() != test.asText || (f.Refusal != "") != test.refusalOnPurpose {
			t.Errorf("%.30q is %s, %s, shown %v, text %v, refused %q", test.file, f.Format, f.Kind, f.Shown, f.Text(), f.Refusal)
		}
		if f.Text() != (f.Lines >= 0) {
			t.Errorf("%.30q has %d lines", test.file, f.Lines)
		}
	}
	if f := look(t, nil, "x.png"); f.Code != evidence.CodeEmpty || f.Refusal == "" {
		t.Errorf("no bytes are %+v", f)
	}
	if f := look(t, []byte("<html>"), "../../x.PNG"); f.Named != "png" {
		t.Errorf("a page called x.PNG is named %q", f.Named)
	}
}

var errDisk = errors.New("the disk is gone")

type failing struct {
	io.ReaderAt
	after int64
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.after {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

func TestADiskThatFailsIsNotTheFilesFault(t *testing.T) {
	for name, file := range telling(t) {
		for _, after := range []int64{0, 40, int64(len(file)) - 10} {
			r, size := failing{bytes.NewReader(file), after}, int64(len(file))
			if _, err := evidence.Look(r, size, "a"); !errors.Is(err, errDisk) {
				t.Errorf("%s, after %d: Look says %v", name, after, err)
			}
			if _, err := evidence.Picture(r, size); !errors.Is(err, errDisk) {
				t.Errorf("%s, after %d: Picture says %v", name, after, err)
			}
			if _, err := evidence.Stripped(r, size); !errors.Is(err, errDisk) {
				t.Errorf("%s, after %d: Stripped says %v", name, after, err)
			}
		}
	}
}
