package command

import (
	"strings"

	"bearings/internal/workspace"
)

type searchCmd struct {
	Words []string `arg:"" help:"What to look for; all of the words must be there."`
	Limit int      `help:"At most this many." default:"50"`
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
	return s.use(func(ws *workspace.Workspace) error {
		hits, err := ws.Search(strings.Join(c.Words, " "), c.Limit)
		if err != nil {
			return err
		}
		labels, err := incidentLabels(ws)
		if err != nil {
			return err
		}
		out := make([]hit, 0, len(hits))
		var rows [][]string
		for _, h := range hits {
			out = append(out, hit{
				Incident: h.Incident, IncidentLabel: labels[h.Incident], Record: h.Record, Do: h.Do,
				Kind: string(h.Kind), ID: h.About, Label: h.Label, At: stamp(h.At), Snippet: h.Snippet,
			})
			rows = append(rows, []string{labels[h.Incident], or(h.Label, plain(h.Do)), s.clock(h.At), oneLine(h.Snippet)})
		}
		if s.json {
			return s.answer(out)
		}
		if len(rows) == 0 {
			s.say("Nothing has all of these words.")
			return nil
		}
		return s.table(rows)
	})
}

func incidentLabels(ws *workspace.Workspace) (map[string]string, error) {
	incidents, err := ws.Incidents()
	labels := map[string]string{}
	for _, i := range incidents {
		labels[i.ID] = i.Label
	}
	return labels, err
}
