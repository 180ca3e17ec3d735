package compose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bearings/internal/incident"
)

// A line is what follows a command, word by word; what has been understood is
// taken out, and the rest is the text. Words keep the white space after them,
// so that the rest is just what was typed.
type line struct {
	w      *Writer
	words  []string
	fields []string // the fields that it may have; fieldNames where nil
	bang   bool     // the command ended in !
	ask    bool     // the command ended in ?
}

func split(text string) []string {
	var words []string
	start, inSpace := 0, false
	for i, r := range text {
		space := unicode.IsSpace(r)
		if !space && inSpace && i > start {
			words = append(words, text[start:i])
			start = i
		}
		inSpace = space
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}

func bare(word string) string { return strings.TrimSpace(word) }

// rest is what has not been taken out.
func (l *line) rest() string { return strings.TrimSpace(strings.Join(l.words, "")) }

// take takes words out, and the comma or semicolon before them that set them
// off.
func (l *line) take(from, to int) {
	if from > 0 {
		before := bare(l.words[from-1])
		if cut := strings.TrimRight(before, ",;"); cut != before && cut != "" {
			l.words[from-1] = strings.Replace(l.words[from-1], before, cut, 1)
		}
	}
	l.words = slices.Delete(l.words, from, to)
}

// person takes out the @name with which the text begins or ends, and finds who
// is meant. Between other words it is one of them ("ask @priya for the query").
func (l *line) person() (string, *Problem) {
	for i, word := range l.words {
		name, ok := strings.CutPrefix(bare(word), "@")
		if !ok || i > 0 && !l.endsAt(i+1) {
			continue
		}
		if name == "" {
			if i == 0 { // begun for somebody, and meant for nobody after all
				l.take(0, 1)
				return "", nil
			}
			if i == len(l.words)-1 { // begun, and not said yet
				return "", problem("Whom do you mean?", "Type a name after the @, or take the @ away.")
			}
			continue
		}
		who, p := l.w.who(strings.TrimRight(name, ",.;:"))
		if p != nil {
			return "", p
		}
		l.take(i, i+1)
		return who, nil
	}
	return "", nil
}

// keywords are what may follow the text, beside lengths of time, clock times,
// labels and fields.
var keywords = []string{"on", "tests", "by", "in", "within", "for", "against", "neutral"}

// endsAt reports whether the text of a line ends before a word: what follows is
// said of it.
func (l *line) endsAt(word int) bool {
	for i := word; i < len(l.words); {
		if l.isField(l.words[i]) {
			return true
		}
		_, label := l.w.labelled(l.words[i])
		_, length := l.length(i)
		text := strings.ToLower(bare(l.words[i]))
		if !label && length == 0 && !clockTime.MatchString(text) && !slices.Contains(keywords, text) {
			return false
		}
		i += max(length, 1)
	}
	return true
}

// name takes out what stands from a word on, if it is just the name of somebody
// who is here, whole or one word of it: without an @ a name may as well begin a
// sentence ("Raj is asleep").
func (l *line) name(from int) string {
	if from >= len(l.words) {
		return ""
	}
	name := strings.Join(strings.Fields(strings.Join(l.words[from:], "")), " ")
	if strings.EqualFold(name, "me") {
		l.take(from, len(l.words))
		return l.w.Place.Me
	}
	found := ""
	for _, r := range l.w.State.Responders {
		whole := strings.EqualFold(r.Name, name)
		if !whole && !slices.ContainsFunc(strings.Fields(r.Name), func(word string) bool { return strings.EqualFold(word, name) }) {
			continue
		}
		if found != "" && !whole {
			return ""
		}
		found = r.Name
		if whole {
			break
		}
	}
	if found != "" {
		l.take(from, len(l.words))
	}
	return found
}

// who finds a person by the beginning of any of their names. "me" is who
// types.
func (w *Writer) who(name string) (string, *Problem) {
	if strings.EqualFold(name, "me") {
		return w.Place.Me, nil
	}
	var found []string
	for _, r := range w.State.Responders {
		if strings.EqualFold(r.Name, name) || strings.EqualFold(strings.ReplaceAll(r.Name, " ", ""), name) {
			return r.Name, nil
		}
		if begins(r.Name, name) {
			found = append(found, r.Name)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if begins(w.Place.Me, name) {
			return w.Place.Me, nil
		}
		return "", problem("Nobody here is called "+name+".", "Bring them in first: /join "+capital(name)+": why they are here; or leave the @ away")
	default:
		return "", problem("@"+name+" may be "+strings.Join(found, " or ")+".", "Type more of the name.")
	}
}

func begins(name, part string) bool {
	part = strings.ToLower(part)
	for word := range strings.FieldsSeq(strings.ToLower(name)) {
		if strings.HasPrefix(word, part) {
			return true
		}
	}
	return strings.HasPrefix(strings.ToLower(strings.ReplaceAll(name, " ", "")), part)
}

func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// duration takes out a length of time with which the text begins or ends: "10m
// restart", "restart in 10 min". Between other words it is one of them ("wait
// 10m, then restart"), and what goes on for 10m is still said to.
func (l *line) duration() time.Duration {
	if d, words := l.length(0); words > 0 {
		l.take(0, words)
		return d
	}
	for from := max(len(l.words)-2, 0); from < len(l.words); from++ {
		d, words := l.length(from)
		if from+words != len(l.words) {
			continue
		}
		if from > 0 {
			switch strings.ToLower(bare(l.words[from-1])) {
			case "for":
				return d
			case "in", "within":
				from--
			}
		}
		l.take(from, len(l.words))
		return d
	}
	return 0
}

// length is the length of time that stands somewhere in a line, from a minute
// to a week, and how many words say it: none where there is no such thing.
func (l *line) length(at int) (time.Duration, int) {
	if at >= len(l.words) {
		return 0, 0
	}
	text, words := lengthWord(l.words[at]), 1
	if _, err := strconv.Atoi(text); err == nil && at+1 < len(l.words) {
		text, words = text+lengthWord(l.words[at+1]), 2
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Minute || d > 7*24*time.Hour {
		return 0, 0
	}
	return d, words
}

// lengthWord is a word of a length of time as [time.ParseDuration] knows it.
func lengthWord(word string) string {
	text := strings.ToLower(strings.TrimRight(bare(word), ",.;"))
	for _, tail := range []string{"inutes", "inute", "ins", "in", "ours", "our"} {
		if short, ok := strings.CutSuffix(text, tail); ok {
			return short
		}
	}
	return text
}

// within takes out a keyword and the length of time after it ("by 20m").
func (l *line) within(keyword string) time.Duration {
	for i := 0; i+1 < len(l.words); i++ {
		if d, words := l.length(i + 1); words > 0 && strings.EqualFold(bare(l.words[i]), keyword) {
			l.take(i, i+1+words)
			return d
		}
	}
	return 0
}

var clockTime = regexp.MustCompile(`^([01]?[0-9]|2[0-3]):[0-5][0-9][,.;]?$`)

// moment takes out a keyword and the clock time after it ("by 03:50"). It is
// the next time that the clock says so.
func (l *line) moment(keyword string) time.Time {
	for i := 0; i+1 < len(l.words); i++ {
		at := bare(l.words[i+1])
		if !strings.EqualFold(bare(l.words[i]), keyword) || !clockTime.MatchString(at) {
			continue
		}
		l.take(i, i+2)
		return l.w.next(strings.TrimRight(at, ",.;"))
	}
	return time.Time{}
}

// next is the next moment at which the clock shows a time.
func (w *Writer) next(clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}
	}
	now := w.Place.Now.In(w.zone())
	at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, w.zone())
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// past takes out a keyword and the clock time after it ("seen 03:20"), which
// is the last time that the clock said so; or that of a day ("seen 2026-11-20
// 03:20").
func (l *line) past(keyword string) time.Time {
	for i := 0; i+2 < len(l.words); i++ {
		day, clock := bare(l.words[i+1]), strings.TrimRight(bare(l.words[i+2]), ",.;")
		at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, l.w.zone())
		if err == nil && strings.EqualFold(bare(l.words[i]), keyword) {
			l.take(i, i+3)
			return at
		}
	}
	at := l.moment(keyword)
	if !at.IsZero() && at.After(l.w.Place.Now) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// clock writes a clock time; nothing where there is none.
func (w *Writer) clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(w.zone()).Format("15:04")
}

