package app

import (
	"cmp"
	"slices"
	"time"

	"bearings/internal/incident"
	"bearings/internal/moment"
)

// Timeline is what the timeline's screen calls, and the strip below the board.
type Timeline struct{ app *App }

// A TimelineView is an incident over time: one lane for what happened, one for
// what was decided, one for the check-ins, one for each thread, and what is
// promised.
type TimelineView struct {
	Head      Head          `json:"head"`
	From      int64         `json:"from"` // where the lanes begin
	To        int64         `json:"to"`   // where they end, the future included
	Now       int64         `json:"now"`  // between them; what follows is the future
	Signals   []Signal      `json:"signals"`
	Decisions []DecisionDot `json:"decisions"`
	Checkins  []CheckinDot  `json:"checkins"`
	Lanes     []Lane        `json:"lanes"`    // longest silence first, then those that ended
	Promises  []PromiseRow  `json:"promises"` // as far as To
	Left      LeftOut       `json:"left"`
}

// LeftOut counts what a timeline has no room for.
type LeftOut struct {
	Signals   int `json:"signals"`
	Decisions int `json:"decisions"`
	Checkins  int `json:"checkins"`
	Lanes     int `json:"lanes"`
	Promises  int `json:"promises"`
}

// A Signal is something that changed the picture.
type Signal struct {
	At   int64  `json:"at"`
	Sort string `json:"sort"` // "note", "severity", "status" or "reading"
	Text string `json:"text"`
	ID   string `json:"id"` // opens it
}

// A DecisionDot is a decision at the time at which it was made.
type DecisionDot struct {
	Chip  Chip  `json:"chip"`
	At    int64 `json:"at"`
	Shaky bool  `json:"shaky"`
}

// A CheckinDot is a round of check-ins.
type CheckinDot struct {
	ID       string `json:"id"`
	At       int64  `json:"at"`
	Due      int64  `json:"due"`
	Closed   int64  `json:"closed"`
	Answered int    `json:"answered"`
	Expected int    `json:"expected"` // people who own a thread that went on then
}

// A Lane is a thread over time.
type Lane struct {
	Chip   Chip    `json:"chip"`
	Owner  string  `json:"owner"`
	From   int64   `json:"from"`
	Closed int64   `json:"closed"` // 0 while it goes on
	Ticks  []int64 `json:"ticks"`  // its words
	Quiet  []Quiet `json:"quiet"`  // stretches without a word, the last one up to now
	More   int     `json:"more"`   // ticks left out, where they lie too close
}

// A Quiet is a stretch of a thread without a word.
type Quiet struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
	Late int64 `json:"late"` // from when on it was past the limit; 0 where it was not
}

// What a timeline has room for.
const (
	maxSignals   = 120
	maxDecisions = 200
	maxCheckins  = 120
	maxLanes     = 60
	maxTicks     = 300
	maxPromises  = 40
)

// The future that is shown: a fifth of what was, but so much at least and at
// most.
const (
	leastFuture = 15 * time.Minute
	mostFuture  = 2 * time.Hour
)

// Show returns an incident over time.
func (t *Timeline) Show(id string, asOf int64) (*TimelineView, error) {
	return call(t.app, "Timeline.Show", func() (*TimelineView, error) {
		s, err := t.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		v := timelineOf(t.app.head(s, asOf), s)
		return &v, nil
	})
}

// Moment reads a past moment as people type it; 0 where the text names none,
// or one that is still to come.
func (t *Timeline) Moment(text string) (int64, error) {
	return call(t.app, "Timeline.Moment", func() (int64, error) {
		now := t.app.now().In(t.app.zone)
		at, ok := moment.Read(text, now)
		if !ok || at.After(now) {
			return 0, nil
		}
		return ms(at), nil
	})
}

