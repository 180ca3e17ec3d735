package compose

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bearings/internal/incident"
)

// A Piece is a sentence that may be told to people outside, by rule from the
// records: the situation, what is verified, the aim, and what is believed.
type Piece struct {
	ID     string // of the claim, else a word for what it says
	Claim  string // label of the claim that it states; empty for none
	Text   string
	Ticked bool // it goes out unless somebody takes it out
}

// mostBelieved is how many beliefs are offered: more are told to nobody.
const mostBelieved = 6

// Pieces are what an update may say, in its order. What is only believed
// says so, and goes out only when a person ticks it; so does a number.
func (w *Writer) Pieces() []Piece {
	s := w.State
	var out []Piece
	say := func(id, lead, text string, ticked bool) {
		if text != "" {
			out = append(out, Piece{ID: id, Text: full(lead + oneLine(text)), Ticked: ticked})
		}
	}
	say("impact", "", s.Impact, true)
	say("spared", "Not affected: ", s.NotAffected, true)
	if !s.Started.IsZero() {
		say("started", "It began at ", s.Started.In(w.zone()).Format("15:04"), true)
	}
	say("status", "", statusSays[s.Status], true)
	for _, r := range s.Readings {
		if len(r.Points) > 0 {
			say("reading "+r.Name, capital(r.Name)+": ", incident.FormatValue(r.Last.Value, r.Unit)+" at "+w.clock(r.Last.At), false)
		}
	}
	say("aim", "Our aim: ", s.Aim, true)
	var believed []*incident.Claim
	for _, c := range s.Claims {
		switch {
		case c.State == incident.Verified && !c.Shaky():
			out = append(out, Piece{ID: c.ID, Claim: c.Label, Text: full(oneLine(c.Text)), Ticked: true})
		case c.State == incident.Supported || c.State == incident.Assumption || c.State == incident.Verified:
			believed = append(believed, c)
		}
	}
	slices.SortStableFunc(believed, func(a, b *incident.Claim) int { return cmp.Compare(b.Load, a.Load) })
	for _, c := range believed[:min(len(believed), mostBelieved)] {
		out = append(out, Piece{ID: c.ID, Claim: c.Label, Text: full("We believe: " + oneLine(c.Text))})
	}
	return out
}

var statusSays = map[incident.Status]string{
	incident.Investigating: "We are looking into it",
	incident.Mitigating:    "We are working to bring it back",
	incident.Monitoring:    "We are watching whether it holds",
	incident.Resolved:      "It is over",
	incident.Closed:        "It is over",
}

// full makes a sentence of a text. What a line would read as a person or a
// field of an update is taken apart.
func full(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = strings.TrimPrefix(word, "@")
	}
	text = capital(strings.Join(words, " "))
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// Message begins the line that keeps an update: the pieces that were ticked,
// and when the next one comes. What it states is what it rests on. Text is
// what people outside read.
func (w *Writer) Message(audience string, ticked []string, next time.Time) (line Begun, text string) {
	var said, states []string
	for _, p := range w.Pieces() {
		if !slices.Contains(ticked, p.ID) {
			continue
		}
		said = append(said, p.Text)
		if p.Claim != "" {
			states = append(states, p.Claim)
		}
	}
	if !next.IsZero() {
		said = append(said, "Next update at "+w.clock(next)+".")
	}
	text = strings.Join(said, " ")
	begun := "/update "
	if len(states) > 0 {
		begun += "states " + strings.Join(states, " ") + ", "
	}
	line = Begun{Text: begun + audience + ": " + text}
	line.Caret = len(line.Text)
	if !next.IsZero() {
		line.Text += " next: " + w.clock(next)
	}
	return line, text
}
