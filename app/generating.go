//go:build bindings

package app

// generating says that this program runs only to write the window's bindings:
// it opens nothing.
const generating = true
