package incidenttest

import (
	"strconv"
	"time"

	"bearings/internal/record"
)

// open begins the incident: declared, led, with some lines of work.
func (g *generator) open() {
	g.people = 3
	declared := g.add(names[0], "incident.declare",
		field{"title", "Card payments failing at checkout, " + g.incident}, field{"severity", "SEV2"},
		field{"impact", "Card payments end in a gateway timeout"}, field{"started", start.Add(-4 * time.Minute)})
	declared.At, declared.Recorded = start, start
	declared.Stamp.Clock = record.ClockAt(start)
	g.add(names[0], "role.take", field{"role", "lead"}, field{"why", "First one here"})
	for range 3 {
		g.thread()
	}
}

// An act is something that people do, and how often, of a thousand.
type act struct {
	weight int
	do     func(*generator)
}

var acts = []act{
	{340, (*generator).note},
	{110, (*generator).reading},
	{105, (*generator).evidence},
	{60, (*generator).claim},
	{55, (*generator).link},
	{50, (*generator).verdict},
	{40, (*generator).action},
	{60, (*generator).actionChange},
	{20, (*generator).thread},
	{30, (*generator).threadChange},
	{18, (*generator).decision},
	{14, (*generator).decisionChange},
	{20, (*generator).question},
	{14, (*generator).update},
	{14, (*generator).checkin},
	{14, (*generator).basis},
	{10, (*generator).crew},
	{8, (*generator).situation},
	{8, (*generator).claimChange},
	{6, (*generator).guard},
	{4, (*generator).strike},
}

func total() int {
	sum := 0
	for _, a := range acts {
		sum += a.weight
	}
	return sum
}

var weights = total()

func (g *generator) act() {
	n := g.rng.IntN(weights)
	for _, a := range acts {
		if n -= a.weight; n < 0 {
			a.do(g)
			return
		}
	}
}

func (g *generator) note() {
	thread := g.recent("thread")
	if g.rng.IntN(3) == 0 {
		g.make("note", g.owned[thread], "note.add", field{"thread", thread},
			field{"seeing", g.sentence()}, field{"doing", g.sentence()}, field{"need", g.sentence()})
		return
	}
	fields := []field{{"text", g.sentence() + ". " + g.sentence()}}
	if g.rng.IntN(4) > 0 {
		fields = append(fields, field{"thread", thread})
	}
	if g.rng.IntN(50) == 0 {
		fields = append(fields, field{"key", true})
	}
	g.make("note", g.person(), "note.add", fields...)
}

func (g *generator) reading() {
	g.add("Grafana", "reading.add", field{"name", "failing payments"}, field{"value", g.rng.IntN(60)},
		field{"unit", "%"}, field{"worse", "up"})
}

func (g *generator) evidence() {
	kind := pick(g, []string{"screenshot", "graph", "log", "alert", "change", "test", "query", "message", "statement", "document", "report"})
	fields := []field{{"kind", kind}, {"title", g.sentence()}}
	if kind == "log" || kind == "message" || kind == "statement" {
		fields = append(fields, field{"text", g.sentence() + ". " + g.sentence()})
	}
	if g.rng.IntN(3) == 0 {
		fields = append(fields, field{"observed", g.clock.Add(-time.Minute)}, field{"origin", "grafana:" + pick(g, nouns)})
	}
	if g.rng.IntN(3) == 0 {
		fields = append(fields, field{"grade", pick(g, []string{"direct", "second_hand", "unknown"})})
	}
	id := g.make("evidence", g.person(), "evidence.add", fields...)
	if claim := g.recent("claim"); claim != "" && g.rng.IntN(2) == 0 {
		r := g.records[len(g.records)-1]
		r.Fields = append(r.Fields, record.Field{Key: "claims", Value: encode(map[string]string{claim: g.relation()})})
	}
	if g.rng.IntN(40) == 0 {
		g.add(g.person(), "evidence.change", field{"evidence", id}, field{"grade", "direct"}, field{"title", g.sentence()})
	}
	if g.rng.IntN(200) == 0 {
		g.add(g.person(), "evidence.redact", field{"evidence", id}, field{"why", "A token is in it"})
	}
}

func (g *generator) relation() string {
	return pick(g, []string{"supports", "supports", "supports", "contradicts", "neutral"})
}

