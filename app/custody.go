package app

import (
	"fmt"
	"strconv"
	"strings"

	"bearings/internal/evidence"
)

// formatWords say what a file is, by its content.
var formatWords = map[string]string{
	evidence.FormatPNG:    "PNG picture",
	evidence.FormatJPEG:   "JPEG picture",
	evidence.FormatGIF:    "GIF picture",
	evidence.FormatWebP:   "WebP picture",
	evidence.FormatBMP:    "BMP picture",
	evidence.FormatTIFF:   "TIFF picture",
	evidence.FormatHEIF:   "HEIC or AVIF photo",
	evidence.FormatSVG:    "SVG drawing, read as text",
	evidence.FormatHTML:   "Web page, read as text",
	evidence.FormatPDF:    "PDF document",
	evidence.FormatZIP:    "ZIP archive",
	evidence.FormatJSON:   "JSON, a text of data",
	evidence.FormatCSV:    "CSV, a table as text",
	evidence.FormatLog:    "Log",
	evidence.FormatText:   "Text",
	evidence.FormatBinary: "No text, and no picture that is drawn here",
}

// wayWords say by what way an evidence came in.
var wayWords = map[string]string{
	"drop":         "dropped on the window",
	"paste":        "pasted",
	"dialog":       "chosen in a dialog",
	"command line": "from the command line",
	"typed":        "typed",
}

// timeWords say where the time comes from at which it was observed.
var timeWords = map[string]string{
	"metadata":  "from the file’s own metadata",
	"file time": "when the file was last changed",
	"arrival":   "when it came in; nothing better was known",
}

// fileFacts are what is known of the file of an evidence, as the page lists
// them beside it and in place of what cannot be shown.
func (v *EvidenceView) fileFacts() []Fact {
	facts := []Fact{}
	add := func(name, text string, mono bool) {
		if text != "" {
			facts = append(facts, Fact{Name: name, Text: text, Mono: mono})
		}
	}
	add("On", v.Device, false)
	add("File", v.File, false)
	kind := formatWords[v.Format]
	if kind != "" && v.Width > 0 {
		kind += fmt.Sprintf(", %d × %d", v.Width, v.Height)
	}
	add("By content", kind, false)
	if !v.Redacted {
		add("Size", v.Size, false)
	}
	add("SHA-256", v.SHA256, true)
	return facts
}

// exactSize is a number of bytes in words: "812 bytes", "1.4 MB (1,432,781
// bytes)". It is exact, since custody is.
func exactSize(n int64) string {
	exact := grouped(n) + " bytes"
	if n == 1 {
		exact = "1 byte"
	}
	if n < 1000 {
		return exact
	}
	size, unit := float64(n)/1000, 0
	for size >= 999.5 && unit < 2 {
		size /= 1000
		unit++
	}
	places := 0
	if size < 10 {
		places = 1
	}
	return strconv.FormatFloat(size, 'f', places, 64) + " " + [...]string{"kB", "MB", "GB"}[unit] + " (" + exact + ")"
}

// grouped is a number with its digits in threes: "20,000".
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}
