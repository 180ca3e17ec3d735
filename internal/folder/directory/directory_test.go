package directory_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/record"
)

var marker = carrier.Marker{Format: record.Format, Workspace: "w1", Name: "Payments", Founder: "d1", Founded: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

// founded opens a folder that carries a workspace.
func founded(t *testing.T) (*directory.Folder, string) {
	t.Helper()
	root := newRoot(t)
	f := open(t, root)
	must(t, f.Found(t.Context(), marker))
	return f, root
}

func open(t *testing.T, root string) *directory.Folder {
	t.Helper()
	f := opened(t, root, directory.Options{})
	t.Cleanup(func() { must(t, f.Close()) })
	return f
}

// lines makes lines of a run, from a number on.
func lines(t *testing.T, run byte, from, n int) [][]byte {
	t.Helper()
	var all [][]byte
	for i := range n {
		h := record.Header{
			Workspace: "w1", Run: record.Run{run}, Device: "d1", Number: uint64(from + i), Clock: record.Clock(1+from+i) << 16,
			Written: marker.Founded, Seen: []record.Seen{{Run: record.Run{9}, Number: uint64(from + i)}},
		}
		b, err := record.Seal(h, nil, bytes.NewReader(nil), ed25519.NewKeyFromSeed(make([]byte, 32)))
		must(t, err)
		all = append(all, b.Line)
	}
	return all
}

func publish(t *testing.T, f *directory.Folder, all [][]byte) {
	t.Helper()
	run, n, _ := record.PlaceOf(all[0])
	must(t, f.Publish(t.Context(), run, n, all))
}

// numbers pulls all that is new, and returns the numbers of its lines.
func numbers(t *testing.T, f *directory.Folder, marks carrier.Marks) (got []int, strays []carrier.Stray) {
	t.Helper()
	for more := true; more; {
		d, err := f.Pull(t.Context(), marks, 1<<20)
		must(t, err)
		for place, mark := range d.Marks {
			marks[place] = mark
		}
		for _, line := range d.Lines {
			_, n, _ := record.PlaceOf(line)
			got = append(got, int(n))
		}
		strays, more = append(strays, d.Strays...), d.More
	}
	return got, strays
}

func logs(t *testing.T, root string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "logs", "*", "*.jsonl"))
	must(t, err)
	return all
}

