package record_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/record"
)

func TestDecodeLineReadsTheEnvelope(t *testing.T) {
	got := decode(t, `{"until":"2026-11-24T03:00:00Z","text":"a","at":"2026-11-24T02:14:00.123456789+02:00","recorded":"2026-11-24T02:15:00Z",`+
		`"by":"Ana","person":"Bo","do":"claim.make","id":"c1","label":"C4","approx":true,"At":1,"clock":"00000000000a0003"}`)
	want := &record.Record{
		Stamp: record.Stamp{Clock: 0xa0000},
		ID:    "c1", Label: "C4", By: "Ana", Person: "Bo", Do: "claim.make", Approx: true,
		At:       time.Date(2026, 11, 24, 0, 14, 0, 123456789, time.UTC),
		Recorded: time.Date(2026, 11, 24, 2, 15, 0, 0, time.UTC),
		Until:    time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC),
		Fields:   []record.Field{record.TextField("text", "a"), {Key: "At", Value: []byte("1")}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeLineFillsInWhatIsLeftOut(t *testing.T) {
	got := decode(t, `{"at":"2026-11-24T02:14:00.005Z","by":"Ana","do":"note.add"}`+"\r\n")
	want := &record.Record{
		At: moment, Recorded: moment, By: "Ana", Person: "Ana", Do: "note.add",
		Stamp: record.Stamp{Clock: record.ClockAt(moment)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeLineSaysWhatIsWrong(t *testing.T) {
	const when = " must be a time with a zone in the years 1970 to 9999, such as 2006-01-02T15:04:05Z"
	tests := []struct{ line, want string }{
		{`{"by":"a","do":"x"}`, "at is missing"},
		{`{"at":null,"by":"a","do":"x"}`, "at is missing"},
		{`{"at":"2026-11-24T02:14:00Z","do":"x"}`, "by is missing"},
		{`{"at":"2026-11-24T02:14:00Z","by":" ","do":"x"}`, "by is missing"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a"}`, "do is missing"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":""}`, "do is missing"},
		{`{"at":"2026-11-24T02:14:00Z","by":["a"],"do":"x"}`, "by must be a text"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","id":7}`, "id must be a text"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","label":7}`, "label must be a text"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","person":{}}`, "person must be a text"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","approx":"yes"}`, "approx must be true or false"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","recorded":"later"}`, "recorded" + when},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","until":5}`, "until" + when},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x","clock":"12"}`, "clock must be a text of 16 hex digits"},
		{`{"at":"2026-11-24T02:14:00Z","by":"a","do":"incident.declare","incident":7}`, "incident must be a text"},
		{"{\"at\":\"2026-11-24T02:14:00Z\",\n\"by\":\"a\",\"do\":\"x\"}", "more than one line at byte 30"},
		{`{"at":"2026-11-24T02:14:00Z"`, "not valid JSON: ends too early, a comma or } should follow at byte 29"},
		{`{"at":"` + strings.Repeat("x", record.MaxLine) + `"}`, "line is too long: 524297 bytes, at most 524288 are allowed"},
	}
	for _, test := range tests {
		if _, err := record.DecodeLine([]byte(test.line)); err == nil || err.Error() != test.want {
			t.Errorf("%.80s:\ngot  %v\nwant %s", test.line, err, test.want)
		}
	}
}

func TestTimesNeedAZoneAndACalendarDay(t *testing.T) {
	good := map[string]time.Time{
		"2026-11-24T02:14:00Z":                 time.Date(2026, 11, 24, 2, 14, 0, 0, time.UTC),
		"2026-11-24t02:14:00z":                 time.Date(2026, 11, 24, 2, 14, 0, 0, time.UTC),
		"2026-11-24T02:14:00.5-03:30":          time.Date(2026, 11, 24, 5, 44, 0, 5e8, time.UTC),
		"2026-11-24T02:14:00.1234567899+00:00": time.Date(2026, 11, 24, 2, 14, 0, 123456789, time.UTC),
		"2024-02-29T23:59:59-00:00":            time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC),
		"1970-01-01T00:00:00Z":                 time.Unix(0, 0),
		"9999-12-31T23:59:59.999999999Z":       time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
	}
	for text, want := range good {
		r := decode(t, `{"at":"`+text+`","by":"a","do":"x"}`)
		if !r.At.Equal(want) {
			t.Errorf("%s: got %v", text, r.At)
		}
	}
	bad := []string{
		"", "now", "2026-11-24", "2026-11-24T02:14Z", "2026-11-24T02:14:00", "2026-11-24 02:14:00Z", "2026-11-24T02:14:00.Z",
		"2026-11-24T02:14:00,5Z", "2026-11-24T02:14:00+0100", "2026-11-24T02:14:00+24:00", "2026-11-24T02:14:00+01:60", "2026-11-24T02:14:00ZZ",
		"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
		"2026-11-24T24:00:00Z", "2026-11-24T00:60:00Z", "2026-11-24T00:00:60Z", "-026-11-24T00:00:00Z", "+2026-11-24T00:00:00Z",
		"1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0001-01-01T00:00:00Z",
	}
	for _, text := range bad {
		if _, err := record.DecodeLine([]byte(`{"at":"` + text + `","by":"a","do":"x"}`)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func TestAppendJSONIsCanonical(t *testing.T) {
	tests := []struct{ line, want string }{
		{
			`{ "text":"<b> & \u00e9", "x" : [ 1, {"y" : 2} ], "do":"note.add", "by":"Ana", "person":"Ana", "approx":false, "recorded":"2026-11-24T03:14:00+01:00", "at":"2026-11-24T02:14:00Z" }`,
			`{"at":"2026-11-24T02:14:00Z","by":"Ana","do":"note.add","text":"<b> & \u00e9","x":[1,{"y":2}]}`,
		},
		{
			`{"zeta":1,"alpha":2,"until":"2026-11-24T04:14:00+01:00","approx":true,"person":"Bo","label":"N1","id":"n1","do":"note.add","by":"<Ana>","recorded":"2026-11-24T02:14:00.000000001Z","at":"2026-11-24T02:14:00Z"}`,
			`{"at":"2026-11-24T02:14:00Z","recorded":"2026-11-24T02:14:00.000000001Z","by":"<Ana>","do":"note.add","id":"n1","label":"N1","person":"Bo","approx":true,"until":"2026-11-24T03:14:00Z","zeta":1,"alpha":2}`,
		},
		{ // A clock in the same millisecond says nothing more; its counter is never kept.
			`{"at":"1970-01-01T00:00:00.001Z","by":"a","do":"x","clock":"0000000000010007"}`,
			`{"at":"1970-01-01T00:00:00.001Z","by":"a","do":"x"}`,
		},
		{
			`{"clock":"0000000000020007","at":"1970-01-01T00:00:00.001Z","by":"a","do":"x"}`,
			`{"at":"1970-01-01T00:00:00.001Z","by":"a","do":"x","clock":"0000000000020000"}`,
		},
		{ // Only a declare has an incident; elsewhere it is a field that nobody knows.
			`{"incident":"i1","at":"1970-01-01T00:00:00Z","by":"a","do":"incident.declare","title":"t"}`,
			`{"at":"1970-01-01T00:00:00Z","by":"a","do":"incident.declare","incident":"i1","title":"t"}`,
		},
		{
			`{"incident":"i1","at":"1970-01-01T00:00:00Z","by":"a","do":"x","title":"t"}`,
			`{"at":"1970-01-01T00:00:00Z","by":"a","do":"x","incident":"i1","title":"t"}`,
		},
	}
	for _, test := range tests {
		if got := string(decode(t, test.line).AppendJSON(nil)); got != test.want {
			t.Errorf("\ngot  %s\nwant %s", got, test.want)
		}
	}
}

// anyRecord draws a record as an incident file may hold it.
func anyRecord() *rapid.Generator[*record.Record] {
	text := rapid.StringN(1, 12, -1).Filter(func(s string) bool { return strings.TrimSpace(s) != "" && !strings.Contains(s, "\x00") })
	when := rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.OneOf(rapid.Int64Range(1_500_000_000, 1_500_000_003), rapid.Int64Range(0, 253402300799)).Draw(t, "seconds")
		nanos := rapid.OneOf(rapid.Just(int64(0)), rapid.Just(int64(5e6)), rapid.Int64Range(0, 999_999_999)).Draw(t, "nanos")
		return time.Unix(seconds, nanos).UTC()
	})
	key := rapid.OneOf(rapid.SampledFrom([]string{"title", "text", "thread", "rests_on", "At", ""}), text).Filter(func(s string) bool {
		switch s {
		case "at", "recorded", "by", "do", "id", "label", "person", "approx", "until", "clock", "incident":
			return false
		}
		return true
	})
	value := rapid.SampledFrom([]string{`"x"`, `"\u00e9\\\""`, `1e-3`, `null`, `true`, `[]`, `["a","b"]`, `{"c1":"supports","d":[{}]}`})
	return rapid.Custom(func(t *rapid.T) *record.Record {
		r := &record.Record{
			At: when.Draw(t, "at"), By: text.Draw(t, "by"),
			Do: rapid.OneOf(rapid.SampledFrom([]string{"incident.declare", "note.add", "claim.make"}), text).Draw(t, "do"),
		}
		r.Recorded, r.Person = r.At, r.By
		if rapid.Bool().Draw(t, "later") {
			r.Recorded = when.Draw(t, "recorded")
		}
		if rapid.Bool().Draw(t, "for another") {
			r.Person = text.Draw(t, "person")
		}
		if rapid.Bool().Draw(t, "named") {
			r.ID = text.Draw(t, "id")
		}
		if rapid.Bool().Draw(t, "labelled") {
			r.Label = text.Draw(t, "label")
		}
		if rapid.Bool().Draw(t, "range") {
			r.Until = when.Draw(t, "until")
		}
		r.Approx = rapid.Bool().Draw(t, "approx")
		r.Stamp.Clock = record.ClockAt(r.Recorded)
		if rapid.Bool().Draw(t, "clock") {
			r.Stamp.Clock = max(1<<16, record.ClockAt(when.Draw(t, "clock at")))
		}
		if r.Do == "incident.declare" && rapid.Bool().Draw(t, "known incident") {
			r.Incident = text.Draw(t, "incident")
		}
		for _, k := range rapid.SliceOfNDistinct(key, 0, 40, rapid.ID).Draw(t, "keys") {
			r.Fields = append(r.Fields, record.Field{Key: k, Value: []byte(value.Draw(t, "value"))})
		}
		return r
	})
}

func TestALineReadsBackAsTheRecordItWasWrittenFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyRecord().Draw(t, "record")
		line := want.AppendJSON(nil)
		got, err := record.DecodeLine(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: %s", line, diff)
		}
	})
}

func FuzzDecodeLine(f *testing.F) {
	f.Add(benchLine)
	for _, seed := range []string{
		`{"at":"2026-11-24T02:14:00Z","by":"a","do":"x"}`,
		`{"at":"2026-11-24T02:14:00.5+02:00","recorded":"2026-11-25T02:14:00Z","by":"a","do":"x","person":"b","approx":true,"until":"2026-11-26T02:14:00Z","clock":"00000000000a0000","n":[ 1, {"k" : null} ]}`,
		`{"at":"2026-11-24T02:14:00Z","by":"a","do":"incident.declare","incident":"i","title":"\ud83d\ude00\ud800"}`,
		"{\"at\":\"2026-11-24T02:14:00Z\",\"by\":\"a\x00\",\"do\":\"x\"}",
		"\ufeff{}", strings.Repeat(`{"a":`, 200),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := record.DecodeLine(line)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without words")
			}
			return
		}
		out := r.AppendJSON(nil)
		if !json.Valid(out) || bytes.IndexByte(out, '\n') >= 0 {
			t.Fatalf("written as %q", out)
		}
		again, err := record.DecodeLine(out)
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Fatal(diff)
		}
	})
}
