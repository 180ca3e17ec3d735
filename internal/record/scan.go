package record

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"strconv"
	"unicode/utf8"
)

// A scanner checks JSON and finds the members of objects in it. Its methods
// take the position at which to start and return the one after what they read.
type scanner struct {
	data   []byte
	spaced bool // saw white space since this was last cleared
}

// newScanner checks the encoding of data once, so that the scanner need not.
func newScanner(data []byte) (scanner, error) {
	if !utf8.Valid(data) {
		return scanner{}, &SyntaxError{invalidUTF8(data), "not valid UTF-8"}
	}
	return scanner{data: data}, nil
}

func invalidUTF8(data []byte) int {
	i := 0
	for i < len(data) {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return i
}

// document reads the one object that the data should be, and appends its
// members to dst.
func (s *scanner) document(dst []Field) ([]Field, error) {
	i := s.space(0)
	if i == len(s.data) {
		return nil, &SyntaxError{i, "not a JSON object: empty"}
	}
	if s.data[i] != '{' {
		if s.data[i] == 0 {
			return nil, s.unexpected(i, "")
		}
		return nil, &SyntaxError{i, "not a JSON object"}
	}
	dst, i, err := s.fields(i, dst)
	if err != nil {
		return nil, err
	}
	if i = s.space(i); i < len(s.data) {
		return nil, &SyntaxError{i, "more after the JSON object"}
	}
	return dst, nil
}

// manyFields is the number of members from which duplicates are looked for
// with an index.
const manyFields = 32

// fields reads the object that starts at i and appends its members to dst,
// their values without white space.
func (s *scanner) fields(i int, dst []Field) ([]Field, int, error) {
	start := len(dst)
	var index map[string]bool
	i, err := s.members(i, 1, func(key string, at, from, to int) error {
		value := s.data[from:to:to]
		if s.spaced && (value[0] == '{' || value[0] == '[') {
			value = compact(value)
		}
		if index == nil && len(dst)-start >= manyFields {
			index = make(map[string]bool, 2*manyFields)
			for _, f := range dst[start:] {
				index[f.Key] = true
			}
		}
		duplicate := index[key]
		if index == nil {
			for j := start; j < len(dst) && !duplicate; j++ {
				duplicate = dst[j].Key == key
			}
		} else {
			index[key] = true
		}
		if duplicate {
			return &SyntaxError{at, "key " + strconv.Quote(key) + " is given twice, the second time"}
		}
		dst = append(dst, Field{Key: key, Value: value})
		return nil
	})
	return dst, i, err
}

// members reads the object that starts at i and calls each for its members,
// with the key, where it starts, and where its value starts and ends. s.spaced
// then says whether there is white space in the value. each may be nil.
func (s *scanner) members(i, depth int, each func(key string, at, from, to int) error) (int, error) {
	if depth > maxDepth {
		return i, &SyntaxError{i, fmt.Sprintf("nested more than %d levels deep", maxDepth)}
	}
	i = s.space(i + 1)
	if i < len(s.data) && s.data[i] == '}' {
		return i + 1, nil
	}
	for {
		if i >= len(s.data) || s.data[i] != '"' {
			return i, s.unexpected(i, "a key")
		}
		at := i
		end, escaped, err := s.str(i)
		if err != nil {
			return i, err
		}
		i = s.space(end)
		if i >= len(s.data) || s.data[i] != ':' {
			return i, s.unexpected(i, "a colon")
		}
		from := s.space(i + 1)
		if each != nil {
			s.spaced = false
		}
		to, err := s.value(from, depth)
		if err != nil {
			return i, err
		}
		if each != nil {
			if err := each(s.text(at, end, escaped), at, from, to); err != nil {
				return i, err
			}
		}
		i = s.space(to)
		if i >= len(s.data) {
			return i, s.unexpected(i, "a comma or }")
		}
		switch s.data[i] {
		case ',':
			i = s.space(i + 1)
		case '}':
			return i + 1, nil
		default:
			return i, s.unexpected(i, "a comma or }")
		}
	}
}

// elements reads the list that starts at i and calls each with where its
// elements start and end.
func (s *scanner) elements(i, depth int, each func(from, to int) error) (int, error) {
	if depth > maxDepth {
		return i, &SyntaxError{i, fmt.Sprintf("nested more than %d levels deep", maxDepth)}
	}
	i = s.space(i + 1)
	if i < len(s.data) && s.data[i] == ']' {
		return i + 1, nil
	}
	for {
		to, err := s.value(i, depth)
		if err != nil {
			return i, err
		}
		if each != nil {
			if err := each(i, to); err != nil {
				return i, err
			}
		}
		i = s.space(to)
		if i >= len(s.data) {
			return i, s.unexpected(i, "a comma or ]")
		}
		switch s.data[i] {
		case ',':
			i = s.space(i + 1)
		case ']':
			return i + 1, nil
		default:
			return i, s.unexpected(i, "a comma or ]")
		}
	}
}

// value reads the value that starts at i, inside an object or list at depth.
func (s *scanner) value(i, depth int) (int, error) {
	if i >= len(s.data) {
		return i, s.unexpected(i, "a value")
	}
	switch c := s.data[i]; {
	case c == '"':
		end, _, err := s.str(i)
		return end, err
	case c == '{':
		return s.members(i, depth+1, nil)
	case c == '[':
		return s.elements(i, depth+1, nil)
	case c == 't':
		return s.word(i, "true")
	case c == 'f':
		return s.word(i, "false")
	case c == 'n':
		return s.word(i, "null")
	case c == '-' || '0' <= c && c <= '9':
		return s.number(i)
	}
	return i, s.unexpected(i, "a value")
}

func (s *scanner) word(i int, word string) (int, error) {
	if end := i + len(word); end <= len(s.data) && string(s.data[i:end]) == word {
		return end, nil
	}
	return i, s.unexpected(i, "a value")
}

func (s *scanner) number(i int) (int, error) {
	if s.data[i] == '-' {
		i++
	}
	if i < len(s.data) && s.data[i] == '0' {
		i++
	} else {
		end := s.digits(i)
		if end == i {
			return i, s.unexpected(i, "a digit")
		}
		i = end
	}
	if i < len(s.data) && s.data[i] == '.' {
		end := s.digits(i + 1)
		if end == i+1 {
			return end, s.unexpected(end, "a digit")
		}
		i = end
	}
	if i < len(s.data) && (s.data[i] == 'e' || s.data[i] == 'E') {
		i++
		if i < len(s.data) && (s.data[i] == '+' || s.data[i] == '-') {
			i++
		}
		end := s.digits(i)
		if end == i {
			return end, s.unexpected(end, "a digit")
		}
		i = end
	}
	return i, nil
}

func (s *scanner) digits(i int) int {
	for i < len(s.data) && '0' <= s.data[i] && s.data[i] <= '9' {
		i++
	}
	return i
}

// space returns the position of the first byte from i on that is not white
// space.
func (s *scanner) space(i int) int {
	for i < len(s.data) {
		switch s.data[i] {
		case ' ', '\t', '\r', '\n':
			s.spaced = true
			i++
		default:
			return i
		}
	}
	return i
}

// str reads the string whose opening quote is at i, and reports whether there
// are escapes in it.
func (s *scanner) str(i int) (end int, escaped bool, err error) {
	d := s.data
	start := i
	for i++; ; {
		for i+8 <= len(d) {
			if special := specialBytes(binary.LittleEndian.Uint64(d[i:])); special != 0 {
				i += bits.TrailingZeros64(special) / 8
				break
			}
			i += 8
		}
		for i < len(d) && d[i] >= ' ' && d[i] != '"' && d[i] != '\\' {
			i++
		}
		if i >= len(d) {
			return i, false, &SyntaxError{start, "not valid JSON: text without an end"}
		}
		switch d[i] {
		case '"':
			return i + 1, escaped, nil
		case '\\':
			escaped = true
			if i, err = s.escape(i); err != nil {
				return i, false, err
			}
		case 0:
			return i, false, &SyntaxError{i, "a NUL"}
		default:
			return i, false, &SyntaxError{i, fmt.Sprintf("not valid JSON: a raw control character (U+%04X) in a text", d[i])}
		}
	}
}

// specialBytes marks, in its high bit, the lowest byte of w that cannot stand
// for itself in a string: a control character, a quote or a backslash. It may
// mark bytes above that one wrongly.
func specialBytes(w uint64) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	quote, slash := w^('"'*low), w^('\\'*low)
	return ((w-' '*low) & ^w | (quote-low)&^quote | (slash-low)&^slash) & high
}

func (s *scanner) escape(i int) (int, error) {
	if i+1 >= len(s.data) {
		return i, &SyntaxError{i, "not valid JSON: text without an end"}
	}
	switch s.data[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, nil
	case 'u':
		r, ok := hex4(s.data[i+2:])
		if !ok {
			return i, &SyntaxError{i, "not valid JSON: \\u without four hex digits"}
		}
		if r == 0 {
			return i, &SyntaxError{i, "a NUL (\\u0000)"}
		}
		return i + 6, nil
	}
	return i, &SyntaxError{i, "not valid JSON: an unknown escape"}
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// unexpected says that something else than want stands at i.
func (s *scanner) unexpected(i int, want string) error {
	if i >= len(s.data) {
		return &SyntaxError{i, "not valid JSON: ends too early, " + want + " should follow"}
	}
	if s.data[i] == 0 {
		return &SyntaxError{i, "a NUL"}
	}
	r, _ := utf8.DecodeRune(s.data[i:])
	return &SyntaxError{i, fmt.Sprintf("not valid JSON: %q instead of %s", r, want)}
}
