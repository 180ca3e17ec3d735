// Package framing tells the desktop what Wails cannot: to maximise a window
// that goes back to its own size afterwards. A window manager takes that size
// from the window as it is when it comes up, so it must have come up.
package framing
