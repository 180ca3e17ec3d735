package evidence

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// The formats that are told apart, by content.
const (
	FormatPNG    = "png"
	FormatJPEG   = "jpeg"
	FormatGIF    = "gif"
	FormatWebP   = "webp"
	FormatBMP    = "bmp"
	FormatTIFF   = "tiff"
	FormatHEIF   = "heif" // HEIC and AVIF, as many phones take photos
	FormatSVG    = "svg"
	FormatHTML   = "html"
	FormatPDF    = "pdf"
	FormatZIP    = "zip"
	FormatJSON   = "json"
	FormatCSV    = "csv"
	FormatLog    = "log"
	FormatText   = "text"
	FormatBinary = "binary" // none of these
)

// refusals say why a file that is no picture is not shown as one. Texts are
// read as lines.
var refusals = map[string]string{
	FormatSVG:    "an SVG can carry scripts, so its source is shown and nothing draws it",
	FormatHTML:   "a page can carry scripts, so its source is shown and nothing draws it",
	FormatHEIF:   "this is a HEIC or AVIF photo, as many phones take them, which is not shown here; send it as a JPEG, or take a screenshot of it",
	FormatPDF:    "this is a PDF, and Bearings shows pictures and texts only",
	FormatZIP:    "this is an archive, which is kept closed: what is in it is not shown here",
	FormatJSON:   "this is JSON: a text, not a picture",
	FormatCSV:    "this is a table: a text, not a picture",
	FormatLog:    "this is a log: a text, not a picture",
	FormatText:   "this is a text, not a picture",
	FormatBinary: "Bearings does not know this kind of file, so it is not shown here",
}

// formats are those that follow from a MIME type, or from a type that it is a
// sort of.
var formats = []struct{ mime, format string }{
	{"image/png", FormatPNG},
	{"image/jpeg", FormatJPEG},
	{"image/gif", FormatGIF},
	{"image/webp", FormatWebP},
	{"image/bmp", FormatBMP},
	{"image/tiff", FormatTIFF},
	{"image/heic", FormatHEIF},
	{"image/heic-sequence", FormatHEIF},
	{"image/heif", FormatHEIF},
	{"image/heif-sequence", FormatHEIF},
	{"image/avif", FormatHEIF},
	{"image/svg+xml", FormatSVG},
	{"text/html", FormatHTML},
	{"application/pdf", FormatPDF},
	{"application/zip", FormatZIP},
	{"application/json", FormatJSON},
	{"text/csv", FormatCSV},
	{"text/plain", FormatText},
}

// headBytes is how much of a file is looked at to say what it is.
const headBytes = 3072

// head returns the first bytes of a file.
func head(s *source, n int) ([]byte, error) {
	b := make([]byte, min(int64(n), s.Size()))
	got, err := io.ReadFull(io.NewSectionReader(s.SectionReader, 0, s.Size()), b)
	if ended(err) != nil {
		return nil, s.blame(err)
	}
	return b[:got], s.disk.failed
}

// sniff says what a file is, by its first bytes.
func sniff(s *source) (string, error) {
	b, err := head(s, headBytes)
	if err != nil {
		return "", err
	}
	format := FormatBinary
	err = guard(FormatBinary, func() error {
		format = formatOf(b)
		return nil
	})
	if err != nil {
		return FormatBinary, nil
	}
	return format, nil
}

func formatOf(b []byte) string {
	for m := mimetype.Detect(b); m != nil; m = m.Parent() {
		for _, f := range formats {
			if m.Is(f.mime) {
				return refined(f.format, b)
			}
		}
	}
	if mostlyText(b) {
		return refined(FormatText, b)
	}
	return FormatBinary
}

// mostlyText says whether bytes are a text in which a few control characters
// stand, such as the bells in what was copied from a terminal.
func mostlyText(b []byte) bool {
	control := 0
	for _, c := range b {
		switch {
		case c == 0:
			return false
		case c < ' ' && !bytes.ContainsRune([]byte("\t\n\r\f\x1b"), rune(c)):
			control++
		}
	}
	return 20*control < len(b) && utf8.Valid(b[:wholeRunes(b)])
}

// refined looks closer where a few first letters decide too much.
func refined(format string, b []byte) string {
	switch {
	case format == FormatBMP && !hasBMPHeader(b):
		if mostlyText(b) {
			return refined(FormatText, b)
		}
		return FormatBinary
	case format == FormatText && looksLikeLog(b), format == FormatCSV && looksLikeLog(b):
		return FormatLog
	}
	return format
}

// hasBMPHeader says whether what begins with "BM" goes on as a bitmap does,
// with two reserved words of zero.
func hasBMPHeader(b []byte) bool {
	return len(b) >= 18 && bytes.Equal(b[6:10], make([]byte, 4)) && b[14] >= 12 && bytes.Equal(b[15:18], make([]byte, 3))
}

// looksLikeLog says whether most lines have a time or a level in their first
// part.
func looksLikeLog(b []byte) bool {
	lines, marked := 0, 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if logLine.MatchString(line[:min(len(line), 120)]) {
			marked++
		}
	}
	return lines >= 2 && 2*marked > lines
}

// isPicture says whether Bearings decodes files of the format.
func isPicture(format string) bool { return decoders[format] != nil }

// isText says whether files of the format are read as lines.
func isText(format string) bool {
	switch format {
	case FormatSVG, FormatHTML, FormatJSON, FormatCSV, FormatLog, FormatText:
		return true
	}
	return false
}
