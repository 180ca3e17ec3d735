package evidence

import "encoding/binary"

// The entries of a TIFF directory that are read here. Source: TIFF 6.0.
const (
	tiffKind       = 254 // bit 0: a small copy of another picture in the file
	tiffDepth      = 258
	tiffRows       = 278
	tiffTileWidth  = 322
	tiffTileHeight = 323
	tiffInside     = 330 // where directories inside this one are

	tiffShort = 3
	tiffEntry = 12 // bytes of one: tag, type, count, value or where it is
)

// tiffStart is the order of bytes of a TIFF, and where its first directory is;
// 0 if it has none.
func tiffStart(s *source) (binary.ByteOrder, int64) {
	var b [8]byte
	if _, err := s.ReadAt(b[:], 0); err != nil {
		return binary.LittleEndian, 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	return order, int64(order.Uint32(b[4:]))
}

// tiffEntries visits the entries of the first directory, with their first
// number, where that is a short or a long.
func tiffEntries(s *source, visit func(tag uint16, first int64)) {
	order, at := tiffStart(s)
	var b [tiffEntry]byte
	if _, err := s.ReadAt(b[:2], at); err != nil || at == 0 {
		return
	}
	for i := range int64(order.Uint16(b[:])) {
		if _, err := s.ReadAt(b[:], at+2+i*tiffEntry); err != nil {
			return
		}
		visit(order.Uint16(b[:]), tiffFirst(s, order, b))
	}
}

// tiffFirst is the first number of an entry, which stands elsewhere if there
// are too many to stand in it.
func tiffFirst(s *source, order binary.ByteOrder, entry [tiffEntry]byte) int64 {
	count, value := order.Uint32(entry[4:]), entry[8:]
	short := order.Uint16(entry[2:]) == tiffShort
	if short && count > 2 || !short && count > 1 {
		var there [4]byte
		if _, err := s.ReadAt(there[:], int64(order.Uint32(value))); err != nil {
			return 0
		}
		value = there[:]
	}
	if short {
		return int64(order.Uint16(value))
	}
	return int64(order.Uint32(value))
}

// tiffHasMore says whether a TIFF has another picture than its first: a page
// behind it, or one inside.
func tiffHasMore(s *source) bool {
	more := tiffPages(s) > 1
	tiffEntries(s, func(tag uint16, _ int64) { more = more || tag == tiffInside })
	return more
}

// tiffPages counts the directories of a TIFF.
func tiffPages(s *source) int {
	order, at := tiffStart(s)
	var b [4]byte
	pages := 0
	for at != 0 && pages < MaxFrames {
		if _, err := s.ReadAt(b[:2], at); err != nil {
			break
		}
		at += 2 + tiffEntry*int64(order.Uint16(b[:]))
		if _, err := s.ReadAt(b[:], at); err != nil {
			break
		}
		pages, at = pages+1, int64(order.Uint32(b[:]))
	}
	return max(pages, 1)
}
