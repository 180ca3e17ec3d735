//go:build linux && (production || dev)

package app

import "os"

// HasDisplay reports whether there is a display to open a window on. Without
// one the toolkit would end the program in its own words.
func HasDisplay() bool { return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" }
