package directory

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"

	"bearings/internal/record"
)

// Names that this package gives are of these characters only, which every file
// system keeps, whatever it thinks of upper case and of accents.
const nameCharacters = "0123456789abcdefghijklmnopqrstuvwxyz-"

// plainName reports whether a text can be the name of something.
func plainName(name string) bool {
	return name != "" && len(name) <= longestName && strings.Trim(name, nameCharacters) == ""
}

const longestName = 120

// Files that are being written have a name that sync engines leave alone:
// Dropbox those that begin so, OneDrive those that end so.
const (
	tempStart = ".~bearings-"
	tempEnd   = ".tmp"
)

func (f *Folder) tempName() (string, error) {
	drawn, err := f.draw()
	return tempStart + drawn + tempEnd, err
}

// draw draws 40 bits, as 8 characters.
func (f *Folder) draw() (string, error) {
	var b [5]byte
	if _, err := io.ReadFull(f.random, b[:]); err != nil {
		return "", fmt.Errorf("draw a name: %w", err)
	}
	return lowerBase32.EncodeToString(b[:]), nil
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// logName draws a name for a file of lines.
func (f *Folder) logName(run record.Run, first uint64) (string, error) {
	drawn, err := f.draw()
	return fmt.Sprintf("%s-%d-%s%s", run, first, drawn, logEnd), err
}

const (
	logEnd  = ".jsonl"
	packEnd = ".jsonl.zst"
)

// month names the folder of the lines of a month.
func month(t time.Time) string { return t.UTC().Format("2006-01") }

// passing reports whether a file is on its way: what an engine, or this
// program, writes under such a name comes again under its own.
func passing(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, ".tmp") ||
		strings.HasSuffix(name, ".part") || strings.HasSuffix(name, ".crdownload")
}

// notFetched reports whether a file is what iCloud leaves of one that it has
// not fetched.
func notFetched(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".icloud")
}
