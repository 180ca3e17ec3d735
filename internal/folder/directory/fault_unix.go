//go:build !windows

package directory

import (
	"errors"
	"syscall"
)

// isFull reports whether an error says that there is no room, on the disk, for
// this user, or for a file of that size.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
