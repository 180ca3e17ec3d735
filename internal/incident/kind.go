package incident

import (
	"fmt"
	"slices"

	"bearings/internal/record"
)

// A body is what a record says beyond its envelope. Each kind of record is a
// struct of its noun's file, bound to the record's fields.
type body interface {
	// check says why the rules forbid the record, given what came before it
	// in record order. Fields and references were checked before.
	check(f *fold, e *entry) *Error
	// apply takes the record into the fold. A record that check refuses still
	// comes, with allowed false: it is kept, mostly without effect.
	apply(f *fold, e *entry, allowed bool)
	// line says in a few words what the record did, for a timeline, and what
	// it is about.
	line(n *names, e *entry) (about Ref, text string)
}

// A newcomer has a rule more while it is made: what its maker can know then, but
// need not have known where it comes from another machine.
type newcomer interface {
	checkNew(f *fold, e *entry) *Error
}

// A referrer refers to other records by id.
type referrer interface {
	refs() []reference
}

// A validator has rules for its fields that the field tags cannot say.
type validator interface {
	valid() *Error
}

// A reference names another record, and what it may be; no kinds means any.
type reference struct {
	id    string
	kinds []Kind
}

func refs(kind Kind, ids ...string) []reference {
	var out []reference
	for _, id := range ids {
		if id != "" {
			out = append(out, reference{id, []Kind{kind}})
		}
	}
	return out
}

// groundKinds are the things that others can rest on.
var groundKinds = []Kind{KindClaim, KindEvidence, KindDecision}

func groundRefs(ids []string) []reference {
	out := make([]reference, 0, len(ids))
	for _, id := range ids {
		out = append(out, reference{id, groundKinds})
	}
	return out
}

// unruled is the check of the kinds that no rule forbids to anybody.
type unruled struct{}

func (unruled) check(*fold, *entry) *Error { return nil }

type kindInfo struct {
	makes  Kind   // the thing that a record of this kind makes; KindRecord for none
	letter string // of its display label, empty for none
	new    func() body
}

// kinds are all the kinds of records that the program knows.
var kinds = map[string]kindInfo{
	"incident.declare":  {KindIncident, "", func() body { return new(incidentDeclare) }},
	"incident.change":   {KindRecord, "", func() body { return new(incidentChange) }},
	"criterion.add":     {KindCriterion, "", func() body { return new(criterionAdd) }},
	"criterion.tick":    {KindRecord, "", func() body { return new(criterionTick) }},
	"person.join":       {KindRecord, "", func() body { return new(personJoin) }},
	"person.ready":      {KindRecord, "", func() body { return new(personReady) }},
	"person.leave":      {KindRecord, "", func() body { return new(personLeave) }},
	"role.take":         {KindRole, "", func() body { return new(roleTake) }},
	"role.release":      {KindRecord, "", func() body { return new(roleRelease) }},
	"handover.open":     {KindHandover, "", func() body { return new(handoverOpen) }},
	"handover.readback": {KindRecord, "", func() body { return new(handoverReadback) }},
	"handover.decline":  {KindRecord, "", func() body { return new(handoverDecline) }},
	"handover.withdraw": {KindRecord, "", func() body { return new(handoverWithdraw) }},
	"handover.accept":   {KindRole, "", func() body { return new(handoverAccept) }},
	"thread.open":       {KindThread, "T", func() body { return new(threadOpen) }},
	"thread.change":     {KindRecord, "", func() body { return new(threadChange) }},
	"note.add":          {KindNote, "N", func() body { return new(noteAdd) }},
	"note.strike":       {KindRecord, "", func() body { return new(noteStrike) }},
	"reading.add":       {KindReading, "", func() body { return new(readingAdd) }},
	"checkin.open":      {KindCheckin, "R", func() body { return new(checkinOpen) }},
	"checkin.answer":    {KindRecord, "", func() body { return new(checkinAnswer) }},
	"checkin.close":     {KindRecord, "", func() body { return new(checkinClose) }},
	"action.add":        {KindAction, "A", func() body { return new(actionAdd) }},
	"action.change":     {KindRecord, "", func() body { return new(actionChange) }},
	"claim.make":        {KindClaim, "C", func() body { return new(claimMake) }},
	"claim.change":      {KindRecord, "", func() body { return new(claimChange) }},
	"claim.verdict":     {KindRecord, "", func() body { return new(claimVerdict) }},
	"claim.recheck":     {KindRecord, "", func() body { return new(claimRecheck) }},
	"claim.withdraw":    {KindRecord, "", func() body { return new(claimWithdraw) }},
	"evidence.add":      {KindEvidence, "E", func() body { return new(evidenceAdd) }},
	"evidence.change":   {KindRecord, "", func() body { return new(evidenceChange) }},
	"evidence.link":     {KindRecord, "", func() body { return new(evidenceLink) }},
	"evidence.strike":   {KindRecord, "", func() body { return new(evidenceStrike) }},
	"evidence.redact":   {KindRecord, "", func() body { return new(evidenceRedact) }},
	"basis.add":         {KindRecord, "", func() body { return new(basisAdd) }},
	"basis.drop":        {KindRecord, "", func() body { return new(basisDrop) }},
	"decision.make":     {KindDecision, "D", func() body { return new(decisionMake) }},
	"decision.object":   {KindRecord, "", func() body { return new(decisionObject) }},
	"decision.change":   {KindRecord, "", func() body { return new(decisionChange) }},
	"update.send":       {KindUpdate, "U", func() body { return new(updateSend) }},
	"dont.add":          {KindDont, "X", func() body { return new(dontAdd) }},
	"dont.lift":         {KindRecord, "", func() body { return new(dontLift) }},
	"tripwire.set":      {KindTripwire, "W", func() body { return new(tripwireSet) }},
	"tripwire.answer":   {KindRecord, "", func() body { return new(tripwireAnswer) }},
	"question.ask":      {KindQuestion, "Q", func() body { return new(questionAsk) }},
	"question.answer":   {KindRecord, "", func() body { return new(questionAnswer) }},
}

