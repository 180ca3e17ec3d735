package evidence

import (
	"bufio"
	"errors"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime/debug"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// oneAtATime lets one decoded picture into memory, so that the limit on one is
// a limit on all.
var oneAtATime = make(chan struct{}, 1)

// alone runs f while no other picture is being decoded or encoded.
func alone(f func() error) error {
	oneAtATime <- struct{}{}
	defer func() { <-oneAtATime }()
	return f()
}

// Picture decodes a picture, of an animation the first frame, and turns it as
// its metadata say. Its bounds begin at (0, 0). Errors are an [Error] with one
// of the codes of this package, or what reading r said.
func Picture(r io.ReaderAt, size int64) (image.Image, error) {
	var m image.Image
	err := alone(func() (err error) {
		m, _, err = decoded(newSource(r, size))
		return err
	})
	return m, err
}

// decoded is a picture, turned upright, and its format.
func decoded(s *source) (image.Image, string, error) {
	format, err := pictureFormat(s)
	if err != nil {
		return nil, "", err
	}
	m, err := decode(s, format)
	if err != nil {
		return nil, format, err
	}
	return upright(m, orientation(s, format)), format, nil
}

// pictureFormat is the format of a picture, or an Error that says that it is
// none, or nothing.
func pictureFormat(s *source) (string, error) {
	if s.Size() == 0 {
		return "", empty("the file is empty")
	}
	format, err := sniff(s)
	if err != nil {
		return "", err
	}
	if !isPicture(format) {
		return "", notShown("%s", refusals[format])
	}
	return format, nil
}

// decode decodes a picture as it is stored, within the limits.
func decode(s *source, format string) (image.Image, error) {
	h, err := readHeader(s, format)
	if err != nil {
		return nil, s.blame(err)
	}
	if h.memory > largePicture {
		debug.FreeOSMemory() // or the last picture, which nobody needs by now, would stand beside this one
	}
	var m image.Image
	err = guard(format, func() (err error) {
		m, err = decoders[format](s)
		return err
	})
	if err != nil {
		return nil, s.blame(err)
	}
	return placed(m, h), nil
}

var decoders = map[string]func(*source) (image.Image, error){
	FormatPNG:  buffered(png.Decode),
	FormatJPEG: buffered(jpeg.Decode),
	FormatGIF:  buffered(gif.Decode),
	FormatWebP: buffered(webp.Decode),
	FormatBMP:  buffered(bmp.Decode),
	FormatTIFF: func(s *source) (image.Image, error) { return tiff.Decode(s.SectionReader) },
}

func buffered(decode func(io.Reader) (image.Image, error)) func(*source) (image.Image, error) {
	return func(s *source) (image.Image, error) { return decode(s.section()) }
}

// guard runs a decoder. What it complains of, or panics with, becomes an
// Error; what made it panic is damage all the same.
func guard(format string, decode func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged("this %s is damaged: its parts contradict each other", called(format))
		}
	}()
	err = decode()
	if err == nil || explained(err) != nil {
		return err
	}
	return complaint(format, err)
}

// complaint puts into words what a decoder said.
func complaint(format string, err error) *Error {
	var unsupportedPNG png.UnsupportedError
	var unsupportedJPEG jpeg.UnsupportedError
	var unsupportedTIFF tiff.UnsupportedError
	name := called(format)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, bufio.ErrBufferFull):
		return damaged("this %s is cut off before its end", name)
	case errors.As(err, &unsupportedPNG), errors.As(err, &unsupportedJPEG), errors.As(err, &unsupportedTIFF), errors.Is(err, bmp.ErrUnsupported):
		return notShown("this %s is of a sort that Bearings does not show", name)
	case errors.Is(err, errTooManyParts):
		return tooBig("this %s has thousands of parts beside its pixels, more than Bearings follows", name)
	case errors.Is(err, errReadTooOften):
		return tooBig("this %s refers to its own bytes over and over, more than Bearings follows", name)
	}
	return damaged("this %s is damaged (%s)", name, bare(err))
}

// bare is what a decoder said, without the names of the decoder.
func bare(err error) string {
	said := err.Error()
	for _, prefix := range []string{"png: ", "gif: ", "webp: ", "vp8: ", "vp8l: ", "riff: ", "bmp: ", "tiff: ", "zlib: ", "lzw: ", "invalid JPEG format: ", "invalid format: ", "zlib: "} {
		said = strings.TrimPrefix(said, prefix)
	}
	return said
}

// blame returns what the disk said, if it was the disk that failed.
func (s *source) blame(err error) error {
	if err != nil && s.disk.failed != nil {
		return s.disk.failed
	}
	return err
}

// placed is m with bounds that begin at (0, 0) and are those of its header:
// the first frame of a GIF may be smaller than the picture.
func placed(m image.Image, h *header) image.Image {
	whole := image.Rect(0, 0, h.width, h.height)
	if m.Bounds() == whole {
		return m
	}
	canvas := image.NewNRGBA(whole)
	draw.Draw(canvas, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return canvas
}
