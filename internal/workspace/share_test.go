package workspace_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

func TestTheOutboxHoldsOwnBatchesUntilTheyArePublished(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustIngest(t, to, lines(t, from))
	own := mustRecord(t, to, id, note("an answer"))[0]
	out, err := to.Outbox("folder", 10)
	if err != nil || len(out) != 1 || out[0].Device != to.Device().ID || out[0].Run != own.Stamp.Run || out[0].Number != own.Stamp.Line {
		t.Fatalf("the outbox holds %+v, %v", out, err)
	}
	if err := to.Published("folder", out[0].Seq); err != nil {
		t.Fatal(err)
	}
	if err := to.Published("folder", out[0].Seq-1); err != nil { // a position never goes back
		t.Fatal(err)
	}
	if n, err := to.OutboxLen("folder"); n != 0 || err != nil {
		t.Errorf("%d are left, %v", n, err)
	}
	if n, err := to.OutboxLen("another"); n != 1 || err != nil {
		t.Errorf("another carrier lacks %d, %v", n, err)
	}
}

func TestMarksComeWithTheLastOfTheLines(t *testing.T) {
	from, to := pair(t)
	declareIn(t, from, "Payments fail")
	result, err := to.IngestMarked(workspace.Arrival{
		Lines: lines(t, from), Carrier: "folder", Marks: map[string]string{"a": "1", "b": "2"},
	})
	if err != nil || result.Added != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	if _, err := to.IngestMarked(workspace.Arrival{Carrier: "folder", Marks: map[string]string{"a": "3", "b": ""}}); err != nil {
		t.Fatal(err)
	}
	marks, err := to.Marks("folder")
	if diff := cmp.Diff(map[string]string{"a": "3"}, marks); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if err := to.ForgetCarrier("folder"); err != nil {
		t.Fatal(err)
	}
	if marks, err := to.Marks("folder"); len(marks) != 0 || err != nil {
		t.Errorf("%v, %v", marks, err)
	}
}

func TestALineThatCannotBeReadYetWaitsAsItCame(t *testing.T) {
	from, to := pair(t)
	declareIn(t, from, "Payments fail")
	sealed := []byte("what nobody can read yet\n")
	arrival := workspace.Arrival{Aside: []workspace.Aside{{Line: sealed, Device: "d", Reason: workspace.NoKey}}}
	for range 2 {
		if _, err := to.IngestMarked(arrival); err != nil {
			t.Fatal(err)
		}
	}
	waiting, err := to.SetAside(workspace.NoKey, 10)
	if err != nil || len(waiting) != 1 || !bytes.Equal(waiting[0], sealed) {
		t.Fatalf("%q, %v", waiting, err)
	}
	checkClean(t, to)
	if _, err := to.IngestMarked(workspace.Arrival{Lines: lines(t, from), Opened: waiting}); err != nil {
		t.Fatal(err)
	}
	if n, err := to.CountAside(); n != 0 || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
}

func TestHolesAreBetweenWhatIsHeld(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	for range 6 {
		mustRecord(t, from, id, note("one more"))
	}
	sent := lines(t, from)
	mustIngest(t, to, [][]byte{sent[1], sent[2], sent[5]})
	held, upTo, err := to.Held()
	if err != nil || len(held) != 1 {
		t.Fatalf("%+v, %v", held, err)
	}
	want := []workspace.Stretch{{From: 2, To: 3}, {From: 6, To: 6}}
	if diff := cmp.Diff(want, held[0].Stretches); diff != "" || held[0].Device != from.Device().ID {
		t.Errorf("of %s:\n%s", held[0].Device, diff)
	}
	mustIngest(t, to, sent)
	news, err := to.HeldAfter(upTo)
	if err != nil || len(news) != 4 || news[0].Number != 1 || news[0].Run != held[0].Run {
		t.Errorf("%+v, %v", news, err)
	}
	if all, err := to.LinesOf(held[0].Run, 3, 5, 10); err != nil || len(all) != 3 || !bytes.Equal(all[2].Bytes, sent[4]) {
		t.Errorf("%d lines, %v", len(all), err)
	}
}

func TestWhatADeviceHasIsSaidByItsNextBatch(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustIngest(t, to, lines(t, from))
	if _, err := from.Trust(to.Device()); err != nil {
		t.Fatal(err)
	}
	held, _, err := to.Held()
	if err != nil {
		t.Fatal(err)
	}
	seen := []record.Seen{{Run: held[0].Run, Number: 1}}
	to.Say(seen)
	mustRecord(t, to, id, note("an answer"))
	mustRecord(t, to, id, note("another"))
	result := mustIngest(t, from, lines(t, to))
	said := slices.DeleteFunc(result.Said, func(h record.Header) bool { return len(h.Seen) == 0 })
	if len(said) != 1 || said[0].Device != to.Device().ID {
		t.Errorf("%d batches say what they have", len(said))
	}
	heard, err := from.Heard()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(heard, func(h workspace.Heard) bool { return h.Device == to.Device().ID })
	if i < 0 || !slices.Equal(heard[i].Seen, seen) || heard[i].Said.IsZero() || heard[i].Wrote.Before(heard[i].Said) {
		t.Errorf("heard %+v", heard)
	}
}

