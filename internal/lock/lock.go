// Package lock lets one process at a time do something, by a file that it
// holds: the window of a workspace, and who shares it. However a process ends,
// what it held is free then.
package lock

import "errors"

// ErrTaken says that another process holds the file.
var ErrTaken = errors.New("another process holds it")
