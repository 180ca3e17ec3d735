package brief_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bearings/internal/brief"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// What brief.go promises of every brief, one test for each promise.

// A telling is a random incident, a moment in it, and a brief of that.
type telling struct {
	records []*record.Record
	at      time.Time
	now     *incident.State
	since   *incident.State
	options brief.Options
	brief   *brief.Brief
}

func (x *telling) sentences(yield func(s *brief.Section, sentence brief.Sentence) bool) {
	for i := range x.brief.Sections {
		for _, sentence := range x.brief.Sections[i].Sentences {
			if !yield(&x.brief.Sections[i], sentence) {
				return
			}
		}
	}
}

// telling draws an incident of up to most records and a brief of it.
func drawTelling(t *rapid.T, most int) *telling {
	x := &telling{records: told(t, most)}
	x.at = end(x.records)
	x.options = brief.Options{
		Reader:   rapid.SampledFrom(append(people, "", "Nobody Known")).Draw(t, "reader"),
		Length:   rapid.SampledFrom([]brief.Length{brief.OneMinute, brief.FiveMinutes, brief.Full}).Draw(t, "length"),
		Handover: rapid.IntRange(0, 4).Draw(t, "handover") == 0,
		Zone:     rapid.SampledFrom([]*time.Location{nil, time.FixedZone("", 3600), time.FixedZone("X", -9*3600)}).Draw(t, "zone"),
	}
	if rapid.IntRange(0, 2).Draw(t, "away") == 0 {
		x.options.Since = start.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "since")) * time.Minute)
	}
	x.write()
	return x
}

func (x *telling) write() {
	whole := gather(x.records)
	x.now = whole.At(x.at)
	if !x.options.Since.IsZero() {
		x.since = whole.AsOf(x.options.Since).At(x.options.Since)
	}
	x.brief = brief.Write(x.now, x.since, x.options)
}

func eachTelling(t *testing.T, most int, check func(t *rapid.T, x *telling)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) { check(t, drawTelling(t, most)) })
}

func TestNoBriefAndNoSectionExceedsItsWords(t *testing.T) {
	eachTelling(t, 3000, func(t *rapid.T, x *telling) { holdWords(t, x.brief) })
}

type failer interface{ Fatalf(string, ...any) }

func holdWords(t failer, b *brief.Brief) {
	total, budgets := 0, 0
	for _, s := range b.Sections {
		words := 0
		for _, sentence := range s.Sentences {
			n := brief.Words(sentence.Text)
			if counted(s.ID) && n != sentence.Words {
				t.Fatalf("%s: %d words said to be %d: %s", s.ID, n, sentence.Words, sentence.Text)
			}
			words += sentence.Words
		}
		if words != s.Words || s.Words > s.Budget {
			t.Fatalf("%s: %d words, said to be %d, of %d", s.ID, words, s.Words, s.Budget)
		}
		total += s.Words
		budgets += s.Budget
	}
	if total != b.Words || b.Words > b.Budget || budgets > b.Budget {
		t.Fatalf("%d words, said to be %d, of %d; sections have %d", total, b.Words, b.Budget, budgets)
	}
	if most := map[brief.Length]int{brief.OneMinute: 150, brief.FiveMinutes: 925, brief.Full: 2000}[b.Length]; b.Budget > most {
		t.Fatalf("%s has a budget of %d", b.Length, b.Budget)
	}
}

func counted(section string) bool { return section != "timeline" && section != "foot" }

func TestEverySentenceNamesASourceThatIsARecord(t *testing.T) {
	fixed := []string{"None recorded", "Nothing needs you now. Observe.", "Nothing changed."}
	eachTelling(t, 1000, func(t *rapid.T, x *telling) {
		if len(x.records) == 0 {
			return
		}
		for s, sentence := range x.sentences {
			if s.ID == "foot" || slices.Contains(fixed, sentence.Text) {
				continue
			}
			if !slices.ContainsFunc(sentence.Sources, func(src brief.Source) bool {
				_, ok := x.now.RecordOf(src.ID)
				return ok
			}) {
				t.Fatalf("%s: no source of %q is a record: %v", s.ID, sentence.Text, sentence.Sources)
			}
		}
	})
}

