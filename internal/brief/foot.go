package brief

import (
	"cmp"
	"strconv"
	"strings"

	"bearings/internal/incident"
)

// timelineLines is how much of the timeline a full brief shows.
const timelineLines = 40

// timeline is the appendix of a full brief: what happened, newest first, with
// the date at each day's edge. What is about a withdrawn claim is not in it.
func (w *writer) timeline() *column {
	var entries []incident.Entry
	for _, e := range w.now.Timeline(2 * timelineLines) {
		if len(entries) < timelineLines && !w.withdrawn(&e) {
			entries = append(entries, e)
		}
	}
	return &column{id: "timeline", title: "Timeline", count: len(entries), quiet: true,
		write: func(i int, r room, d *draft) {
			w.entry(&entries[i], i == 0 || !w.sameDay(&entries[i-1], &entries[i]), r, d)
		}}
}

func (w *writer) withdrawn(e *incident.Entry) bool {
	if e.Kind != incident.KindClaim {
		return false
	}
	thing, _ := w.now.Find(e.ID)
	c, ok := thing.(*incident.Claim)
	return ok && c.State == incident.Withdrawn
}

func (w *writer) sameDay(a, b *incident.Entry) bool {
	return sameDay(a.At.In(w.zone), b.At.In(w.zone))
}

func (w *writer) entry(e *incident.Entry, edge bool, r room, d *draft) {
	d.cite(incident.Ref{ID: e.Record, Kind: incident.KindRecord})
	d.cite(e.Ref)
	if at := e.At.In(w.zone); edge && sameDay(at, w.asOf) {
		d.say(at.Format("2 Jan "))
	}
	if e.Approx {
		d.say("about ")
	}
	d.say(w.clock(e.At), " ", inline(e.Text, r.aside))
	if !e.Due.IsZero() {
		d.say(", due ", w.clock(e.Due))
	}
	if e.By != "" && !strings.Contains(e.Text, e.By) {
		d.say(" (", w.name(e.By), ")")
	}
	d.stop()
}

// close counts what no sentence shows, and adds the foot: what was left out,
// what the brief was drawn from, and the box to read back.
func (w *writer) close(b *Brief) {
	foot := Section{ID: "foot", Sentences: []Sentence{}}
	say := func(text string) {
		foot.Sentences = append(foot.Sentences, Sentence{Text: text, Sources: []Source{}})
	}
	evidence := w.evidenceList(b)
	evidence.fillAll(rooms[b.Length])
	left := w.leftOut(append(b.Sections, evidence.section()))
	for _, t := range left {
		b.LeftOut[t.key] = t.ended + t.others
	}
	if len(left) > 0 {
		say("Left out: " + leftOutText(left) + ".")
	}
	say("Drawn from " + count(w.now.Records, "record", "records") + " by " + count(w.people(), "person", "people") + w.unread() + ".")
	foot.Sentences = append(foot.Sentences, evidence.sentences...)
	if b.Length != OneMinute && b.Since == nil {
		say(w.readBack())
		foot.Sentences[len(foot.Sentences)-1].looks.answer = true
	}
	b.Sections = append(b.Sections, foot)
}

// evidenceLines is how much of the evidence a full brief lists.
const evidenceLines = 40

// evidenceList is the evidence that a full brief lists in its foot, the newest
// first.
func (w *writer) evidenceList(b *Brief) *column {
	if b.Length != Full || b.Since != nil {
		return &column{}
	}
	all := sorted(w.now.Evidence,
		func(*incident.Evidence) bool { return true },
		func(a, b *incident.Evidence) int { return newest(a.Observed, b.Observed) })
	return &column{count: len(all), most: evidenceLines, write: func(i int, r room, d *draft) {
		e := all[i]
		d.cite(e.Ref)
		struck, redacted := "", ""
		if e.Struck {
			struck = "struck"
		}
		if e.RedactedBy != "" { // by then
			redacted = "redacted"
		}
		d.say(list(label(e.Ref)+" "+kindWord(e), w.ago(e.Observed)+" old", struck, redacted), ": ")
		d.tell(e.Ref, cmp.Or(e.Title, e.Text, e.URL, e.File), r.aside)
		d.say(" (", w.name(cmp.Or(e.SaidBy, e.Person)), ").")
	}}
}

func (w *writer) people() int {
	n := 0
	for i := range w.now.Responders {
		if !w.now.Responders[i].App {
			n++
		}
	}
	return n
}

// unread says how many records this program can't read.
func (w *writer) unread() string {
	if w.now.Unknown == 0 {
		return ""
	}
	return "; " + strconv.Itoa(w.now.Unknown) + " of a kind that this version does not know"
}

// readBack asks the reader to say what they understood.
func (w *writer) readBack() string {
	to := "the lead"
	if len(w.now.Leads) == 1 {
		to = line(w.now.Leads[0].Person, nameWords)
	}
	return "Read back to " + to + ", in your own words: what is broken, what is known, what is only assumed, what you take on."
}
