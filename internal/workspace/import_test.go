package workspace_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// fileOf makes an incident file of lines without at and by; line n happens n
// minutes after three.
func fileOf(lines ...string) string {
	var out strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&out, `{"at":"2026-11-22T03:%02d:00Z","by":"Ana",%s`+"\n", i, strings.TrimPrefix(line, "{"))
	}
	return out.String()
}

const declared = `{"do":"incident.declare","id":"inc","title":"Payments fail"}`

func TestAnImportReportsEveryLineThatDidNotComeInAndWhy(t *testing.T) {
	ws := newWorkspace(t)
	nested := strings.Repeat(`{"x":`, 1000) + "1" + strings.Repeat("}", 1000)
	text := fileOf(
		declared, // 1
		`{"do":"claim.make","id":"c1","text":"It is the gateway"}`,                 // 2
		`{"do":"claim.verdict","claim":"c9","verdict":"verify"}`,                   // 3 dangling
		`{"do":"claim.make","id":"c2","text":"It rests on c3","rests_on":["c3"]}`,  // 4 falls with 5
		`{"do":"claim.make","id":"c3","text":"It rests on c4","rests_on":["c4"]}`,  // 5 falls with 6
		`{"do":"claim.make","id":"c4"}`,                                            // 6 no text
		`{"do":"claim.verdict","claim":"c2","verdict":"refute","why":"because"}`,   // 7 falls with 4
		`{"do":"moon.land","id":"m1","where":"Tranquility"}`,                       // 8 unknown kind
		`{"do":"claim.verdict","claim":"c1","verdict":"maybe"}`,                    // 9 no such verdict
		`{"do":"evidence.link","evidence":"c1","claim":"c1","relation":"neutral"}`, // 10 wrong kind
		`{"do":"note.add","text":"`+strings.Repeat("x", 10<<20)+`"}`,               // 11 too long
		`{"do":"note.add","text":"caf`+"\xe9"+`"}`,                                 // 12 not UTF-8
		`{"do":"note.add","text":"a`+"\x00"+`b"}`,                                  // 13 NUL
		`{"do":"note.add","text":"deep","more":`+nested+`}`,                        // 14 nesting
		`{"do":"note.add","text":"cut`,                                             // 15 broken
		`{"do":"claim.withdraw","claim":"c1"}`,                                     // 16 fine
		`{"do":"note.add","text":"The rest"}`,                                      // 17 fine
	)
	report := mustImport(t, ws, text, workspace.ImportOptions{})

	refused := map[int]string{}
	for _, r := range report.Refused {
		refused[r.Line] = r.Why
	}
	for line, says := range map[int]string{
		3: `"c9"`, 4: "line 5", 5: "line 6", 6: "text", 7: "line 4", 9: "maybe", 10: "evidence",
	} {
		if !strings.Contains(refused[line], says) {
			t.Errorf("line %d is refused with %q, want it to say %s", line, refused[line], says)
		}
	}
	if len(refused) != 7 {
		t.Errorf("refused: %v", refused)
	}
	var broken []int
	for _, p := range report.Problems {
		broken = append(broken, p.Line)
	}
	if diff := cmp.Diff([]int{11, 12, 13, 14, 15}, broken); diff != "" {
		t.Errorf("broken lines: %s", diff)
	}
	if diff := cmp.Diff(map[string]int{"moon.land": 1}, report.Unknown); diff != "" {
		t.Error(diff)
	}
	if report.Added != 5 || !report.Created || report.Clean() {
		t.Errorf("%+v", report)
	}
	if text := content(t, ws, report.Incident); strings.Count(text, "\n") != 5 || !strings.Contains(text, `"where":"Tranquility"`) {
		t.Errorf("the incident holds\n%s", text)
	}
	checkClean(t, ws)
}

