package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
)

// Stripped returns a picture with the same pixels and without its metadata. A
// PNG, JPEG, GIF or WebP keeps its compressed pixels as they are, and the one
// tag that says how it is turned, if it is turned; a BMP or TIFF becomes a PNG.
// Whatever stood behind the end of the picture is gone too.
func Stripped(r io.ReaderAt, size int64) ([]byte, error) {
	s := newSource(r, size)
	format, err := pictureFormat(s)
	if err != nil {
		return nil, err
	}
	strip := strippers[format]
	if strip == nil {
		if format == FormatTIFF && tiffHasMore(s) {
			return nil, notShown("this TIFF has several pictures, and all but the first would be lost")
		}
		return copied(r, size, unchanged)
	}
	// Only what decodes is stripped: what is damaged may hide anything.
	if err := alone(func() error { _, err := decode(s, format); return err }); err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	err = guard(format, func() error { return strip(s.section(), out, orientation(s, format)) })
	if err != nil {
		return nil, s.blame(err)
	}
	return out.Bytes(), s.disk.failed
}

var strippers = map[string]func(r *bufio.Reader, w *bytes.Buffer, orientation int) error{
	FormatPNG:  stripPNG,
	FormatJPEG: stripJPEG,
	FormatGIF:  stripGIF,
	FormatWebP: stripWebP,
}

// pngRendering are the chunks of a PNG that are needed to show it, beside the
// critical ones, with how long they can be: a longer one carries something
// else. A colour profile is not among them, as it can name a person's screen.
var pngRendering = map[string]int64{
	"tRNS": 256, "gAMA": 4, "cHRM": 32, "sRGB": 1, "sBIT": 4, "bKGD": 6, "pHYs": 9, "cICP": 4,
}

var (
	pngCritical  = []string{"IHDR", "PLTE", "IDAT", "IEND"}
	pngAnimation = []string{"acTL", "fcTL", "fdAT"}
)

func stripPNG(r *bufio.Reader, w *bytes.Buffer, orientation int) error {
	w.WriteString(pngSignature)
	seen := map[string]bool{}
	return pngChunks(r, func(kind string, n int64, body io.Reader) error {
		longest, renders := pngRendering[kind]
		renders = renders && n <= longest && !seen[kind]
		seen[kind] = true
		if !renders && !slices.Contains(pngCritical, kind) && !slices.Contains(pngAnimation, kind) {
			return nil
		}
		data, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		writePNGChunk(w, kind, data)
		if kind == "IHDR" && orientation > 1 {
			writePNGChunk(w, "eXIf", orientationEXIF(orientation))
		}
		return nil
	})
}

func writePNGChunk(w *bytes.Buffer, kind string, data []byte) {
	at := w.Len() + 4
	w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
	w.WriteString(kind)
	w.Write(data)
	w.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(w.Bytes()[at:])))
}

// orientationEXIF is an EXIF block with one tag: how the picture is turned.
// Big-endian, one directory at 8: one entry of tag 0x0112, a SHORT; no other.
func orientationEXIF(orientation int) []byte {
	return []byte{
		'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1,
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0,
		0, 0, 0, 0,
	}
}

// plainJFIF says that a JPEG is in YCbCr, with square pixels and without a
// small copy of itself.
var plainJFIF = []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")

func stripJPEG(r *bufio.Reader, w *bytes.Buffer, orientation int) error {
	if _, err := r.Discard(2); err != nil {
		return err
	}
	w.Write([]byte{0xff, markSOI})
	turned := false
	coded := io.Discard // what stands between segments that are no scan
	for {
		marker, err := nextMarker(r, coded)
		if err != nil {
			return err
		}
		if marker == markEOI {
			w.Write([]byte{0xff, markEOI})
			return nil
		}
		n, err := segmentLength(r)
		if err != nil {
			return err
		}
		data := make([]byte, n)
		if _, err := io.ReadFull(r, data); err != nil {
			return err
		}
		coded = io.Discard
		if data = cleanSegment(marker, data); data == nil {
			continue
		}
		if orientation > 1 && !turned && marker != markAPP0 {
			writeSegment(w, markAPP0+1, append([]byte("Exif\x00\x00"), orientationEXIF(orientation)...))
			turned = true
		}
		writeSegment(w, marker, data)
		if marker == markSOS {
			coded = w
		}
	}
}