// day writes a clock time with its day, unless that is today.
func (w *Writer) day(at time.Time) string {
	if local, now := at.In(w.zone()), w.Place.Now.In(w.zone()); at.IsZero() || local.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return w.clock(at)
	}
	return at.In(w.zone()).Format("2 Jan 15:04")
}

// refs takes out a keyword and the labels after it ("on C4, E2"), of the
// kinds that make sense there. Without such labels the word is just a word.
func (l *line) refs(keyword string, kinds ...incident.Kind) []incident.Ref {
	for i, word := range l.words {
		if !strings.EqualFold(bare(word), keyword) {
			continue
		}
		var found []incident.Ref
		end := i + 1
		for ; end < len(l.words); end++ {
			t, ok := l.w.labelled(l.words[end])
			if !ok || !slices.Contains(kinds, t.Meta().Kind) {
				break
			}
			found = append(found, t.Meta().Ref)
		}
		if len(found) > 0 {
			l.take(i, end)
			return found
		}
	}
	return nil
}

// first takes out the first word if it is the label of a thing of some kinds;
// else the selected thing counts, if it is of one.
func (l *line) first(kinds ...incident.Kind) (incident.Thing, bool) {
	if len(l.words) > 0 {
		if t, ok := l.w.labelled(l.words[0]); ok && slices.Contains(kinds, t.Meta().Kind) {
			l.take(0, 1)
			return t, true
		}
	}
	t, ok := l.w.about()
	return t, ok && slices.Contains(kinds, t.Meta().Kind)
}

