package app

import (
	"context"
	"io/fs"
	"log/slog"
	"net/url"
	"slices"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/app/navguard"
	"bearings/internal/brief"
	"bearings/internal/incident"
)

// changed is the one event that Go sends to the window: something changed,
// and a number that grows. The window re-reads what it shows.
const changed = "changed"

// Run opens the window on a workspace and returns when it is closed. page
// holds the built front end.
func Run(page fs.FS, o Options) error {
	a := New(o)
	w := &Window{app: a}
	return wails.Run(&options.App{
		Title:            "Bearings",
		Width:            1440,
		Height:           900,
		MinWidth:         1024,
		MinHeight:        700,
		BackgroundColour: options.NewRGB(0x0b, 0x0d, 0x10),
		AssetServer:      &assetserver.Options{Assets: page, Middleware: securityHeaders},
		OnStartup:        w.startup,
		OnShutdown:       w.shutdown,
		Bind:             bound(a, w),
		EnumBind:         enums(),
		ErrorFormatter:   formatError,
		// A file that is dropped must not take the place of the page; what may be
		// dropped where is for the page to say.
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux:       &linux.Options{ProgramName: "bearings", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
}

// bound are the structs whose methods the window can call.
func bound(a *App, w *Window) []any {
	return []any{&Incidents{a}, &Board{a}, &Claims{a}, &Brief{a}, &Things{a}, &Settings{a}, w}
}

// Window is what concerns the window itself.
type Window struct {
	app  *App
	ctx  context.Context // of Wails, for its runtime
	stop context.CancelFunc
}

func (w *Window) startup(ctx context.Context) {
	w.ctx = ctx
	navguard.Install()
	go w.app.Open()
	watching, stop := context.WithCancel(ctx)
	w.stop = stop
	go w.app.Watch(watching, func(seq int64) { runtime.EventsEmit(ctx, changed, seq) })
}

func (w *Window) shutdown(context.Context) {
	w.stop()
	if err := w.app.Close(); err != nil {
		slog.Warn("close the workspace", "error", err)
	}
}

// schemes are the links that may leave the window.
var schemes = []string{"https", "http", "mailto"}

// Follow opens a link outside, in the reader's browser or mail program.
func (w *Window) Follow(link string) error {
	_, err := call(w.app, "Window.Follow", func() (struct{}, error) {
		u, err := url.Parse(link)
		if err != nil || !slices.Contains(schemes, u.Scheme) {
			return struct{}{}, &Error{
				Code:    codeInvalid,
				Message: "This link is not opened: it is no web or mail address.",
				Hint:    "Copy its text if you want to open it yourself.",
			}
		}
		runtime.BrowserOpenURL(w.ctx, u.String())
		return struct{}{}, nil
	})
	return err
}

// enums become unions on the other side, so that a state that the window does
// not know fails its type check.
func enums() []any {
	return []any{claimStates, threadStates, actionStates, statuses, readers, lengths}
}

type named[T any] struct {
	Value  T
	TSName string
}

var (
	claimStates = []named[incident.ClaimState]{
		{incident.Withdrawn, "Withdrawn"}, {incident.ClaimDisputed, "Disputed"}, {incident.Refuted, "Refuted"},
		{incident.Verified, "Verified"}, {incident.Supported, "Supported"}, {incident.Assumption, "Assumption"},
		{incident.Hypothesis, "Hypothesis"},
	}
	threadStates = []named[incident.ThreadState]{
		{incident.NeedsOwner, "NeedsOwner"}, {incident.Active, "Active"}, {incident.Waiting, "Waiting"},
		{incident.Parked, "Parked"}, {incident.ThreadDone, "Done"}, {incident.DeadEnd, "DeadEnd"},
	}
	actionStates = []named[incident.ActionState]{
		{incident.ActionProposed, "Proposed"}, {incident.Assigned, "Assigned"}, {incident.InProgress, "InProgress"},
		{incident.Blocked, "Blocked"}, {incident.ActionDone, "Done"}, {incident.Failed, "Failed"}, {incident.Dropped, "Dropped"},
	}
	statuses = []named[incident.Status]{
		{incident.Investigating, "Investigating"}, {incident.Mitigating, "Mitigating"}, {incident.Monitoring, "Monitoring"},
		{incident.Resolved, "Resolved"}, {incident.Closed, "Closed"},
	}
	readers = []named[Reader]{{ReaderJoining, "Joining"}, {ReaderLead, "Lead"}, {ReaderReturned, "Returned"}}
	lengths = []named[brief.Length]{{brief.OneMinute, "OneMinute"}, {brief.FiveMinutes, "FiveMinutes"}, {brief.Full, "Full"}}
)
