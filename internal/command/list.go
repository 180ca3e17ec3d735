package command

import (
	"strings"

	"bearings/internal/workspace"
)

type listCmd struct{}

func (c *listCmd) run(s *session) error {
	var incidents []workspace.Summary
	err := s.look(func(ws *workspace.Workspace) (err error) {
		incidents, err = ws.Incidents()
		return err
	})
	if isCode(err, workspace.CodeNotFound) {
		err = nil // before the first import there is no workspace, and no incident
	}
	if err != nil {
		return err
	}
	if s.json {
		return s.answer(each(incidents, listed))
	}
	if len(incidents) == 0 {
		s.say("No incidents yet in %s.\nTake one in with bearings import, or declare one in the window.", s.folder)
		return nil
	}
	rows := [][]string{{"LABEL", "SEV", "STATUS", "LEAD", "LAST RECORD", "TITLE"}}
	for _, i := range incidents {
		rows = append(rows, []string{
			oneLine(i.Label), or(oneLine(i.Severity), "–"), oneLine(string(i.Status)),
			or(oneLine(strings.Join(i.Leads, " and ")), "nobody"), s.clock(i.LastRecord), oneLine(i.Title),
		})
	}
	s.table("", rows)
	return nil
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

func listed(i workspace.Summary) listedIncident {
	out := listedIncident{
		ID: i.ID, Label: i.Label, Title: i.Title, Severity: i.Severity, Status: string(i.Status),
		Leads: i.Leads, Declared: stamp(i.Declared), LastRecord: stamp(i.LastRecord), Records: i.Counts.Records,
	}
	if len(i.Leads) > 0 {
		out.Lead = i.Leads[0]
	}
	return out
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
