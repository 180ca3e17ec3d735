package command

import (
	"fmt"
	"strings"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type redactCmd struct {
	Incident   string  `arg:"" help:"Its label, id, a part of its title, or latest."`
	Evidence   string  `arg:"" help:"Its label or id."`
	Why        string  `help:"Why it must go." placeholder:"WHY"`
	Title      *string `help:"Another title, where the one that it has says what is secret." placeholder:"TITLE"`
	Everywhere bool    `help:"Redact every evidence that has the same file, in every incident."`
}

// Help shows how it is used.
func (c *redactCmd) Help() string {
	return `Its text, its link, its file and the name of that are erased from everything that this workspace keeps. Who showed
it, when, and what it proves stay as they were, at every time that is looked at. It cannot be taken back.

What was exported, backed up, or seen by others is beyond this: change the password or the token too.

Example:

  bearings redact latest E4 --why "a token is in it"`
}

// redacted is the answer about an evidence that was redacted.
type redacted struct {
	Incident string   `json:"incident"`
	Evidence string   `json:"evidence"`
	Label    string   `json:"label"`
	Copies   []string `json:"copies"` // labels of copies of it that still show
}

func (c *redactCmd) run(s *session) error {
	return s.change(func(ws *workspace.Workspace) error {
		in, err := ws.Find(c.Incident)
		if err != nil {
			return err
		}
		me, err := s.me(ws)
		if err != nil {
			return err
		}
		found, err := c.find(s, ws, in.ID)
		if err != nil {
			return err
		}
		_, err = ws.Redact(in.ID, workspace.Redaction{By: me, Evidence: found.Evidence, Why: c.Why, Title: c.Title, Everywhere: c.Everywhere})
		if err != nil {
			return err
		}
		s.keepOwner(ws)
		s.keepSummaries(ws)
		if c.Everywhere {
			s.keeper(ws).Refresh()
		} else {
			s.keepBrief(ws, in.ID)
		}
		if s.json {
			return s.answer(found)
		}
		s.say("Redacted %s: what it showed is erased from this workspace, and its record stays.", found.Label)
		if len(found.Copies) > 0 {
			s.say("Copies of it still show what they show: %s.", strings.Join(found.Copies, ", "))
		}
		s.say("Exports, backups and other machines may still have it: change what was secret.")
		return nil
	})
}

func (c *redactCmd) find(s *session, ws *workspace.Workspace, id string) (redacted, error) {
	out := redacted{Incident: id, Copies: []string{}}
	err := ws.View(id, func(inc *incident.Incident) error {
		state := inc.At(s.now)
		t, ok := state.Find(c.Evidence)
		e, isEvidence := t.(*incident.Evidence)
		if !ok || !isEvidence {
			return &incident.Error{
				Code:    incident.CodeUnknownReference,
				Message: fmt.Sprintf("there is no evidence %.80q in this incident", c.Evidence),
				Hint:    "bearings show lists the evidence.",
			}
		}
		out.Evidence, out.Label = e.ID, e.Label
		for _, ref := range e.Copies {
			if other, ok := state.Find(ref.ID); ok && !other.(*incident.Evidence).Redacted {
				out.Copies = append(out.Copies, ref.Label)
			}
		}
		return nil
	})
	return out, err
}
