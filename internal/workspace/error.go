package workspace

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Error is an error with a code to decide on, a message for people, and a hint
// that says what to do now.
type Error = incident.Error

// The codes of the errors of this package.
const (
	CodeNewer      = "newer"      // made by a newer Bearings
	CodeDamaged    = "damaged"    // not a database, or one whose bytes contradict each other
	CodeForeign    = "not_ours"   // a database of another program
	CodeReadOnly   = "read_only"  // on a place that cannot be written, or opened to read
	CodeSynced     = "synced"     // inside a folder that a sync engine owns
	CodeDiskFull   = "disk_full"  // no space left
	CodeBusy       = "busy"       // another process held the database for too long
	CodeNotFound   = "not_found"  // no such workspace, incident or record
	CodeUnfinished = "unfinished" // redacted, and not all of it erased yet
	CodeConflict   = incident.CodeConflict
	CodeRedacted   = "redacted"   // a file that was redacted, and is not kept again
	CodeAmbiguous  = "ambiguous"  // a name that fits several
	CodeNotHere    = "not_here"   // a blob that has not arrived on this machine
	CodeTooLarge   = "too_large"  // a record that fits in no line
	CodeInvalid    = "invalid"    // an argument that cannot be right
	CodeStrict     = "not_strict" // a strict import of a file that is not clean
)

// explain turns what SQLite and the operating system say into an Error where
// a person can do something about it. Other errors are returned as they are.
func explain(err error) error {
	var typed *Error
	if err == nil || errors.As(err, &typed) {
		return err
	}
	if errors.Is(err, record.ErrTooLarge) {
		return &Error{
			Code:    CodeTooLarge,
			Message: "this is too much for one step; nothing of it was written",
			Hint:    "Do it in several steps. A long text or log is better kept as a file of evidence.",
		}
	}
	if full(err) {
		return &Error{
			Code:    CodeDiskFull,
			Message: "the disk is full; nothing of this was written",
			Hint:    "Free some space, then do it again. What was saved before is safe.",
		}
	}
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return explainSQLite(lite)
	}
	if errors.Is(err, syscall.ENOTDIR) {
		return notFolder("a part of this path is a file, not a folder")
	}
	if errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission) {
		return readOnlyError()
	}
	return err
}

// explainToReader is explain for somebody who only reads, and of whom nothing
// would have been written.
func explainToReader(err error) error {
	if !full(err) {
		return explain(err)
	}
	return &Error{
		Code:    CodeDiskFull,
		Message: "the disk is so full that not even reading finds the room that it needs; nothing is lost",
		Hint:    "Free some space, then do it again.",
	}
}

func notFolder(what string) *Error {
	return &Error{Code: CodeForeign, Message: what, Hint: "Choose a folder with --workspace."}
}

func full(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrFull || lite.SystemErrno == syscall.ENOSPC || lite.SystemErrno == syscall.EFBIG
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG)
}

func explainSQLite(err sqlite3.Error) error {
	switch err.Code {
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return damagedError(err.Error())
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		return readOnlyError()
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return &Error{
			Code:    CodeBusy,
			Message: "another process has held the workspace for too long; nothing of this was written",
			Hint:    "Wait until the other command is done, then do it again.",
		}
	default:
		return err
	}
}

func damagedError(what string) *Error {
	return &Error{
		Code:    CodeDamaged,
		Message: "the workspace's database is damaged: " + what,
		Hint:    "Keep the folder as it is and copy it somewhere safe. Put a backup of it in its place, or start a new workspace and import your exports.",
	}
}

func readOnlyError() *Error {
	return &Error{
		Code:    CodeReadOnly,
		Message: "the workspace lies on a place that cannot be written",
		Hint:    "Choose another folder with --workspace, or make this one writable.",
	}
}
