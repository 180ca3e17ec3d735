package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/app"
)

// A site is one machine with a window: what it shares runs until the test is
// over.
type site struct {
	app.Screens
	*app.Sharing
	told chan struct{}
}

func newSite(t *testing.T, o app.Options) *site {
	t.Helper()
	o.Now = time.Now
	a := open(t, o)
	s := &site{Screens: a.Screens(), Sharing: a.Sharing(), told: make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	tell := func() {
		select {
		case s.told <- struct{}{}:
		default:
		}
	}
	go func() {
		defer close(ended)
		a.Share(ctx, tell, tell)
	}()
	go a.Watch(ctx, func(int64) { tell() })
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return s
}

// until waits until something holds, looking again whenever the page would.
func (s *site) until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for limit := time.After(time.Minute); !holds(); {
		select {
		case <-s.told:
		case <-limit:
			t.Fatalf("in vain: %s; sharing says %q", what, must(s.Line()).Words)
		}
	}
}

func (s *site) inStep(t *testing.T) {
	t.Helper()
	s.until(t, "it is in step", func() bool { return strings.HasPrefix(must(s.Line()).Words, "In step with 1 person") })
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAWorkspaceIsSharedJoinedAndLeft(t *testing.T) {
	between := t.TempDir()
	folder, invitation := filepath.Join(between, "folder"), filepath.Join(between, "for-anna.txt")
	mara := newSite(t, app.Options{Sample: true, As: "Mara"})
	if line := must(mara.Line()); line.Words != "Saved on this machine" || line.Mark != "" {
		t.Errorf("before it is shared: %+v", line)
	}
	ok(t, mara.Found(app.FoundAsk{Folder: folder, Name: "Payments on call", Sealed: true}))
	if found := must(mara.Look(folder)); !found.Joins || !found.Sealed || found.Name != "" {
		t.Errorf("in the folder is found %+v", found)
	}
	made := must(mara.Invite(app.InviteAsk{For: "Anna", Path: invitation, Days: 7}))
	if info := must(os.Stat(invitation)); len(made.Words) != 6 || info.Mode().Perm() != 0o600 {
		t.Errorf("the words are %v, the file is %v", len(made.Words), info.Mode())
	}
	if _, err := mara.Invite(app.InviteAsk{For: "Jonas", Path: invitation, Days: 7}); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("writing over an invitation: %v", err)
	}

	anna := newSite(t, app.Options{As: "Anna"})
	words := strings.Join(made.Words, " ")
	wrong := app.JoinAsk{Folder: folder, Invitation: invitation, Words: "six of the words are wrong"}
	var refused *app.Error
	if err := anna.Join(wrong); !errors.As(err, &refused) || refused.Code == "internal" || refused.Hint == "" {
		t.Errorf("joining by wrong words: %+v", err)
	}
	ok(t, anna.Join(app.JoinAsk{Folder: folder, Invitation: invitation, Words: " " + strings.ToUpper(words[:1]) + words[1:] + "\n"}))
	anna.until(t, "the incident has come", func() bool { return len(must(anna.Incidents.All()).Incidents) == 1 })
	anna.inStep(t)
	mara.inStep(t)

	id := must(anna.Incidents.All()).Incidents[0].ID
	must(anna.Send(id, "", "/thread investigate Refunds wait"))
	mara.until(t, "what Anna did has come", func() bool {
		for _, c := range must(mara.Cockpit(id, 0)).Columns {
			for _, card := range c.Cards {
				if card.Title == "Refunds wait" {
					return true
				}
			}
		}
		return false
	})

	page := must(mara.Sharing.All())
	if len(page.Members) != 2 || !page.Members[0].Self || page.Members[1].Person != "Anna" || page.Folder != folder || !page.Sealed {
		t.Errorf("the page says %+v", page)
	}
	ok(t, mara.Check())
	mara.until(t, "the folder is checked", func() bool { return must(mara.Sharing.All()).Check.Says != "" })
	if check := must(mara.Sharing.All()).Check; len(check.Troubles) != 0 {
		t.Errorf("of a whole folder it says %+v", check)
	}

	secret := must(mara.Inbox(id, 1, 0)).Rows
	if len(secret) == 0 {
		t.Fatal("the sample has nothing in its inbox")
	}
	evidence := secret[0].Chip.ID
	if said := must(mara.Screens.Look(id, evidence, "", 0)).Erased; said != "" {
		t.Errorf("of what is not redacted it says %q", said)
	}
	must(mara.RedactAll(id, evidence, app.RedactAsk{Why: "a token"}))
	said := must(mara.Screens.Look(id, evidence, "", 0)).Erased
	if !strings.Contains(said, " Erased on 1 of 2 machines. Not heard yet from Anna") && !strings.Contains(said, " Erased on 2 machines, as all have said. ") {
		t.Errorf("of what is redacted it says %q", said)
	}
	anna.until(t, "it is redacted at Anna's too", func() bool { return must(anna.Screens.Look(id, evidence, "", 0)).Redacted })

	ok(t, mara.Remove(page.Members[1].Device))
	anna.until(t, "Anna knows that she was removed", func() bool { return must(anna.Line()).Mark == "broken" })
	if trouble := must(anna.Sharing.All()).Trouble; trouble == nil || trouble.What == "" || trouble.Effect == "" {
		t.Errorf("she is told %+v", trouble)
	}

	ok(t, mara.Sharing.Leave())
	if line := must(mara.Line()); line.Words != "Saved on this machine" {
		t.Errorf("after leaving: %+v", line)
	}
}

