package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"bearings/internal/folder"
)

const (
	// shareAfter is how long sharing waits, after the window has begun, for a
	// page that has not said that its first screen is painted.
	shareAfter = 5 * time.Second
	// shareAgain is how long it waits after it failed, before it tries again.
	shareAgain = 15 * time.Second
	// wordsEach is how often the line about sharing is looked at: it ages.
	wordsEach = time.Second
	// letGoWithin is how long the end of the program waits for a folder that
	// does not answer.
	letGoWithin = 2 * time.Second
)

// sharing is how this workspace is shared, in the background.
type sharing struct {
	ctx     context.Context // of all that reaches for the folder
	stop    context.CancelFunc
	painted chan struct{} // closed once the first screen is on the screen
	once    sync.Once
	opened  chan struct{} // closed once share or err is set
	share   *folder.Share
	err     error
	begun   chan struct{} // there is something to run: it was founded or joined
	ended   chan struct{} // closed once nothing runs any more

	checking sync.Mutex // guards checked
	checked  folderCheck
}

func newSharing() *sharing {
	s := &sharing{painted: make(chan struct{}), opened: make(chan struct{}), begun: make(chan struct{}, 1), ended: make(chan struct{})}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s
}

// paint says that the first screen is painted: nobody waits for it any more.
func (s *sharing) paint() { s.once.Do(func() { close(s.painted) }) }

// engine returns the engine, once it is open.
func (s *sharing) engine() (*folder.Share, error) {
	select {
	case <-s.opened:
		return s.share, s.err
	case <-s.ctx.Done():
		return nil, s.ctx.Err()
	}
}

// running returns the engine if it is open; nil as long as it is not.
func (s *sharing) running() *folder.Share {
	select {
	case <-s.opened:
		return s.share
	default:
		return nil
	}
}

// state is how sharing stands; alone as long as nobody knows.
func (s *sharing) state() folder.State {
	if share := s.running(); share != nil {
		return share.State()
	}
	return folder.State{Phase: folder.Alone}
}

// reads reports whether a long read of the folder is under way.
func (s *sharing) reads() bool { return s.state().Phase == folder.Reading }

// start wakes what runs in the background.
func (s *sharing) start() {
	select {
	case s.begun <- struct{}{}:
	default:
	}
}

// Share keeps the workspace in step with the others until ctx ends. It begins
// once the first screen is painted, and calls told whenever the words about it
// change, arrived when a file of evidence came.
func (a *App) Share(ctx context.Context, told, arrived func()) {
	s := a.sharing
	defer close(s.ended)
	context.AfterFunc(ctx, s.stop)
	ctx = s.ctx
	if !a.openShare(ctx) {
		return
	}
	var watching sync.WaitGroup
	watching.Go(func() { a.watchShare(ctx, told, arrived) })
	watching.Go(func() { a.listAhead(ctx) })
	defer watching.Wait()
	for ctx.Err() == nil {
		if s.share.State().Phase == folder.Alone {
			select {
			case <-ctx.Done():
			case <-s.begun:
			}
			continue
		}
		if err := s.share.Run(ctx); err != nil && ctx.Err() == nil {
			a.ws.Log().Warn("share", "error", err)
			select {
			case <-ctx.Done():
			case <-s.begun:
			case <-time.After(shareAgain):
			}
		}
	}
}

// openShare opens the engine once nobody waits for the first screen.
func (a *App) openShare(ctx context.Context) bool {
	s := a.sharing
	select {
	case <-ctx.Done():
		return false
	case <-a.ready:
	}
	select {
	case <-ctx.Done():
		return false
	case <-s.painted:
	case <-time.After(shareAfter):
	}
	s.share, s.err = folder.Open(a.ws, folder.Options{Now: a.now, Front: a.front.Load, Gently: true, BriefOf: a.briefForFolder})
	close(s.opened)
	if s.err != nil {
		a.ws.Log().Warn("share", "error", s.err)
	}
	return s.err == nil
}

// watchShare tells what there is to see: whenever the state says so, and as
// its words age.
func (a *App) watchShare(ctx context.Context, told, arrived func()) {
	share := a.sharing.share
	tick := time.NewTicker(wordsEach)
	defer tick.Stop()
	shown, toFetch := "", share.State().ToFetch
	for {
		select {
		case <-ctx.Done():
			return
		case <-share.Changed():
		case <-tick.C:
		}
		state := share.State()
		if state.ToFetch < toFetch {
			arrived()
		}
		toFetch = state.ToFetch
		if shows := a.shows(state); shows != shown {
			shown = shows
			told()
		}
	}
}

// listEach is how often the list of incidents is brought up to date while a
// long read of the folder brings many.
const listEach = 10 * time.Second

// listAhead keeps the list of incidents ready during a long read: who opened it
// at its end would else wait until all are read once more.
func (a *App) listAhead(ctx context.Context) {
	tick := time.NewTicker(listEach)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !a.sharing.reads() {
			continue
		}
		if _, err := a.ws.Incidents(); err != nil && ctx.Err() == nil {
			a.ws.Log().Warn("list the incidents that come", "error", err)
		}
	}
}

// shows is all that is said of a state, to tell whether something else is said
// than before. When the folder was last looked through is in its words.
func (a *App) shows(s folder.State) string {
	words := folder.Words(s, a.now())
	s.Read = time.Time{}
	return fmt.Sprint(words, s, a.sharing.lastCheck())
}

// letGoOfFolder waits for what runs in the background to end, but not for a
// folder that does not answer: what was not published is, at the next start.
func (a *App) letGoOfFolder() {
	select {
	case <-a.sharing.ended:
	case <-time.After(letGoWithin):
		a.ws.Log().Warn("the shared folder does not answer; the program ends all the same")
	}
}
