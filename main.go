// Bearings keeps a team's bearings in an incident: who does what, what is
// believed and on what evidence, and a brief for whoever joins. Without a
// command it opens its window; with one it is the command line, and needs no
// display.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"

	"bearings/app"
	"bearings/internal/command"
)

//go:embed all:frontend/dist
var frontend embed.FS

// version is set by the linker.
var version = "unreleased"

func main() {
	std := command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	status, window := command.Run(version, os.Args[1:], std)
	if window != nil {
		status = open(window, std)
	}
	os.Exit(status)
}

// open opens the window; where there is no display, it says so, and writes the
// brief that the window would have opened on.
func open(w *command.Window, std command.Streams) int {
	o := app.Options{Workspace: w.Workspace, As: w.As, Sample: w.Sample}
	if !app.HasDisplay() {
		return write(o, std)
	}
	page, err := fs.Sub(frontend, "frontend/dist")
	if err == nil {
		err = app.Run(page, o)
	}
	return complain(std, "open the window", err)
}

func write(o app.Options, std command.Streams) int {
	_, _ = fmt.Fprintln(std.Err, "bearings: there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); here is the brief.")
	if o.Sample {
		if err := app.PutSample(o); err != nil {
			return complain(std, "load the sample", err)
		}
	}
	args := []string{"brief", "latest", "--workspace", o.Workspace}
	if o.As != "" {
		args = append(args, "--as", o.As)
	}
	status, _ := command.Run(version, args, std)
	return status
}

func complain(std command.Streams, doing string, err error) int {
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintf(std.Err, "bearings: %s: %v\n", doing, err)
	return 1
}