func TestAStrictImportOfAFileThatIsNotCleanImportsNothing(t *testing.T) {
	for name, lines := range map[string][]string{
		"a broken line": {declared, `{"do":`},
		"a refusal":     {declared, `{"do":"claim.verdict","claim":"c9","verdict":"verify"}`},
	} {
		t.Run(name, func(t *testing.T) {
			ws := newWorkspace(t)
			report, err := importText(t, ws, fileOf(lines...), workspace.ImportOptions{Strict: true})
			wantCode(t, err, workspace.CodeStrict)
			if len(report.Problems)+len(report.Refused) != 1 || report.Added != 0 {
				t.Errorf("%+v", report)
			}
			if sums, err := ws.Incidents(); err != nil || len(sums) != 0 {
				t.Errorf("%+v, %v", sums, err)
			}
		})
	}
}

func TestARecordThatTheRulesForbidIsKeptAndReported(t *testing.T) {
	ws := newWorkspace(t)
	text := fileOf(declared, `{"do":"claim.make","id":"c1","text":"It is the gateway"}`) +
		`{"at":"2026-11-22T03:05:00Z","by":"Ben","do":"claim.withdraw","claim":"c1"}` + "\n"
	report := mustImport(t, ws, text, workspace.ImportOptions{Strict: true})
	if report.Added != 3 || len(report.Notices) != 1 || report.Notices[0].Line != 3 {
		t.Errorf("%+v", report)
	}
}

func TestImportingAgainAddsOnlyWhatIsNew(t *testing.T) {
	ws := newWorkspace(t)
	short := fileOf(declared, `{"do":"note.add","text":"first"}`)
	first := mustImport(t, ws, short, workspace.ImportOptions{})
	mustRecord(t, ws, first.Incident, note("Made in the app"))
	long := short + strings.Join(strings.SplitAfter(fileOf(declared, declared, `{"do":"note.add","text":"second"}`), "\n")[2:], "")
	second := mustImport(t, ws, long, workspace.ImportOptions{})
	if second.Added != 1 || second.Known != 2 || second.Created || second.Incident != first.Incident {
		t.Errorf("%+v", second)
	}
	if n := mustIncident(t, ws, first.Incident).Len(); n != 4 {
		t.Errorf("%d records", n)
	}
	checkClean(t, ws)
}

func TestARecordThatSaysSomethingElseThanTheOneHereIsRefused(t *testing.T) {
	ws := newWorkspace(t)
	mustImport(t, ws, fileOf(declared, `{"do":"note.add","id":"n1","text":"first"}`), workspace.ImportOptions{})
	again := mustImport(t, ws, fileOf(declared, `{"do":"note.add","id":"n1","text":"second"}`), workspace.ImportOptions{})
	if again.Known != 1 || again.Added != 0 || len(again.Refused) != 1 || again.Refused[0].Line != 2 {
		t.Errorf("%+v", again)
	}
	if text := content(t, ws, again.Incident); !strings.Contains(text, "first") || strings.Contains(text, "second") {
		t.Errorf("it holds\n%s", text)
	}
}

func TestTwoMachinesThatImportOneFileHoldOneIncident(t *testing.T) {
	from, to := pair(t)
	file := string(incidenttest.File(3, 300))
	id := mustImport(t, from, file, workspace.ImportOptions{}).Incident
	mustImport(t, to, file, workspace.ImportOptions{})
	mustIngest(t, to, lines(t, from))
	if diff := cmp.Diff(content(t, from, id), content(t, to, id)); diff != "" {
		t.Error(diff)
	}
	checkClean(t, to)
}

func TestLabelsAreKeptWhereFreeAndElseGivenInRecordOrder(t *testing.T) {
	ws := newWorkspace(t)
	text := fileOf(declared,
		`{"do":"claim.make","id":"c1","text":"a"}`,
		`{"do":"claim.make","id":"c2","text":"b","label":"C7"}`,
		`{"do":"claim.make","id":"c3","text":"c","label":"C7"}`,
		`{"do":"claim.make","id":"c4","text":"d","label":"D1"}`,
		`{"do":"claim.make","id":"c5","text":"e","label":"C1"}`)
	swapped := strings.SplitAfter(text, "\n")
	swapped[1], swapped[5] = swapped[5], swapped[1]
	report := mustImport(t, ws, strings.Join(swapped, ""), workspace.ImportOptions{})
	got := map[string]string{}
	for _, r := range mustIncident(t, ws, report.Incident).Records() {
		got[r.ID] = r.Label
	}
	want := map[string]string{"inc": "", "c1": "C8", "c2": "C7", "c3": "C9", "c4": "C10", "c5": "C1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(report.Notes) != 2 {
		t.Errorf("notes: %+v", report.Notes)
	}
}

