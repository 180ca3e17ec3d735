package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/app"
	"bearings/app/menubar"
)

func TestTheWindowComesBackOntoTheScreen(t *testing.T) {
	for _, c := range []struct{ was, want [4]int }{
		{[4]int{100, 50, 1280, 800}, [4]int{100, 50, 1280, 800}},
		{[4]int{1900, 50, 1280, 800}, [4]int{640, 50, 1280, 800}}, // was on a second screen
		{[4]int{-40, -2000, 1280, 800}, [4]int{0, 0, 1280, 800}},
		{[4]int{0, 0, 3840, 2160}, [4]int{0, 0, 1920, 1080}},
		{[4]int{10, 10, 1, 1}, [4]int{10, 10, 1024, 700}},
	} {
		if got := app.Fit(c.was[0], c.was[1], c.was[2], c.was[3], 1920, 1080); got != c.want {
			t.Errorf("%v becomes %v, want %v", c.was, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		any := rapid.IntRange(-10_000, 10_000)
		screen := rapid.IntRange(1024, 8000)
		width, height := screen.Draw(t, "width"), screen.Draw(t, "height")
		got := app.Fit(any.Draw(t, "x"), any.Draw(t, "y"), any.Draw(t, "w"), any.Draw(t, "h"), width, height)
		if got[0] < 0 || got[1] < 0 || got[0]+got[2] > width || got[1]+got[3] > height || got[2] < 1024 || got[3] < 700 {
			t.Fatalf("%v on %d×%d", got, width, height)
		}
	})
}

func TestAMenuKeepsItsItemsTogether(t *testing.T) {
	got := app.MenuOf([]app.MenuItem{
		{Group: "Incident", Name: "New", Keys: "Ctrl N", ID: "new"},
		{Group: "View", Name: "Claims", Keys: "2", ID: "claims"},
		{Group: "Incident", Name: "All", Keys: "Ctrl 0", ID: "all"},
	})
	want := []menubar.Item{
		{Group: "Incident", Name: "New", Keys: "Ctrl N", ID: "new"},
		{Group: "Incident", Name: "All", Keys: "Ctrl 0", ID: "all"},
		{Group: "View", Name: "Claims", Keys: "2", ID: "claims"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
