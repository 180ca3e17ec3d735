package workspace_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
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

// evidenceFolder is a folder with a file, a secret outside it, and ways out.
func evidenceFolder(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	folder := filepath.Join(top, "case")
	if err := os.MkdirAll(filepath.Join(folder, "shots"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		"secret.txt": "secret", "case/shots/a.png": "a picture", "case/leaked.png": "a token", "case/empty": "",
	} {
		if err := os.WriteFile(filepath.Join(top, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"out": "..", "secret.lnk": "../secret.txt", "inside.lnk": "shots/a.png"} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestFilesOfEvidenceComeInFromBesideTheFileOnly(t *testing.T) {
	ws := newWorkspace(t)
	folder := evidenceFolder(t)
	text := fileOf(declared,
		`{"do":"evidence.add","id":"e1","kind":"screenshot","file":"shots/a.png"}`,
		`{"do":"evidence.add","id":"e2","kind":"log","file":"../secret.txt"}`,
		`{"do":"evidence.add","id":"e3","kind":"log","file":"out/secret.txt"}`,
		`{"do":"evidence.add","id":"e4","kind":"log","file":"secret.lnk"}`,
		`{"do":"evidence.add","id":"e5","kind":"log","file":"`+filepath.ToSlash(filepath.Join(filepath.Dir(folder), "secret.txt"))+`"}`,
		`{"do":"evidence.add","id":"e6","kind":"log","file":"absent.log"}`,
		`{"do":"evidence.add","id":"e7","kind":"log","file":"shots"}`,
		`{"do":"evidence.add","id":"e8","kind":"screenshot","file":"leaked.png"}`,
		`{"do":"evidence.redact","evidence":"e8","why":"a token is in it"}`,
		`{"do":"evidence.add","id":"e9","kind":"screenshot","file":"inside.lnk"}`,
		`{"do":"evidence.add","id":"e10","kind":"screenshot","file":"leaked.png"}`)
	report := mustImport(t, ws, text, workspace.ImportOptions{Folder: folder})
	if report.Added != 12 || report.Files != 2 {
		t.Errorf("%+v", report)
	}
	var noted []string
	for _, n := range report.Notes {
		noted = append(noted, n.ID)
	}
	if diff := cmp.Diff([]string{"e2", "e3", "e4", "e5", "e6", "e7"}, noted); diff != "" {
		t.Errorf("notes: %+v\n%s", report.Notes, diff)
	}
	for _, e := range mustIncident(t, ws, report.Incident).At(noon).Evidence {
		has := e.ID == "e1" || e.ID == "e9"
		if (e.SHA256 != "") != has || has && e.Bytes != int64(len("a picture")) {
			t.Errorf("%s has the file %q of %d bytes", e.ID, e.SHA256, e.Bytes)
		}
	}
	if report := checkClean(t, ws); report.Blobs != 1 {
		t.Errorf("%d files were kept", report.Blobs)
	}
}

func TestAFileThatIsNotTheOneRecordedIsNoted(t *testing.T) {
	ws := newWorkspace(t)
	folder := evidenceFolder(t)
	sum := strings.Repeat("ab", 32)
	text := fileOf(declared, `{"do":"evidence.add","id":"e1","kind":"screenshot","file":"shots/a.png","sha256":"`+sum+`"}`)
	report := mustImport(t, ws, text, workspace.ImportOptions{Folder: folder})
	if len(report.Notes) != 1 || report.Files != 0 {
		t.Errorf("%+v", report)
	}
	if e := mustIncident(t, ws, report.Incident).At(noon).Evidence[0]; e.SHA256 != sum {
		t.Errorf("its hash became %s", e.SHA256)
	}
	if report := checkClean(t, ws); len(report.NotHere) != 1 || report.NotHere[0].SHA256 != sum {
		t.Errorf("not here: %+v", report.NotHere)
	}
}

func TestRedactingEvidenceDestroysItsFileHereAndElsewhere(t *testing.T) {
	from, to := pair(t)
	folder := evidenceFolder(t)
	text := fileOf(declared, `{"do":"evidence.add","id":"e1","kind":"screenshot","file":"leaked.png"}`)
	id := mustImport(t, from, text, workspace.ImportOptions{Folder: folder}).Incident
	sum, _, err := to.PutBlob(strings.NewReader("a token"))
	if err != nil {
		t.Fatal(err)
	}
	mustIngest(t, to, lines(t, from))
	if !from.HasBlob(sum) || !to.HasBlob(sum) {
		t.Fatal("the file is not there")
	}
	mustRecord(t, from, id, act(t, "Ana", "evidence.redact", `{"evidence":"e1","why":"a token is in it"}`))
	mustIngest(t, to, lines(t, from))
	if from.HasBlob(sum) || to.HasBlob(sum) {
		t.Error("the file is still there")
	}

	// As if the process had been ended between the record and the deletion.
	if _, _, err := from.PutBlob(strings.NewReader("a token")); err != nil {
		t.Fatal(err)
	}
	if report := check(t, from); report.Clean() {
		t.Error("check finds nothing wrong with a redacted file that is there")
	}
	if err := from.Tend(); err != nil {
		t.Fatal(err)
	}
	checkClean(t, from)
	checkClean(t, to)
}

func TestBlobsAreKeptOnceVerifiedAndMissed(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	for range 2 {
		sum, size, err := ws.PutBlob(strings.NewReader("hello"))
		if err != nil || size != 5 || sum != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" {
			t.Fatalf("%s, %d, %v", sum, size, err)
		}
	}
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	blob, err := ws.OpenBlob(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(blob); err != nil || got.String() != "hello" {
		t.Errorf("%q, %v", got.String(), err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder has %v, %v", left, err)
	}

	_, err = ws.OpenBlob(strings.Repeat("0", 64))
	wantCode(t, err, workspace.CodeNotHere)
	_, err = ws.OpenBlob("../../device.key")
	wantCode(t, err, workspace.CodeInvalid)
	if ws.HasBlob("../../device.key") {
		t.Error("a path was taken for a hash")
	}
	if err := os.WriteFile(filepath.Join(dir, "blobs", "2c", sum), []byte("hallo"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = ws.OpenBlob(sum)
	wantCode(t, err, workspace.CodeDamaged)
	if report := check(t, ws); report.Clean() {
		t.Error("check finds nothing wrong with a changed file")
	}
	if _, _, err := ws.PutBlob(strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	checkClean(t, ws)
}

func TestABlobThatCannotBeReadToItsEndIsNotKept(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{})
	if _, _, err := ws.PutBlob(halfReader{}); !errors.Is(err, errHalf) {
		t.Errorf("got %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

var errHalf = errors.New("the cable was pulled")

// A halfReader fails after some bytes.
type halfReader struct{}

func (halfReader) Read(p []byte) (int, error) { return copy(p, "half"), errHalf }

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
