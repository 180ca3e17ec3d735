//go:build unix

package evidence

import (
	"errors"
	"syscall"
)

// dontWait lets a pipe that nobody writes into be opened, and refused.
const dontWait = syscall.O_NONBLOCK

func isLoop(err error) bool { return errors.Is(err, syscall.ELOOP) }
