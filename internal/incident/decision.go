package incident

import (
	"slices"
	"time"
)

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

type decision struct {
	Decision
	ground
	whyGiven bool
	states   []stateChange
}

type stateChange struct {
	order int
	state DecisionState
}

// decisionMake makes a choice, or proposes one.
type decisionMake struct {
	ofThread
	Text         string    `field:"text,required"`
	Mode         string    `field:"mode,oneof=command|consulted|no_objection|agreed|delegated"`
	Why          string    `field:"why"`
	RestsOn      []string  `field:"rests_on"`
	Consulted    []string  `field:"consulted"`
	Alternatives []string  `field:"alternatives"`
	Irreversible bool      `field:"irreversible"`
	State        string    `field:"state,oneof=proposed|in_force|revisit|reversed|superseded"`
	ByWhen       time.Time `field:"by_when"`
	RevisitWhen  string    `field:"revisit_when"`
	unruled
}

func (b *decisionMake) refs() []reference {
	return append(refs(KindThread, b.Thread), groundRefs(b.RestsOn)...)
}

func (b *decisionMake) apply(f *fold, e *entry, _ bool) {
	d := f.decisions.make(e.ID)
	d.Decision.Made = made(e, KindDecision)
	d.Text, d.Mode, d.Thread = b.Text, b.Mode, b.Thread
	d.Consulted, d.Alternatives, d.Irreversible = b.Consulted, b.Alternatives, b.Irreversible
	d.ByWhen, d.RevisitWhen = b.ByWhen, b.RevisitWhen
	if b.Why != "" {
		d.whyGiven = true
		d.Why = firstOf(d.Why, b.Why)
	}
	if d.State == "" {
		d.enter(DecisionState(firstOf(b.State, string(InForce))), e, "")
	}
	f.stand(&d.ground, e, KindDecision, d)
	d.rest(e, b.RestsOn)
}

func (d *decision) enter(s DecisionState, e *entry, why string) {
	d.State, d.Changed, d.ChangedBy, d.ChangeWhy = s, e.At, e.Person, why
	d.states = append(d.states, stateChange{e.order, s})
	d.history = append(d.history, e.order)
}

func (d *decision) stateAt(order int) DecisionState {
	s := InForce
	for _, c := range d.states {
		if c.order <= order {
			s = c.state
		}
	}
	return s
}

func (b *decisionMake) line(n *names, e *entry) (Ref, string) {
	verb := "Decided: "
	if b.State == string(DecisionProposed) {
		verb = "Proposed: "
	}
	return n.ref(e.ID), because(verb+b.Text, b.Why)
}

// decisionObject is a strong objection.
type decisionObject struct {
	Decision string `field:"decision,required"`
	Why      string `field:"why"`
	unruled
}

func (b *decisionObject) refs() []reference { return refs(KindDecision, b.Decision) }

func (b *decisionObject) apply(f *fold, e *entry, _ bool) {
	d := f.decisions.get(b.Decision)
	d.Objections = append(d.Objections, Objection{
		Ref: Ref{ID: e.ID, Kind: KindRecord}, By: e.Person, Why: b.Why, At: e.At,
	})
}

func (b *decisionObject) retract(f *fold, e *entry, _ int) {
	d := f.decisions.get(b.Decision)
	d.Objections = slices.DeleteFunc(d.Objections, func(o Objection) bool { return o.ID == e.ID })
}

func (b *decisionObject) line(n *names, e *entry) (Ref, string) {
	return n.ref(b.Decision), n.turned(e, because(e.Person+" objects to "+n.named(b.Decision), b.Why))
}

// decisionChange changes a decision. A why pays what was owed.
type decisionChange struct {
	Decision     string  `field:"decision,required"`
	Why          string  `field:"why"`
	State        *string `field:"state,oneof=proposed|in_force|revisit|reversed|superseded"`
	Text         *string `field:"text"`
	SupersededBy string  `field:"superseded_by"`
	unruled
}

func (b *decisionChange) refs() []reference {
	return refs(KindDecision, b.Decision, b.SupersededBy)
}

func (b *decisionChange) apply(f *fold, e *entry, _ bool) {
	d := f.decisions.get(b.Decision)
	if b.Text != nil && *b.Text != "" {
		d.Text = *b.Text
	}
	if b.SupersededBy != "" {
		d.SupersededBy = Ref{ID: b.SupersededBy, Kind: KindDecision}
		d.enter(Superseded, e, b.Why)
	} else if b.State != nil {
		d.enter(DecisionState(*b.State), e, b.Why)
	}
	if b.Why != "" {
		d.whyGiven = true
		if b.State == nil && b.SupersededBy == "" || d.Why == "" {
			d.Why = b.Why
		}
	}
}

func (b *decisionChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	switch {
	case b.SupersededBy != "":
		parts = append(parts, "superseded by "+n.named(b.SupersededBy))
	case b.State != nil:
		parts = append(parts, plain(*b.State))
	}
	if b.Text != nil {
		parts = append(parts, "reworded: "+*b.Text)
	}
	return n.ref(b.Decision), because(joined(parts, "Why"), b.Why)
}

// show computes the debt of a command decision without a why. It falls due at
// the first of: status monitoring, 30 minutes after the decision was
// recorded, a handover opened after it.
func (d *decision) show(f *fold) *Decision {
	v := d.Decision
	v.WhyOwed = v.Mode == "command" && v.State != DecisionProposed && !d.whyGiven
	if !v.WhyOwed {
		return &v
	}
	made := d.ground.made
	v.WhyDue = made.Recorded.Add(30 * time.Minute)
	if t := f.situation.monitoringBy(made.order, made.Recorded); !t.IsZero() && t.Before(v.WhyDue) {
		v.WhyDue = t
	}
	for _, h := range f.roles.opened {
		if h.order > made.order && h.recorded.Before(v.WhyDue) {
			v.WhyDue = h.recorded
		}
	}
	return &v
}

// Name returns the text.
func (d *Decision) Name() string { return d.Text }

// Word returns the state.
func (d *Decision) Word() string { return string(d.State) }

// Rests returns what the decision rests on.
func (d *Decision) Rests() *Basis { return &d.Basis }

// HasEnded reports whether the decision is reversed or superseded.
func (d *Decision) HasEnded() bool { return d.State == Reversed || d.State == Superseded }