func same(t *testing.T, what string, got, want []int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestConflictCopiesAreReadByTheirContent(t *testing.T) {
	f, root := founded(t)
	publish(t, f, lines(t, 1, 1, 2))
	file := logs(t, root)[0]
	for i, name := range []string{
		".sync-conflict-20261130-120000-ABCDEFG.jsonl", " (Ana's conflicted copy 2026-11-30).jsonl", " 2.jsonl", "-DESKTOP-4F.jsonl",
	} {
		must(t, os.WriteFile(strings.TrimSuffix(file, ".jsonl")+name, lines(t, 1, 3+i, 1)[0], 0o600))
	}
	marks := carrier.Marks{}
	got, strays := numbers(t, f, marks)
	slices.Sort(got)
	same(t, "what came", got, []int{1, 2, 3, 4, 5, 6})
	if len(strays) > 0 {
		t.Errorf("%+v", strays)
	}
	held, err := f.Holdings(t.Context())
	must(t, err)
	if len(held) != 1 || held[0].From != 1 || held[0].To != 6 {
		t.Errorf("it holds %+v", held)
	}
}

func TestAFileThatShrinksIsReadOnFromWhereItIs(t *testing.T) {
	f, root := founded(t)
	all := lines(t, 1, 1, 4)
	publish(t, f, all)
	marks := carrier.Marks{}
	numbers(t, f, marks)
	file := logs(t, root)[0]
	must(t, os.WriteFile(file, bytes.Join(all[:2], nil), 0o600))
	got, _ := numbers(t, f, marks)
	same(t, "of a file that went back", got, []int{1, 2})
	must(t, os.WriteFile(file, bytes.Join(all, nil), 0o600))
	got, _ = numbers(t, f, marks)
	same(t, "of a file that grew again", got, []int{3, 4})
	other := lines(t, 2, 1, 6)
	must(t, os.WriteFile(file, bytes.Join(other, nil), 0o600))
	got, _ = numbers(t, f, marks)
	same(t, "of a file in the place of another", got, []int{1, 2, 3, 4, 5, 6})
	must(t, os.Remove(file))
	got, _ = numbers(t, f, marks)
	if len(got) > 0 || marks["logs/2026-11/"+filepath.Base(file)] != "" {
		t.Errorf("of a file that went away came %v, marks %v", got, marks)
	}
}

func TestADamagedLineIsToldAndCostsOnlyItself(t *testing.T) {
	f, root := founded(t)
	all := lines(t, 1, 1, 3)
	publish(t, f, all)
	file := logs(t, root)[0]
	whole, err := os.ReadFile(file)
	must(t, err)
	whole[len(all[0])+40] ^= 1
	must(t, os.WriteFile(file, whole, 0o600))
	got, strays := numbers(t, f, carrier.Marks{})
	same(t, "what came", got, []int{1, 3})
	if len(strays) != 1 || !strings.HasPrefix(strays[0].Where, "logs/") || !strings.Contains(strays[0].What, "damaged") {
		t.Errorf("told %+v", strays)
	}
	held, err := f.Holdings(t.Context())
	must(t, err)
	if len(held) != 2 {
		t.Errorf("it holds %+v", held)
	}
}

// What a power cut leaves of a file that was not synced keeps its size and
// time.
func TestZerosInThePlaceOfLinesAreSeenByTheNextProgram(t *testing.T) {
	f, root := founded(t)
	all := lines(t, 1, 1, 2)
	publish(t, f, all)
	marks := carrier.Marks{}
	numbers(t, f, marks)
	file := logs(t, root)[0]
	info, err := os.Stat(file)
	must(t, err)
	must(t, os.WriteFile(file, append(bytes.Clone(all[0]), make([]byte, len(all[1]))...), 0o600))
	must(t, os.Chtimes(file, info.ModTime(), info.ModTime()))
	again := open(t, root)
	numbers(t, again, marks)
	held, err := again.Holdings(t.Context())
	must(t, err)
	if len(held) != 1 || held[0].To != 1 {
		t.Errorf("it holds %+v", held)
	}
}

func TestAFileThatIsNotAsItWasLeftIsNotAppendedTo(t *testing.T) {
	f, root := founded(t)
	all := lines(t, 1, 1, 5)
	publish(t, f, all[:1])
	publish(t, f, all[1:2])
	if got := len(logs(t, root)); got != 1 {
		t.Errorf("%d files for lines that follow each other", got)
	}
	file := logs(t, root)[0]
	must(t, os.WriteFile(file, all[0], 0o600)) // rolled back
	publish(t, f, all[2:3])
	must(t, os.Remove(file))
	publish(t, f, all[3:4])
	if got := len(logs(t, root)); got != 1 {
		t.Errorf("%d files", got)
	}
	got, _ := numbers(t, f, carrier.Marks{})
	same(t, "what is there", got, []int{3, 4})
}

func TestNothingIsWrittenWithoutTheMarkerOrBelowAnothers(t *testing.T) {
	f, root := founded(t)
	publish(t, f, lines(t, 1, 1, 1))
	must(t, f.PutBlob(t.Context(), strings.Repeat("ab", 32), strings.NewReader("a picture")))
	path := filepath.Join(root, "bearings.json")
	for _, c := range []struct {
		text string
		want error
	}{
		{"", carrier.ErrNoMarker},
		{`{"format":1,"works`, carrier.ErrNoMarker},
		{`{"format":1,"workspace":"w2"}`, carrier.ErrFounded},
		{`{"format":99,"anything":"else"}`, carrier.ErrNewer},
	} {
		must(t, os.Remove(path))
		if c.text != "" {
			must(t, os.WriteFile(path, []byte(c.text), 0o600))
		} else {
			defer os.Remove(path)
			must(t, os.WriteFile(path+".away", nil, 0o600))
		}
		before := tree(t, root)
		_, pulled := f.Pull(t.Context(), carrier.Marks{}, 1<<20)
		_, rewritten := f.Rewrite(t.Context(), record.Run{1}, func(l []byte) ([]byte, bool) { return l, true })
		for what, err := range map[string]error{
			"publishing": f.Publish(t.Context(), record.Run{1}, 2, lines(t, 1, 2, 1)),
			"pulling":    pulled,
			"rewriting":  rewritten,
			"a document": f.Put(t.Context(), carrier.Document{Name: "members/a.json", Body: []byte("{}")}),
			"a file":     f.PutBlob(t.Context(), strings.Repeat("cd", 32), strings.NewReader("x")),
			"removing":   f.RemoveBlob(t.Context(), strings.Repeat("ab", 32)),
			"a brief":    f.PutBrief(t.Context(), "i-1", map[string][]byte{"BRIEF.md": nil}),
			"its health": f.Health(t.Context()).Err,
		} {
			if !errors.Is(err, c.want) {
				t.Errorf("with the marker %q, %s: %v", c.text, what, err)
			}
		}
		if after := tree(t, root); !slices.Equal(before, after) {
			t.Errorf("with the marker %q it changed %v to %v", c.text, before, after)
		}
		if c.text == "" {
			must(t, os.WriteFile(path, nil, 0o600))
		}
	}
}

// tree lists everything in a folder, with sizes.
func tree(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	must(t, filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			all = append(all, fmt.Sprint(path, info.Size()))
		}
		return err
	}))
	return all
}