func TestAReaderAcknowledgesWithoutARecord(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	mustIngest(t, to, lines(t, from))
	if err := to.Acknowledge([]record.Seen{{Run: record.Run{1}, Number: 7}}); err != nil {
		t.Fatal(err)
	}
	if _, err := from.Trust(to.Device()); err != nil {
		t.Fatal(err)
	}
	if result := mustIngest(t, from, lines(t, to)); result.Added != 1 || result.Records != 0 || len(result.Said) != 1 {
		t.Errorf("%+v", result)
	}
	if sums, err := from.Incidents(); err != nil || len(sums) != 1 || sums[0].ID != id {
		t.Errorf("%+v, %v", sums, err)
	}
	checkClean(t, from)
	checkClean(t, to)
}

func TestDocumentsAreWrittenOnce(t *testing.T) {
	ws := newWorkspace(t)
	d := workspace.Document{Name: "members/a.json", Body: []byte("{}")}
	for _, want := range []bool{true, false} {
		if fresh, err := ws.PutDocument(d); fresh != want || err != nil {
			t.Errorf("new: %v, %v", fresh, err)
		}
	}
	d.Body = []byte("[]")
	_, err := ws.PutDocument(d)
	wantCode(t, err, workspace.CodeConflict)
	if all, err := ws.Documents(); err != nil || len(all) != 1 || string(all[0].Body) != "{}" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestOnlyAnEmptyWorkspaceTakesTheIdentityOfAnother(t *testing.T) {
	from, dir := newWorkspace(t), newDir(t)
	to := openIn(t, dir, workspace.Options{})
	beside := openIn(t, dir, workspace.Options{})
	if err := to.Adopt(from.ID()); err != nil {
		t.Fatal(err)
	}
	declareIn(t, beside, "Written by another process")
	if to.ID() != from.ID() || beside.ID() != from.ID() {
		t.Errorf("its identity is %s and %s", to.ID(), beside.ID())
	}
	checkClean(t, to)
	wantCode(t, to.Adopt("another"), workspace.CodeConflict)
}

// A machine that is resumed from a snapshot goes on with a run that another
// life of it has gone on with.
func TestARunThatAnotherLifeWentOnWithIsLeft(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	own := mustRecord(t, from, id, note("mine"))[0]
	mustIngest(t, to, lines(t, from))
	other := forged(t, from, own.Stamp.Run, 3, lines(t, from)[1])
	if result := mustIngest(t, from, [][]byte{other}); result.Added != 1 {
		t.Fatalf("%+v", result)
	}
	next := mustRecord(t, from, id, note("after it"))[0]
	if next.Stamp.Run == own.Stamp.Run {
		t.Error("it goes on with the run")
	}
}

// forged is the batch that another life of a machine would write after one.
func forged(t *testing.T, ws *workspace.Workspace, run record.Run, n uint64, after []byte) []byte {
	t.Helper()
	before, err := record.DecodeBatch(after)
	if err != nil {
		t.Fatal(err)
	}
	h := record.Header{Workspace: ws.ID(), Run: run, Device: ws.Device().ID, Number: n, Prev: before.Hash, Clock: before.Clock + 1, Written: noon.Add(time.Hour)}
	r := *before.Records[0]
	r.ID = "another"
	b, err := record.Seal(h, []*record.Record{&r}, bytes.NewReader(make([]byte, 16)), workspace.KeyOf(ws))
	if err != nil {
		t.Fatal(err)
	}
	return b.Line
}

func TestWhatWasErasedIsKnownUntilItIsErasedElsewhere(t *testing.T) {
	ws := newWorkspace(t)
	id, _ := leaking(t, ws)
	whole := lines(t, ws)
	redactBoth(t, ws, id)
	erased, err := ws.ErasedLines("folder")
	if err != nil || len(erased) != 3 {
		t.Fatalf("%d lines, %v", len(erased), err)
	}
	if err := ws.ErasedThere("folder", erased[2].ID); err != nil {
		t.Fatal(err)
	}
	if again, err := ws.ErasedLines("folder"); err != nil || len(again) != 0 {
		t.Errorf("%d lines, %v", len(again), err)
	}
	mustIngest(t, ws, whole) // as they come back from an older copy of the folder
	if again, err := ws.ErasedLines("folder"); err != nil || len(again) != 3 {
		t.Errorf("after they came again %d lines, %v", len(again), err)
	}
	files, err := ws.NamedFiles()
	if err != nil || len(files) != 1 || !files[0].Redacted {
		t.Errorf("%+v, %v", files, err)
	}
}

func TestOneBadSignatureInAChainIsFoundAndCostsOnlyItself(t *testing.T) {
	from, to := pair(t)
	id := declareIn(t, from, "Payments fail")
	for range 5 {
		mustRecord(t, from, id, note("one more"))
	}
	sent := lines(t, from)
	last := resigned(t, sent[5])
	result := mustIngest(t, to, append(slices.Clone(sent[:5]), last))
	if result.Added != 5 || len(result.Quarantined) != 1 || result.Quarantined[0].Reason != workspace.BadSignature {
		t.Errorf("%+v", result)
	}
	mustIngest(t, to, sent)
	checkClean(t, to)
}

// resigned is a line with the signature of nobody.
func resigned(t *testing.T, line []byte) []byte {
	t.Helper()
	at := bytes.Index(line, []byte(`"s":"`)) + len(`"s":"`)
	line = bytes.Clone(line)
	copy(line[at:], bytes.Repeat([]byte("0"), 128))
	record.PutChecksum(line)
	return line
}
