package evidence

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// MaxLine is how much of a line is shown, in bytes of UTF-8. The rest is
	// counted.
	MaxLine = 4000

	// MaxPage is how many lines one page has at most.
	MaxPage = 2000

	// MaxFound is how many lines one search names at most.
	MaxFound = 10_000

	// maxCounted is how large a text may be for its lines to be counted when
	// it comes in.
	maxCounted = 64 << 20
)

// Page is some lines of a text.
type Page struct {
	From     int    // number of the first line, from 1
	Lines    []Line //
	End      bool   // whether the text ends with them
	Encoding string // "UTF-8", "UTF-16" or "Latin-1", as it was read
}

// Line is one line of a text, without its end. Characters that would control
// a screen, or turn the direction of reading, are shown as signs; colours of
// a terminal are left out.
type Line struct {
	Number int
	Text   string
	Cut    int // bytes that are not shown, as the line is longer than MaxLine
}

// Lines reads n lines of a text, beginning with number from (the first is 1).
// A page beyond the end is empty. Bytes that are wrong in the encoding become
// U+FFFD.
func Lines(r io.ReaderAt, size int64, from, n int) (*Page, error) {
	t, err := openText(r, size)
	if err != nil {
		return nil, err
	}
	page := &Page{From: max(from, 1), Encoding: t.encoding}
	n = min(max(n, 0), MaxPage)
	for {
		if len(page.Lines) == n {
			_, err := t.r.Peek(1)
			page.End = err != nil
			return page, t.source.disk.failed
		}
		line, ok := t.next(t.number+1 >= page.From)
		if !ok {
			page.End = true
			return page, t.source.disk.failed
		}
		if line.Number >= page.From {
			page.Lines = append(page.Lines, line)
		}
	}
}

// Found is what a search found.
type Found struct {
	Lines []int // numbers of lines that have the words, in order
	Next  int   // where to go on; 0 if the text was searched to its end
}

// Find names the lines, from number from on, that have the words in this
// order, as one run of text, in capitals or not.
func Find(r io.ReaderAt, size int64, words string, from int) (*Found, error) {
	words = strings.ToLower(strings.TrimSpace(words))
	if words == "" {
		return nil, empty("there is nothing to look for")
	}
	t, err := openText(r, size)
	if err != nil {
		return nil, err
	}
	found := &Found{}
	for {
		has, ok := t.nextHas(words, t.number+1 >= from)
		if !ok {
			return found, t.source.disk.failed
		}
		if !has {
			continue
		}
		found.Lines = append(found.Lines, t.number)
		if len(found.Lines) == MaxFound {
			found.Next = t.number + 1
			return found, t.source.disk.failed
		}
	}
}

// countLines counts the lines of a text, -1 if it is too large for that.
func countLines(s *source) (int, error) {
	if s.Size() > maxCounted {
		return -1, nil
	}
	t, err := textOf(s)
	if err != nil {
		return -1, err
	}
	for {
		if _, ok := t.next(false); !ok {
			return t.number, s.disk.failed
		}
	}
}

// text is a text that is being read, line by line.
type text struct {
	source   *source
	r        *bufio.Reader // UTF-8
	encoding string
	number   int    // of the line that was read last
	window   []byte // of that line, where it is searched: the end of what was read
}

func openText(r io.ReaderAt, size int64) (*text, error) {
	s := newSource(r, size)
	format, err := sniff(s)
	if err != nil {
		return nil, err
	}
	if size > 0 && !isText(format) {
		return nil, notShown("this is no text")
	}
	return textOf(s)
}

func textOf(s *source) (*text, error) {
	b, err := head(s, 64<<10)
	if err != nil {
		return nil, err
	}
	name, from := encodingOf(b)
	t := &text{source: s, encoding: name}
	if name != "UTF-8" {
		t.r = bufio.NewReaderSize(transform.NewReader(s.section(), from.NewDecoder()), 64<<10)
		return t, nil
	}
	// Most texts are UTF-8, and are read as they are: readable puts right what is wrong in them.
	t.r = bufio.NewReaderSize(s.section(), 64<<10)
	if bytes.HasPrefix(b, []byte("\ufeff")) {
		_, err = t.r.Discard(len("\ufeff"))
	}
	return t, err
}