var labelForm = regexp.MustCompile(`^[A-Za-z][0-9]+[a-z]?$`)

// labelled finds the thing whose label a word is.
func (w *Writer) labelled(word string) (incident.Thing, bool) {
	l := strings.TrimRight(bare(word), ",.;:")
	if !labelForm.MatchString(l) {
		return nil, false
	}
	return w.State.Find(strings.ToUpper(l[:1]) + l[1:])
}

// field takes out "name: text", up to the next such field.
func (l *line) field(name string) string {
	for i, word := range l.words {
		if !strings.EqualFold(bare(word), name+":") {
			continue
		}
		end := i + 1
		for end < len(l.words) && !l.isField(l.words[end]) {
			end++
		}
		text := strings.TrimSpace(strings.Join(l.words[i+1:end], ""))
		if end < len(l.words) {
			text = strings.TrimRight(text, ",;") // they set the next one off
		}
		l.take(i, end)
		return text
	}
	return ""
}

// apart sets the names of fields off from a word that was typed right after
// them ("mode:command").
func (l *line) apart(names ...string) {
	for i := 0; i < len(l.words); i++ {
		name, word, _ := strings.Cut(l.words[i], ":")
		if bare(word) != "" && slices.Contains(names, strings.ToLower(name)) {
			l.words = slices.Replace(l.words, i, i+1, name+":", word)
		}
	}
}

var fieldNames = []string{"why", "test", "wrong", "seeing", "doing", "need", "then", "next", "said", "grade", "origin",
	"mode", "consulted", "alternatives", "revisit", "door"}

func (l *line) isField(word string) bool {
	names := l.fields
	if names == nil {
		names = fieldNames
	}
	name, ok := strings.CutSuffix(strings.ToLower(bare(word)), ":")
	return ok && slices.Contains(names, name)
}

// word takes out the first word if it is one of some.
func (l *line) word(of ...string) string {
	if len(l.words) == 0 {
		return ""
	}
	w := strings.ToLower(strings.TrimRight(bare(l.words[0]), ",:"))
	if !slices.Contains(of, w) {
		return ""
	}
	l.take(0, 1)
	return w
}
