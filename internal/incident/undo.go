package incident

import (
	"encoding/json"
	"slices"
	"strconv"

	"bearings/internal/record"
)

// undoes is the field by which a record says which one it takes back. It
// makes no difference to what the record does.
const undoes = "undoes"

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
	u, ok := e.body.(undoable)
	if !ok {
		_, did := e.body.line(i.fold.names(), e)
		return nil, forbidden("Say in a note what is right", "“%s” cannot be taken back", did)
	}
	acts, err := u.undo(i.foldBefore(e), i.fold, e)
	if err != nil {
		return nil, err
	}
	for _, a := range acts {
		a.Fields = append(a.Fields, record.TextField(undoes, id))
	}
	return acts, nil
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

// Undoes returns the id of the record that a record takes back, empty for none.
func Undoes(r *record.Record) string {
	value, ok := r.Field(undoes)
	if !ok {
		return ""
	}
	var id string
	if json.Unmarshal(value, &id) != nil {
		return ""
	}
	return id
}

// backTo goes back over what takes back what to the record that was first, and
// says whether the last takes it back, rather than bringing it back.
func backTo(byID map[string]*entry, e *entry) (first *entry, back bool) {
	for range len(byID) { // a file may say that two records take back each other
		of, ok := byID[Undoes(e.Record)]
		if !ok {
			break
		}
		e, back = of, !back
	}
	return e, back
}

// Steps are the records of the last action that a person can take back, newest
// first, and of the last one that they can bring back. An action is what was
// recorded in one step.
type Steps struct{ Done, Undone []string }

// StepsOf walks a person's own actions back. What was taken back and brought
// back again can be taken back once more; what was done anew ends what can be
// brought back, as in any editor. What came from a file is nobody's action
// here, and that there is an incident is not taken back.
func (i *Incident) StepsOf(by string) Steps {
	i.mu.RLock()
	defer i.mu.RUnlock()
	gone := map[string]bool{}   // taken back by a later record
	taking := map[string]bool{} // takes something back that was done
	for _, e := range i.entries {
		if of := Undoes(e.Record); of != "" {
			gone[of] = true
			taking[e.ID] = !taking[of]
		}
	}
	var last Steps
	imported := record.ImportRun(i.id)
	fresh := false // something was done anew since
	for _, e := range slices.Backward(i.entries) {
		if e.By != by || e.Stamp.Run == imported || e.Do == "incident.declare" {
			continue
		}
		fresh = fresh || Undoes(e.Record) == ""
		switch {
		case gone[e.ID]:
		case taking[e.ID] && len(last.Undone) == 0 && !fresh:
			last.Undone = i.actionOf(e)
		case !taking[e.ID] && len(last.Done) == 0:
			last.Done = i.actionOf(e)
		}
		if len(last.Done) > 0 && (fresh || len(last.Undone) > 0) {
			break
		}
	}
	return last
}

