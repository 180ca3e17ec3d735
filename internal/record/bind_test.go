package record_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/record"
)

type severity string

type common struct {
	Why string `field:"why"`
}

type everything struct {
	common
	Title    string            `field:"title,required"`
	Severity severity          `field:"severity,oneof=SEV1|SEV2|SEV3|SEV4"`
	Impact   *string           `field:"impact"`
	Mode     *severity         `field:"mode,oneof=a|b"`
	Wider    bool              `field:"wider"`
	Still    *bool             `field:"still"`
	Minutes  int               `field:"minutes"`
	Value    float64           `field:"value"`
	Limit    *float64          `field:"limit"`
	RestsOn  []string          `field:"rests_on"`
	Over     *[]string         `field:"over"`
	Due      time.Time         `field:"due"`
	Claims   map[string]string `field:"claims,oneof=supports|contradicts"`
	Untagged string
}

func parse(tb testing.TB, data string) []record.Field {
	tb.Helper()
	fields, err := record.ParseFields([]byte(data))
	if err != nil {
		tb.Fatal(err)
	}
	return fields
}

func ptr[T any](v T) *T { return &v }

func TestBindFillsEveryType(t *testing.T) {
	var got everything
	err := record.Bind(parse(t, `{"title":"A \"b\"","severity":"SEV2","impact":"","mode":"b","wider":true,"still":false,"minutes":-15,
		"value":38.5,"limit":0,"rests_on":["c1","\u00e9"],"over":[],"due":"2017-01-31T23:27:00.5+02:00","claims":{"c1":"supports"},
		"why":"so","Untagged":"x","title2":"y"}`), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := everything{
		common: common{Why: "so"}, Title: `A "b"`, Severity: "SEV2", Impact: ptr(""), Mode: ptr(severity("b")), Wider: true, Still: ptr(false),
		Minutes: -15, Value: 38.5, Limit: ptr(0.0), RestsOn: []string{"c1", "é"}, Over: &[]string{},
		Due: time.Date(2017, 1, 31, 21, 27, 0, 5e8, time.UTC), Claims: map[string]string{"c1": "supports"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(everything{})); diff != "" {
		t.Error(diff)
	}
}

func TestBindTakesNullAndEmptyAsAbsent(t *testing.T) {
	for _, data := range []string{
		`{"title":"t"}`,
		`{"title":"t","severity":null,"impact":null,"mode":null,"wider":null,"still":null,"minutes":null,"value":null,"limit":null,"rests_on":null,"over":null,"due":null,"claims":null,"why":null}`,
		`{"title":"t","severity":"","rests_on":[ ],"due":"","claims":{},"why":""}`,
	} {
		var got everything
		if err := record.Bind(parse(t, data), &got); err != nil {
			t.Errorf("%s: %v", data, err)
		}
		if diff := cmp.Diff(everything{Title: "t"}, got, cmp.AllowUnexported(everything{})); diff != "" {
			t.Errorf("%s: %s", data, diff)
		}
	}
}

func TestBindSaysWhatIsWrongInWordsForPeople(t *testing.T) {
	const when = "must be a time with a zone in the years 1970 to 9999, such as 2006-01-02T15:04:05Z"
	tests := []struct{ data, want string }{
		{`{}`, `title is missing`},
		{`{"title":null}`, `title is missing`},
		{`{"title":""}`, `title is missing`},
		{`{"title":" \n\u00a0"}`, `title is missing`},
		{`{"title":5}`, `title must be a text`},
		{`{"title":["a"]}`, `title must be a text`},
		{`{"title":"t","severity":"SEV9"}`, `severity must be one of SEV1, SEV2, SEV3, SEV4, not "SEV9"`},
		{`{"title":"t","severity":1}`, `severity must be a text`},
		{`{"title":"t","mode":""}`, `mode must be one of a, b, not ""`},
		{`{"title":"t","wider":"true"}`, `wider must be true or false`},
		{`{"title":"t","still":0}`, `still must be true or false`},
		{`{"title":"t","minutes":"5"}`, `minutes must be a number`},
		{`{"title":"t","minutes":5.5}`, `minutes must be a whole number`},
		{`{"title":"t","minutes":99999999999999999999}`, `minutes is too large a number`},
		{`{"title":"t","value":"38 %"}`, `value must be a number`},
		{`{"title":"t","value":1e999}`, `value is too large a number`},
		{`{"title":"t","limit":true}`, `limit must be a number`},
		{`{"title":"t","rests_on":"c1"}`, `rests_on must be a list of texts`},
		{`{"title":"t","rests_on":["c1",2]}`, `rests_on must be a list of texts`},
		{`{"title":"t","over":{}}`, `over must be a list of texts`},
		{`{"title":"t","due":"15m"}`, `due ` + when},
		{`{"title":"t","due":"2017-01-31T23:27:00"}`, `due ` + when},
		{`{"title":"t","due":7}`, `due ` + when},
		{`{"title":"t","claims":["c1"]}`, `claims must be an object whose values are texts`},
		{`{"title":"t","claims":{"c1":true}}`, `claims must be an object whose values are texts`},
		{`{"title":"t","claims":{"c1":"supports","c1":"supports"}}`, `claims has a key twice`},
		{`{"title":"t","claims":{"c1":"proves"}}`, `claims must be one of supports, contradicts, not "proves"`},
	}
	for _, test := range tests {
		var into everything
		err := record.Bind(parse(t, test.data), &into)
		var field *record.FieldError
		if !errors.As(err, &field) || err.Error() != test.want {
			t.Errorf("%s:\ngot  %v\nwant %s", test.data, err, test.want)
		}
	}
}

func TestBindAsksForARequiredFieldOfAnyType(t *testing.T) {
	var list struct {
		On []string `field:"on,required"`
	}
	var number struct {
		Value float64 `field:"value,required"`
	}
	var kept struct {
		Over *[]string `field:"over,required"`
	}
	if err := record.Bind(parse(t, `{"on":[]}`), &list); err == nil || err.Error() != "on is missing" {
		t.Errorf("empty list: %v", err)
	}
	if err := record.Bind(parse(t, `{}`), &number); err == nil || err.Error() != "value is missing" {
		t.Errorf("no number: %v", err)
	}
	if err := record.Bind(parse(t, `{"value":0}`), &number); err != nil {
		t.Errorf("zero is a number: %v", err)
	}
	if err := record.Bind(parse(t, `{"over":[]}`), &kept); err != nil || kept.Over == nil {
		t.Errorf("an empty list behind a pointer is there: %v", err)
	}
}

func FuzzBind(f *testing.F) {
	for _, seed := range []string{`"a"`, `5`, `-0.5e3`, `true`, `null`, `["a","b"]`, `{"c1":"supports"}`, `"2017-01-31T23:27:00Z"`, `"\ud800\u00e9"`, `[[`, `"`, ``, `{"a"`, `1e`, `[1 2]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		for _, key := range []string{"title", "severity", "impact", "wider", "still", "minutes", "value", "limit", "rests_on", "over", "due", "claims"} {
			var into everything
			err := record.Bind([]record.Field{{Key: key, Value: value}, record.TextField("title", "t")}, &into)
			var field *record.FieldError
			if err != nil && !errors.As(err, &field) {
				t.Fatalf("%s: %v is not a *FieldError", key, err)
			}
			if math.IsInf(into.Value, 0) || math.IsNaN(into.Value) {
				t.Fatalf("value became %v", into.Value)
			}
		}
	})
}
