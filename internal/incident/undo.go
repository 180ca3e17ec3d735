package incident

import (
	"encoding/json"
	"slices"
	"strconv"

	"bearings/internal/record"
)

// Undo returns the records that take back a record, without maker and time,
// for the caller to fill in. Nothing is ever removed: what was said stays in
// the history, and so does its taking back. What somebody else has changed
// since is left as they want it. What cannot be taken back is an *Error that
// says why, and what to do instead.
func (i *Incident) Undo(id string) ([]*record.Record, error) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	e, ok := i.byID[id]
	if !ok || e.body == nil {
		return nil, &Error{Code: CodeUnknownReference, Message: "there is nothing to take back"}
	}
	acts, err := i.undo(e)
	if err != nil {
		return nil, err
	}
	for _, a := range acts {
		a.Fields = append(a.Fields, record.TextField(undoes, id))
	}
	return acts, nil
}

func (i *Incident) undo(e *entry) ([]*record.Record, *Error) {
	switch b := e.body.(type) {
	case retractable:
		return []*record.Record{retraction(i.byID, e)}, nil
	case undoable:
		return b.undo(i.foldBefore(e), i.fold, e)
	default:
		_, did := e.body.line(i.fold.names(), e)
		return nil, forbidden("Say in a note what is right", "“%s” cannot be taken back", did)
	}
}

// Redo returns the records that bring back what a record took back: its own
// undoing where that can be done, else the first record once more.
func (i *Incident) Redo(id string) ([]*record.Record, error) {
	acts, err := i.Undo(id)
	if err == nil {
		return acts, nil
	}
	i.mu.RLock()
	defer i.mu.RUnlock()
	e, ok := i.byID[id]
	if !ok {
		return nil, err
	}
	first, ok := i.byID[Undoes(e.Record)]
	if !ok {
		return nil, err
	}
	if _, gone := i.left[first.ID]; gone {
		return nil, forbidden("add what may be shown as evidence of its own", "what it showed was redacted and cannot be brought back")
	}
	again := &record.Record{Do: first.Do, Fields: slices.Clone(first.Fields)}
	again.Fields = append(again.Fields, record.TextField(undoes, id))
	return []*record.Record{again}, nil
}

// foldBefore is the incident as it stood when a record came.
func (i *Incident) foldBefore(e *entry) *fold {
	before := newFold(i.id, i.byID)
	for _, old := range i.entries[:e.order] {
		before.add(&entry{Record: old.Record, body: old.body, err: old.err, away: old.away})
	}
	return before
}

// An undoable is a body that can be taken back, given the incident before it
// and now.
type undoable interface {
	undo(before, now *fold, e *entry) ([]*record.Record, *Error)
}

// why is what a taking back says of itself.
const why = "taken back"

// act makes a record of a kind from names and values.
func act(do string, fields ...any) *record.Record {
	r := &record.Record{Do: do}
	for n := 0; n < len(fields); n += 2 {
		value, err := json.Marshal(fields[n+1])
		if err != nil {
			panic("a field that cannot be written: " + fields[n].(string)) // only texts, lists and yes or no are given
		}
		r.Fields = append(r.Fields, record.Field{Key: fields[n].(string), Value: value})
	}
	return r
}

// A restoring collects the fields that a change set and that still hold what
// it set, with what they held before.
type restoring struct {
	fields []any
}

func (r *restoring) text(name string, set *string, before, now string) {
	if set != nil && *set == now && before != now {
		r.fields = append(r.fields, name, before)
	}
}

// acts is the change that restores, or an error where nothing is left to.
func (r *restoring) acts(do string, of ...any) ([]*record.Record, *Error) {
	if len(r.fields) == 0 {
		return nil, forbidden("look at its history", "it was changed again since, and is left as it is")
	}
	return []*record.Record{act(do, append(of, r.fields...)...)}, nil
}

func (b *incidentChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	if b.Wider {
		return nil, forbidden("change the impact to what it is", "that the impact grew cannot be taken back")
	}
	var r restoring
	was, is := &before.situation, &now.situation
	r.text("title", b.Title, was.title, is.title)
	if was.severity != "" {
		r.text("severity", b.Severity, was.severity, is.severity)
	}
	r.text("status", b.Status, string(was.status), string(is.status))
	r.text("trend", b.Trend, string(was.trend), string(is.trend))
	r.text("impact", b.Impact, was.impact, is.impact)
	r.text("not_affected", b.NotAffected, was.notAffected, is.notAffected)
	r.text("aim", b.Aim, was.aim, is.aim)
	return r.acts("incident.change", "why", why)
}

func (b *threadOpen) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("thread.change", "thread", e.ID, "state", string(DeadEnd), "why", why)}, nil
}

func (b *threadChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	was, is := before.threads.get(b.Thread), now.threads.get(b.Thread)
	var r restoring
	r.text("title", b.Title, was.Title, is.Title)
	r.text("kind", b.Kind, was.Sort, is.Sort)
	r.text("owner", b.Owner, was.Owner, is.Owner)
	if b.State != nil || b.Owner != nil {
		state := string(is.State)
		r.text("state", &state, string(was.State), string(is.State))
	}
	r.text("waiting_on", b.WaitingOn, was.WaitingOn, is.WaitingOn)
	if b.Due != nil {
		due := is.dueAs()
		if once, rhythm, _ := parseDue(*b.Due); once.Equal(is.Due) && rhythm == is.Rhythm {
			r.text("due", &due, was.dueAs(), due)
		}
	}
	return r.acts("thread.change", "thread", b.Thread, "why", why)
}

