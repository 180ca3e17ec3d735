package record_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/record"
)

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func read(t fataler, data string) *record.File {
	t.Helper()
	f, err := record.ReadFile(strings.NewReader(data), "untitled")
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return f
}

func write(t fataler, records []*record.Record) string {
	t.Helper()
	var out bytes.Buffer
	if err := record.WriteFile(&out, records); err != nil {
		t.Fatalf("write: %v", err)
	}
	return out.String()
}

// line returns a line of a file, recorded in the given second.
func line(second int, do, more string) string {
	if more != "" {
		more = "," + more
	}
	return fmt.Sprintf(`{"at":"2026-11-24T02:14:%02dZ","by":"Ana","do":%q%s}`+"\n", second, do, more)
}

func ids(records []*record.Record) []string {
	var all []string
	for _, r := range records {
		all = append(all, r.ID)
	}
	return all
}

func TestReadFileTakesTheRestOfABrokenFile(t *testing.T) {
	long := `{"at":"2026-11-24T02:14:09Z","by":"Ana","do":"note.add","text":"` + strings.Repeat("x", 10<<20) + `"}`
	data := "\ufeff" + line(0, "incident.declare", `"id":"inc","title":"T"`) + // 1
		"\r\n \t\r\n" + // 2, 3
		strings.TrimSuffix(line(1, "note.add", `"id":"n1","text":"a"`), "\n") + "\r\n" + // 4
		"not json\n" + // 5
		long + "\n" + // 6
		line(2, "note.add", `"id":"n2","text":"`+"\xff"+`"`) + // 7
		line(2, "note.add", `"id":"n2","text":"`+"\x00"+`"`) + // 8
		line(2, "note.add", `"id":"n2","text":"\u0000"`) + // 9
		line(2, "note.add", `"id":"n2","x":`+strings.Repeat("[", 1000)+strings.Repeat("]", 1000)) + // 10
		line(2, "note.add", `"id":"n2","id":"n3"`) + // 11
		`{"by":"Ana","do":"note.add"}` + "\n" + // 12
		line(3, "who.knows", `"id":"k1","later":{"x":[1]}`) + // 13
		line(1, "note.add", `"text":"a","id":"n1","label":"N1"`) + // 14: n1 again, another order of keys is not another text
		line(1, "note.add", `"id":"n1","text":"b"`) + // 15
		strings.TrimSuffix(line(4, "note.add", `"id":"n4","text":"last"`), "\n") // 16
	f := read(t, data)
	if diff := cmp.Diff([]string{"inc", "n1", "k1", "n4"}, ids(f.Records)); diff != "" {
		t.Error(diff)
	}
	want := []record.Problem{
		{5, record.ProblemBroken, "not a JSON object at byte 1"},
		{6, record.ProblemTooLong, "line is too long: 10485826 bytes, at most 524288 are allowed"},
		{7, record.ProblemBroken, "not valid UTF-8 at byte 75"},
		{8, record.ProblemBroken, "a NUL at byte 75"},
		{9, record.ProblemBroken, `a NUL (\u0000) at byte 75`},
		{10, record.ProblemBroken, "nested more than 100 levels deep at byte 170"},
		{11, record.ProblemBroken, `key "id" is given twice, the second time at byte 67`},
		{12, record.ProblemBroken, "at is missing"},
		{14, record.ProblemDuplicate, "same as line 4, taken once"},
		{15, record.ProblemConflict, `id "n1" is already that of line 4, which says something else; line 4 is kept`},
	}
	if diff := cmp.Diff(want, f.Problems); diff != "" {
		t.Error(diff)
	}
}

func TestReadFileTakesALineOfExactlyTheLimit(t *testing.T) {
	for _, ending := range []string{"\n", "\r\n", ""} {
		frame := len(strings.TrimSuffix(line(1, "note.add", `"id":"n1","text":""`), "\n"))
		full := strings.TrimSuffix(line(1, "note.add", `"id":"n1","text":"`+strings.Repeat("x", record.MaxLine-frame)+`"`), "\n")
		f := read(t, line(0, "incident.declare", `"id":"inc","title":"T"`)+full+ending)
		if len(f.Records) != 2 || len(f.Problems) != 0 {
			t.Errorf("ending %q: %d records, problems %v", ending, len(f.Records), f.Problems)
		}
		f = read(t, line(0, "incident.declare", `"id":"inc","title":"T"`)+" "+full+ending)
		if len(f.Records) != 1 || len(f.Problems) != 1 || f.Problems[0].Why != "line is too long: 524289 bytes, at most 524288 are allowed" {
			t.Errorf("ending %q: one byte more: %d records, problems %v", ending, len(f.Records), f.Problems)
		}
	}
}