func (g *generator) claim() {
	fields := []field{{"text", g.sentence()}, {"thread", g.recent("thread")}}
	if g.rng.IntN(2) == 0 {
		fields = append(fields, field{"wrong_if", g.sentence()}, field{"test", "look at " + pick(g, nouns)})
	}
	if on := g.grounds(); len(on) > 0 && g.rng.IntN(3) == 0 {
		fields = append(fields, field{"rests_on", on})
	}
	g.make("claim", g.person(), "claim.make", fields...)
}

func (g *generator) link() {
	evidence, claim := g.recent("evidence"), g.recent("claim")
	if evidence != "" && claim != "" {
		g.add(g.person(), "evidence.link", field{"evidence", evidence}, field{"claim", claim}, field{"relation", g.relation()})
	}
}

func (g *generator) verdict() {
	claim := g.recent("claim")
	if claim == "" {
		return
	}
	if g.rng.IntN(8) == 0 {
		g.add(g.person(), "claim.recheck", field{"claim", claim}, field{"still", g.rng.IntN(4) > 0})
		return
	}
	g.add(g.person(), "claim.verdict", field{"claim", claim},
		field{"verdict", pick(g, []string{"verify", "verify", "refute", "not_sure"})}, field{"why", g.sentence()})
}

func (g *generator) claimChange() {
	if claim := g.recent("claim"); claim != "" {
		g.add(g.person(), "claim.change", field{"claim", claim}, field{"text", g.sentence()})
	}
}

func (g *generator) action() {
	fields := []field{{"text", g.sentence()}, {"owner", g.person()}, {"thread", g.recent("thread")},
		{"kind", pick(g, []string{"investigate", "verify", "mitigate", "communicate", "follow_up"})}}
	if g.rng.IntN(3) == 0 {
		fields = append(fields, field{"minutes", 5 + g.rng.IntN(25)})
	}
	if on := g.grounds(); len(on) > 0 {
		fields = append(fields, field{"rests_on", on})
	}
	g.make("action", g.person(), "action.add", fields...)
}

// actionChange starts an action, or ends the oldest one.
func (g *generator) actionChange() {
	if g.rng.IntN(2) == 0 {
		if action := g.recent("action"); action != "" {
			g.add(g.person(), "action.change", field{"action", action}, field{"state", "in_progress"})
		}
		return
	}
	if action := g.unclosed("action"); action != "" {
		g.add(g.person(), "action.change", field{"action", action},
			field{"state", pick(g, []string{"done", "done", "failed", "dropped"})}, field{"result", g.sentence()})
	}
}

func (g *generator) thread() {
	owner := g.person()
	id := g.make("thread", owner, "thread.open", field{"title", g.sentence()}, field{"owner", owner},
		field{"kind", pick(g, []string{"investigate", "mitigate", "comms", "recover", "support"})}, field{"due", "15m"})
	g.owned[id] = owner
}

func (g *generator) threadChange() {
	thread := g.unclosed("thread")
	if thread == "" {
		return
	}
	g.add(g.owned[thread], "thread.change", field{"thread", thread},
		field{"state", pick(g, []string{"done", "dead_end", "parked", "waiting"})}, field{"why", g.sentence()})
}

func (g *generator) decision() {
	fields := []field{{"text", g.sentence()}, {"mode", pick(g, []string{"command", "consulted", "agreed"})}}
	if g.rng.IntN(3) > 0 {
		fields = append(fields, field{"why", g.sentence()})
	}
	if on := g.grounds(); len(on) > 0 {
		fields = append(fields, field{"rests_on", on})
	}
	g.make("decision", g.person(), "decision.make", fields...)
}

func (g *generator) decisionChange() {
	decision := g.recent("decision")
	if decision == "" {
		return
	}
	if g.rng.IntN(3) == 0 {
		g.add(g.person(), "decision.object", field{"decision", decision}, field{"why", g.sentence()})
		return
	}
	g.add(g.person(), "decision.change", field{"decision", decision}, field{"why", g.sentence()})
}

