package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// seen is what this machine knows of one person's attention to one incident:
// when they last looked at it, and what they put off. It is a setting and no
// record: it concerns nobody else.
type seen struct {
	At   int64    `json:"at"`   // when they looked or acted last
	Left int64    `json:"left"` // when they last turned away for a while
	Told bool     `json:"told"` // they were offered what changed since, and answered
	Off  []putOff `json:"off"`
}

// A putOff is a line that the reader put off, and when.
type putOff struct {
	Key string `json:"key"`
	At  int64  `json:"at"`
}

// mostPutOff is how many lines are remembered as put off: those before are long
// gone.
const mostPutOff = 30

func seenKey(id, me string) string { return "seen." + id + "." + me }

func (a *App) seen(id, me string) (seen, error) {
	value, err := a.ws.Setting(seenKey(id, me))
	if err != nil || value == "" {
		return seen{}, err
	}
	var s seen
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return seen{}, fmt.Errorf("read what was seen: %w", err)
	}
	return s, nil
}

func (a *App) keepSeen(id, me string, s seen) error {
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return a.ws.Set(seenKey(id, me), string(value))
}

// away reports whether somebody who looks now comes back from a break.
func (s seen) away(now time.Time) bool {
	return s.At > 0 && now.Sub(time.UnixMilli(s.At)) >= awayFrom
}

// leftAt is when they last turned away for a while; 0 for never.
func (s seen) leftAt(now time.Time) int64 {
	if s.away(now) {
		return s.At
	}
	return s.Left
}

// look takes note that they look now, and whether they come back from a break
// by it.
func (s seen) look(now time.Time) (seen, bool) {
	back := s.away(now)
	if back {
		s.Left, s.Told = s.At, false
	}
	s.At = ms(now)
	return s, back
}

func (s seen) isPutOff(line *Line, now time.Time) bool {
	return slices.ContainsFunc(s.Off, func(off putOff) bool {
		again := line.Kind == handsOnKey && now.Sub(time.UnixMilli(off.At)) >= nudgeAgain
		return off.Key == line.Key && !again
	})
}

func (s seen) putOff(key string, now time.Time) seen {
	if key == backKey {
		s, _ = s.look(now)
		s.Told = true
		return s
	}
	s.Off = slices.DeleteFunc(slices.Clone(s.Off), func(off putOff) bool { return off.Key == key })
	s.Off = append(s.Off, putOff{key, ms(now)})
	s.Off = s.Off[max(0, len(s.Off)-mostPutOff):]
	return s
}