// encodingOf tells the encoding by a byte order mark; without one a text is
// UTF-8, unless it cannot be.
func encodingOf(b []byte) (string, encoding.Encoding) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(b[:wholeRunes(b)]):
		return "UTF-8", unicode.UTF8BOM
	}
	return "Latin-1", charmap.Windows1252
}

// wholeRunes is the length of b without a last character that was cut.
func wholeRunes(b []byte) int {
	for n := len(b); n > 0 && n > len(b)-utf8.UTFMax; n-- {
		if utf8.RuneStart(b[n-1]) {
			if utf8.FullRune(b[n-1:]) {
				return len(b)
			}
			return n - 1
		}
	}
	return len(b)
}

// next reads a line. Its text is only made if it is wanted.
func (t *text) next(wanted bool) (Line, bool) {
	var kept []byte
	length := 0
	ok := t.fragments(func(b []byte) {
		if room := 2*MaxLine - len(kept); wanted && room > 0 {
			kept = append(kept, b[:min(len(b), room)]...)
		}
		length += len(b)
	})
	if !ok {
		return Line{}, false
	}
	line := Line{Number: t.number}
	if wanted {
		shown := kept[:cutAt(kept, MaxLine)]
		line.Text, line.Cut = readable(shown), length-len(shown)
	}
	return line, true
}

// cutAt is the length of b, or most, or a little less so that no character is
// cut.
func cutAt(b []byte, most int) int {
	if len(b) <= most {
		return len(b)
	}
	return wholeRunes(b[:most])
}

// nextHas reads a line and says whether the words are in it.
func (t *text) nextHas(words string, wanted bool) (has, ok bool) {
	t.window = t.window[:0]
	ok = t.fragments(func(b []byte) {
		if !wanted || has {
			return
		}
		if len(t.window) > 0 {
			t.window = append(t.window, b...)
			b = t.window
		}
		has = holds(b, words)
		t.window = append(t.window[:0], b[max(0, len(b)-4*len(words)):]...)
	})
	return has, ok
}

// holds says whether words, in small letters, are in a piece of a line as it
// is shown. Most lines are plain, and are shown as they are.
func holds(b []byte, words string) bool {
	if !plainText(b) {
		return strings.Contains(strings.ToLower(readable(b)), words)
	}
	small, capital := words[0], words[0]
	if 'a' <= small && small <= 'z' {
		capital -= 'a' - 'A'
	}
	for len(b) >= len(words) {
		at := bytes.IndexByte(b, small)
		if capital != small {
			if n := bytes.IndexByte(b, capital); n >= 0 && (at < 0 || n < at) {
				at = n
			}
		}
		if at < 0 || at+len(words) > len(b) {
			return false
		}
		if folds(b[at:at+len(words)], words) {
			return true
		}
		b = b[at+1:]
	}
	return false
}

// plainText says whether a piece of a line is of ASCII, and is shown as it is.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// folds says whether b is words, which are in small letters, in capitals or
// not.
func folds(b []byte, words string) bool {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != words[i] {
			return false
		}
	}
	return true
}

// fragments reads one line, without its end, in pieces of the size of the
// buffer. It says whether there was a line.
func (t *text) fragments(visit func([]byte)) bool {
	there := false
	for {
		b, err := t.r.ReadSlice('\n')
		there = there || len(b) > 0
		if err == bufio.ErrBufferFull {
			visit(b)
			continue
		}
		if there {
			t.number++
		}
		b = bytes.TrimSuffix(b, []byte("\n"))
		visit(bytes.TrimSuffix(b, []byte("\r")))
		return there
	}
}

// readable is a text that can do nothing to a screen.
func readable(b []byte) string {
	text := string(b)
	if strings.Contains(text, "\x1b[") {
		text = terminalColour.ReplaceAllString(text, "")
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t':
			return c
		case c < ' ':
			return c + 0x2400 // its picture
		case c == 0x7f:
			return 0x2421
		case c >= 0x80 && c < 0xa0, c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069, c == 0x2028, c == 0x2029:
			return utf8.RuneError
		}
		return c
	}, text)
}
