package brief

import (
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
	if e.By != "" && !strings.Contains(e.Text, e.By) {
		d.say(" (", w.name(e.By), ")")
	}
	d.stop()
}

// close counts what no sentence shows, and adds the foot.
func (w *writer) close(b *Brief) {
	left := w.leftOut(b.Sections)
	for _, t := range left {
		b.LeftOut[t.key] = t.ended + t.others
	}
	foot := Section{ID: "foot", Sentences: []Sentence{}}
	say := func(text string) {
		foot.Sentences = append(foot.Sentences, Sentence{Text: text, Sources: []Source{}})
	}
	if len(left) > 0 {
		say("Left out: " + leftOutText(left) + ".")
	}
	say("Drawn from " + count(w.now.Records, "record", "records") + " by " + count(w.people(), "person", "people") + w.unread() + ".")
	if b.Length != OneMinute && b.Since == nil {
		say(w.readBack())
	}
	b.Sections = append(b.Sections, foot)
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