// actionOf are the ids of the records that their maker recorded in one step
// with e, newest first.
func (i *Incident) actionOf(e *entry) []string {
	var ids []string
	for _, other := range slices.Backward(i.entries) {
		if other.Stamp.Run == e.Stamp.Run && other.Stamp.Line == e.Stamp.Line && other.By == e.By {
			ids = append(ids, other.ID)
		}
	}
	return ids
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

// A verdict is taken back by the word that the person had before, else by
// "not sure".
func (b *claimVerdict) undo(before, _ *fold, e *entry) ([]*record.Record, *Error) {
	for _, w := range before.claims.get(b.Claim).liveWords(newest) {
		if w.Person == e.Person {
			return []*record.Record{act("claim.verdict", "claim", b.Claim, "verdict", w.verdict, "evidence", w.cites, "why", firstOf(w.why, why))}, nil
		}
	}
	return []*record.Record{act("claim.verdict", "claim", b.Claim, "verdict", "not_sure", "why", why)}, nil
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

// What the incident is held to is no longer, or once more.
func (b *criterionAdd) undo(_, _ *fold, e *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("criterion.tick", "criterion", e.ID)}, nil
}

func (b *criterionTick) undo(_, _ *fold, _ *entry) ([]*record.Record, *Error) {
	return []*record.Record{act("criterion.tick", "criterion", b.Criterion)}, nil
}

// A reading is taken back by the same reading once more, which names it; it is
// brought back at its own time.
func (b *readingAdd) undo(_, now *fold, e *entry) ([]*record.Record, *Error) {
	r := act("reading.add", "name", b.Name, "value", *b.Value)
	if first, back := backTo(now.byID, e); back {
		r.At = first.At
	}
	return []*record.Record{r}, nil
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

// A role is given back: to those from whom it was taken, else to nobody.
func (b *roleTake) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	return giveBack(before, now, e, b.Role, e.Person)
}

// giveBack takes back that somebody took a role with a record.
func giveBack(before, now *fold, e *entry, role, person string) ([]*record.Record, *Error) {
	if !slices.ContainsFunc(now.roles.takings, func(t *taking) bool { return t.ID == e.ID }) {
		return nil, forbidden("take the role again", "the role was taken by another or given up since")
	}
	var acts []*record.Record
	for _, t := range before.roles.takings {
		if t.Role.Role == role && t.Person != person && !slices.ContainsFunc(now.roles.takings, func(n *taking) bool { return n.ID == t.ID }) {
			acts = append(acts, onBehalf(act("role.take", "role", role, "over", []string{e.ID}, "why", why), t.Person))
		}
	}
	if len(acts) == 0 {
		acts = append(acts, onBehalf(act("role.release", "role", role), person))
	}
	return acts, nil
}

func (b *roleRelease) undo(before, _ *fold, e *entry) ([]*record.Record, *Error) {
	if !before.roles.holds(b.Role, e.Person) {
		return nil, forbidden("take the role", "%s did not hold it", e.Person)
	}
	return []*record.Record{onBehalf(act("role.take", "role", b.Role, "over", []string{}, "why", why), e.Person)}, nil
}

func (b *handoverAccept) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	if before.roles.handover == nil {
		return nil, forbidden("look at who leads", "no handover was open")
	}
	return giveBack(before, now, e, roleLead, before.roles.handover.To)
}

func (b *handoverOpen) undo(_, now *fold, e *entry) ([]*record.Record, *Error) {
	if err := now.roles.isOpen(e.ID); err != nil {
		return nil, forbidden("look at who leads", "it was accepted or ended since")
	}
	return []*record.Record{onBehalf(act("handover.withdraw", "handover", e.ID, "why", why), e.Person)}, nil
}

// What was read back is taken back by what was read back before; where there
// was nothing, by opening the handover anew, so that an acceptance of what was
// taken back finds nothing to accept.
func (b *handoverReadback) undo(before, now *fold, e *entry) ([]*record.Record, *Error) {
	was := before.roles.handover
	if was == nil || now.roles.isOpen(was.ID) != nil {
		return nil, forbidden("look at who leads", "it was accepted or ended since")
	}
	if was.Readback != "" {
		return []*record.Record{onBehalf(act("handover.readback", "text", was.Readback), e.Person)}, nil
	}
	return []*record.Record{
		onBehalf(act("handover.withdraw", "handover", was.ID, "why", why), was.Person),
		onBehalf(act("handover.open", "to", was.To), was.Person),
	}, nil
}

func (b *handoverDecline) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	return openAgain(before, now)
}

func (b *handoverWithdraw) undo(before, now *fold, _ *entry) ([]*record.Record, *Error) {
	return openAgain(before, now)
}

// openAgain opens a handover that was ended once more, as far as it had come.
func openAgain(before, now *fold) ([]*record.Record, *Error) {
	was := before.roles.handover
	if was == nil || now.roles.handover != nil || !sameNames(before.roles.holders(roleLead), now.roles.holders(roleLead)) {
		return nil, forbidden("open a new one", "another handover was opened since, or the lead changed")
	}
	acts := []*record.Record{onBehalf(act("handover.open", "to", was.To), was.Person)}
	if was.Readback != "" {
		acts = append(acts, onBehalf(act("handover.readback", "text", was.Readback), was.To))
	}
	return acts, nil
}

func onBehalf(r *record.Record, person string) *record.Record {
	r.Person = person
	return r
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
