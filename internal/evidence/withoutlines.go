package evidence

import (
	"bufio"
	"errors"
	"io"
)

// WithoutLines writes a text again without the lines from number from to
// number to, both included (the first is 1); each has instead in its place, so
// that the others keep their numbers. What is written is UTF-8, and keeps
// every other byte of it, ends of lines too. A text that has no such line is
// an [Error] of CodeEmpty.
func WithoutLines(w io.Writer, r io.ReaderAt, size int64, from, to int, instead string) error {
	t, err := openText(r, size)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	destroyed := 0
	for number, begins := 1, true; ; {
		piece, err := t.r.ReadSlice('\n')
		in := number >= from && number <= to
		end := ending(piece)
		switch {
		case !in:
			out.Write(piece)
		case begins && len(piece) > 0:
			destroyed++
			out.WriteString(instead)
			out.Write(end)
		default:
			out.Write(end)
		}
		begins = len(end) > 0
		if begins {
			number++
		}
		switch {
		case err == nil, errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			if t.source.disk.failed != nil {
				return t.source.disk.failed
			}
			if destroyed == 0 {
				return empty("there is no such line in it")
			}
			return out.Flush()
		default:
			return err
		}
	}
}

// ending is the end of the line in a piece of it: "\n", "\r\n", or none.
func ending(piece []byte) []byte {
	n := len(piece)
	switch {
	case n == 0 || piece[n-1] != '\n':
		return nil
	case n > 1 && piece[n-2] == '\r':
		return piece[n-2:]
	}
	return piece[n-1:]
}
