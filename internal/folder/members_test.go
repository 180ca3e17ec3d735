package folder

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

func TestWhoIsInvitedReadsAllThatWasWrittenAndIsRead(t *testing.T) {
	for _, isSealed := range []bool{true, false} {
		tm := newTeam(t, t.TempDir(), isSealed)
		ana := tm.machines[0]
		ana.say("early")
		ana.visit()
		bea := tm.join(ana.mustInvite())
		bea.visit() // who invited it is not in the place yet
		ana.visit()
		bea.visit()
		bea.say("late")
		bea.visit()
		ana.visit()
		if ana.texts() != "early late" || bea.texts() != "early late" {
			t.Errorf("sealed %v: %q, %q", isSealed, ana.texts(), bea.texts())
		}
		if got := bea.people(); len(got) != 2 || got[0].Person != "Person 0" || got[1].Person != "Person 1" || !got[1].Self || got[1].Invited != ana.self() {
			t.Errorf("sealed %v: people %+v", isSealed, got)
		}
		// A third, invited by the second, while the first is away.
		cem := tm.join(bea.mustInvite())
		cem.say("third")
		bea.visit()
		cem.visit()
		bea.visit()
		ana.visit()
		if ana.texts() != "early late third" || bea.texts() != "early late third" || cem.texts() != "early late third" {
			t.Errorf("sealed %v: %q, %q, %q", isSealed, ana.texts(), bea.texts(), cem.texts())
		}
		if s := ana.strays(); len(s) > 0 {
			t.Errorf("strays %+v", s)
		}
		tm.close()
	}
}

func TestAMachineThatStartsAgainHasItsKeys(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	ana.say("one")
	ana.visit()
	bea := tm.join(ana.mustInvite())
	ana.visit()
	bea.start() // before it ever saw the place
	bea.visit()
	if bea.texts() != "one" {
		t.Errorf("%q", bea.texts())
	}
	bea.start()
	tm.docs, tm.lines = map[string][]byte{}, nil // somebody emptied the place
	ana.start()
	ana.say("two")
	ana.visit()
	bea.visit()
	if bea.texts() != "one two" {
		t.Errorf("%q", bea.texts())
	}
}

func TestARemovedMemberReadsNothingThatWasWrittenAfter(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea, cem := tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
	ana.say("before")
	visitAll(tm)
	tm.must(ana.remove(cem.self()))
	ana.say("after")
	ana.visit()
	bea.visit()
	bea.say("also")
	bea.visit()
	visitAll(tm)
	if ana.texts() != "after also before" || bea.texts() != "after also before" {
		t.Errorf("%q, %q", ana.texts(), bea.texts())
	}
	if cem.texts() != "before" {
		t.Errorf("the removed member reads %q", cem.texts())
	}
	if cem.removedSince().IsZero() {
		t.Error("it does not know that it was removed")
	}
	// Not with everything that it has and everything that lies there, either.
	for _, doc := range tm.docs {
		for _, s := range cem.held {
			if strings.Contains(string(doc), s.Text()) {
				t.Error("a document says a key")
			}
		}
	}
	for _, line := range tm.lines {
		l, err := seal.ReadLine(line)
		tm.must(err)
		for _, s := range cem.held {
			plain, err := s.OpenLine(l)
			if err == nil && (strings.Contains(string(plain), "after") || strings.Contains(string(plain), "also")) {
				t.Errorf("it opens %s", plain)
			}
		}
	}
	if got := fmt.Sprint(ana.active()); got != "[m0 m1]" {
		t.Errorf("members %s", got)
	}
	// A new member reads all of it.
	dan := tm.join(bea.mustInvite())
	visitAll(tm)
	visitAll(tm)
	if dan.texts() != "after also before" {
		t.Errorf("who came later reads %q", dan.texts())
	}
}

func TestWhatARemovedMemberWritesIsKeptAsideAndNotLost(t *testing.T) {
	for _, isSealed := range []bool{true, false} {
		tm := newTeam(t, t.TempDir(), isSealed)
		ana := tm.machines[0]
		bea, cem := tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
		cem.say("known")
		visitAll(tm)
		cem.say("unknown") // written apart, and not seen by who removes
		tm.must(ana.remove(cem.self()))
		cem.write() // it has not heard of it
		ana.visit()
		bea.visit()
		if ana.texts() != "known" || bea.texts() != "known" {
			t.Errorf("sealed %v: %q, %q", isSealed, ana.texts(), bea.texts())
		}
		aside, err := bea.w.SetAside(workspace.Excluded, 10)
		tm.must(err)
		if len(aside) != 1 {
			t.Errorf("sealed %v: %d lines kept aside", isSealed, len(aside))
		}
		if cem.texts() != "known unknown" {
			t.Errorf("sealed %v: the removed member lost something: %q", isSealed, cem.texts())
		}
		tm.close()
	}
}

