package incident

import "time"

// A Change is one incident.declare or incident.change: what was set by it.
type Change struct {
	Made
	Field string // "title", "severity", "status", "trend", "impact", "not_affected", "aim", "wider"
	From  string
	To    string
	Why   string
}

// A situation is the incident's own registers: the last record that set one
// counts.
type situation struct {
	declared      bool
	made          Made
	title         string
	severity      string
	severityAt    time.Time
	status        Status
	trend         Trend
	impact        string
	notAffected   string
	aim           string
	started       time.Time
	startedApprox bool
	detected      time.Time
	changes       []Change
	statuses      []statusChange
	shapes        []shapeEvent // severity raised, impact wider; in record order
}

type statusChange struct {
	status   Status
	recorded time.Time
	order    int
}

func newSituation() situation { return situation{status: Investigating, trend: TrendUnknown} }

// incidentDeclare opens an incident.
type incidentDeclare struct {
	Title         string    `field:"title,required"`
	Severity      string    `field:"severity,oneof=SEV1|SEV2|SEV3|SEV4"`
	Impact        string    `field:"impact"`
	NotAffected   string    `field:"not_affected"`
	Started       time.Time `field:"started"`
	StartedApprox bool      `field:"started_approx"`
	Detected      time.Time `field:"detected"`
}

func (b *incidentDeclare) check(f *fold, _ *entry) *Error {
	if f.situation.declared {
		return forbidden("use incident.change to change it", "the incident is declared already")
	}
	return nil
}

func (b *incidentDeclare) apply(f *fold, e *entry, allowed bool) {
	if !allowed {
		return
	}
	s := &f.situation
	s.declared = true
	s.made = made(e, KindIncident)
	s.title, s.impact, s.notAffected = b.Title, b.Impact, b.NotAffected
	s.started, s.startedApprox, s.detected = b.Started, b.StartedApprox, b.Detected
	s.set(e, "title", "", b.Title, "")
	if b.Severity != "" {
		s.severity, s.severityAt = b.Severity, e.At
		s.set(e, "severity", "", b.Severity, "")
	}
	if b.Impact != "" {
		s.set(e, "impact", "", b.Impact, "")
	}
}

func (b *incidentDeclare) line(n *names, e *entry) (Ref, string) {
	text := "Declared: " + b.Title
	if b.Severity != "" {
		text += " (" + b.Severity + ")"
	}
	return n.incident, text
}

// incidentChange changes the situation.
type incidentChange struct {
	Title       *string `field:"title"`
	Severity    *string `field:"severity,oneof=SEV1|SEV2|SEV3|SEV4"`
	Status      *string `field:"status,oneof=investigating|mitigating|monitoring|resolved|closed"`
	Trend       *string `field:"trend,oneof=improving|steady|worsening|unknown"`
	Impact      *string `field:"impact"`
	NotAffected *string `field:"not_affected"`
	Aim         *string `field:"aim"`
	Wider       bool    `field:"wider"`
	Why         string  `field:"why"`
	unruled
}

func (b *incidentChange) apply(f *fold, e *entry, _ bool) {
	s := &f.situation
	if b.Title != nil && *b.Title != "" {
		s.set(e, "title", s.title, *b.Title, b.Why)
		s.title = *b.Title
	}
	if b.Severity != nil {
		b.changeSeverity(s, e)
	}
	if b.Status != nil {
		s.set(e, "status", string(s.status), *b.Status, b.Why)
		s.status = Status(*b.Status)
		s.statuses = append(s.statuses, statusChange{s.status, e.Recorded, e.order})
	}
	if b.Trend != nil {
		s.set(e, "trend", string(s.trend), *b.Trend, b.Why)
		s.trend = Trend(*b.Trend)
	}
	if b.Impact != nil {
		s.set(e, "impact", s.impact, *b.Impact, b.Why)
		s.impact = *b.Impact
	}
	if b.NotAffected != nil {
		s.set(e, "not_affected", s.notAffected, *b.NotAffected, b.Why)
		s.notAffected = *b.NotAffected
	}
	if b.Aim != nil {
		s.set(e, "aim", s.aim, *b.Aim, b.Why)
		s.aim = *b.Aim
	}
	if b.Wider {
		s.set(e, "wider", "", s.impact, b.Why)
		s.shapes = append(s.shapes, shapeEvent{e, "impact wider"})
	}
}

// changeSeverity sets the severity. SEV1 is the worst, so a raise is a word
// that sorts lower; the first severity of an incident raises nothing.
func (b *incidentChange) changeSeverity(s *situation, e *entry) {
	from, to := s.severity, *b.Severity
	s.set(e, "severity", from, to, b.Why)
	s.severity, s.severityAt = to, e.At
	if from != "" && to != "" && to < from {
		s.shapes = append(s.shapes, shapeEvent{e, "severity raised to " + to})
	}
}

func (s *situation) set(e *entry, field, from, to, why string) {
	s.changes = append(s.changes, Change{Made: made(e, KindRecord), Field: field, From: from, To: to, Why: why})
}

func (b *incidentChange) line(n *names, e *entry) (Ref, string) {
	var parts []string
	say := func(name string, value *string) {
		if value == nil {
			return
		}
		if *value == "" {
			parts = append(parts, name+" cleared")
			return
		}
		parts = append(parts, name+" "+*value)
	}
	say("title", b.Title)
	say("severity", b.Severity)
	say("status", b.Status)
	say("trend", b.Trend)
	say("impact", b.Impact)
	say("not affected:", b.NotAffected)
	say("aim:", b.Aim)
	if b.Wider {
		parts = append(parts, "wider")
	}
	return n.incident, because(joined(parts, "Changed"), b.Why)
}

// monitoringBy returns when the status was monitoring or later at or after
// the record with an order, as far as the records say; zero where it was not.
func (s *situation) monitoringBy(order int, recorded time.Time) time.Time {
	past := func(st Status) bool { return st == Monitoring || st == Resolved || st == Closed }
	standing := false
	for _, c := range s.statuses {
		if c.order < order {
			standing = past(c.status)
			continue
		}
		if standing {
			return recorded
		}
		if past(c.status) {
			return c.recorded
		}
	}
	if standing {
		return recorded
	}
	return time.Time{}
}
