package app

import (
	"errors"
	"slices"
	"sync"
)

// drawings has pictures of evidence drawn one after the other: what somebody
// opened to look at it before thumbnails, and of those the ones that were
// asked for last first, since they are what is on the screen by now. A
// picture that several ask for is drawn once.
type drawings struct {
	mu      sync.Mutex
	begun   *drawing   // the one whose turn it is
	waiting []*drawing // in the order in which they were asked for
}

// A drawing is one picture to be drawn, from being asked for until it is there.
type drawing struct {
	name  string
	large bool          // opened to be looked at, no thumbnail
	asked int           // how many want it
	turn  chan struct{} // closed when it is its turn, or it is dropped
	done  chan struct{} // closed when it is over
	err   error
}

var errUnseen = errors.New("nobody looks at it any more")

// draw waits for a picture to be drawn. Whoever asks first for it does that,
// once it is its turn.
func (d *drawings) draw(name string, large bool, do func() error) error {
	one, first := d.ask(name, large)
	if !first {
		<-one.done
		return one.err
	}
	<-one.turn
	defer d.end(one)
	if one.err != nil {
		return one.err
	}
	one.err = errors.New("drawing it did not end") // for the others, if it panics
	one.err = do()
	return one.err
}

// ask puts a picture in the queue; whoever asks for one that is there already
// is not its first.
func (d *drawings) ask(name string, large bool) (one *drawing, first bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.begun != nil && d.begun.name == name {
		d.begun.asked++
		return d.begun, false
	}
	if i := d.at(name); i >= 0 {
		one = d.waiting[i]
		one.asked++
		d.waiting = append(slices.Delete(d.waiting, i, i+1), one)
		return one, false
	}
	one = &drawing{name: name, large: large, asked: 1, turn: make(chan struct{}), done: make(chan struct{})}
	d.waiting = append(d.waiting, one)
	d.next()
	return one, true
}

// drop takes a picture out of the queue that one of those who asked for it
// does not want any more, unless others do or it has begun.
func (d *drawings) drop(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.at(name)
	if i < 0 {
		return
	}
	one := d.waiting[i]
	if one.asked--; one.asked > 0 {
		return
	}
	d.waiting = slices.Delete(d.waiting, i, i+1)
	one.err = errUnseen
	close(one.turn)
}

func (d *drawings) end(one *drawing) {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(one.done)
	if d.begun == one {
		d.begun = nil
	}
	d.next()
}

// next gives the turn to the one that is wanted most, if nobody has it.
func (d *drawings) next() {
	if d.begun != nil || len(d.waiting) == 0 {
		return
	}
	at := len(d.waiting) - 1
	for i := at; i >= 0; i-- {
		if d.waiting[i].large {
			at = i
			break
		}
	}
	d.begun = d.waiting[at]
	d.waiting = slices.Delete(d.waiting, at, at+1)
	close(d.begun.turn)
}

func (d *drawings) at(name string) int {
	return slices.IndexFunc(d.waiting, func(one *drawing) bool { return one.name == name })
}
