package record

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// maxDepth is how deep objects and lists may be nested, the record itself
// included.
const maxDepth = 100

// A SyntaxError says why some bytes are not the one JSON object that they
// should be.
type SyntaxError struct {
	Offset int // the byte at which it shows, the first being 0
	Why    string
}

// Error gives the position as people count, from 1.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.Why, e.Offset+1) }

// ParseFields reads one JSON object into its members, in order. It is stricter
// than encoding/json: keys are compared exactly, and a duplicate key, invalid
// UTF-8, a NUL (also an escaped one), or nesting deeper than 100 levels is an
// error. Every error is a *SyntaxError.
//
// Values are given without the white space between their tokens. The fields
// share memory with data, which must not be changed afterwards.
func ParseFields(data []byte) ([]Field, error) {
	s, err := newScanner(data)
	if err != nil {
		return nil, err
	}
	return s.document(nil)
}

// TextField returns a field that holds a text.
func TextField(key, text string) Field {
	return Field{Key: key, Value: appendString(nil, text)}
}

// text returns the string that is written from the quote at i to end.
func (s *scanner) text(i, end int, escaped bool) string {
	if escaped {
		return unescape(s.data[i+1 : end-1])
	}
	return share(s.data[i+1 : end-1])
}

// share returns the bytes as a string without a copy. A record keeps the
// memory of its line alive through its fields in any case, and lines are never
// changed; copying every key and name would double what an incident takes.
func share(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// unescape returns the text of the inside of a checked JSON string. Halves of
// surrogate pairs become U+FFFD.
func unescape(b []byte) string {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			out = append(out, b[i])
			continue
		}
		i++
		switch b[i] {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(b[i+1:])
			i += 4
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if len(b) > i+6 && b[i+1] == '\\' && b[i+2] == 'u' {
					low, _ := hex4(b[i+3:])
					pair = utf16.DecodeRune(r, low)
				}
				if r = pair; r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, b[i])
		}
	}
	return share(out)
}

// compact returns checked JSON without the white space between its tokens.
func compact(b []byte) []byte {
	out := make([]byte, 0, len(b))
	s := scanner{data: b}
	for i := s.space(0); i < len(b); i = s.space(i) {
		end := i + 1
		if b[i] == '"' {
			end, _, _ = s.str(i)
		}
		out = append(out, b[i:end]...)
		i = end
	}
	return out
}

// appendString appends text as a JSON string, escaping only what JSON asks
// for. Bytes that are not UTF-8 become U+FFFD.
func appendString(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		}
		i++
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			if c < ' ' {
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			} else {
				dst = append(dst, c)
			}
		}
	}
	return append(dst, '"')
}
