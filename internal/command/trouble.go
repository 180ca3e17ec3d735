package command

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A trouble is one line of a file about which there is something to say.
type trouble struct {
	Line int    `json:"line"` // 0 for the file as a whole
	Kind string `json:"kind"` // that of a record.Problem, or one of those below
	Why  string `json:"why"`
}

const (
	troubleRefused  = "refused"   // a record that did not come in
	troubleNote     = "note"      // it came in otherwise than the file says it
	troubleNoEffect = "no_effect" // kept, although the rules forbid it
	troubleUnknown  = "unknown"   // kept, of a kind that this program does not know
)

// left reports whether the line did not come in.
func (t trouble) left() bool {
	switch t.Kind {
	case record.ProblemBroken, record.ProblemTooLong, record.ProblemConflict, troubleRefused:
		return true
	default:
		return false
	}
}

// troubles lists what there is to say of a file, by line.
func troubles(r *workspace.Report) []trouble {
	out := []trouble{}
	for _, p := range r.Problems {
		out = append(out, trouble{p.Line, p.Kind, p.Why})
	}
	for _, x := range r.Refused {
		out = append(out, trouble{x.Line, troubleRefused, of(x.Do, x.ID) + strings.TrimPrefix(x.Why, x.Do+": ")})
	}
	for _, n := range r.Notes {
		out = append(out, trouble{n.Line, troubleNote, of(n.Do, n.ID) + n.Text})
	}
	for _, n := range r.Strange {
		out = append(out, trouble{n.Line, troubleUnknown, n.Text})
	}
	for _, n := range r.Notices {
		out = append(out, trouble{n.Line, troubleNoEffect, of(n.Do, n.ID) + "kept without effect: " + n.Text})
	}
	slices.SortStableFunc(out, func(a, b trouble) int { return a.Line - b.Line })
	return out
}

// of names a record, but by no id that was made up for it.
func of(do, id string) string {
	switch {
	case do == "":
		return ""
	case id == "" || strings.HasPrefix(id, "r-"):
		return do + ": "
	default:
		return do + " " + id + ": "
	}
}

const (
	troublesShown = 40  // of a file; --json has them all
	troubleCells  = 300 // of one of them
)

// showOutcome says what came in from a file and what did not. Of a single file
// that failed, the error says the rest; of one that is no incident file, it
// says the lines too.
func (s *session) showOutcome(o outcome, several bool) {
	r := &o.report
	all := troubles(r)
	if o.err != nil { // what holds of a file as a whole holds of one that came in
		all = slices.DeleteFunc(all, func(t trouble) bool { return t.Line == 0 })
	}
	if isCode(o.err, exchange.CodeNotIncidentFile) {
		all = nil
	}
	switch {
	case o.taken != nil:
		s.say("%s: %s", oneLine(o.path), oneLine(arrivedAs(o.taken)))
	case o.err == nil:
		s.say("%s: %s", oneLine(o.path), oneLine(strings.TrimSpace(r.Label+" "+r.Title)))
		s.say("  %s", arrived(r, all))
	case several:
		s.say("%s: nothing came in: %s", oneLine(o.path), oneLine(reason(o.err)))
	case len(all) > 0:
		s.say("%s:", oneLine(o.path))
	}
	for n, t := range all {
		if n == troublesShown {
			s.say("  … and %s more; --json lists them all", count(len(all)-n, "line"))
			break
		}
		why := cut(oneLine(t.Why), troubleCells)
		if t.Line == 0 {
			s.say("  %s", why)
			continue
		}
		s.say("  line %d: %s", t.Line, why)
	}
}

// reason is why a file did not come in, without its name and that nothing did.
func reason(err error) string {
	var typed *incident.Error
	if !errors.As(err, &typed) {
		return err.Error()
	}
	return strings.TrimSuffix(typed.Message, "; nothing was imported")
}

func arrived(r *workspace.Report, all []trouble) string {
	parts := []string{count(r.Added, "record") + " came in"}
	if r.Known > 0 {
		parts = append(parts, strconv.Itoa(r.Known)+" here already")
	}
	if r.Files > 0 {
		parts = append(parts, count(r.Files, "file")+" of evidence came in")
	}
	left := 0
	for _, t := range all {
		if t.left() {
			left++
		}
	}
	if left > 0 {
		parts = append(parts, count(left, "line")+" did not come in")
	}
	for _, do := range slices.Sorted(maps.Keys(r.Unknown)) {
		parts = append(parts, strconv.Itoa(r.Unknown[do])+" of the unknown kind "+cut(oneLine(do), 60)+" kept")
	}
	return strings.Join(parts, "; ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
