package app

import "bearings/internal/evidence"

// taking is the event that tells the window how far the taking in of files
// is. One that is lost costs nothing.
const taking = "taking"

// Taking is how far it is. Done equals Of when it is over.
type Taking struct {
	Done int    `json:"done"` // files that are taken in, or were left
	Of   int    `json:"of"`
	Name string `json:"name"` // of the file that is being read
	Part int    `json:"part"` // of it, in percent
}

// Tell has somebody told how far taking in is.
func (a *App) Tell(tell func(Taking)) { a.told.Store(&tell) }

// progress tells of one file of several, once for each percent of it.
func (a *App) progress(done, of int, s evidence.Source) func(read, of int64) {
	tell := a.told.Load()
	if tell == nil {
		return func(int64, int64) {}
	}
	now := Taking{Done: done, Of: of, Name: evidence.SafeName(s.Path), Part: -1}
	return func(read, size int64) {
		part := 0
		if size > 0 {
			part = int(100 * read / size)
		}
		if part != now.Part {
			now.Part = part
			(*tell)(now)
		}
	}
}
