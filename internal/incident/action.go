package incident

import (
	"slices"
	"time"
)

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

type action struct {
	Action
	ground
	states []actionTurn
}

// An actionTurn is a state that an action came to.
type actionTurn struct {
	order int
	state ActionState
}

// stateAt returns the state as of an order.
func (a *action) stateAt(order int) ActionState {
	s := ActionProposed
	for _, t := range a.states {
		if t.order > order {
			break
		}
		s = t.state
	}
	return s
}

// actionAdd adds a work item.
type actionAdd struct {
	ofThread
	Text         string    `field:"text,required"`
	Owner        string    `field:"owner"`
	Kind         string    `field:"kind,oneof=investigate|verify|mitigate|communicate|follow_up"`
	Minutes      int       `field:"minutes"`
	Due          time.Time `field:"due"`
	Irreversible bool      `field:"irreversible"`
	State        string    `field:"state,oneof=proposed|assigned|in_progress|blocked|done|failed|dropped"`
	RestsOn      []string  `field:"rests_on"`
	Tests        string    `field:"tests"` // the claim that it puts to the test; it does not rest on it
	unruled
}

func (b *actionAdd) valid() *Error {
	if b.Minutes < 0 || b.Minutes > 7*24*60 {
		return invalid("minutes must be between 0 and 10080")
	}
	return nil
}

func (b *actionAdd) refs() []reference {
	return slices.Concat(refs(KindThread, b.Thread), refs(KindClaim, b.Tests), groundRefs(b.RestsOn))
}

func (b *actionAdd) apply(f *fold, e *entry, _ bool) {
	a := f.actions.make(e.ID)
	a.Action.Made = made(e, KindAction)
	a.Text, a.Sort, a.Thread, a.Irreversible = b.Text, b.Kind, b.Thread, b.Irreversible
	a.Minutes, a.Due, a.Changed, a.Tests = b.Minutes, b.Due, e.At, b.Tests
	a.Owner = firstOf(a.Owner, b.Owner)
	if a.State == "" {
		a.enter(startOfAction(b), e)
	}
	f.stand(&a.ground, e, KindAction, a)
	a.rest(e, b.RestsOn)
}

func startOfAction(b *actionAdd) ActionState {
	switch {
	case b.State != "":
		return ActionState(b.State)
	case b.Owner != "":
		return Assigned
	default:
		return ActionProposed
	}
}

func (a *action) enter(s ActionState, e *entry) {
	a.State, a.Changed = s, e.At
	a.states = append(a.states, actionTurn{e.order, s})
	if s == InProgress && a.Started.IsZero() {
		a.Started = e.At
	}
}

func (b *actionAdd) line(n *names, e *entry) (Ref, string) {
	text := "Action: " + b.Text
	if b.Owner != "" {
		text += " (" + b.Owner + ")"
	}
	if b.Tests != "" {
		text += ", to test " + n.named(b.Tests)
	}
	return n.ref(e.ID), text
}

// actionChange changes an action.
type actionChange struct {
	Action string  `field:"action,required"`
	State  *string `field:"state,oneof=proposed|assigned|in_progress|blocked|done|failed|dropped"`
	Owner  *string `field:"owner"`
	Result *string `field:"result"`
	Why    string  `field:"why"`
	unruled
}

func (b *actionChange) refs() []reference { return refs(KindAction, b.Action) }

func (b *actionChange) apply(f *fold, e *entry, _ bool) {
	a := f.actions.get(b.Action)
	if b.Owner != nil {
		a.own(*b.Owner, e)
	}
	if b.State != nil {
		a.enter(ActionState(*b.State), e)
		a.Why = b.Why
	}
	if b.Result != nil {
		a.Result = *b.Result
	}
}

func (a *action) own(owner string, e *entry) {
	a.Owner = owner
	switch {
	case owner != "" && a.State == ActionProposed:
		a.State = Assigned
	case owner == "" && a.State == Assigned:
		a.State = ActionProposed
	default:
		return
	}
	a.states = append(a.states, actionTurn{e.order, a.State})
}

func (b *actionChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	if b.State != nil {
		parts = append(parts, plain(*b.State))
	}
	if b.Owner != nil {
		parts = append(parts, "owner "+firstOf(*b.Owner, "nobody"))
	}
	if b.Result != nil && *b.Result != "" {
		parts = append(parts, *b.Result)
	}
	return n.ref(b.Action), because(joined(parts, "Changed"), b.Why)
}

// show computes what depends on the present moment. A time-box runs from the
// moment the action was first in progress, before that from its making.
func (a *action) show(now time.Time) *Action {
	v := a.Action
	if v.Due.IsZero() && v.Minutes > 0 {
		from := v.At
		if !v.Started.IsZero() {
			from = v.Started
		}
		v.Due = from.Add(time.Duration(v.Minutes) * time.Minute)
	}
	v.Overdue = !v.Due.IsZero() && now.After(v.Due) && !v.HasEnded()
	return &v
}

// Name returns the text.
func (a *Action) Name() string { return a.Text }

// Word returns the state.
func (a *Action) Word() string { return string(a.State) }

// Rests returns what the action rests on.
func (a *Action) Rests() *Basis { return &a.Basis }

// HasEnded reports whether the action is done, failed or dropped.
func (a *Action) HasEnded() bool {
	return ended(a.State)
}

// UnderWay reports whether the action is in progress or blocked.
func (a *Action) UnderWay() bool { return a.State == InProgress || a.State == Blocked }
