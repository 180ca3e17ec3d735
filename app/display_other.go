//go:build !(linux && (production || dev))

package app

// HasDisplay reports whether there is a display to open a window on.
func HasDisplay() bool { return true }
