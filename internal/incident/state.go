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

// Basis is what a thing rests on and how well that stands now.
type Basis struct {
	Sets     []BasisSet // any one of which holds the thing up
	Footing  Footing
	Circular bool   // rests only on itself, and would stand if that could hold
	Nothing  string // who said that it rests on nothing, while it has no set; its footing stays unrecorded
}

// Shaky reports whether the footing is disputed or fallen.
func (b Basis) Shaky() bool { return b.Footing == Disputed || b.Footing == Fallen }

// A BasisSet is a list of claims, evidence and decisions that must all stand.
type BasisSet struct {
	On      []Ref
	Footing Footing // of its weakest member
}

// Thing is what every thing of an incident has.
type Thing interface {
	Meta() *Made
	Name() string   // its title or text
	Word() string   // its state in a word, as on the command line
	Rests() *Basis  // nil for kinds that rest on nothing
	HasEnded() bool // by the rule of "Ended" in the vocabulary
}

// A Change is one incident.declare or incident.change: what was set by it.
type Change struct {
	Made
	Field string // "title", "severity", "status", "trend", "impact", "not_affected", "aim", "wider"
	From  string
	To    string
	Why   string
}

// A Role is a role held by a person, once however often they took it.
type Role struct {
	Takings []string // ids of the takings that stand: who takes the role from them replaces all
	Ref              // the taking
	Role    string   // "lead", "deputy", "scribe", "comms", "expert", "observer", or a name
	Person  string
	Since   time.Time
	Why     string
}

// A Responder is a person, or an app, who was ever seen in the incident.
type Responder struct {
	Ref                 // ID is the name
	Record       string // id of the record by which they joined, or were first seen
	Name         string
	Why          string
	AskedBy      string
	Offer        string
	Skills       []string
	Team         string
	App          bool
	Joined       time.Time // first seen
	ReadingUntil time.Time // zero where not reading in
	Left         time.Time // zero while here
	LastWord     time.Time
	Roles        []string
	State        string // "reading_in", "active" or "left"
}

// A Word is the last thing that was said in a thread.
type Word struct {
	Ref           // the opening, note or check-in answer
	By     string // who said it
	At     time.Time
	Text   string // a note's text; empty for a CAN report without one
	Seeing string
	Doing  string
	Need   string
	Struck bool // taken back
}

// A Thread is a line of work.
type Thread struct {
	Made
	Basis
	Title     string
	Sort      string // investigate, mitigate, comms, recover, support; empty where unset
	State     ThreadState
	Owner     string
	WaitingOn string
	Due       time.Time     // the next update, zero where none is due
	Rhythm    time.Duration // how long after each word the next is due; 0 for a due set once
	Overdue   bool
	Last      Word
	Words     int       // notes and answers in it
	Changed   time.Time // when its state last changed
	Why       string    // the reason of its last change of state
	ChangedBy string
	ChangeRef Ref    // the record of that change
	Story     []Word // every word, oldest first
}

// A Note is an entry in a thread or in the incident's log.
type Note struct {
	Made
	Text    string
	Seeing  string
	Doing   string
	Need    string
	Thread  string // id, empty for the incident's log
	Key     bool
	ReplyTo string
	Replies int

	Struck    bool // taken back: to be read still, and to count for nothing
	StruckBy  string
	StruckWhy string
}

// A Checkin is a round in which the owners of active threads answer.
type Checkin struct {
	Made
	Minutes int
	Due     time.Time // when the answers are due; zero where no time was given
	Closed  time.Time // zero while open
	Answers []Answer
}

// An Answer is one person's answer in a check-in.
type Answer struct {
	Made
	Thread string
	Seeing string
	Doing  string
	Need   string
}

// An Action is a work item.
type Action struct {
	Made
	Basis
	Text         string
	Sort         string // investigate, verify, mitigate, communicate, follow_up; empty where unset
	State        ActionState
	Owner        string
	Thread       string
	Minutes      int       // its time-box; 0 for none
	Started      time.Time // when it first was in progress
	Due          time.Time // given, or the end of its time-box
	Overdue      bool
	Irreversible bool
	Tests        string // id of the claim that it puts to the test; empty for none
	Result       string
	Why          string // the reason of its last change
	Changed      time.Time
}

// A Claim is a statement believed or doubted. State is derived, never typed.
type Claim struct {
	Made
	Basis
	Text        string
	Thread      string
	WrongIf     string
	Test        string
	NothingOnIt bool // somebody said that nothing rests on it
	State       ClaimState
	Flags       Flags
	Load        int
	OnIt        int    // how many things that have not ended rest on it, directly or through others
	Rested      bool   // whether anything names it in a basis set, ended things too
	Supports    []Link // live evidence for it, talk included
	Contradicts []Link // live evidence against it, talk included
	Neutral     []Link
	Verdicts    []Verdict // those in force, oldest first
	Judged      time.Time // when it was last judged
	ShapeSince  Shape     // the newest change of shape since then; its time is zero where there is none
	Spoken      time.Time // of the newest verdict or re-check, "not sure" too; zero where there is none
	Trials      []*Action // the actions that put it to the test, in record order
	Turned      time.Time // when it was refuted or withdrawn: the record that did it; else zero
	TurnedBy    string
	Why         string    // the reason of that record
	NewestProof time.Time // observed time of the newest supporting proof; zero where none
	CheckedBy   []string  // other people than the author whose verify verdict is in force
}

