package app_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

func TestWhatIsLookedAtIsDrawnFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d app.Drawings
		var drawn []string
		var answers sync.Mutex
		said := map[string][]error{}
		held := make(chan struct{})
		ask := func(name string, large bool) {
			go func() {
				err := d.Draw(name, large, func() error {
					<-held
					drawn = append(drawn, name)
					return nil
				})
				answers.Lock()
				defer answers.Unlock()
				said[name] = append(said[name], err)
			}()
			synctest.Wait()
		}
		for _, name := range []string{"begun", "first", "scrolled away", "seen by two", "last"} {
			ask(name, false)
		}
		ask("seen by two", false)
		ask("opened", true)
		ask("opened beside it", true)
		ask("first", false) // it is seen again
		d.Drop("scrolled away")
		d.Drop("seen by two") // of one of the two
		d.Drop("begun")
		d.Drop("never asked for")
		close(held)
		synctest.Wait()

		want := []string{"begun", "opened beside it", "opened", "first", "seen by two", "last"}
		if diff := cmp.Diff(want, drawn); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
		for _, name := range want {
			if err := errors.Join(said[name]...); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if len(said["first"]) != 2 || len(said["seen by two"]) != 2 {
			t.Errorf("not everybody was answered: %v", said)
		}
		if len(said["scrolled away"]) != 1 || said["scrolled away"][0] == nil {
			t.Errorf("what nobody sees any more: %v", said["scrolled away"])
		}
	})
}

func TestADrawingThatFailsKeepsNobodyWaiting(t *testing.T) {
	var d app.Drawings
	func() {
		defer func() { _ = recover() }()
		_ = d.Draw("broken", false, func() error { panic("a decoder") })
	}()
	bad := errors.New("damaged")
	if err := d.Draw("broken", false, func() error { return bad }); !errors.Is(err, bad) {
		t.Errorf("said %v", err)
	}
	if err := d.Draw("whole", true, func() error { return nil }); err != nil {
		t.Errorf("the next one: %v", err)
	}
}
