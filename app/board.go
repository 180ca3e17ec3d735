package app

import (
	"slices"
	"time"

	"bearings/internal/incident"
)

// checkinRhythm is how long a thread may be silent where nobody set a rhythm.
const checkinRhythm = 15 * time.Minute

// A Column holds the open threads of one sort of doing, longest silence first,
// as many as a page has.
type Column struct {
	Name  string `json:"name"`  // "investigating", "mitigating" or "waiting"
	Count int    `json:"count"` // of its threads
	From  int    `json:"from"`  // which of them the first card is, from 0
	More  int    `json:"more"`  // that come after the last card
	Cards []Card `json:"cards"`
}

// A Card is a thread on the board.
type Card struct {
	ID        string       `json:"id"`
	Label     string       `json:"label"`
	Title     string       `json:"title"`
	Sort      string       `json:"sort"`
	State     ThreadState  `json:"state"`
	Owner     string       `json:"owner"`
	WaitingOn string       `json:"waitingOn"`
	LastAt    int64        `json:"lastAt"`
	LastBy    string       `json:"lastBy"`
	LastText  string       `json:"lastText"`
	Before    string       `json:"before"` // the word before the last one
	Need      string       `json:"need"`
	Rhythm    int64        `json:"rhythm"` // ms of silence that are normal
	Due       int64        `json:"due"`
	Overdue   bool         `json:"overdue"`
	Footing   string       `json:"footing"`
	Actions   []CardAction `json:"actions"`
	More      int          `json:"more"` // actions left out
	RestsOn   []Chip       `json:"restsOn"`
}

// A CardAction is a work item on a card.
type CardAction struct {
	ID      string      `json:"id"`
	Label   string      `json:"label"`
	Text    string      `json:"text"`
	State   ActionState `json:"state"`
	Ended   bool        `json:"ended"`
	At      int64       `json:"at"` // when it ended, else when it is due
	Overdue bool        `json:"overdue"`
	Footing string      `json:"footing"`
	Hard    bool        `json:"hard"` // to reverse
}

// Column returns a page of a column of the cockpit's board, from one of its
// threads on.
func (b *Board) Column(id, name string, from int, asOf int64) (*Column, error) {
	return call(b.app, "Board.Column", func() (*Column, error) {
		n := slices.Index(columnNames, name)
		if n < 0 || from < 0 {
			return nil, &Error{Code: codeInvalid, Message: "There is no such column.", Hint: ""}
		}
		s, err := b.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		c := boardOf(s).column(n, from)
		return &c, nil
	})
}

var columnNames = []string{"investigating", "mitigating", "waiting"}

// A board is the open threads, sorted into columns, longest silence first.
type board struct {
	state   *incident.State
	columns [3][]*incident.Thread
	actions map[string][]*incident.Action // by thread
}

func boardOf(s *incident.State) *board {
	b := &board{state: s, actions: map[string][]*incident.Action{}}
	for _, a := range s.Actions {
		b.actions[a.Thread] = append(b.actions[a.Thread], a)
	}
	for _, t := range s.Threads {
		if !t.HasEnded() {
			n := columnOf(t)
			b.columns[n] = append(b.columns[n], t)
		}
	}
	for _, threads := range b.columns {
		slices.SortStableFunc(threads, func(x, y *incident.Thread) int { return x.Last.At.Compare(y.Last.At) })
	}
	return b
}

func (b *board) column(n, from int) Column {
	threads := b.columns[n]
	c := Column{Name: columnNames[n], Count: len(threads), From: from, Cards: []Card{}}
	from = min(from, len(threads))
	to := min(from+columnPage, len(threads))
	c.More = len(threads) - to
	for _, t := range threads[from:to] {
		c.Cards = append(c.Cards, cardOf(b.state, t, b.actions[t.ID]))
	}
	return c
}

// columnOf sorts a thread by what is done in it, not by who does it.
func columnOf(t *incident.Thread) int {
	switch {
	case t.State == incident.Waiting || t.State == incident.Parked:
		return 2
	case t.Sort == "mitigate" || t.Sort == "recover" || t.Sort == "comms":
		return 1
	default:
		return 0
	}
}

// cardActions is how many actions a card has room for.
const cardActions = 3

func cardOf(s *incident.State, t *incident.Thread, actions []*incident.Action) Card {
	told := t.Told()
	c := Card{
		ID: t.ID, Label: t.Label, Title: t.Title, Sort: t.Sort, State: ThreadState(t.State), Owner: t.Owner, WaitingOn: t.WaitingOn,
		LastAt: ms(t.Last.At), LastBy: t.Last.By, LastText: said(told), Need: told.Need,
		Rhythm: checkinRhythm.Milliseconds(), Due: ms(t.Due), Overdue: t.Overdue, Footing: t.Footing.String(),
		Actions: []CardAction{}, RestsOn: restsOn(s, t.Basis),
	}
	// The opening of a thread says no more than its title.
	if told.ID == t.ID {
		c.LastText = ""
	}
	c.Before = saidBefore(t, told)
	if t.Rhythm > 0 {
		c.Rhythm = t.Rhythm.Milliseconds()
	}
	rows := []CardAction{}
	for _, a := range actions {
		row := CardAction{ID: a.ID, Label: a.Label, Text: a.Text, State: ActionState(a.State), Ended: a.HasEnded(), At: ms(a.Due), Overdue: a.Overdue,
			Footing: a.Footing.String(), Hard: a.Irreversible}
		if row.Ended {
			row.At = ms(a.Changed)
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b CardAction) int { return actionRank(a) - actionRank(b) })
	if len(rows) > cardActions {
		c.More = len(rows) - cardActions
		rows = rows[:cardActions]
	}
	c.Actions = append(c.Actions, rows...)
	return c
}

// actionRank puts what runs late first and what has ended last.
func actionRank(a CardAction) int {
	switch {
	case a.Overdue && !a.Ended:
		return 0
	case a.State == ActionState(incident.InProgress), a.State == ActionState(incident.Blocked):
		return 1
	case !a.Ended:
		return 2
	default:
		return 3
	}
}

// saidBefore is what was said before a word of a thread; empty where that is
// its opening.
func saidBefore(t *incident.Thread, word incident.Word) string {
	at := slices.IndexFunc(t.Story, func(w incident.Word) bool { return w.ID == word.ID })
	for i := at - 1; i > 0; i-- {
		if text := said(t.Story[i]); text != "" && !t.Story[i].Struck {
			return text
		}
	}
	return ""
}

// said is a word in one line: its text, else what was seen and done.
func said(w incident.Word) string {
	if w.Text != "" {
		return w.Text
	}
	switch {
	case w.Seeing != "" && w.Doing != "":
		return w.Seeing + "; " + w.Doing
	case w.Seeing != "":
		return w.Seeing
	default:
		return w.Doing
	}
}
