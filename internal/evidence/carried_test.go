package evidence_test

import (
	"bytes"
	"compress/zlib"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const xmpPacket = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
	`<rdf:Description exif:GPSLatitude="52,30.18N" xmp:CreateDate="2026-03-14T03:07:12+01:00" tiff:Make="SECRETPHONE">` +
	`<dc:creator><rdf:Seq><rdf:li>SECRETANA</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

func xmpSegment() []byte {
	return segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+xmpPacket))
}

func deflated(s string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}

func TestMetadataAreSaidInWords(t *testing.T) {
	shot := screenshot(40, 30)
	plainPNG, plainJPEG := pngOf(t, shot), jpegOf(t, shot)
	for _, test := range []struct {
		name string
		file []byte
		want []string
	}{
		{"a plain PNG", plainPNG, nil},
		{"a plain JPEG", plainJPEG, nil},
		{"a photo of a phone", withSegments(plainJPEG, exifSegment(phone(6))),
			[]string{"GPS position", "author", "serial number", "camera", "time taken", "software", "EXIF"}},
		{"GPS without a position", withSegments(plainJPEG, exifSegment(exifOf([]tag{short(0x0112, 1)}, nil, []tag{{0, 1, 4, []byte{2, 3, 0, 0}}}))), []string{"EXIF"}},
		{"EXIF with a thumbnail", withSegments(plainJPEG, exifSegment(withThumbnail())), []string{"small copy of the picture", "EXIF"}},
		{"XMP in a JPEG", withSegments(plainJPEG, xmpSegment()), []string{"GPS position", "author", "camera", "time taken", "XMP"}},
		{"a comment, a profile and a second picture in a JPEG",
			withSegments(plainJPEG, segment(0xfe, []byte("hello")), segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01")), segment(0xe2, []byte("MPF\x00"))),
			[]string{"more pictures", "text", "colour profile"}},
		{"something behind a JPEG", append(bytes.Clone(plainJPEG), "PK\x03\x04"...), []string{"data behind the picture"}},
		{"something behind a PNG", append(bytes.Clone(plainPNG), "PK\x03\x04"...), []string{"data behind the picture"}},
		{"EXIF in a PNG", withChunks(plainPNG, chunk("eXIf", phone(1))),
			[]string{"GPS position", "author", "serial number", "camera", "time taken", "software", "EXIF"}},
		{"texts of a PNG", withChunks(plainPNG, chunk("tEXt", []byte("Author\x00SECRETANA")), chunk("tEXt", []byte("Comment\x00hello")), chunk("iCCP", []byte("p\x00\x00"))),
			[]string{"author", "text", "colour profile"}},
		{"XMP in a PNG, compressed", withChunks(plainPNG, chunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), deflated(xmpPacket)...))),
			[]string{"GPS position", "author", "camera", "time taken", "XMP"}},
		{"a chunk of somebody's own", withChunks(plainPNG, chunk("prVt", []byte("hello"))), []string{"private data"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := look(t, test.file, "a")
			if !f.Shown {
				t.Fatalf("refused: %s", f.Refusal)
			}
			if d := cmp.Diff(test.want, f.Metadata); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTheTimeTakenComesFromMetadataWithItsZone(t *testing.T) {
	shot := screenshot(40, 30)
	plainPNG, plainJPEG := pngOf(t, shot), jpegOf(t, shot)
	noZone := exifOf([]tag{short(0x0112, 1)}, []tag{text(0x9003, "2026:03:14 03:07:12")}, nil)
	cet := time.FixedZone("", 3600)
	for _, test := range []struct {
		name string
		file []byte
		want time.Time
		zone bool
	}{
		{"no metadata", plainPNG, time.Time{}, false},
		{"EXIF with an offset", withSegments(plainJPEG, exifSegment(phone(1))), time.Date(2026, 3, 14, 3, 7, 12, 0, cet), true},
		{"EXIF without an offset", withSegments(plainJPEG, exifSegment(noZone)), time.Date(2026, 3, 14, 3, 7, 12, 0, time.Local), false},
		{"EXIF in a PNG", withChunks(plainPNG, chunk("eXIf", phone(1))), time.Date(2026, 3, 14, 3, 7, 12, 0, cet), true},
		{"XMP", withSegments(plainJPEG, xmpSegment()), time.Date(2026, 3, 14, 3, 7, 12, 0, cet), true},
		{"EXIF before XMP", withSegments(plainJPEG, xmpSegment(), exifSegment(noZone)), time.Date(2026, 3, 14, 3, 7, 12, 0, time.Local), false},
		{"a screenshot of GNOME", withChunks(plainPNG, chunk("tEXt", []byte("Creation Time\x00Sat, 14 Mar 2026 03:07:12 +0100"))), time.Date(2026, 3, 14, 3, 7, 12, 0, cet), true},
		{"nonsense", withSegments(plainJPEG, exifSegment(exifOf([]tag{short(0x0112, 1)}, []tag{text(0x9003, "0000:00:00 00:00:00")}, nil))), time.Time{}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := look(t, test.file, "a")
			if !f.Taken.Equal(test.want) || f.TakenZone != test.zone {
				t.Errorf("taken %v, zone %v; want %v, %v", f.Taken, f.TakenZone, test.want, test.zone)
			}
		})
	}
}

// withThumbnail is an EXIF block with a second directory, which is that of a
// thumbnail.
func withThumbnail() []byte {
	b := exifOf([]tag{short(0x0112, 1)}, nil, nil)
	const next = 8 + 2 + 12
	b[next+3] = byte(len(b))
	return directory(b, []tag{short(0x0103, 6)})
}
