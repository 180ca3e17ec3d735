package evidence_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// Files for the tests, made from their parts.

// screenshot is a picture with an edge or a colour nearly everywhere, so that
// a pixel that is missing, moved or turned shows.
func screenshot(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{R: uint8(x * 255 / w), G: uint8(y * 255 / h), B: uint8(x*y + x), A: 255})
		}
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// chunk is a chunk of a PNG.
func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// withChunks puts chunks behind the header of a PNG.
func withChunks(p []byte, chunks ...[]byte) []byte {
	const header = 8 + 25
	return bytes.Join([][]byte{p[:header], bytes.Join(chunks, nil), p[header:]}, nil)
}

// header is a PNG of nothing but a signature and a header: 33 bytes.
func header(w, h uint32, depth, colour byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, w)
	b = binary.BigEndian.AppendUint32(b, h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(b, depth, colour, 0, 0, 0))...)
}

// segment is a segment of a JPEG.
func segment(marker byte, data []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2))
	return append(b, data...)
}

// withSegments puts segments behind the first marker of a JPEG.
func withSegments(j []byte, segments ...[]byte) []byte {
	return bytes.Join([][]byte{j[:2], bytes.Join(segments, nil), j[2:]}, nil)
}

// tag is an entry of an EXIF directory. data is as it is stored, big-endian.
type tag struct {
	id    uint16
	kind  uint16 // 2 text, 3 short, 4 long, 5 rational, 7 bytes
	count uint32
	data  []byte
}

func text(id uint16, s string) tag { return tag{id, 2, uint32(len(s) + 1), append([]byte(s), 0)} }

func short(id, n uint16) tag { return tag{id, 3, 1, []byte{byte(n >> 8), byte(n)}} }

func degrees(id uint16, d, m, s uint32) tag {
	var b []byte
	for _, n := range []uint32{d, 1, m, 1, s, 1} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return tag{id, 5, 3, b}
}

// exifOf is an EXIF block with these directories. exif and gps may be nil.
func exifOf(main, exif, gps []tag) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08")
	pointer := func(id uint16, at int) tag {
		return tag{id, 4, 1, binary.BigEndian.AppendUint32(nil, uint32(at))}
	}
	mainSize := size(main)
	if exif != nil {
		mainSize += 12
	}
	if gps != nil {
		mainSize += 12
	}
	at := len(b) + mainSize
	if exif != nil {
		main = append(main, pointer(0x8769, at))
		at += size(exif)
	}
	if gps != nil {
		main = append(main, pointer(0x8825, at))
	}
	b = directory(b, main)
	if exif != nil {
		b = directory(b, exif)
	}
	if gps != nil {
		b = directory(b, gps)
	}
	return b
}

func size(tags []tag) int {
	n := 2 + 12*len(tags) + 4
	for _, t := range tags {
		if len(t.data) > 4 {
			n += len(t.data)
		}
	}
	return n
}

// directory appends a directory and the data that stand behind it.
func directory(b []byte, tags []tag) []byte {
	data := len(b) + 2 + 12*len(tags) + 4
	var behind []byte
	b = binary.BigEndian.AppendUint16(b, uint16(len(tags)))
	for _, t := range tags {
		b = binary.BigEndian.AppendUint16(b, t.id)
		b = binary.BigEndian.AppendUint16(b, t.kind)
		b = binary.BigEndian.AppendUint32(b, t.count)
		if len(t.data) > 4 {
			b = binary.BigEndian.AppendUint32(b, uint32(data+len(behind)))
			behind = append(behind, t.data...)
			continue
		}
		b = append(b, append(append([]byte{}, t.data...), 0, 0, 0, 0)[:4]...)
	}
	b = binary.BigEndian.AppendUint32(b, 0)
	return append(b, behind...)
}

// phone is the EXIF block of a photo that says too much.
func phone(orientation uint16) []byte {
	return exifOf(
		[]tag{text(0x010f, "SECRETPHONE"), text(0x0110, "SECRETMODEL"), short(0x0112, orientation), text(0x0131, "SECRETSOFT"), text(0x013b, "SECRETANA")},
		[]tag{text(0x9003, "2026:03:14 03:07:12"), text(0x9011, "+01:00"), text(0xa431, "SECRETSERIAL")},
		[]tag{text(0x0001, "N"), degrees(0x0002, 52, 30, 11), text(0x0003, "E"), degrees(0x0004, 13, 22, 7)},
	)
}

func exifSegment(block []byte) []byte { return segment(0xe1, append([]byte("Exif\x00\x00"), block...)) }
