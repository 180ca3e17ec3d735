package compose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"bearings/internal/incident"
)

// picks offers, where a label can come next, the things that it could be, each
// at one key: the claims that something can rest on, the evidence that a
// verdict can cite. Where nothing else can come, a digit means one of them,
// since a label begins with a letter; in the middle of words it is a digit
// ("only on 4.17"), and Ctrl has to be held.
func (w *Writer) picks(before string) []Completion {
	name, rest, ok := slash(before)
	c := find(name)
	if !ok || c == nil {
		return nil
	}
	l := &line{w: w, words: split(rest)}
	given, key := l.given()
	taken := func(id string) bool {
		return slices.ContainsFunc(given, func(t incident.Thing) bool { return t.Meta().ID == id })
	}
	switch {
	case key == "mode:" && c.Name == "decision":
		return numbered(choices(modes), len(before), digit)
	case key == "door:" && c.Name == "decision":
		return numbered(choices(doors), len(before), digit)
	case key == "by" && c.Name == "supersede":
		old, _ := l.first(incident.KindDecision)
		return numbered(w.newer(func(id string) bool { return taken(id) || old != nil && old.Meta().ID == id }), len(before), digit)
	case key == "on" && c.Name == "basis":
		of, _ := l.first(restingKinds...)
		offers := w.claimsFor(of, taken)
		if len(given) == 0 {
			offers = append(offers, pick{insert: "nothing ", shows: "Nothing", detail: "it stands by itself"})
		}
		return numbered(offers, len(before), digit)
	case key == "on" && c.Name == "keep":
		of, _ := l.first(restingKinds...)
		return numbered(w.claimsFor(of, taken), len(before), amidWords)
	case key == "on" && slices.Contains([]string{"claim", "action", "decision", "thread"}, c.Name):
		return numbered(w.claimsFor(nil, taken), len(before), amidWords)
	case speaks(key) && c.Name == "link" && len(given) == 0:
		return numbered(w.claimsFor(nil, taken), len(before), digit)
	case speaks(key) && c.Name == "evidence":
		return numbered(w.claimsFor(nil, taken), len(before), amidWords)
	case slices.Contains([]string{"verify", "refute", "rule"}, c.Name):
		return w.verdictPicks(c.Name, l, given, key, taken, len(before))
	}
	return nil
}

func speaks(key string) bool { return slices.Contains([]string{"for", "against", "neutral"}, key) }

// subjects offers what a line can be about whose other end stands already:
// what may rest on a claim, and the evidence that may be linked to it.
func (w *Writer) subjects(before, after string) []Completion {
	name, rest, _ := slash(before)
	c := find(name)
	if c == nil || strings.TrimSpace(rest) != "" {
		return nil
	}
	l := &line{w: w, words: split(strings.TrimSpace(after))}
	given, key := l.given()
	if len(given) != 1 {
		return nil
	}
	of, ok := given[0].(*incident.Claim)
	switch {
	case !ok:
		return nil
	case c.Name == "link":
		return numbered(w.evidenceFor(of, "link", "", func(id string) bool { return speaksOf(of, id) }), len(before), digit)
	case c.Name == "basis" && key == "on":
		return numbered(append(w.restingOn(of), pick{"nothing ", "Nothing", "rests on it"}), len(before), digit)
	}
	return nil
}

func speaksOf(c *incident.Claim, id string) bool {
	return slices.ContainsFunc(slices.Concat(c.Supports, c.Contradicts), func(l incident.Link) bool { return l.Evidence.ID == id })
}

// restingOn are the things that go on and may rest on a claim: of its thread
// first, decisions before what follows from them, the newest of equals first.
func (w *Writer) restingOn(c *incident.Claim) []pick {
	var things []incident.Thing
	add := func(t incident.Thing) {
		names := slices.ContainsFunc(t.Rests().Sets, func(set incident.BasisSet) bool {
			return slices.ContainsFunc(set.On, func(r incident.Ref) bool { return r.ID == c.ID })
		})
		if !t.HasEnded() && !names && t.Meta().ID != c.ID {
			things = append(things, t)
		}
	}
	for _, d := range slices.Backward(w.State.Decisions) {
		add(d)
	}
	for _, a := range slices.Backward(w.State.Actions) {
		add(a)
	}
	for _, t := range slices.Backward(w.State.Threads) {
		add(t)
	}
	for _, u := range slices.Backward(w.State.Updates) {
		add(u)
	}
	slices.SortStableFunc(things, func(a, b incident.Thing) int { return elsewhere(c.Thread, a) - elsewhere(c.Thread, b) })
	var out []pick
	for _, t := range things[:min(len(things), maxCompletions)] {
		out = append(out, pick{t.Meta().Label + " ", t.Meta().Label + " " + t.Name(), plain(t.Word())})
	}
	return out
}

// elsewhere is 0 for a thing of a thread, 1 for any other.
func elsewhere(thread string, t incident.Thing) int {
	if thread != "" && threadOf(t) == thread {
		return 0
	}
	return 1
}

var restingKinds = []incident.Kind{incident.KindClaim, incident.KindDecision, incident.KindAction, incident.KindUpdate, incident.KindThread}

