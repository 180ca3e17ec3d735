package workspace

import (
	"os"
	"path/filepath"
	"strings"
)

// An engine is something that carries folders between machines, and how to
// tell that a folder is one of its own. A database inside such a folder would
// be copied while it is written, and be damaged on the other side.
type engine struct {
	name    string
	markers []string // files or folders that it keeps at the top of its folder; may be patterns
	folders []string // names that its folder has; "OneDrive" also fits "OneDrive - Company"
}

var engines = []engine{
	{name: "Syncthing", markers: []string{".stfolder", ".stignore", ".stversions"}},
	{name: "Dropbox", markers: []string{".dropbox", ".dropbox.cache"}, folders: []string{"Dropbox"}},
	{name: "OneDrive", markers: []string{".849C9593-D756-4E56-8D6E-42412F2A707B"}, folders: []string{"OneDrive"}},
	{name: "iCloud Drive", folders: []string{"Mobile Documents", "iCloudDrive", "iCloud Drive"}},
	{name: "Nextcloud", markers: []string{".sync_*.db", "._sync_*.db", ".nextcloudsync.log", ".owncloudsync.log"}, folders: []string{"Nextcloud"}},
	{name: "Google Drive", markers: []string{".tmp.drivedownload", ".tmp.driveupload"}, folders: []string{"Google Drive", "GoogleDrive"}},
	{name: "Resilio Sync", markers: []string{".sync/ID"}},
	{name: "Bearings' shared folder", markers: []string{"bearings.json"}},
}

// owner returns the name of the sync engine that owns dir or a folder above
// it, and that folder; "" where none does.
func owner(dir string) (engine, folder string) {
	for {
		for _, e := range engines {
			if e.owns(dir) {
				return e.name, dir
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", ""
		}
		dir = parent
	}
}

func (e engine) owns(dir string) bool {
	base := filepath.Base(dir)
	for _, name := range e.folders {
		if base == name || strings.HasPrefix(base, name+" - ") || strings.HasPrefix(base, name+" (") {
			return true
		}
	}
	for _, marker := range e.markers {
		if found(dir, marker) {
			return true
		}
	}
	return false
}

func found(dir, marker string) bool {
	if !strings.Contains(marker, "*") {
		_, err := os.Lstat(filepath.Join(dir, marker))
		return err == nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, entry := range entries {
		if ok, _ := filepath.Match(marker, entry.Name()); ok {
			return true
		}
	}
	return false
}

// refuseSynced says no to a place inside a folder that a sync engine owns,
// also where dir gets there through a symbolic link.
func refuseSynced(dir string) error {
	for _, path := range []string{dir, resolve(dir)} {
		if name, folder := owner(path); name != "" {
			return &Error{
				Code:    CodeSynced,
				Message: "a workspace cannot lie inside " + folder + ": " + name + " copies that folder while the database is written, and would damage it",
				Hint:    "Choose a folder outside it with --workspace.",
			}
		}
	}
	return nil
}

// resolve follows the symbolic links of the part of dir that exists.
func resolve(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	parent := filepath.Dir(dir)
	if parent == dir {
		return dir
	}
	return filepath.Join(resolve(parent), filepath.Base(dir))
}