func TestALongLineWithoutAnIDLeavesRoomForOne(t *testing.T) {
	frame := len(line(1, "note.add", `"text":""`)) - 1
	fits := line(1, "note.add", `"text":"`+strings.Repeat("x", record.MaxLine-512-frame)+`"`)
	f := read(t, line(0, "incident.declare", `"title":"T"`)+fits)
	if len(f.Problems) != 0 {
		t.Fatal(f.Problems)
	}
	if again := read(t, write(t, f.Records)); len(again.Problems) != 0 || len(again.Records) != 2 {
		t.Errorf("read again: %d records, problems %v", len(again.Records), again.Problems)
	}
	f = read(t, line(0, "incident.declare", `"title":"T"`)+strings.Replace(fits, "xx", "xxx", 1))
	if len(f.Problems) != 1 || f.Problems[0].Kind != record.ProblemTooLong {
		t.Errorf("one byte more: %v", f.Problems)
	}
}

// endless is a line that does not end before n bytes.
func endless(n int64) io.Reader { return io.LimitReader(endlessX{}, n) }

type endlessX struct{}

func (endlessX) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestAnEndlessLineTakesNoMoreMemoryThanTheLimit(t *testing.T) {
	const size = 256 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := record.ReadFile(io.MultiReader(endless(size), strings.NewReader("\n"+line(1, "incident.declare", `"title":"T"`))), "untitled")
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Records) != 1 || len(f.Problems) != 1 || !strings.Contains(f.Problems[0].Why, "too long: 268435456 bytes") {
		t.Errorf("%d records, problems %v", len(f.Records), f.Problems)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8*record.MaxLine {
		t.Errorf("allocated %d bytes for a line of %d", used, size)
	}
}

