package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bearings/internal/folder"
	"bearings/internal/workspace"
)

type membersCmd struct {
	Remove string `help:"Shut a machine out, by its name or device; or every machine of a person, by theirs." placeholder:"MACHINE|DEVICE|NAME"`
}

// Help says what removing does, and what it does not.
func (c *membersCmd) Help() string {
	return `Whoever is removed keeps what they had, and can read what others write until the machines of those have heard of it: change
what was secret, and take away their access to the folder. What a removed machine writes from then on is kept aside.

Examples:

  bearings members
  bearings members --remove bea-laptop`
}

// memberShown is a member in JSON.
type memberShown struct {
	Device  string `json:"device"`
	Name    string `json:"name"`
	Person  string `json:"person"`
	Self    bool   `json:"self"`
	Invited string `json:"invited"` // the device that invited it
	Joined  string `json:"joined"`
	Removed string `json:"removed"` // empty while it is a member
}

type membersShown struct {
	Members []memberShown `json:"members"`
	Removed []string      `json:"removed"` // the devices that this call removed
}

func (c *membersCmd) run(s *session) error {
	if c.Remove != "" {
		return s.change(func(ws *workspace.Workspace) error { return c.remove(s, ws) })
	}
	return s.tend(func(ws *workspace.Workspace) error {
		all, err := folder.Members(ws, time.Now)
		if err != nil {
			return err
		}
		return s.showMembers(all, nil)
	})
}

func (c *membersCmd) remove(s *session, ws *workspace.Workspace) error {
	all, err := folder.Members(ws, time.Now)
	if err != nil {
		return err
	}
	meant, err := membersNamed(all, c.Remove)
	if err != nil {
		return err
	}
	share, err := s.share(ws)
	if err != nil {
		return err
	}
	defer share.Close() // what it holds is in the workspace
	var devices []string
	for _, m := range meant {
		if err := share.Remove(context.Background(), m.Device); err != nil {
			return share.Explain(err)
		}
		devices = append(devices, m.Device)
	}
	if s.json {
		if all, err = folder.Members(ws, time.Now); err != nil {
			return err
		}
		return s.showMembers(all, devices)
	}
	for _, m := range meant {
		s.say("Removed %s.", oneLine(machineOf(m)))
	}
	s.say("What it had it keeps. What others write stays closed to it once their machines have heard of this.")
	s.say("Change what was secret, and take away its access to the folder.")
	return nil
}

// membersNamed finds who is meant: a device by its id or the beginning of it,
// a machine by its name, else all machines of a person.
func membersNamed(all []folder.Member, name string) ([]folder.Member, error) {
	var byDevice, byMachine, byPerson []folder.Member
	for _, m := range all {
		switch {
		case !m.Removed.IsZero():
		case len(name) >= 6 && strings.HasPrefix(m.Device, strings.ToLower(name)):
			byDevice = append(byDevice, m)
		case strings.EqualFold(m.Name, name):
			byMachine = append(byMachine, m)
		case m.Person != "" && strings.EqualFold(m.Person, name):
			byPerson = append(byPerson, m)
		}
	}
	switch {
	case len(byDevice) == 1:
		return byDevice, nil
	case len(byDevice)+len(byMachine) > 1:
		return nil, &workspace.Error{
			Code:    workspace.CodeAmbiguous,
			Message: fmt.Sprintf("%.80q may be several machines; nobody was removed", name),
			Hint:    "Name one by its device; bearings members lists them.",
		}
	case len(byMachine) == 1:
		return byMachine, nil
	case len(byPerson) > 0:
		return byPerson, nil
	default:
		return nil, &workspace.Error{
			Code:    workspace.CodeNotFound,
			Message: fmt.Sprintf("no machine and no person among the members is called %.80q", name),
			Hint:    "bearings members lists them.",
		}
	}
}

func machineOf(m folder.Member) string {
	if m.Person == "" {
		return m.Name
	}
	return m.Name + ", of " + m.Person
}

func (s *session) showMembers(all []folder.Member, removed []string) error {
	if s.json {
		out := membersShown{Members: []memberShown{}, Removed: append([]string{}, removed...)}
		for _, m := range all {
			out.Members = append(out.Members, memberShown{
				Device: m.Device, Name: m.Name, Person: m.Person, Self: m.Self, Invited: m.Invited,
				Joined: stamp(m.Joined), Removed: stamp(m.Removed),
			})
		}
		return s.answer(out)
	}
	machines := map[string]string{}
	for _, m := range all {
		machines[m.Device] = m.Name
	}
	var rows [][]string
	for _, m := range all {
		rows = append(rows, []string{m.Device[:min(8, len(m.Device))], s.standing(m, machines), oneLine(machineOf(m))})
	}
	s.table("", rows)
	return nil
}

// standing says how a machine came in, or that it is out.
func (s *session) standing(m folder.Member, machines map[string]string) string {
	switch {
	case !m.Removed.IsZero():
		return "removed " + s.clock(m.Removed)
	case m.Self:
		return "this machine"
	case m.Invited != "":
		return "invited by " + oneLine(or(machines[m.Invited], m.Invited))
	default:
		return "joined " + s.clock(m.Joined)
	}
}
