package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/app"
	"bearings/internal/folder"
	"bearings/internal/folder/carrier"
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

var (
	mara  = folder.Member{Device: "a", Name: "mara-t14", Person: "Mara", Self: true, Joined: ago(72 * time.Hour)}
	anna  = folder.Member{Device: "b", Name: "anna-laptop", Person: "Anna", Invited: "a", Joined: ago(2 * time.Hour), Wrote: ago(2 * time.Minute), Heard: ago(time.Minute)}
	jonas = folder.Member{Device: "c", Name: "jonas-mac", Person: "Jonas", Joined: ago(3 * time.Hour), Heard: ago(10 * time.Minute), Lacks: 14, Missing: 3}
)

// shared is a state with these members, else in step.
func shared(change func(*folder.State)) folder.State {
	s := folder.State{Phase: folder.InStep, Read: ago(8 * time.Second), Written: ago(5 * time.Minute), Members: []folder.Member{mara, anna, jonas}}
	if change != nil {
		change(&s)
	}
	return s
}

func broken(s *folder.State) { s.Phase, s.Since = folder.Offline, ago(4*time.Minute) }

func TestTheMarkOfSharingTellsWhetherAPersonIsNeeded(t *testing.T) {
	for want, s := range map[app.SharingMark]folder.State{
		"":         {Phase: folder.Alone},
		"well":     shared(nil),
		"busy":     shared(func(s *folder.State) { s.Phase = folder.Sending }),
		"doubtful": shared(func(s *folder.State) { s.Holes = 1 }),
		"away":     shared(broken),
		"broken":   shared(func(s *folder.State) { s.Phase = folder.Excluded }),
	} {
		if got := app.LineOf(s, now); got.Mark != want || got.Words != folder.Words(s, now) {
			t.Errorf("%s: %+v, want %q", s.Phase, got, want)
		}
	}
}

func TestFactsOfTheFolderNameWhoWroteLastAndWhatIsMissing(t *testing.T) {
	facts := func(s folder.State) string {
		var all []string
		for _, f := range app.FolderFacts(s, now) {
			all = append(all, f.Name+": "+f.Says)
			if f.Late != (f.Do != "") {
				t.Errorf("%q is late %v, and to be done is %q", f.Name, f.Late, f.Do)
			}
		}
		return strings.Join(all, "\n")
	}
	calm := facts(shared(nil))
	for _, want := range []string{"Looked through: 8 s ago", "Written last: Anna on anna-laptop, 2 min ago", "To share: Nothing"} {
		if !strings.Contains(calm, want) {
			t.Errorf("%q is not said in\n%s", want, calm)
		}
	}
	if n := strings.Count(calm, "\n"); n != 2 {
		t.Errorf("a folder in step has more to say than three facts:\n%s", calm)
	}
	late := facts(shared(func(s *folder.State) {
		s.ToShare, s.ToFetch, s.Holes, s.Waiting, s.Skew, s.Written = 2, 1, 3, 1, -4*time.Minute, ago(time.Second)
	}))
	for _, want := range []string{
		"Written last: This machine, just now", "To share: 2 changes", "Not here yet: 1 file of evidence",
		"Not arrived: 3 changes that others wrote: 3 from Jonas on jonas-mac", "Kept aside: 1 change", "4 min behind the others",
	} {
		if !strings.Contains(late, want) {
			t.Errorf("%q is not said in\n%s", want, late)
		}
	}
}

func TestNothingIsMissingWhileItIsRead(t *testing.T) {
	s := shared(func(s *folder.State) { s.Phase, s.Holes, s.Waiting = folder.Reading, 73200, 1 })
	for _, f := range app.FolderFacts(s, now) {
		if f.Late {
			t.Errorf("it is said that %s: %s", f.Name, f.Says)
		}
	}
	if row := app.MemberOf(s, jonas, now); strings.Contains(row.Seen, "not arrived") {
		t.Errorf("it is said that %s", row.Seen)
	}
	s.Phase = folder.InStep
	if facts := app.FolderFacts(s, now); !slices.ContainsFunc(facts, func(f app.FactRow) bool { return strings.HasPrefix(f.Says, "73,200 changes") }) {
		t.Errorf("when it is read, what is missing is not said: %+v", facts)
	}
}