// One who had it before they heard of the removal says so, and all take it in.
func TestWhatOneHadBeforeItHeardOfARemovalAllTakeIn(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea, cem := tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
	visitAll(tm)
	cem.say("seen by one")
	cem.visit()
	bea.visit()
	if bea.texts() != "seen by one" {
		t.Fatalf("%q", bea.texts())
	}
	tm.must(ana.remove(cem.self()))
	ana.visit()
	if ana.texts() != "" {
		t.Fatalf("%q", ana.texts())
	}
	bea.visit()
	ana.visit()
	if ana.texts() != "seen by one" {
		t.Errorf("%q", ana.texts())
	}
	if aside, _ := ana.w.SetAside(workspace.Excluded, 10); len(aside) != 0 {
		t.Errorf("%d lines are still aside", len(aside))
	}
}

func TestTwoRemovalsMadeApartBothHold(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea, cem, dan := tm.join(ana.mustInvite()), tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
	visitAll(tm)
	tm.must(ana.remove(cem.self()))
	tm.must(bea.remove(dan.self()))
	ana.visit()
	bea.visit()
	ana.visit()
	ana.say("after both")
	ana.visit()
	bea.visit()
	cem.visit()
	dan.visit()
	if bea.texts() != "after both" || cem.texts() != "" || dan.texts() != "" {
		t.Errorf("%q, %q, %q", bea.texts(), cem.texts(), dan.texts())
	}
	if got := fmt.Sprint(ana.active(), bea.active()); got != "[m0 m1] [m0 m1]" {
		t.Errorf("members %s", got)
	}
}

func TestOfTwoWhoRemoveEachOtherTheOneNearerToTheFounderStays(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea := tm.join(ana.mustInvite())
	visitAll(tm)
	tm.must(ana.remove(bea.self()))
	tm.must(bea.remove(ana.self()))
	ana.visit()
	bea.visit()
	ana.visit()
	if got := fmt.Sprint(ana.active(), bea.active()); got != "[m0] [m0]" {
		t.Errorf("members %s", got)
	}
}

// Somebody who was removed and goes on with a program of their own.
func TestARemovedMemberLetsNobodyInAndRemovesNobody(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea, cem := tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
	visitAll(tm)
	early := cem.mustInvite()
	tm.must(ana.remove(cem.self()))
	// cem has not heard of it, or does not care.
	tm.must(cem.remove(bea.self()))
	dan := tm.join(early)
	cem.meetPlace()
	dan.meetPlace()
	ana.visit()
	bea.visit()
	ana.say("after")
	visitAll(tm)
	if got := fmt.Sprint(ana.active(), bea.active()); got != "[m0 m1] [m0 m1]" {
		t.Errorf("members %s", got)
	}
	if dan.texts() != "" || bea.texts() != "after" {
		t.Errorf("%q, %q", dan.texts(), bea.texts())
	}
	said := fmt.Sprint(ana.strays())
	if !strings.Contains(said, "was removed before") {
		t.Errorf("it is not said: %s", said)
	}
}

func TestAnInvitationIsForOneMachine(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	i := ana.mustInvite()
	bea := tm.join(i)
	visitAll(tm)
	opened, err := openInvitation(i.File, i.Words, tm.now())
	tm.must(err)
	if machine, used := usedBy(tm.docs, opened, "another"); !used || machine != "m1" {
		t.Errorf("used %v by %q", used, machine)
	}
	if _, used := usedBy(tm.docs, opened, bea.self()); used {
		t.Error("it is used up for who uses it again")
	}
	// Two who use it apart both come in, and everybody is told.
	tm.join(i)
	visitAll(tm)
	if said := fmt.Sprint(ana.strays()); !strings.Contains(said, "2 machines came in by one invitation: m1 and m2") && !strings.Contains(said, "m2 and m1") {
		t.Errorf("it is not said: %s", said)
	}
}

