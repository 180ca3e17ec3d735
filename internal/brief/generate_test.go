package brief_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Random incidents for the properties of a brief: every kind of record, with
// texts of all the sorts that people and programs paste.

var start = time.Date(2026, 11, 21, 22, 0, 0, 0, time.UTC)

// A teller makes up the records of an incident, as lines of an incident file.
type teller struct {
	*rand.Rand
	now  time.Time
	n    int
	made map[string][]string // ids by kind of thing
	sets []map[string]any    // what was said to rest on what
	out  bytes.Buffer
}

var people = []string{
	"Ana Lima", "Ben", "Cleo Vásquez", "responder A", "דנה כהן", "山田太郎", "Ana Moreau",
	"An <b>Admin</b> of *some* length | with a title and a half, who types all of it", strings.Repeat("Xy", 70), "line\nbreak",
}

var pieces = []string{
	"order writes fail in eu-west", "the pool is empty", "p99 is 4.18 s, was 0.3 s", "rolled back", "since 02:14",
	"השרת לא עונה", "接続プールが枯渇している", "Пул соединений исчерпан", "🚨🚨 down 🇧🇷",
	"<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold** _it_ `code` | cell", "&lt;b&gt; &amp; $x$ ~y~", "# heading", "- item", "1. first", "> quote",
	"line one\nline two\r\n\r\n## Known\n\nKnown, verified: all is well", "\u202egnirts \u2066isolate\u2069", "\x01\x1b[31mred\x07", "tab\there",
	strings.Repeat("A", 500), "https://example.org/" + strings.Repeat("path/", 40), strings.Repeat("é\u0301", 60), "\ufeff\u200b\u00ad", "…", "...", "C4 E7 D1", "+3 more", "None recorded",
	strings.Repeat("many words ", 60),
}

func (s *teller) text() string {
	parts := make([]string, 1+s.IntN(4))
	for i := range parts {
		parts[i] = pieces[s.IntN(len(pieces))]
	}
	return strings.Join(parts, " ")
}

func (s *teller) yes(percent int) bool { return s.IntN(100) < percent }

func (s *teller) person() string { return people[s.IntN(len(people))] }

func pick[T any](s *teller, list ...T) T { return list[s.IntN(len(list))] }

// any returns the id of something of one of the kinds, newer ones more often,
// and empty where there is nothing.
func (s *teller) any(kinds ...string) string {
	of := s.made[kinds[s.IntN(len(kinds))]]
	if len(of) == 0 {
		return ""
	}
	if s.yes(50) {
		of = of[max(0, len(of)-8):]
	}
	return of[s.IntN(len(of))]
}

func (s *teller) basis() []string {
	var on []string
	for range s.IntN(3) {
		if id := s.any("claim", "claim", "evidence", "decision"); id != "" {
			on = append(on, id)
		}
	}
	return on
}

func (s *teller) soon() string {
	return s.now.Add(time.Duration(s.IntN(240)-60) * time.Minute).Format(time.RFC3339)
}

// record writes a line; makes is the kind of thing that it makes, empty for
// none.
func (s *teller) record(do, makes string, fields map[string]any) {
	s.n++
	id := fmt.Sprintf("r%d", s.n)
	if makes != "" {
		s.made[makes] = append(s.made[makes], id)
	}
	at := s.now
	if s.yes(10) {
		at = at.Add(-time.Duration(s.IntN(3000)) * time.Second)
	}
	fields["at"], fields["recorded"], fields["id"], fields["do"], fields["by"] = at, s.now, id, do, s.person()
	if s.yes(5) {
		fields["approx"] = true
	}
	for key, value := range fields {
		if value == "" {
			delete(fields, key)
		}
	}
	line, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	s.out.Write(append(line, '\n'))
}

// maybe is a text now and then.
func (s *teller) maybe(percent int) string {
	if s.yes(percent) {
		return s.text()
	}
	return ""
}

type kindOf struct {
	do, makes string
	often     int
	fields    func(s *teller) map[string]any // nil where there is nothing to be about
}

func about(key string, kinds []string, rest func(s *teller, f map[string]any)) func(s *teller) map[string]any {
	return func(s *teller) map[string]any {
		id := s.any(kinds...)
		if id == "" {
			return nil
		}
		f := map[string]any{key: id}
		if rest != nil {
			rest(s, f)
		}
		return f
	}
}

