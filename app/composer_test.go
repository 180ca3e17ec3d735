package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

// begun opens an app, whose clock the test moves, on an incident of its own.
func begun(t *testing.T) (s app.Screens, id string, clock *time.Time) {
	t.Helper()
	at := now
	s = open(t, app.Options{As: "Ada Berg", Now: func() time.Time { return at }}).Screens()
	return s, must(s.Declare(app.Declaration{Title: "Checkout is down"})), &at
}

// say sends lines, and returns the label of the last thing that they made.
func say(t *testing.T, s app.Screens, id, about string, lines ...string) (label string) {
	t.Helper()
	for _, line := range lines {
		sent, err := s.Send(id, about, line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		label = strings.Join(sent.Labels, " ")
	}
	return label
}

func TestWhatEnterWouldDoIsSaidAndNothingRecorded(t *testing.T) {
	s, id, _ := begun(t)
	before := must(s.Cockpit(id, 0)).Head.Records
	for _, c := range []struct{ line, says, problem string }{
		{"", "", ""},
		{"all is quiet", "Note in the log", ""},
		{"/t Look at the gateway", "Open a thread", ""},
		{"/sev 7", "", "Which severity?"},
		{"/nonsense", "", "There is no command /nonsense."},
	} {
		v := must(s.Read(id, "", c.line))
		if v.Says != c.says || v.Problem != c.problem {
			t.Errorf("%q: says %q, problem %q", c.line, v.Says, v.Problem)
		}
	}
	if after := must(s.Cockpit(id, 0)).Head.Records; after != before {
		t.Errorf("%d records, were %d", after, before)
	}
}

func TestALineIsRecordedByWhoTypedItNow(t *testing.T) {
	s, id, _ := begun(t)
	sent := must(s.Send(id, "", "/t mitigate Roll it back @me 15m"))
	if diff := cmp.Diff([]string{"T1"}, sent.Labels); diff != "" || sent.Open == "" || sent.Says != "Open a thread for Ada Berg, a word every 15m" {
		t.Fatalf("sent %+v", sent)
	}
	note := must(s.Send(id, sent.Open, "it is on its way"))
	if note.Open != "" || len(note.IDs) != 1 {
		t.Errorf("a note opens %q, records %v", note.Open, note.IDs)
	}
	card := must(s.Cockpit(id, 0)).Columns[1].Cards[0]
	if card.Owner != "Ada Berg" || card.LastBy != "Ada Berg" || card.LastText != "it is on its way" || card.LastAt != now.UnixMilli() {
		t.Errorf("the card is %+v", card)
	}
}

func TestWhatCannotBeRecordedIsAnErrorAndItsDraftStays(t *testing.T) {
	s, id, _ := begun(t)
	for _, line := range []string{"/sev 9", "  ", "/a", "/done A7"} {
		if err := s.KeepDraft(id, "", line+"!"); err != nil {
			t.Fatal(err)
		}
		_, err := s.Send(id, "", line)
		if got := told(t, err); got.Code != "invalid" || got.Message == "" || got.Hint == "" {
			t.Errorf("%q: told %+v", line, got)
		}
		if drafts := must(s.Drafts(id)); drafts[""] != line+"!" {
			t.Errorf("%q: drafts %v", line, drafts)
		}
	}
	if got := must(s.Cockpit(id, 0)).Head.Records; got != 1 {
		t.Errorf("%d records", got)
	}
}

func TestCompletionsCountAsJavaScriptDoes(t *testing.T) {
	s, id, _ := begun(t)
	say(t, s, id, "", "/join Zoë: she knows the gateway", "/t Gateway")
	text := "🙂🙂 ask @zo now" // each face is two units
	got := must(s.Complete(id, "", text, len("xxxx ask @zo")))
	if len(got) != 1 || got[0].Shows != "Zoë" || got[0].From != len("xxxx ask ") || got[0].To != len("xxxx ask @zo") {
		t.Errorf("completions %+v", got)
	}
	if got := must(s.Complete(id, "", "see T", 5)); len(got) != 0 {
		t.Errorf("a letter alone completes to %+v", got)
	}
	if got := must(s.Complete(id, "", "see T1", 6)); len(got) != 1 || got[0].Insert != "T1 " {
		t.Errorf("completions %+v", got)
	}
	for _, caret := range []int{-1, 1, 400} {
		must(s.Complete(id, "", "🙂@z", caret)) // outside, or within a character: no panic
	}
}

func TestEveryCommandIsListed(t *testing.T) {
	s, _, _ := begun(t)
	for _, c := range must(s.Commands()) {
		if c.Name == "" || c.Does == "" || !strings.HasPrefix(c.Usage, "/") || c.Also == nil {
			t.Errorf("%+v", c)
		}
	}
}

func TestDraftsOutliveACrashAndEndWhenSent(t *testing.T) {
	dir := t.TempDir()
	first := app.New(app.Options{Workspace: dir, As: "Ada"})
	first.Open()
	s := first.Screens()
	id := must(s.Declare(app.Declaration{Title: "Checkout is down"}))
	for place, text := range map[string]string{"": "half a tho", "thread": "🙂 a line\nand more", "gone": "x"} {
		if err := s.KeepDraft(id, place, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.KeepDraft(id, "gone", ""); err != nil {
		t.Fatal(err)
	}

	// The first app is not closed: it crashed.
	again := open(t, app.Options{Workspace: dir, As: "Ada"}).Screens()
	want := map[string]string{"": "half a tho", "thread": "🙂 a line\nand more"}
	if diff := cmp.Diff(want, must(again.Drafts(id))); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	must(again.Send(id, "", "half a thought"))
	delete(want, "")
	if diff := cmp.Diff(want, must(again.Drafts(id))); diff != "" {
		t.Errorf("after sending (-want +got):\n%s", diff)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
}