// given are the things that the last words of a line name, and the word
// before them.
func (l *line) given() (given []incident.Thing, key string) {
	for n := len(l.words) - 1; n >= 0; n-- {
		t, ok := l.w.labelled(l.words[n])
		if !ok {
			return given, strings.ToLower(bare(l.words[n]))
		}
		given = append(given, t)
	}
	return given, ""
}

func (w *Writer) verdictPicks(command string, l *line, given []incident.Thing, key string, taken func(string) bool, at int) []Completion {
	if key == "by" {
		return numbered(w.evidenceFor(w.claimOf(l), command, "", taken), at, amidWords)
	}
	c := w.claimOf(l)
	if c == nil {
		return nil
	}
	rest := strings.ToLower(l.rest()) // the claim was taken out
	switch {
	case command == "rule" && rest == "":
		return numbered([]pick{
			{insert: "holds ", shows: "It holds", detail: "whatever was said before"},
			{insert: "wrong ", shows: "It is wrong", detail: "whatever was said before"},
		}, at, digit)
	case rest == "" || command == "rule" && slices.Contains([]string{"holds", "wrong"}, rest):
		if rest == "wrong" {
			command = "refute"
		}
		return numbered(w.evidenceFor(c, command, "by ", taken), at, amidWords)
	}
	return nil
}

// claimOf is the claim that a line is about; nil where it names none.
func (w *Writer) claimOf(l *line) *incident.Claim {
	t, _ := l.first(incident.KindClaim)
	c, _ := t.(*incident.Claim)
	return c
}

// A pick is one of what is offered at a key.
type pick struct{ insert, shows, detail string }

// What comes before the number of an offer in its key.
const (
	digit     = ""
	amidWords = "Ctrl "
)

// numbered gives each offer its key, a digit or one with Ctrl; what stands for
// nothing has 0.
func numbered(picks []pick, at int, chord string) []Completion {
	var out []Completion
	for _, p := range picks {
		number := strconv.Itoa(len(out) + 1)
		if p.insert == "nothing " {
			number = "0"
		}
		out = append(out, Completion{From: at, To: at, Insert: p.insert, Shows: p.shows, Detail: p.detail, Key: chord + number})
	}
	return out
}

// claimsFor are the claims that something can rest on, or that evidence can
// speak of: those of its thread first, then by what rests on them, the newest
// of equals first.
func (w *Writer) claimsFor(of incident.Thing, taken func(string) bool) []pick {
	thread := threadOf(of)
	if thread == "" {
		thread, _ = w.thread()
	}
	var claims []*incident.Claim
	for _, c := range slices.Backward(w.State.Claims) {
		if !c.HasEnded() && !taken(c.ID) && (of == nil || of.Meta().ID != c.ID) {
			claims = append(claims, c)
		}
	}
	slices.SortStableFunc(claims, func(a, b *incident.Claim) int {
		return cmp.Or(cmp.Compare(elsewhere(thread, a), elsewhere(thread, b)), cmp.Compare(b.Load, a.Load))
	})
	var out []pick
	for _, c := range claims[:min(len(claims), maxCompletions)] {
		out = append(out, pick{c.Label + " ", c.Label + " " + c.Text, string(c.State)})
	}
	return out
}

// evidenceFor is what a verdict on a claim can cite: what speaks for it or
// against it, as the verdict goes, then the rest of what is linked to it, then
// what was shown in its thread; the newest first. Somebody's word is no proof
// and is not offered.
func (w *Writer) evidenceFor(c *incident.Claim, command, before string, taken func(string) bool) []pick {
	if c == nil {
		return nil
	}
	type found struct {
		*incident.Evidence
		rank   int
		detail string
	}
	var all []found
	side := func(links []incident.Link, rank int, says string) {
		for _, l := range slices.Backward(links) {
			if l.Proof && !taken(l.Evidence.ID) {
				all = append(all, found{l.Evidence, rank, plain(l.Evidence.Sort) + ", " + says})
			}
		}
	}
	pro, con := 0, 1
	if command == "refute" {
		pro, con = 1, 0
	}
	side(c.Supports, pro, "for")
	side(c.Contradicts, con, "against")
	linked := func(id string) bool {
		return slices.ContainsFunc(all, func(f found) bool { return f.ID == id }) || taken(id)
	}
	for _, e := range slices.Backward(w.State.Evidence) {
		if !e.Talk && !e.Struck && !linked(e.ID) && len(e.Claims) == 0 && (e.Thread == "" || e.Thread == c.Thread) {
			all = append(all, found{e, 2, plain(e.Sort) + ", not linked yet"})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.rank, b.rank) })
	var out []pick
	for _, e := range all[:min(len(all), maxCompletions)] {
		out = append(out, pick{before + e.Label + " ", e.Label + " " + e.Name(), e.detail})
	}
	return out
}

// threadOf is the id of the thread that a thing belongs to, empty for none.
func threadOf(t incident.Thing) string {
	switch t := t.(type) {
	case *incident.Thread:
		return t.ID
	case *incident.Claim:
		return t.Thread
	case *incident.Action:
		return t.Thread
	case *incident.Decision:
		return t.Thread
	case *incident.Evidence:
		return t.Thread
	}
	return ""
}
