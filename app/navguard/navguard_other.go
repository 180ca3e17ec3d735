//go:build !(linux && (production || dev))

package navguard

// Install does nothing: there is no web view to guard, or this platform has no
// guard.
func Install() {}
