package record

import "slices"

// Erase returns a line in which the records that pick names are erased, and
// how many were. Everything in the line but these records stays byte for byte,
// so that the batch is the same batch, with the same hash and signature; only
// the checksum is made anew. Where nothing is erased the line is returned as
// it was given.
func Erase(line []byte, pick func(*Record) bool) (erased []byte, n int, err error) {
	var in batchReader
	if err := in.open(line, false); err != nil {
		return nil, 0, err
	}
	out := slices.Clone(line[:prefix+in.at])
	for first := true; !in.skip("]}"); first = false {
		if !first && !in.skip(",") {
			return nil, 0, in.malformed("it has no end")
		}
		if !first {
			out = append(out, ',')
		}
		start := in.at
		r, err := in.element()
		if err != nil {
			return nil, 0, err
		}
		in.index++
		if r != nil && pick(r) {
			out = append(out, "null"...)
			n++
			continue
		}
		out = append(out, in.data[start:in.at]...)
	}
	if err := in.end(); err != nil {
		return nil, 0, err
	}
	if n == 0 {
		return line, 0, nil
	}
	out = append(out, "]}\n"...)
	PutChecksum(out)
	return out, n, nil
}
