package lock

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// sharingViolation is what Windows says of a file that another process holds.
const sharingViolation = syscall.Errno(32)

// Take opens a file, which it makes where there is none, that nobody else can
// open meanwhile: ErrTaken where another process has it.
func Take(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, ErrTaken
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return os.NewFile(uintptr(handle), path), nil
}