func TestAMemberSaysHowItCameAndWhatItHasSeen(t *testing.T) {
	s := shared(nil)
	row := app.MemberOf(s, anna, now)
	if row.Came != "Joined 2 h ago, invited by Mara" || row.Wrote != "Wrote 2 min ago" || row.Seen != "Has all that is here, as of 1 min ago" || row.Late {
		t.Errorf("%+v", row)
	}
	row = app.MemberOf(s, jonas, now)
	if row.Wrote != "Wrote nothing yet" || row.Seen != "3 changes of theirs not arrived here. Lacked 14 changes 10 min ago" || !row.Late {
		t.Errorf("%+v", row)
	}
	gone := jonas
	gone.Removed = ago(25 * time.Hour)
	row = app.MemberOf(s, gone, now)
	if !row.Removed || row.Came != "Removed 25 h ago" || row.Seen != "" || row.Late {
		t.Errorf("%+v", row)
	}
	if row = app.MemberOf(s, mara, now); row.Seen != "" || !row.Self {
		t.Errorf("%+v", row)
	}
}

func TestThatOthersDoNotArriveIsAWarningOnlyWhereTheyAreAtWork(t *testing.T) {
	if got := app.Apart(shared(nil), now); got != "" {
		t.Errorf("in step it says %q", got)
	}
	if got := app.Apart(shared(broken), now); got != "What others do has not arrived for 4 min: Anna" {
		t.Errorf("it says %q", got)
	}
	if got := app.Apart(shared(func(s *folder.State) { broken(s); s.Since = ago(20 * time.Second) }), now); got != "" {
		t.Errorf("after 20 s it says %q", got)
	}
	if got := app.Apart(shared(func(s *folder.State) { broken(s); s.Members = []folder.Member{mara, jonas} }), now); got != "" {
		t.Errorf("although nobody was at work it says %q", got)
	}
}

func TestWhatLiesInAFolderIsSaidBeforeAnythingIsDone(t *testing.T) {
	for _, c := range []struct {
		found folder.Finding
		says  string
		fit   bool
		joins bool
	}{
		{folder.Finding{}, "There is no such folder yet", true, false},
		{folder.Finding{There: true, Empty: true}, "The folder is empty", true, false},
		{folder.Finding{There: true, Files: 3}, "3 other things lie in it", true, false},
		{folder.Finding{There: true, Marker: &carrier.Marker{Sealed: true}}, "A workspace is shared here. It is sealed", true, true},
		{folder.Finding{There: true, Marker: &carrier.Marker{Name: "On call"}}, "“On call” is shared here. It is not sealed", true, true},
		{folder.Finding{There: true, Newer: true}, "a newer version of Bearings", false, false},
	} {
		got := app.Chosen("/sync", c.found)
		if !strings.Contains(got.Says, c.says) || got.Fit != c.fit || got.Joins != c.joins || c.fit == (got.Do != "") {
			t.Errorf("%+v: %+v", c.found, got)
		}
	}
}

func TestAFolderIsKnownToLieInAnotherByWhateverWayItIsNamed(t *testing.T) {
	dir := t.TempDir()
	inner := filepath.Join(dir, "ws", "inner")
	if err := os.MkdirAll(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "ws"), link); err != nil {
		t.Fatal(err)
	}
	lies := []bool{
		app.Lies(inner, filepath.Join(dir, "ws")), app.Lies(dir, dir), app.Lies(filepath.Join(link, "new", "one"), filepath.Join(dir, "ws")),
		app.Lies(filepath.Join(dir, "ws2"), filepath.Join(dir, "ws")), app.Lies(dir, inner),
	}
	if want := []bool{true, true, true, false, false}; !slices.Equal(lies, want) {
		t.Errorf("they lie in it: %v, want %v", lies, want)
	}
}
