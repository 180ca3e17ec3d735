package brief_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bearings/internal/brief"
)

func TestALongRunCountsOnceForEveryTwentyFourCharactersBegun(t *testing.T) {
	for text, want := range map[string]int{
		"":                             0,
		" \n\t ":                       0,
		"one":                          1,
		"one two\u00a0three":           3,
		strings.Repeat("x", 24):        1,
		strings.Repeat("x", 25):        2,
		strings.Repeat("界", 49):        3,
		"a " + strings.Repeat("é", 48): 3,
	} {
		if got := brief.Words(text); got != want {
			t.Errorf("Words(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestALineIsCutBetweenWordsAndNeverInsideANumber(t *testing.T) {
	for _, test := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Roll the gateway back", 4, "Roll the gateway back"},
		{"Roll the gateway back", 3, "Roll the gateway…"},
		{"Roll back zone 1 now", 4, "Roll back zone…"},
		{"Timeouts, since 02:14, rise", 3, "Timeouts, since…"},
		{"4.17 4.18 4.19", 2, "…"},
		{"one two", 0, "…"},
		{"  one \n\n two\tthree ", 9, "one two three"},
		{"a\x00b\u202ec\u2066d\ufeffe", 9, "a bcde"},
		{"\xff\xfe", 9, "\ufffd\ufffd"},
		{strings.Repeat("x", 60), 2, strings.Repeat("x", 47) + "…"},
		{"a " + strings.Repeat("x", 60), 2, "a " + strings.Repeat("x", 23) + "…"},
		{strings.Repeat("x", 40) + strings.Repeat("7", 60), 2, strings.Repeat("x", 40) + "…"},
		{strings.Repeat("x", 24) + " and more", 1, strings.Repeat("x", 23) + "…"},
		{strings.Repeat("e\u0301", 24), 1, strings.Repeat("e\u0301", 11) + "…"},
	} {
		if got := brief.Line(test.text, test.limit); got != test.want {
			t.Errorf("line(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
	}
}

func TestALineNeverExceedsItsWordsNorBreaks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z0-9 .,\n]{0,200}`)).Draw(t, "text")
		text = strings.Repeat(text, rapid.IntRange(1, 9).Draw(t, "times"))
		limit := rapid.IntRange(1, 30).Draw(t, "limit")
		got := brief.Line(text, limit)
		if n := brief.Words(got); n > limit {
			t.Fatalf("%d words in %q, at most %d", n, got, limit)
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) && r != ' ' }) {
			t.Fatalf("%q is not one plain line", got)
		}
		if strings.Join(strings.Fields(got), " ") != got {
			t.Fatalf("%q has loose spaces", got)
		}
	})
}

func TestAShortTextKeepsAllOfItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z0-9<>*_#é界]{1,20}`), 1, 12).Draw(t, "words")
		spaces := rapid.SampledFrom([]string{" ", "\n", "\r\n\t", "  ", "\u2028"}).Draw(t, "spaces")
		if got, want := brief.Line(strings.Join(words, spaces), 12), strings.Join(words, " "); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}
