package evidence

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bep/imagemeta"
)

// What a picture carries beside its pixels, in the words that people are told,
// in the order of how much they give away.
const (
	carriesGPS       = "GPS position"
	carriesAuthor    = "author"
	carriesSerial    = "serial number"
	carriesCamera    = "camera"
	carriesThumbnail = "small copy of the picture"
	carriesMore      = "more pictures"
	carriesTrailing  = "data behind the picture"
	carriesTime      = "time taken"
	carriesSoftware  = "software"
	carriesText      = "text"
	carriesCopyright = "copyright"
	carriesNotes     = "notes of the maker"
	carriesEXIF      = "EXIF"
	carriesXMP       = "XMP"
	carriesIPTC      = "IPTC"
	carriesProfile   = "colour profile"
	carriesPrivate   = "private data"
)

var carriedOrder = []string{
	carriesGPS, carriesAuthor, carriesSerial, carriesCamera, carriesThumbnail, carriesMore, carriesTrailing,
	carriesTime, carriesSoftware, carriesText, carriesCopyright, carriesNotes,
	carriesEXIF, carriesXMP, carriesIPTC, carriesProfile, carriesPrivate,
}

const (
	maxTags = 2000      // of EXIF and IPTC, that are looked at
	maxText = 256 << 10 // of an XMP packet or a PNG text, in bytes
	maxEXIF = 1 << 20   // of a block, in bytes
)

// carried is what the metadata of a picture say.
type carried struct {
	found       map[string]bool
	frames      int
	orientation int
	taken       time.Time
	zone        bool

	tags imagemeta.Tags
}

func (c *carried) words() []string {
	var words []string
	for _, w := range carriedOrder {
		if c.found[w] {
			words = append(words, w)
		}
	}
	return words
}

func (c *carried) has(word string) { c.found[word] = true }

// readCarried reads the metadata of a picture. Metadata that make no sense
// count for what could be read of them.
func readCarried(s *source, format string) *carried {
	c := &carried{found: map[string]bool{}, frames: 1}
	s = s.again()
	if s.Size() > MaxPictureBytes || guard(format, func() error { return c.readParts(s, format) }) != nil {
		return c
	}
	c.readTaken()
	return c
}

// orientation is how a picture is turned.
func orientation(s *source, format string) int { return readCarried(s, format).orientation }

// readParts notes what the list of parts tells.
func (c *carried) readParts(s *source, format string) error {
	r := s.section()
	switch format {
	case FormatPNG:
		return c.behind(r, pngChunks(r, c.pngChunk))
	case FormatJPEG:
		return c.behind(r, jpegSegments(r, c.jpegSegment))
	case FormatGIF:
		c.frames = 0
		return c.behind(r, gifBlocks(r, c.gifBlock))
	case FormatWebP:
		return c.behind(r, riffChunks(r, c.riffChunk))
	case FormatTIFF:
		c.frames = tiffPages(s)
		return c.readTags(s.SectionReader, imagemeta.TIFF)
	case FormatHEIF:
		return c.readTags(s.SectionReader, imagemeta.HEIF)
	}
	return nil
}

// behind notes that the file goes on after the picture ended.
func (c *carried) behind(r *bufio.Reader, err error) error {
	if err != nil {
		return err
	}
	if _, err := r.ReadByte(); err == nil {
		c.has(carriesTrailing)
	}
	return nil
}

func (c *carried) pngChunk(kind string, n int64, body io.Reader) error {
	switch kind {
	case "tEXt", "zTXt", "iTXt":
		b, err := io.ReadAll(io.LimitReader(body, maxText))
		if err != nil {
			return err
		}
		c.pngText(kind, b)
	case "acTL":
		var b [4]byte
		if _, err := io.ReadFull(body, b[:]); err != nil {
			return err
		}
		c.frames = int(min(binary.BigEndian.Uint32(b[:]), MaxFrames))
	case "eXIf":
		return c.readEXIF(body)
	case "iCCP":
		c.has(carriesProfile)
	case "tIME":
		c.has(carriesTime)
	default:
		if longest, known := pngRendering[kind]; !known && !slices.Contains(pngHarmless, kind) || known && n > longest {
			c.has(carriesPrivate)
		}
	}
	return nil
}

// pngHarmless are the chunks that tell of the picture only.
var pngHarmless = slices.Concat(pngCritical, pngAnimation, []string{"hIST", "sPLT"})

