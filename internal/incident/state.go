package incident

import (
	"sync"
	"time"
)

// A State is an incident as it stood at one moment: everything that follows
// from its records, computed when asked for and never stored. Slices are in
// record order unless said otherwise; nothing in a State may be changed by
// its reader.
type State struct {
	Now time.Time // the moment for which ages, dues and overdue are computed

	Incident      string    // its identity
	Ref                     // the record that declared it, with the incident's label
	Title         string    //
	Severity      string    // "SEV1" … "SEV4", empty while unset
	SeverityAt    time.Time // when the severity last changed; zero while unset
	Status        Status
	Trend         Trend
	Impact        string
	NotAffected   string
	Aim           string
	Changes       []Change // every incident.declare and incident.change, oldest first
	Declared      time.Time
	Started       time.Time // zero if not given
	StartedApprox bool
	Detected      time.Time // zero if not given
	Ended         bool      // resolved or closed

	Leads      []Role      // who leads now; two after a split until one yields
	Roles      []Role      // every role held now, the lead's included
	Handover   *Handover   // the open handover, nil where none
	HandedOff  *Handover   // the last handover that ended without the lead moving by it, nil where none did
	Responders []Responder // everyone ever seen, those who left and apps included
	Here       int         // people here now: not left, not an app, not an observer
	Threads    []*Thread
	Notes      []*Note
	Checkins   []*Checkin
	Actions    []*Action
	Claims     []*Claim
	Evidence   []*Evidence
	Decisions  []*Decision
	Updates    []*Update
	Donts      []*Dont
	Tripwires  []*Tripwire
	Questions  []*Question
	Criteria   []*Criterion
	Readings   []Reading   // one for each name, in order of first appearance
	Shapes     []Shape     // the shape changes, oldest first
	Attention  []Prompt    // what needs the lead, most urgent first
	Promised   []Promise   // everything with a time to come, soonest first
	Help       []Help      // where somebody who joins can help; at most 3
	Recheck    []*Claim    // the re-check queue, at most 5, load first
	Inbox      []*Evidence // evidence that has no place yet, oldest first
	Review     Review      // what of the queue is to be looked at now
	Worklists  []*Worklist // what each claim that fell brought down, the one that fell last first
	Notices    []Notice    // records that are kept without effect, and why
	Records    int         // records that this state was made from
	Unknown    int         // of these, records of a kind that this program does not know
	LastRecord time.Time   // recorded time of the newest one

	incident *Incident
	fold     *fold
	upTo     int // records that this state was made from
	*judged
	grounded []Thing // what can rest on others or be rested on, by slot
	indexed  sync.Once
	found    index
}

// A Kind says what sort of thing something is.
type Kind string

// The kinds of things.
const (
	KindIncident  Kind = "incident"
	KindResponder Kind = "responder"
	KindThread    Kind = "thread"
	KindNote      Kind = "note"
	KindCheckin   Kind = "checkin"
	KindAction    Kind = "action"
	KindClaim     Kind = "claim"
	KindEvidence  Kind = "evidence"
	KindDecision  Kind = "decision"
	KindUpdate    Kind = "update"
	KindDont      Kind = "dont"
	KindTripwire  Kind = "tripwire"
	KindQuestion  Kind = "question"
	KindCriterion Kind = "criterion"
	KindReading   Kind = "reading"
	KindRole      Kind = "role"
	KindHandover  Kind = "handover"
	KindRecord    Kind = "record" // a record that makes no thing of its own
)

// A Ref points at a thing, or at a record.
type Ref struct {
	ID    string
	Label string // as displayed, "C8a" where two devices gave one label; empty for kinds without
	Kind  Kind
}

// Made says who made a thing, and when.
type Made struct {
	Ref
	By       string    // who recorded it
	Person   string    // whose it is
	At       time.Time // when it happened
	Approx   bool
	Until    time.Time // end of a range, else zero
	Recorded time.Time
}

// Thing is what every thing of an incident has.
type Thing interface {
	Meta() *Made
	Name() string   // its title or text
	Word() string   // its state in a word, as on the command line
	Rests() *Basis  // nil for kinds that rest on nothing
	HasEnded() bool // by the rule of "Ended" in the vocabulary
}