// A Link is one piece of live evidence of a claim.
type Link struct {
	Evidence *Evidence
	Why      string
	At       time.Time
	By       string
	Proof    bool // not talk
	Echo     bool // of the same origin as an earlier one on this side: counts no more
	Of       Ref  // that earlier one, where it is an echo
}

// A Verdict is one person's word on a claim.
type Verdict struct {
	Ref
	By       string // the person whose verdict it is
	Verdict  string // "verify" or "refute"
	At       time.Time
	Evidence []Ref
	Why      string
	Ruling   bool
}

// Evidence is a thing shown.
type Evidence struct {
	Made
	Sort     string // screenshot, graph, log, alert, change, test, query, message, statement, document, report
	Title    string
	Text     string
	URL      string
	File     string
	SHA256   string // of its file, hex; empty where it has none
	Bytes    int64
	SaidBy   string
	Observed time.Time // At where not given
	Origin   string
	Grade    string
	Thread   string
	ReplyTo  string
	Struck   bool
	StruckBy string
	Why      string // why it was struck
	Expired  bool   // older than its shelf life: display only
	Talk     bool   // somebody's word, which is no proof
	Claims   []Ref  // that it speaks for or against, live links only
	Filed    bool   // looked at, and put aside: it belongs nowhere

	How       string   // how it came in: drop, paste, dialog, command line, typed; empty where not said
	Format    string   // of its file, by content: png, jpeg, log …; empty where not said
	Metadata  []string // what its file carries beside the content, in words: "GPS position"
	TakenFrom string   // where Observed is from: metadata, file time, arrival; empty where a person said it

	CopyOf  Ref    // what it is a copy of; empty for an original
	Part    string // of a copy: marked, cropped, redacted, stripped
	Copies  []Ref  // made of it, oldest first
	InPlace Ref    // the copy to show where this is redacted; empty where there is none

	// Redacted is true at every time that is looked at, also before the
	// redaction: what was redacted is shown nowhere any more. When, by whom and
	// why are known from then on.
	Redacted   bool
	RedactedAt time.Time
	RedactedBy string
	RedactWhy  string
}

// A Decision is a choice made.
type Decision struct {
	Made
	Basis
	Text         string
	Mode         string
	State        DecisionState
	Why          string
	WhyOwed      bool
	WhyDue       time.Time // when the debt falls due; zero unless owed
	Consulted    []string
	Alternatives []string
	Irreversible bool
	Thread       string
	ByWhen       time.Time // by when it is to be made; zero where not given
	RevisitWhen  string
	Objections   []Objection
	SupersededBy Ref
	Changed      time.Time // when its state last changed
	ChangedBy    string
	ChangeWhy    string
}

// An Objection is a strong objection to a decision.
type Objection struct {
	Ref
	By  string
	Why string
	At  time.Time
}

// An Update is a message to people outside.
type Update struct {
	Made
	Basis
	Audience  string
	Text      string
	States    []Ref // the claims that it stated
	NextDue   time.Time
	NextBy    string
	Corrects  Ref
	Corrected Ref  // the update that corrects it
	Newest    bool // the last one to its audience
	Overdue   bool // the newest, and its next is past due
}

// A Dont is something not to do: a freeze, a do-not-restart.
type Dont struct {
	Made
	Text   string
	Lifted time.Time
}

// A Tripwire is if / then / by when / owner.
type Tripwire struct {
	Made
	If       string
	Then     string
	ByWhen   time.Time
	Owner    string
	Answered time.Time
	Happened bool
}

// A Question is asked, and perhaps answered.
type Question struct {
	Made
	Text       string
	About      Ref
	To         string // who is asked; empty for whoever knows
	Answer     string
	AnsweredBy string
	Answered   time.Time
}

// A Criterion is one thing that must hold before the incident is over.
type Criterion struct {
	Made
	Text   string
	Ticked time.Time
}

// A Reading is a number that measures the impact, over time.
type Reading struct {
	Name    string
	Unit    string
	Worse   string  // "up" or "down", empty where unset
	Points  []Point // by time
	Last    Point
	Worst   Point
	Recover bool // Last is better than Worst
}

// A Point is one value of a reading.
type Point struct {
	Ref
	At    time.Time
	Value float64
	By    string
}

// A Shape is a change of the incident's shape, after which beliefs want a
// second look.
type Shape struct {
	Ref
	At   time.Time
	What string // "severity raised to SEV1", "impact wider", "lead changed to Mara", "team grew to 6"
}

// A Prompt is one thing that needs the lead.
type Prompt struct {
	Rank  int    // from 1
	Level Level  // how soon
	Kind  string // "decision_shaky", "no_lead", "thread_no_owner" …
	About Ref
	Text  string
}

// A Promise is something with a time to come.
type Promise struct {
	At    time.Time
	About Ref
	Text  string
	Who   string
}

// A Help is one gap that somebody who joins can fill.
type Help struct {
	Gap    string // "no_lead", "no_scribe", "thread_no_owner" …
	About  []Ref
	Reason string
	Say    string // a sentence to say
	Skills []string
}

// A Notice says why a record is kept without effect.
type Notice struct {
	Record string // its id
	Do     string
	Order  int // its place in record order, from 0
	Reason string
}

// An Entry is one record in words, for a timeline.
type Entry struct {
	Ref             // what it is about
	Record   string // id of the record
	Do       string
	At       time.Time
	Until    time.Time
	Approx   bool
	Recorded time.Time
	By       string // the person whose act it is
	Text     string
	Thread   string
	Key      bool      // a moment that the timeline names
	Due      time.Time // a due time that it set, which Text leaves to the reader's zone; else zero
}
