package command

import (
	"io"

	"bearings/internal/exchange"
	"bearings/internal/workspace"
)

type exportCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	Format   string `help:"jsonl, the incident file." enum:"jsonl" default:"jsonl"`
	Output   string `short:"o" help:"The file to write; - for standard output." required:"" placeholder:"FILE"`
}

func (c *exportCmd) run(s *session) error {
	return s.look(func(ws *workspace.Workspace) error {
		found, err := ws.Find(c.Incident)
		if err != nil {
			return err
		}
		err = s.deliverFrom(c.Output, func(w io.Writer) error { return exchange.ExportIncident(ws, found.ID, w) })
		if err != nil || c.Output == "-" {
			return err
		}
		if s.json {
			return s.answer(map[string]any{"incident": found.ID, "file": c.Output, "records": found.Counts.Records})
		}
		s.say("Wrote %s to %s", count(found.Counts.Records, "record"), c.Output)
		return nil
	})
}
