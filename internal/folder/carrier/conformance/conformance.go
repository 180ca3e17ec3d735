// Package conformance is the suite that every carrier of a shared workspace
// passes: what package carrier promises, tried out.
package conformance

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// A Place is one place that carries a workspace, empty, as a test of a carrier
// makes it.
type Place struct {
	// Open opens a carrier on the place, as another machine does each time.
	Open func() carrier.Carrier

	// Settle returns once whatever one machine did is there for all.
	Settle func()

	// Break makes the place fail for the machine that was opened first, in the
	// way that an error of package carrier names: ErrUnreachable, ErrReadOnly or
	// ErrFull. It returns what mends it; nil where the place cannot fail so.
	Break func(fault error) (mend func())

	// Tear puts half a line at the end of the lines that were published last,
	// and returns what completes it; nil where lines cannot come in part.
	Tear func(line []byte) (complete func())
}

// Run runs the suite, with a new place for each of its tests.
func Run(t *testing.T, open func(t *testing.T) Place) {
	tests := []struct {
		name string
		run  func(t *testing.T, p Place)
	}{
		{"a place says nothing until a workspace is founded, and then whose it is", marker},
		{"what is published arrives, once where marks are kept", arrival},
		{"without marks a reader begins anew", anew},
		{"a limit is kept and progress is told", limit},
		{"lines that are published twice do no harm", twice},
		{"two machines publish at once", both},
		{"half a line waits for its end", torn},
		{"what a place holds is said with its gaps", holdings},
		{"a document is written once", documents},
		{"files are kept, replaced by nobody, and removed", blobs},
		{"briefs are replaced", briefs},
		{"a line is rewritten where it lies", rewritten},
		{"old lines are packed, and all are there", packed},
		{"a line is rewritten in a pack", rewrittenInAPack},
		{"a place that fails says how, and goes on when it is mended", broken},
		{"waiting ends when it must", waiting},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// founded opens two machines on a place that carries a workspace.
func founded(t *testing.T, p Place) (a, b carrier.Carrier) {
	t.Helper()
	a, b = p.Open(), p.Open()
	t.Cleanup(func() { ok(t, errors.Join(a.Close(), b.Close())) })
	ok(t, a.Found(t.Context(), markerOf("w1")))
	p.Settle()
	return a, b
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, what string, err, wanted error) {
	t.Helper()
	if !errors.Is(err, wanted) {
		t.Errorf("%s: %v, want %v", what, err, wanted)
	}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func markerOf(workspace string) carrier.Marker {
	return carrier.Marker{Format: record.Format, Workspace: workspace, Name: "Payments", Founder: "d1", Founded: moment}
}

func marker(t *testing.T, p Place) {
	a, b := p.Open(), p.Open()
	defer a.Close()
	defer b.Close()
	_, err := a.Marker(t.Context())
	want(t, "the marker of an empty place", err, carrier.ErrNoMarker)
	ok(t, a.Found(t.Context(), markerOf("w1")))
	p.Settle()
	m, err := b.Marker(t.Context())
	ok(t, err)
	same(t, "the marker as another machine reads it", markerOf("w1"), m)
	ok(t, b.Found(t.Context(), markerOf("w1")))
	want(t, "founding another workspace", b.Found(t.Context(), markerOf("w2")), carrier.ErrFounded)
	m, err = a.Marker(t.Context())
	ok(t, err)
	same(t, "the marker after that", markerOf("w1"), m)
}

// A reader pulls as an engine does: everything there is, with the marks that
// it kept.
type reader struct {
	carrier.Carrier
	marks carrier.Marks
	size  int
}

func readerOf(c carrier.Carrier) *reader {
	return &reader{Carrier: c, marks: carrier.Marks{}, size: 1 << 20}
}

func (r *reader) pull(t *testing.T) []string {
	t.Helper()
	var lines []string
	for range 10_000 {
		d, err := r.Pull(t.Context(), r.marks, r.size)
		ok(t, err)
		for place, mark := range d.Marks {
			r.marks[place] = mark
			if mark == "" {
				delete(r.marks, place)
			}
		}
		for _, line := range d.Lines {
			lines = append(lines, string(line))
		}
		if !d.More {
			return lines
		}
	}
	t.Fatal("there is always more")
	return nil
}

func publish(t *testing.T, c carrier.Carrier, lines ...[]byte) {
	t.Helper()
	h := headerOf(t, lines[0])
	ok(t, c.Publish(t.Context(), h.Run, h.Number, lines))
}

func arrival(t *testing.T, p Place) {
	a, b := founded(t, p)
	r := readerOf(b)
	sent := lines(1, 1, 5)
	publish(t, a, sent[:2]...)
	publish(t, a, sent[2])
	p.Settle()
	same(t, "what came", texts(sent[:3]), r.pull(t))
	same(t, "what came again", []string(nil), r.pull(t))
	publish(t, a, sent[3:]...)
	p.Settle()
	got := r.pull(t)
	if !containsAll(got, texts(sent[3:])) || len(got) > len(sent) {
		t.Errorf("of two new lines came %d, %v", len(got), got)
	}
	same(t, "what came after that", []string(nil), r.pull(t))
}

func anew(t *testing.T, p Place) {
	a, b := founded(t, p)
	sent := lines(1, 1, 3)
	publish(t, a, sent...)
	p.Settle()
	r := readerOf(b)
	r.pull(t)
	r.marks = carrier.Marks{}
	same(t, "what came to a reader who lost its marks", texts(sent), r.pull(t))
	r.marks = carrier.Marks{"a place that never was": "12 34", "logs/../..": ""}
	if got := r.pull(t); !containsAll(got, texts(sent)) {
		t.Errorf("with marks that mean nothing came %v", got)
	}
}

func limit(t *testing.T, p Place) {
	a, b := founded(t, p)
	sent := lines(1, 1, 40)
	publish(t, a, sent...)
	p.Settle()
	longest := 0
	for _, line := range sent {
		longest = max(longest, len(line))
	}
	marks, got, done := carrier.Marks{}, 0, int64(0)
	for round := 0; ; round++ {
		d, err := b.Pull(t.Context(), marks, 3*longest)
		ok(t, err)
		if len(d.Lines) > 3 && round > 0 || len(d.Lines) == len(sent) {
			t.Errorf("round %d: %d lines came with a limit of three", round, len(d.Lines))
		}
		if d.Done < done || d.Done > d.Total {
			t.Errorf("round %d: %d of %d bytes, after %d", round, d.Done, d.Total, done)
		}
		got, done = got+len(d.Lines), d.Done
		for place, mark := range d.Marks {
			marks[place] = mark
		}
		if !d.More {
			same(t, "bytes read at the end", d.Total, d.Done)
			break
		}
		if len(d.Lines) == 0 {
			t.Fatalf("round %d: nothing came, and there is more", round)
		}
	}
	same(t, "lines that came", len(sent), got)
	r := readerOf(b)
	r.size = 1
	same(t, "lines that came one by one", len(sent), len(r.pull(t)))
}

func twice(t *testing.T, p Place) {
	a, b := founded(t, p)
	sent := lines(1, 1, 3)
	publish(t, a, sent...)
	publish(t, a, sent[1:]...)
	publish(t, b, sent...)
	p.Settle()
	got := readerOf(b).pull(t)
	slices.Sort(got)
	same(t, "different lines that came", slices.Sorted(slices.Values(texts(sent))), slices.Compact(got))
}

func both(t *testing.T, p Place) {
	a, b := founded(t, p)
	one, two := lines(1, 1, 20), lines(2, 1, 20)
	done := make(chan error)
	send := func(c carrier.Carrier, lines [][]byte) {
		var err error
		for i := range lines {
			err = errors.Join(err, c.Publish(t.Context(), headerOf(t, lines[i]).Run, uint64(i+1), lines[i:i+1]))
		}
		done <- err
	}
	go send(a, one)
	go send(b, two)
	ok(t, errors.Join(<-done, <-done))
	p.Settle()
	for _, c := range []carrier.Carrier{a, b, p.Open()} {
		got := readerOf(c).pull(t)
		slices.Sort(got)
		same(t, "what came", slices.Sorted(slices.Values(texts(append(slices.Clone(one), two...)))), got)
	}
}

func torn(t *testing.T, p Place) {
	if p.Tear == nil {
		return
	}
	a, b := founded(t, p)
	sent := lines(1, 1, 2)
	publish(t, a, sent[0])
	p.Settle()
	complete := p.Tear(sent[1])
	r := readerOf(b)
	same(t, "what came with half a line behind it", texts(sent[:1]), r.pull(t))
	same(t, "what came while it was half", []string(nil), r.pull(t))
	complete()
	if got := r.pull(t); !slices.Contains(got, string(sent[1])) {
		t.Errorf("when it was whole came %v", got)
	}
	p.Tear(lines(1, 3, 1)[0]) // and never completed
	next := lines(1, 4, 1)
	publish(t, a, next...)
	p.Settle()
	if got := r.pull(t); !slices.Contains(got, string(next[0])) {
		t.Errorf("a line published after half a line did not come: %v", got)
	}
}

func holdings(t *testing.T, p Place) {
	a, b := founded(t, p)
	one, two := lines(1, 1, 9), lines(2, 5, 1)
	publish(t, a, one[:3]...)
	publish(t, a, one[6:]...)
	publish(t, b, two...)
	p.Settle()
	readerOf(b).pull(t)
	got, err := b.Holdings(t.Context())
	ok(t, err)
	slices.SortFunc(got, func(x, y carrier.Holding) int {
		return slices.Compare([]byte{x.Run[0], byte(x.From)}, []byte{y.Run[0], byte(y.From)})
	})
	same(t, "what it holds", []carrier.Holding{
		{Run: runOf(1), From: 1, To: 3}, {Run: runOf(1), From: 7, To: 9}, {Run: runOf(2), From: 5, To: 5},
	}, got)
}

func documents(t *testing.T, p Place) {
	a, b := founded(t, p)
	card := carrier.Document{Name: "members/0123456789abcdef.json", Body: []byte(`{"person":"Ana"}`)}
	key := carrier.Document{Name: "keys/1-aa.json", Body: []byte(`{"epoch":1}`)}
	ok(t, a.Put(t.Context(), card))
	ok(t, a.Put(t.Context(), card))
	ok(t, a.Put(t.Context(), key))
	p.Settle()
	other := carrier.Document{Name: card.Name, Body: []byte(`{"person":"Mallory"}`)}
	want(t, "another of the same name", b.Put(t.Context(), other), carrier.ErrTaken)
	got, err := b.Documents(t.Context())
	ok(t, err)
	slices.SortFunc(got, func(x, y carrier.Document) int { return strings.Compare(x.Name, y.Name) })
	same(t, "the documents", []carrier.Document{key, card}, got)
	for _, bad := range []carrier.Document{
		{Name: "../members.json", Body: card.Body}, {Name: "members/../../x.json", Body: card.Body}, {Name: "", Body: card.Body},
		{Name: "members/big.json", Body: make([]byte, carrier.MaxDocument+1)},
	} {
		if err := a.Put(t.Context(), bad); err == nil {
			t.Errorf("a document named %q of %d bytes was kept", bad.Name, len(bad.Body))
		}
	}
}

func blobs(t *testing.T, p Place) {
	a, b := founded(t, p)
	name := strings.Repeat("ab", 32)
	_, err := b.Blob(t.Context(), name)
	want(t, "a file that is not there", err, carrier.ErrNotHere)
	ok(t, a.PutBlob(t.Context(), name, strings.NewReader("a picture")))
	ok(t, a.PutBlob(t.Context(), name, strings.NewReader("a picture")))
	p.Settle()
	same(t, "the file", "a picture", blobOf(t, b, name))
	broken := errors.New("the source broke off")
	other := strings.Repeat("cd", 32)
	want(t, "a file whose source breaks off", a.PutBlob(t.Context(), other, io.MultiReader(strings.NewReader("half"), failing{broken})), broken)
	_, err = a.Blob(t.Context(), other)
	want(t, "that file", err, carrier.ErrNotHere)
	ok(t, b.RemoveBlob(t.Context(), name))
	ok(t, b.RemoveBlob(t.Context(), name))
	p.Settle()
	_, err = a.Blob(t.Context(), name)
	want(t, "a file that was removed", err, carrier.ErrNotHere)
	for _, bad := range []string{"", "..", "../../etc/passwd", "ab/../../x"} {
		if err := a.PutBlob(t.Context(), bad, strings.NewReader("x")); err == nil {
			t.Errorf("a file named %q was kept", bad)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func blobOf(t *testing.T, c carrier.Carrier, name string) string {
	t.Helper()
	r, err := c.Blob(t.Context(), name)
	ok(t, err)
	data, err := io.ReadAll(r)
	ok(t, errors.Join(err, r.Close()))
	return string(data)
}

func briefs(t *testing.T, p Place) {
	a, b := founded(t, p)
	written := func(c carrier.Carrier) time.Time {
		t.Helper()
		at, err := c.BriefWritten(t.Context(), "i-1")
		ok(t, err)
		return at
	}
	if at := written(b); !at.IsZero() {
		t.Errorf("a brief that never was, was written at %s", at)
	}
	ok(t, a.PutBrief(t.Context(), "i-1", map[string][]byte{"BRIEF.md": []byte("one"), "BRIEF.html": []byte("<p>one")}))
	p.Settle()
	if at := written(b); at.IsZero() {
		t.Error("nobody says when the brief was written")
	}
	ok(t, b.PutBrief(t.Context(), "i-1", map[string][]byte{"BRIEF.md": []byte("two"), "BRIEF.html": []byte("<p>two")}))
	ok(t, b.PutBrief(t.Context(), "i-1", nil))
	p.Settle()
	if at := written(a); !at.IsZero() {
		t.Errorf("a brief that was removed was written at %s", at)
	}
}

func rewritten(t *testing.T, p Place) {
	a, b := founded(t, p)
	mine, others := lines(1, 1, 3), lines(2, 1, 1)
	publish(t, a, mine...)
	publish(t, b, others...)
	p.Settle()
	r := readerOf(b)
	r.pull(t)
	erased, _, err := record.Erase(mine[1], func(*record.Record) bool { return true })
	ok(t, err)
	n, err := a.Rewrite(t.Context(), runOf(1), func(line []byte) ([]byte, bool) { return erased, string(line) == string(mine[1]) })
	ok(t, err)
	same(t, "lines rewritten", 1, n)
	p.Settle()
	after := texts([][]byte{mine[0], erased, mine[2], others[0]})
	for _, c := range []carrier.Carrier{a, b} {
		got := readerOf(c).pull(t)
		slices.Sort(got)
		same(t, "what a new reader gets", slices.Sorted(slices.Values(after)), got)
	}
	next := lines(1, 4, 1)
	publish(t, a, next...)
	p.Settle()
	if got := r.pull(t); !slices.Contains(got, string(next[0])) || slices.Contains(got, string(mine[1])) {
		t.Errorf("what a reader gets who had read before: %v", got)
	}
	n, err = a.Rewrite(t.Context(), runOf(1), func([]byte) ([]byte, bool) { return nil, false })
	ok(t, err)
	same(t, "lines rewritten when there is nothing to erase", 0, n)
}

func broken(t *testing.T, p Place) {
	a, b := founded(t, p)
	r := readerOf(b)
	sent := lines(1, 1, 7)
	publish(t, a, sent[0])
	healthy(t, a)
	for i, fault := range []error{carrier.ErrUnreachable, carrier.ErrReadOnly, carrier.ErrFull} {
		mend := p.Break(fault)
		if mend == nil {
			continue
		}
		lost, next := sent[2*i+1:2*i+2], sent[2*i+2:2*i+3]
		want(t, "publishing", a.Publish(t.Context(), runOf(1), uint64(2*i+2), lost), fault)
		h := a.Health(t.Context())
		if fault != carrier.ErrFull {
			same(t, "whether it can be reached", fault != carrier.ErrUnreachable, h.Reachable)
			same(t, "whether it can be written", false, h.Writable)
			want(t, "its health", h.Err, fault)
		}
		if fault == carrier.ErrUnreachable {
			_, err := a.Pull(t.Context(), carrier.Marks{}, 1<<20)
			want(t, "pulling", err, fault)
			_, err = a.Documents(t.Context())
			want(t, "the documents", err, fault)
		}
		mend()
		healthy(t, a)
		publish(t, a, lost[0])
		publish(t, a, next[0])
		p.Settle()
		if got := r.pull(t); !containsAll(got, texts([][]byte{lost[0], next[0]})) {
			t.Errorf("after %v came %d lines", fault, len(got))
		}
	}
}

func healthy(t *testing.T, c carrier.Carrier) {
	t.Helper()
	if h := c.Health(t.Context()); !h.Reachable || !h.Writable || h.Err != nil {
		t.Errorf("its health is %+v", h)
	}
}

func waiting(t *testing.T, p Place) {
	a, _ := founded(t, p)
	a.Wait(t.Context(), time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a.Wait(ctx, time.Hour)
}