// Decided returns the moment at which a decision was recorded as made, or a
// proposed one as put in force: what was known then is that screen as of it.
func (t *Timeline) Decided(id, decision string) (int64, error) {
	return call(t.app, "Timeline.Decided", func() (int64, error) {
		s, err := t.app.state(id, 0)
		if err != nil {
			return 0, err
		}
		thing, ok := s.Find(decision)
		if !ok || thing.Meta().Kind != incident.KindDecision {
			return 0, notFound(decision)
		}
		var at time.Time
		err = t.app.read(id, func(inc *incident.Incident) error {
			at = decidedAt(inc, s.History(thing.Meta().ID))
			return nil
		})
		return ms(at), err
	})
}

// decidedAt looks through the history of a decision for the record that put
// it in force; one that never was counts from when it was proposed.
func decidedAt(inc *incident.Incident, history []incident.Entry) time.Time {
	for _, e := range history {
		r, ok := inc.Record(e.Record)
		if !ok {
			continue
		}
		state, given := r.Field("state")
		made := e.Do == "decision.make" && (!given || plain(state) != string(incident.DecisionProposed))
		if made || e.Do == "decision.change" && plain(state) == string(incident.InForce) {
			return e.Recorded
		}
	}
	if len(history) > 0 {
		return history[0].Recorded
	}
	return time.Time{}
}

func timelineOf(head Head, s *incident.State) TimelineView {
	v := TimelineView{Head: head, From: ms(began(s)), Now: ms(s.Now)}
	v.Signals, v.Left.Signals = signalsOf(s)
	v.Decisions, v.Left.Decisions = decisionDots(s)
	v.Checkins, v.Left.Checkins = checkinDots(s)
	v.Lanes, v.Left.Lanes = lanesOf(s)
	v.To = v.Now
	if s.Ended {
		v.Promises = []PromiseRow{}
		return v
	}
	v.To = v.Now + ms(time.UnixMilli(0).Add(min(max(s.Elapsed()/5, leastFuture), mostFuture)))
	v.Promises, v.Left.Promises = promisesUntil(s, v.To)
	return v
}

// newest keeps the last of what lies in the order of time, and counts the
// rest.
func newest[T any](all []T, most int) ([]T, int) {
	left := max(0, len(all)-most)
	return append([]T{}, all[left:]...), left
}

// signalsOf are the notes that somebody marked as key, the changes of severity
// and status, and the worst of each reading.
func signalsOf(s *incident.State) ([]Signal, int) {
	var out []Signal
	for _, n := range s.Notes {
		if n.Key && !n.Struck {
			out = append(out, Signal{At: ms(n.At), Sort: "note", Text: n.Name(), ID: n.ID})
		}
	}
	for _, c := range s.Changes {
		if c.To != "" && (c.Field == "severity" || c.Field == "status") {
			out = append(out, Signal{At: ms(c.At), Sort: c.Field, Text: c.To, ID: s.ID})
		}
	}
	for _, r := range s.Readings {
		if len(r.Points) > 2 {
			out = append(out, Signal{At: ms(r.Worst.At), Sort: "reading", Text: worstWord(r) + incident.FormatValue(r.Worst.Value, r.Unit), ID: r.Worst.ID})
		}
	}
	slices.SortStableFunc(out, func(a, b Signal) int { return cmp.Compare(a.At, b.At) })
	return newest(out, maxSignals)
}

func worstWord(r incident.Reading) string {
	if r.Worse == "down" {
		return "Low "
	}
	return "Peak "
}

func decisionDots(s *incident.State) ([]DecisionDot, int) {
	var out []DecisionDot
	for _, d := range s.Decisions {
		out = append(out, DecisionDot{Chip: chipOf(d), At: ms(d.At), Shaky: d.Shaky() && !d.HasEnded()})
	}
	slices.SortStableFunc(out, func(a, b DecisionDot) int { return cmp.Compare(a.At, b.At) })
	return newest(out, maxDecisions)
}

