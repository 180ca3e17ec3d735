package directory

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// The names of the files of a brief.
const (
	briefStart = "BRIEF."

	briefCharacters = "abcdefghijklmnopqrstuvwxyz"
)

// incidentFolder names the folder of an incident, whatever its identity is.
func incidentFolder(incident string) string {
	if plainName(incident) {
		return incident
	}
	sum := sha256.Sum256([]byte(incident))
	return "x-" + hex.EncodeToString(sum[:16])
}

func isBrief(name string) bool {
	end, ok := strings.CutPrefix(name, briefStart)
	return ok && end != "" && strings.Trim(end, briefCharacters) == ""
}

// PutBrief replaces the files of a brief, each at once. One that says what is
// there already is not written again.
func (f *Folder) PutBrief(_ context.Context, incident string, files map[string][]byte) error {
	for name := range files {
		if !isBrief(name) {
			return fmt.Errorf("%.80q is no name of a brief", name)
		}
	}
	return f.changing("write a brief", func() error {
		if err := f.ours(); err != nil {
			return err
		}
		folder := incidentFolder(incident)
		if len(files) == 0 {
			return f.removeBrief(folder)
		}
		if err := f.mkdir(briefFolder, folder); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if err := f.replaceBrief(path.Join(briefFolder, folder, name), files[name]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Folder) replaceBrief(name string, text []byte) error {
	file, err := f.open(name)
	if err == nil {
		here := new(bytes.Buffer)
		_, err = here.ReadFrom(file)
		file.Close() // it was only read
		if err == nil && bytes.Equal(here.Bytes(), text) {
			return nil
		}
	}
	return f.place(name, text)
}

// removeBrief removes what are briefs, and their folder where nothing else is
// in it.
func (f *Folder) removeBrief(folder string) error {
	_, files, err := f.list(briefFolder, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	others := false
	for _, name := range files {
		if !strings.HasPrefix(name, "BRIEF") { // also a copy that an engine made of one
			others = true
			continue
		}
		if err := f.disk.Remove(f.path(briefFolder, folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if others {
		return nil
	}
	// What is in it in spite of that, a folder say, keeps it.
	_ = f.disk.Remove(f.path(briefFolder, folder))
	return f.disk.SyncDir(f.path(briefFolder))
}

// BriefWritten returns the time of the newest file of a brief.
func (f *Folder) BriefWritten(_ context.Context, incident string) (time.Time, error) {
	folder := incidentFolder(incident)
	_, files, err := f.list(briefFolder, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look for a brief in %s: %w", f.root, trouble(err))
	}
	var newest time.Time
	for _, name := range files {
		info, err := f.disk.Stat(f.path(briefFolder, folder, name))
		if err == nil && isBrief(name) && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	return newest, nil
}
