package command

import (
	"fmt"
	"time"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/handout"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type briefCmd struct {
	Incident string `arg:"" help:"Its label, id, a part of its title, or latest."`
	For      string `help:"Who reads it: says what is theirs. The beginning of any part of a name will do." placeholder:"NAME"`
	Length   string `help:"Minutes to read it: 1m, 5m (the default) or full." enum:"1m,5m,full" default:"5m" placeholder:"LENGTH"`
	Since    string `help:"Only what changed since then: a TIME, or how long ago (45m, 2h)." placeholder:"TIME"`
	AsOf     string `help:"What was known at a TIME." placeholder:"TIME"`
	Handover bool   `help:"For the next lead; always of 5 minutes."`

	ForLeadership bool `help:"For leadership: the same sentences, what they ask for first."`

	Zone   string `help:"Time zone of the times in it (default: this machine's)." placeholder:"ZONE"`
	Format string `help:"text (the default), md, html, pdf or json." enum:"text,md,html,pdf,json" default:"text" placeholder:"FORMAT"`
	Paper  string `help:"Of a PDF: a4 (the default) or letter." enum:"a4,letter" default:"a4" placeholder:"PAPER"`
	Output string `short:"o" help:"Write it to a file." placeholder:"FILE"`
}

// Help shows how it is used.
func (c *briefCmd) Help() string {
	return `Examples:

  bearings brief latest
  bearings brief INC-2041 --since 45m --for Ana
  bearings brief payments --length 1m --format md -o brief.md
  bearings brief latest --format html -o brief.html
  bearings brief latest --for-leadership --format pdf --paper letter -o brief.pdf`
}

var papers = map[string]pdf.Paper{"a4": pdf.A4, "letter": pdf.Letter}

func (c *briefCmd) run(s *session) error {
	if c.Format == "pdf" && !s.json && toStandardOutput(c.Output) && s.width > 0 {
		return usage("a PDF is not written to a terminal: name a file with -o")
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	return s.readIn(c.Incident, c.AsOf, func(ws *workspace.Workspace, inc *incident.Incident, at time.Time) error {
		var before *incident.State
		options.Reader, err = s.reader(inc.At(at).Responders, c.For)
		if err != nil {
			return err
		}
		if c.Since != "" {
			mark, err := since(c.Since, at)
			if err != nil {
				return err
			}
			if mark.After(at) {
				return usage("--since is after the moment of the brief")
			}
			options.Since = mark
			before = inc.AsOf(mark).At(mark)
		}
		if inc.Len() == 0 && !s.json && (c.Format == "text" || c.Format == "md") {
			return s.deliver(c.Output, []byte("Nothing was recorded by then."))
		}
		now := inc.At(at)
		text, err := c.render(s, ws, now, brief.Write(now, before, options))
		if err != nil {
			return err
		}
		if err := s.deliver(c.Output, text); err != nil || toStandardOutput(c.Output) || s.json {
			return err
		}
		s.say("Wrote the brief to %s", c.Output)
		return nil
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
	if c.ForLeadership && (c.Handover || c.Since != "") {
		return brief.Options{}, usage("--for-leadership goes with neither --handover nor --since")
	}
	return brief.Options{Reader: c.For, Length: length, Handover: c.Handover, Leadership: c.ForLeadership, Zone: zone}, nil
}

func (c *briefCmd) render(s *session, ws *workspace.Workspace, now *incident.State, b *brief.Brief) (out []byte, err error) {
	switch {
	case s.json || c.Format == "json":
		out, err = brief.JSON(b)
	case c.Format == "md":
		out = []byte(brief.Markdown(b))
	case c.Format == "pdf":
		out, err = handout.PDF(b, papers[c.Paper])
	case c.Format == "html":
		out, err = handout.HTML(ws, now, b)
	default:
		out = []byte(brief.Text(b))
	}
	if err != nil {
		return nil, fmt.Errorf("write the brief: %w", err)
	}
	return out, nil
}