func (g *generator) question() {
	if question := g.unclosed("question"); question != "" && g.rng.IntN(2) == 0 {
		g.add(g.person(), "question.answer", field{"question", question}, field{"text", g.sentence()})
		return
	}
	g.make("question", g.person(), "question.ask", field{"text", g.sentence() + "?"}, field{"about", g.recent("thread")})
}

func (g *generator) update() {
	fields := []field{{"audience", pick(g, []string{"customers", "leadership", "support"})},
		{"text", g.sentence() + ". " + g.sentence()}, {"next_due", g.clock.Add(30 * time.Minute)}}
	if claim := g.recent("claim"); claim != "" {
		fields = append(fields, field{"states", []string{claim}})
	}
	g.make("update", g.person(), "update.send", fields...)
}

func (g *generator) checkin() {
	id := g.make("checkin", names[0], "checkin.open", field{"minutes", 5})
	for range 3 {
		thread := g.recent("thread")
		g.add(g.owned[thread], "checkin.answer", field{"checkin", id}, field{"thread", thread},
			field{"seeing", g.sentence()}, field{"doing", g.sentence()})
	}
	g.add(names[0], "checkin.close", field{"checkin", id})
}

func (g *generator) basis() {
	of, on := g.recent(pick(g, []string{"claim", "decision", "action", "update", "thread"})), g.grounds()
	if of == "" || len(on) == 0 {
		return
	}
	g.add(g.person(), "basis.add", field{"of", of}, field{"on", on})
	if g.rng.IntN(4) == 0 {
		g.add(g.person(), "basis.drop", field{"of", of}, field{"on", on})
	}
}

// crew lets somebody join or take a role.
func (g *generator) crew() {
	if g.people < len(names) && g.rng.IntN(2) == 0 {
		g.people++
		g.add(names[g.people-1], "person.join", field{"why", "On call for " + pick(g, nouns)}, field{"offer", "Knows " + pick(g, nouns)},
			field{"skills", []string{pick(g, nouns), pick(g, nouns)}}, field{"reading_min", 5})
		return
	}
	who := g.person()
	role := pick(g, []string{"scribe", "comms", "expert", "observer"})
	g.add(who, "role.take", field{"role", role})
	if g.rng.IntN(2) == 0 {
		g.add(who, "role.release", field{"role", role})
	}
}

func (g *generator) situation() {
	switch g.rng.IntN(4) {
	case 0:
		g.add(names[0], "incident.change", field{"severity", pick(g, []string{"SEV1", "SEV2", "SEV3"})}, field{"why", g.sentence()})
	case 1:
		g.add(names[0], "incident.change", field{"status", pick(g, []string{"investigating", "mitigating"})}, field{"trend", pick(g, []string{"worsening", "steady", "improving"})})
	case 2:
		g.add(names[0], "incident.change", field{"impact", g.sentence()}, field{"wider", true})
	default:
		id := g.make("criterion", names[0], "criterion.add", field{"text", "No " + pick(g, nouns) + " errors for " + strconv.Itoa(5+g.rng.IntN(25)) + " minutes"})
		g.add(g.person(), "criterion.tick", field{"criterion", id})
	}
}

// guard sets what must not be done, and what to do if.
func (g *generator) guard() {
	if g.rng.IntN(2) == 0 {
		g.make("dont", g.person(), "dont.add", field{"text", "Do not restart " + pick(g, nouns)})
		if dont := g.unclosed("dont"); dont != "" {
			g.add(g.person(), "dont.lift", field{"dont", dont})
		}
		return
	}
	g.make("tripwire", g.person(), "tripwire.set", field{"if", g.sentence()}, field{"then", g.sentence()},
		field{"by_when", g.clock.Add(20 * time.Minute)}, field{"owner", g.person()})
	if tripwire := g.unclosed("tripwire"); tripwire != "" {
		g.add(g.person(), "tripwire.answer", field{"tripwire", tripwire}, field{"happened", g.rng.IntN(2) == 0})
	}
}

func (g *generator) strike() {
	if note := g.recent("note"); note != "" && g.rng.IntN(4) == 0 {
		g.add(g.person(), "note.strike", field{"note", note}, field{"why", g.sentence()})
		return
	}
	if evidence := g.recent("evidence"); evidence != "" {
		g.add(g.person(), "evidence.strike", field{"evidence", evidence}, field{"why", g.sentence()})
	}
}
