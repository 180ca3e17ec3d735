package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"bearings/internal/folder/carrier"
)

// blobName checks the name of a file of evidence, and returns the folder that
// it lies in.
func blobName(name string) (folder string, err error) {
	if len(name) < 3 || !plainName(name) {
		return "", fmt.Errorf("%.80q is no name of a file of evidence", name)
	}
	return name[:2], nil
}

// PutBlob writes a file of evidence under another name first.
func (f *Folder) PutBlob(ctx context.Context, name string, r io.Reader) error {
	folder, err := blobName(name)
	if err != nil {
		return err
	}
	return f.changing("keep a file", func() error {
		if err := errors.Join(ctx.Err(), f.ours()); err != nil {
			return err
		}
		if err := f.mkdir(blobFolder, folder); err != nil {
			return err
		}
		if _, err := f.disk.Stat(f.path(blobFolder, folder, name)); err == nil {
			return nil
		}
		return f.placeFrom(path.Join(blobFolder, folder, name), func(to io.Writer) error {
			_, err := io.Copy(to, r)
			return err
		})
	})
}

// Blob opens a file of evidence.
func (f *Folder) Blob(_ context.Context, name string) (io.ReadCloser, error) {
	folder, err := blobName(name)
	if err != nil {
		return nil, err
	}
	file, err := f.openBlob(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", carrier.ErrNotHere, err)
	}
	if err != nil {
		return nil, fmt.Errorf("open a file of evidence in %s: %w", f.root, trouble(err))
	}
	return file, nil
}

func (f *Folder) openBlob(folder, name string) (io.ReadCloser, error) {
	if err := f.ours(); err != nil {
		return nil, err
	}
	for _, parts := range [][]string{{blobFolder}, {blobFolder, folder}} {
		if err := f.isFolder(parts...); err != nil {
			return nil, err
		}
	}
	return f.open(blobFolder, folder, name)
}

// RemoveBlob removes a file of evidence, and the copies that an engine made of
// it.
func (f *Folder) RemoveBlob(_ context.Context, name string) error {
	folder, err := blobName(name)
	if err != nil {
		return err
	}
	return f.changing("remove a file", func() error {
		if err := f.ours(); err != nil {
			return err
		}
		_, files, err := f.list(blobFolder, folder)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		removed := false
		for _, file := range files {
			if !strings.HasPrefix(file, name) {
				continue
			}
			if err := f.disk.Remove(f.path(blobFolder, folder, file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			removed = true
		}
		if !removed {
			return nil
		}
		return f.disk.SyncDir(f.path(blobFolder, folder))
	})
}