func TestNothingDoubtedIsUnderKnown(t *testing.T) {
	eachTelling(t, 1000, func(t *rapid.T, x *telling) {
		for s, sentence := range x.sentences {
			if s.ID != "known" && s.ID != "newly_known" {
				continue
			}
			thing, _ := x.now.Find(sentence.Sources[0].ID)
			c, ok := thing.(*incident.Claim)
			if !ok {
				t.Fatalf("%q is about no claim", sentence.Text)
			}
			proof := slices.ContainsFunc(c.Supports, func(l incident.Link) bool { return l.Proof && !l.Evidence.Talk && !l.Evidence.Struck })
			if !proof || c.State != incident.Verified && c.State != incident.Supported {
				t.Fatalf("%q is %s, with proof: %t", sentence.Text, c.State, proof)
			}
			if sentence.Bucket != incident.BucketKnown {
				t.Fatalf("%q is in the bucket %q", sentence.Text, sentence.Bucket)
			}
		}
	})
}

// formats writes a brief in each format that package brief writes.
func formats(t failer, b *brief.Brief) map[string]string {
	page, err := brief.HTML(b, nil, brief.Roomy)
	if err != nil {
		t.Fatalf("%v", err)
	}
	data, err := brief.JSON(b)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return map[string]string{"text": brief.Text(b), "Markdown": brief.Markdown(b), "HTML": string(page), "JSON": string(data)}
}