func TestReadFileFailsOnlyWhenReadingFails(t *testing.T) {
	broken := errors.New("disk is gone")
	_, err := record.ReadFile(io.MultiReader(strings.NewReader(line(1, "x", "")), iotest.ErrReader(broken)), "untitled")
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

func TestAFileWithoutRecordsIsAProblem(t *testing.T) {
	for _, data := range []string{"", "\n\n", "\ufeff"} {
		f := read(t, data)
		if diff := cmp.Diff([]record.Problem{{0, record.ProblemEmpty, "the file holds no records"}}, f.Problems); diff != "" || len(f.Records) > 0 {
			t.Errorf("%q: %s", data, diff)
		}
	}
}

func TestRecordsAreOrderedByRecordedTimeThenLine(t *testing.T) {
	f := read(t, line(5, "incident.declare", `"id":"d","title":"T"`)+line(9, "x", `"id":"a"`)+line(7, "x", `"id":"b"`)+line(7, "x", `"id":"c"`)+
		line(1, "x", `"id":"late","recorded":"2026-11-24T02:15:00Z"`)+line(50, "x", `"id":"early","recorded":"2026-11-24T02:14:06Z"`))
	if diff := cmp.Diff([]string{"d", "early", "b", "c", "a", "late"}, ids(f.Records)); diff != "" {
		t.Error(diff)
	}
	run := record.ImportRun(f.Incident)
	for i, r := range f.Records {
		want := record.Stamp{Clock: record.ClockAt(r.Recorded), Run: run, Line: []uint64{1, 6, 3, 4, 2, 5}[i]}
		if r.Stamp != want || r.Incident != f.Incident {
			t.Errorf("%s: stamp %v of %q, want %v", r.ID, r.Stamp, r.Incident, want)
		}
	}
}

func TestTheIncidentIsKnownByItsFirstDeclare(t *testing.T) {
	plain := read(t, line(0, "incident.declare", `"title":"T","severity":"SEV1"`)).Incident
	if len(plain) != 22 || plain[:2] != "i-" {
		t.Errorf("got %q", plain)
	}
	same := []string{
		line(0, "incident.declare", `"title":"T","id":"x","label":"INC-1","impact":"other"`),
		line(9, "incident.declare", `"title":"Second"`) + line(0, "incident.declare", `"title":"\u0054"`),
		`{"at":"2026-11-24T03:14:00+01:00","by":"Ana","do":"incident.declare","title":"T"}`,
	}
	for _, data := range same {
		if got := read(t, data).Incident; got != plain {
			t.Errorf("%s is %q, want %q", data, got, plain)
		}
	}
	others := []string{
		line(1, "incident.declare", `"title":"T"`),
		line(0, "incident.declare", `"title":"T2"`),
		`{"at":"2026-11-24T02:14:00Z","by":"Bo","do":"incident.declare","title":"T"}`,
	}
	for _, data := range others {
		if got := read(t, data).Incident; got == plain {
			t.Errorf("%s is the same incident", data)
		}
	}
	if got := read(t, line(0, "incident.declare", `"title":"T","incident":"given"`)).Incident; got != "given" {
		t.Errorf("got %q, want the one given", got)
	}
}

func TestAFileWithoutADeclareIsGivenOne(t *testing.T) {
	f := read(t, line(5, "note.add", `"id":"b","text":"b","recorded":"2026-11-24T02:14:03Z"`)+line(4, "note.add", `"id":"c","text":"c"`)+
		`{"at":"2026-11-24T02:14:02Z","recorded":"2026-11-24T02:20:00Z","by":"Bo","do":"note.add","id":"a","text":"a"}`)
	if diff := cmp.Diff([]record.Problem{{0, record.ProblemNoDeclare, `the file has no incident.declare; the incident is titled "untitled"`}}, f.Problems); diff != "" {
		t.Error(diff)
	}
	first := f.Records[0]
	want := `{"at":"2026-11-24T02:14:02Z","by":"Ana","do":"incident.declare","id":"` + first.ID + `","incident":"` + f.Incident + `","title":"untitled"}`
	if got := string(first.AppendJSON(nil)); got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
	if first.Stamp.Line != 0 || len(f.Records) != 4 || !first.Stamp.Before(f.Records[1].Stamp) {
		t.Errorf("stamp %v", first.Stamp)
	}
	if again := read(t, write(t, f.Records)); again.Incident != f.Incident || len(again.Problems) != 0 {
		t.Errorf("its export is incident %q, was %q; problems %v", again.Incident, f.Incident, again.Problems)
	}
}

func TestACopyUnderAnotherNameIsTheSameIncident(t *testing.T) {
	data := line(1, "note.add", `"text":"a"`) + line(2, "note.add", `"text":"b"`)
	one, err := record.ReadFile(strings.NewReader(data), "log")
	if err != nil {
		t.Fatal(err)
	}
	two, err := record.ReadFile(strings.NewReader(data), "log (1)")
	if err != nil {
		t.Fatal(err)
	}
	if one.Incident != two.Incident || one.Records[0].ID != two.Records[0].ID {
		t.Errorf("%s and %s", one.Incident, two.Incident)
	}
}

func TestEqualLinesAreTwoRecordsWithLastingIDs(t *testing.T) {
	declared := line(0, "incident.declare", `"id":"d","title":"T"`)
	note, other := line(1, "note.add", `"text":"a"`), line(2, "note.add", `"text":"b"`)
	f := read(t, declared+note+other+note)
	got := ids(f.Records)
	if len(f.Records) != 4 || got[1] == got[2] || len(f.Problems) != 0 {
		t.Fatalf("ids %v, problems %v", got, f.Problems)
	}
	if diff := cmp.Diff(got, ids(read(t, declared+note+other+note).Records)); diff != "" {
		t.Errorf("read again: %s", diff)
	}
	grown := ids(read(t, declared+note+"\n"+other+note+note+line(3, "note.add", `"text":"c"`)).Records)
	for _, id := range got {
		if !slices.Contains(grown, id) {
			t.Errorf("the file grew, and %s is gone", id)
		}
	}
	both := read(t, declared+note+other+note+write(t, f.Records))
	if diff := cmp.Diff(got, ids(both.Records)); diff != "" {
		t.Errorf("the file and its export in one: %s", diff)
	}
}

func TestADerivedIDLeavesOutWhatAnExportAdds(t *testing.T) {
	declared := line(0, "incident.declare", `"id":"d","title":"T"`)
	want := ids(read(t, declared+line(1, "note.add", `"text":"a"`)).Records)
	for _, more := range []string{`"label":"N1","text":"a"`, `"clock":"7fff000000000000","text":"a"`, `"recorded":"2026-11-24T03:14:01+01:00","person":"Ana","text": "a"`} {
		if diff := cmp.Diff(want, ids(read(t, declared+line(1, "note.add", more)).Records)); diff != "" {
			t.Errorf("%s: %s", more, diff)
		}
	}
}

func TestTheOrderOfAppRecordsOutlivesExport(t *testing.T) {
	at := func(ms, counter int, recorded string) *record.Record {
		r := decode(t, `{"at":"`+recorded+`","by":"a","do":"x","id":"`+fmt.Sprint(ms, "/", counter)+`"}`)
		r.Incident = "i"
		r.Stamp = record.Stamp{Clock: record.Clock(ms<<16 | counter), Run: record.Run{byte(9 - ms)}, Line: uint64(counter)}
		return r
	}
	declared := at(1, 0, "1970-01-01T00:00:00.001Z")
	declared.Do = "incident.declare"
	records := []*record.Record{
		declared, at(1, 1, "1970-01-01T00:00:00.001Z"),
		at(5, 1, "1970-01-01T00:00:00.003Z"), // a wall clock behind the others'
		at(5, 3, "1970-01-01T00:00:00.005Z"), at(5, 65535, "1970-01-01T00:00:00.002Z"), at(6, 0, "1970-01-01T00:00:00.006Z"),
	}
	want := ids(records)
	shuffled := slices.Clone(records)
	slices.Reverse(shuffled)
	first := write(t, shuffled)
	f := read(t, first)
	if diff := cmp.Diff(want, ids(f.Records)); diff != "" || f.Incident != "i" {
		t.Errorf("incident %q: %s", f.Incident, diff)
	}
	if diff := cmp.Diff(first, write(t, f.Records)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteFileRefusesWhatIsNoOneIncident(t *testing.T) {
	a, b := decode(t, line(0, "x", `"id":"a"`)), decode(t, line(1, "x", `"id":"b"`))
	b.Incident = "other"
	if err := record.WriteFile(io.Discard, []*record.Record{a, b}); err == nil || err.Error() != `write incident file: record b is of incident "other", not of ""` {
		t.Errorf("two incidents: %v", err)
	}
	if err := record.WriteFile(io.Discard, []*record.Record{decode(t, line(0, "x", ""))}); err == nil || err.Error() != "write incident file: a record of kind x has no id" {
		t.Errorf("no id: %v", err)
	}
	full := errors.New("disk full")
	if err := record.WriteFile(failing{full}, []*record.Record{a}); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

type failing struct{ err error }

func (w failing) Write([]byte) (int, error) { return 0, w.err }

// sameButLines compares records that stand in files of different lines.
var sameButLines = cmp.FilterPath(func(p cmp.Path) bool { return strings.HasSuffix(p.String(), "Stamp.Line") }, cmp.Ignore())

func TestCasesComeBackFromAnExport(t *testing.T) {
	for name, records := range map[string]int{"sample": 243, "cullflood": 89, "prow-2019-02-05": 85} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", "cases", name, "incident.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			f := read(t, string(data))
			if len(f.Records) != records || len(f.Problems) != 0 {
				t.Fatalf("%d records, problems %v", len(f.Records), f.Problems)
			}
			first := write(t, f.Records)
			again := read(t, first)
			if diff := cmp.Diff(f, again, sameButLines); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(first, write(t, again.Records)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnyFileComesBackFromAnExport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var data []byte
		for _, r := range rapid.SliceOfN(anyRecord(), 1, 12).Draw(t, "records") {
			data = append(r.AppendJSON(data), '\n')
		}
		f := read(t, string(data))
		first := write(t, f.Records)
		again := read(t, first)
		if len(again.Problems) > 0 {
			t.Fatalf("problems %v", again.Problems)
		}
		f.Problems = nil
		if diff := cmp.Diff(f, again, sameButLines); diff != "" {
			t.Fatal(diff)
		}
		if second := write(t, again.Records); second != first {
			t.Fatal(cmp.Diff(first, second))
		}
	})
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(line(0, "incident.declare", `"title":"T"`) + line(1, "note.add", `"text":"a"`) + line(1, "note.add", `"text":"a"`)))
	f.Add([]byte("\ufeff" + line(3, "note.add", `"id":"n","text":"a"`) + "\r\n" + line(1, "note.add", `"id":"n","clock":"00000000000a0000"`)))
	f.Add([]byte(line(0, "incident.declare", `"title":"T","incident":"i"`) + "{\n" + line(0, "incident.declare", `"title":"U","incident":"j"`)))
	f.Add([]byte("\x00\n\xff\n[]\n"))
	if data, err := os.ReadFile(filepath.Join("testdata", "cases", "prow-2019-02-05", "incident.jsonl")); err == nil {
		f.Add(data[:2000])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := record.ReadFile(bytes.NewReader(data), "untitled")
		if err != nil {
			t.Fatal(err)
		}
		if len(file.Records) == 0 {
			return
		}
		if !slices.IsSortedFunc(file.Records, func(a, b *record.Record) int { return a.Stamp.Compare(b.Stamp) }) {
			t.Fatal("out of order")
		}
		again := read(t, write(t, file.Records))
		if len(again.Problems) > 0 {
			t.Fatal(again.Problems)
		}
		file.Problems = nil
		if diff := cmp.Diff(file, again, sameButLines); diff != "" {
			t.Fatal(diff)
		}
	})
}
