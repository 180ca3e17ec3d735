package evidence

import (
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"
	"time"
)

// Finding is what a file is.
type Finding struct {
	Format string // by content, one of the formats
	Named  string // the ending of its name, where that says another format; else ""
	Kind   string // the kind of evidence to suggest

	Width, Height int // of a picture, upright, in pixels; 0 if it says none
	Frames        int // of an animation, or pages of a TIFF, counted to MaxFrames; 1 for other pictures

	Taken     time.Time // when it was taken, by its metadata; zero if they don't say
	TakenZone bool      // whether the metadata give a zone; if not, Taken is in time.Local

	Metadata []string // what it carries beside the picture, in words: "GPS position", "camera" …
	Shown    bool     // whether Picture can show it
	Refusal  string   // why it is not shown, a sentence without a full stop; "" if it is, and for a plain text
	Code     string   // of the refusal, one of the codes, or ""
	Lines    int      // of a text; -1 if it is none, or too large to count
}

// Text says whether the file is read as lines.
func (f *Finding) Text() bool { return isText(f.Format) }

// Look says what a file is, by its content. It decodes a picture to know
// whether it can be shown, within the limits. The name serves to say that it
// claims something else. An error is an error of reading r; whatever is wrong
// with the file itself is in the Finding.
func Look(r io.ReaderAt, size int64, name string) (*Finding, error) {
	s := newSource(r, size)
	if size == 0 {
		return &Finding{Format: FormatBinary, Kind: "document", Lines: -1, Refusal: "the file is empty", Code: CodeEmpty}, nil
	}
	format, err := sniff(s)
	if err != nil {
		return nil, err
	}
	f := &Finding{Format: format, Named: misnamed(format, name), Lines: -1}
	switch {
	case isPicture(format):
		err = f.lookAtPicture(s)
	case isText(format):
		err = f.lookAtText(s)
	default:
		err = f.lookAtRest(s)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (f *Finding) lookAtPicture(s *source) error {
	f.Kind = "screenshot"
	c := readCarried(s, f.Format)
	f.Metadata, f.Taken, f.TakenZone, f.Frames = c.words(), c.taken, c.zone, max(c.frames, 1)

	err := alone(func() error {
		h, err := readHeader(s, f.Format)
		f.Width, f.Height = h.width, h.height
		if err == nil {
			_, err = decode(s, f.Format)
		}
		return err
	})
	if swapsSides(c.orientation) {
		f.Width, f.Height = f.Height, f.Width
	}
	return f.refuse(s, err)
}

// refuse notes why a picture is not shown. It returns what the disk said.
func (f *Finding) refuse(s *source, err error) error {
	if s.disk.failed != nil {
		return s.disk.failed
	}
	if err == nil {
		f.Shown = true
		return nil
	}
	typed := explained(err)
	if typed == nil {
		return err
	}
	f.Refusal, f.Code = typed.Message, typed.Code
	return nil
}

func (f *Finding) lookAtRest(s *source) error {
	f.Kind = "document"
	f.Refusal, f.Code = refusals[f.Format], CodeNotShown
	switch f.Format {
	case FormatHEIF:
		f.Kind = "screenshot"
		c := readCarried(s, f.Format)
		f.Metadata, f.Taken, f.TakenZone = c.words(), c.taken, c.zone
	case FormatBinary:
		b, err := head(s, 64)
		if err != nil {
			return err
		}
		if manglesPNG(b) {
			f.Kind = "screenshot"
			f.Refusal = "this was a PNG, and its first bytes were changed on the way, as happens to a file that is sent as text"
			f.Code = CodeDamaged
		}
	}
	return s.disk.failed
}

// manglesPNG says whether a file begins as a PNG does after something changed
// its signature, which is made so that this shows.
func manglesPNG(b []byte) bool {
	return bytes.Contains(b[:min(len(b), 12)], []byte("PNG")) && bytes.Contains(b, []byte("IHDR"))
}

func (f *Finding) lookAtText(s *source) error {
	b, err := head(s, headBytes)
	if err != nil {
		return err
	}
	f.Kind = kindOfText(f.Format, b)
	if f.Format == FormatSVG || f.Format == FormatHTML {
		f.Refusal, f.Code = refusals[f.Format], CodeNotShown
	}
	f.Lines, err = countLines(s)
	return err
}

var (
	terminalColour = regexp.MustCompile(`\x1b\[[0-9;]*m`)

	logLine  = regexp.MustCompile(`\d{1,2}:\d{2}:\d{2}|\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b|\b(?:level|lvl|severity)"?[=:]|^[IWEF]\d{4} `)
	diffLine = regexp.MustCompile(`(?m)^(?:diff --git |--- \S.*\n\+\+\+ \S|Index: \S)`)
	mailLine = regexp.MustCompile(`(?m)\A(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*)*(?:From|Subject): `)
	alertKey = regexp.MustCompile(`"(?:alerts|groupLabels|commonLabels|alertname|routing_key|incident_key|event_action)"\s*:`)
)

// kindOfText suggests a kind of evidence, which a person may change.
func kindOfText(format string, b []byte) string {
	switch {
	case format == FormatLog:
		return "log"
	case format == FormatCSV:
		return "query"
	case format == FormatSVG:
		return "graph"
	case format == FormatJSON && alertKey.Match(b):
		return "alert"
	case format == FormatText && diffLine.Match(b):
		return "change"
	case format == FormatText && mailLine.Match(b):
		return "message"
	}
	return "document"
}

// endings are the endings of names that promise a format.
var endings = map[string]string{
	"png": FormatPNG, "jpg": FormatJPEG, "jpeg": FormatJPEG, "gif": FormatGIF, "webp": FormatWebP,
	"bmp": FormatBMP, "tif": FormatTIFF, "tiff": FormatTIFF, "heic": FormatHEIF, "heif": FormatHEIF, "avif": FormatHEIF, "svg": FormatSVG, "pdf": FormatPDF, "zip": FormatZIP,
}

// misnamed is the ending of a name that promises another format.
func misnamed(format, name string) string {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if promised, ok := endings[ending]; ok && promised != format {
		return ending
	}
	return ""
}
