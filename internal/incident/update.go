package incident

import (
	"strings"
	"time"
)

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

type update struct {
	Update
	ground
}

// updateSend is a message to people outside. The claims that it stated are
// what it rests on.
type updateSend struct {
	Audience string    `field:"audience,required"`
	Text     string    `field:"text,required"`
	States   []string  `field:"states"`
	NextDue  time.Time `field:"next_due"`
	NextBy   string    `field:"next_by"`
	Corrects string    `field:"corrects"`
	unruled
}

func (b *updateSend) refs() []reference {
	return append(refs(KindClaim, b.States...), refs(KindUpdate, b.Corrects)...)
}

func (b *updateSend) apply(f *fold, e *entry, _ bool) {
	u := f.updates.make(e.ID)
	u.Update.Made = made(e, KindUpdate)
	u.Audience, u.Text, u.NextDue, u.NextBy = b.Audience, b.Text, b.NextDue, b.NextBy
	for _, id := range b.States {
		u.States = append(u.States, Ref{ID: id, Kind: KindClaim})
	}
	if b.Corrects != "" {
		u.Corrects = Ref{ID: b.Corrects, Kind: KindUpdate}
		f.updates.get(b.Corrects).Corrected = u.Ref
	}
	f.stand(&u.ground, e, KindUpdate, u)
	u.rest(e, b.States)
}

func (b *updateSend) line(n *names, e *entry) (Ref, string) {
	return n.ref(e.ID), "Update to " + b.Audience + ": " + b.Text
}

// audience is by what an audience is told apart, however it was typed.
func (u *update) audience() string {
	return strings.ToLower(strings.Join(strings.Fields(u.Audience), " "))
}

// showUpdates computes which update is the last word to its audience, and
// whether the next one is late.
func (f *fold) showUpdates(now time.Time) []*Update {
	last := map[string]*update{}
	for _, u := range f.updates.made {
		last[u.audience()] = u
	}
	out := make([]*Update, 0, len(f.updates.made))
	for _, u := range f.updates.made {
		v := u.Update
		v.Newest = last[u.audience()] == u
		v.Overdue = v.Newest && !v.NextDue.IsZero() && now.After(v.NextDue)
		out = append(out, &v)
	}
	return out
}

// Name returns the text.
func (u *Update) Name() string { return u.Text }

// Word returns "sent".
func (u *Update) Word() string { return "sent" }

// Rests returns the claims that the update stated.
func (u *Update) Rests() *Basis { return &u.Basis }

// HasEnded returns false: what was said stays said.
func (u *Update) HasEnded() bool { return false }
