package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/app/navguard"
	"bearings/app/single"
)

// sharingEvent tells the page that something else is to be said about sharing.
const sharingEvent = "sharing"

// changed is the one event that Go sends to the window: something changed,
// and a number that grows. The window re-reads what it shows.
const changed = "changed"

// Run opens the window on a workspace and returns when it is closed. page
// holds the built front end. The workspace opens while the window starts.
func Run(page fs.FS, o Options) error {
	a := New(o)
	w := &Window{app: a, changed: make(chan struct{}, 1)}
	if !generating {
		if err := w.claim(o.Workspace); errors.Is(err, single.ErrTaken) {
			return single.AskToFront(o.Workspace)
		}
		go a.Open()
	}
	return wails.Run(&options.App{
		Title:            "Bearings",
		Width:            firstWidth,
		Height:           firstHeight,
		MinWidth:         leastWidth,
		MinHeight:        leastHeight,
		BackgroundColour: options.NewRGB(0x0b, 0x0d, 0x10),
		AssetServer:      &assetserver.Options{Assets: page, Handler: a.Pictures(), Middleware: assetserver.ChainMiddleware(securityHeaders, a.withFirstScreen)},
		StartHidden:      true, // until there is something to see: no flash of another colour
		OnStartup:        w.startup,
		OnDomReady:       w.show,
		OnBeforeClose:    w.beforeClose,
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
	return []any{&Incidents{a}, &Board{a}, &Claims{a}, &Grounds{a}, &Brief{a}, &Timeline{a}, &Things{a}, &People{a}, &Composer{a}, &Readings{a}, &Evidence{a}, &Viewer{a}, &Settings{a}, &Checkins{a}, &Decisions{a}, &Updates{a}, &Sharing{a}, w}
}

// Window is what concerns the window itself.
type Window struct {
	app     *App
	ctx     context.Context // of Wails, for its runtime
	stop    context.CancelFunc
	shown   atomic.Bool
	changed chan struct{} // something changed that may want an interruption
	ending  sync.Once
	kept    chan struct{} // closed once the briefs are kept no more

	only    atomic.Pointer[single.Claim] // that no other window shows the workspace
	own     atomic.Pointer[place]        // its place when it was last neither maximised nor filled the screen
	unsaved atomic.Bool                  // the page has text that would be lost
	leaving atomic.Bool                  // the reader said that it may be
}

func (w *Window) startup(ctx context.Context) {
	w.ctx = ctx
	navguard.Install()
	watching, stop := context.WithCancel(ctx)
	w.stop = stop
	var last atomic.Int64
	again := func() { runtime.EventsEmit(ctx, changed, last.Load()) }
	go w.app.Watch(watching, func(seq int64) {
		last.Store(seq)
		again()
		select {
		case w.changed <- struct{}{}:
		default:
		}
	})
	w.app.Tell(func(t Taking) { runtime.EventsEmit(ctx, taking, t) })
	go w.app.WatchWarnings(watching, w.changed, w.notify)
	go w.app.Tend(watching, tendAfter)
	w.kept = make(chan struct{})
	go func() {
		defer close(w.kept)
		w.app.keepBriefs(watching)
	}()
	go w.app.Share(watching, func() { runtime.EventsEmit(ctx, sharingEvent) }, again)
	go w.claimLate(watching)
	go w.obey(watching)
}

func (w *Window) show(ctx context.Context) {
	if w.shown.Load() { // the page was loaded anew
		return
	}
	w.appear(ctx)
	w.shown.Store(true)
}

func (w *Window) shutdown(ctx context.Context) { w.ending.Do(func() { w.end(ctx) }) }

func (w *Window) end(ctx context.Context) {
	w.stop()
	if w.kept != nil {
		<-w.kept // what changed last is in the briefs that are kept
	}
	w.app.letGoOfFolder()
	runtime.CleanupNotifications(ctx)
	if only := w.only.Load(); only != nil {
		if err := only.Release(); err != nil {
			slog.Warn("let go of the window's lock", "error", err)
		}
	}
	if err := w.app.Close(); err != nil {
		slog.Warn("close the workspace", "error", err)
	}
}

// closing asks the page whether the window may be closed although typed text
// would be lost.
const closing = "closing"

// beforeClose reports whether the window has to stay open.
func (w *Window) beforeClose(ctx context.Context) (stay bool) {
	if w.unsaved.Load() && !w.leaving.Load() {
		runtime.EventsEmit(ctx, closing)
		return true
	}
	w.remember(ctx)
	return false
}

// obey ends the program when the system tells it to, whatever the page would
// ask: nobody may be there to answer.
func (w *Window) obey(ctx context.Context) {
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(told)
	select {
	case <-ctx.Done():
	case <-told:
		w.Leave()
	}
}

// Unsaved says whether the page has typed text that is not kept yet, or could
// not be. Only then is the event "closing" sent when somebody closes the
// window, which then stays open until the page calls Leave.
func (w *Window) Unsaved(unsaved bool) { w.unsaved.Store(unsaved) }

// Front says whether the window is in front: what is on the screen before its
// reader needs no notification.
func (w *Window) Front(front bool) { w.app.front.Store(front) }

// patience is how long the desktop is given to end a window that was left.
const patience = 5 * time.Second

// Leave closes the window, whatever is lost. Now and then the desktop does not
// follow: then everything is let go of, and the program ends, all the same.
func (w *Window) Leave() {
	w.leaving.Store(true)
	runtime.Quit(w.ctx)
	time.AfterFunc(patience, func() {
		w.shutdown(w.ctx)
		os.Exit(0)
	})
}

// claim makes this the one window of its workspace, if that exists already. A
// place where that cannot be said, such as one without locks, does without.
func (w *Window) claim(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "bearings.db")); err != nil {
		return nil // made when it is opened, or refused
	}
	only, err := single.Take(dir, w.toFront)
	if err != nil {
		return err
	}
	w.only.Store(only)
	return nil
}

