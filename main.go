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

// open opens the window, or says what it would have shown first where there is
// no display.
func open(w *command.Window, std command.Streams) int {
	if !app.HasDisplay() {
		_, _ = fmt.Fprintln(std.Err, "bearings: there is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set); this is the brief that it would show.")
		status, _ := command.Run(version, briefOf(w), std)
		return status
	}
	page, err := fs.Sub(frontend, "frontend/dist")
	if err == nil {
		err = app.Run(page, app.Options{Workspace: w.Workspace, As: w.As, Sample: w.Sample})
	}
	if err != nil {
		_, _ = fmt.Fprintf(std.Err, "bearings: open the window: %v\n", err)
		return 1
	}
	return 0
}

func briefOf(w *command.Window) []string {
	args := []string{"brief", "latest", "--workspace", w.Workspace}
	if w.As != "" {
		args = append(args, "--as", w.As)
	}
	if w.Sample {
		args = append(args, "--sample")
	}
	return args
}
