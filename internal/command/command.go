// Package command is the command line: every command reads or writes the
// same workspace as the window, and needs no display.
//
// The rules of its user interface: what was asked for goes to standard
// output, and nothing else does; a failure is one line on standard error that
// says what happened, why, and what to do; progress shows on standard error
// when that is a terminal and the work takes over a second. The exit status is
// 0 when it was done, 1 when it failed, 2 when the command itself was wrong.
// Commands that only look change nothing, and work on a place that cannot be
// written; only import makes a workspace where there is none.
package command

import (
	"bufio"
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
	As        string           `help:"Who acts (default: the owner of the workspace, who is the first that import or record was told of)." placeholder:"NAME"`
	JSON      bool             `name:"json" help:"Answer in JSON."`
	Version   kong.VersionFlag `help:"Say which version this is."`

	Window  windowCmd  `cmd:"" default:"withargs" help:"Open the window. This is what happens without a command."`
	List    listCmd    `cmd:"" help:"List the incidents."`
	Import  importCmd  `cmd:"" help:"Take in incident files, bundles and evidence."`
	Brief   briefCmd   `cmd:"" help:"Write the catch-up brief of an incident."`
	Show    showCmd    `cmd:"" help:"Show an incident as it stands."`
	Blast   blastCmd   `cmd:"" help:"Show what rests on a claim, and would fall with it."`
	Record  recordCmd  `cmd:"" help:"Add records to an incident."`
	Export  exportCmd  `cmd:"" help:"Write an incident as a file."`
	Redact  redactCmd  `cmd:"" help:"Destroy what an evidence shows; its record stays."`
	Search  searchCmd  `cmd:"" help:"Search every incident."`
	Sync    syncCmd    `cmd:"" help:"Share the workspace through a folder, and stay in step."`
	Invite  inviteCmd  `cmd:"" help:"Invite somebody to the shared workspace."`
	Members membersCmd `cmd:"" help:"List who shares the workspace, or shut somebody out."`
	Check   checkCmd   `cmd:"" help:"Check every record and file of the workspace."`
}

// description is what bearings --help begins with.
const description = "Get your bearings in an incident, and keep everyone's.\n\n" +
	"INCIDENT is a label (INC-2041), an id, a part of the title that no other has, or latest. " +
	"TIME is 03:41 (the last time that it was), 2026-11-22 03:41 (here), or 2026-11-22T03:41:00+01:00."

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
	width   int // cells of a line, where the answer goes to a terminal; else 0

	progress *progress
	flush    func() error // writes out what was answered so far
}

// Run runs the command that args name and returns the exit status. Without a
// command it returns what to open the window on, and does nothing.
func Run(version string, args []string, std Streams) (int, *Window) {
	var g grammar
	exit := -1
	parser, err := kong.New(&g,
		kong.Name("bearings"),
		kong.Description(description),
		kong.Vars{"version": "bearings " + version, "workspace": displayFolder()},
		kong.Writers(std.Out, std.Err),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return complain(std.Err, err), nil
	}
	parser.Model.HelpFlag.Help = "Show this help."
	parsed, err := parser.Parse(args)
	if exit >= 0 { // help or the version was asked for, and given
		return exit, nil
	}
	if err != nil {
		return complain(std.Err, misspelled(err, args)), nil
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
	if err := s.do(cmd); err != nil {
		return complain(std.Err, within(parsed.Selected(), err)), nil
	}
	return done, nil
}

// do runs a command. Its answer goes out in one piece: when it cannot be
// written, that is a failure too.
func (s *session) do(cmd runner) error {
	s.width = terminalWidth(s.Out)
	s.progress = progressOn(s.Err)
	out := bufio.NewWriterSize(answer{s.Out, s.progress}, 64<<10)
	s.Out, s.flush = out, out.Flush
	err := cmd.run(s)
	s.progress.end()
	if flushed := out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("write the answer: %w", flushed)
	}
	return err
}

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

// look opens the workspace to read, for one piece of work.
func (s *session) look(work func(*workspace.Workspace) error) error {
	return s.with(workspace.Options{ReadOnly: true}, work)
}

// change opens a workspace that is there, to read and write.
func (s *session) change(work func(*workspace.Workspace) error) error {
	if err := s.look(func(*workspace.Workspace) error { return nil }); err != nil {
		return err
	}
	return s.with(workspace.Options{}, work)
}

// tend opens a workspace that is there for work that only looks, but goes
// better where what it finds out can be kept.
func (s *session) tend(work func(*workspace.Workspace) error) error {
	err := s.change(work)
	if isCode(err, workspace.CodeReadOnly) || isCode(err, workspace.CodeDiskFull) {
		return s.look(work)
	}
	return err
}

// begin opens the workspace, and makes it where there is none.
func (s *session) begin(work func(*workspace.Workspace) error) error {
	return s.with(workspace.Options{Owner: s.as}, work)
}

func (s *session) with(o workspace.Options, work func(*workspace.Workspace) error) (err error) {
	ws, err := workspace.Open(s.folder, o)
	if isCode(err, workspace.CodeNotFound) {
		return &incident.Error{
			Code:    workspace.CodeNotFound,
			Message: "there is no workspace in " + s.folder,
			Hint:    "Take something in with bearings import, or name another folder with --workspace.",
		}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ws.Close()) }()
	return work(ws)
}

// keepOwner keeps who acted first, where the workspace has no owner, so that
// they need not say it again.
func (s *session) keepOwner(ws *workspace.Workspace) {
	name := strings.TrimSpace(s.as)
	if name == "" {
		return
	}
	owner, err := ws.Owner()
	if err == nil && owner == "" {
		err = ws.Set(workspace.SettingOwner, name)
	}
	if err != nil {
		ws.Log().Warn("keep the owner", "error", err) // what was written is safe; --as says it again
	}
}

// me is who acts: --as, else the owner of the workspace.
func (s *session) me(ws *workspace.Workspace) (string, error) {
	if s.as != "" {
		return s.as, nil
	}
	return ws.Owner()
}
