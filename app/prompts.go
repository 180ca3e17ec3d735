package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
)

// A PromptRow is one thing for the lead to see to: of one thing of the
// incident, or the same of several, which are begun with the first.
type PromptRow struct {
	Rank  int    `json:"rank"`
	Level string `json:"level"` // "warning", "caution" or "advisory"
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Words string `json:"words"` // what it is, without naming a thing: "1 thread has no owner"
	About Chip   `json:"about"` // the first of them
	Count int    `json:"count"` // how many things
}

// Waiting counts the rows that are not snoozed, by how soon they want an
// answer, and those that are.
type Waiting struct {
	Warnings   int   `json:"warnings"`
	Cautions   int   `json:"cautions"`
	Advisories int   `json:"advisories"`
	Snoozed    int   `json:"snoozed"`
	Wakes      int64 `json:"wakes"` // when the next snoozed one comes back; 0 where none is
}

func promptRows(s *incident.State, attention []incident.Prompt, snoozed snoozes) ([]PromptRow, Waiting) {
	out := []PromptRow{}
	standing, away := snoozed.split(s.Now, attention)
	waiting := Waiting{Snoozed: len(incident.Causes(away))}
	for _, p := range away {
		until, _ := snoozed.until(p, s.Now)
		if at := ms(until); waiting.Wakes == 0 || at < waiting.Wakes {
			waiting.Wakes = at
		}
	}
	for n, c := range incident.Causes(standing) {
		first := c.First()
		switch first.Level {
		case incident.Warning:
			waiting.Warnings++
		case incident.Caution:
			waiting.Cautions++
		default:
			waiting.Advisories++
		}
		out = append(out, PromptRow{
			Rank: n + 1, Level: first.Level.String(), Kind: first.Kind, Text: c.Text(), Words: c.Words(),
			About: chip(s, first.About), Count: len(c),
		})
	}
	return out, waiting
}

// snoozeFor is how long a prompt stays away.
const snoozeFor = 10 * time.Minute

// A snooze keeps a prompt away for a while. One that has become more urgent
// comes back at once.
type snooze struct {
	Kind   string         `json:"kind"`
	About  string         `json:"about"` // id
	Level  incident.Level `json:"level"`
	Until  int64          `json:"until"`
	Reason string         `json:"reason"`
	By     string         `json:"by"`
}

// snoozes are those of one incident.
type snoozes []snooze

func (all snoozes) until(p incident.Prompt, now time.Time) (time.Time, bool) {
	for _, z := range all {
		if z.Kind == p.Kind && z.About == p.About.ID && z.Level <= p.Level && now.UnixMilli() < z.Until {
			return time.UnixMilli(z.Until), true
		}
	}
	return time.Time{}, false
}

// split parts what somebody is to see to now from what was put off.
func (all snoozes) split(now time.Time, attention []incident.Prompt) (standing, away []incident.Prompt) {
	for _, p := range attention {
		if _, ok := all.until(p, now); ok {
			away = append(away, p)
		} else {
			standing = append(standing, p)
		}
	}
	return standing, away
}

// Snooze keeps what a row says away for ten minutes, for a reason; it comes
// back by itself, and at once where it becomes more urgent. About is the id of
// the row's first thing. What the row would say of a further thing is new.
func (b *Board) Snooze(id, kind, about, reason string) error {
	_, err := call(b.app, "Board.Snooze", func() (struct{}, error) {
		return struct{}{}, b.app.snooze(id, kind, about, strings.TrimSpace(reason))
	})
	return err
}

func (a *App) snooze(id, kind, about, reason string) error {
	if reason == "" {
		return &Error{Code: codeInvalid, Message: "A snooze needs a reason.", Hint: "Say in a few words why it can wait."}
	}
	s, err := a.state(id, 0)
	if err != nil {
		return err
	}
	me, err := a.me()
	if err != nil {
		return err
	}
	a.snoozing.Lock()
	defer a.snoozing.Unlock()
	all, err := a.snoozes(id)
	if err != nil {
		return err
	}
	is := func(p incident.Prompt) bool { return p.Kind == kind && p.About.ID == about }
	standing, _ := all.split(s.Now, a.attention(s, me))
	causes := incident.Causes(standing)
	n := slices.IndexFunc(causes, func(c incident.Cause) bool { return slices.ContainsFunc(c, is) })
	if n < 0 {
		return &Error{Code: codeNotFound, Message: "That no longer needs anybody.", Hint: "Its cause is gone; there is nothing to snooze."}
	}
	now := a.now()
	all = slices.DeleteFunc(all, func(z snooze) bool { return z.Until <= now.UnixMilli() })
	for _, p := range causes[n] {
		all = append(all, snooze{
			Kind: kind, About: p.About.ID, Level: p.Level, Until: now.Add(snoozeFor).UnixMilli(), Reason: short(reason, 300), By: me,
		})
	}
	value, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return a.ws.Set(snoozesKey(id), string(value))
}

func snoozesKey(id string) string { return "snoozed." + id }

func (a *App) snoozes(id string) (snoozes, error) {
	value, err := a.ws.Setting(snoozesKey(id))
	if err != nil || value == "" {
		return nil, err
	}
	var all snoozes
	if err := json.Unmarshal([]byte(value), &all); err != nil {
		return nil, fmt.Errorf("read what is snoozed: %w", err)
	}
	return all, nil
}
