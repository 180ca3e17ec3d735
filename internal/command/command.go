// Package command is the command line: every command reads or writes the
// same workspace as the window, and needs no display.
//
// The rules of its user interface: what was asked for goes to standard
// output, and nothing else does; a failure is one line on standard error that
// says what happened, why, and what to do; progress shows on standard error
// when that is a terminal and the work takes over a second. The exit status is
// 0 when it was done, 1 when it failed, 2 when the command itself was wrong.
package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// The exit statuses of the program.
const (
	done       = 0
	failed     = 1
	wrongUsage = 2
)

// Streams are what a command reads and writes.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// A Window is what to open the window on, for a command line without a
// command.
type Window struct {
	Workspace string // its folder
	As        string // who acts; the owner of the workspace where empty
	Sample    bool   // put the sample incident into an empty workspace
}

type grammar struct {
	Workspace string           `help:"Folder of the workspace (default: ${workspace})." env:"BEARINGS_WORKSPACE" placeholder:"DIR"`
	As        string           `help:"Who acts (default: the owner of the workspace)." placeholder:"NAME"`
	JSON      bool             `name:"json" help:"Answer in JSON."`
	Version   kong.VersionFlag `help:"Say which version this is."`

	Window windowCmd `cmd:"" default:"withargs" help:"Open the window. This is what happens without a command."`
	List   listCmd   `cmd:"" help:"List the incidents."`
	Import importCmd `cmd:"" help:"Take in incident files."`
	Brief  briefCmd  `cmd:"" help:"Write the catch-up brief of an incident."`
	Show   showCmd   `cmd:"" help:"Show an incident as it stands."`
	Blast  blastCmd  `cmd:"" help:"Show what rests on a claim, and would fall with it."`
	Record recordCmd `cmd:"" help:"Add records to an incident."`
	Export exportCmd `cmd:"" help:"Write an incident as a file."`
	Search searchCmd `cmd:"" help:"Search every incident."`
	Check  checkCmd  `cmd:"" help:"Check every record and file of the workspace."`
}

type windowCmd struct {
	Sample bool `help:"Put the sample incident into the workspace if that is empty."`
}

// A runner is a command that can run.
type runner interface {
	run(s *session) error
}

// A session is one run of one command.
type session struct {
	Streams
	version string
	folder  string
	as      string
	json    bool
	now     time.Time
}

// Run runs the command that args name and returns the exit status. Without a
// command it returns what to open the window on, and does nothing.
func Run(version string, args []string, std Streams) (int, *Window) {
	var g grammar
	exit := -1
	parser, err := kong.New(&g,
		kong.Name("bearings"),
		kong.Description("Get your bearings in an incident, and keep everyone's.\n\n"+
			"INCIDENT is a label, an id, a unique part of the title, or latest."),
		kong.Vars{"version": "bearings " + version, "workspace": displayFolder()},
		kong.Writers(std.Out, std.Err),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.UsageOnError(),
	)
	if err != nil {
		return complain(std.Err, err), nil
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // help or the version was asked for, and given
		return exit, nil
	}
	if err != nil {
		_, _ = fmt.Fprintf(std.Err, "bearings: %v. See bearings --help.\n", err)
		return wrongUsage, nil
	}
	folder, err := folderOf(g.Workspace)
	if err != nil {
		return complain(std.Err, err), nil
	}
	cmd, ok := parsed.Selected().Target.Addr().Interface().(runner)
	if !ok {
		return done, &Window{Workspace: folder, As: g.As, Sample: g.Window.Sample}
	}
	s := &session{Streams: std, version: version, folder: folder, as: g.As, json: g.JSON, now: time.Now()}
	if err := cmd.run(s); err != nil {
		return complain(std.Err, err), nil
	}
	return done, nil
}

// complain says in one line what went wrong.
func complain(w io.Writer, err error) int {
	var usage *usageError
	if errors.As(err, &usage) {
		_, _ = fmt.Fprintf(w, "bearings: %s. See bearings --help.\n", usage.what)
		return wrongUsage
	}
	var quiet *quietError
	if errors.As(err, &quiet) {
		return failed
	}
	var typed *incident.Error
	if errors.As(err, &typed) {
		said := strings.Replace(err.Error(), typed.Error(), sentence(typed), 1)
		_, _ = fmt.Fprintf(w, "bearings: %s\n", oneLine(said))
		return failed
	}
	_, _ = fmt.Fprintf(w, "bearings: %s\n", oneLine(err.Error()))
	return failed
}

func sentence(e *incident.Error) string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ". " + capital(e.Hint)
}

// A usageError is a command that was wrong in itself.
type usageError struct{ what string }

func (e *usageError) Error() string { return e.what }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// A quietError is a failure about which everything has been said.
type quietError struct{}

func (*quietError) Error() string { return "failed" }

// folderOf returns the folder of the workspace: the one given, or one in the
// platform's place for the data of programs.
func folderOf(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	if data := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "bearings"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of the workspace: %w; name one with --workspace", err)
	}
	return dataFolder(home), nil
}

func displayFolder() string {
	folder, err := folderOf("")
	if err != nil {
		return "none"
	}
	return folder
}

// open opens the workspace, as one who may write to it.
func (s *session) open() (*workspace.Workspace, error) {
	return workspace.Open(s.folder, workspace.Options{Owner: s.as})
}

// use opens the workspace for one piece of work, and closes it after.
func (s *session) use(work func(*workspace.Workspace) error) (err error) {
	ws, err := s.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ws.Close()) }()
	return work(ws)
}

// me is who acts: --as, else the owner of the workspace.
func (s *session) me(ws *workspace.Workspace) (string, error) {
	if s.as != "" {
		return s.as, nil
	}
	return ws.Owner()
}