func TestTheOrderOfArrivalDoesNotShowInAnyFormat(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		before := formats(t, x.brief)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 1))
		r.Shuffle(len(x.records), func(i, j int) { x.records[i], x.records[j] = x.records[j], x.records[i] })
		x.write()
		if diff := gocmp.Diff(before, formats(t, x.brief)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWhatSomebodyTypedIsShownOrCounted(t *testing.T) {
	eachTelling(t, 1000, func(t *rapid.T, x *telling) {
		told := map[string]string{} // the text of the sentences that name a thing, by id
		for s, sentence := range x.sentences {
			if s.ID == "timeline" {
				continue
			}
			for _, src := range sentence.Sources {
				told[src.ID] += "\n" + sentence.Text
			}
		}
		left := map[string]int{}
		missing(left, "threads", told, x.now.Threads)
		missing(left, "claims", told, x.now.Claims)
		missing(left, "decisions", told, x.now.Decisions)
		missing(left, "actions", told, x.now.Actions)
		missing(left, "evidence", told, x.now.Evidence)
		missing(left, "questions", told, x.now.Questions)
		missing(left, "donts", told, x.now.Donts)
		missing(left, "tripwires", told, x.now.Tripwires)
		missing(left, "criteria", told, x.now.Criteria)
		missing(left, "updates", told, x.now.Updates)
		for kind, ids := range saidBeside(x.now, told) {
			for _, id := range ids {
				if told[id] == "" {
					left[kind]++
				}
			}
		}
		for kind, n := range left {
			if n > x.brief.LeftOut[kind] {
				t.Fatalf("%d %s are not shown, but %d are counted", n, kind, x.brief.LeftOut[kind])
			}
		}
		foot := x.brief.Sections[len(x.brief.Sections)-1]
		if len(x.brief.LeftOut) > 0 && !strings.HasPrefix(foot.Sentences[0].Text, "Left out: ") {
			t.Fatalf("the foot says nothing of %v: %v", x.brief.LeftOut, foot.Sentences)
		}
	})
}

// saidBeside lists the records by which somebody said what makes no thing of
// its own, and the people, by how a brief counts them. What a sentence about
// its thing says is none of them.
func saidBeside(s *incident.State, told map[string]string) map[string][]string {
	ids := map[string][]string{}
	add := func(kind, id string) { ids[kind] = append(ids[kind], id) }
	for _, k := range s.Checkins {
		for i := range k.Answers {
			add("answers", k.Answers[i].ID)
		}
	}
	for _, c := range s.Claims {
		for i := range c.Verdicts {
			if first := firstOf(c.Verdicts[i].Why); first != "" && !strings.Contains(told[c.ID], first) {
				add("verdicts", c.Verdicts[i].ID)
			}
		}
	}
	for _, d := range s.Decisions {
		for i := range d.Objections {
			add("objections", d.Objections[i].ID)
		}
	}
	for i := range s.Readings {
		for _, p := range s.Readings[i].Points {
			add("readings", p.ID)
		}
	}
	for i := range s.Changes {
		add("changes", s.Changes[i].ID)
	}
	for _, n := range s.Notes {
		add("notes", n.ID) // of one in parts, any may be shown
	}
	for i := range s.Responders {
		add("responders", s.Responders[i].ID)
	}
	return ids
}

// missing counts the things of which not even the first characters stand in a
// sentence that names them.
func missing[T incident.Thing](left map[string]int, kind string, told map[string]string, things []T) {
	for _, thing := range things {
		first := firstOf(thing.Name())
		if w, ok := any(thing).(*incident.Tripwire); ok {
			first = firstOf(w.If)
		}
		if first == "" || !strings.Contains(told[thing.Meta().ID], first) {
			if first != "" {
				left[kind]++
			}
		}
	}
}

// firstOf is what of a text must stand where it is shown at all.
func firstOf(text string) string {
	return strings.TrimRight(strings.TrimSuffix(brief.Line(text, 1), "…"), ".,;:")
}

func TestABriefOfThePastIsTheBriefOfItsRecords(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		at := start.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "at")) * time.Minute)
		x.options.Since = time.Time{}
		then := brief.Write(gather(x.records).AsOf(at).At(at), nil, x.options)
		known := slices.DeleteFunc(slices.Clone(x.records), func(r *record.Record) bool { return r.Recorded.After(at) })
		want := brief.Write(gather(known).At(at), nil, x.options)
		if diff := gocmp.Diff(formats(t, want), formats(t, then)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestNoLongerSoIsExactlyWhatGotWorse(t *testing.T) {
	eachTelling(t, 400, func(t *rapid.T, x *telling) {
		if x.since == nil {
			return
		}
		worse := map[string]bool{}
		for _, c := range x.now.Claims {
			for _, was := range x.since.Claims {
				if was.ID == c.ID && rank(c) > rank(was) {
					worse[c.ID] = true
				}
			}
		}
		for _, d := range x.now.Decisions {
			for _, was := range x.since.Decisions {
				ended, shaky := d.HasEnded() && !was.HasEnded(), d.Shaky() && !was.Shaky() && !d.HasEnded()
				if was.ID == d.ID && (ended || shaky) {
					worse[d.ID] = true
				}
			}
		}
		i := slices.IndexFunc(x.brief.Sections, func(s brief.Section) bool { return s.ID == "no_longer_so" })
		s := x.brief.Sections[i]
		for _, sentence := range s.Sentences {
			if id := sentence.Sources[0].ID; !worse[id] {
				t.Fatalf("%s did not get worse: %s", id, sentence.Text)
			}
			delete(worse, sentence.Sources[0].ID)
		}
		if len(worse) != s.More {
			t.Fatalf("%v got worse too; %d more are announced", worse, s.More)
		}
		if i != 1 {
			t.Fatalf("what is no longer so comes as section %d", i)
		}
	})
}

func rank(c *incident.Claim) int {
	return map[incident.ClaimState]int{
		incident.ClaimDisputed: 1, incident.Assumption: 1, incident.Hypothesis: 1, incident.Refuted: 2, incident.Withdrawn: 3,
	}[c.State]
}

var (
	hour  = regexp.MustCompile(`\b\d\d:\d\d\b`)
	dated = regexp.MustCompile(`\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( \d{4})? \d\d:\d\d\b`)
)

func TestATimeOfAnotherDayCarriesItsDateAndAnObservationItsAge(t *testing.T) {
	typed := pieces
	pieces = []string{"it is down", "nobody knows why", "look at it"} // no times of their own
	defer func() { pieces = typed }()
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		x.at = x.at.Add(time.Duration(rapid.SampledFrom([]int{48, 24 * 90, 24 * 500}).Draw(t, "hours")) * time.Hour)
		x.write()
		for s, sentence := range x.sentences {
			text := sentence.Text
			if s.ID == "header" {
				text, _, _ = strings.Cut(text, ", as of ")
				text, _, _ = strings.Cut(text, "–")
			}
			if hours, dates := len(hour.FindAllString(text, -1)), len(dated.FindAllString(text, -1)); hours != dates {
				t.Fatalf("%s: %d times, %d with a date: %s", s.ID, hours, dates, text)
			}
			if (s.ID == "known" || s.ID == "newly_known") && !strings.Contains(text, " old") {
				t.Fatalf("%s tells no age: %s", s.ID, text)
			}
		}
		for _, n := range x.brief.Page().Sources {
			text := n.Name + " " + n.When
			if hours, dates := len(hour.FindAllString(text, -1)), len(dated.FindAllString(text, -1)); hours != dates {
				t.Fatalf("a source has %d times, %d with a date: %s", hours, dates, text)
			}
		}
		for i, m := range x.now.Readings {
			if text := sentenceAbout(x, m.Last.ID); text != "" && !strings.Contains(text, " ago)") {
				t.Fatalf("reading %d tells no age: %s", i, text)
			}
		}
	})
}

