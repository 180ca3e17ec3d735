package folder

import (
	"io"
	"sync"
	"time"
)

// silent is how long a folder may take over one step before that is told: the
// next lines, or the next piece of a file.
const silent = 30 * time.Second

// A pulse knows when a round last came on. A drive whose server is gone may
// never answer, and nothing ends a call of the system that waits for it: what
// can be done is to say so.
type pulse struct {
	mu   sync.Mutex
	last time.Time // zero while nothing is asked of the folder
}

func (p *pulse) beat(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = now
}

func (p *pulse) rest() { p.beat(time.Time{}) }

// silentSince returns since when the folder does not answer, the zero time
// where it does.
func (p *pulse) silentSince(now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last.IsZero() || now.Sub(p.last) < silent {
		return time.Time{}
	}
	return p.last
}

// felt is a file on its way from or to the folder, each piece of which is a
// beat.
type felt struct {
	io.Reader
	beat func()
}

func (f felt) Read(p []byte) (int, error) {
	f.beat()
	return f.Reader.Read(p)
}

// beat notes that a round comes on.
func (s *Share) beat() { s.pulse.beat(s.o.Now()) }
