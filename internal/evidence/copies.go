package evidence

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
)

// The copies below are PNG files, encoded from pixels alone: nothing of the
// original's bytes or metadata is in them. Rectangles and marks are in pixels
// of the upright picture, as Picture and Rendering show it.

// Crop returns the part of a picture that the rectangle covers.
func Crop(r io.ReaderAt, size int64, part image.Rectangle) ([]byte, error) {
	return copied(r, size, func(m image.Image) (image.Image, error) {
		part = part.Intersect(m.Bounds())
		if part.Empty() {
			return nil, empty("the part to crop lies outside the picture")
		}
		out := blank(m, part.Size())
		draw.Draw(out, out.Bounds(), m, part.Min, draw.Src)
		return out, nil
	})
}

// Fill is what redacted pixels become.
var Fill = color.NRGBA{A: 0xff}

// Redact returns a picture in which the pixels in the boxes are gone: they are
// overwritten with [Fill] before anything is encoded. A box that reaches
// beyond the picture is cut; it is an error if one covers none of it, as
// somebody would then believe that something was hidden.
func Redact(r io.ReaderAt, size int64, boxes []image.Rectangle) ([]byte, error) {
	return copied(r, size, func(m image.Image) (image.Image, error) {
		if len(boxes) == 0 {
			return nil, empty("nothing is chosen to be redacted")
		}
		out := canvas(m)
		for _, box := range boxes {
			box = box.Canon().Intersect(out.Bounds())
			if box.Empty() {
				return nil, empty("a box to redact lies outside the picture")
			}
			draw.Draw(out, box, image.NewUniform(Fill), image.Point{}, draw.Src)
		}
		return out, nil
	})
}

// copied decodes a picture, changes it, and encodes it as PNG.
func copied(r io.ReaderAt, size int64, change func(image.Image) (image.Image, error)) ([]byte, error) {
	var out bytes.Buffer
	err := alone(func() error {
		m, _, err := decoded(newSource(r, size))
		if err != nil {
			return err
		}
		if m, err = change(m); err != nil {
			return err
		}
		return copyPNG.Encode(&out, m)
	})
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// unchanged is the change of a copy that only changes the format.
func unchanged(m image.Image) (image.Image, error) { return m, nil }

var copyPNG = png.Encoder{CompressionLevel: png.DefaultCompression}

// blank is an empty picture that holds every colour of m exactly.
func blank(m image.Image, size image.Point) draw.Image {
	r := image.Rectangle{Max: size}
	if t, ok := m.(*turned); ok {
		m = t.Image
	}
	switch m.(type) {
	case *image.RGBA64, *image.NRGBA64, *image.Gray16:
		return image.NewNRGBA64(r)
	case *image.YCbCr, *image.RGBA, *image.Gray, *image.CMYK:
		return image.NewRGBA(r)
	}
	return image.NewNRGBA(r)
}

// canvas is m to be drawn on: m itself where it takes any colour, else a copy.
func canvas(m image.Image) draw.Image {
	switch m := m.(type) {
	case *image.RGBA:
		return m
	case *image.NRGBA:
		return m
	case *image.RGBA64:
		return m
	case *image.NRGBA64:
		return m
	}
	out := blank(m, m.Bounds().Size())
	draw.Draw(out, out.Bounds(), m, image.Point{}, draw.Src)
	return out
}