// claimLate claims a workspace that was only made now.
func (w *Window) claimLate(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-w.app.ready:
	}
	if w.only.Load() != nil {
		return
	}
	if err := w.claim(w.app.ws.Dir()); err != nil {
		w.app.ws.Log().Warn("be the only window of this workspace", "error", err)
	}
}

// toFront brings the window to the front; one that is not shown yet will be.
func (w *Window) toFront() {
	if !w.shown.Load() {
		return
	}
	if runtime.WindowIsMinimised(w.ctx) {
		runtime.WindowUnminimise(w.ctx)
	}
	runtime.WindowShow(w.ctx)
}

// notify shows a notification of the desktop.
func (w *Window) notify(i Interruption) error {
	if err := runtime.InitializeNotifications(w.ctx); err != nil {
		return err
	}
	// Pressing it brings the window to the front.
	runtime.OnNotificationResponse(w.ctx, func(runtime.NotificationResult) { w.toFront() })
	return runtime.SendNotification(w.ctx, runtime.NotificationOptions{ID: "warning", Title: i.Title, Body: i.Body})
}

// Choose asks for files with the dialog of the desktop, and returns their
// paths: none where the person thought better of it.
func (w *Window) Choose() ([]string, error) {
	return call(w.app, "Window.Choose", func() ([]string, error) {
		paths, err := runtime.OpenMultipleFilesDialog(w.ctx, runtime.OpenDialogOptions{Title: "Add evidence"})
		if err != nil {
			return nil, fmt.Errorf("choose files: %w", err)
		}
		return append([]string{}, paths...), nil
	})
}

// Follow opens a link outside, in the reader's browser or mail program.
func (w *Window) Follow(link string) error {
	_, err := call(w.app, "Window.Follow", func() (struct{}, error) {
		to, err := outside(link)
		if err == nil {
			runtime.BrowserOpenURL(w.ctx, to)
		}
		return struct{}{}, err
	})
	return err
}
