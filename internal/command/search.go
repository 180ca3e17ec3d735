package command

import (
	"strings"

	"bearings/internal/workspace"
)

type searchCmd struct {
	Words []string `arg:"" help:"What to look for, in any text or label; all of the words must be there."`
	Limit int      `help:"At most this many." default:"50" placeholder:"N"`
}

type hit struct {
	Incident      string `json:"incident"`
	IncidentLabel string `json:"incident_label"`
	Record        string `json:"record"`
	Do            string `json:"do"`
	Kind          string `json:"kind"`
	ID            string `json:"id"`
	Label         string `json:"label"`
	At            string `json:"at"`
	Snippet       string `json:"snippet"`
}

func (c *searchCmd) run(s *session) error {
	if c.Limit < 1 {
		return usage("--limit must be at least 1")
	}
	return s.tend(func(ws *workspace.Workspace) error {
		hits, err := ws.Search(strings.Join(c.Words, " "), c.Limit)
		if err != nil {
			return err
		}
		labels, err := incidentLabels(ws)
		if err != nil {
			return err
		}
		if s.json {
			return s.answer(each(hits, func(h workspace.Hit) hit {
				return hit{
					Incident: h.Incident, IncidentLabel: labels[h.Incident], Record: h.Record, Do: h.Do,
					Kind: string(h.Kind), ID: h.About, Label: h.Label, At: stamp(h.At), Snippet: h.Snippet,
				}
			}))
		}
		s.showHits(hits, labels, c.Limit)
		return nil
	})
}

func (s *session) showHits(hits []workspace.Hit, labels map[string]string, limit int) {
	if len(hits) == 0 {
		s.say("Nothing has all of these words.")
		return
	}
	s.table("", each(hits, func(h workspace.Hit) []string {
		return []string{
			oneLine(labels[h.Incident]), oneLine(or(h.Label, h.Do)), s.clock(h.At), oneLine(h.Snippet),
		}
	}))
	if len(hits) == limit {
		s.say("These are the best %d; --limit shows more.", limit)
	}
}

func incidentLabels(ws *workspace.Workspace) (map[string]string, error) {
	incidents, err := ws.Incidents()
	labels := map[string]string{}
	for _, i := range incidents {
		labels[i.ID] = i.Label
	}
	return labels, err
}
