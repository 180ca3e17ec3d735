package workspace

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	blobFolder = "blobs"
	tempBlob   = "in-" // begins the name of a file that is being written
)

// PutBlob keeps the bytes of r as a file named by their SHA-256, and returns
// that name in hex and their number. When it returns, the file is on the disk.
// Bytes that are already here are not written again.
func (w *Workspace) PutBlob(r io.Reader) (sum string, size int64, err error) {
	if w.readOnly {
		return "", 0, openedToRead()
	}
	sum, size, err = w.putBlob(r)
	if err != nil {
		return "", 0, fmt.Errorf("keep a file: %w", explain(err))
	}
	return sum, size, nil
}

// KeepBlob is PutBlob of what should have a SHA-256: an *Error of CodeDamaged,
// and nothing is kept, where it has another.
func (w *Workspace) KeepBlob(sum string, r io.Reader) error {
	if w.readOnly {
		return openedToRead()
	}
	if !isSum(sum) {
		return &Error{Code: CodeInvalid, Message: fmt.Sprintf("%.80q is not a SHA-256 in hex", sum)}
	}
	if _, _, err := w.keepBlob(r, sum); err != nil {
		return fmt.Errorf("keep file %s: %w", sum, explain(err))
	}
	return nil
}

func (w *Workspace) putBlob(r io.Reader) (string, int64, error) { return w.keepBlob(r, "") }

// keepBlob keeps the bytes of r, if they have the SHA-256 that is asked for.
func (w *Workspace) keepBlob(r io.Reader, want string) (string, int64, error) {
	root := filepath.Join(w.dir, blobFolder)
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", 0, err
	}
	temp, err := os.CreateTemp(root, tempBlob+"*")
	if err != nil {
		return "", 0, err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()

	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temp, hash), r)
	if err != nil {
		return "", 0, err
	}
	if err := temp.Sync(); err != nil {
		return "", 0, err
	}
	if err := temp.Close(); err != nil {
		return "", 0, err
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if want != "" && sum != want {
		return "", 0, &Error{Code: CodeDamaged, Message: "what came is not the file that it should be"}
	}
	return sum, size, w.placeBlob(temp.Name(), sum)
}

// placeBlob gives the file at temp its name for good. While it does, nobody
// else writes to the database: a file that was here already is not swept
// before it is named, and one that was redacted does not come back.
func (w *Workspace) placeBlob(temp, sum string) error {
	path := w.blobPath(sum)
	there, err := w.verifiedBlob(sum)
	if err == nil {
		there.Close()
	}
	whole := err == nil
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := refuseRedacted(tx, sum); err != nil {
		return err
	}
	if !whole || w.touch(path) != nil {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.Rename(temp, path); err != nil {
			return err
		}
	}
	// Each folder around it may be new: blobs/ab, blobs, and their place in the
	// workspace. Whoever put a file there that is whole may have been killed
	// before its name was durable.
	for range 3 {
		path = filepath.Dir(path)
		if err := syncFolder(path); err != nil {
			return err
		}
	}
	return nil
}

// refuseRedacted says no to a file of which all evidence was redacted.
func refuseRedacted(q querier, sum string) error {
	var of, redacted int
	var where sql.NullString
	err := q.QueryRow(`SELECT count(*), count(r.record), max(f.incident) FROM files f
		LEFT JOIN redactions r ON r.incident = f.incident AND r.record = f.record WHERE f.sha256 = ?`, sum).Scan(&of, &redacted, &where)
	if err != nil || of == 0 || redacted < of {
		return err
	}
	return &Error{
		Code:    CodeRedacted,
		Message: "this file was redacted, and is not kept again",
		Hint:    "Add a copy from which what is secret is gone.",
	}
}

// OpenBlob returns the bytes of the blob of a SHA-256 in hex, after it has
// checked that they are those bytes. A blob that has not arrived on this
// machine is an [Error] of CodeNotHere; one that was changed, of CodeDamaged.
func (w *Workspace) OpenBlob(sum string) (io.ReadSeekCloser, error) {
	f, err := w.verifiedBlob(sum)
	if err != nil {
		return nil, fmt.Errorf("open file %.80s: %w", sum, err)
	}
	return f, nil
}

// HasBlob reports whether the blob of a SHA-256 in hex is on this machine. It
// does not read it.
func (w *Workspace) HasBlob(sum string) bool {
	if !isSum(sum) {
		return false
	}
	_, err := os.Stat(w.blobPath(sum))
	return err == nil
}

// BlobSize returns how many bytes the blob of a SHA-256 in hex has. It does not
// read it.
func (w *Workspace) BlobSize(sum string) (int64, error) {
	if !isSum(sum) {
		return 0, fmt.Errorf("%.80q is no SHA-256", sum)
	}
	info, err := os.Stat(w.blobPath(sum))
	if err != nil {
		return 0, fmt.Errorf("look at file %s: %w", sum, err)
	}
	return info.Size(), nil
}

// verifiedBlob opens a blob whose bytes hash to its name.
func (w *Workspace) verifiedBlob(sum string) (*os.File, error) {
	if !isSum(sum) {
		return nil, &Error{Code: CodeInvalid, Message: fmt.Sprintf("%.80q is not a SHA-256 in hex", sum)}
	}
	f, err := os.Open(w.blobPath(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{
			Code:    CodeNotHere,
			Message: "this file is not on this machine yet",
			Hint:    "It arrives when a machine that has it shares it.",
		}
	}
	if err != nil {
		return nil, err
	}
	if err := verify(f, sum); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// verify checks that the bytes of f hash to sum, and goes back to its start.
func verify(f *os.File, sum string) error {
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return &Error{
			Code:    CodeDamaged,
			Message: "the file " + f.Name() + " is not what was kept: its bytes have changed",
			Hint:    "Put the original in its place from a backup; its SHA-256 is its name.",
		}
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}

func (w *Workspace) blobPath(sum string) string {
	return filepath.Join(w.dir, blobFolder, sum[:2], sum)
}

// isSum reports whether s is a SHA-256 in lower-case hex, so that it can be a
// file's name.
func isSum(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// syncFolder makes the names in a folder durable. Where the system cannot
// open a folder to sync it, renames are durable in its own way.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil // it is not ours to read: a folder around a workspace
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
