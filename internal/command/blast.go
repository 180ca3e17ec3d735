package command

import (
	"fmt"
	"strings"
	"time"

	"bearings/internal/incident"
)

type blastCmd struct {
	Incident string `arg:"" help:"The incident."`
	Claim    string `arg:"" help:"The claim, by label or id."`
	AsOf     string `help:"What was known at a time." placeholder:"TIME"`
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
	return s.look(c.Incident, c.AsOf, func(inc *incident.Incident, at time.Time) error {
		state := inc.At(at)
		claim, err := findClaim(state, c.Claim)
		if err != nil {
			return err
		}
		hit := state.Blast(claim)
		if s.json {
			return s.answer(blastOf(claim, hit))
		}
		return s.showBlast(claim, hit)
	})
}

func findClaim(state *incident.State, ref string) (*incident.Claim, error) {
	t, ok := state.Find(ref)
	if !ok {
		return nil, &incident.Error{
			Code: incident.CodeUnknownReference, Message: fmt.Sprintf("there is no claim %q", ref),
			Hint: "bearings show lists the claims",
		}
	}
	claim, ok := t.(*incident.Claim)
	if !ok {
		return nil, &incident.Error{
			Code: incident.CodeUnknownReference, Message: fmt.Sprintf("%s is a %s, and a claim is wanted", ref, t.Meta().Kind),
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

func (s *session) showBlast(claim *incident.Claim, hit []incident.Affected) error {
	s.say("%s %s (%s, load %d)", claim.Label, oneLine(claim.Text), claim.State, claim.Load)
	if len(hit) == 0 {
		s.say("Nothing would lose its footing if it were refuted.")
		return nil
	}
	s.say("Were it refuted, %s would lose their footing:", count(len(hit), "thing"))
	var rows [][]string
	for _, a := range hit {
		var path []string
		for _, ref := range a.Path {
			path = append(path, or(ref.Label, ref.ID))
		}
		rows = append(rows, []string{
			"  " + or(a.Thing.Meta().Label, a.Thing.Meta().ID), plain(a.Thing.Word()),
			a.Now.String() + " → " + a.IfRefuted.String(), strings.Join(path, " > "), oneLine(a.Thing.Name()),
		})
	}
	return s.table(rows)
}

// plain writes a word of the incident file as people say it.
func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }
