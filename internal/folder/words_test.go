package folder_test

import (
	"testing"
	"time"

	"bearings/internal/folder"
)

func TestWords(t *testing.T) {
	now := time.Date(2026, 11, 22, 3, 41, 9, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	me := folder.Member{Device: "a", Person: "Mara", Self: true}
	anna := folder.Member{Device: "b", Person: "Anna"}
	for _, c := range []struct {
		want  string
		state folder.State
	}{
		{"Saved on this machine", folder.State{}},
		{"Saved on this machine", folder.State{Phase: folder.Alone}},
		{"Shared, nobody has joined yet", folder.State{Phase: folder.InStep, Read: ago(time.Second), Members: []folder.Member{me}}},
		{"In step with 1 person, 8 s ago", folder.State{Phase: folder.InStep, Read: ago(8 * time.Second), Members: []folder.Member{me, anna}}},
		{
			"In step with 2 people, 4 min ago, 3 changes of others have not arrived", folder.State{Phase: folder.InStep, Read: ago(4 * time.Minute), Holes: 3, Members: []folder.Member{
				me, anna, {Device: "c", Person: "Anna"}, {Device: "d"}, {Device: "e", Person: "Jonas", Removed: ago(time.Hour)},
			}},
		},
		{"In step with your other machines", folder.State{Phase: folder.InStep, Members: []folder.Member{me, {Device: "b", Person: "Mara"}}}},
		{"1 change to share", folder.State{Phase: folder.Sending, ToShare: 1}},
		{"Reading the shared folder", folder.State{Phase: folder.Reading}},
		{"Reading the shared folder, 42 %", folder.State{Phase: folder.Reading, Done: 425, Total: 1000}},
		{"Working alone for 4 min, nothing is lost, 12 changes to share", folder.State{Phase: folder.Offline, Since: ago(4 * time.Minute), ToShare: 12}},
		{"Working alone for 30 h, nothing is lost", folder.State{Phase: folder.Offline, Since: ago(30 * time.Hour)}},
		{"Sharing has stopped, nothing is lost", folder.State{Phase: folder.Stopped}},
		{"This machine was removed from the shared workspace, nothing is lost", folder.State{Phase: folder.Excluded}},
	} {
		if got := folder.Words(c.state, now); got != c.want {
			t.Errorf("%+v\n\tsays %q\n\twant %q", c.state, got, c.want)
		}
	}
}
