package evidence

import (
	"encoding/binary"
	"image"
	"io"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// header is what a picture says of itself before anything is decoded.
type header struct {
	format        string
	width, height int   // as stored, before it is turned
	memory        int64 // that decoding takes, in bytes
}

func (h *header) called() string { return called(h.format) }

// called is a format as people say it.
func called(format string) string {
	if format == FormatWebP {
		return "WebP"
	}
	return strings.ToUpper(format)
}

// readHeader reads the header of a picture of the format, and refuses what is
// beyond the limits.
// A header may come with an error, with what it said until then.
func readHeader(s *source, format string) (*header, error) {
	h := &header{format: format}
	if s.Size() > MaxPictureBytes {
		return h, tooBig("this %s has %s, more than Bearings opens as a picture", h.called(), mebibytes(s.Size()))
	}
	if err := guard(format, func() error { return h.read(s) }); err != nil {
		return h, err
	}
	return h, h.fits()
}

func (h *header) read(s *source) error {
	switch h.format {
	case FormatPNG:
		return h.readPNG(s)
	case FormatJPEG:
		return h.readJPEG(s)
	case FormatGIF:
		return h.readGIF(s)
	case FormatWebP:
		return h.readWebP(s)
	case FormatBMP:
		return h.readConfig(s, bmp.DecodeConfig, 4)
	case FormatTIFF:
		return h.readTIFF(s)
	}
	return notShown("a %s is no picture that Bearings shows", h.called())
}

func (h *header) readConfig(s *source, decode func(io.Reader) (image.Config, error), perPixel int64) error {
	c, err := decode(s.section())
	if err != nil {
		return err
	}
	h.size(c.Width, c.Height, perPixel)
	return nil
}

func (h *header) size(width, height int, perPixel int64) {
	h.width, h.height = width, height
	h.memory = int64(width) * int64(height) * perPixel
}

func (h *header) readPNG(s *source) error {
	var first [33]byte
	if _, err := io.ReadFull(s.section(), first[:]); err != nil {
		return err
	}
	width, height := binary.BigEndian.Uint32(first[16:]), binary.BigEndian.Uint32(first[20:])
	if string(first[12:16]) != "IHDR" || width > 1<<31-1 || height > 1<<31-1 {
		return damaged("this PNG has no header that makes sense")
	}
	if err := pngChunks(s.section(), func(string, int64, io.Reader) error { return nil }); err != nil {
		return err
	}
	depth, colour, interlaced := first[24], first[25], first[28] != 0
	perPixel := int64(4)
	if colour == 3 {
		perPixel = 1
	}
	if depth == 16 {
		perPixel = 8
	}
	h.size(int(width), int(height), perPixel)
	if interlaced {
		h.memory += h.memory / 2 // the last pass has half of the pixels
	}
	return nil
}

func (h *header) readGIF(s *source) error {
	var first [10]byte
	if _, err := io.ReadFull(s.section(), first[:]); err != nil {
		return err
	}
	// One byte a pixel, and four for the canvas of a frame that does not fill it.
	h.size(int(binary.LittleEndian.Uint16(first[6:])), int(binary.LittleEndian.Uint16(first[8:])), 5)
	return nil
}

func (h *header) readWebP(s *source) error {
	perPixel, animated := int64(2), false
	err := riffChunks(s.section(), func(kind string, _ int64, _ io.Reader) error {
		switch kind {
		case "VP8L":
			perPixel = 6 // a palette is unpacked from one picture into another
		case "ALPH":
			perPixel = 7 // a lossless picture of the transparency, then the picture
		case "ANIM":
			animated = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if animated {
		return notShown("this WebP is an animation, which Bearings does not show; a screenshot of what matters in it can be")
	}
	return h.readConfig(s, webp.DecodeConfig, perPixel)
}

// readTIFF counts, beside the picture, a strip or tile of it, which is unpacked
// into a buffer that doubles as it grows. A simple TIFF has one, of everything.
func (h *header) readTIFF(s *source) error {
	if err := h.readConfig(s, tiff.DecodeConfig, 4); err != nil {
		return err
	}
	var strip, depth int64 = int64(h.width) * int64(h.height), 8
	var across, down int64
	reduced := false
	tiffEntries(s, func(tag uint16, first int64) {
		switch tag {
		case tiffKind:
			reduced = first&1 != 0
		case tiffDepth:
			depth = first
		case tiffRows:
			strip = int64(h.width) * min(max(first, 1), int64(h.height))
		case tiffTileWidth:
			across = first
		case tiffTileHeight:
			down = first
		}
	})
	if reduced {
		return notShown("this is a raw photo, as cameras keep it, or a part of one, which Bearings does not show")
	}
	if across > 0 && down > 0 {
		if across > MaxSide || down > MaxSide {
			return tooBig("this TIFF has tiles of %d × %d pixels, more than Bearings opens", across, down)
		}
		strip = across * down
	}
	const samples = 4 // a pixel has no more that count
	if depth > 8 {
		h.memory, strip = 2*h.memory, 2*strip
	}
	h.memory += 2 * samples * strip
	return nil
}

// readJPEG reads the frame header, and counts the scans after it.
func (h *header) readJPEG(s *source) error {
	scans := int64(0)
	err := jpegSegments(s.section(), func(marker byte, n int64, body io.Reader) error {
		switch {
		case marker == markSOS:
			scans++
		case isFrame(marker):
			return h.readFrame(marker, n, body)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if h.width == 0 {
		return damaged("this JPEG ends before its picture begins")
	}
	if scans*int64(h.width)*int64(h.height) > maxScanWork {
		return tooBig("this JPEG draws its %d × %d pixels %d times over, more than Bearings follows", h.width, h.height, scans)
	}
	return nil
}

// readFrame takes the size and the memory that decoding needs from a frame
// header: precision, height, width, and for each component how densely it is
// sampled.
func (h *header) readFrame(marker byte, n int64, body io.Reader) error {
	var b [6 + 3*4]byte
	if n < 6 || n > int64(len(b)) {
		return damaged("this JPEG has a frame header that makes no sense")
	}
	if _, err := io.ReadFull(body, b[:n]); err != nil {
		return err
	}
	height, width := int64(binary.BigEndian.Uint16(b[1:])), int64(binary.BigEndian.Uint16(b[3:]))
	h.width, h.height = int(width), int(height)
	components := int64(b[5])
	if n != 6+3*components {
		return damaged("this JPEG has a frame header that makes no sense")
	}
	across, down, samples := int64(1), int64(1), int64(0)
	for c := range components {
		sampling := b[6+3*c+1]
		across, down = max(across, int64(sampling>>4)), max(down, int64(sampling&15))
		samples += int64(sampling>>4) * int64(sampling&15)
	}
	units := ((width + 8*across - 1) / (8 * across)) * ((height + 8*down - 1) / (8 * down))
	h.memory = units * samples * 64
	if marker == markSOF2 {
		h.memory *= 5 // every coefficient is held in four bytes until the end
	}
	if components == 4 || components == 3 && samples == 3 {
		h.memory += 4 * width * height // it may be converted to RGB or CMYK
	}
	return nil
}
