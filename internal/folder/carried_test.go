package folder_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/internal/workspace"
)

func TestAFileComesLaterThanItsEvidence(t *testing.T) {
	root, _, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	sum, _, err := ana.ws.PutBlob(strings.NewReader("a picture"))
	ok(t, err)
	ana.record(id, ana.act("evidence.add", `{"kind":"screenshot","title":"Errors","sha256":"`+sum+`","bytes":9}`))
	ana.sync()
	file := filepath.Join(root, "blobs", sum[:2], sum)
	ok(t, os.WriteFile(file+"-away", []byte("a picture"), 0o600))
	ok(t, os.WriteFile(file, []byte("a pic"), 0o600)) // in part
	ben.sync()
	if ben.ws.HasBlob(sum) || ben.State().ToFetch != 1 {
		t.Errorf("Ben waits for %d files", ben.State().ToFetch)
	}
	agree(t, id, ana, ben)
	ok(t, os.Rename(file+"-away", file))
	if r := ben.sync(); r.Fetched != 1 || !ben.ws.HasBlob(sum) || ben.State().ToFetch != 0 {
		t.Errorf("Ben did %+v", r)
	}
}

func TestAFileThatStaysThereInPartIsReplacedAfterAWhile(t *testing.T) {
	root, c, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	sum, _, err := ana.ws.PutBlob(strings.NewReader("a picture"))
	ok(t, err)
	ana.record(id, ana.act("evidence.add", `{"kind":"screenshot","title":"Errors","sha256":"`+sum+`","bytes":9}`))
	ana.sync()
	ok(t, os.WriteFile(filepath.Join(root, "blobs", sum[:2], sum), []byte("a pic"), 0o600))
	c.pass(11 * time.Minute) // its own are looked at again
	ana.sync()
	ben.sync()
	if ben.ws.HasBlob(sum) {
		t.Error("what may still be on its way was replaced at once")
	}
	c.pass(16 * time.Minute)
	ana.sync()
	ben.sync()
	if !ben.ws.HasBlob(sum) {
		t.Error("it was not replaced")
	}
}

func TestARedactionReachesTheOthersAndTheFolder(t *testing.T) {
	root, c, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	const secret = "hunter-2-hunter"
	id := ana.declare("Payments fail")
	sum, _, err := ana.ws.PutBlob(strings.NewReader(secret))
	ok(t, err)
	e := ana.record(id, ana.act("evidence.add", `{"kind":"log","title":"Log","text":"`+secret+`","sha256":"`+sum+`","bytes":15}`))[0]
	settle(mates...)
	if len(grep(t, root, secret)) == 0 || len(grep(t, ben.dir, secret)) == 0 {
		t.Fatal("the secret is nowhere, so that nothing could be found to be gone")
	}
	_, err = ben.ws.Redact(id, workspace.Redaction{By: "Ben", Evidence: e.ID})
	ok(t, err)
	settle(mates...)
	for _, m := range mates {
		m.close()
		if found := grep(t, m.dir, secret); len(found) > 0 {
			t.Errorf("%s still has it: %v", m.name, found)
		}
		m.open()
	}
	if found := grep(t, root, secret); len(found) > 0 {
		t.Errorf("the folder still has it: %v", found)
	}
	c.pass(2 * time.Minute)
	settle(mates...)
	agree(t, id, ana, ben)
	done, waiting, err := ana.Erased(id, e.ID)
	if err != nil || len(done) != 2 || len(waiting) != 0 {
		t.Errorf("it is erased by %+v, and waited for is %+v, %v", done, waiting, err)
	}
}

func grep(t *testing.T, root, text string) []string {
	t.Helper()
	var found []string
	for path := range tree(t, root) {
		data, err := os.ReadFile(path)
		ok(t, err)
		if bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
	}
	return found
}

func TestTheBriefIsWrittenByTheLeadsMachine(t *testing.T) {
	root, c, mates := team(t, "Ana", "Ben")
	ana, ben := mates[0], mates[1]
	id := ana.declare("Payments fail")
	ana.record(id, ana.act("role.take", `{"role":"lead"}`))
	settle(ben, ana)
	path := filepath.Join(root, "briefs", id, "BRIEF.md")
	read := func() string {
		text, err := os.ReadFile(path)
		ok(t, err)
		return string(text)
	}
	if got := read(); !strings.HasPrefix(got, "by Ana") {
		t.Errorf("it is %q", got)
	}
	c.pass(time.Minute)
	ben.record(id, ben.act("note.add", `{"text":"alone"}`))
	ben.sync()
	if got := read(); !strings.HasPrefix(got, "by Ana") {
		t.Errorf("after a minute it is %q", got)
	}
	old := c.Now().Add(-time.Hour)
	ok(t, os.Chtimes(path, old, old))
	c.pass(6 * time.Minute)
	ben.sync()
	if got := read(); !strings.HasPrefix(got, "by Ben") {
		t.Errorf("with the lead away it is %q", got)
	}
}
