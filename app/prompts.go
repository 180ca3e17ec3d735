package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// A PromptRow is one thing for the lead to see to: of one thing of the
// incident, or the same of several, which are begun with the first.
type PromptRow struct {
	Rank  int    `json:"rank"`
	Level string `json:"level"` // "warning", "caution" or "advisory"
	Look  string `json:"look"`  // as which of them it is drawn
	Kind  string `json:"kind"`
	Title string `json:"title"` // what it is about
	Why   string `json:"why"`   // what is the matter; "" where the title says it
	About Chip   `json:"about"` // the first of them
	Opens string `json:"opens"` // the id of the thing to look at; "" where it is about the incident as a whole
	Count int    `json:"count"` // how many things
}

// Waiting counts the rows that are not snoozed, and those that are.
type Waiting struct {
	All     int    `json:"all"`
	Few     int    `json:"few"`  // how many are shown at first
	Rest    string `json:"rest"` // what the others are, by how soon they want an answer
	Snoozed int    `json:"snoozed"`
	Wakes   int64  `json:"wakes"` // when the next snoozed one comes back; 0 where none is
}

// fewPrompts is how many things somebody is asked to see to at once.
const fewPrompts = 3

func promptRows(s *incident.State, attention []incident.Prompt, snoozed snoozes) ([]PromptRow, Waiting) {
	out := []PromptRow{}
	standing, away := snoozed.split(s.Now, attention)
	waiting := Waiting{Few: fewPrompts, Snoozed: len(incident.Causes(away))}
	for _, p := range away {
		until, _ := snoozed.until(p, s.Now)
		if at := ms(until); waiting.Wakes == 0 || at < waiting.Wakes {
			waiting.Wakes = at
		}
	}
	for n, c := range incident.Causes(standing) {
		out = append(out, promptRow(s, n+1, c))
	}
	waiting.All = len(out)
	waiting.Rest = restText(out[min(len(out), fewPrompts):])
	return out, waiting
}

func promptRow(s *incident.State, rank int, c incident.Cause) PromptRow {
	first := c.First()
	about := chip(s, first.About)
	row := PromptRow{
		Rank: rank, Level: first.Level.String(), Look: first.Level.String(), Kind: first.Kind, Title: capital(c.Text()),
		About: about, Count: len(c),
	}
	// One red at a time: a second warning waits until the first is gone.
	if first.Level == incident.Warning && rank > 1 {
		row.Look = incident.Caution.String()
	}
	ofAThing := about.Label != "" && about.Kind != "incident"
	if ofAThing {
		row.Opens = about.ID
	}
	switch {
	case len(c) > 1:
		row.Why = strings.TrimSpace("First " + about.Label + " " + about.Name)
	case ofAThing:
		row.Title = about.Label + " " + about.Name
		row.Why = capital(unnamed(c.Text(), about.Name))
	}
	return row
}

// unnamed is what a prompt says without the name that stands above it.
func unnamed(text, name string) string {
	text = strings.Replace(text, ": "+name, "", 1)
	return strings.Replace(text, "? "+name, "?", 1)
}

// restText says what is not shown: what cannot wait is no part of what can.
func restText(rest []PromptRow) string {
	urgent := 0
	for _, row := range rest {
		if row.Level == incident.Warning.String() {
			urgent++
		}
	}
	switch can := len(rest) - urgent; {
	case urgent == 0 && can == 0:
		return ""
	case urgent == 0:
		return fmt.Sprintf("%d more can wait", can)
	case can == 0:
		return fmt.Sprintf("%d more to act on now", urgent)
	default:
		return fmt.Sprintf("%d more to act on now, %d can wait", urgent, can)
	}
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

func snoozesKey(id string) string { return workspace.SettingSnoozed + id }

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
