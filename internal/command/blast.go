package command

import (
	"fmt"
	"strings"
	"time"

	"bearings/internal/incident"
)

type blastCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	Claim    string `arg:"" help:"The claim, by label (C4) or id."`
	AsOf     string `help:"What was known at a TIME." placeholder:"TIME"`
}

type blast struct {
	Claim    string     `json:"claim"`
	State    string     `json:"state"`
	Load     int        `json:"load"`
	Affected []affected `json:"affected"`
}

type affected struct {
	ID               string   `json:"id"`
	Label            string   `json:"label"`
	Kind             string   `json:"kind"`
	State            string   `json:"state"`
	FootingNow       string   `json:"footing_now"`
	FootingIfRefuted string   `json:"footing_if_refuted"`
	Path             []string `json:"path"`
}

func (c *blastCmd) run(s *session) error {
	return s.read(c.Incident, c.AsOf, func(inc *incident.Incident, at time.Time) error {
		state := inc.At(at)
		claim, err := findClaim(state, c.Claim)
		if err != nil {
			return err
		}
		hit := state.Blast(claim)
		if s.json {
			return s.answer(blastOf(claim, hit))
		}
		s.showBlast(claim, hit)
		return nil
	})
}

func findClaim(state *incident.State, ref string) (*incident.Claim, error) {
	t, ok := state.Find(ref)
	if !ok {
		return nil, &incident.Error{
			Code: incident.CodeUnknownReference, Message: fmt.Sprintf("there is no claim %.80q in this incident", ref),
			Hint: "bearings show lists the claims.",
		}
	}
	claim, ok := t.(*incident.Claim)
	if !ok {
		return nil, &incident.Error{
			Code: incident.CodeUnknownReference, Message: fmt.Sprintf("%.80s is not a claim but of the kind %s", ref, t.Meta().Kind),
			Hint: "Name a claim: bearings show lists them.",
		}
	}
	return claim, nil
}

func blastOf(claim *incident.Claim, hit []incident.Affected) blast {
	out := blast{Claim: claim.ID, State: string(claim.State), Load: claim.Load, Affected: []affected{}}
	for _, a := range hit {
		m := a.Thing.Meta()
		path := []string{}
		for _, ref := range a.Path {
			path = append(path, ref.ID)
		}
		out.Affected = append(out.Affected, affected{
			ID: m.ID, Label: m.Label, Kind: string(m.Kind), State: a.Thing.Word(),
			FootingNow: a.Now.String(), FootingIfRefuted: a.IfRefuted.String(), Path: path,
		})
	}
	return out
}

func (s *session) showBlast(claim *incident.Claim, hit []incident.Affected) {
	s.say("%s", s.fit(fmt.Sprintf("%s %s (%s, load %d)", oneLine(claim.Label), oneLine(claim.Text), claim.State, claim.Load)))
	switch len(hit) {
	case 0:
		s.say("Nothing would lose its footing if it were refuted.")
	case 1:
		s.say("Were it refuted, 1 thing would lose its footing:")
	default:
		s.say("Were it refuted, %d things would lose their footing:", len(hit))
	}
	s.table("  ", each(hit, func(a incident.Affected) []string {
		path := each(a.Path, func(r incident.Ref) string { return or(r.Label, r.ID) })
		return []string{
			oneLine(or(a.Thing.Meta().Label, a.Thing.Meta().ID)), plain(a.Thing.Word()),
			a.Now.String() + " → " + a.IfRefuted.String(), oneLine(strings.Join(path, " > ")), oneLine(a.Thing.Name()),
		}
	}))
}

// plain writes a word of the incident file as people say it.
func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }
