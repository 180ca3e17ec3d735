package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/folder"
	"bearings/internal/workspace"
)

type inviteCmd struct {
	Output string        `short:"o" help:"The file to write the invitation to." required:"" placeholder:"FILE"`
	For    string        `help:"Whom it is for; said here only." placeholder:"NAME"`
	Valid  time.Duration `help:"How long it can be used, such as 2h." default:"168h" placeholder:"DURATION"`
}

// Help shows how it is used.
func (c *inviteCmd) Help() string {
	return `The invitation is a file that six words open. Send the file one way and tell the words another way, and neither through
the shared folder: whoever has both can read everything. It lets one machine in.

Example:

  bearings invite -o for-bea.txt --for Bea`
}

// invited is the answer about an invitation.
type invited struct {
	ID    string `json:"id"`
	File  string `json:"file"`
	Words string `json:"words"`
	Until string `json:"until"`
}

func (c *inviteCmd) run(s *session) error {
	if c.Valid <= 0 {
		return usage("--valid must be longer than nothing")
	}
	if toStandardOutput(c.Output) {
		return usage("-o must name a file: the words are said on standard output, and the two go different ways")
	}
	return s.change(func(ws *workspace.Workspace) error {
		if err := c.keepOut(ws); err != nil {
			return err
		}
		share, err := s.share(ws)
		if err != nil {
			return err
		}
		defer share.Close() // what it holds is in the workspace
		i, err := share.Invite(context.Background(), folder.InviteOptions{For: c.For, Valid: c.Valid})
		if err != nil {
			return share.Explain(err)
		}
		err = s.deliverFrom(c.Output, func(w io.Writer) error {
			_, err := w.Write(i.File)
			return err
		})
		if err != nil {
			return err
		}
		if s.json {
			return s.answer(invited{ID: i.ID, File: c.Output, Words: i.Words, Until: stamp(i.Until)})
		}
		whom := "whoever is to join"
		if name := oneLine(c.For); name != "" {
			whom = name
		}
		s.say("Wrote the invitation to %s. It lets one machine in, until %s.", oneLine(c.Output), i.Until.Local().Format("2 Jan 2006 15:04"))
		s.say("")
		s.say("    %s", i.Words)
		s.say("")
		s.say("Send the file to %s, and tell these six words another way. They are not shown again.", whom)
		return nil
	})
}

// keepOut refuses a place that whoever has the folder sees.
func (c *inviteCmd) keepOut(ws *workspace.Workspace) error {
	shared, err := folder.Of(ws)
	if err != nil || shared == "" {
		return err
	}
	path, err := filepath.Abs(c.Output)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(real, filepath.Base(path))
	}
	if real, err := filepath.EvalSymlinks(shared); err == nil {
		shared = real
	}
	if inside, err := filepath.Rel(shared, path); err == nil && inside != ".." && !strings.HasPrefix(inside, ".."+string(os.PathSeparator)) {
		return &workspace.Error{
			Code:    workspace.CodeInvalid,
			Message: "an invitation must not lie in the shared folder: whoever has that would need only the words",
			Hint:    "Write it somewhere else with -o, and send it another way.",
		}
	}
	return nil
}