func sentenceAbout(x *telling, id string) string {
	for s, sentence := range x.sentences {
		if s.ID == "situation" && len(sentence.Sources) > 0 && sentence.Sources[0].ID == id {
			return sentence.Text
		}
	}
	return ""
}

// HTML, Markdown as it is rendered, JSON and PDF have tests of their own.
func TestTextSaysTheSentences(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		var want []string
		for _, s := range x.brief.Sections {
			if s.Title != "" && (len(s.Sentences) > 0 || s.More > 0) {
				want = append(want, strings.ToUpper(s.Title))
			}
			for _, sentence := range s.Sentences {
				want = append(want, sentence.Text)
			}
			if s.More > 0 {
				want = append(want, fmt.Sprintf("+%d more", s.More))
			}
		}
		lines := strings.Split(brief.Text(x.brief), "\n")[1:]
		lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
		if diff := gocmp.Diff(want, lines); diff != "" {
			t.Fatal(diff)
		}
	})
}

// steers reports whether a character does more than stand where it is: it ends
// a line, commands a terminal, or turns the letters after it around.
func steers(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

// steersIn reports it of a character of a format. JSON is for programs: it tells
// the incident's title and the reader's name as they are, what commands a
// terminal escaped.
func steersIn(format string) func(r rune) bool {
	return func(r rune) bool {
		if format == "JSON" {
			return unicode.IsControl(r) && r != '\n'
		}
		return steers(r) && r != '\n'
	}
}

func TestNoLineIsBrokenByWhatSomebodyTyped(t *testing.T) {
	eachTelling(t, 500, func(t *rapid.T, x *telling) {
		for s, sentence := range x.sentences {
			if strings.ContainsFunc(sentence.Text, steers) {
				t.Fatalf("%s: %q", s.ID, sentence.Text)
			}
			if strings.TrimSpace(sentence.Text) != sentence.Text || sentence.Text == "" {
				t.Fatalf("%s: loose ends: %q", s.ID, sentence.Text)
			}
		}
		for name, format := range formats(t, x.brief) {
			if i := strings.IndexFunc(format, steersIn(name)); i >= 0 {
				t.Fatalf("%s has %q", name, format[max(0, i-20):i+4])
			}
		}
	})
}

func TestSectionsNeverChangeTheirOrder(t *testing.T) {
	order := strings.Fields("header situation dont who help aim known assuming ruled_out in_flight decisions needs if_then comms worries promises timeline foot")
	away := strings.Fields("header no_longer_so shape decided newly_known now_assuming threads yours unchanged foot")
	eachTelling(t, 300, func(t *rapid.T, x *telling) {
		var ids []string
		for _, s := range x.brief.Sections {
			ids = append(ids, s.ID)
		}
		if x.since != nil {
			if !slices.Equal(ids, away) {
				t.Fatalf("sections %v", ids)
			}
			return
		}
		places := make([]int, len(ids))
		for i, id := range ids {
			places[i] = slices.Index(order, id)
		}
		if !slices.IsSorted(places) || places[0] != 0 {
			t.Fatalf("sections %v", ids)
		}
	})
}

func TestABriefOfAHundredThousandRecordsKeepsItsWords(t *testing.T) {
	records := tell(2041, 100_000)
	whole := gather(records)
	at := end(records)
	now := whole.At(at)
	if now.Records < 99_000 {
		t.Fatalf("only %d records", now.Records)
	}
	since := whole.AsOf(start.Add(3 * time.Hour)).At(start.Add(3 * time.Hour))
	for _, length := range []brief.Length{brief.OneMinute, brief.FiveMinutes, brief.Full} {
		holdWords(t, brief.Write(now, nil, brief.Options{Length: length, Reader: "Ben"}))
		holdWords(t, brief.Write(now, since, brief.Options{Length: length, Since: start.Add(3 * time.Hour)}))
	}
	holdWords(t, brief.Write(now, nil, brief.Options{Handover: true}))
}