// Known reports whether the program knows the kind of record do.
func Known(do string) bool {
	_, ok := kinds[do]
	return ok
}

// Kinds lists the kinds of records that the program knows, sorted.
func Kinds() []string {
	names := make([]string, 0, len(kinds))
	for do := range kinds {
		names = append(names, do)
	}
	slices.Sort(names)
	return names
}

// LabelLetter returns the letter of the display labels of what a record of
// kind do makes ("T" for thread.open), empty where such have no label.
func LabelLetter(do string) string { return kinds[do].letter }

// Makes returns the kind of thing that a record of kind do makes, KindRecord
// where it makes none.
func Makes(do string) Kind {
	if k, ok := kinds[do]; ok {
		return k.makes
	}
	return KindRecord
}

// Fields lists the fields that the program knows of records of kind do; none
// for a kind that it does not know.
func Fields(do string) []record.BoundField {
	k, ok := kinds[do]
	if !ok {
		return nil
	}
	return record.BoundFields(k.new())
}

// bind reads the fields of a record into the struct of its kind. It returns
// nil, nil for a kind that the program does not know.
func bind(r *record.Record) (body, *Error) {
	k, ok := kinds[r.Do]
	if !ok {
		return nil, nil
	}
	b := k.new()
	if err := record.Bind(r.Fields, b); err != nil {
		return nil, &Error{Code: CodeInvalid, Message: r.Do + ": " + err.Error()}
	}
	if v, ok := b.(validator); ok {
		if err := v.valid(); err != nil {
			err.Message = r.Do + ": " + err.Message
			return nil, err
		}
	}
	return b, nil
}

// Validate checks the fields of a record, without the incident that it
// belongs to: what is required is there, and every value makes sense. A kind
// that the program does not know is valid. The error is an *Error.
func Validate(r *record.Record) error {
	if _, err := bind(r); err != nil {
		return err
	}
	return nil
}

// References returns the ids that a record refers to.
func References(r *record.Record) []string {
	b, err := bind(r)
	if err != nil {
		return nil
	}
	ref, ok := b.(referrer)
	if !ok {
		return nil
	}
	var ids []string
	for _, x := range ref.refs() {
		ids = append(ids, x.id)
	}
	return ids
}

// CheckReferences checks that everything a record refers to is there and of a
// kind that makes sense. kindOf tells the kind of the record with an id. The
// error is an *Error.
func CheckReferences(r *record.Record, kindOf func(id string) (Kind, bool)) error {
	b, err := bind(r)
	if err != nil {
		return err
	}
	if err := checkReferences(b, kindOf); err != nil {
		return err
	}
	return nil
}

func checkReferences(b body, kindOf func(id string) (Kind, bool)) *Error {
	ref, ok := b.(referrer)
	if !ok {
		return nil
	}
	for _, x := range ref.refs() {
		kind, ok := kindOf(x.id)
		if !ok {
			return &Error{
				Code:    CodeUnknownReference,
				Message: fmt.Sprintf("there is nothing with the id %q", x.id),
				Hint:    "check the id, or add the thing first",
			}
		}
		if len(x.kinds) > 0 && !slices.Contains(x.kinds, kind) {
			return &Error{
				Code:    CodeUnknownReference,
				Message: fmt.Sprintf("%q is %s, and %s is wanted", x.id, named(kind), wanted(x.kinds)),
			}
		}
	}
	return nil
}

// named is a kind with its article: "an action", but "evidence".
func named(k Kind) string {
	switch k {
	case KindEvidence:
		return "evidence"
	case KindAction, KindUpdate, KindIncident:
		return "an " + string(k)
	default:
		return "a " + string(k)
	}
}

func wanted(kinds []Kind) string {
	text := named(kinds[0])
	for i, k := range kinds[1:] {
		if i == len(kinds)-2 {
			text += " or " + named(k)
		} else {
			text += ", " + named(k)
		}
	}
	return text
}
