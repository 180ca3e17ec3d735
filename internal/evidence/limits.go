package evidence

import "fmt"

// The limits on what is decoded. They hold before a decoder starts, from what
// the header claims; a file beyond them is kept, and said to be too big to be
// shown.
//
// Memory is counted as the decoders of Go use it: 4 bytes a pixel for a PNG in
// colour (8 with 16 bits a channel), 1.5 for a usual JPEG, 7.5 if that is
// progressive, 6 for a lossless WebP. So a PNG of 5120 × 2880 is shown, a usual
// JPEG of 40 megapixels, and a progressive one of 8. A lossless WebP that was
// made for it can still ask for some 160 MiB, as the library lets it have 2600
// tables of codes.
const (
	// MaxPixels bounds the time that decoding takes.
	MaxPixels = 40_000_000

	// MaxSide keeps the arithmetic on sides and areas far from its ends.
	MaxSide = 1 << 16

	// MaxMemory bounds the bytes of a decoded picture, with those that its
	// decoder needs beside it.
	MaxMemory = 60 << 20

	// largePicture is how much memory makes it worth to clear up before.
	largePicture = 12 << 20

	// MaxPictureBytes bounds the file that a picture is decoded from.
	MaxPictureBytes = 64 << 20

	// MaxFrames is how far the frames of an animation or the pages of a TIFF
	// are counted. Only the first is ever decoded.
	MaxFrames = 1000

	// maxParts is how many parts (chunks, segments, blocks) a picture may have
	// beside those with its pixels. Each costs more to pass over than to write.
	maxParts = 5000

	// maxScanWork bounds the scans of a JPEG, in pixels decoded. A few bytes
	// can ask for a scan over the whole picture, a thousand times.
	maxScanWork = 256_000_000

	// maxRendering is how large a rendering as PNG may be. Beyond it, pixels
	// are a photo's rather than a screen's, and it becomes a JPEG.
	maxRendering = 8 << 20
)

// fits is the error of a picture that claims more than the limits allow.
func (h *header) fits() error {
	if h.width <= 0 || h.height <= 0 {
		return damaged("this %s says it has no pixels", h.called())
	}
	if h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels {
		return tooBig("this %s claims %d × %d pixels, more than Bearings opens", h.called(), h.width, h.height)
	}
	if h.memory > MaxMemory {
		return tooBig("this %s of %d × %d pixels needs %s to decode, more than Bearings gives it", h.called(), h.width, h.height, mebibytes(h.memory))
	}
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", (n+1<<20-1)>>20) }
