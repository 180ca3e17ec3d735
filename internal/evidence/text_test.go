package evidence_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/evidence"
)

func lines(t testing.TB, b []byte, from, n int) *evidence.Page {
	t.Helper()
	return must(evidence.Lines(bytes.NewReader(b), int64(len(b)), from, n))(t)
}

func texts(p *evidence.Page) []string {
	var all []string
	for _, line := range p.Lines {
		all = append(all, line.Text)
	}
	return all
}

func utf16Of(s string, mark string, high int) []byte {
	b := []byte(mark)
	for _, unit := range utf16.Encode([]rune(s)) {
		pair := []byte{byte(unit), byte(unit)}
		pair[high] = byte(unit >> 8)
		pair[1-high] = byte(unit)
		b = append(b, pair...)
	}
	return b
}

func TestTextsAreReadInAnyEncoding(t *testing.T) {
	const said = "größer\nnoch größer 🙂\n"
	want := []string{"größer", "noch größer 🙂"}
	for _, test := range []struct {
		name, encoding string
		file           []byte
		want           []string
	}{
		{"UTF-8", "UTF-8", []byte(said), want},
		{"UTF-8 with a mark", "UTF-8", []byte("\xef\xbb\xbf" + said), want},
		{"UTF-16, low byte first", "UTF-16", utf16Of(said, "\xff\xfe", 1), want},
		{"UTF-16, high byte first", "UTF-16", utf16Of(said, "\xfe\xff", 0), want},
		{"Latin-1", "Latin-1", []byte("gr\xf6\xdfer\nnoch mehr\n"), []string{"größer", "noch mehr"}},
		{"UTF-8 with one wrong byte, late", "UTF-8", []byte(strings.Repeat("x", 70_000) + "\nä\xffb\n"), []string{strings.Repeat("x", evidence.MaxLine), "ä�b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := lines(t, test.file, 1, 10)
			if d := cmp.Diff(test.want, texts(p)); d != "" || p.Encoding != test.encoding || !p.End {
				t.Errorf("%s, end %v, %s", p.Encoding, p.End, d)
			}
		})
	}
}

func TestPagesOfLines(t *testing.T) {
	var b bytes.Buffer
	for i := range 500 {
		fmt.Fprintf(&b, "line %d\r\n", i+1)
	}
	b.WriteString("last")
	p := lines(t, b.Bytes(), 100, 3)
	want := []evidence.Line{{Number: 100, Text: "line 100"}, {Number: 101, Text: "line 101"}, {Number: 102, Text: "line 102"}}
	if d := cmp.Diff(want, p.Lines); d != "" || p.End {
		t.Errorf("end %v, %s", p.End, d)
	}
	if p := lines(t, b.Bytes(), 500, 2); !p.End || !slices.Equal(texts(p), []string{"line 500", "last"}) {
		t.Errorf("the last page is %+v", p)
	}
	if p := lines(t, b.Bytes(), 502, 2); !p.End || len(p.Lines) > 0 {
		t.Errorf("a page beyond the end is %+v", p)
	}
	if p := lines(t, b.Bytes(), -5, 1); p.From != 1 || p.Lines[0].Number != 1 {
		t.Errorf("a page before the start is %+v", p)
	}
	if f := look(t, b.Bytes(), "a.log"); f.Lines != 501 {
		t.Errorf("Look counts %d lines", f.Lines)
	}
	if p := lines(t, nil, 1, 5); !p.End || len(p.Lines) > 0 {
		t.Errorf("an empty file is %+v", p)
	}
}

func TestLongLinesAreCutAndSaySo(t *testing.T) {
	long := strings.Repeat("ä", 200_000)
	p := lines(t, []byte("short\n"+long+"\nafter\n"), 1, 10)
	if len(p.Lines) != 3 {
		t.Fatalf("%d lines", len(p.Lines))
	}
	l := p.Lines[1]
	if len(l.Text)+l.Cut != len(long) || len(l.Text) > evidence.MaxLine || !utf8.ValidString(l.Text) || p.Lines[2].Text != "after" {
		t.Errorf("%d bytes shown, %d cut, of %d", len(l.Text), l.Cut, len(long))
	}
}

