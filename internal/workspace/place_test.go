package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"bearings/internal/workspace"
)

func TestAFolderThatASyncEngineOwnsIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		marker string // a file at the top of the engine's folder
		folder string // the name of the engine's folder
		fine   bool
	}{
		"Syncthing":            {marker: ".stfolder"},
		"Syncthing, ignoring":  {marker: ".stignore"},
		"Dropbox":              {marker: ".dropbox"},
		"Dropbox's cache":      {marker: ".dropbox.cache"},
		"Dropbox by name":      {folder: "Dropbox"},
		"Dropbox of a company": {folder: "Dropbox (Company)"},
		"OneDrive by name":     {folder: "OneDrive"},
		"OneDrive, company":    {folder: "OneDrive - Company"},
		"OneDrive":             {marker: ".849C9593-D756-4E56-8D6E-42412F2A707B"},
		"iCloud":               {folder: "Mobile Documents"},
		"Nextcloud":            {marker: ".sync_abc123.db"},
		"Nextcloud by name":    {folder: "Nextcloud"},
		"Google Drive":         {folder: "Google Drive"},
		"Resilio":              {marker: ".sync/ID"},
		"our shared folder":    {marker: "bearings.json"},
		"a git checkout":       {marker: ".git/HEAD", fine: true},
		"a name like one":      {folder: "Dropboxes", fine: true},
		"nothing":              {fine: true},
	} {
		t.Run(name, func(t *testing.T) {
			top := filepath.Join(t.TempDir(), test.folder)
			inside := filepath.Join(top, "work", "ws")
			if err := os.MkdirAll(top, 0o700); err != nil {
				t.Fatal(err)
			}
			if test.marker != "" {
				marker := filepath.Join(top, test.marker)
				if err := os.MkdirAll(filepath.Dir(marker), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(marker, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(top, link); err != nil {
				t.Fatal(err)
			}
			for _, dir := range []string{inside, filepath.Join(link, "work", "ws")} {
				ws, err := workspace.Open(dir, workspace.Options{})
				if test.fine {
					if err != nil {
						t.Fatal(err)
					}
					ws.Close()
					continue
				}
				wantCode(t, err, workspace.CodeSynced)
				if _, err := os.Stat(filepath.Join(top, "work")); err == nil {
					t.Error("something was written there")
				}
			}
		})
	}
}