func TestNothingIsReadOrWrittenThroughALinkOrAPipe(t *testing.T) {
	f, root := founded(t)
	outside := t.TempDir()
	must(t, os.WriteFile(filepath.Join(outside, "secret.jsonl"), lines(t, 7, 1, 1)[0], 0o600))
	publish(t, f, lines(t, 1, 1, 1))
	dir := filepath.Dir(logs(t, root)[0])
	must(t, os.Symlink(filepath.Join(outside, "secret.jsonl"), filepath.Join(dir, "link.jsonl")))
	must(t, os.Symlink(outside, filepath.Join(root, "logs", "2020-01")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe.jsonl"), 0o600))
	must(t, os.Symlink(outside, filepath.Join(root, "blobs")))
	must(t, os.Symlink(outside, filepath.Join(root, "members")))
	must(t, os.Symlink(outside, filepath.Join(root, "briefs")))
	got, _ := numbers(t, f, carrier.Marks{})
	same(t, "what came", got, []int{1})
	if err := f.PutBlob(t.Context(), strings.Repeat("ab", 32), strings.NewReader("x")); err == nil {
		t.Error("a file was written through a link")
	}
	if err := f.Put(t.Context(), carrier.Document{Name: "members/a.json", Body: []byte("{}")}); err == nil {
		t.Error("a document was written through a link")
	}
	if err := f.PutBrief(t.Context(), "i-1", map[string][]byte{"BRIEF.md": nil}); err == nil {
		t.Error("a brief was written through a link")
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 1 {
		t.Errorf("outside lie %v, %v", left, err)
	}
}

func TestAnEndlessLineTakesNoMemoryAndHidesNothing(t *testing.T) {
	f, root := founded(t)
	publish(t, f, lines(t, 1, 1, 1))
	file := logs(t, root)[0]
	end, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	must(t, err)
	_, err = end.Write(append(bytes.Repeat([]byte("x"), 5<<20), '\n'))
	must(t, err)
	_, err = end.Write(lines(t, 1, 2, 1)[0])
	must(t, err)
	must(t, end.Close())
	marks := carrier.Marks{}
	got, strays := numbers(t, f, marks)
	same(t, "what came", got, []int{1, 2})
	if len(strays) != 1 {
		t.Errorf("told %+v", strays)
	}
	if got, _ := numbers(t, f, marks); len(got) > 0 {
		t.Errorf("it came again: %v", got)
	}
}

func TestWaitingEndsWhenSomethingComes(t *testing.T) {
	f, root := founded(t)
	other := open(t, root)
	publish(t, other, lines(t, 1, 1, 1))
	f.Wait(t.Context(), time.Millisecond) // begins to watch
	done := make(chan struct{})
	go func() {
		f.Wait(t.Context(), time.Hour)
		close(done)
	}()
	for n := 2; ; n++ {
		publish(t, other, lines(t, 1, n, 1))
		select {
		case <-done:
			return
		case <-time.After(10 * time.Millisecond):
		}
		if n > 500 {
			t.Fatal("it waits on")
		}
	}
}
