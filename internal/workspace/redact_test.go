package workspace_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// The secret, in the spellings in which a file of the workspace could hold it:
// as it was written, and as the search index writes words.
const secret = "Tök3n-9f8e7d6c5b4a"

var spellings = []string{secret, "9f8e7d6c5b4a", "Tök3n", "tok3n", "T\\u00f6k3n", pictureOf("Tök3n")[100:140]}

// pictureOf is a file with a secret among its bytes.
func pictureOf(secret string) string {
	return "\x89PNG\r\n\x1a\n" + strings.Repeat("pixels of "+secret+" \x00\xff", 400)
}

// findSecret lists the files under a folder that hold the secret.
func findSecret(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, s := range spellings {
			if bytes.Contains(content, []byte(s)) {
				found = append(found, fmt.Sprintf("%s holds %q", filepath.Base(path), s))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// leaking is an incident in which the secret is wherever evidence can say it:
// e1 is a log, e2 a picture.
func leaking(t *testing.T, ws *workspace.Workspace) (id, sum string) {
	t.Helper()
	id = declareIn(t, ws, "Payments fail")
	sum, size, err := ws.PutBlob(strings.NewReader(pictureOf("Tök3n")))
	if err != nil {
		t.Fatal(err)
	}
	mustRecord(t, ws, id, act(t, "Ana", "claim.make", `{"id":"c1","text":"The gateway leaks"}`))
	mustRecord(t, ws, id,
		act(t, "Ana", "evidence.add", `{"id":"e1","kind":"log","title":"Gateway `+secret+`","text":"Authorization: `+secret+`","url":"https://x.example/?t=`+secret+`","claims":{"c1":"supports"},"strange":"`+secret+`"}`),
		act(t, "Ana", "note.add", `{"text":"beside it"}`))
	mustRecord(t, ws, id, act(t, "Ana", "evidence.change", `{"evidence":"e1","title":"Log `+secret+`"}`))
	mustRecord(t, ws, id, act(t, "Ben", "evidence.add",
		fmt.Sprintf(`{"id":"e2","kind":"screenshot","title":"Errors","file":"%s.png","sha256":"%s","bytes":%d,"claims":{"c1":"supports"}}`, secret, sum, size)))
	mustRecord(t, ws, id, act(t, "Ben", "claim.verdict", `{"claim":"c1","verdict":"verify","why":"I see it"}`))
	if err := os.MkdirAll(filepath.Dir(ws.Cache(sum)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ws.Cache(sum+"-thumb.png"), []byte(pictureOf("Tök3n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Search("gateway", 10); err != nil {
		t.Fatal(err)
	}
	return id, sum
}

func redactBoth(t *testing.T, ws *workspace.Workspace, id string) {
	t.Helper()
	title := "Gateway log"
	if _, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e1", Why: "a token is in it", Title: &title}); err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e2"}); err != nil {
		t.Fatal(err)
	}
}

// believed is what the states of an incident are, without what it shows.
func believed(s *incident.State) []string {
	var out []string
	for _, c := range s.Claims {
		out = append(out, fmt.Sprint(c.Label, c.State, c.Load, c.Footing, c.Flags, len(c.Supports), len(c.Contradicts), c.NewestProof))
	}
	for _, e := range s.Evidence {
		out = append(out, fmt.Sprint(e.Label, e.Sort, e.Talk, e.Struck, e.Observed, e.SHA256, e.By, e.At, e.Recorded))
	}
	return out
}

// typed keeps what somebody typed about the evidence of leaking and did not
// send, what they typed of it elsewhere, and what has nothing to do with it.
func typed(t *testing.T, ws *workspace.Workspace, id string) {
	t.Helper()
	for _, d := range []struct{ incident, place, text string }{
		{id, "strike e1", "/strike it shows Tök3n"},
		{id, "note c1", "see e1, where the user is " + secret},
		{id, "claim", "The header is\nAuthorization: " + secret},
		{id, "verify c1", "/verify C1 by E21, I saw it"},
		{"", "change e2", `[["title","Tök3n on the screen"]]`},
		{"", "join " + id, `[["why","I read E1"]]`},
	} {
		if err := ws.KeepDraft(d.incident, d.place, d.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := ws.Set(workspace.SettingSnoozed+id, `[{"about":"e1","reason":"Tök3n"},{"about":"c1","reason":"later"}]`); err != nil {
		t.Fatal(err)
	}
}

func checkTyped(t *testing.T, ws *workspace.Workspace, id string) {
	t.Helper()
	for incident, want := range map[string]map[string]string{
		id: {"verify c1": "/verify C1 by E21, I saw it"},
		"": {"join " + id: `[["why","I read E1"]]`},
	} {
		got, err := ws.Drafts(incident)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("drafts: %v (-want +got):\n%s", err, diff)
		}
	}
	if got, err := ws.Setting(workspace.SettingSnoozed + id); err != nil || got != `[{"about":"c1","reason":"later"}]` {
		t.Errorf("snoozed: %s, %v", got, err)
	}
}

func TestNothingThatWasRedactedIsLeftInAnyFile(t *testing.T) {
	dir := newDir(t)
	clock := newClock()
	ws := openIn(t, dir, workspace.Options{Now: clock.Now})
	id, sum := leaking(t, ws)
	typed(t, ws, id)
	if len(findSecret(t, dir)) < 5 {
		t.Fatal("the secret is nowhere, so that nothing could be found to be gone")
	}
	before := mustIncident(t, ws, id)
	then := clock.Now()
	want := before.AsOf(then).At(then)
	length := before.Len()

	redactBoth(t, ws, id)
	if found := findSecret(t, dir); len(found) > 0 {
		t.Errorf("the secret is still there: %s", found)
	}
	if ws.HasBlob(sum) {
		t.Error("the picture is still there")
	}
	checkTyped(t, ws, id)
	if pending, err := ws.ErasePending(); err != nil || pending {
		t.Errorf("pending %v, %v", pending, err)
	}
	if report := checkClean(t, ws); report.Redacted != 2 || report.Blobs != 0 {
		t.Errorf("check: %+v", report)
	}
	if strings.Contains(content(t, ws, id), secret) {
		t.Error("an export says it")
	}
	for _, words := range []string{secret, "9f8e7d6c5b4a", "authorization"} {
		if hits, err := ws.Search(words, 10); err != nil || len(hits) > 0 {
			t.Errorf("a search for %q finds %+v, %v", words, hits, err)
		}
	}
	if hits, err := ws.Search("gateway log", 10); err != nil || len(hits) != 1 || hits[0].Record != "e1" {
		t.Errorf("a search for the new title finds %+v, %v", hits, err)
	}
	for name, inc := range map[string]*incident.Incident{"as it is open": before, "read again": mustIncident(t, reopened(t, ws, dir), id)} {
		if inc.Len() != length+2 {
			t.Errorf("%s: %d records, before %d", name, inc.Len(), length)
		}
		for when, s := range map[string]*incident.State{"now": inc.At(then), "as of before": inc.AsOf(then).At(then)} {
			if diff := cmp.Diff(believed(want), believed(s)); diff != "" {
				t.Errorf("%s, %s: %s", name, when, diff)
			}
			if e := s.Evidence[0]; e.Text != "" || e.URL != "" || e.Title != title(s) || !e.Redacted {
				t.Errorf("%s, %s: evidence shows %+v", name, when, e)
			}
			if e := s.Evidence[1]; e.File != "" || e.Title != "Errors" || !e.Redacted {
				t.Errorf("%s, %s: evidence shows %+v", name, when, e)
			}
		}
	}
}

func title(*incident.State) string { return "Gateway log" }

func reopened(t *testing.T, ws *workspace.Workspace, dir string) *workspace.Workspace {
	t.Helper()
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	return openIn(t, dir, workspace.Options{Now: newClock().Now})
}

func TestWhatWasRedactedIsErasedByPeersAndRefusedFromThem(t *testing.T) {
	from, to := pair(t)
	late := openIn(t, newDir(t), workspace.Options{Now: newClock().Now, Identity: from.ID()})
	if _, err := late.Trust(from.Device()); err != nil {
		t.Fatal(err)
	}
	id, sum := leaking(t, from)
	whole := lines(t, from)
	mustIngest(t, to, whole)
	if _, _, err := to.PutBlob(strings.NewReader(pictureOf("Tök3n"))); err != nil {
		t.Fatal(err)
	}
	redactBoth(t, from, id)
	erased := lines(t, from)

	if result := mustIngest(t, to, erased); result.Redacted == 0 || len(result.Bad) > 0 {
		t.Errorf("took in %+v", result)
	}
	// A machine that hears of the redaction first, and then of what was redacted
	// from one that has not.
	mustIngest(t, late, erased[len(erased)-2:])
	if result := mustIngest(t, late, whole); result.Added != len(whole) || len(result.Bad) > 0 {
		t.Errorf("took in %+v", result)
	}
	_, _, err := late.PutBlob(strings.NewReader(pictureOf("Tök3n")))
	wantCode(t, err, workspace.CodeRedacted)

	want := content(t, from, id)
	for name, ws := range map[string]*workspace.Workspace{"the peer": to, "the late one": late} {
		mustIngest(t, ws, whole)
		if found := findSecret(t, ws.Dir()); len(found) > 0 {
			t.Errorf("%s still has %s", name, found)
		}
		if ws.HasBlob(sum) {
			t.Errorf("%s still has the picture", name)
		}
		if diff := cmp.Diff(want, content(t, ws, id)); diff != "" {
			t.Errorf("%s has other records:\n%s", name, diff)
		}
		checkClean(t, ws)
		if err := ws.Tend(); err != nil {
			t.Fatal(err)
		}
		checkClean(t, ws)
	}
	mustIngest(t, from, lines(t, late))
	for n, line := range lines(t, from) {
		if !bytes.Equal(line, erased[n]) {
			t.Errorf("line %d changed", n)
		}
	}
}

func TestWhatWaitsInQuarantineIsErasedToo(t *testing.T) {
	from := newWorkspace(t)
	id, _ := leaking(t, from)
	stranger := openIn(t, newDir(t), workspace.Options{Now: newClock().Now, Identity: from.ID()})
	if result := mustIngest(t, stranger, lines(t, from)); len(result.Quarantined) == 0 {
		t.Fatalf("took in %+v", result)
	}
	third := openIn(t, newDir(t), workspace.Options{Now: newClock().Now, Identity: from.ID()})
	if _, err := third.Trust(from.Device()); err != nil {
		t.Fatal(err)
	}
	mustIngest(t, third, lines(t, from))
	redactBoth(t, third, id)
	if _, err := stranger.Trust(third.Device()); err != nil {
		t.Fatal(err)
	}
	mustIngest(t, stranger, lines(t, third))
	if found := findSecret(t, stranger.Dir()); len(found) > 0 {
		t.Errorf("what waits in quarantine has %s", found)
	}
	if _, err := stranger.Trust(from.Device()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(content(t, third, id), content(t, stranger, id)); diff != "" {
		t.Error(diff)
	}
	checkClean(t, stranger)
}

func TestACopyTakesThePlaceAndChangesNoState(t *testing.T) {
	ws := newWorkspace(t)
	id, _ := leaking(t, ws)
	want := believed(mustIncident(t, ws, id).At(noon))[0]
	sum, size, err := ws.PutBlob(strings.NewReader("black boxes"))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := ws.Redact(id, workspace.Redaction{
		By: "Ana", Evidence: "e2", Copy: act(t, "Ana", "evidence.add", fmt.Sprintf(`{"format":"png","sha256":"%s","bytes":%d}`, sum, size)),
	})
	if err != nil || len(kept) != 2 {
		t.Fatalf("%v, %v", kept, err)
	}
	s := mustIncident(t, ws, id).At(noon)
	original, replacement := s.Evidence[1], s.Evidence[2]
	if original.InPlace.ID != replacement.ID || replacement.CopyOf.ID != "e2" || replacement.Title != "Errors" || replacement.Observed != original.Observed || len(replacement.Claims) != 1 {
		t.Errorf("the copy is %+v\nof %+v", replacement, original)
	}
	got := strings.Replace(believed(s)[0], "31", "21", 1)
	if strings.Replace(want, "[]2 0", "", 1) == "" || s.Claims[0].State != incident.Verified || len(s.Claims[0].Supports) != 3 || !s.Claims[0].Supports[2].Echo {
		t.Errorf("the claim was %s, and is %s", want, got)
	}
	checkClean(t, ws)
}

func TestAFileThatOtherEvidenceHasTooIsNotDeletedUnseen(t *testing.T) {
	ws := newWorkspace(t)
	id, sum := leaking(t, ws)
	other := declareIn(t, ws, "Another one")
	mustRecord(t, ws, other, act(t, "Ben", "evidence.add", `{"id":"x1","kind":"screenshot","title":"The same","sha256":"`+sum+`"}`))
	_, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e2"})
	wantCode(t, err, workspace.CodeConflict)
	if !strings.Contains(err.Error(), "E1 of INC-") {
		t.Errorf("it is not named: %v", err)
	}
	_, err = ws.Record(id, act(t, "Ana", "evidence.redact", `{"evidence":"e2"}`))
	wantCode(t, err, workspace.CodeConflict)
	if !ws.HasBlob(sum) || mustIncident(t, ws, id).At(noon).Evidence[1].Redacted {
		t.Error("it was redacted nevertheless")
	}
	if _, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e2", Everywhere: true}); err != nil {
		t.Fatal(err)
	}
	if ws.HasBlob(sum) || !mustIncident(t, ws, other).At(noon).Evidence[0].Redacted {
		t.Error("it is not redacted everywhere")
	}
	checkClean(t, ws)
	_, err = ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e2"})
	wantCode(t, err, workspace.CodeConflict)
	_, err = ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "c1"})
	wantCode(t, err, incident.CodeUnknownReference)
}

// redactOneByOne redacts the evidence of an incident, and prints what is done.
func redactOneByOne(dir string, args []string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	for _, id := range args[1:] {
		if _, err := ws.Redact(args[0], workspace.Redaction{By: "Ana", Evidence: id}); err != nil {
			return err
		}
		fmt.Println(id)
	}
	return ws.Close()
}

func TestAKilledRedactionIsFinishedAtTheNextOpening(t *testing.T) {
	const pieces = 8
	unfinished := 0
	for range rounds / 2 {
		dir := newDir(t)
		ws := openIn(t, dir, workspace.Options{})
		id := declareIn(t, ws, "Tokens")
		args := []string{id}
		secrets, last := map[string]string{}, ""
		for n := range pieces {
			eid, hidden := fmt.Sprint("e", n), fmt.Sprintf("s3cret%dabcdef", n)
			sum, _, err := ws.PutBlob(strings.NewReader(strings.Repeat(hidden, 5000)))
			if err != nil {
				t.Fatal(err)
			}
			mustRecord(t, ws, id, act(t, "Ana", "evidence.add", `{"id":"`+eid+`","kind":"log","title":"A log","text":"`+hidden+`","sha256":"`+sum+`"}`))
			last = sum
			args, secrets[eid] = append(args, eid), hidden
		}
		if _, err := ws.Search("log", 10); err != nil {
			t.Fatal(err)
		}
		if err := ws.Close(); err != nil {
			t.Fatal(err)
		}
		c := start(t, "redact", dir, args...)
		done := 0
		for range rand.IntN(pieces) {
			c.line()
			done++
		}
		reader := openIn(t, dir, workspace.Options{ReadOnly: true})
		for cut := false; !cut && reader.HasBlob(last); {
			var err error
			if cut, err = reader.ErasePending(); err != nil {
				t.Fatal(err)
			}
		}
		done += len(c.kill(t))
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		openIn(t, dir, workspace.Options{ReadOnly: true}).Close()
		ws = openIn(t, dir, workspace.Options{})
		redacted := 0
		for _, e := range mustIncident(t, ws, id).At(noon).Evidence {
			held := holds(t, dir, secrets[e.ID])
			switch {
			case e.Redacted:
				redacted++
				if held {
					t.Errorf("%s was redacted, and what it showed is still there", e.ID)
				}
			case !held:
				t.Errorf("%s was not redacted, and what it showed is gone", e.ID)
			}
		}
		if redacted < done {
			t.Errorf("%d were said to be redacted, and %d are", done, redacted)
		}
		unfinished += redacted - done
		checkClean(t, ws)
		if err := ws.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d were cut off between the record and its end", unfinished, rounds/2)
}

// Somebody reads the database for a long time, so that its log cannot be
// emptied.
func TestWhatCannotBeErasedYetIsSaidAndErasedLater(t *testing.T) {
	dir := newDir(t)
	ws := openIn(t, dir, workspace.Options{Now: newClock().Now})
	id, _ := leaking(t, ws)
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "bearings.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	reading, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRow("SELECT count(*) FROM batches").Scan(&n); err != nil {
		t.Fatal(err)
	}
	kept, err := ws.Redact(id, workspace.Redaction{By: "Ana", Evidence: "e2"})
	wantCode(t, err, workspace.CodeUnfinished)
	if len(kept) != 1 || !mustIncident(t, ws, id).At(noon).Evidence[1].Redacted {
		t.Error("it is not recorded")
	}
	if report := check(t, ws); report.Clean() {
		t.Error("check does not say that it is not all erased")
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := ws.Tend(); err != nil {
		t.Fatal(err)
	}
	if pending, err := ws.ErasePending(); err != nil || pending {
		t.Errorf("pending %v, %v", pending, err)
	}
	for _, found := range findSecret(t, dir) {
		if strings.Contains(found, "pixels") {
			t.Errorf("there is still %s", found)
		}
	}
	checkClean(t, ws)
}

func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAnImportRedactsWhatIsHereAndKeepsOutWhatComesWithIt(t *testing.T) {
	ws := newWorkspace(t)
	plain := fileOf(declared, `{"do":"evidence.add","id":"e1","kind":"log","title":"A log","text":"`+secret+`"}`)
	both := plain + fileOf(`{"do":"evidence.add","id":"e2","kind":"log","title":"Another","text":"`+secret+`"}`,
		`{"do":"evidence.redact","evidence":"e1"}`, `{"do":"evidence.redact","evidence":"e2"}`)
	id := mustImport(t, ws, plain, workspace.ImportOptions{}).Incident
	if report := mustImport(t, ws, both, workspace.ImportOptions{}); report.Added != 3 || !report.Clean() {
		t.Errorf("%+v", report)
	}
	if found := findSecret(t, ws.Dir()); len(found) > 0 {
		t.Errorf("there is still %s", found)
	}
	if again := mustImport(t, ws, both, workspace.ImportOptions{}); again.Added != 0 || !again.Clean() {
		t.Errorf("%+v", again)
	}
	checkClean(t, ws)
	exported := content(t, ws, id)
	elsewhere := newWorkspace(t)
	mustImport(t, elsewhere, exported, workspace.ImportOptions{})
	if diff := cmp.Diff(exported, content(t, elsewhere, id)); diff != "" {
		t.Errorf("the export of the export differs:\n%s", diff)
	}
	if report, err := elsewhere.Check(context.Background(), nil); err != nil || report.Redacted != 2 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestWhatIsToBeErasedLaterIsShownNoMoreAndErasedThen(t *testing.T) {
	from, to := pair(t)
	id, _ := leaking(t, from)
	mustIngest(t, to, lines(t, from))
	redactBoth(t, from, id)

	result, err := to.IngestMarked(workspace.Arrival{Lines: lines(t, from), Later: true})
	if err != nil || result.Redacted == 0 {
		t.Fatalf("took in %+v, %v", result, err)
	}
	if strings.Contains(content(t, to, id), secret) {
		t.Error("an export says it still")
	}
	if pending, err := to.ErasePending(); err != nil || !pending {
		t.Errorf("pending %v, %v", pending, err)
	}
	if err := to.FinishErasing(); err != nil {
		t.Fatal(err)
	}
	if found := findSecret(t, to.Dir()); len(found) > 0 {
		t.Errorf("%s is still there", found)
	}
	checkClean(t, to)
}
