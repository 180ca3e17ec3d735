package evidence

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// The formats of pictures are lists of parts. These walkers call visit for
// each, with its kind, its length, and its body, of which visit may read as
// much as it wants. They trust no length, and stop where a file ends, or at
// maxParts.

var errTooManyParts = errors.New("has too many parts")

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngChunks walks the chunks of a PNG, to IEND or the end of the file.
func pngChunks(r *bufio.Reader, visit func(kind string, n int64, body io.Reader) error) error {
	if _, err := r.Discard(len(pngSignature)); err != nil {
		return err
	}
	for parts := 0; parts < maxParts; {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return ended(err)
		}
		kind, n := string(head[4:]), int64(binary.BigEndian.Uint32(head[:]))
		if kind != "IDAT" || n == 0 {
			parts++
		}
		if err := part(r, n, func(body io.Reader) error { return visit(kind, n, body) }); err != nil {
			return ended(err)
		}
		if _, err := r.Discard(4); err != nil {
			return ended(err)
		}
		if kind == "IEND" {
			return nil
		}
	}
	return errTooManyParts
}

// riffChunks walks the chunks of a WebP.
func riffChunks(r *bufio.Reader, visit func(kind string, n int64, body io.Reader) error) error {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	left := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	for parts := 0; left >= 8; parts++ {
		if parts == maxParts {
			return errTooManyParts
		}
		if _, err := io.ReadFull(r, head[:8]); err != nil {
			return ended(err)
		}
		kind, n := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		if err := part(r, n, func(body io.Reader) error { return visit(kind, n, body) }); err != nil {
			return ended(err)
		}
		if n%2 == 1 {
			if _, err := r.Discard(1); err != nil {
				return ended(err)
			}
		}
		left -= 8 + n + n%2
	}
	return nil
}

// The markers of JPEG that are told apart.
const (
	markSOF0 = 0xc0
	markSOF2 = 0xc2
	markDHT  = 0xc4
	markJPG  = 0xc8
	markDAC  = 0xcc
	markRST0 = 0xd0
	markRST7 = 0xd7
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markAPP0 = 0xe0
	markCOM  = 0xfe
)

func isFrame(marker byte) bool {
	return marker >= markSOF0 && marker <= 0xcf && marker != markDHT && marker != markJPG && marker != markDAC
}

// jpegSegments walks the segments of a JPEG, to its EOI or the end of the
// file. The coded data between segments is passed over.
func jpegSegments(r *bufio.Reader, visit func(marker byte, n int64, body io.Reader) error) error {
	if _, err := r.Discard(2); err != nil {
		return err
	}
	for range maxParts {
		marker, err := nextMarker(r, io.Discard)
		if err != nil || marker == markEOI {
			return ended(err)
		}
		n, err := segmentLength(r)
		if err != nil {
			return ended(err)
		}
		if err := part(r, n, func(body io.Reader) error { return visit(marker, n, body) }); err != nil {
			return ended(err)
		}
	}
	return errTooManyParts
}

// nextMarker passes over coded data, copying it to w, and returns the marker
// behind it.
func nextMarker(r *bufio.Reader, w io.Writer) (byte, error) {
	for {
		data, err := r.ReadSlice(0xff)
		if err == bufio.ErrBufferFull {
			if _, err := w.Write(data); err != nil {
				return 0, err
			}
			continue
		}
		if err != nil {
			return 0, err
		}
		if _, err := w.Write(data[:len(data)-1]); err != nil {
			return 0, err
		}
		marker, err := r.ReadByte()
		for err == nil && marker == 0xff {
			marker, err = r.ReadByte() // fill bytes
		}
		if err != nil {
			return 0, err
		}
		if marker != 0 && (marker < markRST0 || marker > markRST7) {
			return marker, nil
		}
		if _, err := w.Write([]byte{0xff, marker}); err != nil {
			return 0, err
		}
	}
}

func segmentLength(r io.Reader) (int64, error) {
	var b [2]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return 0, err
	}
	n := int64(binary.BigEndian.Uint16(b[:])) - 2
	if n < 0 {
		return 0, damaged("this JPEG has a segment that makes no sense")
	}
	return n, nil
}

// The blocks of a GIF.
const (
	gifImage     = 0x2c
	gifExtension = 0x21
	gifTrailer   = 0x3b

	gifControl     = 0xf9
	gifApplication = 0xff
)

// gifBlocks walks the blocks of a GIF: images, with label 0, and extensions,
// with theirs. The body is the sub-blocks as they stand, with their lengths.
// Descriptors and colour tables are passed over.
func gifBlocks(r *bufio.Reader, visit func(kind, label byte, body io.Reader) error) error {
	var head [13]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	if _, err := r.Discard(gifTable(head[10])); err != nil {
		return ended(err)
	}
	for {
		kind, err := r.ReadByte()
		if err != nil || kind == gifTrailer {
			return ended(err)
		}
		label := byte(0)
		switch kind {
		case gifImage:
			if _, err := io.ReadFull(r, head[:9]); err != nil {
				return ended(err)
			}
			_, err = r.Discard(gifTable(head[8]) + 1)
		case gifExtension:
			label, err = r.ReadByte()
		default:
			return damaged("this GIF has a block that makes no sense")
		}
		if err != nil {
			return ended(err)
		}
		body := &subBlocks{r: r}
		if err := visit(kind, label, body); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return ended(err)
		}
	}
}

// gifTable is the length of the colour table that flags announce.
func gifTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// subBlocks reads the sub-blocks of a GIF, their lengths and the empty one at
// the end included.
type subBlocks struct {
	r    *bufio.Reader
	left int // of the block that is being read
	done bool
}

func (b *subBlocks) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if b.left == 0 {
		if b.done {
			return 0, io.EOF
		}
		n, err := b.r.ReadByte()
		if err != nil {
			return 0, err
		}
		p[0], b.left, b.done = n, int(n), n == 0
		return 1, nil
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// part calls visit with the next n bytes, and passes over what it leaves.
func part(r *bufio.Reader, n int64, visit func(body io.Reader) error) error {
	body := &io.LimitedReader{R: r, N: n}
	if err := visit(body); err != nil {
		return err
	}
	for body.N > 0 {
		step := min(body.N, 1<<30)
		if _, err := r.Discard(int(step)); err != nil {
			return err
		}
		body.N -= step
	}
	return nil
}

// ended makes nothing of the end of a file: whether it came too early is for
// the decoder to say.
func ended(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}
