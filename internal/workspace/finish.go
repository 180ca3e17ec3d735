package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// finishErasing does what is left to do after something was redacted: it
// deletes the files that nothing names any more, and all that was derived from
// them, and writes the database anew. What fails is tried again at the next
// opening, or when the workspace is tended.
func (w *Workspace) finishErasing() error {
	pending, err := w.Setting(settingErasing)
	if err != nil || pending == "" {
		return err
	}
	if err := w.deleteRedactedAlone(); err != nil {
		return err
	}
	if err := w.writeAnew(); err != nil {
		return err
	}
	return w.forgetErasing(pending)
}

// FinishErasing erases from the disk what arrivals redact that were to be
// erased later.
func (w *Workspace) FinishErasing() error {
	if err := w.finishErasing(); err != nil {
		return fmt.Errorf("erase what was redacted: %w", explain(err))
	}
	return nil
}

// tryFinishErasing is finishErasing where what was asked for is done in any
// case.
func (w *Workspace) tryFinishErasing() {
	if err := w.finishErasing(); err != nil {
		w.log.Error("erase what was redacted", "error", err)
	}
}

// ErasePending reports whether something that was redacted is still in the
// free space of the database or among the files, since another process was
// using them. It is erased at the next opening.
func (w *Workspace) ErasePending() (bool, error) {
	pending, err := w.Setting(settingErasing)
	return pending != "", err
}

func (w *Workspace) deleteRedactedAlone() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	return w.deleteRedacted()
}

// deleteRedacted deletes the files of which all evidence is redacted, while
// nobody else writes. The caller holds w.writing.
func (w *Workspace) deleteRedacted() error {
	tx, err := w.writer.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	sums, err := textsOf(tx.Query(allRedacted))
	if err != nil {
		return err
	}
	for _, sum := range sums {
		if !isSum(sum) {
			continue
		}
		if err := os.Remove(w.blobPath(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := w.dropCache(sum); err != nil {
			return err
		}
	}
	return nil
}

// allRedacted lists the files of which all evidence is redacted.
const allRedacted = `SELECT f.sha256 FROM files f LEFT JOIN redactions r ON r.incident = f.incident AND r.record = f.record
	GROUP BY f.sha256 HAVING count(r.record) = count(*)`

// readersTimeout is how long those who read the database are waited for, in
// milliseconds.
const readersTimeout = 1000

// writeAnew writes the database anew, without what was freed in it, and empties
// its log.
func (w *Workspace) writeAnew() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	ctx := context.Background()
	if _, err := w.writer.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	// Whoever reads meanwhile is not waited for as long as for who writes:
	// nothing can be saved as long.
	if _, err := w.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", readersTimeout)); err != nil {
		return err
	}
	var busy, inLog, moved int
	err := w.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &inLog, &moved)
	if _, reset := w.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", busyTimeout)); err == nil {
		err = reset
	}
	if err == nil && busy != 0 {
		return &Error{Code: CodeBusy, Message: "another process reads the database, so that its log could not be emptied"}
	}
	return err
}

// forgetErasing notes that all is done, unless something was redacted
// meanwhile.
func (w *Workspace) forgetErasing(pending string) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	_, err := w.writer.Exec("DELETE FROM settings WHERE key = ? AND value = ?", settingErasing, pending)
	return err
}
