package evidence

import (
	"image"
	"image/color"
)

// An orientation is the EXIF tag of that name, 1 to 8: how a stored picture is
// turned to be upright. 1 is as it is stored; 5 to 8 swap the sides.
// Source: CIPA DC-008 (EXIF 2.32), 4.6.4 A.

func swapsSides(orientation int) bool { return orientation >= 5 && orientation <= 8 }

// upright is m turned to be upright.
func upright(m image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return m
	}
	return &turned{m, orientation}
}

// turned is a picture seen upright. It copies nothing: a photo from a phone is
// large, and mostly on its way into a smaller one.
type turned struct {
	image.Image
	orientation int
}

func (t *turned) Bounds() image.Rectangle {
	b := t.Image.Bounds()
	if swapsSides(t.orientation) {
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

func (t *turned) At(x, y int) color.Color {
	x, y = t.stored(x, y)
	return t.Image.At(x, y)
}

// RGBA64At saves the encoders and scalers an allocation a pixel.
func (t *turned) RGBA64At(x, y int) color.RGBA64 {
	x, y = t.stored(x, y)
	return pixels(t.Image).RGBA64At(x, y)
}

// stored is where the pixel at (x, y) of the upright picture is stored.
func (t *turned) stored(x, y int) (int, int) {
	b := t.Image.Bounds()
	right, bottom := b.Dx()-1, b.Dy()-1
	switch t.orientation {
	case 2:
		x = right - x
	case 3:
		x, y = right-x, bottom-y
	case 4:
		y = bottom - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, bottom-x
	case 7:
		x, y = right-y, bottom-x
	case 8:
		x, y = right-y, x
	}
	return b.Min.X + x, b.Min.Y + y
}

// Opaque says whether no pixel shows through, as the pictures of image do.
func (t *turned) Opaque() bool { return opaque(t.Image) }

func opaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && o.Opaque()
}