// pngText notes one text of a PNG: a keyword, and after it the text, which may
// be compressed.
func (c *carried) pngText(kind string, b []byte) {
	keyword, rest, ok := bytes.Cut(b, []byte{0})
	if !ok {
		c.has(carriesText)
		return
	}
	switch word := strings.ToLower(string(keyword)); {
	case word == "author", word == "artist":
		c.has(carriesAuthor)
	case word == "software":
		c.has(carriesSoftware)
	case word == "copyright":
		c.has(carriesCopyright)
	case word == "creation time":
		c.has(carriesTime)
		if kind == "tEXt" {
			c.pngTime(string(rest))
		}
	case strings.HasPrefix(word, "xml:com.adobe.xmp"):
		c.xmp(pngInternational(rest))
	case word == "raw profile type iptc":
		c.has(carriesIPTC)
	case strings.HasPrefix(word, "raw profile type"):
		c.has(carriesEXIF)
	default:
		c.has(carriesText)
	}
}

// pngInternational is the text of an iTXt chunk behind its keyword: whether
// and how it is compressed, a language, a translated keyword, the text.
func pngInternational(b []byte) []byte {
	if len(b) < 2 {
		return nil
	}
	compressed := b[0] == 1
	parts := bytes.SplitN(b[2:], []byte{0}, 3)
	text := parts[len(parts)-1]
	if !compressed {
		return text
	}
	z, err := zlib.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	text, _ = io.ReadAll(io.LimitReader(z, maxText))
	return text
}

// pngTime reads "Creation Time", for which the specification of PNG recommends
// the form of RFC 1123.
func (c *carried) pngTime(text string) {
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "2 Jan 2006 15:04:05 -0700", time.RFC3339} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && c.taken.IsZero() {
			c.taken, c.zone = t, true
			return
		}
	}
}

func (c *carried) jpegSegment(marker byte, _ int64, body io.Reader) error {
	if marker == markCOM {
		c.has(carriesText)
		return nil
	}
	if marker < markAPP0 || marker > markAPP0+15 {
		return nil
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	switch begins := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }; {
	case begins("JFIF\x00"):
		if len(b) >= 14 && b[12] != 0 && b[13] != 0 {
			c.has(carriesThumbnail)
		}
	case marker == markAPP0+14 && begins("Adobe"):
	case begins("JFXX\x00"):
		c.has(carriesThumbnail)
	case begins("Exif\x00"):
		return c.readEXIF(bytes.NewReader(b))
	case begins("http://ns.adobe.com/xap/"), begins("http://ns.adobe.com/xmp/"):
		c.xmp(b)
	case begins("ICC_PROFILE\x00"):
		c.has(carriesProfile)
	case begins("MPF\x00"):
		c.has(carriesMore)
	case begins("Photoshop "):
		c.has(carriesIPTC)
	default:
		c.has(carriesPrivate)
	}
	return nil
}

func (c *carried) gifBlock(kind, label byte, body io.Reader) error {
	switch {
	case kind == gifImage:
		c.frames = min(c.frames+1, MaxFrames)
	case label == gifControl:
	case label == gifApplication:
		var b [12]byte
		if _, err := io.ReadFull(body, b[:]); err != nil {
			return err
		}
		switch string(b[1:]) {
		case "NETSCAPE2.0", "ANIMEXTS1.0":
		case "XMP DataXMP":
			c.has(carriesXMP)
		case "ICCRGBG1012":
			c.has(carriesProfile)
		default:
			c.has(carriesPrivate)
		}
	default:
		c.has(carriesText)
	}
	return nil
}

func (c *carried) riffChunk(kind string, _ int64, body io.Reader) error {
	switch kind {
	case "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM":
	case "ANMF":
		c.frames = min(c.frames+1, MaxFrames)
	case "EXIF":
		return c.readEXIF(body)
	case "XMP ":
		b, err := io.ReadAll(io.LimitReader(body, maxText))
		if err != nil {
			return err
		}
		c.xmp(b)
	case "ICCP":
		c.has(carriesProfile)
	default:
		c.has(carriesPrivate)
	}
	return nil
}

// readEXIF reads a block of EXIF, which is a TIFF without a picture, in some
// formats with "Exif" before it.
func (c *carried) readEXIF(body io.Reader) error {
	c.has(carriesEXIF)
	b, err := io.ReadAll(io.LimitReader(body, maxEXIF))
	if err != nil {
		return err
	}
	b = bytes.TrimPrefix(b, []byte("Exif\x00\x00"))
	_ = guard(FormatTIFF, func() error { return c.readTags(bytes.NewReader(b), imagemeta.TIFF) })
	if tiffPages(newSource(bytes.NewReader(b), int64(len(b)))) > 1 {
		c.has(carriesThumbnail) // is the second directory
	}
	return nil
}

