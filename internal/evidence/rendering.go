package evidence

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
)

// The content types that a rendering can have, and no other.
const (
	TypePNG  = "image/png"
	TypeJPEG = "image/jpeg"
)

const (
	thumbnailQuality = 82
	renderingQuality = 90
)

// Thumbnail encodes a picture again, upright and without metadata, so that
// neither side is longer than most pixels. A smaller picture keeps its size.
func Thumbnail(r io.ReaderAt, size int64, most int) ([]byte, string, error) {
	var data []byte
	var kind string
	err := alone(func() error {
		m, _, err := decoded(newSource(r, size))
		if err != nil {
			return err
		}
		data, kind, err = encode(scaled(m, most), thumbnailQuality, true, 32<<10)
		return err
	})
	return data, kind, err
}

// Rendering encodes a whole picture again, upright and without metadata. What
// was lossless stays so, up to a size beyond which it must be a photo.
func Rendering(r io.ReaderAt, size int64) ([]byte, string, error) {
	var data []byte
	var kind string
	err := alone(func() error {
		m, format, err := decoded(newSource(r, size))
		if err != nil {
			return err
		}
		data, kind, err = encode(m, renderingQuality, format == FormatJPEG, size)
		return err
	})
	return data, kind, err
}

// scaled is m so small that neither side is longer than most.
func scaled(m image.Image, most int) image.Image {
	b := m.Bounds()
	most = max(most, 1)
	if b.Dx() <= most && b.Dy() <= most {
		return m
	}
	w, h := most, most
	if b.Dx() > b.Dy() {
		h = max(1, b.Dy()*most/b.Dx())
	} else {
		w = max(1, b.Dx()*most/b.Dy())
	}
	return averaged(m, w, h)
}

// averaged is m in w × h pixels, each the mean of those that it stands for.
// The scalers of x/image either skip pixels, which makes text unreadable, or
// keep a row of numbers for each row of m, which is more than m itself.
func averaged(m image.Image, w, h int) image.Image {
	b := m.Bounds()
	from := pixels(m)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		top, bottom := b.Min.Y+y*b.Dy()/h, b.Min.Y+(y+1)*b.Dy()/h
		for x := range w {
			left, right := b.Min.X+x*b.Dx()/w, b.Min.X+(x+1)*b.Dx()/w
			small.SetRGBA64(x, y, mean(from, image.Rect(left, top, right, bottom)))
		}
	}
	return small
}

// mean is the mean colour of the pixels in the rectangle, of which there is at
// least one.
func mean(m image.RGBA64Image, r image.Rectangle) color.RGBA64 {
	var red, green, blue, alpha uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := m.RGBA64At(x, y)
			red, green, blue, alpha = red+uint64(c.R), green+uint64(c.G), blue+uint64(c.B), alpha+uint64(c.A)
		}
	}
	n := uint64(r.Dx() * r.Dy())
	return color.RGBA64{R: uint16(red / n), G: uint16(green / n), B: uint16(blue / n), A: uint16(alpha / n)}
}

// pixels is m with its pixels at hand. The decoders make no other pictures.
func pixels(m image.Image) image.RGBA64Image { return m.(image.RGBA64Image) }

// encode writes a picture as JPEG where that may lose a little and nothing
// shows through, else as PNG if that is not too large.
func encode(m image.Image, quality int, lossy bool, expected int64) ([]byte, string, error) {
	out := bytes.NewBuffer(make([]byte, 0, min(expected, maxRendering)))
	if !lossy || !opaque(m) {
		err := fastPNG.Encode(&limited{out, maxRendering}, m)
		if err == nil {
			return out.Bytes(), TypePNG, nil
		}
		if !errors.Is(err, errTooLarge) {
			return nil, "", err
		}
		out.Reset()
	}
	if t, ok := m.(*turned); ok {
		m = &lean{turned: t}
	}
	if err := jpeg.Encode(out, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, "", err
	}
	return out.Bytes(), TypeJPEG, nil
}

// lean is a turned picture for the JPEG encoder, which looks at one pixel
// after the other and keeps none: it is given the same one each time, rather
// than twelve million.
type lean struct {
	*turned
	pixel color.RGBA64
}

func (l *lean) At(x, y int) color.Color {
	l.pixel = l.RGBA64At(x, y)
	return &l.pixel
}

var fastPNG = png.Encoder{CompressionLevel: png.BestSpeed}

var errTooLarge = errors.New("larger than was allowed")

// limited writes up to left bytes.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, errTooLarge
	}
	l.left -= len(p)
	return l.w.Write(p)
}
