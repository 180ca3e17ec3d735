package command

import (
	"path/filepath"
	"runtime"
)

// dataFolder is where a platform keeps the data of programs.
func dataFolder(home string) string {
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Bearings")
	case "windows":
		return filepath.Join(home, "AppData", "Local", "Bearings")
	default:
		return filepath.Join(home, ".local", "share", "bearings")
	}
}
