package folder

import (
	"context"
	"io"
	"time"

	"bearings/internal/folder/carrier"
)

// Options say how a workspace is shared. The zero value shares through folders
// on disk, by the clock of the machine.
type Options struct {
	Now  func() time.Time                                        // the clock; time.Now where nil
	Wait func(ctx context.Context, d time.Duration)              // returns when something may have come, and else after d; the carrier's own Wait where nil
	Open func(folder string, p Profile) (carrier.Carrier, error) // opens what carries the workspace; a folder on disk where nil

	Random  io.Reader   // makes keys; crypto/rand where nil
	Work    int         // of trying the words of an invitation; seal.WorkFactor where 0, and less in tests only
	Machine string      // what this machine is called; its host name where empty
	Gently  bool        // a long read leaves the machine to whoever works at it
	Front   func() bool // whether somebody looks at the window, so that reading is to be quick; always where nil

	// BriefOf writes the brief of an incident as files, by name: none where it
	// is to have none. Where it is nil no briefs are put into the folder.
	BriefOf func(incident string) (map[string][]byte, error)
}

// A Profile is how a folder is written to.
type Profile string

// The profiles.
const (
	Live  Profile = "live"  // files are appended to: Syncthing, a network drive, git
	Cloud Profile = "cloud" // files are written once and never touched again: OneDrive, iCloud, Dropbox
)

// FoundOptions say what is shared, and how.
type FoundOptions struct {
	Folder  string
	Name    string // of the shared workspace
	Person  string // who sits before this machine
	Sealed  bool   // whoever has no key reads no word in the folder
	Briefs  bool   // briefs are kept in the folder, readable by whoever can read it
	Profile Profile
}

// JoinOptions say which folder to join.
type JoinOptions struct {
	Folder     string
	Person     string
	Invitation []byte // of a sealed workspace
	Words      string // the passphrase of the invitation
	Briefs     bool   // of a sealed workspace: this machine puts briefs into the folder, readable by whoever can read it
	Profile    Profile
}

// InviteOptions say whom to invite.
type InviteOptions struct {
	For   string
	Valid time.Duration
}

// An Invitation is what to give to somebody who is to join: the file by one
// way, the words by another.
type Invitation struct {
	ID    string
	File  []byte
	Words string
	Until time.Time
}

// A Report says what one round of sharing did.
type Report struct {
	Published int // batches put into the folder
	Healed    int // batches that the folder had lost, or never had, and that were put into it again
	Added     int // batches that came
	Records   int // records in these
	Sent      int // files of evidence put into the folder
	Fetched   int // files of evidence that came
	Erased    int // lines of the folder from which something was erased
	Packed    int // files of the folder whose lines were packed together with others
}

// A FolderReport says what a folder holds, and what is wrong with it.
type FolderReport struct {
	Batches   int // different ones
	Records   int
	Twice     int // lines that are there more than once; harmless
	Files     int // files of evidence
	Documents int
	Lacking   int     // batches of this workspace that the folder does not have
	Missing   int     // files of evidence that are named and not in the folder
	Faults    []Fault // what is wrong
	Notes     []Fault // where something lacks: not wrong, as it may be on its way; the first hundred
}

// A Fault is one thing that is wrong in a folder, and where.
type Fault struct {
	Where string // its path in the folder
	What  string
}

// Clean reports whether nothing is wrong.
func (r *FolderReport) Clean() bool { return len(r.Faults) == 0 }

// A Finding is what lies in a folder that somebody chose.
type Finding struct {
	Marker *carrier.Marker // of the workspace that is shared there; nil where none is
	Newer  bool            // it is in a format that this version does not know
	Empty  bool            // nothing lies there
	Files  int             // how many other things lie there
	There  bool            // the folder is there at all
}