func TestAnInvitationThatCannotBeUsedSaysWhy(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	i := tm.machines[0].mustInvite()
	for _, test := range []struct {
		name, words string
		file        []byte
		now         time.Time
		code        string
	}{
		{"wrong words", "abacus abdomen abdominal abide abiding ability", i.File, tm.clock, CodeWords},
		{"no words", "", i.File, tm.clock, CodeWords},
		{"too late", i.Words, i.File, tm.clock.Add(ValidFor + time.Hour), CodeInvitation},
		{"cut", i.Words, i.File[:len(i.File)/2], tm.clock, CodeInvitation},
		{"another file", i.Words, []byte("hello"), tm.clock, CodeInvitation},
	} {
		_, err := openInvitation(test.file, test.words, test.now)
		var typed *workspace.Error
		if !errors.As(err, &typed) || typed.Code != test.code || typed.Hint == "" {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestACardThatComesAfterItsInvitationRanOutLetsNobodyIn(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	i := ana.mustInvite()
	opened, err := openInvitation(i.File, i.Words, tm.now())
	tm.must(err)
	late := tm.machine("late", tm.id)
	late.start()
	tm.clock = tm.clock.Add(ValidFor)
	tm.must(late.join("late", "L", opened))
	visitAll(tm)
	if got := fmt.Sprint(ana.active()); got != "[m0]" {
		t.Errorf("members %s", got)
	}
}

func TestAStrangerIsNoMemberOfASealedWorkspace(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	eve := tm.machine("eve", tm.id)
	eve.membership = newMembership(eve.w, tm.now, rand.Reader, eve.w.Device().ID, true) // she founds it herself
	tm.must(eve.found("eve", "Eve"))
	eve.say("false")
	ana.say("true")
	visitAll(tm)
	if ana.texts() != "true" || eve.texts() != "false" {
		t.Errorf("%q, %q", ana.texts(), eve.texts())
	}
	if got := fmt.Sprint(ana.active()); got != "[m0]" {
		t.Errorf("members %s", got)
	}
}

func TestWhoeverHasTheFolderOfAPlainWorkspaceIsAMember(t *testing.T) {
	tm := newTeam(t, t.TempDir(), false)
	defer tm.close()
	ana := tm.machines[0]
	bea := tm.machine("m1", tm.id)
	bea.start()
	tm.must(bea.join("m1", "Bea", nil))
	bea.say("here")
	visitAll(tm)
	if ana.texts() != "here" {
		t.Errorf("%q", ana.texts())
	}
}

// Whoever was away while a key was made gets it from who invited them, or
// after a while from anybody.
func TestAKeyReachesWhoLacksIt(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	bea, cem := tm.join(ana.mustInvite()), tm.join(ana.mustInvite())
	visitAll(tm)
	i := ana.mustInvite() // it carries the first key only
	tm.must(bea.remove(cem.self()))
	bea.say("with the second key")
	bea.visit()
	dan := tm.join(i)
	dan.visit()
	if dan.texts() != "" {
		t.Fatalf("%q", dan.texts())
	}
	bea.visit() // bea did not invite dan
	dan.visit()
	ana.visit()
	dan.visit()
	if dan.texts() != "with the second key" {
		t.Errorf("%q", dan.texts())
	}
	if aside, _ := dan.w.SetAside(workspace.NoKey, 10); len(aside) != 0 {
		t.Errorf("%d lines are still aside", len(aside))
	}
}

func TestADocumentThatChangedHarmsNothingElse(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	tm.join(ana.mustInvite())
	ana.say("one")
	visitAll(tm)
	whole := maps.Clone(tm.docs)
	for name := range whole {
		changed := maps.Clone(whole)
		changed[name] = append([]byte("x"), changed[name]...)
		c := circleOf(tm.id, tm.founder, true, changed)
		if c.unused[name] == nil {
			t.Errorf("%s changed unnoticed", name)
		}
		// Who has kept it goes on as before, and says it.
		tm.docs = changed
		ana.start()
		ana.visit()
		if got := fmt.Sprint(ana.active()); got != "[m0 m1]" {
			t.Errorf("%s: members %s", name, got)
		}
		if said := fmt.Sprint(ana.strays()); !strings.Contains(said, name) {
			t.Errorf("%s: not said: %s", name, said)
		}
		tm.docs = maps.Clone(whole)
	}
}
