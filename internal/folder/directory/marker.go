package directory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// Marker reads which workspace is shared here.
func (f *Folder) Marker(context.Context) (carrier.Marker, error) {
	m, err := f.readMarker()
	if err != nil {
		return carrier.Marker{}, fmt.Errorf("look which workspace is shared in %s: %w", f.root, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.marker == nil {
		f.marker = &m
	}
	return m, nil
}

// A seenMarker is the marker as it was last read, with the state of its file.
// It is asked for at every step, and is written once.
type seenMarker struct {
	carrier.Marker
	size    int64
	changed time.Time
}

// markerSettles is how old a file is at least of which the size and time say
// whether it is the same: on some file systems a time is of two seconds.
const markerSettles = 10 * time.Second

// recallMarker returns the marker where its file is as it was read.
func (f *Folder) recallMarker() (carrier.Marker, bool) {
	f.mu.Lock()
	seen := f.seen
	f.mu.Unlock()
	if seen.size == 0 {
		return carrier.Marker{}, false
	}
	info, err := f.disk.Stat(f.path(markerFile))
	if err != nil || !info.Mode().IsRegular() || info.Size() != seen.size || !info.ModTime().Equal(seen.changed) {
		return carrier.Marker{}, false
	}
	return seen.Marker, true
}

// rememberMarker keeps the marker with the state that its file had before it
// was read.
func (f *Folder) rememberMarker(m carrier.Marker, info fs.FileInfo) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = seenMarker{}
	if info != nil && info.ModTime().Before(f.now().Add(-markerSettles)) {
		f.seen = seenMarker{m, info.Size(), info.ModTime()}
	}
}

func (f *Folder) readMarker() (carrier.Marker, error) {
	if m, ok := f.recallMarker(); ok {
		return m, nil
	}
	if err := f.present(); err != nil {
		return carrier.Marker{}, err
	}
	info, _ := f.disk.Stat(f.path(markerFile)) // what is wrong with it, reading it says
	text, err := f.readSmall(markerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return carrier.Marker{}, carrier.ErrNoMarker
	}
	if err != nil {
		return carrier.Marker{}, trouble(err)
	}
	var m carrier.Marker
	if json.Unmarshal(text, &m) != nil || m.Format == 0 {
		return carrier.Marker{}, fmt.Errorf("%w: its %s is not whole", carrier.ErrNoMarker, markerFile)
	}
	if m.Format > record.Format {
		return carrier.Marker{}, carrier.ErrNewer
	}
	if m.Workspace == "" {
		return carrier.Marker{}, fmt.Errorf("%w: its %s is not whole", carrier.ErrNoMarker, markerFile)
	}
	f.rememberMarker(m, info)
	return m, nil
}

// ours checks, before anything is changed, that the folder still carries the
// workspace that it carried first.
func (f *Folder) ours() error {
	m, err := f.readMarker()
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.marker == nil {
		f.marker = &m
	}
	if f.marker.Workspace != m.Workspace {
		return carrier.ErrFounded
	}
	return nil
}
