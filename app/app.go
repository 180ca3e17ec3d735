// Package app is what the window calls: one bound struct for each screen, and
// views made for those screens. It has no rules of its own. A method takes
// what the window sent, asks the domain, and returns a view in which every
// list is a list, every time is a number, and nothing is left to be computed
// but ages.
//
// Nothing of a record reaches the log, and no error reaches the window but as
// an [Error].
package app

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// Options say what the window is to show.
type Options struct {
	Workspace string           // its folder
	As        string           // who acts; the owner of the workspace where empty
	Sample    bool             // put the sample incident into the workspace if that is empty
	Now       func() time.Time // the clock; time.Now where nil
	Zone      *time.Location   // of the times that are written; the machine's where nil
}

// An App is the window's side of one workspace.
type App struct {
	options Options
	now     func() time.Time
	zone    *time.Location

	tried chan struct{} // closed once the first attempt to open is over
	ready chan struct{} // closed once the workspace is open

	opening sync.Mutex // guards ws and err
	ws      *workspace.Workspace
	err     error // why the last attempt to open failed

	first atomic.Pointer[Start] // what the window shows first, computed ahead; taken once

	states   states
	entries  entries
	menu     menuOfSteps
	taken    takenTogether
	told     atomic.Pointer[func(Taking)] // whom to tell how far taking in is
	drawings drawings
	reading  reading
	findings findings
	front    atomic.Bool // the window is in front
	budget   budget      // used by whoever watches for warnings only
	sharing  *sharing

	prints struct { // files of this run that are printed
		sync.Mutex
		dir string // empty until there is one
	}

	snoozing sync.Mutex // held while what is snoozed changes
	looking  sync.Mutex // held while what was seen changes
}

// New returns an app that has yet to open its workspace.
func New(o Options) *App {
	a := &App{options: o, now: o.Now, zone: o.Zone, tried: make(chan struct{}), ready: make(chan struct{}), sharing: newSharing()}
	if a.now == nil {
		a.now = time.Now
	}
	if a.zone == nil {
		a.zone = time.Local
	}
	return a
}

// Open opens the workspace and computes the first screen, once. Whoever calls
// before it is done waits, and meets its error; [Incidents.Start] tries again.
func (a *App) Open() {
	defer close(a.tried)
	a.open()
}

func (a *App) open() {
	a.opening.Lock()
	defer a.opening.Unlock()
	if a.ws != nil {
		return
	}
	ws, err := workspace.Open(a.options.Workspace, workspace.Options{Now: a.now, Owner: a.options.As})
	if err != nil {
		a.err = err
		return
	}
	a.ws, a.err = ws, nil
	if a.options.Sample {
		if a.err = a.sampleIfEmpty(); a.err != nil {
			a.ws = nil
			a.err = errors.Join(a.err, ws.Close())
			return
		}
	}
	// An error is met again, and shown, when the window asks.
	if first, err := guarded(ws.Log(), "first screen", a.start); err == nil {
		a.first.Store(first)
	}
	close(a.ready)
}

// PutSample puts the sample incident into a workspace without incidents, for
// who has no display to look at it on.
func PutSample(o Options) error {
	o.Sample = true
	a := New(o)
	a.Open()
	_, err := a.opened()
	return errors.Join(err, a.Close())
}

// opened waits for the workspace.
func (a *App) opened() (*workspace.Workspace, error) {
	<-a.tried
	a.opening.Lock()
	defer a.opening.Unlock()
	return a.ws, a.err
}

// Close lets go of the workspace, which has been opened or is being opened.
func (a *App) Close() error {
	err := a.dropPrints()
	if ws, notOpen := a.opened(); notOpen == nil {
		return errors.Join(err, a.reading.letGo(), ws.Close())
	}
	return err
}

// tellEach is how often the page is told of changes at most while a long read
// of the shared folder brings hundreds a second: each time it reads anew what
// it shows.
const tellEach = 3 * time.Second

// Watch calls changed with a growing number whenever an incident has
// something new, whoever recorded it, until ctx ends.
func (a *App) Watch(ctx context.Context, changed func(seq int64)) {
	select {
	case <-ctx.Done():
		return
	case <-a.ready:
	}
	changes := a.ws.Watch(ctx)
	var last time.Time
	var late <-chan time.Time // when changes are told that were not
	var seq int64
	for {
		select {
		case change, more := <-changes:
			if !more {
				return
			}
			a.states.forget(change.Incident)
			a.entries.forget(change.Incident)
			seq = max(seq, change.Seq)
			if wait := tellEach - time.Since(last); a.sharing.reads() && wait > 0 {
				if late == nil {
					late = time.After(wait)
				}
				continue
			}
		case <-late:
		}
		late, last = nil, time.Now()
		changed(seq)
	}
}

// read is used once the workspace is open: inside call.
func (a *App) read(id string, read func(*incident.Incident) error) error {
	return a.ws.View(id, read)
}