func checkinDots(s *incident.State) ([]CheckinDot, int) {
	rounds, left := newest(s.Checkins, maxCheckins)
	out := make([]CheckinDot, 0, len(rounds))
	for _, c := range rounds {
		answered := map[string]bool{}
		for _, a := range c.Answers {
			answered[a.Person] = true
		}
		dot := CheckinDot{ID: c.ID, At: ms(c.At), Due: ms(c.Due), Closed: ms(c.Closed), Answered: len(answered)}
		expected := answered
		for _, t := range s.Threads {
			over := t.HasEnded() && !t.Changed.After(c.At)
			if t.Owner != "" && !t.At.After(c.At) && !over {
				expected[t.Owner] = true
			}
		}
		dot.Expected = len(expected)
		out = append(out, dot)
	}
	return out, left
}

// lanesOf shows the threads that go on, longest silence first, and then those
// that ended, the latest first.
func lanesOf(s *incident.State) ([]Lane, int) {
	threads := slices.Clone(s.Threads)
	slices.SortStableFunc(threads, func(a, b *incident.Thread) int {
		if c := endedRank(a) - endedRank(b); c != 0 {
			return c
		}
		if a.HasEnded() {
			return b.Changed.Compare(a.Changed)
		}
		return a.Last.At.Compare(b.Last.At)
	})
	left := max(0, len(threads)-maxLanes)
	out := make([]Lane, 0, len(threads)-left)
	for _, t := range threads[:len(threads)-left] {
		out = append(out, laneOf(s, t))
	}
	return out, left
}

func laneOf(s *incident.State, t *incident.Thread) Lane {
	l := Lane{Chip: chipOf(t), Owner: t.Owner, From: ms(t.At), Ticks: []int64{}, Quiet: []Quiet{}}
	end := s.Now
	if t.HasEnded() {
		end = t.Changed
		l.Closed = ms(end)
	}
	rhythm := checkinRhythm
	if t.Rhythm > 0 {
		rhythm = t.Rhythm
	}
	var ticks []int64
	words := append([]time.Time{}, t.At)
	for _, w := range t.Story {
		ticks = append(ticks, ms(w.At))
		words = append(words, w.At)
	}
	words = append(words, end)
	slices.SortFunc(words, time.Time.Compare)
	for n, at := range words[1:] {
		last := n == len(words)-2 && !t.HasEnded()
		if gap := at.Sub(words[n]); gap > rhythm || last && gap > 0 {
			l.Quiet = append(l.Quiet, quietOf(words[n], at, rhythm))
		}
	}
	l.Ticks, l.More = thinned(ticks)
	l.Quiet, _ = newest(l.Quiet, maxTicks)
	return l
}

// quietOf is late from one and a half rhythms on: what is drawn amber.
func quietOf(from, to time.Time, rhythm time.Duration) Quiet {
	q := Quiet{From: ms(from), To: ms(to)}
	if late := from.Add(rhythm * 3 / 2); late.Before(to) {
		q.Late = ms(late)
	}
	return q
}

// thinned keeps as many ticks as can be told apart, the first and the last
// among them.
func thinned(ticks []int64) ([]int64, int) {
	slices.Sort(ticks)
	if len(ticks) <= maxTicks {
		return append([]int64{}, ticks...), 0
	}
	apart := max(1, (ticks[len(ticks)-1]-ticks[0])/maxTicks)
	out := []int64{ticks[0]}
	for _, at := range ticks[1:] {
		if at-out[len(out)-1] >= apart {
			out = append(out, at)
		}
	}
	if last := ticks[len(ticks)-1]; out[len(out)-1] != last {
		out = append(out, last)
	}
	return out, len(ticks) - len(out)
}

func promisesUntil(s *incident.State, to int64) ([]PromiseRow, int) {
	rows := promiseRows(s)
	shown := slices.DeleteFunc(slices.Clone(rows), func(p PromiseRow) bool { return p.At > to })
	shown = shown[:min(len(shown), maxPromises)]
	return shown, len(rows) - len(shown)
}
