package app

import (
	"bearings/internal/brief"
	"bearings/internal/incident"
)

// The states as they cross to the window, where each becomes a union: a state
// that the window forgets to draw fails its type check there.
type (
	ClaimState  incident.ClaimState
	ThreadState incident.ThreadState
	ActionState incident.ActionState
	Status      incident.Status
	Length      brief.Length
)

// A Reader is who reads a brief.
type Reader string

// The readers of a brief.
const (
	ReaderJoining  Reader = "joining"  // somebody who joins now
	ReaderLead     Reader = "lead"     // the next lead: the handover brief
	ReaderReturned Reader = "returned" // somebody back after a break: what changed since

	ReaderLeadership Reader = "leadership" // what leadership asks for first
)

// A named value is one of a union, and what it is called there.
type named[T any] struct {
	Value  T
	TSName string
}

// unions are all values of each of these types.
func unions() []any {
	return []any{
		[]named[ClaimState]{
			{ClaimState(incident.Verified), "Verified"},
			{ClaimState(incident.Supported), "Supported"},
			{ClaimState(incident.ClaimDisputed), "Disputed"},
			{ClaimState(incident.Assumption), "Assumption"},
			{ClaimState(incident.Hypothesis), "Hypothesis"},
			{ClaimState(incident.Refuted), "Refuted"},
			{ClaimState(incident.Withdrawn), "Withdrawn"},
		},
		[]named[ThreadState]{
			{ThreadState(incident.NeedsOwner), "NeedsOwner"},
			{ThreadState(incident.Active), "Active"},
			{ThreadState(incident.Waiting), "Waiting"},
			{ThreadState(incident.Parked), "Parked"},
			{ThreadState(incident.ThreadDone), "Done"},
			{ThreadState(incident.DeadEnd), "DeadEnd"},
		},
		[]named[ActionState]{
			{ActionState(incident.ActionProposed), "Proposed"},
			{ActionState(incident.Assigned), "Assigned"},
			{ActionState(incident.InProgress), "InProgress"},
			{ActionState(incident.Blocked), "Blocked"},
			{ActionState(incident.ActionDone), "Done"},
			{ActionState(incident.Failed), "Failed"},
			{ActionState(incident.Dropped), "Dropped"},
		},
		[]named[Status]{
			{Status(incident.Investigating), "Investigating"},
			{Status(incident.Mitigating), "Mitigating"},
			{Status(incident.Monitoring), "Monitoring"},
			{Status(incident.Resolved), "Resolved"},
			{Status(incident.Closed), "Closed"},
		},
		[]named[Length]{
			{Length(brief.OneMinute), "OneMinute"},
			{Length(brief.FiveMinutes), "FiveMinutes"},
			{Length(brief.Full), "Full"},
		},
		[]named[Format]{{FormatText, "Text"}, {FormatMarkdown, "Markdown"}, {FormatHTML, "HTML"}, {FormatPDF, "PDF"}},
		[]named[Reader]{{ReaderJoining, "Joining"}, {ReaderLead, "Lead"}, {ReaderReturned, "Returned"}, {ReaderLeadership, "Leadership"}},
	}
}
