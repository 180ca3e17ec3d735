package workspace

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/record"
)

// sweepFiles removes files that no record names, left behind where a program
// was ended between keeping a file and recording it. It never removes one that
// a program may be about to name: neither a young one, nor one while its name
// is looked up (see placeBlob). It looks once in the life of a Workspace.
func (w *Workspace) sweepFiles() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	if w.swept {
		return nil
	}
	if err := w.deleteRedacted(); err != nil {
		return err
	}
	old, err := w.oldBlobs()
	if err != nil {
		return err
	}
	if len(old) > 0 {
		if err := w.sweepOld(old); err != nil {
			return err
		}
	}
	w.swept = true
	return nil
}

func (w *Workspace) sweepOld(old []string) error {
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	named, err := newNames(tx)
	if err != nil || named == nil {
		return err
	}
	for _, sum := range old {
		has, err := named.has(sum)
		if err != nil {
			return err
		}
		if has || !w.isOld(w.blobPath(sum)) {
			continue
		}
		if err := os.Remove(w.blobPath(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := w.dropCache(sum); err != nil {
			return err
		}
		w.log.Info("removed a file that no record names", "sha256", sum)
	}
	return nil
}

// oldBlobs lists the files of evidence that were kept long ago.
func (w *Workspace) oldBlobs() ([]string, error) {
	var old []string
	err := w.eachBlob(func(sum, path string) error {
		if w.isOld(path) {
			old = append(old, sum)
		}
		return nil
	})
	return old, err
}

// eachBlob calls do for every file of evidence.
func (w *Workspace) eachBlob(do func(sum, path string) error) error {
	root := filepath.Join(w.dir, blobFolder)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), tempBlob) || !isSum(d.Name()) {
			return err
		}
		return do(d.Name(), path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (w *Workspace) isOld(path string) bool {
	info, err := os.Stat(path)
	return err == nil && w.now().Sub(info.ModTime()) >= leftover
}

// touch makes a file young again, for somebody who is about to name it.
func (w *Workspace) touch(path string) error {
	now := time.Now() // as the file system counts
	return os.Chtimes(path, now, now)
}

// names tell which files of evidence records name.
type names struct {
	q     querier
	aside map[string]bool // named by batches in quarantine
}

// newNames returns nil while there are batches whose names are not looked up
// yet.
func newNames(q querier) (*names, error) {
	upTo, err := indexedUpTo(q)
	if err != nil {
		return nil, err
	}
	var last int64
	if err := q.QueryRow("SELECT ifnull(max(seq), 0) FROM batches").Scan(&last); err != nil || last > upTo {
		return nil, err
	}
	n := &names{q: q, aside: map[string]bool{}}
	lines, err := linesOf(q.Query("SELECT line FROM quarantine"))
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		n.aside = sumsIn(n.aside, line)
	}
	return n, nil
}

// sumsIn adds to sums those of the files that a line names.
func sumsIn(sums map[string]bool, line []byte) map[string]bool {
	records, _, err := record.DecodeBatchRecords(line, nil)
	if err != nil {
		return sums
	}
	for _, r := range records {
		if sum := textField(r, "sha256"); sum != "" {
			sums[sum] = true
		}
	}
	return sums
}

func (n *names) has(sum string) (bool, error) {
	if n.aside[sum] {
		return true, nil
	}
	var one int
	err := n.q.QueryRow("SELECT 1 FROM files WHERE sha256 = ? LIMIT 1", sum).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
