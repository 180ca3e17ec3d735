package folder

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever members do apart, and whenever each of them looks, those who are
// left come to the same members and the same records, every one of them knows
// every key that is written with, and nobody lost what was said to somebody.
func TestWhoeverIsLeftComesToTheSame(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(root, "team")
		if err != nil {
			t.Fatal(err)
		}
		tm := newTeam(t, dir, rapid.Bool().Draw(t, "sealed"))
		defer os.RemoveAll(dir)
		defer tm.close()
		said := 0
		for range rapid.IntRange(4, 10).Draw(t, "steps") {
			m := rapid.SampledFrom(tm.machines).Draw(t, "who")
			switch rapid.SampledFrom([]string{"say", "say", "visit", "visit", "invite", "remove", "restart"}).Draw(t, "what") {
			case "say":
				said++
				m.say(fmt.Sprintf("s%d", said))
			case "visit":
				m.visit()
			case "restart":
				m.start()
			case "invite":
				if len(tm.machines) == 4 {
					continue
				}
				if i, err := m.invite("Payments", InviteOptions{}, quickWork); err == nil {
					tm.join(i)
				}
			case "remove":
				if other := rapid.SampledFrom(tm.machines).Draw(t, "whom"); other != m {
					_ = m.remove(other.self()) // who is none, or may not, removes nobody
				}
			}
		}
		for range 3 {
			tm.clock = tm.clock.Add(grantAfter)
			visitAll(tm)
		}
		same(t, tm)
	})
}

func same(t *rapid.T, tm *team) {
	t.Helper()
	var left []*machine
	for _, m := range tm.machines {
		if m.circle.isActive(m.self()) {
			left = append(left, m)
		}
	}
	if len(left) == 0 {
		return // they have all removed each other
	}
	for _, m := range left[1:] {
		if a, b := fmt.Sprint(left[0].active()), fmt.Sprint(m.active()); a != b {
			t.Errorf("%s sees the members %s, %s sees %s", left[0].name, a, m.name, b)
		}
		if a, b := left[0].texts(), m.texts(); a != b {
			t.Errorf("%s reads %q, %s reads %q", left[0].name, a, m.name, b)
		}
	}
	// What somebody who is left wrote, all who are left read.
	for _, m := range left {
		for _, text := range strings.Fields(m.own()) {
			if !slices.Contains(strings.Fields(left[0].texts()), text) {
				t.Errorf("%s wrote %q, and %s does not read it", m.name, text, left[0].name)
			}
		}
	}
}
