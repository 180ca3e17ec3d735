package command

import (
	"os"
	"strings"

	"bearings/internal/evidence"
	"bearings/internal/exchange"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// check says what is wrong with how evidence is asked for.
func (c *importCmd) check() error {
	switch {
	case c.Into == "" && (c.Claim != "" || c.Title != ""):
		return usage("--claim and --title are of evidence, which needs an incident; name it with --into")
	case c.Claim != "" && !c.For && !c.Against:
		return usage("say whether it speaks --for the claim or --against it")
	case c.Claim == "" && (c.For || c.Against):
		return usage("name the claim with --claim")
	default:
		return nil
	}
}

// target says whose evidence it is, and what it is about.
func (c *importCmd) target(s *session, ws *workspace.Workspace, id string) (evidence.Target, error) {
	me, err := s.me(ws)
	if err != nil {
		return evidence.Target{}, err
	}
	to := evidence.Target{By: me, Title: c.Title, Now: s.now}
	if c.Claim == "" {
		return to, nil
	}
	err = ws.View(id, func(inc *incident.Incident) error {
		claim, err := findClaim(inc.At(s.now), c.Claim)
		if err == nil {
			to.Claims = map[string]string{claim.ID: "supports"}
			if c.Against {
				to.Claims[claim.ID] = "contradicts"
			}
		}
		return err
	})
	return to, err
}

// takeEvidence keeps a file, or a link, as evidence.
func (s *session) takeEvidence(ws *workspace.Workspace, path string, o exchange.Options, to evidence.Target) outcome {
	from := evidence.Source{Path: path, How: "command line"}
	if strings.HasPrefix(path, "https://") || strings.HasPrefix(path, "http://") {
		from = evidence.Source{URL: path, How: "command line"}
	}
	if o.DryRun {
		if from.Path == "" {
			return outcome{path: path}
		}
		_, err := os.Stat(path)
		return outcome{path: path, err: err}
	}
	taken, err := evidence.Take(ws, o.Into, from, to)
	return outcome{path: path, taken: taken, err: err}
}

// arrivedAs says what came in as evidence.
func arrivedAs(t *evidence.Taken) string {
	said := t.Label + " came in"
	if t.Finding != nil {
		said += ", " + t.Finding.Format
		if len(t.Finding.Metadata) > 0 {
			said += "; the file carries " + strings.Join(t.Finding.Metadata, ", ")
		}
	}
	return said
}
