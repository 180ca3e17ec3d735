// Package navguard keeps the window on its own page. A dropped file, a link
// or a script that sets the location would otherwise take the whole window
// elsewhere; neither a Content-Security-Policy nor Wails can refuse that, so
// WebKit's own policy signal does. Frames are refused in the same way.
package navguard