// readTags reads the tags of EXIF, IPTC and XMP in a TIFF or HEIF. They count
// for what can be read of them.
func (c *carried) readTags(r io.ReadSeeker, format imagemeta.ImageFormat) error {
	_, err := imagemeta.Decode(imagemeta.Options{
		R:               r,
		ImageFormat:     format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		LimitNumTags:    maxTags,
		ShouldHandleTag: c.noteTag,
		HandleTag:       c.readTag,
		HandleXMP: func(r io.Reader) error {
			b, err := io.ReadAll(io.LimitReader(r, maxText))
			if err != nil {
				return err
			}
			c.xmp(b)
			_, err = io.Copy(io.Discard, r)
			return err
		},
	})
	return err
}

// noteTag notes that there is a tag, and says whether its value matters.
func (c *carried) noteTag(tag imagemeta.TagInfo) bool {
	if tag.Source == imagemeta.IPTC {
		c.has(carriesIPTC)
		return false
	}
	name := tag.Tag
	switch {
	case strings.HasPrefix(tag.Namespace, "IFD1"):
		c.has(carriesThumbnail)
		return false
	case strings.HasSuffix(tag.Namespace, "GPSInfoIFD") && strings.HasSuffix(name, "tude"):
		c.has(carriesGPS)
	case strings.Contains(name, "SerialNumber"):
		c.has(carriesSerial)
	case name == "Make", name == "Model", name == "LensModel", name == "LensMake", name == "HostComputer":
		c.has(carriesCamera)
	case name == "Artist", name == "XPAuthor", strings.HasSuffix(name, "OwnerName"):
		c.has(carriesAuthor)
	case name == "Copyright":
		c.has(carriesCopyright)
	case name == "Software", name == "ProcessingSoftware":
		c.has(carriesSoftware)
	case name == "ImageDescription", name == "UserComment", strings.HasPrefix(name, "XP"):
		c.has(carriesText)
	case strings.HasPrefix(name, "MakerNote"):
		c.has(carriesNotes)
	case slices.Contains(tagsOfTime, name):
		c.has(carriesTime)
		return true
	}
	return name == "Orientation"
}

var tagsOfTime = []string{"DateTimeOriginal", "DateTimeDigitized", "CreateDate", "OffsetTimeOriginal", "OffsetTimeDigitized", "OffsetTime"}

func (c *carried) readTag(tag imagemeta.TagInfo) error {
	if tag.Tag == "Orientation" && tag.Namespace == "IFD0" {
		if o, ok := tag.Value.(uint16); ok && o >= 1 && o <= 8 && c.orientation == 0 {
			c.orientation = int(o)
		}
		return nil
	}
	c.tags.Add(tag)
	return nil
}

var (
	xmpGPS    = regexp.MustCompile(`\bexif:GPS(?:Latitude|Longitude)\b`)
	xmpAuthor = regexp.MustCompile(`<dc:creator\b|\bphotoshop:AuthorsPosition\b`)
	xmpCamera = regexp.MustCompile(`\btiff:(?:Make|Model)\b`)
	xmpTime   = regexp.MustCompile(`\b(?:exif:DateTimeOriginal|xmp:CreateDate|photoshop:DateCreated)(?:="|>)([^"<]{10,40})`)
)

// xmp notes what an XMP packet gives away. It is searched rather than parsed:
// a word too many does no harm, and a packet that is no XML hides nothing.
func (c *carried) xmp(b []byte) {
	c.has(carriesXMP)
	for expression, word := range map[*regexp.Regexp]string{xmpGPS: carriesGPS, xmpAuthor: carriesAuthor, xmpCamera: carriesCamera, xmpTime: carriesTime} {
		if expression.Match(b) {
			c.has(word)
		}
	}
	if m := xmpTime.FindSubmatch(b); m != nil && c.taken.IsZero() {
		c.taken, c.zone = readTime(string(m[1]), "")
	}
}

// readTaken takes the time from EXIF, which is the camera's own word.
func (c *carried) readTaken() {
	exif := c.tags.EXIF()
	text := func(names ...string) string {
		for _, name := range names {
			if s, ok := exif[name].Value.(string); ok && strings.TrimSpace(s) != "" {
				return s
			}
		}
		return ""
	}
	taken, zone := readTime(text("DateTimeOriginal", "DateTimeDigitized", "CreateDate"), text("OffsetTimeOriginal", "OffsetTimeDigitized", "OffsetTime"))
	if !taken.IsZero() {
		c.taken, c.zone = taken, zone
	}
}

// readTime reads a time of EXIF or XMP, and whether it has a zone. Without one
// it is the wall clock of wherever the camera was, most likely here.
func readTime(text, offset string) (time.Time, bool) {
	text = strings.Trim(text, " \x00")
	offset = strings.Trim(offset, " \x00")
	for _, layout := range []string{"2006:01:02 15:04:05", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout+"Z07:00", text+offset); err == nil {
			return t, true
		}
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil && t.Year() > 1970 {
			return t, false
		}
	}
	return time.Time{}, false
}
