// Package folder shares a workspace with others through a folder that
// something else carries between machines: Syncthing, Dropbox, a network
// drive. There is no server.
//
// The folder is transport and never the record: every device keeps every
// batch, its own and the others', in its workspace. Delete, empty, roll back
// or fill the folder, and nothing is lost; any device can fill it again.
package folder

import "time"

// A Phase is how a workspace stands with the others.
type Phase string

// The phases, calm ones first.
const (
	Alone    Phase = "alone"    // it is not shared
	InStep   Phase = "in_step"  // all that is here is in the folder, and all that came is here
	Sending  Phase = "sending"  // something is still to be published
	Reading  Phase = "reading"  // a long read is under way: a first join, or after a long time
	Offline  Phase = "offline"  // the folder cannot be reached, or has no marker; nothing is lost
	Stopped  Phase = "stopped"  // it must not be used: another workspace, a newer format, a fault that a person must mend
	Excluded Phase = "excluded" // this device was removed from the members
)

// A State is how sharing stands now. It is derived, and never stored.
type State struct {
	Phase   Phase
	Folder  string    // the path of the folder; empty while Alone
	Name    string    // of the shared workspace
	Sealed  bool      // whoever has no key reads no word in the folder
	Since   time.Time // of Offline, Stopped and Excluded: since when
	Trouble *Trouble  // of Offline, Stopped and Excluded: what is wrong and what to do

	Read    time.Time     // when the folder was last looked through to its end
	Written time.Time     // when something was last published
	ToShare int           // batches that are still to be published
	ToFetch int           // files of evidence that are named and not here yet
	Done    int64         // of Reading: bytes read
	Total   int64         // of Reading: bytes to read
	Waiting int           // batches kept aside: of an unknown device, or sealed with a key that is not here
	Holes   int           // batches that others are known to have written and that have not arrived
	Skew    time.Duration // how far this machine's clock is from the others'; 0 while within two minutes
	Strays  []Trouble     // what lies in the folder and could not be used
	Members []Member
}

// A Trouble is something to know, in three parts.
type Trouble struct {
	What   string // what is wrong
	Effect string // what it means for the person
	Do     string // what to do now; may be empty
}

// A Member is a device that shares the workspace.
type Member struct {
	Device  string
	Name    string // the machine's
	Person  string // who sits before it, as they said
	Self    bool   // this machine
	Invited string // the device that invited it; empty for the founder
	Joined  time.Time
	Removed time.Time // zero while it is a member
	Wrote   time.Time // its newest batch here, by its own clock; zero for none
	Heard   time.Time // when it last said what it has; zero for never
	Lacks   int       // batches that are here and that it had not seen when it was last heard
	Missing int       // batches that it is known to have written and that are not here
}
