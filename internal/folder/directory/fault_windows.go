package directory

import (
	"errors"
	"syscall"
)

// What Windows says of a disk without room.
const (
	handleDiskFull = syscall.Errno(39)
	diskFull       = syscall.Errno(112)
	quotaExceeded  = syscall.Errno(1295)
)

// isFull reports whether an error says that there is no room.
func isFull(err error) bool {
	return errors.Is(err, diskFull) || errors.Is(err, handleDiskFull) || errors.Is(err, quotaExceeded) || errors.Is(err, syscall.ENOSPC)
}
