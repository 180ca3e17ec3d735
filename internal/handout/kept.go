package handout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// The briefs that are kept: of each incident that is not closed, in a folder
// of the workspace, for who has no window at hand.
const (
	keptFolder = "briefs"
	keptHTML   = "BRIEF.html"
	keptText   = "BRIEF.md"
)

// Every is how often the brief of an incident is written anew at most, while
// it changes.
const Every = 5 * time.Second

// A Keeper keeps the briefs of a workspace.
type Keeper struct {
	Workspace *workspace.Workspace
	Now       func() time.Time
	After     func(time.Duration) <-chan time.Time // time.After where nil
	Zone      *time.Location                       // of the times that are written

	// Busy reports whether so much comes in that briefs are to wait, as during
	// the first read of a shared folder; never where it is nil. What waits when
	// the program ends is written when it begins again.
	Busy func() bool
}

// Run keeps the briefs of all open incidents until ctx ends: all of them once,
// in case the program ended before the last ones were written, then each when
// it changes. What changed last is written before Run returns. What goes wrong
// is logged, and tried again with the next change.
func (k *Keeper) Run(ctx context.Context) {
	after := k.After
	if after == nil {
		after = time.After
	}
	changes := k.Workspace.Watch(ctx)
	p := pace{every: Every, waiting: map[string]bool{}, wrote: map[string]time.Time{}}
	timer := after(Every) // by then the window shows what it is opened for
	first := true
	for {
		select {
		case c, more := <-changes:
			if !more {
				if !k.busy() {
					k.keepAll(p.rest())
				}
				return
			}
			p.changed(c.Incident)
			if timer == nil {
				timer = after(p.next(k.Now()))
			}
			continue
		case <-timer:
			timer = nil
		}
		if k.busy() {
			timer = after(Every)
			continue
		}
		if first {
			first = false
			for _, id := range k.Refresh() {
				p.written(id, k.Now())
			}
		}
		for _, id := range p.due(k.Now()) {
			k.keepAll([]string{id})
			p.written(id, k.Now())
		}
		if len(p.waiting) > 0 {
			timer = after(p.next(k.Now()))
		}
	}
}

func (k *Keeper) busy() bool { return k.Busy != nil && k.Busy() }

func (k *Keeper) keepAll(ids []string) {
	for _, id := range ids {
		if err := k.Keep(id); err != nil {
			k.Workspace.Log().Warn("keep a brief", "error", err)
		}
	}
}

// Refresh writes the brief of every open incident, and takes away those of
// incidents that are not. It returns what it wrote.
func (k *Keeper) Refresh() []string {
	sums, err := k.Workspace.Incidents()
	if err != nil {
		k.Workspace.Log().Warn("keep the briefs", "error", err)
		return nil
	}
	var wrote []string
	wanted := map[string]bool{}
	for _, s := range sums {
		if s.Status == incident.Closed {
			continue
		}
		wanted[folderName(sums, s.ID, s.Label)] = true
		k.keepAll([]string{s.ID})
		wrote = append(wrote, s.ID)
	}
	k.sweep(wanted)
	debug.FreeOSMemory() // or what the pages and pictures took stays with a program that then does nothing for minutes
	return wrote
}

// sweep takes away the briefs of all folders but the wanted ones.
func (k *Keeper) sweep(wanted map[string]bool) {
	there, err := os.ReadDir(filepath.Join(k.Workspace.Dir(), keptFolder))
	if err != nil {
		return // none is there
	}
	for _, d := range there {
		if !wanted[d.Name()] {
			if err := k.drop(d.Name()); err != nil {
				k.Workspace.Log().Warn("take a brief away", "error", err)
			}
		}
	}
}

// Keep writes the brief of an incident as it stands, or takes it away where
// the incident is closed: nobody reads in there any more, and a file that
// nobody writes again would show what is redacted later.
func (k *Keeper) Keep(id string) error {
	name, files, err := k.Files(id)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return k.drop(name)
	}
	dir := filepath.Join(k.Workspace.Dir(), keptFolder, name)
	return errors.Join(
		workspace.WriteDerived(filepath.Join(dir, keptHTML), files[keptHTML]),
		workspace.WriteDerived(filepath.Join(dir, keptText), files[keptText]))
}

// Files writes the brief of an incident as it stands, for whoever keeps it:
// files by their names, none where the incident is closed, and the name of the
// folder that they are for.
func (k *Keeper) Files(id string) (name string, files map[string][]byte, err error) {
	sums, err := k.Workspace.Incidents()
	if err != nil {
		return "", nil, err
	}
	err = k.Workspace.Peek(id, func(inc *incident.Incident) error {
		s := inc.At(k.Now())
		name = folderName(sums, id, s.Label)
		if s.Status == incident.Closed {
			return nil
		}
		b := brief.Write(s, nil, brief.Options{Length: brief.FiveMinutes, Zone: k.Zone})
		page, err := HTML(k.Workspace, s, b)
		if err != nil {
			return fmt.Errorf("write the brief of %s: %w", name, err)
		}
		files = map[string][]byte{keptHTML: page, keptText: []byte(brief.Markdown(b))}
		return nil
	})
	return name, files, err
}

// drop takes the briefs of a folder away, and the folder where nothing else is
// in it.
func (k *Keeper) drop(name string) error {
	dir := filepath.Join(k.Workspace.Dir(), keptFolder, name)
	var errs []error
	for _, file := range []string{keptHTML, keptText} {
		if err := os.Remove(filepath.Join(dir, file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	_ = os.Remove(dir) // stays where somebody put something in
	return errors.Join(errs...)
}

// plainName is a label that every file system takes as the name of a folder.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{3,63}$`)

// folderName is the name of an incident's folder: its label, where that names
// it alone and is fit for one.
func folderName(sums []workspace.Summary, id, label string) string {
	name := label
	for _, s := range sums {
		if s.ID != id && s.Label == label {
			name = id
		}
	}
	if plainName.MatchString(name) {
		return name
	}
	sum := sha256.Sum256([]byte(id))
	return "incident-" + hex.EncodeToString(sum[:8])
}
