package workspace

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteDerived writes a file that is there as a whole or not at all, for its
// owner alone, in the place of one that is there. What it holds can be made
// again, so it need not survive a power cut. What it is written to first is
// named like it: a redaction finds by the name what was drawn from something.
func WriteDerived(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // of mode 0600
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // of no use, and maybe gone
	}
	return err
}
