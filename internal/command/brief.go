package command

import (
	"fmt"
	"time"

	"bearings/internal/brief"
	"bearings/internal/incident"
)

type briefCmd struct {
	Incident string `arg:"" help:"The incident."`
	For      string `help:"Who reads it." placeholder:"NAME"`
	Length   string `help:"How long it takes to read: 1m, 5m or full." enum:"1m,5m,full" default:"5m"`
	Since    string `help:"Tell what changed since a time, or within a duration (45m)." placeholder:"TIME"`
	AsOf     string `help:"Tell what was known at a time." placeholder:"TIME"`
	Handover bool   `help:"For the next lead."`
	Zone     string `help:"Time zone of the times in it (default: this machine's)." placeholder:"ZONE"`
	Format   string `help:"text, md or json." enum:"text,md,json" default:"text"`
	Output   string `short:"o" help:"Write it to a file." placeholder:"FILE"`
}

func (c *briefCmd) run(s *session) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	return s.look(c.Incident, c.AsOf, func(inc *incident.Incident, at time.Time) error {
		var before *incident.State
		if c.Since != "" {
			since, err := s.since(c.Since, at)
			if err != nil {
				return err
			}
			if since.After(at) {
				return usage("--since is after the moment of the brief")
			}
			options.Since = since
			before = inc.AsOf(since).At(since)
		}
		text, err := c.render(s, brief.Write(inc.At(at), before, options))
		if err != nil {
			return err
		}
		return s.deliver(c.Output, text)
	})
}

func (c *briefCmd) options() (brief.Options, error) {
	length, err := brief.ParseLength(c.Length)
	if err != nil {
		return brief.Options{}, usage("%v", err)
	}
	zone := time.Local
	if c.Zone != "" {
		if zone, err = time.LoadLocation(c.Zone); err != nil {
			return brief.Options{}, usage("%q is not a time zone (Europe/Berlin, UTC)", c.Zone)
		}
	}
	if c.Handover && c.Since != "" {
		return brief.Options{}, usage("--handover and --since do not go together")
	}
	return brief.Options{Reader: c.For, Length: length, Handover: c.Handover, Zone: zone}, nil
}

func (c *briefCmd) render(s *session, b *brief.Brief) ([]byte, error) {
	switch {
	case s.json || c.Format == "json":
		out, err := brief.JSON(b)
		if err != nil {
			return nil, fmt.Errorf("write the brief: %w", err)
		}
		return out, nil
	case c.Format == "md":
		return []byte(brief.Markdown(b)), nil
	default:
		return []byte(brief.Text(b)), nil
	}
}