func TestALineCanDoNothingToAScreen(t *testing.T) {
	p := lines(t, []byte("\x1b[31mred\x1b[0m\tok\x07 \u202egnp.exe \x1b]0;title\u009d and so on"), 1, 1)
	if got, want := p.Lines[0].Text, "red\tok␇ �gnp.exe ␛]0;title� and so on"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFindNamesLinesInCapitalsOrNot(t *testing.T) {
	file := []byte("first\nConnection REFUSED by peer\nÄrger\nconnection refused\n" + strings.Repeat("x", 65_530) + "connection refused" + strings.Repeat("y", 70_000) + "\n")
	for words, want := range map[string][]int{"connection refused": {2, 4, 5}, "ärger": {3}, "nowhere": nil, "  FIRST ": {1}} {
		f := must(evidence.Find(bytes.NewReader(file), int64(len(file)), words, 1))(t)
		if !slices.Equal(f.Lines, want) || f.Next != 0 {
			t.Errorf("%q is in %v, next %d; want %v", words, f.Lines, f.Next, want)
		}
	}
	if f := must(evidence.Find(bytes.NewReader(file), int64(len(file)), "refused", 3))(t); !slices.Equal(f.Lines, []int{4, 5}) {
		t.Errorf("from line 3: %v", f.Lines)
	}
	many := []byte(strings.Repeat("a\n", evidence.MaxFound+10))
	f := must(evidence.Find(bytes.NewReader(many), int64(len(many)), "a", 1))(t)
	if len(f.Lines) != evidence.MaxFound || f.Next != evidence.MaxFound+1 {
		t.Errorf("%d lines, next %d", len(f.Lines), f.Next)
	}
	_, err := evidence.Find(bytes.NewReader(many), int64(len(many)), " ", 1)
	hasCode(t, err, evidence.CodeEmpty)
}

func TestABinaryHasNoLines(t *testing.T) {
	file := pngOf(t, screenshot(4, 4))
	_, err := evidence.Lines(bytes.NewReader(file), int64(len(file)), 1, 10)
	hasCode(t, err, evidence.CodeNotShown)
}

func TestPagesTogetherAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.StringMatching(`[a-zäß 🙂]{0,12}`), 1, 40).Draw(t, "lines")
		all = append(all, "end")
		file := []byte("text\n" + strings.Join(all, "\n"))
		step := rapid.IntRange(1, 7).Draw(t, "step")
		var got []string
		for from := 1; ; from += step {
			p, err := evidence.Lines(bytes.NewReader(file), int64(len(file)), from, step)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, texts(p)...)
			if p.End {
				break
			}
		}
		if d := cmp.Diff(append([]string{"text"}, all...), got); d != "" {
			t.Fatal(d)
		}
	})
}

// repeated is a large file that takes no memory.
type repeated struct {
	part []byte
	size int64
}

func (r repeated) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off+int64(n) < r.size {
		at := int((off + int64(n)) % int64(len(r.part)))
		n += copy(p[n:min(int64(len(p)), int64(n)+r.size-off-int64(n))], r.part[at:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func TestALargeLogIsReadWithinMemory(t *testing.T) {
	log := repeated{part: []byte("2026-03-14T03:07:12Z ERROR connection refused by 10.0.0.7\n"), size: 100 << 20}
	within(t, "Look", func() {
		f := must(evidence.Look(log, log.size, "a.log"))(t)
		if f.Format != evidence.FormatLog || f.Lines != -1 {
			t.Errorf("%s of %d lines", f.Format, f.Lines)
		}
	})
	within(t, "Lines", func() {
		p := must(evidence.Lines(log, log.size, 1_000_000, evidence.MaxPage))(t)
		if len(p.Lines) != evidence.MaxPage || p.Lines[0].Number != 1_000_000 {
			t.Errorf("%d lines", len(p.Lines))
		}
	})
	one := repeated{part: []byte("one line that never ends, "), size: 100 << 20}
	within(t, "Lines of one line", func() {
		p := must(evidence.Lines(one, one.size, 1, 10))(t)
		if len(p.Lines) != 1 || int64(p.Lines[0].Cut+len(p.Lines[0].Text)) != one.size {
			t.Errorf("%d lines", len(p.Lines))
		}
	})
}

func BenchmarkFindIn100MB(b *testing.B) {
	log := repeated{part: []byte("2026-03-14T03:07:12Z ERROR connection refused by 10.0.0.7\n"), size: 100_000_000}
	b.SetBytes(log.size)
	for b.Loop() {
		f, err := evidence.Find(log, log.size, "no such words", 1)
		if err != nil || len(f.Lines) > 0 {
			b.Fatal(f, err)
		}
	}
}

func BenchmarkLinesAtTheEndOf100MB(b *testing.B) {
	log := repeated{part: []byte("2026-03-14T03:07:12Z ERROR connection refused by 10.0.0.7\n"), size: 100_000_000}
	b.SetBytes(log.size)
	for b.Loop() {
		if _, err := evidence.Lines(log, log.size, 1_700_000, 100); err != nil {
			b.Fatal(err)
		}
	}
}
