// Package carrier says what carries a shared workspace between machines, and
// nothing of how: the folder that something else keeps in step, and in tests a
// simulated one that does everything wrong that such folders do.
//
// A carrier is transport and never the record. It may deliver late, in any
// order, in part, twice, an older state again, or not at all, and what is not
// there is not deleted. Whoever reads from it takes lines by their content.
package carrier

import (
	"context"
	"errors"
	"io"
	"time"

	"bearings/internal/record"
)

// What can be wrong with a carrier. Errors of carriers wrap one of these where
// it is known which it is.
var (
	ErrNoMarker    = errors.New("nothing says that a workspace is shared here")
	ErrFounded     = errors.New("another workspace is shared here already")
	ErrNewer       = errors.New("it is in a format that this version does not know")
	ErrUnreachable = errors.New("it cannot be reached")
	ErrReadOnly    = errors.New("it cannot be written to")
	ErrFull        = errors.New("it is full")
	ErrTaken       = errors.New("a document of that name says something else")
	ErrNotHere     = errors.New("it has not arrived yet")
)

// A Carrier carries one workspace. Its methods may be called by several
// goroutines, and block as long as the place that they reach does.
type Carrier interface {
	// Marker returns what says that a workspace is shared here: ErrNoMarker
	// where nothing does, or it has not arrived yet.
	Marker(ctx context.Context) (Marker, error)

	// Found makes the place carry a workspace: ErrFounded where it carries
	// another one.
	Found(ctx context.Context, m Marker) error

	// Publish adds lines, each with its line break, of one run in the order of
	// their numbers, beginning with the number first. When it returns nil they
	// are as durable as the place allows. After an error any of them may be
	// there; to publish them again does no harm.
	Publish(ctx context.Context, run record.Run, first uint64, lines [][]byte) error

	// Pull returns lines that may be new to a reader who has come as far as
	// marks say, whole lines only, together about limit bytes at most. With
	// no marks it begins anew.
	Pull(ctx context.Context, marks Marks, limit int) (Delivery, error)

	// Wait returns when something may have come, and else after atMost or when
	// ctx ends.
	Wait(ctx context.Context, atMost time.Duration)

	// Holdings says what the place holds, as far as it was looked at by Pull.
	Holdings(ctx context.Context) ([]Holding, error)

	// Rewrite puts in place of lines of a run those that erased returns for
	// them, for redaction: the only way in which a line ever changes. It
	// reports how many it replaced, among those that this machine published.
	Rewrite(ctx context.Context, run record.Run, erased func(line []byte) ([]byte, bool)) (int, error)

	// Pack lays lines together that were published long ago, so that the place
	// has fewer files and they are smaller: each time a part of what there is to
	// gain. It reports how many files it let go of, 0 where that is not worth it.
	// Every line stays, and is durable where it is then before it is let go of
	// where it was. It packs what Pull has come by.
	Pack(ctx context.Context, p Packing) (int, error)

	// Put keeps a document, once: a no-op where the same is there, ErrTaken
	// where another of that name is.
	Put(ctx context.Context, d Document) error

	// Documents returns all documents that are here and whole.
	Documents(ctx context.Context) ([]Document, error)

	// PutBlob keeps what r gives under a name; a no-op where it is there.
	PutBlob(ctx context.Context, name string, r io.Reader) error

	// Blob returns what is kept under a name: ErrNotHere where nothing is, or
	// it has not arrived. It may be another's bytes; the reader checks.
	Blob(ctx context.Context, name string) (io.ReadCloser, error)

	// RemoveBlob removes what is kept under a name, for redaction.
	RemoveBlob(ctx context.Context, name string) error

	// PutBrief replaces the brief of an incident: the one thing that is ever
	// replaced. Files are named as they shall be there. No files removes it.
	PutBrief(ctx context.Context, incident string, files map[string][]byte) error

	// BriefWritten returns when the brief of an incident was last replaced, by
	// whomever; the zero time where there is none.
	BriefWritten(ctx context.Context, incident string) (time.Time, error)

	// Health says how the place is doing, without touching what it carries.
	Health(ctx context.Context) Health

	Close() error
}

// A Marker says which workspace a place carries. It is written once.
type Marker struct {
	Format    int       `json:"format"`
	Workspace string    `json:"workspace"` // its identity
	Name      string    `json:"name"`
	Sealed    bool      `json:"sealed"`
	Founder   string    `json:"founder"` // the device that founded it
	Founded   time.Time `json:"founded"`
}

// Marks say how far a reader has come, by place within the carrier; only the
// carrier knows what they mean. Whoever keeps them keeps them in the
// transaction that takes the lines in. Lost marks cost time, nothing else.
type Marks map[string]string

// A Delivery is what came.
type Delivery struct {
	Lines  [][]byte // whole lines, with their line breaks, in the order in which they stand in their files
	Marks  Marks    // those that changed; an empty value for one that is gone
	More   bool     // there is more at once
	Done   int64    // bytes read of Total, in the run of pulls that began when More was last false
	Total  int64
	Strays []Stray
	Torn   []string // places that end in the middle of a line
}

// A Stray is something found in the place that could not be used as it is: said
// to people, and passed.
type Stray struct {
	Where string // its path within the place
	What  string // what is wrong, in words
}

// A Holding is a stretch of numbers of one run that a place holds.
type Holding struct {
	Run      record.Run
	From, To uint64 // both included
}

// A Packing says which lines may be packed: only files are that hold no others.
type Packing struct {
	Before time.Time              // files that have changed since are left as they are
	Mine   func(record.Run) bool  // reports whether this machine wrote a run
	Still  func(line []byte) bool // reports whether a line is what this machine has of its place, and has nothing else of it
}

// A Document is a small file that is written once: a member's card, an
// invitation, a removal, a key. Its name is a path of two parts, such as
// "members/<device>.json".
type Document struct {
	Name string
	Body []byte
}

// MaxDocument is how many bytes a document has at most.
const MaxDocument = 64 << 10

// Health says how a place is doing.
type Health struct {
	Reachable bool
	Writable  bool
	Err       error // why it is not; wraps one of the errors of this package where it is known which
}
