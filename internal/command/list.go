package command

import (
	"strings"

	"bearings/internal/workspace"
)

type listCmd struct{}

func (c *listCmd) run(s *session) error {
	return s.use(func(ws *workspace.Workspace) error {
		incidents, err := ws.Incidents()
		if err != nil {
			return err
		}
		if s.json {
			return s.answer(listed(incidents))
		}
		if len(incidents) == 0 {
			s.say("No incidents yet. Take one in with bearings import, or declare one in the window.")
			return nil
		}
		rows := [][]string{{"LABEL", "SEV", "STATUS", "LEAD", "LAST RECORD", "TITLE"}}
		for _, i := range incidents {
			rows = append(rows, []string{
				oneLine(i.Label), or(i.Severity, "–"), string(i.Status), or(oneLine(strings.Join(i.Leads, ", ")), "nobody"),
				s.clock(i.LastRecord), oneLine(i.Title),
			})
		}
		return s.table(rows)
	})
}

type listedIncident struct {
	ID         string   `json:"id"`
	Label      string   `json:"label"`
	Title      string   `json:"title"`
	Severity   string   `json:"severity"`
	Status     string   `json:"status"`
	Lead       string   `json:"lead"`
	Leads      []string `json:"leads"`
	Declared   string   `json:"declared"`
	LastRecord string   `json:"last_record"`
	Records    int      `json:"records"`
}

func listed(incidents []workspace.Summary) []listedIncident {
	out := make([]listedIncident, 0, len(incidents))
	for _, i := range incidents {
		lead := ""
		if len(i.Leads) > 0 {
			lead = i.Leads[0]
		}
		out = append(out, listedIncident{
			ID: i.ID, Label: i.Label, Title: i.Title, Severity: i.Severity, Status: string(i.Status),
			Lead: lead, Leads: i.Leads, Declared: stamp(i.Declared), LastRecord: stamp(i.LastRecord),
			Records: i.Counts.Records,
		})
	}
	return out
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
