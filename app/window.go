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
)

// changed is the one event that Go sends to the window: something changed,
// and a number that grows. The window re-reads what it shows.
const changed = "changed"

// Run opens the window on a workspace and returns when it is closed. page
// holds the built front end. The workspace opens while the window starts.
func Run(page fs.FS, o Options) error {
	a := New(o)
	w := &Window{app: a}
	if !generating {
		go a.Open()
	}
	return wails.Run(&options.App{
		Title:            "Bearings",
		Width:            1440,
		Height:           900,
		MinWidth:         1024,
		MinHeight:        700,
		BackgroundColour: options.NewRGB(0x0b, 0x0d, 0x10),
		AssetServer:      &assetserver.Options{Assets: page, Middleware: securityHeaders},
		StartHidden:      true, // until there is something to see: no flash of another colour
		OnStartup:        w.startup,
		OnDomReady:       w.show,
		OnShutdown:       w.shutdown,
		Bind:             bound(a, w),
		EnumBind:         unions(),
		ErrorFormatter:   formatError,
		// A file that is dropped must not take the place of the page; what may be
		// dropped where is for the page to say.
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux:       &linux.Options{ProgramName: "bearings", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
}

// bound are the structs whose methods the window can call.
func bound(a *App, w *Window) []any {
	return []any{&Incidents{a}, &Board{a}, &Claims{a}, &Brief{a}, &Timeline{a}, &Things{a}, &Composer{a}, &Settings{a}, w}
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
	watching, stop := context.WithCancel(ctx)
	w.stop = stop
	go w.app.Watch(watching, func(seq int64) { runtime.EventsEmit(ctx, changed, seq) })
}

func (w *Window) show(ctx context.Context) { runtime.WindowShow(ctx) }

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
