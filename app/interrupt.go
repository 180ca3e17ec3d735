package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"bearings/internal/incident"
)

const (
	quietFor = 10 * time.Minute // between two interruptions of a person, at least
	lookEach = 20 * time.Second // a warning may come with time alone

	settingInterrupted = "window.interrupted" // when a person was interrupted last
)

// A budget keeps interruptions rare: one in ten minutes, for a warning that
// the person has not been told of. What comes meanwhile is told then, if it
// still stands.
type budget struct {
	last     time.Time       // of the last interruption
	incident string          // the one that is looked at
	told     map[string]bool // its warnings that the person knows
}

// interrupt returns the warning to interrupt with, and how many others are
// new with it. What stands when an incident is first looked at, or while its
// window is in front, is on the screen, and no news.
func (b *budget) interrupt(now time.Time, id string, front bool, attention []incident.Prompt) (p incident.Prompt, others int, ok bool) {
	standing := map[string]bool{}
	var fresh []incident.Prompt
	for _, p := range attention {
		if p.Level != incident.Warning {
			continue
		}
		key := p.Kind + " " + p.About.ID
		standing[key] = b.told[key]
		if !b.told[key] {
			fresh = append(fresh, p)
		}
	}
	seen := front || b.incident != id
	tell := !seen && len(fresh) > 0 && (b.last.IsZero() || now.Sub(b.last) >= quietFor)
	if seen || tell {
		for key := range standing {
			standing[key] = true
		}
	}
	b.incident, b.told = id, map[string]bool{}
	for key, known := range standing {
		if known {
			b.told[key] = true
		}
	}
	if !tell {
		return incident.Prompt{}, 0, false
	}
	b.last = now
	return fresh[0], len(fresh) - 1, true
}

// An Interruption is what a desktop notification says.
type Interruption struct {
	Title string
	Body  string
}

// Interruption looks at the incident that is open, and says with what to
// interrupt its reader now, if they allow that and there is anything.
func (a *App) Interruption() (Interruption, bool, error) {
	allowed, err := a.ws.Setting("window." + keyNotify)
	if err != nil || allowed != "yes" {
		return Interruption{}, false, err
	}
	list, err := a.list()
	if err != nil {
		return Interruption{}, false, err
	}
	id, err := a.toOpen(list)
	if err != nil || id == "" {
		return Interruption{}, false, err
	}
	s, err := a.state(id, 0)
	if err != nil {
		return Interruption{}, false, err
	}
	snoozed, err := a.snoozes(id)
	if err != nil {
		return Interruption{}, false, err
	}
	me, err := a.me()
	if err != nil {
		return Interruption{}, false, err
	}
	attention, _ := snoozed.split(s.Now, a.attention(s, me))
	if a.budget.last.IsZero() {
		if a.budget.last, err = a.interrupted(); err != nil {
			return Interruption{}, false, err
		}
	}
	p, others, ok := a.budget.interrupt(s.Now, id, a.front.Load(), attention)
	if !ok {
		return Interruption{}, false, nil
	}
	i := Interruption{Title: s.Label + " " + s.Title, Body: p.Text}
	if p.About.Label != "" {
		i.Body = p.About.Label + " " + i.Body
	}
	if others > 0 {
		i.Body += fmt.Sprintf(" (and %d more)", others)
	}
	return i, true, a.ws.Set(settingInterrupted, strconv.FormatInt(s.Now.UnixMilli(), 10))
}

// interrupted is when a person was interrupted last, before this start too.
func (a *App) interrupted() (time.Time, error) {
	value, err := a.ws.Setting(settingInterrupted)
	if err != nil || value == "" {
		return time.Time{}, err
	}
	at, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}, nil // kept by something else: as if never
	}
	return time.UnixMilli(at), nil
}

// WatchWarnings calls tell for every interruption, until ctx ends. It looks
// when something changed, and now and then.
func (a *App) WatchWarnings(ctx context.Context, changed <-chan struct{}, tell func(Interruption) error) {
	select {
	case <-ctx.Done():
		return
	case <-a.ready:
	}
	tick := time.NewTicker(lookEach)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-tick.C:
		}
		i, ok, err := a.Interruption()
		if ok {
			err = tell(i)
		}
		if err != nil {
			a.ws.Log().Warn("interrupt for a warning", "error", err)
		}
	}
}
