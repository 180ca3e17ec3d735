package incident

import "strings"

// Status is how far the handling of an incident has come.
type Status string

// The statuses, in their order.
const (
	Investigating Status = "investigating"
	Mitigating    Status = "mitigating"
	Monitoring    Status = "monitoring"
	Resolved      Status = "resolved"
	Closed        Status = "closed"
)

// Trend says whether the incident gets better or worse.
type Trend string

// The trends.
const (
	Improving    Trend = "improving"
	Steady       Trend = "steady"
	Worsening    Trend = "worsening"
	TrendUnknown Trend = "unknown"
)

// ThreadState is the state of a thread.
type ThreadState string

// The states of a thread.
const (
	NeedsOwner ThreadState = "needs_owner"
	Active     ThreadState = "active"
	Waiting    ThreadState = "waiting"
	Parked     ThreadState = "parked"
	ThreadDone ThreadState = "done"
	DeadEnd    ThreadState = "dead_end"
)

// ActionState is the state of an action.
type ActionState string

// The states of an action.
const (
	ActionProposed ActionState = "proposed"
	Assigned       ActionState = "assigned"
	InProgress     ActionState = "in_progress"
	Blocked        ActionState = "blocked"
	ActionDone     ActionState = "done"
	Failed         ActionState = "failed"
	Dropped        ActionState = "dropped"
)

// DecisionState is the state of a decision.
type DecisionState string

// The states of a decision.
const (
	DecisionProposed DecisionState = "proposed"
	InForce          DecisionState = "in_force"
	Revisit          DecisionState = "revisit"
	Reversed         DecisionState = "reversed"
	Superseded       DecisionState = "superseded"
)

// ClaimState is what the records say of a claim. It is derived, never typed.
type ClaimState string

// The states of a claim.
const (
	Withdrawn     ClaimState = "withdrawn"
	ClaimDisputed ClaimState = "disputed"
	Refuted       ClaimState = "refuted"
	Verified      ClaimState = "verified"
	Supported     ClaimState = "supported"
	Assumption    ClaimState = "assumption"
	Hypothesis    ClaimState = "hypothesis"
)

// fallen reports whether a claim of this state holds nothing up any more.
func (s ClaimState) fallen() bool { return s == Refuted || s == Withdrawn }

// Footing is how well the basis of a thing stands. The order of the values is
// fallen < disputed < assumed < firm; Unrecorded is of a thing that has no
// basis.
type Footing uint8

// The footings.
const (
	Unrecorded Footing = iota
	Fallen
	Disputed
	Assumed
	Firm
)

var footingWords = [...]string{"unrecorded", "fallen", "disputed", "assumed", "firm"}

func (f Footing) String() string { return footingWords[f] }

// Bucket is the part of a brief that a claim belongs to.
type Bucket string

// The buckets, from better to worse.
const (
	BucketKnown    Bucket = "known"
	BucketAssuming Bucket = "assuming"
	BucketRuledOut Bucket = "ruled_out"
	BucketGone     Bucket = "gone"
)

// Bucket returns the part of a brief that a claim of this state belongs to.
func (s ClaimState) Bucket() Bucket {
	switch s {
	case Verified, Supported:
		return BucketKnown
	case Refuted:
		return BucketRuledOut
	case Withdrawn:
		return BucketGone
	default:
		return BucketAssuming
	}
}

// Rank places the bucket in the order from better (0) to worse (3).
func (b Bucket) Rank() int {
	switch b {
	case BucketKnown:
		return 0
	case BucketAssuming:
		return 1
	case BucketRuledOut:
		return 2
	default:
		return 3
	}
}

// Flags are what is to be said of a claim beside its state.
type Flags uint8

// The flags.
const (
	FlagRecheck Flags = 1 << iota // the incident changed since it was judged
	FlagShaky
	FlagLoadBearing // something that has not ended rests on it
	FlagWordOnly    // backed by talk only
	FlagAged        // its newest proof is past its shelf life
	FlagCircular
)

var flagWords = [...]string{"recheck", "shaky", "load_bearing", "word_only", "aged", "circular"}

// Has reports whether all of the flags in g are set in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// Words lists the flags that are set, as the command line names them.
func (f Flags) Words() []string {
	words := []string{}
	for i, w := range flagWords {
		if f&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return words
}

func (f Flags) String() string { return strings.Join(f.Words(), " ") }

// Level says how soon a prompt wants an answer.
type Level uint8

// The levels, in the words of flight decks: act now, act soon, know.
const (
	Warning Level = iota + 1
	Caution
	Advisory
)

var levelWords = [...]string{"", "warning", "caution", "advisory"}

func (l Level) String() string { return levelWords[l] }
