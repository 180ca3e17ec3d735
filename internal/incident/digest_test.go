package incident_test

import (
	"slices"
	"time"

	"bearings/internal/incident"
)

// A digest is what the model and the package are compared by: words and
// numbers, by the id of the thing.
type digestOf map[string]map[string]any

func (d digestOf) put(id, key string, value any) {
	if d[id] == nil {
		d[id] = map[string]any{}
	}
	d[id][key] = value
}

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}

func ids(links []incident.Link) []string {
	out := []string{}
	for _, l := range links {
		out = append(out, l.Evidence.ID)
	}
	slices.Sort(out)
	return out
}

// digest is that of a state.
func digest(s *incident.State) digestOf {
	d := digestOf{}
	leads := []string{}
	for _, l := range s.Leads {
		leads = append(leads, l.Person)
	}
	slices.Sort(leads)
	d.put("incident", "severity", s.Severity)
	d.put("incident", "status", string(s.Status))
	d.put("incident", "trend", string(s.Trend))
	d.put("incident", "leads", slices.Compact(leads))
	d.put("incident", "here", s.Here)
	queue := []string{}
	for _, c := range s.Recheck {
		queue = append(queue, c.ID)
	}
	d.put("incident", "recheck", queue)
	inbox := []string{}
	for _, e := range s.Inbox {
		inbox = append(inbox, e.ID)
	}
	d.put("incident", "inbox", inbox)
	d.put("incident", "hands", shownHands(s.Hands()))
	for id, b := range resting(s) {
		d.put(id, "footing", b.Footing.String())
		d.put(id, "circular", b.Circular)
	}
	for _, x := range s.Threads {
		d.put(x.ID, "state", string(x.State))
		d.put(x.ID, "overdue", x.Overdue)
		d.put(x.ID, "last", x.Last.ID)
	}
	for _, x := range s.Actions {
		d.put(x.ID, "state", string(x.State))
		d.put(x.ID, "due", clock(x.Due))
		d.put(x.ID, "overdue", x.Overdue)
	}
	for _, x := range s.Decisions {
		d.put(x.ID, "state", string(x.State))
		d.put(x.ID, "owed", x.WhyOwed)
		d.put(x.ID, "why due", clock(x.WhyDue))
	}
	for _, x := range s.Updates {
		d.put(x.ID, "newest", x.Newest)
		d.put(x.ID, "overdue", x.Overdue)
	}
	for _, x := range s.Evidence {
		d.put(x.ID, "struck", x.Struck)
		d.put(x.ID, "talk", x.Talk)
		d.put(x.ID, "kind", x.Sort)
		d.put(x.ID, "observed", clock(x.Observed))
	}
	for _, x := range s.Claims {
		verdicts := []string{}
		for _, v := range x.Verdicts {
			verdicts = append(verdicts, v.By+" "+v.Verdict)
		}
		blast := []affected{}
		for _, a := range s.Blast(x) {
			var path []string
			for _, r := range a.Path {
				path = append(path, r.ID)
			}
			blast = append(blast, affected{a.Thing.Meta().ID, a.Now, a.IfRefuted, path})
		}
		d.put(x.ID, "state", string(x.State))
		d.put(x.ID, "flags", x.Flags.String())
		d.put(x.ID, "load", x.Load)
		d.put(x.ID, "supports", ids(x.Supports))
		d.put(x.ID, "contradicts", ids(x.Contradicts))
		d.put(x.ID, "verdicts", verdicts)
		d.put(x.ID, "blast", blast)
		d.put(x.ID, "checks", shown(s.Checklist(x)))
	}
	return d
}

// digest is that of a view of the model.
func (v *view) digest() digestOf {
	d := digestOf{}
	leads := v.leads()
	d.put("incident", "severity", v.severity)
	d.put("incident", "status", v.status)
	d.put("incident", "trend", v.trend)
	d.put("incident", "leads", append([]string{}, leads...))
	d.put("incident", "here", len(v.here()))
	d.put("incident", "recheck", v.queue())
	d.put("incident", "inbox", v.inbox())
	d.put("incident", "hands", v.hands())
	for _, it := range v.order {
		switch it.kind {
		case "thread", "action", "decision", "update", "claim":
			d.put(it.ID, "footing", v.footing()[it.ID].String())
			d.put(it.ID, "circular", v.circular(it))
		}
		switch it.kind {
		case "thread":
			d.put(it.ID, "state", it.state)
			d.put(it.ID, "overdue", v.overdue(it))
			d.put(it.ID, "last", lastWord(it).ID)
		case "action":
			due := v.actionDue(it)
			d.put(it.ID, "state", it.state)
			d.put(it.ID, "due", clock(due))
			d.put(it.ID, "overdue", !due.IsZero() && v.now.After(due) && !v.ended(it))
		case "decision":
			due, owed := v.owed(it)
			d.put(it.ID, "state", it.state)
			d.put(it.ID, "owed", owed)
			d.put(it.ID, "why due", clock(due))
		case "update":
			due := it.time("next_due")
			d.put(it.ID, "newest", v.newest(it))
			d.put(it.ID, "overdue", v.newest(it) && !due.IsZero() && v.now.After(due))
		case "evidence":
			d.put(it.ID, "struck", it.struck)
			d.put(it.ID, "talk", talk(it))
			d.put(it.ID, "kind", it.last("kind"))
			d.put(it.ID, "observed", clock(observed(it)))
		case "claim":
			v.digestClaim(d, it)
		}
	}
	return d
}

func (v *view) digestClaim(d digestOf, it *item) {
	verdicts := []string{}
	for _, r := range v.verdicts(it) {
		verdicts = append(verdicts, r.Person+" "+r.str("verdict"))
	}
	sideIDs := func(relation string) []string {
		out := []string{}
		for _, l := range side(v.links(it), relation, false) {
			out = append(out, l.evidence.ID)
		}
		slices.Sort(out)
		return out
	}
	d.put(it.ID, "state", string(v.claimState(it)))
	d.put(it.ID, "flags", v.flags(it).String())
	d.put(it.ID, "load", v.load(it))
	d.put(it.ID, "supports", sideIDs("supports"))
	d.put(it.ID, "contradicts", sideIDs("contradicts"))
	d.put(it.ID, "verdicts", verdicts)
	d.put(it.ID, "blast", v.blast(it))
	d.put(it.ID, "checks", v.checklist(it))
}
