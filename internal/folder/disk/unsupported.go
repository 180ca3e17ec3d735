package disk

import (
	"errors"
	"syscall"
)

// unsupported reports whether a file system says that it cannot sync a folder.
func unsupported(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported)
}