var kinds = []kindOf{
	{"incident.change", "", 3, func(s *teller) map[string]any {
		return pick(s,
			map[string]any{"severity": pick(s, "SEV1", "SEV2", "SEV3"), "why": s.maybe(50)},
			map[string]any{"status": pick(s, "investigating", "mitigating", "monitoring", "resolved")},
			map[string]any{"trend": pick(s, "improving", "steady", "worsening", "unknown")},
			map[string]any{"impact": s.text(), "not_affected": s.maybe(50), "wider": s.yes(30)},
			map[string]any{"aim": s.text()}, map[string]any{"title": s.text()})
	}},
	{"criterion.add", "criterion", 1, func(s *teller) map[string]any { return map[string]any{"text": s.text()} }},
	{"criterion.tick", "", 1, about("criterion", []string{"criterion"}, nil)},
	{"person.join", "", 2, func(s *teller) map[string]any {
		return map[string]any{"why": s.maybe(70), "asked_by": s.person(), "offer": s.maybe(70), "skills": []string{s.text()}, "reading_min": s.IntN(9), "app": s.yes(5)}
	}},
	{"person.ready", "", 1, func(*teller) map[string]any { return map[string]any{} }},
	{"person.leave", "", 1, func(*teller) map[string]any { return map[string]any{} }},
	{"role.take", "role", 2, func(s *teller) map[string]any {
		f := map[string]any{"role": pick(s, "lead", "deputy", "scribe", "comms", "expert", "observer", s.text()), "why": s.text()}
		if s.yes(30) {
			f["over"] = []string{}
		}
		return f
	}},
	{"role.release", "", 1, func(s *teller) map[string]any { return map[string]any{"role": pick(s, "lead", "scribe", "comms")} }},
	{"handover.open", "handover", 1, func(s *teller) map[string]any { return map[string]any{"to": s.person()} }},
	{"handover.readback", "", 1, func(s *teller) map[string]any { return map[string]any{"text": s.text()} }},
	{"handover.decline", "", 1, func(s *teller) map[string]any { return map[string]any{"why": s.text()} }},
	{"handover.withdraw", "", 1, func(s *teller) map[string]any { return map[string]any{"why": s.text()} }},
	{"handover.accept", "", 1, func(*teller) map[string]any { return map[string]any{} }},
	{"thread.open", "thread", 4, func(s *teller) map[string]any {
		return map[string]any{"title": s.text(), "kind": pick(s, "investigate", "mitigate", "comms"), "owner": pick(s, "", s.person()), "due": pick(s, "", "15m", s.soon()), "rests_on": s.basis()}
	}},
	{"thread.change", "", 4, about("thread", []string{"thread"}, func(s *teller, f map[string]any) {
		f["state"], f["why"] = pick(s, "active", "waiting", "parked", "done", "dead_end"), s.maybe(50)
		f["waiting_on"], f["due"] = s.maybe(30), pick(s, "", "15m", s.soon())
	})},
	{"note.add", "note", 10, func(s *teller) map[string]any {
		f := map[string]any{"text": s.text(), "thread": s.any("thread"), "need": s.maybe(20), "key": s.yes(10), "reply_to": pick(s, "", "", s.any("note"))}
		if s.yes(30) {
			delete(f, "text")
			f["seeing"], f["doing"] = s.text(), s.maybe(50)
		}
		return f
	}},
	{"note.strike", "", 1, about("note", []string{"note"}, func(s *teller, f map[string]any) { f["why"], f["restore"] = s.maybe(50), s.yes(20) })},
	{"reading.add", "reading", 6, func(s *teller) map[string]any {
		return map[string]any{"name": pick(s, "failing payments", s.text()), "value": pick(s, float64(s.IntN(100)), s.NormFloat64()*1e15, 0.25), "unit": pick(s, "%", "ms", s.text()), "worse": pick(s, "up", "down")}
	}},
	{"checkin.open", "checkin", 1, func(s *teller) map[string]any { return map[string]any{"minutes": s.IntN(20)} }},
	{"checkin.answer", "", 3, about("checkin", []string{"checkin"}, func(s *teller, f map[string]any) {
		f["thread"], f["seeing"], f["doing"], f["need"] = s.any("thread"), s.text(), s.maybe(60), s.maybe(30)
	})},
	{"checkin.close", "", 1, about("checkin", []string{"checkin"}, nil)},
	{"action.add", "action", 4, func(s *teller) map[string]any {
		return map[string]any{"text": s.text(), "owner": pick(s, "", s.person()), "thread": s.any("thread"), "minutes": s.IntN(30), "irreversible": s.yes(20), "rests_on": s.basis()}
	}},
	{"action.change", "", 5, about("action", []string{"action"}, func(s *teller, f map[string]any) {
		f["state"], f["result"], f["why"] = pick(s, "in_progress", "in_progress", "blocked", "done", "failed", "dropped"), s.maybe(50), s.maybe(30)
	})},
	{"claim.make", "claim", 8, func(s *teller) map[string]any {
		return map[string]any{"text": s.text(), "thread": s.any("thread"), "rests_on": s.basis(), "wrong_if": s.maybe(30), "test": s.maybe(40)}
	}},
	{"claim.change", "", 1, about("claim", []string{"claim"}, func(s *teller, f map[string]any) { f["text"], f["test"] = s.text(), s.maybe(50) })},
	{"claim.verdict", "", 8, about("claim", []string{"claim"}, func(s *teller, f map[string]any) {
		f["verdict"], f["why"], f["ruling"] = pick(s, "verify", "verify", "refute", "not_sure"), s.maybe(60), s.yes(10)
		if id := s.any("evidence"); id != "" {
			f["evidence"] = []string{id}
		}
	})},
	{"claim.recheck", "", 1, about("claim", []string{"claim"}, func(s *teller, f map[string]any) { f["still"] = s.yes(70) })},
	{"claim.withdraw", "", 1, about("claim", []string{"claim"}, func(s *teller, f map[string]any) { f["why"] = s.maybe(50) })},
	{"evidence.add", "evidence", 10, func(s *teller) map[string]any {
		f := map[string]any{
			"kind": pick(s, "screenshot", "graph", "log", "alert", "test", "query", "message", "statement"), "title": s.text(), "text": s.maybe(20), "said_by": s.maybe(20),
			"observed": s.now.Add(-time.Duration(s.IntN(7200)) * time.Second).Format(time.RFC3339), "grade": pick(s, "", "direct", "second_hand"), "origin": pick(s, "", "", "o1"),
		}
		if id := s.any("claim"); id != "" {
			f["claims"] = map[string]string{id: pick(s, "supports", "supports", "contradicts", "neutral")}
		}
		return f
	}},
	{"evidence.link", "", 4, about("evidence", []string{"evidence"}, func(s *teller, f map[string]any) {
		f["claim"], f["relation"], f["why"] = s.any("claim"), pick(s, "supports", "supports", "contradicts"), s.maybe(30)
	})},
	{"evidence.change", "", 2, about("evidence", []string{"evidence"}, func(s *teller, f map[string]any) {
		f["title"], f["kind"], f["grade"] = s.text(), pick(s, "screenshot", "log", "message", "statement"), pick(s, "direct", "second_hand")
	})},
	{"evidence.strike", "", 1, about("evidence", []string{"evidence"}, func(s *teller, f map[string]any) { f["why"] = s.text() })},
	{"evidence.redact", "", 1, about("evidence", []string{"evidence"}, func(s *teller, f map[string]any) { f["why"] = s.text() })},
	{"basis.add", "", 4, about("of", []string{"claim", "decision", "action", "update", "thread"}, func(s *teller, f map[string]any) {
		if f["on"] = s.basis(); len(f["on"].([]string)) > 0 {
			s.sets = append(s.sets, map[string]any{"of": f["of"], "on": f["on"]})
		}
	})},
	{"basis.drop", "", 1, func(s *teller) map[string]any {
		if len(s.sets) == 0 {
			return nil
		}
		return maps.Clone(s.sets[s.IntN(len(s.sets))])
	}},
	{"decision.make", "decision", 4, func(s *teller) map[string]any {
		return map[string]any{
			"text": s.text(), "mode": pick(s, "command", "consulted", "no_objection", "agreed"), "why": s.maybe(50), "rests_on": s.basis(), "consulted": []string{s.person()},
			"alternatives": []string{s.text()}, "irreversible": s.yes(20), "state": pick(s, "", "proposed"), "by_when": pick(s, "", s.soon()), "revisit_when": s.maybe(30),
		}
	}},
	{"decision.object", "", 1, about("decision", []string{"decision"}, func(s *teller, f map[string]any) { f["why"] = s.text() })},
	{"decision.change", "", 3, about("decision", []string{"decision"}, func(s *teller, f map[string]any) {
		f["why"], f["state"] = s.maybe(50), pick(s, "in_force", "revisit", "reversed")
		if by := s.any("decision"); s.yes(20) && by != f["decision"] {
			f["superseded_by"] = by
		}
	})},
	{"update.send", "update", 2, func(s *teller) map[string]any {
		f := map[string]any{"audience": pick(s, "public", "banks", s.text()), "text": s.text(), "next_due": pick(s, "", s.soon()), "next_by": pick(s, "", s.person()), "corrects": pick(s, "", "", s.any("update"))}
		if id := s.any("claim"); id != "" {
			f["states"] = []string{id}
		}
		return f
	}},
	{"dont.add", "dont", 1, func(s *teller) map[string]any { return map[string]any{"text": s.text()} }},
	{"dont.lift", "", 1, about("dont", []string{"dont"}, nil)},
	{"tripwire.set", "tripwire", 1, func(s *teller) map[string]any {
		return map[string]any{"if": s.text(), "then": s.text(), "by_when": pick(s, "", s.soon()), "owner": pick(s, "", s.person())}
	}},
	{"tripwire.answer", "", 1, about("tripwire", []string{"tripwire"}, func(s *teller, f map[string]any) { f["happened"] = s.yes(50) })},
	{"question.ask", "question", 2, func(s *teller) map[string]any {
		return map[string]any{"text": s.text(), "about": s.any("claim", "thread", "decision")}
	}},
	{"question.answer", "", 1, about("question", []string{"question"}, func(s *teller, f map[string]any) { f["text"] = s.text() })},
	{"something.new", "", 1, func(s *teller) map[string]any { return map[string]any{"text": s.text()} }},
}