func (b *noteAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("note.strike", "note", e.ID, "why", why)}, nil
}

func (b *noteStrike) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("note.strike", "note", b.Note, "restore", !b.Restore)}, nil
}

func (b *actionAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("action.change", "action", e.ID, "state", string(Dropped), "why", why)}, nil
}

func (b *actionChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	was, is := before.actions.get(b.Action), now.actions.get(b.Action)
	var r restoring
	if b.State != nil || b.Owner != nil {
		state := string(is.State)
		r.text("state", &state, string(was.State), string(is.State))
	}
	r.text("owner", b.Owner, was.Owner, is.Owner)
	r.text("result", b.Result, was.Result, is.Result)
	return r.acts("action.change", "action", b.Action, "why", why)
}

func (b *claimMake) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("claim.withdraw", "claim", e.ID, "why", why)}, nil
}

func (b *claimChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	was, is := before.claims.get(b.Claim), now.claims.get(b.Claim)
	var r restoring
	r.text("text", b.Text, was.Text, is.Text)
	r.text("wrong_if", b.WrongIf, was.WrongIf, is.WrongIf)
	r.text("test", b.Test, was.Test, is.Test)
	r.text("on_it", b.OnIt, onIt(was), onIt(is))
	r.text("thread", b.Thread, was.Thread, is.Thread)
	return r.acts("claim.change", "claim", b.Claim)
}

func onIt(c *claim) string {
	if c.NothingOnIt {
		return "nothing"
	}
	return ""
}

func (b *evidenceAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("evidence.strike", "evidence", e.ID, "why", why)}, nil
}

func (b *evidenceLink) undo(before, _ *fold, _ *entry) ([]*record.Record, *Error) {
	relation := "neutral"
	for _, l := range before.claims.get(b.Claim).links {
		if l.evidence == before.evidence.get(b.Evidence) {
			relation = l.relation
		}
	}
	return []*record.Record{act("evidence.link", "evidence", b.Evidence, "claim", b.Claim, "relation", relation, "why", why)}, nil
}

func (b *evidenceChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	was, is := before.evidence.get(b.Evidence), now.evidence.get(b.Evidence)
	var r restoring
	r.text("title", b.Title, was.Title, is.Title)
	r.text("kind", b.Kind, was.Sort, is.Sort)
	r.text("grade", b.Grade, was.Grade, is.Grade)
	r.text("origin", b.Origin, was.Origin, is.Origin)
	r.text("said_by", b.SaidBy, was.SaidBy, is.SaidBy)
	r.text("thread", b.Thread, was.Thread, is.Thread)
	if b.Observed != nil && b.Observed.Equal(is.Observed) && !was.Observed.Equal(is.Observed) {
		r.fields = append(r.fields, "observed", was.Observed)
	}
	if b.Filed != nil && *b.Filed == is.Filed && was.Filed != is.Filed {
		r.fields = append(r.fields, "filed", was.Filed)
	}
	return r.acts("evidence.change", "evidence", b.Evidence)
}

func (b *evidenceRedact) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return nil, forbidden("add what may be shown as evidence of its own", "what was redacted is gone and cannot be brought back")
}

func (b *basisAdd) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("basis.drop", "of", b.Of, "on", b.On)}, nil
}

func (b *basisDrop) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("basis.add", "of", b.Of, "on", b.On)}, nil
}

func (b *decisionMake) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("decision.change", "decision", e.ID, "state", string(Reversed), "why", why)}, nil
}

func (b *decisionChange) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	was, is := before.decisions.get(b.Decision), now.decisions.get(b.Decision)
	var r restoring
	if b.State != nil || b.SupersededBy != "" {
		state := string(is.State)
		r.text("state", &state, string(was.State), string(is.State))
	}
	r.text("text", b.Text, was.Text, is.Text)
	return r.acts("decision.change", "decision", b.Decision) // a why would pay what is owed
}

// What the incident is held to is no longer.
func (b *criterionAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("criterion.tick", "criterion", e.ID)}, nil
}

func (b *dontAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("dont.lift", "dont", e.ID)}, nil
}

func (b *dontLift) undo(before, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("dont.add", "text", before.donts.get(b.Dont).Text)}, nil
}

func (b *tripwireSet) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("tripwire.answer", "tripwire", e.ID, "happened", false)}, nil
}

func (b *questionAsk) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("question.answer", "question", e.ID, "text", "Taken back")}, nil
}

func (b *checkinOpen) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("checkin.close", "checkin", e.ID)}, nil
}

func (b *updateSend) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return nil, forbidden("send a correction", "an update that was sent cannot be taken back")
}

func (b *personJoin) undo(_, now *fold, e *entry) ([]*record.Record, *Error) {
	if now.people.know(e.Person, e).left {
		return nil, forbidden("", "%s has left since", e.Person)
	}
	return []*record.Record{onBehalf(act("person.leave"), e.Person)}, nil
}

func (b *personLeave) undo(before, _ *fold, e *entry) ([]*record.Record, *Error) {
	p := before.people.know(e.Person, e)
	return []*record.Record{onBehalf(act("person.join",
		"why", p.Why, "asked_by", p.AskedBy, "offer", p.Offer, "skills", p.Skills, "team", p.Team, "app", p.App,
	), e.Person)}, nil
}

// dueAs writes a due as the incident file does.
func (t *thread) dueAs() string {
	switch {
	case t.Rhythm > 0:
		return strconv.Itoa(int(t.Rhythm.Seconds())) + "s"
	case t.Due.IsZero():
		return ""
	default:
		return t.Due.Format("2006-01-02T15:04:05Z07:00")
	}
}