func TestAWorkspaceWithIncidentsOfItsOwnJoinsNoOther(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "folder")
	mara := newSite(t, app.Options{Sample: true, As: "Mara"})
	ok(t, mara.Found(app.FoundAsk{Folder: folder, Name: "On call"}))
	jonas := newSite(t, app.Options{As: "Jonas"})
	must(jonas.Declare(app.Declaration{Title: "Mine"}))
	var refused *app.Error
	err := jonas.Join(app.JoinAsk{Folder: folder})
	if !errors.As(err, &refused) || !strings.Contains(refused.Message, "incidents of its own") || refused.Hint == "" {
		t.Errorf("it says %+v", err)
	}
	if line := must(jonas.Line()); line.Mark != "" {
		t.Errorf("afterwards it is %+v", line)
	}
}

func TestAFolderThatIsAwayCostsNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "folder")
	mara := newSite(t, app.Options{Sample: true, As: "Mara"})
	ok(t, mara.Found(app.FoundAsk{Folder: folder, Name: "On call"}))
	anna := newSite(t, app.Options{As: "Anna"})
	ok(t, anna.Join(app.JoinAsk{Folder: folder}))
	anna.inStep(t)
	ok(t, os.Rename(folder, folder+"-away"))
	anna.until(t, "the folder is missed", func() bool { return must(anna.Line()).Mark == "away" })
	must(anna.Declare(app.Declaration{Title: "Meanwhile"}))
	ok(t, os.Rename(folder+"-away", folder))
	mara.until(t, "what was declared meanwhile has come", func() bool { return len(must(mara.Incidents.All()).Incidents) == 2 })
}

func TestAPlaceThatIsNoneIsRefusedInWords(t *testing.T) {
	mara := newSite(t, app.Options{As: "Mara"})
	for _, path := range []string{"", "Sync", "./here"} {
		if err := mara.Found(app.FoundAsk{Folder: path, Name: "On call"}); err == nil || !strings.Contains(err.Error(), "no place on this machine") {
			t.Errorf("%q: %v", path, err)
		}
	}
	if err := mara.Found(app.FoundAsk{Folder: t.TempDir(), Name: " "}); err == nil || !strings.Contains(err.Error(), "needs a name") {
		t.Errorf("without a name: %v", err)
	}
}