func TestAnIncidentsLabelIsKeptWhereNoOtherHasIt(t *testing.T) {
	ws := newWorkspace(t)
	one := mustImport(t, ws, fileOf(`{"do":"incident.declare","title":"One","label":"INC-7"}`), workspace.ImportOptions{})
	two := mustImport(t, ws, fileOf(`{"do":"incident.declare","title":"Two","label":"INC-7"}`), workspace.ImportOptions{})
	if one.Label != "INC-7" || two.Label == "INC-7" || two.Label == "" || len(two.Notes) != 1 {
		t.Errorf("%+v, %+v", one, two)
	}
}

func TestRecordsCanBeAddedToAnotherIncident(t *testing.T) {
	ws := newWorkspace(t)
	id := declareIn(t, ws, "The one in the app")
	report := mustImport(t, ws, fileOf(declared, `{"do":"note.add","id":"n1","text":"From the file"}`), workspace.ImportOptions{Into: id})
	if report.Incident != id || report.Added != 1 || report.Created || len(report.Notes) != 1 {
		t.Errorf("%+v", report)
	}
	if !mustIncident(t, ws, id).Has("n1") {
		t.Error("the note is not there")
	}
	_, err := importText(t, ws, fileOf(declared), workspace.ImportOptions{Into: "nowhere"})
	wantCode(t, err, workspace.CodeNotFound)
	checkClean(t, ws)
}

func TestALongFileComesInAsManyBatchesAndTellsHowFarItIs(t *testing.T) {
	ws := newWorkspace(t)
	var seen []int
	report := mustImport(t, ws, string(incidenttest.File(1, 3500)), workspace.ImportOptions{
		Strict: true, Progress: func(done, total int) { seen = append(seen, done*10000+total) },
	})
	if diff := cmp.Diff([]int{10003500, 20003500, 30003500, 35003500}, seen); diff != "" || report.Added != 3500 {
		t.Errorf("%d came in; progress:\n%s", report.Added, diff)
	}
	big := []string{declared}
	for range 12 {
		big = append(big, `{"do":"note.add","text":"`+strings.Repeat("\\u0001", 80<<10/6)+`"}`)
	}
	if report := mustImport(t, ws, fileOf(big...), workspace.ImportOptions{}); report.Added != 13 {
		t.Errorf("%+v", report)
	}
	checkClean(t, ws)
}

func TestAnImportThatCannotBeWrittenLeavesTheIncidentAsItWas(t *testing.T) {
	ws := newWorkspace(t)
	id := mustImport(t, ws, fileOf(declared), workspace.ImportOptions{}).Incident
	before := content(t, ws, id)
	folder := filepath.Join(t.TempDir(), "absent")
	_, err := importText(t, ws, fileOf(declared, `{"do":"evidence.add","kind":"log","file":"a.log"}`), workspace.ImportOptions{Folder: folder})
	if err == nil {
		t.Error("a folder that is not there was read")
	}
	if diff := cmp.Diff(before, content(t, ws, id)); diff != "" {
		t.Error(diff)
	}
}

func TestImportingDoesNotChangeTheFile(t *testing.T) {
	ws := newWorkspace(t)
	file, err := record.ReadFile(strings.NewReader(fileOf(declared, `{"do":"claim.make","id":"c1","text":"a"}`)), "")
	if err != nil {
		t.Fatal(err)
	}
	var before, after bytes.Buffer
	if err := record.WriteFile(&before, file.Records); err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Import(file, workspace.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := record.WriteFile(&after, file.Records); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before.String(), after.String()); diff != "" {
		t.Error(diff)
	}
}
