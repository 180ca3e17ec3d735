package compose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bearings/internal/incident"
	"bearings/internal/record"
)

func (w *Writer) severity(l *line) (*Draft, *Problem) {
	word := strings.ToUpper(l.word("1", "2", "3", "4", "sev1", "sev2", "sev3", "sev4"))
	if word == "" {
		return nil, problem("Which severity?", "/sev 1 why")
	}
	sev := "SEV" + word[len(word)-1:]
	return draft("Severity "+sev, "incident.change", "severity", sev, "why", l.rest()), nil
}

func oneOf(field string, words ...string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		word := l.word(words...)
		if word == "" {
			return nil, problem("Which "+field+"?", "One of "+strings.Join(words, ", ")+".")
		}
		return draft(capital(field)+" "+word, "incident.change", field, word, "why", l.rest()), nil
	}
}

func (w *Writer) impact(l *line) (*Draft, *Problem) {
	if l.rest() == "" {
		return nil, missing("What is affected?", "/impact what is broken, for whom")
	}
	says := "Impact"
	if l.bang {
		says = "Impact, which grew"
	}
	return draft(says, "incident.change", "impact", l.rest(), "wider", l.bang), nil
}

func situation(field string) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		if l.rest() == "" {
			return nil, missing("The text is missing.", "Type it after the command.")
		}
		return draft("Set: "+plain(field), "incident.change", field, l.rest()), nil
	}
}

func (w *Writer) lift(l *line) (*Draft, *Problem) {
	d, p := l.need("don't", "/lift X1", incident.KindDont)
	if p != nil {
		return nil, p
	}
	return draft("Lift "+d.Meta().Label, "dont.lift", "dont", d.Meta().ID), nil
}

func (w *Writer) tripwire(l *line) (*Draft, *Problem) {
	const usage = "/if it goes above 60% then: switch off by 04:00 @who"
	owner, p := l.person()
	if p != nil {
		return nil, p
	}
	when := l.moment("by")
	if d := l.within("by"); d > 0 && when.IsZero() {
		when = w.Place.Now.Add(d)
	}
	then := l.field("then")
	if then == "" {
		for i, word := range l.words { // "then" without the colon will do
			if strings.EqualFold(strings.TrimRight(bare(word), ","), "then") {
				then = strings.TrimSpace(strings.Join(l.words[i+1:], ""))
				l.words = l.words[:i]
				break
			}
		}
	}
	condition := strings.TrimRight(l.rest(), ",")
	if first, rest, more := strings.Cut(condition, " "); more && strings.EqualFold(first, "if") {
		condition = rest // the command says it already
	}
	if condition == "" || then == "" {
		return nil, missing("If what, then what?", usage)
	}
	return draft(with("Tripwire", " for ", owner, ", by ", w.day(when)), "tripwire.set", "if", condition, "then", then, "by_when", stamp(when), "owner", owner), nil
}

func tripwireAnswer(happened bool) func(*Writer, *line) (*Draft, *Problem) {
	return func(_ *Writer, l *line) (*Draft, *Problem) {
		t, p := l.need("tripwire", "/happened W1", incident.KindTripwire)
		if p != nil {
			return nil, p
		}
		d := draft(t.Meta().Label+" happened", "tripwire.answer", "tripwire", t.Meta().ID)
		if !happened {
			d.Says = t.Meta().Label + " did not happen"
		}
		d.Records[0].Fields = append(d.Records[0].Fields, record.Field{Key: "happened", Value: strconv.AppendBool(nil, happened)})
		return d, nil
	}
}

// reading takes the last number of the line as the value, what follows as the
// unit, and what stands before as the name.
func (w *Writer) reading(l *line) (*Draft, *Problem) {
	for i := len(l.words) - 1; i > 0; i-- {
		value, unit, ok := measured(strings.TrimRight(bare(l.words[i]), ",;"))
		after := strings.TrimSpace(strings.Join(l.words[i+1:], ""))
		if !ok || unit != "" && after != "" {
			continue
		}
		unit += after
		name := strings.TrimRight(strings.TrimSpace(strings.Join(l.words[:i], "")), ":=")
		return draft(name+" "+incident.FormatValue(value, unit), "reading.add", "name", name, "value", value, "unit", unit), nil
	}
	return nil, missing("Which number?", "/reading failing payments 38 %")
}

var measure = regexp.MustCompile(`^(-?[0-9][0-9.,]*)(\D*)$`)

// measured reads a number and the unit that is written right after it: 38%,
// 240ms. A comma before three digits sets thousands apart, else it is the
// decimal point.
func measured(word string) (value float64, unit string, ok bool) {
	m := measure.FindStringSubmatch(word)
	if m == nil {
		return 0, "", false
	}
	number := thousands.ReplaceAllString(m[1], "$1")
	value, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", "."), 64)
	return value, m[2], err == nil
}

var thousands = regexp.MustCompile(`,([0-9]{3})\b`)

// nextUpdate takes out when the next update is due, and who writes it: "next:
// 03:55 @aiko", "next: in 30m". Other words after it are of the text ("what
// comes next: we test it").
func (l *line) nextUpdate() (due time.Time, by string, p *Problem) {
	i := slices.IndexFunc(l.words, func(word string) bool { return strings.EqualFold(bare(word), "next:") })
	if i < 0 {
		return due, "", nil
	}
	said := &line{w: l.w, words: slices.Clone(l.words[i+1:])}
	if by, p = said.person(); p != nil {
		return due, "", p
	}
	said.word("in", "at", "by")
	if d, words := said.length(0); words > 0 {
		due = l.w.Place.Now.Add(d)
		said.take(0, words)
	} else if len(said.words) > 0 && clockTime.MatchString(bare(said.words[0])) {
		due = l.w.next(strings.TrimRight(bare(said.words[0]), ",.;"))
		said.take(0, 1)
	}
	if said.rest() != "" {
		return time.Time{}, "", nil
	}
	l.take(i, len(l.words))
	return due, by, nil
}

func (w *Writer) update(l *line) (*Draft, *Problem) {
	const usage = "/update Status page: the text, states C1 next: 03:55"
	states, corrects := l.refs("states", incident.KindClaim), l.refs("corrects", incident.KindUpdate)
	due, by, p := l.nextUpdate()
	if p != nil {
		return nil, p
	}
	audience, said, ok := strings.Cut(l.rest(), ":")
	if !ok || strings.TrimSpace(said) == "" {
		return nil, missing("To whom, and what?", usage)
	}
	corrected := ""
	if len(corrects) > 0 {
		corrected = corrects[0].ID
	}
	return draft(with("Keep what was told to "+strings.TrimSpace(audience), ", which corrects ", labels(corrects), ", next by ", w.clock(due)), "update.send",
		"audience", strings.TrimSpace(audience), "text", strings.TrimSpace(said), "states", ids(states),
		"next_due", stamp(due), "next_by", by, "corrects", corrected), nil
}