// tell makes up an incident of n records, the same for the same seed.
func tell(seed uint64, n int) []*record.Record {
	s := &teller{Rand: rand.New(rand.NewPCG(seed, 2041)), now: start, made: map[string][]string{}}
	var deck []kindOf
	for _, k := range kinds {
		for range k.often {
			deck = append(deck, k)
		}
	}
	if n > 0 && s.yes(90) {
		s.record("incident.declare", "", map[string]any{"title": s.text(), "severity": pick(s, "", "SEV2"), "impact": s.maybe(50), "started": pick(s, "", start.Format(time.RFC3339))})
	}
	step := max(1, 8*3600/max(1, n)) // all of it within some eight hours, over midnight
	for s.n < n {
		s.now = s.now.Add(time.Duration(s.IntN(2*step)) * time.Second)
		k := deck[s.IntN(len(deck))]
		if fields := k.fields(s); fields != nil {
			s.record(k.do, k.makes, fields)
		}
	}
	file, err := record.ReadFile(&s.out, "Told")
	if err != nil {
		panic(err)
	}
	return file.Records
}

// told draws an incident of up to most records.
func told(t *rapid.T, most int) []*record.Record {
	n := rapid.OneOf(rapid.IntRange(0, 30), rapid.IntRange(0, 300), rapid.IntRange(0, most)).Draw(t, "records")
	return tell(rapid.Uint64Range(0, 1<<20).Draw(t, "seed"), n)
}

func gather(records []*record.Record) *incident.Incident {
	i := incident.New("told")
	i.Add(records...)
	return i
}

// end is a moment after everything that was told.
func end(records []*record.Record) time.Time {
	last := start
	for _, r := range records {
		if r.Recorded.After(last) {
			last = r.Recorded
		}
	}
	return last.Add(time.Minute)
}

func TestToldIncidentsHaveRecordsOfEveryKind(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range tell(1, 3000) {
		seen[r.Do] = true
	}
	for _, do := range incident.Kinds() {
		if !seen[do] {
			t.Errorf("no %s among 3000 records", do)
		}
	}
	s := gather(tell(1, 3000)).At(end(tell(1, 3000)))
	if s.Records < 2900 || s.Unknown == 0 || len(s.Claims) < 100 {
		t.Errorf("%d records, %d of an unknown kind, %d claims", s.Records, s.Unknown, len(s.Claims))
	}
	states := map[string]int{}
	for _, c := range s.Claims {
		states[string(c.State)]++
	}
	if len(states) < 7 {
		t.Errorf("claims are only %v", states)
	}
}
