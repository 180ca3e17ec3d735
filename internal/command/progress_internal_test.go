package command

import (
	"bytes"
	"strings"
	"testing"
)

// drawnOn takes what was drawn since it was asked last.
func drawnOn(out *bytes.Buffer) string {
	defer out.Reset()
	return out.String()
}

func TestProgressShowsOnlyWhatTakesLong(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, stop: make(chan struct{})}
	count := p.count("Importing")

	count(1, 10)
	if drawn := drawnOn(&out); drawn != "" {
		t.Errorf("before the second is over: %q", drawn)
	}
	p.tick()
	if drawn := drawnOn(&out); !strings.Contains(drawn, "Working") {
		t.Errorf("work that is not counted: %q", drawn)
	}
	count(5, 10)
	if drawn := drawnOn(&out); !strings.Contains(drawn, "Importing  50%") || !strings.Contains(drawn, "(5/10)") {
		t.Errorf("work that is counted: %q", drawn)
	}
	p.tick()
	if drawn := drawnOn(&out); drawn != "" {
		t.Errorf("a wheel beside the bar: %q", drawn)
	}
	count(10, 10)
	drawnOn(&out)
	p.tick()
	if drawn := drawnOn(&out); !strings.Contains(drawn, "Working") {
		t.Errorf("after what was counted: %q", drawn)
	}
}

func TestProgressMakesWayForAnswersAndTyping(t *testing.T) {
	var out, to bytes.Buffer
	p := &progress{out: &out, stop: make(chan struct{})}
	p.tick()
	drawnOn(&out)
	p.rest(func() {
		cleared := drawnOn(&out)
		p.tick()
		if drawn := drawnOn(&out); drawn != "" || strings.Contains(cleared, "Working") {
			t.Errorf("while somebody types: %q, then %q", cleared, drawn)
		}
	})
	p.tick()
	if drawn := drawnOn(&out); !strings.Contains(drawn, "Working") {
		t.Errorf("after the typing: %q", drawn)
	}
	if _, err := (answer{&to, p}).Write([]byte("done")); err != nil || to.String() != "done" {
		t.Errorf("%q, %v", to.String(), err)
	}
	if drawn := drawnOn(&out); !strings.HasSuffix(drawn, "\r") {
		t.Errorf("the line is not free for the answer: %q", drawn)
	}
	p.tick()
	p.count("Importing")(5, 10)
	p.end()
	if drawn := drawnOn(&out); strings.TrimSpace(drawn) != "" {
		t.Errorf("after the answer: %q", drawn)
	}
}
