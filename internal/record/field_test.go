package record_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/record"
)

func TestParseFieldsKeepsOrderCaseAndRawValues(t *testing.T) {
	got, err := record.ParseFields([]byte(" {\"b\" : 1.50, \"A\":\"x\\u00e9<\", \"a\\n\\ud83d\\ude00\":{ \"k\" : [1 , \"a b\"] , \"z\":[ ]},\"a\":null,\"c\":{ \"k\":1}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []record.Field{
		{Key: "b", Value: []byte(`1.50`)},
		{Key: "A", Value: []byte(`"x\u00e9<"`)},
		{Key: "a\n😀", Value: []byte(`{"k":[1,"a b"],"z":[]}`)},
		{Key: "a", Value: []byte(`null`)},
		{Key: "c", Value: []byte(`{"k":1}`)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseFieldsSaysWhatIsWrongAndWhere(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`"k`)
			b.WriteString(strings.Repeat("x", i))
			b.WriteString(`":1,`)
		}
		return b.String()
	}
	tests := []struct{ name, data, want string }{
		{"empty", ``, `not a JSON object: empty at byte 1`},
		{"blank", `  `, `not a JSON object: empty at byte 3`},
		{"a list", `[]`, `not a JSON object at byte 1`},
		{"a text", `"a"`, `not a JSON object at byte 1`},
		{"cut off", `{"a":1`, `not valid JSON: ends too early, a comma or } should follow at byte 7`},
		{"cut off in a text", `{"a":"bc`, `not valid JSON: text without an end at byte 6`},
		{"cut off in an escape", `{"a":"\`, `not valid JSON: text without an end at byte 7`},
		{"no value", `{"a":}`, `not valid JSON: '}' instead of a value at byte 6`},
		{"no colon", `{"a" 1}`, `not valid JSON: '1' instead of a colon at byte 6`},
		{"bare key", `{a:1}`, `not valid JSON: 'a' instead of a key at byte 2`},
		{"comma at the end", `{"a":1,}`, `not valid JSON: '}' instead of a key at byte 8`},
		{"comma at the end of a list", `{"a":[1,]}`, `not valid JSON: ']' instead of a value at byte 9`},
		{"two objects", `{"a":1} {}`, `more after the JSON object at byte 9`},
		{"leading zero", `{"a":01}`, `not valid JSON: '1' instead of a comma or } at byte 7`},
		{"half a number", `{"a":1.}`, `not valid JSON: '}' instead of a digit at byte 8`},
		{"half an exponent", `{"a":1e+}`, `not valid JSON: '}' instead of a digit at byte 9`},
		{"only a sign", `{"a":-}`, `not valid JSON: '}' instead of a digit at byte 7`},
		{"misspelt word", `{"a":treu}`, `not valid JSON: 't' instead of a value at byte 6`},
		{"unknown escape", `{"a":"\x"}`, `not valid JSON: an unknown escape at byte 7`},
		{"short \\u", `{"a":"\u12g4"}`, `not valid JSON: \u without four hex digits at byte 7`},
		{"raw line break in a text", "{\"a\":\"b\nc\"}", `not valid JSON: a raw control character (U+000A) in a text at byte 8`},
		{"NUL in a text", "{\"a\":\"b\x00\"}", `a NUL at byte 8`},
		{"NUL instead of a value", "{\"a\":\x00}", `a NUL at byte 6`},
		{"only NUL", "\x00\x00", `a NUL at byte 1`},
		{"escaped NUL", `{"a":["b\u0000"]}`, `a NUL (\u0000) at byte 9`},
		{"escaped NUL in a key", `{"\u0000":1}`, `a NUL (\u0000) at byte 3`},
		{"invalid UTF-8", "{\"a\":\"\xff\"}", `not valid UTF-8 at byte 7`},
		{"half a rune", "{\"a\":\"é\xc3\"}", `not valid UTF-8 at byte 9`},
		{"duplicate key", `{"a":1,"a":2}`, `key "a" is given twice, the second time at byte 8`},
		{"duplicate key by an escape", `{"a":1,"\u0061":2}`, `key "a" is given twice, the second time at byte 8`},
		{"duplicate among many", `{` + many(50) + `"kxxx":1}`, `key "kxxx" is given twice, the second time at byte 1527`},
		{"too deep", `{"a":` + strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100) + `}`, `nested more than 100 levels deep at byte 105`},
		{"a thousand deep", strings.Repeat(`{"a":`, 1000), `nested more than 100 levels deep at byte 501`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := record.ParseFields([]byte(test.data))
			var syntax *record.SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("got %v, want a *SyntaxError", err)
			}
			if err.Error() != test.want {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
}

func TestParseFieldsTakesAHundredLevels(t *testing.T) {
	data := `{"a":` + strings.Repeat(`[`, 99) + strings.Repeat(`]`, 99) + `}`
	if _, err := record.ParseFields([]byte(data)); err != nil {
		t.Error(err)
	}
}

func TestTextFieldHoldsAnyText(t *testing.T) {
	for _, text := range []string{"", "plain", "\"\\\b\f\n\r\t\x01\x1f", "<&> \u2028 é 😀"} {
		f := record.TextField("k", text)
		var got string
		if err := json.Unmarshal(f.Value, &got); err != nil || got != text {
			t.Errorf("%q became %s, which reads as %q (%v)", text, f.Value, got, err)
		}
	}
}

// FuzzParseFields compares the scanner with encoding/json, of which it must
// be a stricter kind.
func FuzzParseFields(f *testing.F) {
	for _, seed := range []string{
		string(benchLine), `{}`, `{"a":[{"b":[]},null,-0.1e+9,true,false,"\ud83d\ude00\ud83d\\"]}`,
		`{"a":1,"A":2," ":3}`, "{\"a\":\"\xed\xa0\x80\"}", `{"a":"\u0000"}`, `{"a":1}x`, ` { "a" : [ 1 , { "b" : 2 } ] } `,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fields, err := record.ParseFields(data)
		if err != nil {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("taken, but encoding/json says %v", err)
		}
		if len(fields) != len(want) {
			t.Fatalf("%d fields, encoding/json has %d", len(fields), len(want))
		}
		for _, field := range fields {
			var got, expected any
			if err := json.Unmarshal(field.Value, &got); err != nil {
				t.Fatalf("value of %q: %v", field.Key, err)
			}
			if err := json.Unmarshal(want[field.Key], &expected); err != nil {
				t.Fatalf("key %q: %v", field.Key, err)
			}
			if diff := cmp.Diff(expected, got); diff != "" {
				t.Fatalf("value of %q: %s", field.Key, diff)
			}
		}
	})
}
