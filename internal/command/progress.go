package command

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	progressAfter = time.Second            // how long work may take before it says that it goes on
	progressEvery = 100 * time.Millisecond // how often it says so
)

// A progress shows at a terminal that work goes on, and how far it is where
// the work says so. Work of less than a second shows nothing. The zero value
// shows nothing at all.
type progress struct {
	out  io.Writer
	stop chan struct{}

	mu      sync.Mutex
	due     bool // the second is over
	over    bool
	counted bool
	resting bool
	bar     *progressbar.ProgressBar
}

// progressOn begins to show the progress of a command on w, if that is a
// terminal.
func progressOn(w io.Writer) *progress {
	p := &progress{}
	terminal, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return p
	}
	p.out, p.stop = w, make(chan struct{})
	go p.turn()
	return p
}

// turn keeps a wheel turning while nothing says how far the work is.
func (p *progress) turn() {
	next := time.NewTimer(progressAfter)
	defer next.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-next.C:
			next.Reset(progressEvery)
			p.tick()
		}
	}
}

func (p *progress) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.due = true
	if p.over || p.counted || p.resting {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription("Working"),
			progressbar.OptionSpinnerType(14), progressbar.OptionSetElapsedTime(false),
			progressbar.OptionSetSpinnerChangeInterval(0)) // it turns when it is told to
	}
	_ = p.bar.Add(1) // a wheel that cannot be drawn is no failure
}

// count returns what a piece of work calls to say how far it is.
func (p *progress) count(what string) func(done, total int) {
	return func(done, total int) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if !p.due || p.over {
			return
		}
		if !p.counted {
			p.clear()
			p.bar = progressbar.NewOptions(total,
				progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionThrottle(progressEvery))
			p.counted = true
		}
		if done == total {
			p.clear()
			p.counted = false // what comes after it is not counted
			return
		}
		if p.bar.GetMax() != total { // another piece, after one that failed
			p.bar.ChangeMax(total)
		}
		_ = p.bar.Set(done)
	}
}

// rest shows nothing while wait waits for somebody to type.
func (p *progress) rest(wait func()) {
	p.mu.Lock()
	p.resting = true
	p.clear()
	p.mu.Unlock()
	wait()
	p.mu.Lock()
	p.resting = false
	p.mu.Unlock()
}

// end takes away what is shown. The answer comes after it.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over && p.stop != nil {
		close(p.stop)
	}
	p.over = true
	p.clear()
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

// An answer is a writer before whose first byte the progress is taken away:
// both may go to one terminal.
type answer struct {
	to io.Writer
	p  *progress
}

func (a answer) Write(b []byte) (int, error) {
	a.p.end()
	return a.to.Write(b)
}