// cleanSegment is what stays of a segment, nil if nothing does.
func cleanSegment(marker byte, data []byte) []byte {
	switch {
	case marker == markAPP0 && bytes.HasPrefix(data, []byte("JFIF\x00")):
		return plainJFIF
	case marker == markAPP0+14 && bytes.HasPrefix(data, []byte("Adobe")) && len(data) >= 12:
		return data[:12] // it says which colours these are
	case marker >= markAPP0 && marker <= markAPP0+15, marker == markCOM:
		return nil
	}
	return data
}

func writeSegment(w *bytes.Buffer, marker byte, data []byte) {
	w.Write([]byte{0xff, marker})
	w.Write(binary.BigEndian.AppendUint16(nil, uint16(len(data)+2)))
	w.Write(data)
}

// stripGIF keeps the images, what controls them, and how often they repeat.
func stripGIF(r *bufio.Reader, w *bytes.Buffer, _ int) error {
	var head [13]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	w.Write(head[:])
	if _, err := io.CopyN(w, r, int64(gifTable(head[10]))); err != nil {
		return err
	}
	for {
		kind, err := r.ReadByte()
		if err != nil {
			return err
		}
		switch kind {
		case gifTrailer:
			w.WriteByte(gifTrailer)
			return nil
		case gifImage:
			err = copyGIFImage(r, w)
		case gifExtension:
			err = copyGIFExtension(r, w)
		default:
			err = damaged("this GIF has a block that makes no sense")
		}
		if err != nil {
			return err
		}
	}
}

func copyGIFImage(r *bufio.Reader, w *bytes.Buffer) error {
	var head [9]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	w.WriteByte(gifImage)
	w.Write(head[:])
	if _, err := io.CopyN(w, r, int64(gifTable(head[8]))+1); err != nil {
		return err
	}
	_, err := io.Copy(w, &subBlocks{r: r})
	return err
}

func copyGIFExtension(r *bufio.Reader, w *bytes.Buffer) error {
	label, err := r.ReadByte()
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if _, err := io.Copy(&body, &subBlocks{r: r}); err != nil {
		return err
	}
	const controls, repeats = 6, 17 // bytes of a control and of a loop, and no more than that
	keep := label == gifControl && body.Len() == controls ||
		label == gifApplication && body.Len() == repeats && bytes.HasPrefix(body.Bytes(), []byte("\x0bNETSCAPE2.0\x03\x01"))
	if keep {
		w.Write([]byte{gifExtension, label})
		_, err = io.Copy(w, &body)
	}
	return err
}

// stripWebP keeps the chunks with pixels, and writes the lengths anew.
func stripWebP(r *bufio.Reader, w *bytes.Buffer, orientation int) error {
	w.WriteString("RIFF\x00\x00\x00\x00WEBP")
	extended := -1
	err := riffChunks(r, func(kind string, n int64, body io.Reader) error {
		if !slices.Contains([]string{"VP8 ", "VP8L", "VP8X", "ALPH"}, kind) {
			return nil
		}
		w.WriteString(kind)
		w.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
		if kind == "VP8X" {
			extended = w.Len()
		}
		if _, err := io.CopyN(w, body, n); err != nil {
			return err
		}
		if n%2 == 1 {
			w.WriteByte(0)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if extended >= 0 {
		const profile, exif, xmp = 1 << 5, 1 << 3, 1 << 2
		w.Bytes()[extended] &^= profile | exif | xmp
		if orientation > 1 {
			tag := orientationEXIF(orientation)
			w.Bytes()[extended] |= exif
			w.WriteString("EXIF")
			w.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(tag))))
			w.Write(tag)
		}
	}
	binary.LittleEndian.PutUint32(w.Bytes()[4:], uint32(w.Len()-8))
	return nil
}
